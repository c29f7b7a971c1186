/** 为您找到的 over pages and forms: what was found, one button, and 不要找我. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openScene, place, type Scene } from '../../../../test/harness/scene.ts'
import { bankAccount, searched } from '../../../../test/harness/searched.ts'
import { type Browser, browser, GOOD_ACCOUNT, textOf } from '../apply/scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene?.close())

const PAGE = '/found/longevity-allowance'

/** Somebody of eighty, with an account on record unless told otherwise. */
async function lady(options: { name?: string; bornOn?: string; bank?: boolean; hukou?: string } = {}) {
  const { bank = true, ...who } = options
  const person = await scene.neighbour({ bornOn: '1946-01-02', ...who })
  if (bank) await bankAccount(scene, person.personId)
  const client = await scene.resident({ person })
  return { ...person, client, b: browser(scene, client) }
}

const casesOf = async (personId: string) =>
  (
    await scene.owner.query(
      `select c.id, c.number, t.payload from cases.case c join cases.timeline t on t.case_id = c.id and t.seq = 1 where applicant_id = $1`,
      [personId],
    )
  ).rows

const confirm = (b: Browser, page = PAGE, fields = {}) => b.fill(page, fields, page)

test('she sees what was found, why, and that it is no decision; one button makes an ordinary case', async () => {
  const her = await lady({ name: '陈玉兰' })
  const run = await searched(scene, { found: [her] })
  const home = textOf((await her.b.get('/')).html)
  assert.match(home, /为您找到的.*长寿保健金.*每月 ?100/)
  const list = textOf((await her.b.get('/found')).html)
  assert.match(list, /11 ?月 ?24 ?日按登记的资料为您查过一次。这不是决定/)
  const page = await her.b.get(PAGE)
  const text = textOf(page.html)
  assert.match(text, /按登记的资料，您符合条件/)
  assert.match(text, /为什么找到您.*户口在广州.*年满 70 岁/)
  assert.match(text, /不办也不会失去什么/)
  assert.match(text, /陈玉兰/)
  assert.match(text, /尾号 4321/)
  assert.match(text, /来自 ?工作人员/, 'each fact says where it is from')
  assert.doesNotMatch(page.html, /type="text"|<textarea|type="radio"/, 'nothing is typed or chosen')

  const sent = await confirm(her.b)
  assert.match(sent.to ?? textOf(sent.html), /^\/me\/cases\/[0-9a-f-]{36}\?sent=1$/)
  assert.match(textOf((await her.b.get(sent.to!)).html), /20261124-\d{4}/)
  const [made] = await casesOf(her.personId)
  assert.equal(made.payload.foundRun, run)
  assert.equal(made.payload.channel, 'phone')
  assert.match(textOf((await her.b.get(`/me/cases/${made.id}`)).html), /您核对了为您找到的这一项，确认申请/)
  const clerk = await scene.officer('window-clerk', [place.street])
  const seen = (await clerk.get(`/api/v1/cases/${made.id}`)).body
  assert.equal(seen.timeline[0].payload.foundRun, run)
  assert.match(textOf((await clerk.get(`/desk/cases/${made.id}`)).body), /政策找人找到后/)
  assert.match(textOf((await her.b.get(PAGE)).html), /您已经申请了，正在办/)
  assert.match(textOf((await her.b.get('/me/messages')).html), new RegExp(made.number))
})

test('without an account on record it is asked for there, and what is wrong is named at its field', async () => {
  const her = await lady({ bank: false })
  await searched(scene, { found: [her] })
  const wrong = await confirm(her.b, PAGE, { 'account-number': '6222 0211 1111 11' })
  assert.match(wrong.html, /href="#account-number">少了 2 位/)
  assert.match(wrong.html, /value="6222 0211 1111 11"/)
  assert.deepEqual(await casesOf(her.personId), [])
  const sent = await confirm(her.b, PAGE, { 'account-number': GOOD_ACCOUNT })
  assert.match(sent.to ?? '', /sent=1/)
  assert.match(textOf((await her.b.get(sent.to!.split('?')[0]!)).html), /尾号 1112/)
})

