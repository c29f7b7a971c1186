import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { type Neighbour, openScene, place, type Scene } from '../../../../test/harness/scene.ts'
import { applied, begin, browser, GOOD_ACCOUNT, newKey, textOf } from './scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene.close())

const clerk = () => scene.officer('window-clerk', [place.street])
const clerkOfNewcomers = () => scene.officer('window-clerk', [place.street], { domains: ['migrants'] })

test('to a neighbour a draft, a case, a file and a document are not there', async () => {
  const b = browser(scene, await scene.resident({ hukou: null }))
  const draft = await begin(b, 'residence-registration')
  const photo = await sharp({ create: { width: 10, height: 10, channels: 3, background: '#888' } })
    .png()
    .toBuffer()
  await b.give(`/apply/${draft}/photo`, `/apply/${draft}/photo/files/photo`, [
    { field: 'file-photo', name: 'a.png', bytes: photo },
  ])
  const file = /href="(\/files\/[^"]+)"/.exec((await b.get(`/apply/${draft}/photo`)).html)![1]!
  const lady = browser(scene, await scene.resident({ bornOn: '1940-01-01' }))
  const caseId = await applied(lady)
  const paper = /href="(\/documents\/[^"]+)"/.exec((await lady.get(`/me/cases/${caseId}`)).html)![1]!

  const stranger = browser(scene, await scene.resident({ name: '何大明' }))
  const never = '00000000-0000-4000-8000-000000000000'
  const foreign = [
    `/apply/${draft}/photo`,
    `/apply/${draft}/check`,
    `/me/cases/${caseId}`,
    `/me/cases/${caseId}/withdrawal`,
    file,
    paper,
    '/me/cases/nonsense',
    '/files/nonsense',
  ]
  for (const path of foreign) {
    const answer = await stranger.get(path)
    assert.equal(answer.status, 404, path)
    const none = await stranger.get(path.replace(/[0-9a-f-]{36}/, never))
    assert.equal(textOf(none.html), textOf(answer.html), path)
  }
  assert.equal((await browser(scene, scene.stranger).get(`/me/cases/${caseId}`)).to?.split('?')[0], '/sign-in')
})

