/** 值班、预案、演练: what is ready before anything happens. */
import Type from 'typebox'
import { covers, inAreas, postOf } from '../../../core/access/index.ts'
import { isAreaCode } from '../../../core/areas/index.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { command, query, type Work } from '../../../platform/use-case/use-case.ts'
import { emergenciesOf } from '../pack.ts'
import { Instant, notBlank, Plain } from '../shapes.ts'
import { coverage, type Duty, onDuty, type Role, roles, type Stretch } from './roster.ts'
import {
  areaOfDuty,
  cancelDutyRow,
  type Drill,
  findPlan,
  insertDrill,
  insertDuty,
  insertPlan,
  listDrills,
  listDuties,
  listPlansOf,
  markDone,
  type Plan,
} from './store.ts'

const DAY = 86_400_000
const Day = Type.String({ format: 'date' })
const Done = Type.Object({ id: Type.String() })
const OnIt = { id: Id }
const field = (name: string) => ({ fields: [{ path: `/${name}` }] })

function ownArea(work: Work, area: string): string {
  if (!isAreaCode(area) || !covers(postOf(work.actor), area)) throw new Refusal('event.not_your_area', 'forbidden')
  return area
}

/** Whose roster concerns a post: that of its street, or its own above that. */
const rosterArea = (work: Work): string => postOf(work.actor).scope.slice(0, 9)

export interface RosterPage {
  area: string
  within: Stretch
  duties: Duty[]
  now: Duty[]
  holes: Record<Role, { gaps: Stretch[]; doubles: Stretch[] }>
}

/** The next seven days. */
export const readRoster = query({
  operation: 'safety.read-roster',
  permission: 'event.read',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<RosterPage>({}),
  async run(work): Promise<RosterPage> {
    const area = rosterArea(work)
    const within = { from: work.now, to: new Date(work.now.getTime() + 7 * DAY) }
    const duties = await listDuties(work.tx, area, within)
    const of = (role: Role) =>
      coverage(
        duties.filter((one) => one.role === role),
        within,
      )
    return { area, within, duties, now: onDuty(duties, work.now), holes: { lead: of('lead'), duty: of('duty') } }
  },
})

export const setDuty = command({
  operation: 'safety.set-duty',
  permission: 'duty.keep',
  actors: ['staff'],
  input: Type.Object({
    area: Plain(12),
    role: Type.Enum([...roles]),
    name: Plain(40),
    contact: Plain(40),
    from: Instant,
    to: Instant,
  }),
  output: Done,
  async run(work, { area, role, name, contact, ...typed }) {
    ownArea(work, area)
    const [from, to] = [new Date(typed.from), new Date(typed.to)]
    if (!(to > from)) throw new Refusal('roster.turned_round', 'invalid', field('to'))
    if (to.getTime() - from.getTime() > 7 * DAY) throw new Refusal('roster.too_long', 'invalid', field('to'))
    if (to <= work.now || from.getTime() - work.now.getTime() > 370 * DAY)
      throw new Refusal('roster.not_ahead', 'invalid', field('from'))
    const duty = { id: newId(work.now), role, name: notBlank(name, 'name'), contact: notBlank(contact, 'contact'), from, to }
    await insertDuty(work.tx, duty, area, postOf(work.actor).id, work.now)
    return { id: duty.id }
  },
})

export const cancelDuty = command({
  operation: 'safety.cancel-duty',
  permission: 'duty.keep',
  actors: ['staff'],
  input: Type.Object(OnIt),
  output: Done,
  async run(work, { id }) {
    const post = postOf(work.actor)
    const found = await areaOfDuty(work.tx, id)
    if (!found || !covers(post, found.area) || (await cancelDutyRow(work.tx, id, post.id, work.now)) === 0)
      throw new Refusal('roster.not_found', 'missing')
    return { id }
  },
})

