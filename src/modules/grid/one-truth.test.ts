/** What outsiders are told of one incident is the same everywhere, and that its date went by is never taken back. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { done } from '../../../test/harness/answers.ts'
import { type GridOfficers, gridOfficers } from '../../../test/harness/grid-officers.ts'
import { openScene, place, type Scene } from '../../../test/harness/scene.ts'

let scene: Scene
let { supervisor, dispatcher, worker, unit, lamps } = {} as GridOfficers
before(async () => {
  scene = await openScene()
  ;({ supervisor, dispatcher, worker, unit, lamps } = await gridOfficers(scene))
})
after(() => scene?.close())

interface Lamp {
  id: string
  publicId: string
  number: string
  token: string
}
const filed = async (): Promise<Lamp> => {
  const reported = await done(
    scene.stranger.post('/api/v1/reports', {
      classCode: 'street-lamp',
      words: '黑了',
      place: { area: place.community, text: '示例一巷' },
    }),
  )
  const { rows } = await scene.owner.query('select id from grid.incident where number = $1 and street = $2', [
    reported.number,
    place.street,
  ])
  const { id } = rows[0]
  await done(supervisor.post(`/api/v1/incidents/${id}/verification`))
  await done(
    supervisor.post(`/api/v1/incidents/${id}/filing`, {
      classCode: 'street-lamp',
      condition: 'one',
      title: '路灯不亮',
      shown: true,
    }),
  )
  return { ...reported, id }
}
const sent = async (): Promise<Lamp> => {
  const one = await filed()
  await done(dispatcher.post(`/api/v1/incidents/${one.id}/dispatch`, { unitId: lamps }))
  await done(unit.post(`/api/v1/incidents/${one.id}/taking-on`))
  return one
}
const page = async (path: string): Promise<string> => {
  const { status, body } = await scene.stranger.get(path)
  assert.equal(status, 200)
  return String(body)
}

const feature = ({ publicId }: Lamp) => done(scene.stranger.get(`/ogc/collections/incidents/items/${publicId}`))

test('what was linked goes on as its parent: page, feed, Open311 and OGC say one thing, and nothing changed before it was reported', async () => {
  const parent = await sent()
  scene.at('2026-11-24T02:10:00Z')
  const child = await filed()
  await done(supervisor.post(`/api/v1/incidents/${parent.id}/children`, { children: [child.id] }))
  const { found, course } = await done(scene.stranger.get(`/api/v1/public/incidents/${child.publicId}`))
  assert.deepEqual([found.status, found.unitName, found.closedAt], ['handling', '示例路灯所', null])
  assert.equal(found.goesOnAs.number, parent.number)
  assert.equal(course.at(-1).fact, 'linked')
  const shown = await page(`/around/${child.publicId}`)
  assert.ok(shown.includes(parent.number) && shown.includes(`/around/${parent.publicId}`) && !shown.includes('结束'))
  const feed = await page(`/around/feed.atom?area=${place.street}`)
  const entry = feed.split('<entry>').find((one) => one.includes(child.publicId))!
  assert.ok(entry.includes('正在办') && entry.includes(parent.number) && !entry.includes('结束'), entry)
  const [request] = (await done(scene.stranger.get(`/open311/v2/requests/${child.publicId}.json`))) as Record<string, string>[]
  assert.deepEqual([request!.status, request!.agency_responsible], ['open', '示例路灯所'])
  assert.ok(request!.updated_datetime! >= request!.requested_datetime!, JSON.stringify(request))
  const [, published, updated] = /<published>(.*)<\/published>\s*<updated>(.*)<\/updated>/.exec(entry)!
  assert.ok(updated! >= published!)
  scene.at('2026-11-24T02:12:00Z')
  await done(unit.post(`/api/v1/incidents/${parent.id}/handling`, { note: '换了灯' }))
  const after = await done(scene.stranger.get(`/api/v1/public/incidents/${child.publicId}`))
  assert.deepEqual([after.found.status, after.course.at(-1).fact], ['handled', 'handed_in'])
  const { properties } = await feature(child)
  assert.deepEqual(
    [properties.linked_to, properties.status, properties.handed_in_at, properties.was_late],
    [parent.publicId, 'handled', '2026-11-24T02:12:00.000Z', false],
  )
})

test('handed in after its date, it says so for good, and the month counts it; hung says why in words of the pack alone', async () => {
  const one = await sent()
  const soon = await sent()
  await done(
    dispatcher.post(`/api/v1/incidents/${soon.id}/hanging`, {
      why: 'parts',
      reason: '老王说厂家没货',
      basis: '示例办法',
      notice: '1 号',
    }),
  )
  const hung = await page(`/around/${soon.publicId}`)
  assert.ok(hung.includes('现在办不了（等配件、材料）') && !hung.includes('老王'))
  const waits = await filed()
  assert.match(await page(`/around/${waits.publicId}`), /还没有派出去，所以没有办理期限；[^<]* 前要派/)
  scene.at('2026-12-05T02:00:00Z')
  await Promise.all([supervisor, worker, unit].map((officer) => officer.again()))
  await done(unit.post(`/api/v1/incidents/${one.id}/handling`, { note: '换了灯' }))
  assert.match(await page(`/around/${one.publicId}`), /说办好了[^<]*；之前已经超过一次期限/)
  assert.match(await page(`/report/${one.token}`), /说好 11 月 27 日 17:30 前办完，超期 8 天才办完。.*网上公开的那一页同样写着/s)
  await done(worker.post(`/api/v1/incidents/${one.id}/check`, { how: 'on_site', note: '亮了' }))
  assert.match(await page(`/around/${one.publicId}`), /结束；过了期限才办完/)
  assert.match(await page(`/report/${one.token}`), /超期 8 天才办完/)
  const ended = await done(scene.stranger.get(`/api/v1/public/incidents?area=${place.street}&list=ended`))
  assert.equal(ended.counts.endedLate, 1)
  assert.equal(ended.rows.find(({ publicId }: Lamp) => publicId === one.publicId).wasLate, true)
  assert.match(await page(`/around?area=${place.street}&list=ended`), /过了期限才办完.*结束了的当中，超过期限的/s)
  const late = await feature(one)
  assert.deepEqual(
    [late.properties.was_late, late.properties.round, late.properties.handed_in_at, late.properties.linked_to],
    [true, 1, '2026-12-05T02:00:00.000Z', null],
  )
  assert.equal(ended.counts.reopened, 0)
  await done(scene.stranger.post(`/api/v1/reports/${one.token}/word`, { solved: false, reason: '又黑了' }))
  const { counts } = await done(scene.stranger.get(`/api/v1/public/incidents?area=${place.street}`))
  assert.equal(counts.reopened, 1, 'not solved is counted as not solved')
  assert.equal((await feature(one)).properties.round, 2)
  assert.match(await page(`/around?area=${place.street}`), /报的人说没有解决、重新办的<[^1]*1 件/s)
})

test('a class that has left the pack takes nobody’s page away', async () => {
  const one = await filed()
  await scene.owner.query(`update grid.incident set class_code = 'left-the-pack' where id = $1`, [one.id])
  for (const page of [`/report/${one.token}`, `/around/${one.publicId}`]) {
    const { status, body } = await scene.stranger.get(page)
    assert.equal(status, 200, page)
    assert.ok(String(body).includes(one.number), page)
  }
})