test('a correction asks for what was missing and takes it once', async () => {
  const b = browser(scene, await scene.resident({ hukou: null, name: '韦海燕', bornOn: '1998-09-01' }))
  const officer = await clerkOfNewcomers()
  const draft = await begin(b, 'residence-registration')
  const photo = await sharp({ create: { width: 10, height: 10, channels: 3, background: '#888' } })
    .png()
    .toBuffer()
  await b.fill(`/apply/${draft}/about-you`, { 'about-you': 'yes' })
  await b.fill(`/apply/${draft}/address`, { address: 'known' })
  await b.fill(`/apply/${draft}/purpose`, { purpose: 'work' })
  await b.fill(`/apply/${draft}/since`, { 'since.year': '２０２６', 'since.month': '11', 'since.day': '20' })
  await b.give(`/apply/${draft}/photo`, `/apply/${draft}/photo/files/photo`, [
    { field: 'file-photo', name: 'a.png', bytes: photo },
  ])
  await b.fill(`/apply/${draft}/photo`, {})
  const sent = await b.fill(`/apply/${draft}/check`, { declared: 'yes' }, `/apply/${draft}/send`)
  assert.ok(sent.to, textOf(sent.html))
  const caseId = sent.to.split('/')[3]!.split('?')[0]!
  assert.match((await b.get(`/me/cases/${caseId}`)).html, /您现在不用做什么/)

  const asks = await officer.post(`/api/v1/cases/${caseId}/correction-notice`, {
    missing: ['address-proof', 'purpose'],
    text: '请补租房合同，并写明来的原因',
  })
  assert.equal(asks.status, 200, JSON.stringify(asks.body))
  assert.match(textOf((await b.get(`/me/cases/${caseId}`)).html), /请在 12 月 15 日（周二）前补材料/)
  const page = `/me/cases/${caseId}/correction`
  const form = await b.get(page)
  assert.match(form.html, /name="file-address-proof"/)
  assert.match(form.html, /name="purpose"/)
  assert.doesNotMatch(form.html, /name="file-photo"|name="since/)
  const half = await b.give(page, page, [], { purpose: 'business' })
  assert.equal(half.status, 200)
  assert.match(half.html, /href="#file-address-proof"/)
  assert.match(half.html, /value="business" checked/)
  const done = await b.give(page, page, [{ field: 'file-address-proof', name: '合同.png', bytes: photo }], {
    purpose: 'business',
  })
  assert.equal(done.to, `/me/cases/${caseId}`, textOf(done.html))
  const after = await b.get(`/me/cases/${caseId}`)
  assert.match(after.html, /已收件/)
  assert.match(after.html, /合同\.png/)

  const mark = /href="([^"]+\/materials\/[^"]+\/withdrawal)"/.exec(after.html)![1]!
  assert.match((await b.fill(mark, { reason: ' ' })).html, /href="#reason"/)
  await b.fill(mark, { reason: '拍错了' })
  assert.match(textOf((await b.get(`/me/cases/${caseId}`)).html), /已撤掉.*拍错了/)
})

test('an account that is missing is asked for where it can be stated; what only the window takes is not sent from the page', async () => {
  const b = browser(scene, await scene.resident({ name: '许桂珍', bornOn: '1945-02-01' }))
  const caseId = await applied(b)
  const page = `/me/cases/${caseId}/correction`
  const asks = { missing: ['bank-account'], text: '请写您本人的账户' }
  assert.equal((await (await clerk()).post(`/api/v1/cases/${caseId}/correction-notice`, asks)).status, 200)
  const empty = await b.fill(page, {})
  assert.match(empty.html, /href="#account/, 'nothing is sent where nothing was stated')
  assert.doesNotMatch(textOf((await b.get(page)).html), /请在窗口办/)
  assert.equal((await b.fill(page, { 'account-number': GOOD_ACCOUNT })).to, `/me/cases/${caseId}`)

  const lady = await scene.resident({ name: '许桂兰', bornOn: '1946-02-01' })
  const c = browser(scene, lady)
  const second = await applied(c)
  const shows = { missing: ['identity'], text: '请把身份证带来看一下' }
  assert.equal((await (await clerk()).post(`/api/v1/cases/${second}/correction-notice`, shows)).status, 200)
  const shown = await c.get(`/me/cases/${second}/correction`)
  assert.match(textOf(shown.html), /这次要补的都在窗口办/)
  assert.doesNotMatch(textOf(shown.html), /送出补的材料/)
  const sent = await lady.post(`/api/v1/me/cases/${second}/correction`, { typed: {} })
  assert.deepEqual([sent.status, sent.body.code], [409, 'case.correction_at_window'])
})

test('what is not ours names the right organ first and promises no further step', async () => {
  const b = browser(scene, await scene.resident({ name: '许桂珍', bornOn: '1945-01-01' }))
  const caseId = await applied(b)
  const organ = '石牌街道办事处'
  const refusal = { organ, reason: '户口在石牌街道' }
  assert.equal((await (await clerk()).post(`/api/v1/cases/${caseId}/competence-refusal`, refusal)).status, 200)
  const shown = textOf((await b.get(`/me/cases/${caseId}`)).html)
  assert.match(shown, /请到石牌街道办事处申请/)
  assert.match(shown, /原因：户口在石牌街道/)
  assert.match(shown, /打 12345，报办件号/)
  assert.doesNotMatch(shown, /接下来|您现在不用做什么/)
  assert.match(textOf((await b.get('/me/messages')).html), /这件事不归我们办，请向石牌街道办事处申请/)
})

test('an application is withdrawn after one question, and stays to be seen', async () => {
  const b = browser(scene, await scene.resident({ bornOn: '1945-01-01' }))
  const caseId = await applied(b)
  const page = `/me/cases/${caseId}/withdrawal`
  assert.match((await b.get(page)).html, /要撤回这次申请吗/)
  assert.equal((await b.fill(page, { reason: '' })).to, `/me/cases/${caseId}`)
  const shown = await b.get(`/me/cases/${caseId}`)
  assert.match(shown.html, /已撤回/)
  assert.doesNotMatch(shown.html, /withdrawal"/)
})

test('promise, decision, reasons and remedies are told; a grade is given once, and none before it is chosen', async () => {
  const person: Neighbour = await scene.neighbour({ name: '陈秀英', bornOn: '1940-01-01' })
  const b = browser(scene, await scene.resident({ person }))
  const caseId = await applied(b)
  const on = (path: string) => `/api/v1/cases/${caseId}/${path}`
  const [window, community, reviewer, district] = [
    await clerk(),
    await scene.officer('community-officer', [place.community]),
    await scene.officer('street-reviewer', [place.street]),
    await scene.officer('district-officer', [place.district]),
  ]
  await window.post(on('acceptance'))
  const running = textOf((await b.get(`/me/cases/${caseId}`)).html)
  assert.match(running, /我们承诺最迟 12 月 1 日（周二）作出决定/)
  assert.match(running, /承诺 5 个/)
  assert.doesNotMatch(running, /法定/)
  assert.doesNotMatch(running, /何晓/, 'the office, and nobody’s name')
  const told = async () => textOf((await b.get('/me/messages')).html)
  const accepted =
    /长寿保健金：已经受理。我们承诺最迟 12 月 1 日（周二）作出决定。接下来是“社区确认”：社区在确认您的情况。您现在不用做什么/
  assert.match(await told(), accepted)
  assert.match(running, /受理，承诺最迟 12 月 1 日（周二）作出决定/)
  await community.post(on('confirmation'), { note: '' })
  assert.match(await told(), /“社区确认”办好了。接下来是“街道审核”：街道正在审核。您现在不用做什么/)
  await reviewer.post(on('review'), { note: '' })
  await district.post(on('basis'), { basis: '按原标准执行的通知' })
  const decided = await district.post(on('decision'), { outcome: 'granted', reasons: '' })
  assert.equal(decided.status, 200, JSON.stringify(decided.body))
  const shown = await b.get(`/me/cases/${caseId}`)
  assert.match(textOf(shown.html), /同意了/)
  assert.match(textOf(shown.html), /天河区人民政府申请行政复议/)
  assert.doesNotMatch(shown.html, /name="grade"[^>]*checked/)
  const rating = `/me/cases/${caseId}/rating`
  const form = await b.hidden(`/me/cases/${caseId}`, rating)
  assert.match((await b.post(rating, form)).html, /href="#grade"/)
  const next = await b.hidden(`/me/cases/${caseId}`, rating)
  assert.equal((await b.post(rating, { ...next, grade: '4' })).to, `/me/cases/${caseId}#rated`)
  const thanked = textOf((await b.get(`/me/cases/${caseId}`)).html)
  assert.match(thanked, /谢谢您的评价.*您评的是：满意.*不会影响已经作出的决定/)
  assert.doesNotMatch(thanked, /送出评价/)
  const { rows } = await scene.owner.query('select rating from cases.case where id = $1', [caseId])
  assert.equal(rows[0].rating, 2, 'the best grade is 1 in the books')
  const twice = await b.post(rating, { ...form, _key: newKey(), grade: '1' })
  assert.equal(twice.status, 200)
  assert.match(textOf(twice.html), /您评的是：满意.*以第一次评的为准/)
})
