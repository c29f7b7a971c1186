/** More time, and time that stands still: each with a reason that outsiders may read. */
import Type from 'typebox'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { sql } from '../../../platform/database/tx.ts'
import { Id } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { command, type Work } from '../../../platform/use-case/use-case.ts'
import { act } from '../act.ts'
import { handlingDue, mostExtension } from '../due.ts'
import { Reason, staff } from './acts.ts'

/** A code of the pack's delays: outsiders read what it means. */
const Why = Type.String({ maxLength: 60 })

export const requestExtension = command({
  ...staff,
  operation: 'grid.request-extension',
  permission: 'incident.handle',
  input: Type.Object({ id: Id, by: Type.Integer({ minimum: 1 }), why: Why, reason: Reason }),
  run: (work, { id, by, why, reason }) =>
    act(work, id, 'request_extension', ({ at, pack, state }) => {
      const most = mostExtension(pack, state).value
      if (by > most) throw new Refusal('incident.extension_too_long', 'invalid', { most, fields: [{ path: '/by' }] })
      return { fact: 'extension_requested', by, why: delayOf(pack, why), reason: reason.trim(), at }
    }),
})

/** @throws Refusal incident.delay_unknown */
function delayOf(pack: LoadedPack, why: string): string {
  if (!pack.incidents.delays.some(({ code }) => code === why))
    throw new Refusal('incident.delay_unknown', 'invalid', { fields: [{ path: '/why' }] })
  return why
}

export const approveExtension = command({
  ...staff,
  operation: 'grid.approve-extension',
  permission: 'incident.dispatch',
  input: Type.Object({ id: Id }),
  run: (work, { id }) =>
    act(work, id, 'approve_extension', async ({ pack, state, at }) => {
      const extension = { ...state.extension!, approvedAt: at }
      const due = handlingDue(pack, { ...state, extension }, await sentAt(work, id))
      return { fact: 'extension_approved', ...due, stageDueAt: due.dueAt, at }
    }),
})

/** When the unit of this round was sent, or had to begin again: its limit runs from then. */
async function sentAt({ tx }: Work, id: string): Promise<Date> {
  const { at } = await tx.one(
    sql<{
      at: Date
    }>`select max(effective_at) as at from grid.timeline where incident_id = ${id} and fact in ('dispatched', 'check_failed')`,
  )
  return at
}

/** 挂账: cannot be done now, for a reason with its basis; the clock stands until it goes on, and it stays in the figures. */
export const hangIncident = command({
  ...staff,
  operation: 'grid.hang',
  permission: 'incident.dispatch',
  input: Type.Object({ id: Id, why: Why, reason: Reason, basis: Reason, notice: Reason }),
  run: (work, { id, why, reason, basis, notice }) =>
    act(work, id, 'hang', ({ at, pack }) => ({
      fact: 'hung',
      why: delayOf(pack, why),
      reason: reason.trim(),
      basis: basis.trim(),
      notice: notice.trim(),
      at,
    })),
})

export const resumeIncident = command({
  ...staff,
  operation: 'grid.resume',
  permission: 'incident.dispatch',
  input: Type.Object({ id: Id }),
  run: (work, { id }) =>
    act(work, id, 'resume', async ({ pack, state, at }) => {
      const pauses = state.pauses.map((pause) => (pause.to === null ? { ...pause, to: at } : pause))
      const due = handlingDue(pack, { ...state, pauses }, await sentAt(work, id))
      return { fact: 'resumed', ...due, stageDueAt: due.dueAt, at }
    }),
})