test('the button pressed twice, and in two tabs, makes one case', async () => {
  const her = await lady()
  await searched(scene, { found: [her] })
  const [one, two] = [await her.b.hidden(PAGE, PAGE), await her.b.hidden(PAGE, PAGE)]
  const first = await her.b.post(PAGE, one)
  assert.equal((await her.b.post(PAGE, one)).to, first.to, 'the same form')
  const tab = await her.b.post(PAGE, two)
  assert.match(textOf(tab.html), /您有一件同样的申请正在办/)
  assert.ok(tab.html.includes(first.to!.split('?')[0]!), 'with the way to it')
  assert.equal((await casesOf(her.personId)).length, 1)

  const other = await lady()
  await searched(scene, { found: [other] })
  const forms = await Promise.all([1, 2, 3, 4].map(() => other.b.hidden(PAGE, PAGE)))
  await Promise.all(forms.map((form) => other.b.post(PAGE, form)))
  assert.equal((await casesOf(other.personId)).length, 1, 'at the same moment')
})

test('what is on record changed since the search: the page says so, and nobody is refused', async () => {
  const her = await lady()
  await searched(scene, { found: [{ ...her, amountFen: 3_000 }] })
  assert.match(textOf((await her.b.get(PAGE)).html), /查的时候算出每月 30 ?元；按今天登记的资料，每月 100 ?元/)
  const before = await her.b.hidden(PAGE, PAGE)
  await scene.owner.query(
    `update people.bank_account set last_four = '9999', recorded_at = recorded_at + interval '1 second' where person_id = $1`,
    [her.personId],
  )
  const stale = await her.b.post(PAGE, before)
  assert.match(textOf(stale.html), /资料刚刚有变化，请再看一遍/)
  assert.match(textOf(stale.html), /尾号 9999/)
  assert.deepEqual(await casesOf(her.personId), [], 'what was not shown was not confirmed')
  const form = await her.b.hidden(PAGE, PAGE)
  await scene.owner.query(`update people.hukou_spell set area = '440306001001' where person_id = $1`, [her.personId])
  const gone = await her.b.get(PAGE)
  assert.match(textOf(gone.html), /有 1 条不符合了。登记可能有错，您仍然可以申请/)
  assert.match(textOf(gone.html), /现在不符合的.*户口在广州/)
  assert.doesNotMatch(textOf(gone.html), /每月 ?100/)
  assert.doesNotMatch(textOf((await her.b.get('/')).html), /为您找到的 ?长寿/)
  const late = await her.b.post(PAGE, form)
  assert.match(textOf(late.html), /您仍然可以一项一项填/)
  const token = await her.b.hidden(PAGE, '/apply')
  assert.match((await her.b.post('/apply', token)).to ?? '', /^\/apply\/[0-9a-f-]{36}\//, 'the ordinary way is open')
})

test('a search that is too old, not finished, of another place or of a matter that left the pack counts for nobody', async () => {
  const her = await lady()
  await searched(scene, { found: [her], matter: 'gone-from-the-pack' })
  await searched(scene, { found: [her], status: 'running' })
  await searched(scene, { found: [her], area: place.nextStreet })
  await searched(scene, { found: [her], day: '2026-09-01', expiresOn: '2026-11-23' })
  const list = await her.b.get('/found')
  assert.match(textOf(list.html), /还没有查过|这一次没有找到/)
  assert.doesNotMatch(list.html, /gone-from-the-pack/)
  const none = await her.b.get(PAGE)
  assert.equal(none.status, 404)
  assert.match(textOf(none.html), /您可以自己看办事指南/)
  assert.equal((await her.b.get('/found/gone-from-the-pack')).status, 404)
  // Found the last time, and this time no more: the newest search counts.
  await searched(scene, { found: [her] })
  assert.equal((await her.b.get(PAGE)).status, 200)
  await searched(scene, { found: [] })
  assert.equal((await her.b.get(PAGE)).status, 404)
  assert.match(textOf((await her.b.get('/found')).html), /这一次没有找到/)
})

test('nobody sees or confirms what was found for another; a phone alone and strangers are told what to do', async () => {
  const [her, neighbour] = [await lady(), await lady({ name: '林桂芬' })]
  await searched(scene, { found: [her] })
  assert.equal((await neighbour.b.get(PAGE)).status, 404)
  const form = await her.b.hidden(PAGE, PAGE)
  const token = await neighbour.b.hidden('/found', `${PAGE}/stop`)
  const forged = await neighbour.b.post(PAGE, { ...token, mark: form.mark!, personId: her.personId, runId: 'any' })
  assert.equal(forged.status, 404)
  assert.deepEqual(await casesOf(her.personId), [])
  assert.deepEqual(await casesOf(neighbour.personId), [])
  const phone = browser(scene, await scene.resident({ bound: false }))
  assert.match(textOf((await phone.get('/found')).html), /身份证/)
  assert.match(textOf((await phone.get(PAGE)).html), /身份证/)
  const stranger = browser(scene, scene.stranger)
  assert.match((await stranger.get('/found')).to ?? textOf((await stranger.get('/found')).html), /sign-in|登录/)
})

test('不要找我 counts at once, keeps nobody from applying, and is taken back', async () => {
  const her = await lady()
  await searched(scene, { found: [her] })
  assert.equal((await her.b.fill(PAGE, {}, `${PAGE}/stop`)).to, '/found?done=stopped')
  const list = await her.b.get('/found?done=stopped')
  assert.match(textOf(list.html), /从现在起不为这件事找您/)
  assert.doesNotMatch(list.html, /href="\/found\/longevity-allowance"/)
  assert.doesNotMatch(textOf((await her.b.get('/')).html), /为您找到的 ?长寿/)
  await her.b.fill('/found', {}, `${PAGE}/again`)
  scene.at('2026-11-24T02:01:00Z')
  await her.b.fill('/found', {}, `${PAGE}/stop`)
  const { rows } = await scene.owner.query('select ended_at is null as runs from outreach.opt_out where person_id = $1', [
    her.personId,
  ])
  assert.deepEqual(rows.map((row) => row.runs).sort(), [false, true])
  await her.b.fill('/found', {}, `${PAGE}/again`)
  assert.match(textOf((await her.b.get('/')).html), /为您找到的 ?长寿/)
})

test('what only may fit is said so, with what is to be checked, and goes the ordinary way where one page is not enough', async () => {
  const her = await lady({ name: '何美玲', bornOn: '1985-04-05' })
  const matter = 'minimum-living-guarantee'
  await searched(scene, { matter, found: [{ ...her, list: 'confirm', amountFen: null }] })
  assert.match(textOf((await her.b.get('/')).html), /最低生活保障.*您可能符合，还有 \d 条要核对/)
  const page = await her.b.get(`/found/${matter}`)
  assert.match(textOf(page.html), /还要核对的/)
  assert.doesNotMatch(textOf(page.html), /按今天登记的资料/, 'nothing has changed since')
  assert.doesNotMatch(page.html, /确认，就这样申请/)
  assert.match((await her.b.fill(`/found/${matter}`, {}, '/apply')).to ?? '', /^\/apply\/[0-9a-f-]{36}\//)
  const token = await her.b.hidden(`/found/${matter}`, '/apply')
  const forced = await her.b.post(`/found/${matter}`, { ...token, mark: 'x' })
  assert.match(textOf(forced.html), /一项一项填/)
  assert.deepEqual(await casesOf(her.personId), [])
})

test('somebody whose whereabouts are hidden is told what she was found for', async () => {
  const her = await lady()
  await scene.owner.query('update people.person set safety_flag = true where id = $1', [her.personId])
  await searched(scene, { found: [her] })
  assert.match(textOf((await her.b.get('/found')).html), /长寿保健金/)
  assert.match((await confirm(her.b)).to ?? '', /sent=1/)
})
