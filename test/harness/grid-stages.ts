/** One incident at every stage of its cycle, each made by the acts that lead there. All lie in the community of the stages. */
import { randomUUID } from 'node:crypto'
import type { StaffPost } from './cast.ts'
import { place, type Scene } from './scene.ts'

export const gridStages = [
  'reported', 'verified', 'filed', 'dispatched', 'handling', 'extension', 'hung', 'handled', 'checked', 'closed', 'linked', 'parent', 'unshown',
] as const // biome-ignore format: a list
/** Their ids, what is said of them outside, and the unit that has them in hand. */
export type GridStages = Readonly<
  Record<
    | (typeof gridStages)[number]
    | 'unit'
    | 'token'
    | 'checkedToken'
    | 'publicId'
    | 'facilityToken'
    | 'deviceId'
    | 'gridId'
    | 'dwellingId'
    | 'photo'
    | 'waitingPhoto'
    | 'photoToken'
    | 'apiKey'
    | 'apiKeyId'
    | 'taskPushed'
    | 'taskGiven'
    | 'taskDone'
    | 'workerId',
    string
  >
>

export const reportedLamp = {
  classCode: 'street-lamp', words: '门口的路灯黑了三天', place: { area: place.community, text: '示例一巷 3 号门口' },
} as const // biome-ignore format: a report
export const filedLamp = { classCode: 'street-lamp', condition: 'one', title: '路灯不亮', shown: true } as const

export const pushedTask = {
  area: place.community,
  itemCode: 'register-newcomers',
  what: '看看新租出去的屋子有没有登记',
  dueOn: '2026-12-01',
} as const
/** A home that nobody has put anywhere yet. */
export const drawnAddress = '示例十巷 8 号'
const TENTH = JSON.stringify({
  type: 'Polygon',
  coordinates: [[[113.41, 23.21], [113.42, 23.21], [113.42, 23.22], [113.41, 23.22], [113.41, 23.21]]],
}) // biome-ignore format: positions
/** One pixel. */
export const PHOTO = new Uint8Array(
  Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
)

type Run = (operation: string, who: StaffPost | string, input: object) => Promise<Record<string, string>>

export async function makeIncidents(
  scene: Scene,
  run: Run,
  posts: Record<string, StaffPost>,
  reporter: string,
): Promise<GridStages> {
  const supervisor = posts['grid-supervisor']!
  const dispatcher = posts['grid-dispatcher']!
  const unitOfficer = posts['unit-officer']!
  const { rows } = await scene.owner.query<{ id: string }>('select organisation_id as id from access.post where id = $1', [
    unitOfficer.postId,
  ])
  const unit = rows[0]!.id
  const acts: readonly ((id: string) => Promise<unknown>)[] = [
    (id) => run('grid.verify', supervisor, { id }),
    (id) => run('grid.file', supervisor, { id, ...filedLamp }),
    (id) => run('grid.dispatch', dispatcher, { id, unitId: unit }),
    (id) => run('grid.take-on', unitOfficer, { id }),
    (id) => run('grid.hand-in', unitOfficer, { id, note: '换了灯' }),
    (id) => run('grid.pass-check', supervisor, { id, how: 'from_papers' }),
  ]
  const left = async () => (await run('grid.leave-photo', reporter, { bytes: PHOTO })).id!
  const reported = async (count: number, more: object = {}) => {
    const { token, number } = await run('grid.report', reporter, { ...reportedLamp, ...more })
    const { rows } = await scene.owner.query<{ id: string }>('select incident_id as id from grid.report where token = $1', [
      token,
    ])
    const { id } = rows[0]!
    for (const act of acts.slice(0, count)) await act(id)
    return { id, token: token!, number: number! }
  }
  const made = async (count: number) => (await reported(count)).id
  const first = await reported(0)
  const checked = await reported(6)
  const closed = await reported(6)
  await run('grid.say', reporter, { token: closed.token, solved: true })
  const [extension, hung, parent, linked] = [await made(4), await made(4), await made(2), await made(0)]
  await run('grid.request-extension', unitOfficer, { id: extension, by: 1, why: 'parts', reason: '灯杆要换' })
  await run('grid.hang', dispatcher, { id: hung, why: 'parts', reason: '等备件', basis: '示例办法', notice: '挂〔2026〕1号' })
  await run('grid.link', supervisor, { id: parent, children: [linked] })
  const photo = await left()
  const [pictured, unshown] = [await reported(2, { photos: [photo] }), await made(2)]
  const filed = pictured.id
  await run('grid.hide', supervisor, { id: unshown, reason: '拍到了人' })
  const [facilityToken, deviceId] = [randomUUID(), randomUUID()]
  await scene.owner.query(
    `insert into grid.facility (id, token, code, class_code, name, area, lon, lat, crs, source, recorded_at)
     values (gen_random_uuid(), $1, 'T-1', 'street-lamp', '一号灯', $2, 113.35, 23.15, 'WGS84', 'test', $3)`,
    [facilityToken, place.community, scene.now()],
  )
  const gridId = randomUUID()
  await scene.owner.query(
    `insert into grid.grid (id, code, name, area, boundary, crs, west, south, east, north, valid_from, source, recorded_at)
     values ($1, $2, '十格', $3, $4, 'CGCS2000', 113.41, 23.21, 113.42, 23.22, '2026-01-01', 'test', $5)`,
    [gridId, `${place.community}010`, place.community, TENTH, scene.now()],
  )
  const dwellingId = randomUUID()
  await scene.owner.query(`insert into people.dwelling (id, area, address, recorded_at) values ($1, $2, $3, $4)`, [
    dwellingId,
    place.community,
    drawnAddress,
    scene.now(),
  ])
  const worker = posts['grid-worker']!
  const task = async () => {
    const { ids } = (await run('grid.push-task', posts['district-officer']!, pushedTask)) as unknown as { ids: string[] }
    return ids[0]!
  }
  const [taskPushed, taskGiven, taskDone] = [await task(), await task(), await task()]
  for (const id of [taskGiven, taskDone]) await run('grid.give-task', supervisor, { id, workerId: worker.postId })
  await run('grid.do-task', worker, { id: taskDone, words: '看过了' })
  await run('grid.register-device', posts['grid-worker']!, { deviceId })
  const apiKey = `kf_${randomUUID()}${randomUUID()}`
  const program = { key: apiKey, name: '示例随手拍', keeper: '示例区城管局信息科', perMinute: 60 }
  const { id: apiKeyId } = await run('grid.make-api-key', posts['system-administrator']!, program)
  const seen = await scene.owner.query<{ id: string }>('select public_id as id from grid.incident where id = $1', [filed])
  return {
    facilityToken,
    deviceId,
    gridId,
    dwellingId,
    photo,
    photoToken: pictured.token,
    waitingPhoto: await left(),
    apiKey,
    apiKeyId: apiKeyId!,
    taskPushed,
    taskGiven,
    taskDone,
    workerId: worker.postId,
    publicId: seen.rows[0]!.id,
    reported: first.id,
    verified: (await reported(1, { photos: [await left()] })).id,
    filed,
    dispatched: await made(3),
    handling: await made(4),
    extension,
    hung,
    handled: await made(5),
    checked: checked.id,
    closed: closed.id,
    linked,
    parent,
    unshown,
    unit,
    token: first.token,
    checkedToken: checked.token,
  }
}
