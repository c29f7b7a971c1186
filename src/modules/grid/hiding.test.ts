/** What was shown is hidden again: it is nowhere that outsiders look, its reporter follows it still, and officers read why. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Client, openScene, place, type Scene, type SignsIn } from '../../../test/harness/scene.ts'

let scene: Scene
let supervisor: Client & SignsIn
before(async () => {
  scene = await openScene()
  supervisor = await scene.officer('grid-supervisor', [place.street], { domains: ['grid'] })
})
after(() => scene?.close())

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
const done = async (answer: Promise<{ status: number; body: unknown }>): Promise<any> => {
  const { status, body } = await answer
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const refused = async (answer: Promise<{ status: number; body: unknown }>): Promise<string> => {
  const { status, body } = await answer
  assert.ok(status >= 400, `it was done: ${JSON.stringify(body)}`)
  return (body as { code: string }).code
}

async function filed(classCode = 'street-lamp', condition = 'one') {
  const place_ = { area: place.community, text: '示例一巷 3 号门口' }
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
