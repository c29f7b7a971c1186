/** 政策找人: searches and their counts for leaders, who to visit for community officers. */
import * as outreach from '../../../core/outreach/index.ts'
import { isId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { PageRequest, Problem } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { deskShell } from '../desk/shell.ts'
import { areasToSearch } from './areas.ts'
import { SearchPage } from './pages/search.tsx'
import { SearchesPage } from './pages/searches.tsx'
import { ToVisitPage } from './pages/to-visit.tsx'
import { VisitsPage } from './pages/visits.tsx'

/** Seconds between two looks of a page that waits. */
const AGAIN = 5

export function findingRoutes(rooms: Rooms): void {
  const { pages, api, platform } = rooms
  const { packs } = platform.services
  const search = ({ params }: PageRequest) => `/desk/searches/${params.id}`
  const list = ({ params }: PageRequest) => `/desk/visits/${params.matter}/${params.area}`

  const showSearches = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const post = postOf(r)
    const pack = packs.inForce()
    return SearchesPage({
      ...shell,
      ...(await outreach.listSearches.run(r.call, {})),
      pack,
      matters: pack.matters.filter((matter) => outreach.isSearched(matter) && post.domains.includes(matter.domain)),
      areas: areasToSearch(pack.pack.areas, post.areas),
      typed: r.body,
      newKey: r.newKey,
      ...(problem ? { problem } : {}),
    })
  }
  pages.get('/desk/searches', (r) => showSearches(r))
  pages.post(
    '/desk/searches',
    async (r) => {
      const { id } = await outreach.startSearch.run(r.call, { matter: r.body.matter ?? '', area: r.body.area ?? '' })
      return `/desk/searches/${id}`
    },
    showSearches,
    { at: () => '/desk/searches' },
  )

  const showSearch = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const page = await outreach.readSearch.run(r.call, { id: idOf(r) })
    // Without a script, too: the browser itself comes again while there is something to wait for.
    if (['waiting', 'running'].includes(page.search.status)) r.reply.header('refresh', String(AGAIN))
    const pack = packs.inForce()
    const mayStop = postOf(r).permissions.includes('outreach.cancel')
    return SearchPage({ ...shell, page, pack, mayStop, newKey: r.newKey, ...(problem ? { problem } : {}) })
  }
  pages.get('/desk/searches/:id', (r) => showSearch(r))
  pages.post(
    '/desk/searches/:id/stop',
    async (r) => {
      await outreach.cancelSearch.run(r.call, { id: idOf(r) })
      return search(r)
    },
    showSearch,
    { at: search },
  )

  pages.get('/desk/visits', async (r) =>
    VisitsPage({ ...(await deskShell(r, rooms)), ...(await outreach.listToVisit.run(r.call, {})), pack: packs.inForce() }),
  )
  const showList = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const { matter = '', area = '' } = r.params
    const group = outreach.GROUPS.find((one) => one === r.query.list)
    const page = Math.min(1000, Math.max(1, Number.parseInt(r.query.page ?? '1', 10) || 1))
    const read = await outreach.readToVisit.run(r.call, { matter, area, page, ...(group ? { group } : {}) })
    return ToVisitPage({
      ...shell,
      read,
      matter: packs.inForce().matter(matter),
      pack: await packs.at(read.of.packHash),
      mayReceive: postOf(r).permissions.includes('case.receive'),
      newKey: r.newKey,
      done: r.query.done,
      ...(problem ? { problem } : {}),
    })
  }
  pages.get('/desk/visits/:matter/:area', (r) => showList(r))
  pages.post(
    '/desk/visits/:matter/:area/:visitId/mistake',
    async (r) => {
      const { visitId = '' } = r.params
      await outreach.takeBackVisit.run(r.call, { visitId, why: r.body.why ?? '' })
      return `${list(r)}?${new URLSearchParams({ list: r.body.list ?? '', done: 'taken_back' })}`
    },
    showList,
    { at: (r) => `${list(r)}?${new URLSearchParams({ list: r.body.list ?? '' })}` },
  )
  pages.post(
    '/desk/visits/:matter/:area/:personId',
    async (r) => {
      const { matter = '', area = '', personId = '' } = r.params
      await outreach.recordVisit.run(r.call, { matter, area, personId, result: r.body.result ?? '' })
      return `${list(r)}?${new URLSearchParams({ list: r.body.list ?? '', done: 'noted' })}`
    },
    showList,
    { at: list },
  )

  api('GET', '/searches', outreach.listSearches)
  api('POST', '/searches', outreach.startSearch)
  api('GET', '/searches/:id', outreach.readSearch)
  api('POST', '/searches/:id/stop', outreach.cancelSearch)
  api('GET', '/visits', outreach.listToVisit)
  api('GET', '/visits/:matter/:area', outreach.readToVisit)
  api('POST', '/visits/:matter/:area/:personId', outreach.recordVisit)
  api('POST', '/visits/notes/:visitId/mistake', outreach.takeBackVisit)
}

function postOf(r: PageRequest) {
  if (r.call.actor.kind !== 'staff') throw new Refusal('access.choose_post', 'forbidden')
  return r.call.actor.post
}

/** A mistyped address is a search that is not there. */
function idOf(r: PageRequest): string {
  const { id = '' } = r.params
  if (!isId(id)) throw new Refusal('search.not_found', 'missing')
  return id.toLowerCase()
}
