/** Cameras and footage: a register for everybody, requests with reasons, no picture anywhere. */
import { covers, postOf } from '../../../core/access/index.ts'
import { isId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type PageRequest, type Problem, readCount } from '../../../ui/index.ts'
import type { Rooms, WaitsFor } from '../../rooms.ts'
import { deskShell } from '../../service-centre/index.ts'
import { type Fault, moment, refuseFaults } from '../events/fields.ts'
import { areasOf, emergenciesIn, LOCAL } from '../pack.ts'
import { DeskCameraPage, DeskCamerasPage, NewCameraPage } from './pages/desk.tsx'
import { FootageListPage, FootagePage } from './pages/footage.tsx'
import { AskPage, CameraPage, CamerasPage, OwnFootagePage } from './pages/public.tsx'
import {
  askFootage,
  countFootage,
  decideFootage,
  handOutFootage,
  listCameras,
  listFootage,
  listOwnFootage,
  readCamera,
  readFootage,
  receiveFootageRequest,
  registerCamera,
  removeCamera,
  withdrawFootage,
} from './use-cases.ts'

export function cameraRoutes(rooms: Rooms): void {
  publicPages(rooms)
  deskPages(rooms)
  const { api } = rooms
  api('GET', '/cameras', listCameras)
  api('POST', '/cameras', registerCamera)
  api('GET', '/cameras/:id', readCamera)
  api('POST', '/cameras/:id/removal', removeCamera)
  api('POST', '/cameras/:cameraId/own-footage-request', askFootage)
  api('POST', '/cameras/:cameraId/footage-request', receiveFootageRequest)
  api('GET', '/footage', listFootage)
  api('GET', '/footage-counts', countFootage)
  api('GET', '/footage/:id', readFootage)
  api('POST', '/footage/:id/decision', decideFootage)
  api('POST', '/footage/:id/handout', handOutFootage)
  api('GET', '/own/footage', listOwnFootage)
  api('POST', '/own/footage/:id/withdrawal', withdrawFootage)
}

const pageOf = (r: PageRequest): number => Math.min(10_000, Math.max(1, Number.parseInt(r.query.page ?? '1', 10) || 1))
const inPack = ({ platform }: Rooms) => {
  const pack = platform.services.packs.inForce()
  return { pack, emergencies: emergenciesIn(pack) }
}

function publicPages(rooms: Rooms): void {
  const { pages } = rooms
  pages.get('/cameras', async (r) => {
    const { pack, emergencies } = inPack(rooms)
    const area = /^\d{4,12}$/.test(r.query.area ?? '') ? r.query.area! : ''
    const page = pageOf(r)
    const [listed, counted] = await Promise.all([listCameras.run(r.call, { area, page }), countFootage.run(r.call, {})])
    // To choose from: the communities of what is shown, and of the chosen one its neighbours.
    const streets = new Set(
      [area, ...listed.cameras.map((one) => one.area)].filter((code) => code.length >= 9).map((code) => code.slice(0, 9)),
    )
    const areas = areasOf(pack, r.view, { areas: [...streets] })
    return CamerasPage({
      view: r.view,
      pack,
      emergencies,
      areas,
      area,
      page,
      ...listed,
      ...counted,
      hasOwn: r.call.actor.kind === 'resident' && r.call.actor.personId !== null,
    })
  })
  pages.get('/cameras/:id', async (r) =>
    CameraPage({
      view: r.view,
      ...inPack(rooms),
      camera: await readCamera.run(r.call, { id: idOf(r, 'camera.not_found') }),
      mayAsk: r.call.actor.kind === 'resident',
    }),
  )
  const showAsk = async (r: PageRequest, problem?: Problem) => {
    if (r.call.actor.kind !== 'resident')
      throw new Refusal(r.call.actor.kind === 'public' ? 'account.sign_in_first' : 'access.not_for_you', 'forbidden')
    if (r.call.actor.level === 'A0') throw new Refusal('account.bind_first', 'forbidden')
    const camera = await readCamera.run(r.call, { id: idOf(r, 'camera.not_found') })
    return AskPage({ view: r.view, camera, body: r.body, newKey: r.newKey, ...(problem ? { problem } : {}) })
  }
  pages.get('/cameras/:id/ask', (r) => showAsk(r))
  pages.post(
    '/cameras/:id/ask',
    async (r) => {
      await askFootage.run(r.call, { cameraId: idOf(r, 'camera.not_found'), ...stretch(r) })
      return '/me/footage'
    },
    showAsk,
    { at: (r) => `/cameras/${r.params.id}/ask` },
  )
  const showOwn = async (r: PageRequest) =>
    OwnFootagePage({ view: r.view, newKey: r.newKey, ...(await listOwnFootage.run(r.call, {})) })
  pages.get('/me/footage', showOwn)
  pages.post('/me/footage/:id/withdraw', async (r) => {
    await withdrawFootage.run(r.call, { id: idOf(r, 'footage.not_found') })
    return '/me/footage'
  })
}

