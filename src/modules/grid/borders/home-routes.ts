/** Homes and their grids at the desk, and who looks after which grid. */
import { isId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { textOfFile } from '../../../platform/text-file.ts'
import type { PageRequest, Problem } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { deskShell } from '../../service-centre/index.ts'
import { homeStandings } from './home.ts'
import { assignHomes, listGridHomes, placeHomes } from './homes.ts'
import { HomesPage } from './pages/homes.tsx'
import { GridWorkersPage } from './pages/workers.tsx'
import { areaOf } from './reading.ts'
import { assignWorkers, listGridWorkers } from './workers.ts'

export function homeRoutes(rooms: Rooms): void {
  const { api, pages, platform } = rooms
  api('GET', '/grids/:area/homes', listGridHomes)
  api('POST', '/grids/:area/homes', assignHomes)
  api('POST', '/grids/:area/points', placeHomes)

  workerRoutes(rooms)

  const asked = ({ query }: PageRequest) => ({
    standing: homeStandings.find((one) => one === query.list) ?? 'none',
    page: Math.min(400, Math.max(1, Number.parseInt(query.page ?? '1', 10) || 1)),
  })
  const show = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const area = areaOf(r)
    const listed = await listGridHomes.run(r.call, { area, ...asked(r) })
    const { body, newKey } = r
    const pack = platform.services.packs.inForce()
    return HomesPage({
      ...shell,
      pack,
      area,
      ...asked(r),
      listed,
      done: r.query.done,
      body,
      newKey,
      ...(problem ? { problem } : {}),
    })
  }
  const at = (r: PageRequest) => `/desk/grids/${areaOf(r)}/homes?list=${asked(r).standing}`
  pages.get('/desk/grids/:area/homes', (r) => show(r))
  pages.post(
    '/desk/grids/:area/homes/put',
    async (r) => {
      const homes = Object.entries(r.body).flatMap(([name, gridId]) => {
        const id = name.startsWith('home-') ? name.slice('home-'.length) : ''
        return isId(id) && isId(gridId) ? [{ id, gridId }] : []
      })
      if (homes.length === 0) throw new Refusal('home.choose_some', 'invalid')
      await assignHomes.run(r.call, { area: areaOf(r), homes })
      return `${at(r)}&done=put`
    },
    show,
    { at },
  )
  pages.post(
    '/desk/grids/:area/homes/points',
    async (r) => {
      const file = r.uploads.find((one) => one.field === 'file' && one.bytes.length > 0)
      if (file) r.body.points = textOfFile(file.bytes)
      const { points = '', crs = '', source = '' } = r.body
      if (source.trim() === '')
        throw new Refusal('input.invalid', 'invalid', { fields: [{ path: '/source', code: 'answer.missing' }] })
      await placeHomes.run(r.call, { area: areaOf(r), points, crs, source })
      return `${at(r)}&done=placed`
    },
    show,
    { at },
  )
}

function workerRoutes(rooms: Rooms): void {
  const { api, pages, platform } = rooms
  api('GET', '/grids/:area/workers', listGridWorkers)
  api('POST', '/grids/:area/workers', assignWorkers)

  const show = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const area = areaOf(r)
    const pack = platform.services.packs.inForce()
    const listed = await listGridWorkers.run(r.call, { area })
    return GridWorkersPage({ ...shell, pack, area, ...listed, newKey: r.newKey, ...(problem ? { problem } : {}) })
  }
  pages.get('/desk/grids/:area/workers', (r) => show(r))
  pages.post(
    '/desk/grids/:area/workers',
    async (r) => {
      const area = areaOf(r)
      const listed = (text = '') => text.split(',').filter(isId)
      // A grid where nobody is ticked sends nothing of its own.
      const grids = listed(r.body.shown).map((id) => ({
        id,
        workerIds: listed(r.body[`g-${id}`]),
        before: listed(r.body[`before-${id}`]),
      }))
      await assignWorkers.run(r.call, { area, grids })
      return `/desk/grids/${area}?done=workers`
    },
    show,
    { at: (r) => `/desk/grids/${r.params.area}/workers` },
  )
}
