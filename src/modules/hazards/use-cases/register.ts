/** 排查、登记: from an inspection, or from what a resident reported; and what turned out to be none. */
import Type from 'typebox'
import { covers, postOf } from '../../../core/access/index.ts'
import { blindIdNumber, findPersonByIdNumber } from '../../../core/people/index.ts'
import { addDays } from '../../../platform/day.ts'
import { newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { command, type Work } from '../../../platform/use-case/use-case.ts'
import { act, applied } from '../act.ts'
import { type Fact, opening } from '../hazard.ts'
import { appendFacts, findByNumber, insertHazard, insertKeeper, oneDismissalAtATime } from '../store.ts'
import { Done, day, Inspected, type KeeperShape, lineOf, OnHazard, Words, words } from './shapes.ts'

type Typed = Type.Static<ReturnType<typeof inspectedShape>>
const inspectedShape = () => Type.Object(Inspected)

/** How far back an inspection may lie that is written down today. */
const DAYS_BACK = 30
const LOOKS_A_MINUTE = 20

/** @throws Refusal that names every field that is wrong, `hazard.not_your_line` */
function inspected(work: Work, typed: Typed, handlingArea: string): Fact[] {
  const { officerId, domains } = postOf(work.actor)
  const today = dayOf(work.now)
  const line = lineOf(work.call.platform.services.packs.inForce(), typed.kind)
  if (!domains.includes(line)) throw new Refusal('hazard.not_your_line', 'forbidden')
  const seenOn = day('seenOn', typed.seenOn, { from: addDays(today, -DAYS_BACK), to: today })
  const { kind, grade, placeKind } = typed
  const place = words('place', typed.place)
  const found = words('found', typed.found)
  return [
    { fact: 'inspected', seenOn, handlingArea },
    { fact: 'registered', kind, line, grade, placeKind, place, found, by: officerId },
  ]
}

/**
 * Who answers for the place. With an ID number she is looked up, by number and name together and in the officer's own area, and the
 * look is on record for her.
 * @throws Refusal `hazard.keeper_not_found` at the field
 */
export async function writeKeeper(work: Work, id: string, { name, idNumber }: Type.Static<typeof KeeperShape>): Promise<void> {
  const { crypto, rate, recordRead } = work.call.platform.services
  const post = postOf(work.actor)
  const said = words('keeperName', name)
  let personId: string | null = null
  if (idNumber?.trim()) {
    await rate.hit(`hazard-keeper:${post.id}`, LOOKS_A_MINUTE, 60, work.now)
    const person = await findPersonByIdNumber(work.tx, blindIdNumber(crypto, idNumber, dayOf(work.now)))
    const near = person && [person.livingArea, person.hukouArea].some((area) => area !== null && covers(post, area))
    if (!person || !near || person.name !== said)
      throw new Refusal('input.invalid', 'invalid', { fields: [{ path: '/keeperId', code: 'hazard.keeper_not_found' }] })
    personId = person.id
    recordRead(work.tx, work.call, 'hazards.keeper', { personIds: [personId], purpose: 'hazard', caseId: null })
  }
  await insertKeeper(work, crypto, id, { name: said, personId })
}

/** 登记 of what an inspector found by herself. */
export const registerHazard = command({
  operation: 'hazards.register',
  permission: 'hazard.inspect',
  actors: ['staff'],
  input: Type.Object({ area: Type.String({ pattern: '^[0-9]{12}$' }), ...Inspected }),
  output: Done,
  async run(work, { area, keeper, ...typed }) {
    const post = postOf(work.actor)
    const pack = work.call.platform.services.packs.inForce()
    if (!covers(post, area) || !pack.areaName(area)) throw new Refusal('access.not_your_area', 'forbidden')
    const street = area.slice(0, 9)
    const handlingArea = post.areas.some((own) => own.length >= 9 && area.startsWith(own)) ? street : area.slice(0, 6)
    const written = applied(pack, opening(), inspected(work, typed, handlingArea), dayOf(work.now))
    const id = newId(work.now)
    const { state } = written.at(-1)!
    const number = await insertHazard(work, { id, street, area, openedAt: work.now, state }, post.id)
    if (keeper) await writeKeeper(work, id, keeper)
    appendFacts(work, id, written)
    return { id, number, status: state.status }
  },
})

/** 排查 of what a resident reported: it is one. */
export const inspectHazard = command({
  operation: 'hazards.inspect',
  permission: 'hazard.inspect',
  actors: ['staff'],
  input: Type.Object({ ...OnHazard, ...Inspected }),
  output: Done,
  run: (work, { id, keeper, ...typed }) =>
    act(work, id, 'inspect', async ({ found }) => {
      if (keeper) await writeKeeper(work, id, keeper)
      return { facts: inspected(work, typed, found.state.handlingArea) }
    }),
})

/** It is none, or it is known already under another number. Whoever reported it reads why, and of the other one what comes of it. */
export const dismissHazard = command({
  operation: 'hazards.dismiss',
  permission: 'hazard.inspect',
  actors: ['staff'],
  input: Type.Object({ ...OnHazard, reason: Words, sameAs: Type.Optional(Type.String({ maxLength: 40 })) }),
  output: Done,
  async run(work, { id, reason, sameAs }) {
    if (sameAs?.trim()) await oneDismissalAtATime(work)
    return act(work, id, 'dismiss', async ({ found }) => {
      const number = sameAs?.normalize('NFKC').trim().toUpperCase()
      const other = number ? await findByNumber(work, found.street, number) : null
      if (number && (!other || other.id === id || other.state.status === 'dismissed'))
        throw new Refusal('input.invalid', 'invalid', { fields: [{ path: '/sameAs', code: 'hazard.no_such_number' }] })
      // Who saw it after it was struck off did not see what was put right.
      if (other?.state.struckOffAt && found.openedAt > other.state.struckOffAt)
        throw new Refusal('input.invalid', 'invalid', { fields: [{ path: '/sameAs', code: 'hazard.same_came_back' }] })
      return {
        facts: [{ fact: 'dismissed', reason: words('reason', reason), sameAs: other?.id ?? null, at: work.now.toISOString() }],
      }
    })
  },
})