/** When, and why: of a resident and of an organ alike. */
function stretch(r: PageRequest): { from: string | null; to: string | null; reason: string } {
  const faults: Fault[] = []
  const [from, to] = [moment(r.body, 'from', faults), moment(r.body, 'to', faults)]
  if (!r.body.reason?.trim()) faults.push({ path: '/reason', code: 'event.say_something' })
  refuseFaults(faults)
  return { from, to, reason: r.body.reason ?? '' }
}

function deskPages(rooms: Rooms): void {
  const { pages } = rooms
  const need = (r: PageRequest, permission: string) => {
    const post = postOf(r.call.actor)
    if (!post.permissions.includes(permission)) throw new Refusal('access.not_permitted', 'forbidden', { permission })
    return post
  }
  pages.get('/desk/cameras', async (r) => {
    const shell = await deskShell(r, rooms)
    const page = pageOf(r)
    const listed = await listCameras.run(r.call, { area: need(r, 'camera.keep').scope, page })
    return DeskCamerasPage({ ...shell, ...inPack(rooms), ...listed, page })
  })
  const showNew = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const post = need(r, 'camera.keep')
    const { pack, emergencies } = inPack(rooms)
    const areas = areasOf(pack, r.view, post, LOCAL)
    const { replaces = '' } = r.query
    const body = Object.keys(r.body).length === 0 && isId(replaces) ? await entryOf(r, replaces) : r.body
    return NewCameraPage({ ...shell, pack, emergencies, areas, body, newKey: r.newKey, ...(problem ? { problem } : {}) })
  }
  pages.get('/desk/cameras/new', (r) => showNew(r))
  pages.post(
    '/desk/cameras/new',
    async (r) => {
      const faults: Fault[] = []
      const retentionDays = readCount(r.body.retentionDays)
      if (!retentionDays || retentionDays > 3650) faults.push({ path: '/retentionDays', code: 'camera.say_days' })
      if (r.body.sign !== 'yes' && r.body.sign !== 'no') faults.push({ path: '/sign', code: 'camera.say_sign' })
      const point = pointOf(r, faults)
      for (const name of ['place', 'keeper', 'contact', 'basis'])
        if (!r.body[name]?.trim()) faults.push({ path: `/${name}`, code: 'event.say_something' })
      refuseFaults(faults)
      const { area = '', place, purpose = '', keeper, contact, basis, sign, replaces } = r.body
      const entry = {
        area,
        place,
        purpose,
        keeper,
        contact,
        basis,
        retentionDays,
        sign: sign === 'yes',
        replaces: replaces || null,
        point,
      }
      const { id } = await registerCamera.run(r.call, entry)
      return `/desk/cameras/${id}`
    },
    showNew,
    { at: () => '/desk/cameras/new' },
  )
  const showOne = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const post = need(r, 'camera.keep')
    const camera = await readCamera.run(r.call, { id: idOf(r, 'camera.not_found') })
    const inHand = covers(post, camera.area)
    return DeskCameraPage({
      ...shell,
      ...inPack(rooms),
      camera,
      inHand,
      body: r.body,
      newKey: r.newKey,
      ...(problem ? { problem } : {}),
    })
  }
  pages.get('/desk/cameras/:id', (r) => showOne(r))
  pages.post(
    '/desk/cameras/:id/remove',
    async (r) => {
      await removeCamera.run(r.call, { id: idOf(r, 'camera.not_found'), why: r.body.why ?? '' })
      return '/desk/cameras'
    },
    showOne,
    { at: (r) => `/desk/cameras/${r.params.id}` },
  )
  pages.post(
    '/desk/cameras/:id/request',
    async (r) => {
      const { organ = '', organNumber = '' } = r.body
      const { id } = await receiveFootageRequest.run(r.call, {
        cameraId: idOf(r, 'camera.not_found'),
        ...stretch(r),
        organ,
        organNumber,
      })
      return `/desk/footage/${id}`
    },
    showOne,
    { at: (r) => `/desk/cameras/${r.params.id}` },
  )

  pages.get('/desk/footage', async (r) =>
    FootageListPage({ ...(await deskShell(r, rooms)), ...(await listFootage.run(r.call, {})) }),
  )
  const showRequest = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const read = await readFootage.run(r.call, { id: idOf(r, 'footage.not_found') })
    const { permissions } = postOf(r.call.actor)
    return FootagePage({
      ...shell,
      ...read,
      now: r.call.now,
      may: { decide: permissions.includes('footage.decide'), handOut: permissions.includes('camera.keep') },
      body: r.body,
      newKey: r.newKey,
      ...(problem ? { problem } : {}),
    })
  }
  pages.get('/desk/footage/:id', (r) => showRequest(r))
  const act = (path: string, run: (r: PageRequest, id: string) => Promise<unknown>) =>
    pages.post(
      `/desk/footage/:id/${path}`,
      async (r) => {
        await run(r, idOf(r, 'footage.not_found'))
        return `/desk/footage/${r.params.id}`
      },
      showRequest,
      { at: (r) => `/desk/footage/${r.params.id}` },
    )
  act('decision', (r, id) => {
    if (!r.body.outcome) refuseFaults([{ path: '/outcome', code: 'footage.say_outcome' }])
    return decideFootage.run(r.call, { id, outcome: r.body.outcome, reasons: r.body.reasons ?? '' })
  })
  act('handout', (r, id) => {
    const faults: Fault[] = []
    const at = moment(r.body, 'at', faults)
    refuseFaults(faults)
    return handOutFootage.run(r.call, { id, at, how: r.body.how, receiver: r.body.receiver ?? '' })
  })
}

