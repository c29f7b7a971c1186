/** 群防群治: groups of neighbours. Nobody is in one who has not agreed, and a patrol that is short of somebody shows it. */
import Type from 'typebox'
import { covers, inAreas, postOf } from '../../../core/access/index.ts'
import { isAreaCode } from '../../../core/areas/index.ts'
import { blindIdNumber, findPersonByIdNumber } from '../../../core/people/index.ts'
import type { Actor } from '../../../platform/actor.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { command, personRead, query, type Work } from '../../../platform/use-case/use-case.ts'
import { Instant, notBlank, Plain } from '../shapes.ts'
import {
  cancelPatrolRow,
  findGroup,
  giveUpPatrols,
  giveUpPlace,
  insertGroup,
  insertMember,
  insertPatrol,
  insertTraining,
  type ListedGroup,
  leaveGroup,
  listGroups,
  listMembers,
  listOwnGroups,
  listPatrols,
  listTrainings,
  type Member,
  memberIds,
  type OwnGroup,
  type Patrol,
  type Training,
  takePlace,
  type WatchGroup,
} from './store.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const Done = Type.Object({ id: Type.String() })
const OnGroup = { id: Id }
const field = (name: string) => ({ fields: [{ path: `/${name}` }] })
const staff = { permission: 'watch.keep', actors: ['staff'] as const }
const herself = { permission: null, actors: ['resident'] as const, level: 'A1' as const }

export const startGroup = command({
  operation: 'safety.start-watch-group',
  ...staff,
  input: Type.Object({ area: Plain(12), name: Plain(60), about: Plain(500) }),
  output: Done,
  async run(work, { area, name, about }) {
    const post = postOf(work.actor)
    if (!isAreaCode(area) || area.length < 9 || !covers(post, area)) throw new Refusal('event.not_your_area', 'forbidden')
    const group = { id: newId(work.now), area, name: notBlank(name, 'name'), about: notBlank(about, 'about') }
    await insertGroup(work.tx, group, post.id, work.now)
    return { id: group.id }
  },
})

export const listWatchGroups = query({
  operation: 'safety.list-watch-groups',
  ...staff,
  input: Type.Object({}),
  output: Type.Unsafe<{ groups: ListedGroup[] }>({}),
  async run(work) {
    return { groups: await listGroups(work.tx, inAreas(postOf(work.actor), 'g.area'), work.now) }
  },
})

async function groupOf(work: Work, id: string): Promise<WatchGroup> {
  const group = await findGroup(work.tx, id)
  if (!group || !covers(postOf(work.actor), group.area)) throw new Refusal('watch.not_found', 'missing')
  return group
}

export interface GroupPage {
  group: WatchGroup
  members: Member[]
  patrols: Patrol[]
  trainings: Training[]
}
/** With the names of its members: each is one look. */
export const readGroup = personRead({
  operation: 'safety.read-watch-group',
  ...staff,
  input: Type.Object(OnGroup),
  output: Type.Unsafe<GroupPage>({}),
  async about(work, { id }) {
    await groupOf(work, id)
    return { personIds: await memberIds(work.tx, id), purpose: 'watch', caseId: null }
  },
  run: async (work, { id }) => ({
    group: await groupOf(work, id),
    members: await listMembers(work.tx, id),
    patrols: await listPatrols(work.tx, id, work.now),
    trainings: await listTrainings(work.tx, id),
  }),
})

/** Of somebody who has signed that she agrees. */
export const addMember = command({
  operation: 'safety.add-watch-member',
  ...staff,
  input: Type.Object({ ...OnGroup, idNumber: Plain(40), agreed: Type.Literal('signed') }),
  output: Done,
  async run(work, { id, idNumber }) {
    await groupOf(work, id)
    const person = await personOf(work, idNumber)
    if (!person) throw new Refusal('watch.nobody', 'invalid', field('idNumber'))
    const member = { id: newId(work.now), groupId: id, personId: person.id, how: 'paper' as const, by: postOf(work.actor).id }
    if (!(await insertMember(work.tx, member, work.now))) throw new Refusal('watch.in_it', 'conflict')
    return { id }
  },
})

