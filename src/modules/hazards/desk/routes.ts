/** 隐患 at the desk: the list, one hazard, one small page an act, what was handed over on paper. */
import { Refusal } from '../../../platform/refusal.ts'
import { KEEP, type PageRequest, type Problem } from '../../../ui/index.ts'
import type { Rooms, WaitsFor } from '../../rooms.ts'
import { deskShell } from '../../service-centre/index.ts'
import type { Action } from '../hazard.ts'
import { grades } from '../hazard.ts'
import { ActPage, NewPage } from '../pages/act.tsx'
import { HazardPage } from '../pages/hazard.tsx'
import { type Asked, HazardListPage } from '../pages/list.tsx'
import { PaperPage } from '../pages/paper.tsx'
import { listHazards, lists, readHazard } from '../use-cases/look.ts'
import { registerHazard } from '../use-cases/register.ts'
import { acts, inspection, isAct } from './acts.ts'
import { readFields } from './fields.ts'

export function hazardDesk(rooms: Rooms): void {
  const { pages, platform } = rooms
  const { packs } = platform.services

  pages.get('/desk/hazards', async (r) => {
    const shell = await deskShell(r, rooms)
    const asked = askedOf(r.query)
    return HazardListPage({
      ...shell,
      pack: packs.inForce(),
      found: await listHazards.run(r.call, asked),
      asked,
      now: r.call.now,
      mayRegister: holds(r, 'hazard.inspect'),
    })
  })

  const showNew = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    if (!holds(r, 'hazard.inspect')) throw new Refusal('access.not_permitted', 'forbidden')
    return NewPage({
      ...shell,
      pack: packs.inForce(),
      areas: communitiesOf(r),
      newKey: r.newKey,
      body: r.body,
      ...(problem ? { problem } : {}),
    })
  }
  pages.get('/desk/hazards/new', (r) => showNew(r))
  pages.post(
    '/desk/hazards/new',
    async (r) => {
      if (r.body.again) return KEEP
      const input = readFields([{ name: 'area', kind: 'area' }, ...inspection], r.body)
      const { id } = await registerHazard.run(r.call, input)
      return `/desk/hazards/${id}?done=inspect`
    },
    showNew,
    { at: () => '/desk/hazards/new', more: (r) => showNew(r) },
  )

  pages.get('/desk/hazards/:id', async (r) => {
    const shell = await deskShell(r, rooms)
    const page = await read(r)
    const { done } = r.query
    return HazardPage({ ...shell, pack: packs.inForce(), page, now: r.call.now, ...(done ? { done } : {}) })
  })
  pages.get('/desk/hazards/:id/papers/:seq', async (r) => {
    const shell = await deskShell(r, rooms)
    const page = await read(r)
    const row = page.timeline.find(({ seq, fact }) => String(seq) === r.params.seq && (fact === 'told' || fact === 'ordered'))
    if (!row) throw new Refusal('hazard.not_found', 'missing')
    return PaperPage({ ...shell, pack: packs.inForce(), page, row })
  })

  const showAct = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    return ActPage({
      ...shell,
      pack: packs.inForce(),
      page: await read(r),
      action: actionOf(r),
      now: r.call.now,
      newKey: r.newKey,
      body: r.body,
      ...(problem ? { problem } : {}),
    })
  }
  pages.get('/desk/hazards/:id/act/:action', (r) => showAct(r))
  pages.post(
    '/desk/hazards/:id/act/:action',
    async (r) => {
      const action = actionOf(r)
      const { id } = r.params
      const { fields, useCase } = acts[action]
      await useCase.run(r.call, { id, ...readFields(fields, r.body) })
      return `/desk/hazards/${id}?done=${action}`
    },
    showAct,
    { at: (r) => `/desk/hazards/${r.params.id}/act/${r.params.action}` },
  )

  const communitiesOf = ({ call: { actor }, view: { t, lang } }: PageRequest) => {
    const own = actor.kind === 'staff' ? actor.post.areas : []
    const pack = packs.inForce()
    return pack.pack.areas
      .filter(
        ({ code, level, validTo }) => level === 'community' && validTo === null && own.some((area) => code.startsWith(area)),
      )
      .map(({ code }) => ({
        code,
        name: [...(own.every((area) => area.length >= 9) ? [] : [code.slice(0, 9)]), code]
          .map((one) => pack.areaIn(t, lang, one))
          .join(' · '),
      }))
  }
}

/** A mistyped address is a hazard that is not there. */
function read(r: PageRequest) {
  const { id = '' } = r.params
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new Refusal('hazard.not_found', 'missing')
  return readHazard.run(r.call, { id })
}

function actionOf({ params: { action = '' } }: PageRequest): Action {
  if (!isAct(action)) throw new Refusal('hazard.not_now', 'missing')
  return action
}

const holds = ({ call: { actor } }: PageRequest, permission: string): boolean =>
  actor.kind === 'staff' && actor.post.permissions.includes(permission)

function askedOf(query: Record<string, string>): Asked {
  const page = Math.min(400, Math.max(1, Number.parseInt(query.page ?? '1', 10) || 1))
  const number = query.number?.normalize('NFKC').trim().slice(0, 40)
  const grade = grades.find((one) => one === query.grade)
  return {
    list: lists.find((one) => one === query.list) ?? 'todo',
    page,
    ...(query.kind ? { kind: query.kind.slice(0, 60) } : {}),
    ...(grade ? { grade } : {}),
    ...(number ? { number } : {}),
  }
}

/** What waits for the post in this room. */
export const waitsOfHazards: WaitsFor = async (r) => {
  if (!holds(r, 'hazard.read')) return []
  const { counts } = await listHazards.run(r.call, {})
  return [
    { href: '/desk/hazards', label: r.view.t('hazards.wait'), count: counts.todo, tone: counts.overdue > 0 ? 'bad' : 'warn' },
  ]
}
