/** The register of cameras, and requests for footage: asked with a basis, decided by a named officer with reasons, each handing out on record. */
import Type from 'typebox'
import { covers, inAreas, postOf } from '../../../core/access/index.ts'
import { isAreaCode } from '../../../core/areas/index.ts'
import { workingDayFrom } from '../../../core/clocks/index.ts'
import { tell } from '../../../core/messages/index.ts'
import { addDays } from '../../../platform/day.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type Day, dayOf } from '../../../platform/time.ts'
import { command, personRead, query, type Work } from '../../../platform/use-case/use-case.ts'
import { type Bounds, checkedPoint, type Point, systems } from '../../grid/index.ts'
import { emergenciesOf } from '../pack.ts'
import { Instant, instantOf, notBlank, Plain } from '../shapes.ts'
import { type Camera, type CountedYear, countedYears, hows, overwrittenOn, stretchFault } from './camera.ts'
import {
  areaOfCamera,
  countRequests,
  type DeskRequest,
  decideRequest,
  endCamera,
  type FootageRequest,
  findRequest,
  findShownCamera,
  type Handout,
  insertCamera,
  insertHandout,
  insertRequest,
  listHandouts,
  listOwnHandouts,
  listOwnRequests,
  listRequests,
  listShownCameras,
  lockRequest,
  withdrawRequest,
} from './store.ts'

const EVERYBODY = ['public', 'resident', 'staff', 'officer'] as const
const OnIt = { id: Id }
const Done = Type.Object({ id: Type.String() })
const field = (name: string) => ({ fields: [{ path: `/${name}` }] })

export const registerCamera = command({
  operation: 'safety.register-camera',
  permission: 'camera.keep',
  actors: ['staff'],
  input: Type.Object({
    area: Plain(12),
    place: Plain(200),
    purpose: Plain(40),
    keeper: Plain(100),
    contact: Plain(60),
    retentionDays: Type.Integer({ minimum: 1, maximum: 3650 }),
    sign: Type.Boolean(),
    basis: Plain(200),
    /** Where it stands, in the system that it was measured in. */
    point: Type.Optional(
      Type.Union([Type.Object({ lon: Type.Number(), lat: Type.Number(), crs: Type.Enum([...systems]) }), Type.Null()]),
    ),
    /** The entry whose place it takes. */
    replaces: Type.Union([Id, Type.Null()]),
  }),
  output: Done,
  async run(work, input) {
    const post = postOf(work.actor)
    if (!isAreaCode(input.area) || input.area.length < 9 || !covers(post, input.area))
      throw new Refusal('event.not_your_area', 'forbidden')
    if (!emergenciesOf(work).cameras.purposes.some(({ code }) => code === input.purpose))
      throw new Refusal('camera.purpose_unknown', 'invalid', field('purpose'))
    const { incidents } = work.call.platform.services.packs.inForce()
    const at = input.point ? standing(input.point, incidents.bounds) : { lon: null, lat: null, crs: null }
    if (input.replaces !== null) await end(work, input.replaces, 'replaced', null)
    const { replaces, place, keeper, contact, basis, point: _, ...rest } = input
    const camera: Camera = {
      ...rest,
      ...at,
      id: newId(work.now),
      place: notBlank(place, 'place'),
      keeper: notBlank(keeper, 'keeper'),
      contact: notBlank(contact, 'contact'),
      basis: notBlank(basis, 'basis'),
      recordedAt: work.now,
    }
    await insertCamera(work.tx, camera, post.id, replaces)
    return { id: camera.id }
  },
})

/** What is wrong with a point is said to whoever measured, not to whoever reports. */
function standing(point: Point, bounds: Bounds): Point {
  try {
    return checkedPoint(point, bounds)
  } catch (error) {
    throw error instanceof Refusal ? new Refusal('camera.point_elsewhere', 'invalid', field('lat')) : error
  }
}

async function end(work: Work, id: string, as: 'replaced' | 'removed', why: string | null): Promise<void> {
  const post = postOf(work.actor)
  const found = await areaOfCamera(work.tx, id)
  if (!found || !covers(post, found.area)) throw new Refusal('camera.not_found', 'missing')
  await endCamera(work.tx, id, as, post.id, why, work.now)
}

