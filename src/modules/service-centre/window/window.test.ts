/** The window as it is used: forms and pages only, for people without a phone. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { paper } from '../../../../test/cases/story.ts'
import { FormBrowser } from '../../../../test/harness/form-browser.ts'
import { type Client, openScene, place, type Scene } from '../../../../test/harness/scene.ts'
import { checkCharacter } from '../../../core/people/index.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene.close())

interface Seen {
  status: number
  to: string
  html: string
  back: string
}

/** Sees pages and sends the forms that they show, without script. */
function browser({ cookie, address }: Client) {
  let jar = cookie
  const send = async (
    method: 'GET' | 'POST',
    url: string,
    payload?: string,
    type = 'application/x-www-form-urlencoded',
  ): Promise<Seen> => {
    const response = await scene.node.app.inject({
      method,
      url,
      remoteAddress: address,
      headers: { cookie: jar, ...(payload === undefined ? {} : { 'content-type': type }) },
      ...(payload === undefined ? {} : { payload }),
    })
    for (const { name, value } of response.cookies) jar = `${jar}; ${name}=${value}`
    const to = String(response.headers.location ?? '')
    // A form that comes back is seen on the page that it stands on.
    if (method === 'POST' && /[?&]again=/.test(to)) return { ...(await see(to)), back: to }
    return { status: response.statusCode, to, html: response.body, back: '' }
  }
  const see = (url: string): Promise<Seen> => send('GET', url)
  return {
    see,
    async fill(page: string, action: string, fields: Record<string, string>) {
      const { html } = await see(page)
      assert.ok(html.includes(`action="${action}"`), `${page} shows a form to ${action}`)
      const hidden = (name: string) => new RegExp(`action="${action}"[^]*?name="${name}" value="([^"]+)"`).exec(html)?.[1]
      const form = new URLSearchParams(fields)
      for (const name of ['_csrf', '_key']) if (hidden(name)) form.set(name, hidden(name)!)
      return send('POST', action, form.toString())
    },
  }
}

const entries = async (personId: string) =>
  (
    await scene.owner.query<{ operation: string; purpose: string; post_id: string }>(
      'select operation, purpose, post_id from access.read_entry where person_id = $1 order by at, id',
      [personId],
    )
  ).rows

const LINES = { domains: ['civil-affairs', 'migrants'] }
const ID_NUMBER = (() => {
  const seventeen = '99999919910405012'
  return seventeen + checkCharacter(seventeen)
})()

