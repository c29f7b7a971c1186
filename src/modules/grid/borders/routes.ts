/** Grids at the desk: the list of communities, one of them, a border tried on and kept, the file to take along. */
import { postOf } from '../../../core/access/index.ts'
import { isId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { textOfFile } from '../../../platform/text-file.ts'
import { KEEP, type PageRequest, type Problem } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { deskShell } from '../../service-centre/index.ts'
import { homeRoutes } from './home-routes.ts'
import { CommunitiesPage } from './pages/communities.tsx'
import { CommunityPage } from './pages/community.tsx'
import { ConfirmBorderPage, DrawPage } from './pages/draw.tsx'
import { areaOf } from './reading.ts'
import { drawGrid, drawOutline, endGrid, listCommunities, readCommunity, tryBorder } from './use-cases.ts'

export function borderRoutes(rooms: Rooms): void {
  homeRoutes(rooms)
  const { api, pages, platform } = rooms
  const pack = () => platform.services.packs.inForce()
  api('GET', '/grids', listCommunities)
  api('GET', '/grids/:area', readCommunity)
  api('POST', '/grids/:area/trial', tryBorder)
  api('POST', '/grids/:area/grids', drawGrid)
  api('POST', '/grids/:area/grids/:id/end', endGrid)
  api('POST', '/grids/:area/outline', drawOutline)

  pages.get('/desk/grids', async (r) => {
    const shell = await deskShell(r, rooms)
    const page = Math.min(1000, Math.max(1, Number.parseInt(r.query.page ?? '1', 10) || 1))
    return CommunitiesPage({ ...shell, pack: pack(), page, ...(await listCommunities.run(r.call, { page })) })
  })

  const show = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const area = areaOf(r)
    const ground = await readCommunity.run(r.call, { area })
    const mayDraw = postOf(r.call.actor).permissions.includes('grid.draw')
    const { body, newKey } = r
    return CommunityPage({
      ...shell,
      pack: pack(),
      area,
      ground,
      mayDraw,
      done: r.query.done,
      body,
      newKey,
      ...(problem ? { problem } : {}),
    })
  }
  pages.get('/desk/grids/:area', (r) => show(r))
  pages.post(
    '/desk/grids/:area/end',
    async (r) => {
      const { id = '', why = '' } = r.body
      const area = areaOf(r)
      if (!isId(id)) throw new Refusal('input.invalid', 'invalid', { fields: [{ path: '/id', code: 'answer.choose' }] })
      await endGrid.run(r.call, { area, id, why })
      return `/desk/grids/${area}?done=ended`
    },
    show,
    { at: (r) => `/desk/grids/${r.params.area}` },
  )
  pages.file('/desk/grids/:area/grids.geojson', async (r) => {
    const area = areaOf(r)
    const { grids } = await readCommunity.run(r.call, { area })
    const features = grids.map(({ code, name, boundary, crs, source, validFrom }) => ({
      type: 'Feature',
      id: code,
      properties: { code, name, crs, source, valid_from: validFrom },
      geometry: boundary,
    }))
    const text = JSON.stringify({ type: 'FeatureCollection', features })
    return { bytes: Buffer.from(text), mediaType: 'application/geo+json', name: `${area}.geojson`, download: true }
  })

  const page = async (r: PageRequest) => {
    const shell = await deskShell(r, rooms)
    if (!postOf(r.call.actor).permissions.includes('grid.draw'))
      throw new Refusal('access.not_permitted', 'forbidden', { permission: 'grid.draw' })
    const area = areaOf(r)
    const of = ofOf(r)
    const ground = await readCommunity.run(r.call, { area })
    if (isId(of) && !ground.grids.some(({ id }) => id === of)) throw new Refusal('border.changed_meanwhile', 'conflict')
    return { ...shell, pack: pack(), area, of, ground, body: r.body, newKey: r.newKey, tiles: platform.services.tiles }
  }
  const draw = async (r: PageRequest, problem?: Problem) => DrawPage({ ...(await page(r)), ...(problem ? { problem } : {}) })
  pages.get('/desk/grids/:area/draw', (r) => draw(r))
  pages.post(
    '/desk/grids/:area/draw',
    async (r) => {
      const area = areaOf(r)
      const of = ofOf(r)
      if (r.body.act === 'back') return KEEP
      const file = r.uploads.find((one) => one.field === 'file' && one.bytes.length > 0)
      if (file) r.body.boundary = textOfFile(file.bytes)
      const { boundary = '', crs = '', source = '', why = '', name = '' } = r.body
      const empty = [...(of === 'outline' ? [] : ['name']), 'source', 'why'].filter((one) => (r.body[one] ?? '').trim() === '')
      if (empty.length > 0)
        throw new Refusal('input.invalid', 'invalid', {
          fields: empty.map((one) => ({ path: `/${one}`, code: 'answer.missing' })),
        })
      const given = { area, boundary, crs }
      if (r.body.act !== 'keep') {
        const tried = await tryBorder.run(r.call, { ...given, of, name })
        return ConfirmBorderPage({ ...(await page(r)), tried })
      }
      if (of === 'outline') await drawOutline.run(r.call, { ...given, source, why })
      else await drawGrid.run(r.call, { ...given, of, name, source, why })
      return `/desk/grids/${area}?done=${of === 'outline' ? 'outline' : 'drawn'}`
    },
    draw,
    { at: (r) => `/desk/grids/${r.params.area}/draw?of=${ofOf(r)}`, more: (r) => draw(r) },
  )
}

const ofOf = ({ query, body }: PageRequest): string => {
  const of = body.of ?? query.of ?? ''
  return of === 'outline' || isId(of) ? of : 'new'
}