export const removeCamera = command({
  operation: 'safety.remove-camera',
  permission: 'camera.keep',
  actors: ['staff'],
  input: Type.Object({ ...OnIt, why: Plain(500) }),
  output: Done,
  async run(work, { id, why }) {
    await end(work, id, 'removed', notBlank(why, 'why'))
    return { id }
  },
})

export const CAMERAS_A_PAGE = 50
export const listCameras = query({
  operation: 'safety.list-cameras',
  permission: null,
  actors: EVERYBODY,
  input: Type.Object({ area: Type.Optional(Plain(12)), page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })) }),
  output: Type.Unsafe<{ cameras: Camera[]; more: boolean }>({}),
  async run({ tx }, { area = '', page = 1 }) {
    const rows = await listShownCameras(tx, area, CAMERAS_A_PAGE + 1, (page - 1) * CAMERAS_A_PAGE)
    return { cameras: rows.slice(0, CAMERAS_A_PAGE), more: rows.length > CAMERAS_A_PAGE }
  },
})

export const readCamera = query({
  operation: 'safety.read-camera',
  permission: null,
  actors: EVERYBODY,
  input: Type.Object(OnIt),
  output: Type.Unsafe<Camera>({}),
  run: ({ tx }, { id }) => getCamera(tx, id),
})

async function getCamera(tx: Work['tx'], id: string): Promise<Camera> {
  const camera = await findShownCamera(tx, id)
  if (!camera) throw new Refusal('camera.not_found', 'missing')
  return camera
}

const Stretch = { cameraId: Id, from: Instant, to: Instant, reason: Plain(1000) }

/** Working days after today: our promise, as the pack has it. */
function dueOn(work: Work): Day {
  const { calendar } = work.call.platform.services.packs.inForce()
  let day = dayOf(work.now)
  for (let n = emergenciesOf(work).cameras.decided_within; n > 0; n--) day = workingDayFrom(addDays(day, 1), calendar)
  return day
}

function stretchOf(work: Work, typed: { from: string; to: string }): { fromAt: Date; toAt: Date } {
  const [fromAt, toAt] = [instantOf(work, typed.from, 'from'), new Date(typed.to)]
  const fault = stretchFault(fromAt, toAt, work.now)
  if (fault) throw new Refusal(fault, 'invalid', field('to'))
  return { fromAt, toAt }
}

/** A resident about herself. */
export const askFootage = command({
  operation: 'safety.ask-footage',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object(Stretch),
  output: Done,
  async run(work, { cameraId, reason, ...typed }) {
    if (work.actor.kind !== 'resident' || !work.actor.personId) throw new Refusal('account.bind_first', 'forbidden')
    const camera = await getCamera(work.tx, cameraId)
    const stretch = stretchOf(work, typed)
    const on = overwrittenOn(stretch.toAt, camera.retentionDays)
    if (on < dayOf(work.now)) throw new Refusal('footage.gone', 'invalid', { on, n: camera.retentionDays, ...field('to') })
    const id = newId(work.now)
    const written = await insertRequest(work.tx, {
      id, cameraId, area: camera.area, asker: 'self', personId: work.actor.personId, organ: null, organNumber: null, ...stretch, reason: notBlank(reason, 'reason'),
      receivedAt: work.now, dueOn: dueOn(work), received: null,
    }) // biome-ignore format: a row
    if (!written) throw new Refusal('footage.running', 'conflict')
    return { id }
  },
})

/** An organ, with the number of its paper; an officer writes it down and another decides. */
export const receiveFootageRequest = command({
  operation: 'safety.receive-footage-request',
  permission: 'camera.keep',
  actors: ['staff'],
  input: Type.Object({ ...Stretch, organ: Plain(100), organNumber: Plain(60) }),
  output: Done,
  async run(work, { cameraId, reason, organ, organNumber, ...typed }) {
    const post = postOf(work.actor)
    const camera = await getCamera(work.tx, cameraId)
    if (!covers(post, camera.area)) throw new Refusal('event.not_your_area', 'forbidden')
    const id = newId(work.now)
    await insertRequest(work.tx, {
      id, cameraId, area: camera.area, asker: 'organ', personId: null, organ: notBlank(organ, 'organ'), organNumber: notBlank(organNumber, 'organNumber'), ...stretchOf(work, typed),
      reason: notBlank(reason, 'reason'), receivedAt: work.now, dueOn: dueOn(work), received: { postId: post.id, officerId: post.officerId },
    }) // biome-ignore format: a row
    return { id }
  },
})

