/** A warning: written by one, issued by another at the level that may, read by everybody until it ends, corrected and withdrawn in the open. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newId } from '../../src/platform/id.ts'
import { declared } from '../../src/platform/use-case/use-case.ts'
import { FormBrowser } from '../harness/form-browser.ts'
import { draft } from '../harness/safety-stages.ts'
import { type Answer, type Client, openScene, place, type Scene, type SignsIn } from '../harness/scene.ts'

let scene: Scene
let officer: Client & SignsIn
let leader: Client & SignsIn
let district: Client & SignsIn
before(async () => {
  scene = await openScene('2026-11-24T02:00:00Z')
  officer = await scene.officer('safety-officer', [place.street])
  leader = await scene.officer('street-leader', [place.street])
  district = await scene.officer('district-leader', [place.district])
})
after(() => scene?.close())

const ok = (answer: Answer) => {
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const refused = (answer: Answer, status: number, code: string) =>
  assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body))
const write = async (more: object = {}, who: Client = officer) =>
  ok(await who.post('/api/v1/broadcasts', draft(more))).id as string
const issue = (id: string, who: Client = leader) => who.post(`/api/v1/broadcasts/${id}/issue`)
const shown = async () =>
  ok(await scene.stranger.get('/api/v1/warnings')).warnings as { id: string; status: string; drafterId?: string }[]
const home = async (who?: Client) => (await new FormBrowser(scene, who?.cookie ?? '').see('/')).html
const typhoon = {
  kind: 'passed-on',
  colour: 'orange',
  headline: '台风橙色预警',
  issuer: '广州市气象台',
  issuerNumber: '示例 12 号',
}

test('nobody issues what she wrote, nor what her level may not; then it heads every page where it holds, and goes at its end', async () => {
  const id = await write(typhoon)
  assert.deepEqual(await shown(), [], 'a draft is nobody’s')
  refused(await issue(id, officer), 403, 'access.not_permitted')
  refused(await issue(id, district), 403, 'broadcast.not_your_level')
  const warning = await write({ kind: 'warning', colour: 'red' })
  refused(await issue(warning), 403, 'broadcast.not_your_level')
  const own = await write({ area: place.district, kind: 'warning', colour: 'red' }, district)
  refused(await issue(own, district), 403, 'broadcast.own_draft')

  ok(await issue(id))
  refused(await issue(id), 409, 'broadcast.not_now')
  const [one] = await shown()
  assert.deepEqual([one!.id, one!.status, one!.drafterId], [id, 'issued', undefined], 'no officer is named')
  const here = await scene.resident({ community: place.community })
  const away = await scene.resident({ community: '440106007002' })
  assert.match(await home(here), /转发的橙色预警<\/b> 台风橙色预警/)
  assert.match(await home(), /台风橙色预警/)
  assert.doesNotMatch(await home(away), /台风橙色预警/)
  const page = (await new FormBrowser(scene).see(`/warnings/${id}`)).html
  assert.match(page, /示例 12 号[\s\S]*给喇叭和楼栋念的[\s\S]*再说一遍：台风橙色预警/)

  scene.at('2026-11-25T02:00:00Z')
  assert.doesNotMatch(await home(), /台风橙色预警/, 'at its end it is over, though nobody says so')
  assert.match((await new FormBrowser(scene).see(`/warnings/${id}`)).html, /这一条已经结束/)
  scene.at('2026-11-26T02:01:00Z')
  assert.deepEqual(await shown(), [])
  assert.equal((await new FormBrowser(scene).see(`/warnings/${id}`)).status, 404)
  scene.at('2026-11-24T02:00:00Z')
})

test('a correction takes the place of what it corrects in one moment; of two, one', async () => {
  const first = await write()
  ok(await issue(first))
  const corrections = [
    await write({ headline: '改为明晚停水', corrects: first }),
    await write({ headline: '不停水了', corrects: first }),
  ]
  const answers = await Promise.all(corrections.map((id) => issue(id)))
  assert.deepEqual(answers.map((a) => a.status).sort(), [200, 409])
  const done = corrections[answers.findIndex((a) => a.status === 200)]!
  const rows = await shown()
  assert.equal(rows.find(({ id }) => id === first)!.status, 'corrected')
  assert.equal(rows.find(({ id }) => id === done)!.status, 'issued')
  assert.match((await new FormBrowser(scene).see(`/warnings/${first}`)).html, new RegExp(`已经更正[\\s\\S]*/warnings/${done}`))

  refused(await leader.post(`/api/v1/broadcasts/${done}/withdrawal`, { why: '  ' }), 422, 'event.say_something')
  ok(await leader.post(`/api/v1/broadcasts/${done}/withdrawal`, { why: '抢修好了', sure: true }))
  refused(await leader.post(`/api/v1/broadcasts/${done}/withdrawal`, { why: '抢修好了', sure: true }), 409, 'broadcast.not_now')
  assert.match((await new FormBrowser(scene).see(`/warnings/${done}`)).html, /已经撤回，不要再按它做/)
  assert.doesNotMatch(await home(), /停水/)
})

test('what a level above has issued ends by no level below it, a level above ends what is below; a correction leaves nobody out', async () => {
  const above = await write({ kind: 'warning', colour: 'red' }, district)
  const second = await scene.officer('district-leader', [place.district])
  ok(await issue(above, second))
  refused(
    await leader.post(`/api/v1/broadcasts/${above}/withdrawal`, { why: '不下雨了', sure: true }),
    403,
    'broadcast.ended_above',
  )
  refused(await issue(await write({ corrects: above })), 403, 'broadcast.ended_above')
  const community = { area: place.community, corrects: above }
  refused(await officer.post('/api/v1/broadcasts', draft(community)), 422, 'broadcast.corrects_all')
  const silent = { corrects: above, visits: false }
  refused(await officer.post('/api/v1/broadcasts', draft(silent)), 422, 'broadcast.corrects_visits')
  ok(await district.post(`/api/v1/broadcasts/${above}/withdrawal`, { why: '不下雨了', sure: true }))
  const waiting = await write({ kind: 'warning', colour: 'red' }, district)
  refused(await officer.post(`/api/v1/broadcasts/${waiting}/drop`), 403, 'broadcast.drafted_for_above')
  ok(await district.post(`/api/v1/broadcasts/${waiting}/drop`))
  ok(await officer.post(`/api/v1/broadcasts/${await write({ kind: 'warning', colour: 'red' })}/drop`))
  const below = await write(typhoon)
  ok(await issue(below))
  ok(await district.post(`/api/v1/broadcasts/${below}/withdrawal`, { why: '发错了', sure: true }))
})

test('wrong, hostile and endless texts', async () => {
  const tried = async (more: object, status: number, code: string) =>
    refused(await officer.post('/api/v1/broadcasts', draft(more)), status, code)
  await tried({ area: place.nextStreet }, 403, 'event.not_your_area')
  await tried({ kind: 'alarm' }, 422, 'broadcast.kind_unknown')
  await tried({ kind: 'passed-on', colour: 'purple', issuer: 'a', issuerNumber: '1' }, 422, 'broadcast.colour_unknown')
  await tried({ ...typhoon, issuer: ' ' }, 422, 'event.say_something')
  await tried({ endsAt: '2026-11-24T02:00:00Z' }, 422, 'broadcast.ends_before')
  await tried({ endsAt: '2027-11-24T02:00:00Z' }, 422, 'broadcast.ends_late')
  await tried({ headline: '' }, 422, 'event.say_something')
  await tried({ body: '长'.repeat(601) }, 422, 'input.invalid')
  const id = await write({ headline: '<script>alert(1)</script>', body: '一\n二' })
  ok(await issue(id))
  const page = (await new FormBrowser(scene).see(`/warnings/${id}`)).html
  assert.ok(!page.includes('<script>alert'))
  assert.equal((await new FormBrowser(scene).see('/warnings/nothing')).status, 404)
  ok(await leader.post(`/api/v1/broadcasts/${id}/withdrawal`, { why: '写错了', sure: true }))
})

test('a draft that has run out is not issued any more', async () => {
  const id = await write({ endsAt: '2026-11-24T02:10:00Z' })
  scene.at('2026-11-24T02:11:00Z')
  refused(await issue(id), 409, 'broadcast.ends_before')
  ok(await officer.post(`/api/v1/broadcasts/${id}/drop`))
  refused(await issue(id), 409, 'broadcast.not_now')
  scene.at('2026-11-24T02:00:00Z')
})

test('it reaches the inbox of who lives there and has an account, once, and nobody elsewhere', async () => {
  scene.at('2026-11-24T02:20:00Z')
  const here = await scene.resident({ community: place.sibling })
  const away = await scene.resident({ community: '440106007002' })
  await scene.neighbour({ community: place.sibling })
  await Promise.all([officer.again(), leader.again()])
  const ends = { endsAt: '2026-11-24T12:00:00Z' }
  const urgent = await write({ ...typhoon, ...ends })
  const calm = await write({ headline: '明天停电', ...ends })
  for (const id of [urgent, calm]) ok(await issue(id))
  const sweep = async () => {
    const now = scene.now()
    const actor = { kind: 'system', schedule: 'test', scope: place.city, domains: [] } as const
    return declared.get('safety.tell-warnings')!.run({ platform: scene.node.platform, actor, now, requestId: newId(now) }, {})
  }
  assert.ok(((await sweep()) as { told: number }).told >= 2)
  assert.deepEqual(await sweep(), { told: 0 })
  const of = async (personId: string) =>
    (await scene.owner.query('select kind from messages.message where person_id = $1 order by kind', [personId])).rows.map(
      (row) => row.kind,
    )
  // The typhoon of the first story holds as well.
  assert.deepEqual(await of(here.personId), ['warning', 'warning_urgent', 'warning_urgent'])
  assert.deepEqual(await of(away.personId), [])
  const inbox = (await new FormBrowser(scene, here.cookie, here.address).see('/me/messages')).html
  assert.match(inbox, /紧急预警：台风橙色预警/)

  // Taken back, it is told to whom it reached, once; who came to live there since was never warned.
  ok(await leader.post(`/api/v1/broadcasts/${urgent}/withdrawal`, { why: '路线改了', sure: true }))
  const newcomer = await scene.resident({ community: place.sibling })
  await sweep()
  assert.deepEqual(await sweep(), { told: 0 })
  assert.deepEqual(await of(here.personId), ['warning', 'warning_urgent', 'warning_urgent', 'warning_withdrawn'])
  assert.ok(!(await of(newcomer.personId)).includes('warning_withdrawn'))
  assert.deepEqual(await of(away.personId), [])
  const after = (await new FormBrowser(scene, here.cookie, here.address).see('/me/messages')).html
  assert.match(after, /已经撤回：台风橙色预警/)
})
