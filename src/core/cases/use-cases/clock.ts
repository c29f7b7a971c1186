/** Pause, resume, extend: nothing stops the clock without type, basis and notice number. */
import Type from 'typebox'
import { Refusal } from '../../../platform/refusal.ts'
import { type Day, dayOf } from '../../../platform/time.ts'
import { command } from '../../../platform/use-case/use-case.ts'
import { postOf } from '../../access/index.ts'
import { act } from '../act.ts'
import { promiseDue } from '../due.ts'
import { Day as DayShape, Done, OnCase, realDay, ShortWords, Words } from './shapes.ts'

export const pauseCase = command({
  operation: 'cases.pause',
  permission: 'case.pause',
  actors: ['staff'],
  input: Type.Object({ ...OnCase, type: ShortWords, basis: ShortWords, reason: Words, expectedOn: DayShape }),
  output: Done,
  run: (work, { caseId, type, basis, reason, expectedOn }) =>
    act(work, caseId, 'pause', ({ found, today }) => {
      refuseUnlikely(realDay('expectedOn', expectedOn), today)
      return {
        // The notice that tells the person is the document of this act; its number is the case's with the act's place in it.
        facts: [{ fact: 'paused', type, basis, notice: `${found.number}-${found.state.seq + 1}`, from: today }],
        document: {
          kind: 'special_procedure',
          fill: { procedure_name: type, reason, paused_on: today, expected_on: expectedOn },
          basis: [basis],
        },
        message: { kind: 'paused' },
      }
    }),
})

/** A clock that stands still ends on a day that people can wait for: from today, within a year. */
function refuseUnlikely(expectedOn: Day, today: Day): void {
  if (expectedOn < today || expectedOn > Temporal.PlainDate.from(today).add({ years: 1 }).toString())
    throw new Refusal('case.expected_out_of_range', 'invalid', {
      fields: [{ path: '/expectedOn', code: 'case.expected_out_of_range' }],
    })
}

export const resumeCase = command({
  operation: 'cases.resume',
  permission: 'case.resume',
  actors: ['staff'],
  input: Type.Object(OnCase),
  output: Done,
  run: (work, { caseId }) =>
    act(work, caseId, 'resume', ({ found, procedure, matter, today }) => {
      const pauses = found.state.pauses.map((p) => (p.to === null ? { ...p, to: today } : p))
      const due = promiseDue({
        pack: procedure,
        matter,
        area: found.originArea,
        from: found.state.acceptedOn ?? today,
        pauses,
        extraDays: approved(found.state.extension),
      })
      return { facts: [{ fact: 'resumed', on: today, ...due }], message: { kind: 'resumed', params: { dueAt: due.dueAt } } }
    }),
})

const approved = (extension: { days: number; approvedOn: string | null } | null): number =>
  extension?.approvedOn ? extension.days : 0

/** Asked by who handles it; only somebody else's approval moves the date. */
export const requestExtension = command({
  operation: 'cases.request-extension',
  permission: 'case.extend',
  actors: ['staff'],
  input: Type.Object({ ...OnCase, days: Type.Integer({ minimum: 1, maximum: 30 }), reason: Words }),
  output: Done,
  run: (work, { caseId, days, reason }) =>
    act(work, caseId, 'request_extension', ({ today }) => ({
      facts: [{ fact: 'extension_requested', days, reason, on: today }],
    })),
})

export const approveExtension = command({
  operation: 'cases.approve-extension',
  permission: 'case.approve-extension',
  actors: ['staff'],
  input: Type.Object(OnCase),
  output: Done,
  run: (work, { caseId }) =>
    act(work, caseId, 'approve_extension', ({ found, procedure, matter, today }) => {
      const { extension, acceptedOn, pauses } = found.state
      const due = promiseDue({
        pack: procedure,
        matter,
        area: found.originArea,
        from: acceptedOn ?? today,
        pauses,
        extraDays: extension?.days ?? 0,
      })
      return {
        facts: [{ fact: 'extended', on: today, ...due }],
        document: {
          kind: 'extension',
          fill: {
            due_on: dayOf(found.state.dueAt ?? work.now),
            new_due_on: dayOf(due.dueAt ? new Date(due.dueAt) : work.now),
            extra_days: extension?.days,
            reason: extension?.reason,
            approver: postOf(work.actor).officerName,
          },
        },
        message: { kind: 'extended', params: { dueAt: due.dueAt } },
      }
    }),
})
