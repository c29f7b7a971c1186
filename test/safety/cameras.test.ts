/** The register of cameras, and what becomes of a request for footage. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { countedYears } from '../../src/modules/safety/cameras/camera.ts'
import { FormBrowser } from '../harness/form-browser.ts'
import { camera, handout, own, request } from '../harness/safety-stages.ts'
import { type Answer, type Client, openScene, place, type Scene, type SignsIn } from '../harness/scene.ts'

let scene: Scene
let officer: Client & SignsIn
let leader: Client & SignsIn
before(async () => {
  scene = await openScene('2026-11-24T02:00:00Z')
  officer = await scene.officer('safety-officer', [place.street])
  leader = await scene.officer('street-leader', [place.street])
})
after(() => scene?.close())

const ok = (answer: Answer) => {
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const refused = (answer: Answer, status: number, code: string) =>
  assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body))
const register = async (more: object = {}) => ok(await officer.post('/api/v1/cameras', camera(more))).id as string
const listed = async (area = '') =>
  ok(await scene.stranger.get(`/api/v1/cameras?area=${area}`)).cameras as { id: string; place: string }[]

test('everybody reads where it is, what for, who keeps it, how long, whether a sign says so; a correction leaves one entry', async () => {
  const id = await register({ sign: false, place: '示例巷口' })
  const page = (await new FormBrowser(scene).see(`/cameras/${id}`)).html
  assert.match(page, /示例巷口[\s\S]*没有标识[\s\S]*治安[\s\S]*示例派出所[\s\S]*30 天/)
  const corrected = await register({ replaces: id, place: '示例巷口东' })
  assert.deepEqual(
    (await listed(place.community)).map((one) => one.place),
    ['示例巷口东'],
  )
  assert.equal((await new FormBrowser(scene).see(`/cameras/${id}`)).status, 404)
  refused(await officer.post('/api/v1/cameras', camera({ replaces: id })), 404, 'camera.not_found')
  ok(await officer.post(`/api/v1/cameras/${corrected}/removal`, { why: '拆了' }))
  assert.deepEqual(await listed(), [])
  for (const [more, code] of [
    [{ area: place.nextStreet }, 'event.not_your_area'],
    [{ area: place.district }, 'event.not_your_area'],
    [{ purpose: 'watching-people' }, 'camera.purpose_unknown'],
    [{ retentionDays: 0 }, 'input.invalid'],
    [{ basis: ' ' }, 'event.say_something'],
  ] as const)
    assert.equal((await officer.post('/api/v1/cameras', camera(more))).body.code, code)
  assert.deepEqual(await listed('%'), [])
})

test('where it stands is kept as measured; half a point and one elsewhere are refused, and a correction begins with it', async () => {
  const desk = new FormBrowser(scene, officer.cookie, officer.address)
  const { point: _, replaces: __, sign: ___, ...typed } = { point: null, ...camera() }
  const form = { ...typed, retentionDays: '30', sign: 'yes', crs: 'GCJ02' }
  const register = (more: Record<string, string>) => desk.fill('/desk/cameras/new', '/desk/cameras/new', { ...form, ...more })
  for (const [lon, lat, says] of [
    ['113.35', '', /请填度数/],
    ['east', '23.15', /请填度数/],
    ['23.15', '113.35', /不在本市/],
    ['121.47', '31.23', /不在本市/],
  ] as const) {
    const { html } = await desk.see((await register({ lon, lat })).to!)
    assert.match(html, says)
    assert.match(html, new RegExp(`value="${lon}"`), 'what was typed is still there')
  }
  const kept = await register({ lon: '113.35', lat: '23.15' })
  const id = kept.to!.split('/').at(-1)!
  const { lon, lat, crs } = ok(await scene.stranger.get(`/api/v1/cameras/${id}`))
  assert.deepEqual([lon, lat, crs], [113.35, 23.15, 'GCJ02'])
  const { html } = await desk.see(`/desk/cameras/new?replaces=${id}`)
  assert.match(html, /name="lon"[^>]*value="113.35"/)
  assert.match(html, /value="GCJ02" selected/)
  const unmeasured = await register({ lon: '', lat: '' })
  assert.equal(ok(await scene.stranger.get(`/api/v1/cameras/${unmeasured.to!.split('/').at(-1)}`)).crs, null)
})

test('a resident asks about herself, another decides with reasons, she is told, and each handing out is on record', async () => {
  const id = await register()
  const lady = await scene.resident({})
  const stranger = await scene.resident({ bound: false })
  refused(await stranger.post(`/api/v1/cameras/${id}/own-footage-request`, own(id)), 403, 'account.bind_first')
  const ask = (more: object = {}) => lady.post(`/api/v1/cameras/${id}/own-footage-request`, { ...own(id), ...more })
  refused(await ask({ to: '2026-11-23T00:00:00Z' }), 422, 'footage.turned_round')
  refused(await ask({ from: '2026-11-21T00:00:00Z' }), 422, 'footage.too_long')
  refused(await ask({ to: '2026-11-24T03:00:00Z', from: '2026-11-24T01:00:00Z' }), 422, 'footage.not_yet')
  const gone = await ask({ from: '2026-10-01T00:00:00Z', to: '2026-10-01T02:00:00Z' })
  refused(gone, 422, 'footage.gone')
  assert.match(gone.body.params.on, /^2026-1[01]-\d\d$/, 'until when it was kept')
  const answers = await Promise.all([ask(), ask(), ask()])
  assert.deepEqual(answers.map((a) => a.status).sort(), [200, 409, 409], 'one request, however often it is sent')
  const asked = answers.find((a) => a.status === 200)!.body.id as string

  const waiting = ok(await leader.get('/api/v1/footage')).requests
  assert.equal(waiting[0].dueOn, '2026-12-01', 'five working days')
  assert.equal(waiting[0].reason, '', 'why she asks is read one by one, on record')
  refused(
    await officer.post(`/api/v1/footage/${asked}/decision`, { outcome: 'approved', reasons: '好' }),
    403,
    'access.not_permitted',
  )
  refused(
    await leader.post(`/api/v1/footage/${asked}/decision`, { outcome: 'refused', reasons: ' ' }),
    422,
    'event.say_something',
  )
  refused(await officer.post(`/api/v1/footage/${asked}/handout`, handout(asked)), 409, 'footage.not_approved')
  const decided = await Promise.all(
    ['approved', 'refused'].map((outcome) =>
      leader.post(`/api/v1/footage/${asked}/decision`, { outcome, reasons: '本人的画面' }),
    ),
  )
  assert.deepEqual(decided.map((a) => a.status).sort(), [200, 409])
  await scene.owner.query(`update safety.footage_request set status = 'approved' where id = $1`, [asked])
  ok(await officer.get(`/api/v1/footage/${asked}`))
  ok(await officer.post(`/api/v1/footage/${asked}/handout`, handout(asked)))
  refused(
    await officer.post(`/api/v1/footage/${asked}/handout`, { ...handout(asked), at: '2026-11-24T01:00:00Z' }),
    422,
    'footage.before_decision',
  )

  const browser = new FormBrowser(scene, lady.cookie, lady.address)
  assert.match((await browser.see('/me/footage')).html, /已同意[\s\S]*本人的画面[\s\S]*当面看/)
  assert.match((await browser.see('/me/messages')).html, /录像申请有结果了/)
  assert.match((await browser.see('/me/reads')).html, /办理录像申请/)
  const neighbour = await scene.resident({})
  assert.deepEqual(ok(await neighbour.get('/api/v1/own/footage')).requests, [])
  refused(await neighbour.post(`/api/v1/own/footage/${asked}/withdrawal`), 404, 'footage.not_found')
})

test('an organ names its paper; who wrote it down does not decide it', async () => {
  const id = await register()
  refused(
    await officer.post(`/api/v1/cameras/${id}/footage-request`, { ...request(id), organNumber: ' ' }),
    422,
    'event.say_something',
  )
  const asked = ok(await officer.post(`/api/v1/cameras/${id}/footage-request`, request(id))).id
  const away = await scene.officer('street-leader', [place.nextStreet])
  refused(await away.get(`/api/v1/footage/${asked}`), 404, 'footage.not_found')
  refused(await away.post(`/api/v1/footage/${asked}/decision`, { outcome: 'approved', reasons: '好' }), 404, 'footage.not_found')
  ok(await leader.post(`/api/v1/footage/${asked}/decision`, { outcome: 'refused', reasons: '没有法律依据' }))
  const { years } = ok(await scene.stranger.get('/api/v1/footage-counts'))
  assert.equal(years[0].total, null, 'two are withheld')
})

test('small numbers are withheld, and what would give them away', () => {
  const row = (asker: 'self' | 'organ', status: 'approved' | 'refused', n: number) => ({ year: 2026, asker, status, n })
  const [year] = countedYears([
    row('self', 'approved', 40),
    row('self', 'refused', 3),
    row('organ', 'approved', 25),
    row('organ', 'refused', 12),
  ])
  assert.equal(year!.cells[0]![2], null)
  assert.ok(year!.cells.flat().filter((n) => n === null).length >= 2)
})
