/** What was shown is hidden again: it is nowhere that outsiders look, its reporter follows it still, and officers read why. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { done, refused } from '../../../test/harness/answers.ts'
import { type Client, openScene, place, type Scene, type SignsIn } from '../../../test/harness/scene.ts'

let scene: Scene
let supervisor: Client & SignsIn
before(async () => {
  scene = await openScene()
  supervisor = await scene.officer('grid-supervisor', [place.street], { domains: ['grid'] })
})
after(() => scene?.close())

async function filed(classCode = 'street-lamp', condition = 'one', area: string = place.community) {
  const place_ = { area, text: '示例一巷 3 号门口' }
  const { token, number } = await done(scene.stranger.post('/api/v1/reports', { classCode, words: '黑了三天', place: place_ }))
  const { id, public_id: publicId } = (
    await scene.owner.query('select id, public_id from grid.incident where number = $1', [number])
  ).rows[0]
  await done(supervisor.post(`/api/v1/incidents/${id}/verification`, { note: '' }))
  await done(supervisor.post(`/api/v1/incidents/${id}/filing`, { classCode, condition, title: '路灯不亮', shown: true }))
  return { id, token, publicId }
}
const hide = (id: string, reason = '标题里有人名') => supervisor.post(`/api/v1/incidents/${id}/hiding`, { reason })
const show = (id: string) => supervisor.post(`/api/v1/incidents/${id}/showing`)

/** Every place where outsiders look, as text. */
const outside = async (publicId: string): Promise<boolean[]> => {
  const { area } = { area: place.community }
  const texts = await Promise.all(
    [
      `/api/v1/public/incidents?area=${area}&list=all`,
      `/around?area=${area}&list=all`,
      `/around/map?area=${area}&list=all`,
      `/around/feed.atom?area=${area}`,
      `/open311/v2/requests.json`,
      `/open311/v2/servicerequestupdates.json`,
      `/ogc/collections/incidents/items?limit=1000`,
    ].map(async (path) => JSON.stringify((await scene.stranger.get(path)).body)),
  )
  return texts.map((text) => text.includes(publicId))
}

test('what is hidden is on no page, in no feed and in no standard; shown again it is where it was', async () => {
  const { id, token, publicId } = await filed()
  const before = await outside(publicId)
  assert.ok(before.filter(Boolean).length >= 5, JSON.stringify(before))
  await done(hide(id))
  assert.deepEqual(
    await outside(publicId),
    before.map(() => false),
  )
  assert.equal((await scene.stranger.get(`/around/${publicId}`)).status, 404)
  assert.equal((await scene.stranger.get(`/api/v1/public/incidents/${publicId}`)).status, 404)
  assert.equal(await refused(scene.stranger.post('/api/v1/reports', { classCode: 'street-lamp', words: '我也看见', place: {}, joins: publicId })), 'incident.not_found') // biome-ignore format: one report

  const hers = await done(scene.stranger.get(`/api/v1/reports/${token}`))
  assert.equal(hers.shown, false)
  assert.ok(!JSON.stringify(hers).includes('标题里有人名'), 'why is for officers')
  assert.deepEqual(hers.course.map((f: { fact: string }) => f.fact), ['reported', 'verified', 'filed']) // biome-ignore format: a list
  const page = await done(supervisor.get(`/api/v1/incidents/${id}`))
  assert.equal(page.timeline.at(-1).payload.reason, '标题里有人名')
  assert.equal(page.may.show, true)

  await done(show(id))
  assert.deepEqual(await outside(publicId), before)
  assert.deepEqual(
    (await done(scene.stranger.get(`/api/v1/public/incidents/${publicId}`))).course.map((f: { fact: string }) => f.fact),
    ['reported', 'verified', 'filed'],
  )
})

test('twice is refused, without a reason too; what is between people is never shown', async () => {
  const { id } = await filed()
  assert.equal(await refused(show(id)), 'incident.shown_already')
  assert.equal(await refused(hide(id, '  ')), 'input.invalid')
  await done(hide(id))
  assert.equal(await refused(hide(id)), 'incident.hidden_already')
  const { rows } = await scene.owner.query('select id from grid.incident where status = $1 limit 1', ['reported'])
  if (rows[0]) assert.equal(await refused(show(rows[0].id)), 'incident.not_now')
  const { incidents } = scene.node.platform.services.packs.inForce()
  const between = incidents.classes.find((one) => one.private && one.conditions.length > 0)!
  const home = await filed(between.code, between.conditions[0]!.code)
  assert.equal((await done(supervisor.get(`/api/v1/incidents/${home.id}`))).may.show, 'incident.never_shown')
  assert.equal(await refused(show(home.id)), 'incident.never_shown')
})

