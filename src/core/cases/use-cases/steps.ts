/** The steps between acceptance and decision. Each is an act of its own kind, signed by who did it. */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { addDays } from '../../../platform/day.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { command, type Work } from '../../../platform/use-case/use-case.ts'
import { postOf } from '../../access/index.ts'
import { act, admit, type Open, type Outcome, openCase, settle, stepDone } from '../act.ts'
import type { Action, Fact } from '../case.ts'
import { lastDayOf } from '../due.ts'
import { asksHousehold, placeObstacle, sendBackTo, stepOf } from '../possible.ts'
import { getCaseForUpdate } from '../store.ts'
import { Done, Note, OnCase, Words } from './shapes.ts'

const complete =
  (action: Action) =>
  (work: Work, { caseId, note }: { caseId: string; note: string }) =>
    act(work, caseId, action, (open): Outcome => ({ facts: [stepDone(open, note)], message: { kind: 'step_done' } }))

const OnlyNote = Type.Object({ ...OnCase, note: Note })

/** 社区确认: the community confirms what it knows of the person. */
export const confirmCase = command({
  operation: 'cases.confirm',
  permission: 'case.confirm',
  actors: ['staff'],
  input: OnlyNote,
  output: Done,
  run: complete('confirm'),
})

/** 街道审核. */
export const reviewCase = command({
  operation: 'cases.review',
  permission: 'case.review',
  actors: ['staff'],
  input: OnlyNote,
  output: Done,
  run: complete('review'),
})

/** Back to the step before, with a reason. The clock does not stop for it: it is our own work. */
export const sendBackCase = command({
  operation: 'cases.send-back',
  permission: 'case.review',
  actors: ['staff'],
  input: Type.Object({ ...OnCase, reason: Words }),
  output: Done,
  run: (work, { caseId, reason }) =>
    act(work, caseId, 'send_back', ({ found, matter }) => {
      const to = sendBackTo(matter, found.state.step)
      if (!to) throw new Refusal('case.not_this_step', 'conflict')
      return { facts: [{ fact: 'sent_back', step: found.state.step ?? '', to: to.code, reason }] }
    }),
})

/** 信息核对: an officer records what the check of income and property found. Nothing is decided here. */
export const recordDataCheck = command({
  operation: 'cases.record-data-check',
  permission: 'case.check-data',
  actors: ['staff'],
  input: Type.Object({
    ...OnCase,
    note: Note,
    monthlyIncomeFen: Type.Union([Type.Integer({ minimum: 0, maximum: 100_000_000 }), Type.Null()]),
    propertyOk: Type.Union([Type.Boolean(), Type.Null()]),
  }),
  output: Done,
  run: (work, { caseId, note, monthlyIncomeFen, propertyOk }) =>
    act(work, caseId, 'check_data', (open) => ({
      facts: [stepDone(open, note, undefined, { monthlyIncomeFen, propertyOk })],
      message: { kind: 'step_done' },
    })),
})

/** 授权核对 on paper: an officer saw the signed form of this adult. On their own account adults do it themselves. */
export const recordPaperAuthorisation = command({
  operation: 'cases.record-paper-authorisation',
  permission: 'case.record-authorisation',
  actors: ['staff'],
  // `applicant`: of her who applied by somebody else.
  input: Type.Object({ ...OnCase, memberId: Type.Union([Id, Type.Literal('applicant')]) }),
  output: Type.Object({ caseId: Id }),
  async run(work, { caseId, memberId }) {
    const open = await admit(work, caseId, 'record_authorisation', ['case.adult_not_authorised', 'case.applicant_not_agreed'])
    if (memberId === 'applicant') {
      if (!open.standing.ownWordOpen) throw new Refusal('case.check_agreed_already', 'conflict')
      await settle(open, { facts: [{ fact: 'check_agreed', on: open.today, how: 'paper' }] })
      return { caseId }
    }
    const member = await work.tx.maybe(
      sql`select id from cases.unit_member where id = ${memberId} and case_id = ${caseId} and adult`,
    )
    if (!member) throw new Refusal('case.member_not_found', 'missing')
    // What she said on her own account stays as she said it.
    await work.tx.run(
      sql`update cases.unit_member set authorised_at = ${work.now}, authorised_how = 'paper' where id = ${memberId} and authorised_at is null`,
    )
    return { caseId }
  },
})

/** Every adult has authorised: the step is done. */
export const completeAuthorisation = command({
  operation: 'cases.complete-authorisation',
  permission: 'case.record-authorisation',
  actors: ['staff'],
  input: OnlyNote,
  output: Done,
  run: complete('record_authorisation'),
})

