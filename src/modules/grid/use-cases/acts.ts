/** What officers do with an incident, from its verification to its check. Each is one act: see act.ts. */
import Type from 'typebox'
import { plainText } from '../../../core/cases/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { sql } from '../../../platform/database/tx.ts'
import { Id } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { command, type Work } from '../../../platform/use-case/use-case.ts'
import { act } from '../act.ts'
import { conditionOf, handlingDue, stageDue, wordUntil } from '../due.ts'
import type { Status } from '../incident.ts'
import { holdsPrivateNumber } from '../private-number.ts'
import { getIncident, letIn, unitsThatCan } from '../store.ts'
import { giveActPhotos, PhotoIds } from './photos.ts'

export const Reason = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' })
const Note = Type.String({ maxLength: 1000 })
const Done = Type.Object({ id: Id, number: Type.String(), status: Type.String() })
export const staff = { actors: ['staff'] as const, output: Done }

export const verifyIncident = command({
  ...staff,
  operation: 'grid.verify',
  permission: 'incident.verify',
  input: Type.Object({ id: Id, note: Type.Optional(Note) }),
  run: (work, { id, note = '' }) =>
    act(work, id, 'verify', ({ officerId, state, pack }) => ({
      fact: 'verified',
      by: officerId,
      note: note.trim(),
      stageDueAt: stageDue(pack, 'verify', state.level, work.now).dueAt.toISOString(),
    })),
})

/** 立案: under a condition of the pack, with a title of a few words, the only text that outsiders read. */
export const fileIncident = command({
  ...staff,
  operation: 'grid.file',
  permission: 'incident.verify',
  input: Type.Object({
    id: Id,
    classCode: Type.String({ maxLength: 60 }),
    condition: Type.String({ maxLength: 60 }),
    title: Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' }),
    /** False keeps it off the public page, with what happens in homes and between people. */
    shown: Type.Boolean(),
  }),
  run: (work, { id, classCode, condition, title, shown }) =>
    act(work, id, 'file', ({ officerId, pack }) => {
      const of = pack.incidentClass(classCode)
      const { level } = conditionOf(pack, { classCode, condition })
      // Signs that nobody sees turn a public line around, or part a number that would be found.
      const shownTitle = plainText(title)
      if (shownTitle === '') throw new Refusal('incident.title_missing', 'invalid', { fields: [{ path: '/title' }] })
      // Whoever types a title may copy what a reporter wrote; a number of that length is somebody's.
      if (holdsPrivateNumber(shownTitle))
        throw new Refusal('incident.title_has_number', 'invalid', { fields: [{ path: '/title' }] })
      const stageDueAt = stageDue(pack, 'dispatch', level, work.now).dueAt.toISOString()
      return {
        fact: 'filed',
        by: officerId,
        classCode,
        condition,
        level,
        title: shownTitle,
        shown: shown && !of.private,
        stageDueAt,
      }
    }),
})

export const refuseFiling = command({
  ...staff,
  operation: 'grid.refuse-filing',
  permission: 'incident.verify',
  input: Type.Object({ id: Id, reason: Reason }),
  run: (work, { id, reason }) =>
    act(work, id, 'not_file', ({ officerId, at }) => ({ fact: 'not_filed', by: officerId, reason: reason.trim(), at })),
})

export const voidIncident = command({
  ...staff,
  operation: 'grid.void',
  permission: 'incident.verify',
  input: Type.Object({ id: Id, reason: Reason }),
  run: (work, { id, reason }) =>
    act(work, id, 'void', async ({ at }) => {
      const { linked } = await work.tx.one(
        sql<{ linked: boolean }>`select exists (select from grid.incident where parent_id = ${id}) as linked`,
      )
      if (linked) throw new Refusal('incident.others_linked', 'conflict')
      return { fact: 'voided', reason: reason.trim(), at }
    }),
})

const OVER: ReadonlySet<Status> = new Set(['closed', 'not_filed', 'void', 'linked'])

