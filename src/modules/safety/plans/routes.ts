/** 值班、预案、演练 at the desk. */
import { covers, postOf } from '../../../core/access/index.ts'
import { isId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type PageRequest, type Problem, readCount, readDay } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { deskShell } from '../../service-centre/index.ts'
import { type Fault, moment, refuseFaults } from '../events/fields.ts'
import { areasOf, emergenciesIn } from '../pack.ts'
import { NewPlanPage, PlanPage, PlansPage } from './pages/plans.tsx'
import { RosterPage } from './pages/roster.tsx'
import { cancelDuty, finishFollowUp, listPlans, readPlan, readRoster, recordDrill, setDuty, writePlan } from './use-cases.ts'

export function planRoutes(rooms: Rooms): void {
  const { api, pages, platform } = rooms
  const inPack = () => {
    const pack = platform.services.packs.inForce()
    return { pack, emergencies: emergenciesIn(pack) }
  }
  const mayKeep = (r: PageRequest) => postOf(r.call.actor).permissions.includes('duty.keep')

  const showRoster = async (r: PageRequest, problem?: Problem) =>
    RosterPage({
      ...(await deskShell(r, rooms)),
      pack: platform.services.packs.inForce(),
      roster: await readRoster.run(r.call, {}),
      mayKeep: mayKeep(r),
      body: r.body,
      newKey: r.newKey,
      ...(problem ? { problem } : {}),
    })
  pages.get('/desk/duty', (r) => showRoster(r))
  pages.post(
    '/desk/duty',
    async (r) => {
      const faults: Fault[] = r.body.role ? [] : [{ path: '/role', code: 'roster.say_role' }]
      for (const name of ['name', 'contact'])
        if (!r.body[name]?.trim()) faults.push({ path: `/${name}`, code: 'event.say_something' })
      const [from, to] = [moment(r.body, 'from', faults), moment(r.body, 'to', faults)]
      refuseFaults(faults)
      const area = postOf(r.call.actor).scope.slice(0, 9)
      await setDuty.run(r.call, { area, role: r.body.role, name: r.body.name, contact: r.body.contact, from, to })
      return '/desk/duty'
    },
    showRoster,
    { at: () => '/desk/duty' },
  )
  pages.post('/desk/duty/:id/cancel', async (r) => {
    await cancelDuty.run(r.call, { id: idOf(r, 'roster.not_found') })
    return '/desk/duty'
  })

  pages.get('/desk/plans', async (r) =>
    PlansPage({ ...(await deskShell(r, rooms)), ...inPack(), mayKeep: mayKeep(r), ...(await listPlans.run(r.call, {})) }),
  )
  const showNew = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const post = postOf(r.call.actor)
    if (!mayKeep(r)) throw new Refusal('access.not_permitted', 'forbidden')
    const { pack, emergencies } = inPack()
    const areas = areasOf(pack, r.view, post)
    const { replaces = '' } = r.query
    const body = Object.keys(r.body).length === 0 && isId(replaces) ? await versionOf(r, replaces) : r.body
    return NewPlanPage({ ...shell, pack, emergencies, areas, body, newKey: r.newKey, ...(problem ? { problem } : {}) })
  }
  pages.get('/desk/plans/new', (r) => showNew(r))
  pages.post(
    '/desk/plans/new',
    async (r) => {
      const faults: Fault[] = []
      const validFrom = readDay(r.body, 'validFrom')
      if (!validFrom) faults.push({ path: '/validFrom', code: 'plan.say_day' })
      for (const name of ['title', 'body'])
        if (!r.body[name]?.trim()) faults.push({ path: `/${name}`, code: 'event.say_something' })
      refuseFaults(faults)
      const { area = '', kind = '', title, body, replaces } = r.body
      const { id } = await writePlan.run(r.call, { area, kind, title, body, validFrom, replaces: replaces || null })
      return `/desk/plans/${id}`
    },
    showNew,
    { at: () => '/desk/plans/new' },
  )
  const showPlan = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const read = await readPlan.run(r.call, { id: idOf(r, 'plan.not_found') })
    const keeps = mayKeep(r) && covers(postOf(r.call.actor), read.plan.area)
    return PlanPage({
      ...shell,
      ...inPack(),
      mayKeep: keeps,
      ...read,
      body: r.body,
      newKey: r.newKey,
      ...(problem ? { problem } : {}),
    })
  }
  pages.get('/desk/plans/:id', (r) => showPlan(r))
  const at = { at: (r: PageRequest) => `/desk/plans/${r.params.id}` }
  pages.post(
    '/desk/plans/:id/drill',
    async (r) => {
      const faults: Fault[] = []
      const [heldOn, followUpBy] = [readDay(r.body, 'heldOn'), readDay(r.body, 'followUpBy')]
      const tookPart = readCount(r.body.tookPart)
      if (!heldOn) faults.push({ path: '/heldOn', code: 'plan.say_day' })
      if (!tookPart) faults.push({ path: '/tookPart', code: 'event.a_number' })
      if (!r.body.findings?.trim()) faults.push({ path: '/findings', code: 'event.say_something' })
      if (followUpBy === null) faults.push({ path: '/followUpBy', code: 'plan.say_day' })
      refuseFaults(faults)
      const { findings, followUp } = r.body
      await recordDrill.run(r.call, {
        id: idOf(r, 'plan.not_found'),
        heldOn,
        tookPart,
        findings,
        followUp: followUp || null,
        followUpBy: followUpBy ?? null,
      })
      return at.at(r)
    },
    showPlan,
    at,
  )
  pages.post(
    '/desk/plans/:id/done',
    async (r) => {
      await finishFollowUp.run(r.call, { id: idOf(r, 'plan.not_found'), drillId: r.body.drillId, note: r.body.note ?? '' })
      return at.at(r)
    },
    showPlan,
    at,
  )

  api('GET', '/duty', readRoster)
  api('POST', '/duty', setDuty)
  api('POST', '/duty/:id/cancellation', cancelDuty)
  api('GET', '/plans', listPlans)
  api('POST', '/plans', writePlan)
  api('GET', '/plans/:id', readPlan)
  api('POST', '/plans/:id/drills', recordDrill)
  api('POST', '/plans/:id/follow-up', finishFollowUp)
}

/** The version that is gone on from. */
async function versionOf(r: PageRequest, replaces: string): Promise<Record<string, string>> {
  const { plan } = await readPlan.run(r.call, { id: replaces })
  return { replaces, kind: plan.kind, area: plan.area, title: plan.title, body: plan.body }
}

function idOf(r: PageRequest, missing: string): string {
  const { id = '' } = r.params
  if (!isId(id)) throw new Refusal(missing, 'missing')
  return id.toLowerCase()
}