test('a newcomer without a phone is found by her card, registered on the spot, and leaves with the certificate', async () => {
  const her = await scene.neighbour({ name: '韦小燕', bornOn: '1998-09-11', hukou: '450102' })
  const clerk = await scene.officer('window-clerk', [place.street], LINES)
  const window = browser(clerk)

  const wrong = await window.fill('/desk/window', '/desk/window', {
    idNumber: her.idNumber.slice(0, 16) + (her.idNumber[16] === '1' ? '2' : '1') + her.idNumber[17],
  })
  assert.ok(wrong.back, 'it comes back to its page')
  assert.match(wrong.html, /有一位数字不对/)
  assert.match(wrong.html, new RegExp(`value="${her.idNumber.slice(0, 16)}`), 'what was typed is kept')

  const found = await window.fill('/desk/window', '/desk/window', { idNumber: her.idNumber })
  assert.equal(found.to, `/desk/people/${her.personId}`)
  const masked = await window.see(found.to)
  assert.match(masked.html, /韦\*\*/)
  assert.ok(!masked.html.includes('韦小燕'))
  assert.deepEqual(await entries(her.personId), [], 'a masked hit is no look')

  const open = await window.see(`${found.to}?for=window-service`)
  assert.match(open.html, /韦小燕/)
  assert.deepEqual(await entries(her.personId), [
    { operation: 'people.read-person', purpose: 'window-service', post_id: clerk.postId },
  ])

  const questions = `/desk/people/${her.personId}/matters/residence-registration`
  const half = await window.fill(questions, questions, { 'about-you': 'yes', address: 'known', purpose: 'work' })
  assert.ok(half.back, 'it comes back to its page')
  assert.match(half.html, /href="#since"/)
  const bare = await window.fill(questions, questions, {})
  for (const field of ['about-you', 'address', 'purpose', 'since']) assert.match(bare.html, new RegExp(`href="#${field}"`))
  assert.match(half.html, /value="work" checked/)
  const received = await window.fill(questions, questions, {
    'about-you': 'yes',
    address: 'known',
    purpose: 'work',
    'since.year': '2026',
    'since.month': '11',
    'since.day': '2',
  })
  assert.equal(received.status, 303, received.html.slice(0, 3000))
  const receipt = await window.see(received.to)
  assert.match(receipt.html, /20261124-\d{4}/)
  assert.match(receipt.html, /href="\/documents\/[0-9a-f-]{36}"/)

  assert.match(receipt.html, /还缺：本人照片、住址证明/)
  assert.match(receipt.html, /act\/request_correction\?missing=photo%2Caddress-proof/, 'or everything is asked for, once')
  const silent = await window.fill(received.to, `${received.to}/registration`, { reasons: '看过租房合同' })
  assert.ok(silent.back, 'it comes back to its page')
  for (const field of ['without-photo-reason', 'without-photo-basis', 'without-address-proof-reason'])
    assert.match(silent.html, new RegExp(`href="#${field}"`))
  assert.match(silent.html, /看过租房合同<\/textarea>/, 'what was typed is kept')
  const registered = await window.fill(received.to, `${received.to}/registration`, {
    reasons: '',
    'without-photo-reason': '相机坏了，当面核对过证件',
    'without-photo-basis': '示例通知第三条',
    'without-address-proof-reason': '看过租房合同原件',
  })
  assert.equal(registered.to, received.to)
  assert.match((await window.see(received.to)).html, /居住登记凭证/)
  const nobody = await window.fill(received.to, `${received.to}/hand-over`, {})
  assert.match(nobody.html, /href="#taker"/)
  const asked = await window.fill(received.to, `${received.to}/hand-over`, { taker: 'other', takerName: '\u202e韦大燕' })
  assert.match(asked.html, /<b>韦大燕/, 'without what would turn it round')
  assert.match(asked.html, /办结，请申请人评价/, 'what one press does is said first')
  const still = await scene.owner.query('select status from cases.case where applicant_id = $1', [her.personId])
  assert.equal(still.rows[0].status, 'decided', 'and nothing is done yet')
  const change = await window.fill(asked.back, `${received.to}/hand-over`, { taker: 'other', takerName: '韦大燕', again: 'yes' })
  assert.match(change.html, /name="takerName"[^>]*value="韦大燕"/, 'what was typed can be changed')
  assert.equal((await window.fill(asked.back, `${received.to}/hand-over`, { taker: 'self', sure: 'yes' })).status, 303)
  assert.ok(!(await window.see(asked.back)).html.includes('name="sure"'), 'and back there nothing is asked any more')
  const { rows } = await scene.owner.query('select status, channel, outcome from cases.case where applicant_id = $1', [
    her.personId,
  ])
  assert.deepEqual(rows, [{ status: 'closed', channel: 'window', outcome: 'granted' }])
  const accounts = await scene.owner.query('select from access.person_account where person_id = $1', [her.personId])
  assert.equal(accounts.rowCount, 0, 'all of it without a phone')
})