/** A plan, or its next version. */
export const writePlan = command({
  operation: 'safety.write-plan',
  permission: 'duty.keep',
  actors: ['staff'],
  input: Type.Object({
    area: Plain(12),
    kind: Plain(40),
    title: Plain(100),
    body: Plain(20_000),
    validFrom: Day,
    replaces: Type.Union([Id, Type.Null()]),
  }),
  output: Done,
  async run(work, { area, kind, title, body, validFrom, replaces }) {
    ownArea(work, area)
    if (kind !== 'all' && !emergenciesOf(work).kinds.some(({ code }) => code === kind))
      throw new Refusal('event.kind_unknown', 'invalid', field('kind'))
    const before = replaces === null ? null : await getPlan(work, replaces)
    if (before) ownArea(work, before.area)
    const plan = {
      id: newId(work.now),
      area: before?.area ?? area,
      kind,
      title: notBlank(title, 'title'),
      version: (before?.version ?? 0) + 1,
      body: notBlank(body, 'body'),
      validFrom,
      replaces,
    }
    if (!(await insertPlan(work.tx, plan, postOf(work.actor).id, work.now))) throw new Refusal('plan.replaced', 'conflict')
    return { id: plan.id }
  },
})

async function getPlan(work: Work, id: string): Promise<Plan> {
  const found = await findPlan(work.tx, id)
  const { areas } = postOf(work.actor)
  if (!found || !areas.some((own) => found.area.startsWith(own) || own.startsWith(found.area)))
    throw new Refusal('plan.not_found', 'missing')
  return found
}

export const listPlans = query({
  operation: 'safety.list-plans',
  permission: 'event.read',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<{ plans: Plan[] }>({}),
  async run(work) {
    return { plans: await listPlansOf(work.tx, inAreas(postOf(work.actor), 'p.area', { above: true })) }
  },
})

export const readPlan = query({
  operation: 'safety.read-plan',
  permission: 'event.read',
  actors: ['staff'],
  input: Type.Object(OnIt),
  output: Type.Unsafe<{ plan: Plan; drills: Drill[] }>({}),
  run: async (work, { id }) => ({ plan: await getPlan(work, id), drills: await listDrills(work.tx, id) }),
})

export const recordDrill = command({
  operation: 'safety.record-drill',
  permission: 'duty.keep',
  actors: ['staff'],
  input: Type.Object({
    ...OnIt,
    heldOn: Day,
    tookPart: Type.Integer({ minimum: 1, maximum: 100_000 }),
    findings: Plain(2000),
    /** Both or neither. */
    followUp: Type.Union([Plain(1000), Type.Null()]),
    followUpBy: Type.Union([Day, Type.Null()]),
  }),
  output: Done,
  async run(work, { id, heldOn, tookPart, findings, followUp, followUpBy }) {
    const plan = await getPlan(work, id)
    ownArea(work, plan.area)
    if (heldOn > dayOf(work.now)) throw new Refusal('event.in_future', 'invalid', field('heldOn'))
    const what = followUp?.trim() || null
    if ((what === null) !== (followUpBy === null)) throw new Refusal('drill.say_both', 'invalid', field('followUpBy'))
    if (followUpBy !== null && followUpBy < heldOn) throw new Refusal('drill.by_before', 'invalid', field('followUpBy'))
    const drill = { id: newId(work.now), heldOn, tookPart, findings: notBlank(findings, 'findings'), followUp: what, followUpBy }
    await insertDrill(work.tx, drill, id, postOf(work.actor).id, work.now)
    return { id }
  },
})

export const finishFollowUp = command({
  operation: 'safety.finish-follow-up',
  permission: 'duty.keep',
  actors: ['staff'],
  input: Type.Object({ ...OnIt, drillId: Id, note: Plain(1000) }),
  output: Done,
  async run(work, { id, drillId, note }) {
    const plan = await getPlan(work, id)
    ownArea(work, plan.area)
    if ((await markDone(work.tx, id, drillId, notBlank(note, 'note'), postOf(work.actor).id, work.now)) === 0)
      throw new Refusal('drill.nothing_open', 'conflict')
    return { id }
  },
})
