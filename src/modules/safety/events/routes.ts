/** Emergencies: what officers report, whom they tell, and where it stands. */
import { postOf } from '../../../core/access/index.ts'
import { isId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { PageRequest, Problem } from '../../../ui/index.ts'
import type { Rooms, WaitsFor } from '../../rooms.ts'
import { deskShell } from '../../service-centre/index.ts'
import { areasOf, emergenciesIn, LOCAL } from '../pack.ts'
import { type Fault, moment, readFindings, refuseFaults } from './fields.ts'
import { EventPage } from './pages/event.tsx'
import { EventsPage } from './pages/events.tsx'
import { NewEventPage } from './pages/new-event.tsx'
import {
  acknowledgeEvent,
  closeEvent,
  listEvents,
  openEvent,
  readEvent,
  reportEvent,
  setResponse,
  tellEvent,
} from './use-cases.ts'

export function eventRoutes(rooms: Rooms): void {
  const { api, pages, platform } = rooms
  const { packs } = platform.services
  const pack = () => ({ pack: packs.inForce(), emergencies: emergenciesIn(packs.inForce()) })

  pages.get('/desk/events', async (r) => {
    const shell = await deskShell(r, rooms)
    const page = Math.min(1000, Math.max(1, Number.parseInt(r.query.page ?? '1', 10) || 1))
    const listed = await listEvents.run(r.call, { page })
    return EventsPage({
      ...shell,
      ...pack(),
      ...listed,
      page,
      mayReport: postOf(r.call.actor).permissions.includes('event.report'),
    })
  })

  const showNew = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const post = postOf(r.call.actor)
    if (!post.permissions.includes('event.report')) throw new Refusal('access.not_permitted', 'forbidden')
    const areas = areasOf(packs.inForce(), r.view, post, LOCAL)
    return NewEventPage({
      ...shell,
      ...pack(),
      areas,
      now: r.call.now,
      body: r.body,
      newKey: r.newKey,
      ...(problem ? { problem } : {}),
    })
  }
  pages.get('/desk/events/new', (r) => showNew(r))
  pages.post(
    '/desk/events/new',
    async (r) => {
      const faults: Fault[] = r.body.kind ? [] : [{ path: '/kind', code: 'event.kind_unknown' }]
      const learntAt = moment(r.body, 'learntAt', faults)
      const happenedAt = moment(r.body, 'happenedAt', faults, true)
      const found = readFindings(r.body, faults)
      refuseFaults(faults)
      const { area = '', kind = '', level } = r.body
      const { id } = await openEvent.run(r.call, {
        area,
        kind,
        happenedAt,
        learntAt,
        found,
        level: level || null,
        sure: r.body.sure === 'yes',
      })
      return `/desk/events/${id}?done=1`
    },
    showNew,
    { at: () => '/desk/events/new' },
  )

  const show = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const page = await readEvent.run(r.call, { id: idOf(r) })
    return EventPage({
      ...shell,
      ...pack(),
      page,
      now: r.call.now,
      body: r.body,
      done: r.query.done,
      newKey: r.newKey,
      ...(problem ? { problem } : {}),
    })
  }
  pages.get('/desk/events/:id', (r) => show(r))
  const act = (path: string, run: (r: PageRequest, id: string) => Promise<unknown>) =>
    pages.post(
      `/desk/events/:id/${path}`,
      async (r) => {
        await run(r, idOf(r))
        return `/desk/events/${idOf(r)}?done=1`
      },
      show,
      { at: (r) => `/desk/events/${r.params.id}` },
    )
  act('report', (r, id) => {
    const faults: Fault[] = []
    const found = readFindings(r.body, faults)
    refuseFaults(faults)
    const report = ({ report: 'continued', report_final: 'final', supplement: 'supplement' } as Record<string, string>)[
      r.body.act ?? ''
    ]
    return reportEvent.run(r.call, {
      id,
      report,
      after: Number(r.body.after),
      found,
      level: r.body.level || null,
      sure: r.body.sure === 'yes',
      why: r.body.why ?? '',
    })
  })
  act('telling', (r, id) => {
    const faults: Fault[] = []
    const at = moment(r.body, 'at', faults)
    refuseFaults(faults)
    const { recipient = '', name = '', means, note = '' } = r.body
    return tellEvent.run(r.call, { id, recipient, name, means, at, note })
  })
  act('acknowledgement', (r, id) => {
    const faults: Fault[] = []
    const at = moment(r.body, 'at', faults)
    refuseFaults(faults)
    return acknowledgeEvent.run(r.call, { id, told: Number(r.body.told), at, by: r.body.by ?? '' })
  })
  act('response', (r, id) => setResponse.run(r.call, { id, response: r.body.response || null, reason: r.body.reason ?? '' }))
  act('closing', (r, id) => closeEvent.run(r.call, { id, note: r.body.note ?? '' }))

  api('GET', '/events', listEvents)
  api('POST', '/events', openEvent)
  api('GET', '/events/:id', readEvent)
  api('POST', '/events/:id/report', reportEvent)
  api('POST', '/events/:id/telling', tellEvent)
  api('POST', '/events/:id/acknowledgement', acknowledgeEvent)
  api('POST', '/events/:id/response', setResponse)
  api('POST', '/events/:id/closing', closeEvent)
}

/** A mistyped address is an event that is not there. */
function idOf(r: PageRequest): string {
  const { id = '' } = r.params
  if (!isId(id)) throw new Refusal('event.not_found', 'missing')
  return id.toLowerCase()
}

/** Events that are not over, for who reports or responds. */
export const waitsOfEvents: WaitsFor = async (r) => {
  const { permissions } = postOf(r.call.actor)
  if (!permissions.includes('event.report') && !permissions.includes('event.respond')) return []
  const { events } = await listEvents.run(r.call, {})
  const count = events.filter(({ state }) => state.status === 'open').length
  return [{ href: '/desk/events', label: r.view.t('event.wait'), count, tone: 'bad' }]
}