test('somebody whom nobody has on record is registered at the window, and an application received', async () => {
  const window = browser(await scene.officer('window-clerk', [place.street], LINES))
  const unknown = await window.fill('/desk/window', '/desk/window', { idNumber: ID_NUMBER })
  assert.match(unknown.html, /还没有记录/)
  assert.match(unknown.html, new RegExp(`value="${ID_NUMBER}"`), 'the number goes along')

  const form = {
    name: '陆大有',
    idNumber: ID_NUMBER,
    community: place.community,
    address: '示例路 9 号',
    hukou: 'elsewhere',
    hukouCode: '440803',
  }
  const wrong = await window.fill('/desk/window/register', '/desk/window/register', {
    ...form,
    idNumber: `${ID_NUMBER.slice(0, 5)}A${ID_NUMBER.slice(6)}`,
    community: '440106007001',
  })
  assert.ok(wrong.back, 'it comes back to its page')
  assert.match(wrong.html, /第 6 位不对/)
  assert.match(wrong.html, /请选一个归您岗位管的社区/)
  assert.match(wrong.html, /value="陆大有"/)

  const made = await window.fill('/desk/window/register', '/desk/window/register', form)
  assert.equal(made.status, 303, made.html.slice(0, 2000))
  const personId = /people\/([0-9a-f-]{36})/.exec(made.to)![1]!
  const page = await window.see(made.to)
  assert.match(page.html, /登记好了/)
  assert.match(page.html, /示例路 9 号/)
  const twice = await window.fill('/desk/window/register', '/desk/window/register', form)
  assert.ok(twice.back, 'it comes back to its page')
  assert.match(twice.html, new RegExp(`href="/desk/people/${personId}"`), 'leads to the record that is there')

  const moved = await window.fill(`/desk/people/${personId}/dwelling`, `/desk/people/${personId}/dwelling`, {
    community: place.sibling,
    address: '示例路 21 号',
    'since.year': '2026',
    'since.month': '13',
    'since.day': '1',
  })
  assert.match(moved.html, /没有这一天/)
  const again = await window.fill(`/desk/people/${personId}/dwelling`, `/desk/people/${personId}/dwelling`, {
    community: place.sibling,
    address: '示例路 21 号',
    'since.year': '2026',
    'since.month': '11',
    'since.day': '24',
  })
  assert.equal(again.status, 303, again.html.slice(0, 2000))

  const questions = `/desk/people/${personId}/matters/longevity-allowance`
  const received = await window.fill(questions, questions, {
    'about-you': 'no',
    'about-you-says': '名字里的有字不对',
    'account-number': '6222021111111111112',
  })
  assert.equal(received.status, 303, received.html.slice(0, 3000))
  const { rows } = await scene.owner.query(
    'select origin_area, received_by is not null as by_post from cases.case where applicant_id = $1',
    [personId],
  )
  assert.deepEqual(rows, [{ origin_area: place.sibling, by_post: true }])
})

test('a sibling community and the next street cannot find, open or bind the person', async () => {
  const her = await scene.neighbour({ name: '冼玉莲' })
  const own = await scene.officer('community-officer', [place.community])
  assert.equal((await own.post('/api/v1/people/found', { idNumber: her.idNumber })).body.hit.shownName, '冼**')
  assert.equal((await own.get(`/api/v1/people?part=${encodeURIComponent('玉莲')}`)).body.hits.length, 1)

  // The third post's common ancestor holds the community; its exact areas do not.
  for (const areas of [[place.sibling], [place.nextStreet], [place.sibling, '440106001004']]) {
    const other = await scene.officer('window-clerk', areas)
    assert.deepEqual((await other.post('/api/v1/people/found', { idNumber: her.idNumber })).body, { hit: null }, areas.join())
    assert.deepEqual((await other.get(`/api/v1/people?part=${encodeURIComponent('玉莲')}`)).body.hits, [])
    const read = await other.get(`/api/v1/people/${her.personId}?purpose=visit`)
    assert.equal(read.body.code, 'person.not_found')
    const bind = await other.post(`/api/v1/people/${her.personId}/account`, { phone: her.phone, documentSeen: 'id-card' })
    assert.equal(bind.body.code, 'person.not_found')
    assert.equal((await browser(other).see(`/desk/people/${her.personId}/matters/longevity-allowance`)).status, 404)
  }
  assert.deepEqual(await entries(her.personId), [], 'who saw nothing leaves nothing')

  const leader = await scene.officer('street-leader', [place.street])
  assert.equal((await leader.post('/api/v1/people/found', { idNumber: her.idNumber })).body.code, 'access.not_permitted')
  const short = await browser(own).see('/desk/people?part=冼')
  assert.match(short.html, /请至少输入 2 个字/)
})