/** Up to a thousand that are one thing become one: everybody who reported any of them hears of it from now on. */
export const linkIncidents = command({
  operation: 'grid.link',
  permission: 'incident.verify',
  actors: ['staff'],
  input: Type.Object({ id: Id, children: Type.Array(Id, { minItems: 1, maxItems: 1000, uniqueItems: true }) }),
  output: Type.Object({ id: Id, number: Type.String(), linked: Type.Integer() }),
  async run(work, { id, children }) {
    const parent = await getIncident(work, id, true)
    if (children.includes(id)) throw new Refusal('incident.linked_to_itself', 'invalid')
    // Nobody's report is buried under what is over.
    if (OVER.has(parent.state.status)) throw new Refusal('incident.parent_not_fit', 'conflict', { number: parent.number })
    // In one order, so that two officers who link the same ones do not wait for each other in a circle.
    for (const child of children.toSorted()) {
      await act(work, child, 'link', async ({ at, state }) => {
        const { found } = await work.tx.one(
          sql<{ found: boolean }>`select exists (select from grid.incident where parent_id = ${child}) as found`,
        )
        if (found) throw new Refusal('incident.child_is_parent', 'conflict')
        // What is shown would go on showing where the other one stands, which is not.
        if (state.shown && !parent.state.shown)
          throw new Refusal('incident.parent_not_shown', 'conflict', { number: parent.number })
        return { fact: 'linked', parentId: id, number: parent.number, at }
      })
    }
    return { id, number: parent.number, linked: children.length }
  },
})

export const unlinkIncident = command({
  ...staff,
  operation: 'grid.unlink',
  permission: 'incident.verify',
  input: Type.Object({ id: Id, reason: Reason }),
  run: (work, { id, reason }) =>
    act(work, id, 'unlink', ({ pack, state }) => ({
      fact: 'unlinked',
      reason: reason.trim(),
      stageDueAt: stageDue(pack, state.filedBy ? 'dispatch' : 'verify', state.level, work.now).dueAt.toISOString(),
    })),
})

export const dispatchIncident = command({
  ...staff,
  operation: 'grid.dispatch',
  permission: 'incident.dispatch',
  input: Type.Object({ id: Id, unitId: Id }),
  run: (work, { id, unitId }) =>
    act(work, id, 'dispatch', async ({ officerId, state, pack, found }) => {
      if (await letIn(work, id, officerId)) throw new Refusal('incident.who_verifies_never_dispatches', 'forbidden')
      const unitName = await unitOf(work, pack, unitId, found.area)
      const stageDueAt = stageDue(pack, 'take_on', state.level, work.now).dueAt.toISOString()
      return { fact: 'dispatched', by: officerId, unitId, unitName, ...handlingDue(pack, state, work.now), stageDueAt }
    }),
})

/** A unit whose area holds the place, with somebody who can take it on there: sent to nobody, it would lie until its date. */
async function unitOf(work: Work, pack: LoadedPack, unitId: string, area: string): Promise<string> {
  const unit = (await unitsThatCan(work, pack, area)).find(({ id }) => id === unitId)
  if (!unit) throw new Refusal('incident.unit_unknown', 'invalid', { fields: [{ path: '/unitId' }] })
  return unit.name
}

/** 收回: sent wrongly, and not taken on yet. */
export const recallIncident = command({
  ...staff,
  operation: 'grid.recall',
  permission: 'incident.dispatch',
  input: Type.Object({ id: Id, reason: Reason }),
  run: (work, { id, reason }) =>
    act(work, id, 'recall', async ({ at }) => ({
      fact: 'recalled',
      reason: reason.trim(),
      at,
      stageDueAt: await dispatchBy(work, id),
    })),
})