/** The entry that is corrected, to go on from. */
async function entryOf(r: PageRequest, replaces: string): Promise<Record<string, string>> {
  const { area, place, purpose, keeper, contact, retentionDays, sign, basis, ...at } = await readCamera.run(r.call, {
    id: replaces,
  })
  return {
    replaces,
    area,
    place,
    purpose,
    keeper,
    contact,
    retentionDays: String(retentionDays),
    sign: sign ? 'yes' : 'no',
    basis,
    ...(at.crs ? { lon: String(at.lon), lat: String(at.lat), crs: at.crs } : {}),
  }
}

/** Both numbers with their system, or neither: a camera that nobody has measured has no point. */
function pointOf({ body }: PageRequest, faults: Fault[]): { lon: number; lat: number; crs: string } | null {
  const typed = (['lon', 'lat'] as const).map((name) => body[name]?.trim() ?? '')
  if (typed.every((text) => text === '')) return null
  const [lon, lat] = typed.map((text) => (/^-?\d{1,3}(\.\d{1,15})?$/.test(text) ? Number(text) : Number.NaN)) as [number, number]
  if (Number.isNaN(lon)) faults.push({ path: '/lon', code: 'camera.say_degrees' })
  if (Number.isNaN(lat)) faults.push({ path: '/lat', code: 'camera.say_degrees' })
  return { lon, lat, crs: body.crs ?? '' }
}

function idOf(r: PageRequest, missing: string): string {
  const { id = '' } = r.params
  if (!isId(id)) throw new Refusal(missing, 'missing')
  return id.toLowerCase()
}

/** Requests that somebody has to decide. */
export const waitsOfFootage: WaitsFor = async (r) => {
  const { actor } = r.call
  if (actor.kind !== 'staff' || !actor.post.permissions.includes('footage.decide')) return []
  const { requests } = await listFootage.run(r.call, {})
  const count = requests.filter(({ status }) => status === 'waiting').length
  return [{ href: '/desk/footage', label: r.view.t('footage.wait'), count, tone: 'warn' }]
}