test('a look says what for: without a named duty nothing is delivered', async () => {
  const her = await scene.neighbour({ name: '麦瑞芝' })
  const officer = await scene.officer('community-officer', [place.community])
  assert.equal((await officer.get(`/api/v1/people/${her.personId}?purpose=curiosity`)).status, 422)
  assert.equal((await officer.get(`/api/v1/people/${her.personId}`)).status, 422)
  assert.deepEqual(await entries(her.personId), [])
  const { body } = await officer.get(`/api/v1/people/${her.personId}?purpose=visit`)
  assert.equal(body.facts.name, '麦瑞芝')
  assert.match(body.idNumber, /^9999\*{12}/)
  assert.deepEqual(await entries(her.personId), [{ operation: 'people.read-person', purpose: 'visit', post_id: officer.postId }])
})

test('cases are shown of the lines of the post only, finished ones too', async () => {
  const her = await scene.neighbour({ name: '简翠云', hukou: '450102', bornOn: '1990-01-01' })
  const both = await scene.officer('window-clerk', [place.street], LINES)
  const typed = { 'about-you': 'yes', address: 'known', purpose: 'work', since: '2026-11-01' }
  assert.equal(
    (await both.post('/api/v1/window/cases', { personId: her.personId, matterCode: 'residence-registration', typed })).status,
    200,
  )
  const casesOf = async (client: Client) =>
    (await client.get(`/api/v1/people/${her.personId}?purpose=window-service`)).body.cases.length
  assert.equal(await casesOf(both), 1)
  const one = await scene.officer('window-clerk', [place.street], { domains: ['civil-affairs'] })
  assert.equal(await casesOf(one), 0)
  assert.ok(
    !(await browser(one).see(`/desk/people/${her.personId}?for=window-service`)).html.includes('/matters/residence-registration'),
  )
  await scene.owner.query(`update cases.case set status = 'closed', awaits = '{}', due_at = null where applicant_id = $1`, [
    her.personId,
  ])
  assert.equal(await casesOf(both), 1)
  assert.match((await browser(both).see(`/desk/people/${her.personId}?for=window-service`)).html, /已办结/)
})

test('the figures are the counts that SQL gives, and excluded cases stay visible', async () => {
  const clerk = await scene.officer('window-clerk', [place.street], LINES)
  const leader = await scene.officer('street-leader', [place.street], LINES)
  const receive = async (name: string, community: string) => {
    const person = await scene.neighbour({ name, community, bornOn: '1950-02-03' })
    const typed = { 'about-you': 'yes', 'account-number': '6222021111111111112' }
    return (await clerk.post('/api/v1/window/cases', { personId: person.personId, matterCode: 'longevity-allowance', typed }))
      .body.caseId as string
  }
  scene.at('2026-11-16T02:00:00Z')
  await receive('莫伯安', place.sibling)
  scene.at('2026-11-24T02:00:00Z')
  await receive('莫润泉', place.sibling)
  const waiting = await receive('莫树森', place.community)
  await clerk.post(`/api/v1/cases/${waiting}/correction-notice`, { missing: ['bank-account'], text: '请补账号' })

  const figures = (await leader.get('/api/v1/figures')).body
  const { rows } = await scene.owner.query(
    `select origin_area as code, count(*)::int as open, (count(*) filter (where due_at >= $1 and due_at < $2))::int as due, (count(*) filter (where due_at < $1))::int as overdue,
      (count(*) filter (where status in ('paused', 'correcting')))::int as excluded from cases.case where open and origin_area like '440106001%' group by 1 order by 1`,
    [scene.now(), new Date('2026-11-27T16:00:00Z')],
  )
  const shown = figures.areas.filter((row: { open: number }) => row.open > 0).map(({ name: _, ...row }: { name: string }) => row)
  assert.deepEqual(shown, rows)
  assert.ok(rows.some((row) => row.overdue === 1) && rows.some((row) => row.excluded === 1))
  for (const key of ['open', 'due', 'overdue', 'excluded'])
    assert.equal(
      figures.matters.reduce((n: number, row: Record<string, number>) => n + row[key]!, 0),
      figures.total[key],
      key,
    )

  const page = await browser(leader).see('/desk/figures')
  assert.match(page.html, new RegExp(`href="/desk\\?area=${place.sibling}"`))
  assert.match(page.html, /数到 11 月 24 日 10:00/)
  assert.equal((await browser(leader).see(`/desk?area=${place.sibling}`)).status, 200)
  const district = await scene.officer('district-leader', [place.district], LINES)
  assert.match((await browser(district).see('/desk/figures')).html, new RegExp(`href="/desk/figures\\?area=${place.street}"`))
  assert.equal((await browser(clerk).see('/desk/figures')).status, 403)
  // An area outside the post shows the post's own.
  assert.deepEqual((await leader.get(`/api/v1/figures?area=${place.nextStreet}`)).body.total, figures.total)
})