test('what is linked goes with it, and does not come back before it', async () => {
  const [parent, child] = [await filed(), await filed()]
  await done(supervisor.post(`/api/v1/incidents/${parent.id}/children`, { children: [child.id] }))
  await done(hide(parent.id))
  assert.ok((await outside(child.publicId)).every((found) => !found))
  assert.equal(await refused(show(child.id)), 'incident.show_parent_first')
  await done(show(parent.id))
  assert.ok(
    (await outside(child.publicId)).every((found) => !found),
    'each is looked at by an officer',
  )
  await done(show(child.id))
})

test('what is linked and lies elsewhere goes with it at once; the office there is told, and says whether it stays so', async () => {
  const nextCommunity = `${place.nextStreet}001`
  const wide = await scene.officer('grid-supervisor', [place.street, place.nextStreet], { domains: ['grid'] })
  const there = await scene.officer('grid-supervisor', [place.nextStreet], { domains: ['grid'] })
  const { rows } = await scene.owner.query('select code from areas.area where code like $1 and length(code) = 12 order by 1 limit 1', [`${place.nextStreet}%`]) // biome-ignore format: one query
  assert.ok(rows[0], nextCommunity)
  const [parent, near, far] = [await filed(), await filed(), await filed()]
  const pictured = await filed()
  for (const { id } of [far, pictured])
    await scene.owner.query('update grid.incident set area = $2, street = $3 where id = $1', [id, rows[0].code, place.nextStreet])
  await done(wide.post(`/api/v1/incidents/${parent.id}/children`, { children: [near.id, far.id, pictured.id] }))
  const before = await done(there.get('/api/v1/incidents'))
  assert.ok(!before.rows.some((row: { id: string }) => row.id === far.id))
  await done(hide(parent.id, '照片里看得清是谁家'))
  for (const { publicId } of [parent, near, far, pictured]) {
    assert.ok((await outside(publicId)).every((found) => !found))
    assert.equal((await scene.stranger.get(`/around/${publicId}`)).status, 404)
  }
  assert.equal((await done(supervisor.get(`/api/v1/incidents/${near.id}`))).found.state.hiddenWith, null, 'she hid it herself')
  assert.equal((await supervisor.get(`/api/v1/incidents/${far.id}`)).status, 404, 'it is still not hers')

  const waits = await done(there.get('/api/v1/incidents'))
  assert.deepEqual(waits.rows.slice(0, 2).map((row: { id: string }) => row.id).toSorted(), [far.id, pictured.id].toSorted(), 'first of all') // biome-ignore format: a list
  assert.equal(waits.counts.todo, before.counts.todo + 2)
  const page = await done(there.get(`/api/v1/incidents/${far.id}`))
  const { reason, with: whole } = page.timeline.at(-1).payload
  assert.deepEqual([reason, whole], ['照片里看得清是谁家', page.parent?.number ?? whole])
  assert.deepEqual([page.may.hide, page.may.show], [true, true])
  assert.match((await scene.stranger.get(`/report/${far.token}`)).body, /路灯不亮/)

  assert.equal(await refused(there.post(`/api/v1/incidents/${far.id}/showing`)), 'incident.show_parent_first')
  await done(there.post(`/api/v1/incidents/${pictured.id}/hiding`, { reason: '这边的照片也拍到人' }))
  assert.equal((await done(there.get('/api/v1/incidents'))).counts.todo, before.counts.todo + 1)
  assert.equal(
    await refused(there.post(`/api/v1/incidents/${pictured.id}/hiding`, { reason: '再来' })),
    'incident.hidden_already',
  )
  await done(show(parent.id))
  assert.ok(
    (await outside(far.publicId)).every((found) => !found),
    'each is looked at by an officer',
  )
  await done(there.post(`/api/v1/incidents/${far.id}/showing`))
  assert.ok((await outside(far.publicId)).some(Boolean))
  assert.equal((await done(there.get('/api/v1/incidents'))).counts.todo, before.counts.todo)
})