/** An adult of the household agrees on her own account that income and property may be checked, for this case only. */
export const authoriseCheck = command({
  operation: 'cases.authorise-check',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({ memberId: Id }),
  output: Type.Object({ memberId: Id }),
  async run({ tx, now, actor }, { memberId }) {
    const self = actor.kind === 'resident' ? actor.personId : null
    // The applicant sees who lives with her; she must not be told that she has spoken for them.
    const own = await tx.maybe(sql<{
      over: boolean
    }>`select authorised_at is null and not cases.still_asks(id) as over from cases.unit_member m where id = ${memberId} and person_id = ${self} and adult
      and not exists (select from cases.case c where c.id = m.case_id and c.applicant_id = ${self})`)
    if (!own) throw new Refusal('case.member_not_found', 'missing')
    if (own.over) throw new Refusal('case.check_over', 'conflict')
    await tx.run(
      sql`update cases.unit_member set authorised_at = ${now}, authorised_how = 'account' where id = ${memberId} and authorised_at is null`,
    )
    return { memberId }
  },
})

/** 公示 with the least data: a masked name and the community. Its length is the step's own limit. */
export const publishNotice = command({
  operation: 'cases.publish-notice',
  permission: 'case.publish-notice',
  actors: ['staff'],
  input: Type.Object(OnCase),
  output: Done,
  run: (work, { caseId }) => act(work, caseId, 'publish_notice', noticePublished),
})

export async function noticePublished({ work, found, procedure, matter, today }: Open): Promise<Outcome> {
  const { tx, now } = work
  const step = stepOf(matter, found.state.step)
  if (!step?.limit) throw new Error(`${matter.code}: notice without a limit`)
  const noticeId = newId(now)
  const startsOn = today
  const endsOn = lastDayOf(procedure, step.limit, found.originArea, startsOn)
  const { others } = await tx.one(
    sql<{ others: number }>`select count(*)::int as others from cases.unit_member where case_id = ${found.id}`,
  )
  // The applicant is one of the household and no row of it. Where no household is asked about, nothing is said of one.
  const size = asksHousehold(matter) ? others + 1 : null
  const shownName = `${found.surname}**`
  const area = await tx.one(sql<{ name: string }>`select name from areas.area where code = ${found.originArea}`)
  return {
    facts: [{ fact: 'notice_published', noticeId, startsOn, endsOn }],
    effect: () =>
      tx.run(sql`insert into cases.notice (id, case_id, area, matter_code, shown_name, size, starts_on, ends_on, published_at)
        values (${noticeId}, ${found.id}, ${found.originArea}, ${found.matterCode}, ${shownName}, ${size}, ${startsOn}, ${endsOn}, ${now})`),
    document: {
      kind: 'public_notice',
      fill: { from_on: startsOn, to_on: endsOn },
      lists: { entries: [`${shownName}\u3000${area.name}`] },
    },
    message: { kind: 'notice_published', params: { endsOn } },
  }
}

/** After the last day: taken down and the step done. The sweep takes notices down too; this moves the case on. */
export const endNotice = command({
  operation: 'cases.end-notice',
  permission: 'case.publish-notice',
  actors: ['staff'],
  input: OnlyNote,
  output: Done,
  run: (work, { caseId, note }) =>
    act(work, caseId, 'end_notice', async (open) => {
      const { notice } = open.found.state
      if (!notice) throw new Refusal('case.notice_not_up', 'conflict')
      await work.tx.run(
        sql`update cases.notice set taken_down_at = ${work.now} where id = ${notice.id} and taken_down_at is null`,
      )
      const down: Fact[] = notice.takenDown ? [] : [{ fact: 'notice_taken_down', noticeId: notice.id }]
      return {
        facts: [
          ...down,
          stepDone(open, note, undefined, { from: notice.startsOn, to: notice.endsOn, nextDay: addDays(notice.endsOn, 1) }),
        ],
        message: { kind: 'step_done' },
      }
    }),
})

/** Who has the case in hand while its notice stands answers; who only sees it does not speak for them. */
async function admitHearing(work: Work, caseId: string): Promise<Open> {
  const found = await getCaseForUpdate(work, caseId)
  const elsewhere = placeObstacle(postOf(work.actor), found.state.handlingArea)
  if (elsewhere) throw new Refusal(elsewhere, 'forbidden')
  const open = await openCase(work, found)
  if (found.state.status !== 'accepted')
    throw new Refusal('case.not_now', 'conflict', { status: found.state.status, possible: [] })
  if (stepOf(open.matter, found.state.step)?.kind !== 'notice') throw new Refusal('case.not_this_step', 'conflict')
  return open
}

/** An answer in writing to every objection, before the step can end. */
export const answerObjection = command({
  operation: 'cases.answer-objection',
  permission: 'case.hear-objection',
  actors: ['staff'],
  input: Type.Object({ ...OnCase, objectionId: Id, answer: Words }),
  output: Type.Object({ caseId: Id, objectionId: Id }),
  async run(work, { caseId, objectionId, answer }) {
    const open = await admitHearing(work, caseId)
    const changed =
      await work.tx.run(sql`update cases.objection set answer = ${answer}, answered_at = ${work.now}, answered_by = ${postOf(work.actor).id}
      where id = ${objectionId} and case_id = ${caseId} and answered_at is null`)
    if (changed === 0) throw new Refusal('case.objection_not_found', 'missing')
    await settle(open, { facts: [{ fact: 'objection_answered', objectionId }] })
    return { caseId, objectionId }
  },
})
