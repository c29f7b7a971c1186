/** Duty, plans and drills over HTTP: what is missing is shown, what was written stays. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from '../harness/form-browser.ts'
import { drill, duty, plan } from '../harness/safety-stages.ts'
import { type Answer, type Client, openScene, place, type Scene, type SignsIn } from '../harness/scene.ts'

let scene: Scene
let officer: Client & SignsIn
let community: Client & SignsIn
before(async () => {
  scene = await openScene('2026-11-24T02:00:00Z')
  officer = await scene.officer('safety-officer', [place.street])
  community = await scene.officer('community-officer', [place.community])
})
after(() => scene?.close())

const ok = (answer: Answer) => {
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const refused = (answer: Answer, status: number, code: string) =>
  assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body))

test('who is on duty is seen from the community, too; a gap and a double are shown, and nothing forbids them', async () => {
  const page = async (who = community) => (await new FormBrowser(scene, who.cookie, who.address).see('/desk/duty')).html
  assert.match(await page(), /现在没有带班领导！[\s\S]*现在没有值班人员！/)
  const { id } = ok(await officer.post('/api/v1/duty', duty()))
  ok(await officer.post('/api/v1/duty', duty({ name: '另一位', from: '2026-11-24T20:00:00Z', to: '2026-11-25T10:00:00Z' })))
  assert.match(await page(), /现在值班人员：冯值班[\s\S]*值班人员重复[\s\S]*11 月 25 日 04:00 到 11 月 25 日 08:00/)
  ok(await officer.post(`/api/v1/duty/${id}/cancellation`))
  refused(await officer.post(`/api/v1/duty/${id}/cancellation`), 404, 'roster.not_found')
  assert.match(await page(), /现在没有值班人员！/)
  refused(await community.post('/api/v1/duty', duty()), 403, 'access.not_permitted')
  for (const [more, status, code] of [
    [{ area: place.nextStreet }, 403, 'event.not_your_area'],
    [{ to: '2026-11-24T00:00:00Z' }, 422, 'roster.turned_round'],
    [{ to: '2026-12-24T00:00:00Z' }, 422, 'roster.too_long'],
    [{ from: '2026-11-20T00:00:00Z', to: '2026-11-21T00:00:00Z' }, 422, 'roster.not_ahead'],
    [{ name: ' ' }, 422, 'event.say_something'],
  ] as const)
    refused(await officer.post('/api/v1/duty', duty(more)), status, code)
})

test('a plan has versions, one follows another once; a drill has what it found and what follows', async () => {
  const { id } = ok(await officer.post('/api/v1/plans', plan()))
  const next = () => officer.post('/api/v1/plans', plan({ body: '先救人，再报告', replaces: id }))
  const answers = await Promise.all([next(), next()])
  assert.deepEqual(answers.map((a) => a.status).sort(), [200, 409])
  const second = answers.find((a) => a.status === 200)!.body.id
  assert.equal(ok(await officer.get(`/api/v1/plans/${second}`)).plan.version, 2)
  assert.equal(ok(await officer.get(`/api/v1/plans/${id}`)).plan.body, '先救人', 'the earlier one stays')
  assert.deepEqual(
    ok(await community.get('/api/v1/plans')).plans.map((one: { id: string }) => one.id),
    [second],
  )

  const record = (more: object) => officer.post(`/api/v1/plans/${second}/drills`, drill(second, more))
  refused(await record({ heldOn: '2026-11-25' }), 422, 'event.in_future')
  refused(await record({ followUpBy: null }), 422, 'drill.say_both')
  refused(await record({ followUpBy: '2026-11-01' }), 422, 'drill.by_before')
  ok(await record({}))
  const { drills } = ok(await officer.get(`/api/v1/plans/${second}`))
  const finish = () => officer.post(`/api/v1/plans/${second}/follow-up`, { drillId: drills[0].id, note: '换好了' })
  const [one, two] = [await finish(), await finish()]
  ok(one)
  refused(two, 409, 'drill.nothing_open')
  const away = await scene.officer('safety-officer', [place.nextStreet])
  refused(await away.get(`/api/v1/plans/${second}`), 404, 'plan.not_found')
})