/** A number that is none is nobody's. */
async function personOf(work: Work, typed: string) {
  try {
    return await findPersonByIdNumber(work.tx, blindIdNumber(work.call.platform.services.crypto, typed, dayOf(work.now)))
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

export const setPatrol = command({
  operation: 'safety.set-patrol',
  ...staff,
  input: Type.Object({
    ...OnGroup,
    from: Instant,
    to: Instant,
    place: Plain(100),
    needed: Type.Integer({ minimum: 1, maximum: 50 }),
  }),
  output: Done,
  async run(work, { id, place, needed, ...typed }) {
    await groupOf(work, id)
    const [from, to] = [new Date(typed.from), new Date(typed.to)]
    if (!(to > from) || to.getTime() - from.getTime() > 12 * HOUR) throw new Refusal('watch.twelve_hours', 'invalid', field('to'))
    if (from <= work.now || from.getTime() - work.now.getTime() > 190 * DAY)
      throw new Refusal('watch.not_ahead', 'invalid', field('from'))
    const patrol = { id: newId(work.now), from, to, place: notBlank(place, 'place'), needed }
    await insertPatrol(work.tx, patrol, id, postOf(work.actor).id, work.now)
    return { id: patrol.id }
  },
})

export const cancelPatrol = command({
  operation: 'safety.cancel-patrol',
  ...staff,
  input: Type.Object({ ...OnGroup, patrolId: Id }),
  output: Done,
  async run(work, { id, patrolId }) {
    await groupOf(work, id)
    if ((await cancelPatrolRow(work.tx, id, patrolId, postOf(work.actor).id, work.now)) === 0)
      throw new Refusal('watch.not_found', 'missing')
    return { id }
  },
})

export const recordTraining = command({
  operation: 'safety.record-training',
  ...staff,
  input: Type.Object({
    ...OnGroup,
    heldOn: Type.String({ format: 'date' }),
    content: Plain(1000),
    tookPart: Type.Integer({ minimum: 1, maximum: 10_000 }),
  }),
  output: Done,
  async run(work, { id, heldOn, content, tookPart }) {
    await groupOf(work, id)
    if (heldOn > dayOf(work.now)) throw new Refusal('event.in_future', 'invalid', field('heldOn'))
    const training = { id: newId(work.now), heldOn, content: notBlank(content, 'content'), tookPart }
    await insertTraining(work.tx, training, id, postOf(work.actor).id, work.now)
    return { id }
  },
})

const personIdOf = (actor: Actor): string => {
  if (actor.kind !== 'resident' || !actor.personId) throw new Refusal('account.bind_first', 'forbidden')
  return actor.personId
}

export const listOwnWatch = query({
  operation: 'safety.list-own-watch',
  ...herself,
  input: Type.Object({}),
  output: Type.Unsafe<{ groups: OwnGroup[] }>({}),
  run: async ({ tx, now }) => ({ groups: await listOwnGroups(tx, now) }),
})

export const joinGroup = command({
  operation: 'safety.join-watch-group',
  ...herself,
  input: Type.Object(OnGroup),
  output: Done,
  async run({ tx, now, actor }, { id }) {
    if (!(await findGroup(tx, id))) throw new Refusal('watch.not_found', 'missing')
    const member = { id: newId(now), groupId: id, personId: personIdOf(actor), how: 'herself' as const, by: null }
    if (!(await insertMember(tx, member, now))) throw new Refusal('watch.in_it', 'conflict')
    return { id }
  },
})

/** At any time and without a reason; what she had taken on is open again. */
export const leaveWatchGroup = command({
  operation: 'safety.leave-watch-group',
  ...herself,
  input: Type.Object(OnGroup),
  output: Done,
  async run({ tx, now }, { id }) {
    await giveUpPatrols(tx, id, now)
    if ((await leaveGroup(tx, id, now)) === 0) throw new Refusal('watch.not_found', 'missing')
    return { id }
  },
})

export const takePatrol = command({
  operation: 'safety.take-patrol',
  ...herself,
  input: Type.Object(OnGroup),
  output: Done,
  async run({ tx, now, actor }, { id }) {
    if (!(await takePlace(tx, id, personIdOf(actor), now))) throw new Refusal('watch.not_found', 'missing')
    return { id }
  },
})

export const giveUpPatrol = command({
  operation: 'safety.give-up-patrol',
  ...herself,
  input: Type.Object(OnGroup),
  output: Done,
  async run({ tx, now }, { id }) {
    if ((await giveUpPlace(tx, id, now)) === 0) throw new Refusal('watch.not_found', 'missing')
    return { id }
  },
})