async function getRequest(work: Work, id: string): Promise<DeskRequest> {
  const found = await findRequest(work.tx, id)
  if (!found || !covers(postOf(work.actor), found.area)) throw new Refusal('footage.not_found', 'missing')
  return found
}

const MOST = 200
export const listFootage = query({
  operation: 'safety.list-footage',
  permission: 'footage.read',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<{ requests: (FootageRequest & { place: string })[] }>({}),
  async run(work) {
    const rows = await listRequests(work.tx, inAreas(postOf(work.actor), 'c.area'), MOST)
    // Why somebody asks is hers: it is read one by one, on record.
    return { requests: rows.map((row) => ({ ...row, reason: '' })) }
  },
})

export const readFootage = personRead({
  operation: 'safety.read-footage',
  permission: 'footage.read',
  actors: ['staff'],
  input: Type.Object(OnIt),
  output: Type.Unsafe<{ request: DeskRequest; handouts: Handout[] }>({}),
  async about(work, { id }) {
    const { personId } = await getRequest(work, id)
    return { personIds: personId ? [personId] : [], purpose: 'footage', caseId: null }
  },
  run: async (work, { id }) => ({ request: await getRequest(work, id), handouts: await listHandouts(work.tx, id) }),
})

/** By somebody else than who wrote it down, with reasons either way. */
export const decideFootage = command({
  operation: 'safety.decide-footage',
  permission: 'footage.decide',
  actors: ['staff'],
  input: Type.Object({ ...OnIt, outcome: Type.Enum(['approved', 'refused']), reasons: Plain(1000) }),
  output: Done,
  async run(work, { id, outcome, reasons }) {
    const post = postOf(work.actor)
    await lockRequest(work.tx, id)
    const request = await getRequest(work, id)
    if (request.status !== 'waiting') throw new Refusal('footage.not_now', 'conflict')
    if (request.receiverId === post.officerId) throw new Refusal('footage.own', 'forbidden')
    const decision = { status: outcome, reasons: notBlank(reasons, 'reasons'), postId: post.id, officerId: post.officerId }
    await decideRequest(work.tx, id, decision, work.now)
    if (request.personId)
      tell(work, { personId: request.personId, caseId: null, kind: 'footage_decided', params: { request: id } })
    return { id }
  },
})

export const handOutFootage = command({
  operation: 'safety.hand-out-footage',
  permission: 'camera.keep',
  actors: ['staff'],
  input: Type.Object({ ...OnIt, at: Instant, how: Type.Enum([...hows]), receiver: Plain(100) }),
  output: Done,
  async run(work, { id, at, how, receiver }) {
    const request = await getRequest(work, id)
    if (request.status !== 'approved') throw new Refusal('footage.not_approved', 'conflict')
    const when = instantOf(work, at, 'at')
    if (when < request.decidedAt!) throw new Refusal('footage.before_decision', 'invalid', field('at'))
    const handout = { id: newId(work.now), at: when, how, receiver: notBlank(receiver, 'receiver') }
    await insertHandout(work.tx, handout, id, postOf(work.actor).id, work.now)
    return { id }
  },
})

export const listOwnFootage = query({
  operation: 'safety.list-own-footage',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({}),
  output: Type.Unsafe<{ requests: (FootageRequest & { camera: Camera | null; handouts: Handout[] })[] }>({}),
  async run({ tx }) {
    const requests = await listOwnRequests(tx)
    return {
      requests: await Promise.all(
        requests.map(async (one) => ({
          ...one,
          camera: (await findShownCamera(tx, one.cameraId)) ?? null,
          handouts: await listOwnHandouts(tx, one.id),
        })),
      ),
    }
  },
})

export const withdrawFootage = command({
  operation: 'safety.withdraw-footage',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object(OnIt),
  output: Done,
  async run({ tx, now }, { id }) {
    if ((await withdrawRequest(tx, id, now)) === 0) throw new Refusal('footage.not_found', 'missing')
    return { id }
  },
})

/** How many asked and what became of it, for everybody. */
export const countFootage = query({
  operation: 'safety.count-footage',
  permission: null,
  actors: EVERYBODY,
  input: Type.Object({}),
  output: Type.Unsafe<{ years: CountedYear[] }>({}),
  run: async ({ tx }) => ({ years: countedYears(await countRequests(tx)) }),
})
