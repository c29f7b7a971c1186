/** What is done with a whistle after it was blown. Each is one act: see act.ts. */
import Type from 'typebox'
import { Id } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { command, type Work } from '../../../platform/use-case/use-case.ts'
import { noteWhistle, type WhistleFact } from '../../grid/index.ts'
import { act } from '../act.ts'
import { answerDue, reportDue, rulingDue } from '../due.ts'
import { unitsFor } from '../store.ts'
import { choices, type Fact, partOf } from '../whistle.ts'
import { Done, Note, OnPart, Short, Words, words } from './shapes.ts'

const staff = { actors: ['staff'] as const, output: Done }

/** 应哨: the unit is coming. After its time too, and then it is late. */
export const comeToWhistle = command({
  ...staff,
  operation: 'coordination.come',
  permission: 'whistle.answer',
  input: Type.Object({ ...OnPart, note: Type.Optional(Note) }),
  run: (work, { id, part, note = '' }) =>
    act(work, id, 'come', { part }, ({ pack, state, at }) => ({
      fact: 'came',
      part,
      note: note.trim(),
      at,
      ...reportDue(pack, state.kind, work.now),
    })),
})

/** Called wrongly: why, and by which article it is not this unit's. The common superior decides. */
export const disputePart = command({
  ...staff,
  operation: 'coordination.dispute',
  permission: 'whistle.answer',
  input: Type.Object({ ...OnPart, reason: Words, basis: Short }),
  run: (work, { id, part, reason, basis }) =>
    act(work, id, 'dispute', { part }, ({ pack, state, at }) => ({
      fact: 'disputed',
      part,
      reason: words('reason', reason),
      basis: words('basis', basis),
      at,
      ...rulingDue(pack, state.kind, work.now),
    })),
})

export const finishPart = command({
  ...staff,
  operation: 'coordination.finish',
  permission: 'whistle.answer',
  input: Type.Object({ ...OnPart, note: Words }),
  run: (work, { id, part, note }) =>
    act(work, id, 'finish', { part }, ({ at }) => ({ fact: 'finished', part, note: words('note', note), at })),
})

/** The common superior, with reasons; never who blew, never for the own unit. */
export const decidePart = command({
  ...staff,
  operation: 'coordination.decide',
  permission: 'whistle.decide',
  input: Type.Object({ ...OnPart, choice: Type.Enum([...choices]), unitId: Type.Optional(Id), reason: Words }),
  run: (work, { id, part, choice, unitId, reason: typed }) =>
    act(work, id, 'decide', { part }, async ({ found, state, pack, officerId, at }): Promise<Fact> => {
      const reason = words('reason', typed)
      const working = reportDue(pack, state.kind, work.now)
      const made = { fact: 'decided', part, by: officerId, reason, at } as const
      if (choice === 'stays') return { ...made, choice, ...working }
      const unit = await anotherUnit(work, found.area, unitId, partOf(state, part)!.unitId)
      const called = { ...unit, ...answerDue(pack, state.kind, work.now) }
      return choice === 'goes_to' ? { ...made, choice, ...called } : { ...made, choice, ...called, ...working }
    }),
})

async function anotherUnit(work: Work, area: string, unitId: string | undefined, before: string) {
  const refuse = (code: string) => new Refusal(code, 'invalid', { fields: [{ path: '/unitId', code }] })
  const unit = (await unitsFor(work, area)).find(({ id }) => id === unitId)
  if (!unitId) throw refuse('whistle.say_which_unit')
  if (!unit) throw refuse('whistle.unit_unknown')
  if (unit.id === before) throw refuse('whistle.same_unit')
  return { unitId: unit.id, unitName: unit.name }
}

/** Said to be done, and it is not: back to the same unit. */
export const sendPartBack = command({
  ...staff,
  operation: 'coordination.send-back',
  permission: 'whistle.blow',
  input: Type.Object({ ...OnPart, reason: Words }),
  run: (work, { id, part, reason }) =>
    act(work, id, 'send_back', { part }, ({ pack, state, at }) => ({
      fact: 'sent_back',
      part,
      reason: words('reason', reason),
      at,
      ...reportDue(pack, state.kind, work.now),
    })),
})

/** The incident that it came from has it on its course. */
const ended = (work: Work, id: string, action: 'close' | 'withdraw', fact: WhistleFact, decide: (at: string) => Fact) =>
  act(work, id, action, {}, async ({ found, at }) => {
    const { incidentId, number } = found
    if (incidentId) await noteWhistle(work, incidentId, { fact, whistleId: id, whistle: number, at })
    return decide(at)
  })

export const closeWhistle = command({
  ...staff,
  operation: 'coordination.close',
  permission: 'whistle.blow',
  input: Type.Object({ id: Id, note: Words }),
  run: (work, { id, note }) =>
    ended(work, id, 'close', 'units_done', (at) => ({ fact: 'closed', note: words('note', note), at })),
})

/** 评价: each unit that did a part, once, with words. */
export const rateUnit = command({
  ...staff,
  operation: 'coordination.rate',
  permission: 'whistle.blow',
  input: Type.Object({ id: Id, unitId: Id, stars: Type.Integer({ minimum: 1, maximum: 5 }), words: Words }),
  run: (work, { id, unitId, stars, words: typed }) =>
    act(work, id, 'rate', { unitId }, ({ state }) => ({
      fact: 'rated',
      unitId,
      unitName: state.parts.find((part) => part.unitId === unitId)!.unitName,
      stars,
      words: words('words', typed),
    })),
})

/** Blown for nothing, or solved otherwise. */
export const withdrawWhistle = command({
  ...staff,
  operation: 'coordination.withdraw',
  permission: 'whistle.blow',
  input: Type.Object({ id: Id, reason: Words }),
  run: (work, { id, reason }) =>
    ended(work, id, 'withdraw', 'units_released', (at) => ({ fact: 'withdrawn', reason: words('reason', reason), at })),
})
