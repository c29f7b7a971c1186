/** Who needs somebody at the door while a warning holds: by facts at hand, as looks that she sees, and no longer than it is needed. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from '../harness/form-browser.ts'
import { draft } from '../harness/safety-stages.ts'
import { type Answer, type Client, openScene, place, type Scene, type SignsIn } from '../harness/scene.ts'

let scene: Scene
let community: Client & SignsIn
let leader: Client & SignsIn
let warning: string
before(async () => {
  scene = await openScene('2026-11-24T02:00:00Z')
  const officer = await scene.officer('safety-officer', [place.street])
  leader = await scene.officer('street-leader', [place.street])
  community = await scene.officer('community-officer', [place.community])
  warning = ok(await officer.post('/api/v1/broadcasts', draft({ headline: '台风来了' }))).id
})
after(() => scene?.close())

const ok = (answer: Answer) => {
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const refused = (answer: Answer, status: number, code: string) =>
  assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body))
const list = (group?: string, who: Client = community) =>
  who.get(`/api/v1/broadcasts/${warning}/visits${group ? `?group=${group}` : ''}`)
const names = async (group?: string) =>
  ok(await list(group))
    .people.map((one: { name: string }) => one.name)
    .sort()
const certificate = (personId: string, grade: number, kind: string | null) =>
  scene.owner.query(
    `insert into people.disability_certificate (id, person_id, kind, grade, during, source, method, recorded_at)
     values (gen_random_uuid(), $1, $2, $3, '[2026-01-01,)', 'test', 'test', $4)`,
    [personId, kind, grade, scene.now()],
  )

test('by age, living alone, and the grade of a certificate; by no sealed kind, and nobody who is hidden or of elsewhere', async () => {
  const old = await scene.resident({ name: '甲八十', bornOn: '1946-11-24' })
  await scene.neighbour({ name: '乙七十九', bornOn: '1946-11-25', community: place.sibling })
  await scene.neighbour({ name: '丙独居', bornOn: '1960-01-01' })
  const two = await scene.neighbour({ name: '丁有伴', bornOn: '1958-01-01' })
  const spouse = await scene.neighbour({ name: '戊老伴', bornOn: '1959-01-01' })
  await scene.owner.query(
    'update people.dwelling_occupancy set dwelling_id = (select dwelling_id from people.dwelling_occupancy where person_id = $1) where person_id = $2',
    [two.personId, spouse.personId],
  )
  const physical = await scene.neighbour({ name: '己残疾', bornOn: '1990-01-01' })
  await certificate(physical.personId, 2, 'physical')
  const sealed = await scene.neighbour({ name: '庚保密', bornOn: '1990-01-01' })
  await certificate(sealed.personId, 1, null)
  const light = await scene.neighbour({ name: '辛四级', bornOn: '1990-01-01' })
  await certificate(light.personId, 4, 'physical')
  await scene.neighbour({ name: '壬婴儿', bornOn: '2024-01-01' })
  const hidden = await scene.neighbour({ name: '癸隐藏', bornOn: '1930-01-01' })
  await scene.owner.query('update people.person set safety_flag = true where id = $1', [hidden.personId])

  refused(await list(), 404, 'lookup.no_list')
  ok(await leader.post(`/api/v1/broadcasts/${warning}/issue`))
  refused(await list(undefined, leader), 403, 'access.not_permitted')
  assert.deepEqual(await names('open'), ['丙独居', '壬婴儿', '己残疾', '甲八十'])
  const page = ok(await list())
  assert.deepEqual(page.people.find((one: { name: string }) => one.name === '甲八十').reasons, ['very-old', 'old-alone'])
  assert.deepEqual(page.counts, { help: 0, open: 4, again: 0, told: 0 })

  const seen = (await new FormBrowser(scene, old.cookie, old.address).see('/me/reads')).html
  assert.match(seen, /预警或者提醒生效时/)

  const note = (personId: string, result: string, need: string | null = null) =>
    community.post(`/api/v1/broadcasts/${warning}/visits/${personId}`, { result, need })
  ok(await note(old.personId, 'needs_help', 'carrying'))
  ok(await note(physical.personId, 'not_home'))
  refused(await note(old.personId, 'needs_help'), 422, 'lookup.say_need')
  refused(await note(old.personId, 'told', 'food'), 422, 'lookup.say_need')
  for (const stranger of [sealed, hidden, two]) refused(await note(stranger.personId, 'told'), 404, 'lookup.not_listed')
  assert.deepEqual(ok(await list()).counts, { help: 1, open: 2, again: 1, told: 0 })
  assert.deepEqual(await names(), ['甲八十'], 'who needs help comes first')
  scene.at('2026-11-24T02:02:00Z')
  const writer = await scene.officer('safety-officer', [place.street])
  const counted = ok(await writer.get(`/api/v1/broadcasts/${warning}/need-counts`))
  assert.deepEqual(counted, { counts: { help: 1, open: 3, again: 1, told: 0 }, needs: { carrying: 1 }, helped: 0 })
  for (const who of [writer, leader]) {
    const page = String((await who.get(`/desk/warnings/${warning}`)).body)
    assert.match(page, /1 人需要帮忙：背抬 1/, 'what a community noted reaches who can send somebody')
    assert.doesNotMatch(page, /甲八十|warnings\/[^"]*\/visits"/, 'in numbers alone')
  }
  ok(await note(old.personId, 'helped'))
  assert.equal(ok(await leader.get(`/api/v1/broadcasts/${warning}/need-counts`)).helped, 1)
  assert.deepEqual(await names('told'), ['甲八十'])
  scene.at('2026-11-24T02:03:00Z')
  ok(await note(old.personId, 'told'))
  assert.deepEqual(await names('told'), ['甲八十'])
})

test('a warning is not withdrawn over the heads of who still waits, unless somebody says that she knows', async () => {
  const writer = await scene.officer('safety-officer', [place.street])
  const second = ok(await writer.post('/api/v1/broadcasts', draft({ headline: '暴雨来了' }))).id
  ok(await leader.post(`/api/v1/broadcasts/${second}/issue`))
  const browser = new FormBrowser(scene, leader.cookie, leader.address)
  const path = `/desk/warnings/${second}`
  const back = await browser.fill(path, `${path}/withdraw`, { why: '台风转向了' })
  const asked = back.to ? await browser.see(back.to) : back
  assert.match(asked.html, /还有 0 人需要帮忙，0 人没人在家，5 人还没去看/)
  assert.match(asked.html, /台风转向了/, 'what was typed stays')
  assert.match((await browser.answer(asked.html, `${path}/withdraw`, { why: '台风转向了' })).to ?? '', /warnings/)
  const list = String((await community.get(`${path}/visits`)).body)
  assert.match(list, /这条预警已经在 .* 撤回/)
})

test('a plain reminder calls for no visits: no list, nothing on the first page, nothing to ask when it is withdrawn', async () => {
  const writer = await scene.officer('safety-officer', [place.street])
  const plain = ok(await writer.post('/api/v1/broadcasts', draft({ headline: '明天停水', visits: false }))).id
  ok(await leader.post(`/api/v1/broadcasts/${plain}/issue`))
  refused(await community.get(`/api/v1/broadcasts/${plain}/visits`), 404, 'lookup.no_list')
  assert.doesNotMatch(String((await community.get('/desk')).body), /明天停水/)
  const page = String((await leader.get(`/desk/warnings/${plain}`)).body)
  assert.match(page, /不用上门/)
  assert.doesNotMatch(page, /上门看望名单/)
  ok(await leader.post(`/api/v1/broadcasts/${plain}/withdrawal`, { why: '修好了' }))
})

test('after the days that the pack gives it is closed, and another area has none', async () => {
  const sibling = await scene.officer('community-officer', ['440106007002'])
  refused(await list(undefined, sibling), 404, 'lookup.no_list')
  scene.at('2026-11-28T01:59:00Z')
  await community.again()
  ok(await list('open'))
  scene.at('2026-11-28T02:01:00Z')
  refused(await list('open'), 409, 'lookup.over')
})