test('the page of the phone offers what is possible: to bind when nothing is bound, to unbind when something is', async () => {
  const her = await scene.neighbour({ name: '梁凤仪' })
  const window = browser(await scene.officer('window-clerk', [place.street]))
  const at = `/desk/people/${her.personId}/phone`
  const before = (await window.see(at)).html
  assert.ok(before.includes(`action="${at}"`) && !before.includes('removal'), 'nothing to unbind')
  assert.equal((await window.fill(at, at, { documentSeen: 'id-card', phone: her.phone })).status, 303)
  const after = (await window.see(at)).html
  assert.ok(
    after.includes(`action="${at}/removal"`) && !after.includes(`action="${at}"`),
    'a second phone needs the first unbound',
  )
  assert.match(after, /已经绑定了一部手机/)
  assert.equal((await window.fill(at, `${at}/removal`, { reason: '换了号码' })).status, 303)
  assert.ok(!(await window.see(at)).html.includes('removal'))
  assert.deepEqual(await entries(her.personId), [], 'no look was made')
})

test('whoever has no account may leave an optional account out, at the window and on her own form', async () => {
  const clerk = await scene.officer('window-clerk', [place.street])
  const typed = { 'about-you': 'yes', 'relief-kind': 'other', 'relief-what': '示例', happened: '示例', account: 'none' }
  const her = await scene.resident({ name: '余阿妹' })
  const page = await browser(clerk).see(`/desk/people/${her.personId}/matters/temporary-relief`)
  assert.match(page.html, /value="none"/)
  const refusal = await clerk.post('/api/v1/window/cases', { personId: her.personId, matterCode: 'temporary-relief', typed })
  assert.doesNotMatch(JSON.stringify(refusal.body), /account/)
  const { draftId } = (await her.post('/api/v1/drafts', { matterCode: 'temporary-relief' })).body
  const own = new FormBrowser(scene, her.cookie, her.address)
  assert.match((await own.see(`/apply/${draftId}/account`)).html, /value="none"/)
  for (const answer of [{ account: 'none' }, {}])
    assert.equal((await her.post(`/api/v1/drafts/${draftId}/answers/account`, { typed: answer })).status, 200)
})

test('an acceptance with papers missing says which, and not that all are there', async () => {
  const her = await scene.neighbour({ name: '祝阿凤', hukou: '450102', bornOn: '1990-02-02' })
  const clerk = await scene.officer('window-clerk', [place.street], { domains: ['public-security'] })
  const typed = { 'about-you': 'yes', 'permit-ground': 'job' }
  const received = await clerk.post('/api/v1/window/cases', { personId: her.personId, matterCode: 'residence-permit', typed })
  const { caseId } = received.body
  assert.equal((await clerk.post(`/api/v1/cases/${caseId}/acceptance`, {})).status, 200)
  const said = await paper(scene, caseId, 'acceptance')
  assert.match(said, /还没有交的材料：/)
  assert.doesNotMatch(said, /材料齐全/)
})