/** The date by which this round was to be dispatched: what is sent wrongly wins no time by it. */
async function dispatchBy({ tx }: Work, id: string): Promise<string | null> {
  const { by } = await tx.one(
    sql<{
      by: string | null
    }>`select payload->>'stageDueAt' as by from grid.timeline where incident_id = ${id} and fact in ('filed', 'returned', 'recalled', 'unlinked', 'reopened') order by seq desc limit 1`,
  )
  return by
}

export const takeOnIncident = command({
  ...staff,
  operation: 'grid.take-on',
  permission: 'incident.handle',
  input: Type.Object({ id: Id }),
  run: (work, { id }) => act(work, id, 'take_on', ({ state }) => ({ fact: 'taken_on', stageDueAt: state.dueAt })),
})

/** 退单: not this unit's, with the article or list that says so. */
export const returnIncident = command({
  ...staff,
  operation: 'grid.return',
  permission: 'incident.handle',
  input: Type.Object({ id: Id, reason: Reason, basis: Type.Optional(Type.String({ maxLength: 200 })) }),
  run: (work, { id, reason, basis = '' }) =>
    act(work, id, 'return', ({ pack, state, at }) => ({
      fact: 'returned',
      reason: reason.trim(),
      basis: basis.trim(),
      at,
      stageDueAt: stageDue(pack, 'dispatch', state.level, work.now).dueAt.toISOString(),
    })),
})

export const handInIncident = command({
  ...staff,
  operation: 'grid.hand-in',
  permission: 'incident.handle',
  input: Type.Object({
    id: Id,
    note: Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S' }),
    photos: Type.Optional(PhotoIds),
  }),
  run: (work, { id, note, photos = [] }) =>
    act(work, id, 'hand_in', async ({ officerId, state, pack, at }) => {
      await giveActPhotos(work.tx, pack, id, state.seq + 1, photos)
      const stageDueAt = stageDue(pack, 'check', state.level, work.now).dueAt.toISOString()
      return { fact: 'handed_in', by: officerId, note: note.trim(), at, stageDueAt }
    }),
})

export const passCheck = command({
  ...staff,
  operation: 'grid.pass-check',
  permission: 'incident.check',
  input: Type.Object({
    id: Id,
    how: Type.Enum(['on_site', 'from_papers']),
    note: Type.Optional(Note),
    photos: Type.Optional(PhotoIds),
  }),
  run: (work, { id, how, note = '', photos = [] }) => pass(work, id, how, note, photos),
})

export const pass = (work: Work, id: string, how: 'on_site' | 'from_papers', note: string, photos: readonly string[]) =>
  act(work, id, 'pass_check', async ({ pack, state, at }) => {
    await giveActPhotos(work.tx, pack, id, state.seq + 1, photos)
    const until = how === 'on_site' ? null : wordUntil(pack, work.now)
    return { fact: 'check_passed', how, note: note.trim(), until, at }
  })

/** 返工: back to the same unit, under the limit anew. */
export const failCheck = command({
  ...staff,
  operation: 'grid.fail-check',
  permission: 'incident.check',
  input: Type.Object({ id: Id, reason: Reason, photos: Type.Optional(PhotoIds) }),
  run: (work, { id, reason, photos = [] }) => fail(work, id, reason, photos),
})

export const fail = (work: Work, id: string, reason: string, photos: readonly string[]) =>
  act(work, id, 'fail_check', async ({ pack, state }) => {
    await giveActPhotos(work.tx, pack, id, state.seq + 1, photos)
    const due = handlingDue(pack, { ...state, pauses: [], extension: null }, work.now)
    return { fact: 'check_failed', reason: reason.trim(), ...due, stageDueAt: due.dueAt }
  })

/** It ends and is not solved: counted so, in every figure. */
export const closeUnsolved = command({
  ...staff,
  operation: 'grid.close-unsolved',
  permission: 'incident.verify',
  input: Type.Object({ id: Id, reason: Reason }),
  run: (work, { id, reason }) =>
    act(work, id, 'close_unsolved', ({ at }) => ({ fact: 'closed_unsolved', reason: reason.trim(), at })),
})
