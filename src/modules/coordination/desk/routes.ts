/** 吹哨报到 at the desk: the list, a new one, one of them, one small page an act, the figures. */
import { isId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { PageRequest, Problem } from '../../../ui/index.ts'
import type { Rooms, WaitsFor } from '../../rooms.ts'
import { deskShell } from '../../service-centre/index.ts'
import { ActPage } from '../pages/act.tsx'
import { FiguresPage } from '../pages/figures.tsx'
import { type Asked, WhistleListPage } from '../pages/list.tsx'
import { NewPage } from '../pages/new.tsx'
import { WhistlePage } from '../pages/whistle.tsx'
import { blowWhistle, listUnits } from '../use-cases/blow.ts'
import { lists, listWhistles, readFigures, readWhistle } from '../use-cases/look.ts'
import type { Action } from '../whistle.ts'
import { acts, atChoice, atFormFields, isAct, readAct, readWhistleForm, targetOf } from './acts.ts'

export function coordinationDesk(rooms: Rooms): void {
  const { pages, platform } = rooms
  const { packs } = platform.services

  pages.get('/desk/whistles', async (r) => {
    const shell = await deskShell(r, rooms)
    const asked = askedOf(r.query)
    const found = await listWhistles.run(r.call, asked)
    return WhistleListPage({ ...shell, pack: packs.inForce(), found, asked, now: r.call.now, mayBlow: holds(r, 'whistle.blow') })
  })
  pages.get('/desk/whistles/figures', async (r) => {
    const shell = await deskShell(r, rooms)
    return FiguresPage({ ...shell, pack: packs.inForce(), ...(await readFigures.run(r.call, {})) })
  })

  const incidentOf = (r: PageRequest): string => (isId(r.body.incident ?? '') ? r.body.incident! : (r.query.incident ?? ''))
  const showNew = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const incidentId = incidentOf(r)
    const callable = await listUnits.run(r.call, isId(incidentId) ? { incidentId } : {})
    return NewPage({
      ...shell,
      pack: packs.inForce(),
      callable,
      areas: areasOf(r),
      newKey: r.newKey,
      body: r.body,
      ...(problem ? { problem } : {}),
    })
  }
  pages.get('/desk/whistles/new', (r) => showNew(r))
  pages.post(
    '/desk/whistles/new',
    async (r) => {
      const { input, rows } = readWhistleForm(r.body)
      try {
        const { id } = await blowWhistle.run(r.call, input)
        return `/desk/whistles/${id}?done=blow`
      } catch (error) {
        throw atFormFields(error, rows)
      }
    },
    showNew,
    { at: (r) => (incidentOf(r) ? `/desk/whistles/new?incident=${incidentOf(r)}` : '/desk/whistles/new') },
  )

  pages.get('/desk/whistles/:id', async (r) => {
    const shell = await deskShell(r, rooms)
    const page = await read(r)
    const { done } = r.query
    return WhistlePage({ ...shell, pack: packs.inForce(), page, now: r.call.now, ...(done ? { done } : {}) })
  })

  const showAct = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const action = actionOf(r)
    return ActPage({
      ...shell,
      pack: packs.inForce(),
      page: await read(r),
      action,
      of: r.params.of ?? '',
      target: targetOf(action, r.params.of ?? ''),
      now: r.call.now,
      newKey: r.newKey,
      body: r.body,
      ...(problem ? { problem } : {}),
    })
  }
  pages.get('/desk/whistles/:id/act/:action/:of', (r) => showAct(r))
  pages.post(
    '/desk/whistles/:id/act/:action/:of',
    async (r) => {
      const action = actionOf(r)
      const { id, of = '' } = r.params
      const { fields, useCase } = acts[action]
      try {
        await useCase.run(r.call, { id, ...targetOf(action, of), ...readAct(fields, r.body) })
      } catch (error) {
        throw atChoice(error, r.body)
      }
      return `/desk/whistles/${id}?done=${action}`
    },
    showAct,
    { at: ({ params: { id, action, of } }) => `/desk/whistles/${id}/act/${action}/${of}` },
  )

  /** The post's streets and their communities. */
  const areasOf = ({ call: { actor }, view: { t, lang } }: PageRequest) => {
    const own = actor.kind === 'staff' ? actor.post.areas : []
    const pack = packs.inForce()
    return pack.pack.areas
      .filter(({ code, validTo }) => code.length >= 9 && validTo === null && own.some((area) => code.startsWith(area)))
      .map(({ code }) => ({ code, name: pack.areaIn(t, lang, code) }))
  }
}

/** A mistyped address is a whistle that is not there. */
function read(r: PageRequest) {
  const { id = '' } = r.params
  if (!isId(id)) throw new Refusal('whistle.not_found', 'missing')
  return readWhistle.run(r.call, { id })
}

function actionOf({ params: { action = '' } }: PageRequest): Action {
  if (!isAct(action)) throw new Refusal('whistle.not_found', 'missing')
  return action
}

const holds = ({ call: { actor } }: PageRequest, permission: string): boolean =>
  actor.kind === 'staff' && actor.post.permissions.includes(permission)

function askedOf(query: Record<string, string>): Asked {
  const page = Math.min(400, Math.max(1, Number.parseInt(query.page ?? '1', 10) || 1))
  const number = query.number?.normalize('NFKC').trim().slice(0, 40)
  return {
    list: lists.find((one) => one === query.list) ?? 'todo',
    page,
    ...(query.kind ? { kind: query.kind.slice(0, 60) } : {}),
    ...(number ? { number } : {}),
  }
}

/** What waits for the post or its unit in this room. */
export const waitsOfWhistles: WaitsFor = async (r) => {
  if (!holds(r, 'whistle.read')) return []
  const { counts } = await listWhistles.run(r.call, {})
  return [{ href: '/desk/whistles', label: r.view.t('whistles.wait'), count: counts.todo, tone: 'warn' }]
}
