/** The desk as officers use it: forms and pages only, no script. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { enrolApp, FormBrowser, type Page } from '../../../../test/harness/form-browser.ts'
import { type Neighbour, openScene, place, type Scene } from '../../../../test/harness/scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene.close())

/** `back`: where a form came back to, because something was to be mended; the page is then the one that stands there. */
type Answer = Page & { back?: string }

class DeskBrowser extends FormBrowser {
  override async send(...sent: Parameters<FormBrowser['send']>): Promise<Answer> {
    const page = await super.send(...sent)
    const back = sent[0] === 'POST' && page.to && /[?&]again=/.test(page.to) ? page.to : null
    return back ? { ...(await this.see(back)), back } : page
  }
  override fill(...filled: Parameters<FormBrowser['fill']>): Promise<Answer> {
    return super.fill(...filled)
  }
  override answer(...answered: Parameters<FormBrowser['answer']>): Promise<Answer> {
    return super.answer(...answered)
  }
  /** Fills an act in and, where the page shows what it will do, confirms it once. */
  async act(caseId: string, action: string, fields: Record<string, string | string[]> = {}): Promise<Answer> {
    const path = `/desk/cases/${caseId}/act/${action}`
    const filled = await this.fill(path, path, fields)
    return filled.status === 200 && !filled.back ? this.answer(filled.html, path) : filled
  }
}

const desk = async (...officer: Parameters<Scene['officer']>): Promise<DeskBrowser> => {
  const { cookie, address } = await scene.officer(...officer)
  return new DeskBrowser(scene, cookie, address)
}

/** An application for the longevity allowance, as it comes by phone. */
async function applied(neighbour: Parameters<Scene['resident']>[0] = {}) {
  const lady = await scene.resident({ bornOn: '1946-11-30', ...neighbour })
  const { draftId } = (await lady.post('/api/v1/drafts', { matterCode: 'longevity-allowance' })).body
  await lady.post(`/api/v1/drafts/${draftId}/answers/about-you`, { typed: { 'about-you': 'yes' } })
  await lady.post(`/api/v1/drafts/${draftId}/answers/account`, {
    typed: { account: 'other', 'account-number': '6222021111111111112' },
  })
  const { caseId, number } = (await lady.post(`/api/v1/drafts/${draftId}/submission`, { declared: 'yes' })).body
  return { lady, caseId: caseId as string, number: number as string }
}

const reads = async (person: Neighbour, caseId: string): Promise<number> =>
  (
    await scene.owner.query(
      `select from access.read_entry where person_id = $1 and case_id = $2 and purpose = 'case' and operation = 'cases.read-case'`,
      [person.personId, caseId],
    )
  ).rows.length

test('the first administrator needs the console’s token, and only once', async () => {
  const browser = new DeskBrowser(scene)
  const guess = await browser.see('/desk/first?token=guess')
  assert.match(guess.html, /用过或者过期/)
  assert.ok(!guess.html.includes('name="username"'), 'without a good token no account is made')
  const token = 'token-from-the-console'
  await scene.owner.query('insert into access.first_administrator (token_hash, made_at) values ($1, $2)', [
    createHash('sha256').update(token).digest(),
    scene.now(),
  ])
  const path = `/desk/first?token=${token}`
  const password = 'four unrelated words'
  const differ = await browser.fill(path, '/desk/first', {
    token,
    name: '麦锐锋',
    username: 'first.admin',
    password,
    again: 'three words',
  })
  assert.equal(differ.status, 422)
  assert.match(differ.html, /两次输入的密码不一样/)
  assert.ok(differ.html.includes('value="first.admin"') && !differ.html.includes(password))
  const done = await browser.fill(path, '/desk/first', {
    token,
    name: '麦锐锋',
    username: 'first.admin',
    password,
    again: password,
  })
  assert.equal(done.to, '/desk/sign-in?username=first.admin')
  assert.equal((await browser.fill(done.to!, '/desk/sign-in', { username: 'first.admin', password })).to, '/desk/sign-in/enrol')
  const enrolled = await enrolApp(browser, '/desk/sign-in/enrol', scene.now())
  assert.match(enrolled.html, /href="\/desk"/)
  assert.match((await browser.see('/desk')).html, /开设和停用账号/)
  assert.match((await browser.see(path)).html, /用过或者过期/)
})

test('an officer signs in, chooses one of her posts and is at the work list; a wrong password says what to do', async () => {
  const officer = await scene.officer('window-clerk', [place.street], { choose: false })
  const { rows } = await scene.owner.query('select officer_id, organisation_id from access.post where id = $1', [officer.postId])
  const second = '01900000-0000-7000-8000-00000000000a'
  const ended = '01900000-0000-7000-8000-00000000000b'
  const insert = `insert into access.post (id, officer_id, organisation_id, role, areas, scope, domains, valid_from, valid_to, recorded_at) values ($1, $2, $3, 'street-reviewer', array['440106001'], '440106001', array['civil-affairs'], $4, $5, $6)`
  await scene.owner.query(insert, [second, rows[0].officer_id, rows[0].organisation_id, '2026-11-01', '2026-12-04', scene.now()])
  await scene.owner.query(insert, [ended, rows[0].officer_id, rows[0].organisation_id, '2026-01-01', '2026-11-23', scene.now()])
  const browser = new DeskBrowser(scene)

  const sent = await browser.see('/desk')
  assert.equal(sent.to, '/desk/sign-in?next=%2Fdesk')
  const wrong = await browser.fill('/desk/sign-in', '/desk/sign-in', { username: officer.username, password: 'wrong password' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.html, /用户名或密码不对/)
  assert.ok(wrong.html.includes(`value="${officer.username}"`), 'the name is kept')
  const right = await browser.fill('/desk/sign-in', '/desk/sign-in', { username: officer.username, password: officer.password })
  assert.equal(right.to, '/desk/sign-in/factor')
  const inside = await browser.fill(right.to!, '/desk/sign-in/factor', { code: officer.code() })
  assert.equal(inside.to, '/desk/post')

  const posts = await browser.see('/desk/post')
  assert.match(posts.html, /2026 年 11 月 23 日 已到期|11 月 23 日 已到期/)
  assert.ok(!posts.html.includes(`value="${ended}"`), 'an ended post is shown and cannot be chosen')
  const refused = await browser.fill('/desk/post', '/desk/post', { postId: ended })
  assert.ok(refused.back, 'it comes back to its page')
  assert.match(refused.html, /这个岗位已经到期/)
  assert.equal(browser.cookies.has('kaifong_post'), false)

  assert.equal((await browser.fill('/desk/post', '/desk/post', { postId: second })).to, '/desk')
  const work = await browser.see('/desk')
  assert.equal(work.status, 200)
  assert.match(work.html, /街道审核员/)
  assert.equal(work.headers['cache-control'], 'no-store')
  assert.equal((await browser.fill('/desk', '/desk/post', { postId: officer.postId })).to, '/desk', 'the switcher in the menu')
  assert.match((await browser.see('/desk')).html, /新收件/)

  assert.equal((await browser.fill('/desk', '/desk/sign-out')).to, '/desk/sign-in')
  assert.equal((await browser.see('/desk')).status, 303)
})

test('who has one post is straight in, and comes back to where she was going', async () => {
  const officer = await scene.officer('street-reviewer', [place.street], { choose: false })
  const browser = new DeskBrowser(scene)
  const going = await browser.see('/desk?list=overdue')
  const known = { username: officer.username, password: officer.password }
  const second = await browser.fill(going.to!, '/desk/sign-in', { ...known, next: '/desk?list=overdue' })
  const inside = await browser.fill(second.to!, '/desk/sign-in/factor', { code: officer.code(), next: '/desk?list=overdue' })
  assert.equal(inside.to, '/desk?list=overdue')
  const other = new DeskBrowser(scene)
  const next = '//example.org/desk'
  assert.equal((await other.fill('/desk/sign-in', '/desk/sign-in', { ...known, next })).to, '/desk/sign-in/factor')
  const elsewhere = await other.fill('/desk/sign-in/factor', '/desk/sign-in/factor', { code: officer.code(), next })
  assert.equal(elsewhere.to, '/desk', 'never to another site')
})

test('a username rests after too many wrong passwords', async () => {
  const officer = await scene.officer('street-reviewer', [place.street], { choose: false })
  const browser = new DeskBrowser(scene, '', '10.9.9.9')
  let last: Page | undefined
  for (let i = 0; i < 11; i++)
    last = await browser.fill('/desk/sign-in', '/desk/sign-in', { username: officer.username, password: 'wrong password' })
  assert.equal(last?.status, 409)
  assert.match(last?.html ?? '', /请过 15 分钟再试/)
})

test('the work list holds the post’s own area and line, and filters by number', async () => {
  const mine = await applied({ name: '冯一' })
  const theirs = await applied({ name: '詹二', community: '440106007002' })
  const clerk = await desk('window-clerk', [place.street])
  const page = await clerk.see('/desk')
  assert.ok(page.html.includes(mine.number) && page.html.includes('冯**'))
  assert.ok(!page.html.includes('冯一'), 'a row says the surname only')
  assert.ok(!page.html.includes(theirs.caseId), 'nothing of another street')
  const found = await clerk.see(`/desk?number=${mine.number}`)
  assert.ok(found.html.includes(mine.caseId))
  assert.match((await clerk.see('/desk?number=99990101')).html, /没有找到/)
  const otherLine = await desk('street-reviewer', [place.street], { domains: ['migrants'] })
  assert.ok(!(await otherLine.see('/desk')).html.includes(mine.caseId), 'nothing of another line')
  const administrator = await desk('system-administrator', [place.district], { domains: [] })
  const home = await administrator.see('/desk')
  assert.match(home.html, /开设和停用账号/)
  assert.ok(!home.html.includes(mine.caseId))
})

test('from acceptance to a correction and back: everything once, and the paper that it left', async () => {
  const { lady, caseId } = await applied({ name: '苏三' })
  const clerk = await desk('window-clerk', [place.street])
  const nothing = await clerk.act(caseId, 'request_correction', {
    missing: 'bank-account',
    missingQuestions: ['account', 'note'],
    text: '',
  })
  assert.ok(nothing.back, 'it comes back to its page')
  assert.match(nothing.html, /href="#text"/, 'the summary leads to the field')
  assert.match(nothing.html, /value="account" checked/, 'what was ticked is kept')

  const asked = await clerk.act(caseId, 'request_correction', { missingQuestions: 'account', text: '请填社保卡的账户' })
  assert.equal(asked.status, 303)
  const page = await clerk.see(asked.to!)
  assert.match(page.html, /已办好：一次性告知补正/)
  assert.match(page.html, /补正材料通知书/)
  assert.match((await clerk.see('/desk?list=correcting')).html, /等补正至/)

  await lady.post(`/api/v1/me/cases/${caseId}/correction`, {
    typed: { account: 'other', 'account-number': '6222021111111111112' },
  })
  const again = await clerk.see(`/desk/cases/${caseId}`)
  assert.match(again.html, /补正只能一次性告知/, 'a second correction is disabled and says why')
  assert.ok(!again.html.includes('6222021111111111112') && again.html.includes('1112'), 'of the account four digits')
  const accepted = await clerk.act(caseId, 'accept')
  assert.equal(accepted.status, 303)
  const after = await clerk.see(accepted.to!)
  assert.match(after.html, /受理通知书/)
  assert.match(after.html, /这一步由经办那一级来做|现在由.*经办/)
})

/** Accepted, confirmed, reviewed and with a basis: it waits for the district. */
async function waiting(name: string) {
  const made = await applied({ name })
  const { caseId } = made
  await (await desk('window-clerk', [place.street])).act(caseId, 'accept')
  await (await desk('community-officer', [place.community])).act(caseId, 'confirm', { note: '见过本人' })
  await (await desk('street-reviewer', [place.street])).act(caseId, 'review', { note: '' })
  return made
}

test('a decision: the lapsed text first, then reasons where they are needed, and what was typed is kept', async () => {
  const { caseId } = await waiting('梁四')
  const district = await desk('district-officer', [place.district])
  const page = await district.see(`/desk/cases/${caseId}`)
  assert.match(page.html, /请先由区经办人登记决定的依据/, 'the decision waits and says for what')
  assert.equal((await district.act(caseId, 'record_basis', { basis: '区民政局 2026 年 9 月 1 日通知' })).status, 303)

  const form = await district.see(`/desk/cases/${caseId}/act/decide`)
  assert.ok(!/type="radio"[^>]* checked/.test(form.html), 'nothing is preselected')
  assert.match(form.html, /按规则算出：30 元/)
  const open = await district.act(caseId, 'decide', { outcome: '', reasons: '符合', amountFen: 'many' })
  assert.ok(open.back, 'it comes back to its page')
  assert.match(open.html, /href="#outcome"/)
  assert.match(open.html, /href="#amountFen"/, 'every wrong field at once')
  assert.match(open.html, /value="many"/)
  const without = await district.act(caseId, 'decide', { outcome: 'refused', reasons: '', amountFen: '12.5' })
  assert.ok(without.back, 'it comes back to its page')
  assert.match(without.html, /不予的决定必须写明理由/)
  assert.match(without.html, /value="refused" checked/)
  assert.match(without.html, /value="12.5"/)
  assert.equal((await district.act(caseId, 'decide', { outcome: 'granted', reasons: '', amountFen: '' })).status, 303)
  assert.equal((await district.act(caseId, 'issue')).status, 303)
  assert.equal((await district.act(caseId, 'deliver', { how: 'visit', to: '本人' })).status, 303)
  assert.equal((await district.act(caseId, 'close')).status, 303)
  assert.match((await district.see(`/desk/cases/${caseId}`)).html, /已办结/)
})

test('two officers decide at once: one does, the other sees what is possible now and keeps her words', async () => {
  const { caseId } = await waiting('何五')
  const [one, two] = [await desk('district-officer', [place.district]), await desk('district-officer', [place.district])]
  await one.act(caseId, 'record_basis', { basis: '区民政局 2026 年 9 月 1 日通知' })
  const path = `/desk/cases/${caseId}/act/decide`
  const open = [await one.see(path), await two.see(path)]
  const both = await Promise.all(
    [one, two].map((officer, at) =>
      officer.answer(open[at]!.html, path, { outcome: 'granted', reasons: '材料核对一致，同意', amountFen: '', sure: 'yes' }),
    ),
  )
  const late = both.find((p) => p.back)!
  assert.equal(both.filter((p) => p.status === 303).length, 1)
  assert.match(late.html, /这一件现在是：已决定/)
  assert.match(late.html, /act\/issue/, 'what can be done instead')
  assert.match(late.html, /材料核对一致，同意/)
  const { rows } = await scene.owner.query(`select from cases.timeline where case_id = $1 and fact = 'decided'`, [caseId])
  assert.equal(rows.length, 1)
})

test('two clerks accept at once: for the other one the case has moved on', async () => {
  const { caseId } = await applied({ name: '谢六' })
  const [one, two] = [await desk('window-clerk', [place.street]), await desk('window-clerk', [place.street])]
  const path = `/desk/cases/${caseId}/act/accept`
  const open = [await one.see(path), await two.see(path)]
  const both = await Promise.all([one, two].map((clerk, at) => clerk.answer(open[at]!.html, path)))
  assert.equal(both.filter((p) => p.status === 303).length, 1)
  assert.equal(both.filter((p) => p.back).length, 1)
})

test('a case page is a read: the entry of the right person and purpose is there; who may not look leaves none and finds nothing', async () => {
  const { lady, caseId } = await applied({ name: '邹七' })
  const community = await desk('community-officer', [place.community])
  assert.equal(await reads(lady, caseId), 0)
  assert.equal((await community.see('/desk')).status, 200)
  assert.equal(await reads(lady, caseId), 0, 'a row of the work list is no read')
  const page = await community.see(`/desk/cases/${caseId}`)
  assert.equal(page.status, 200)
  assert.ok(page.html.includes('邹七'))
  assert.equal(page.headers['cache-control'], 'no-store')
  assert.equal(await reads(lady, caseId), 1)

  const sibling = await desk('community-officer', [place.sibling])
  const bureau = await desk('district-officer', [place.district], { domains: ['migrants'] })
  for (const stranger of [sibling, bureau]) {
    const { status, html } = await stranger.see(`/desk/cases/${caseId}`)
    assert.equal(status, 404)
    assert.ok(!html.includes('邹'))
    assert.equal((await stranger.see(`/desk/cases/${caseId}/act/confirm`)).status, 404)
  }
  assert.equal((await community.see('/desk/cases/7')).status, 404)
  assert.equal(await reads(lady, caseId), 1)
})

const facts = async (caseId: string): Promise<string[]> =>
  (await scene.owner.query('select fact from cases.timeline where case_id = $1 order by seq', [caseId])).rows.map((r) => r.fact)

test('acceptance shows the clock, the promised day and the paper, and happens only when that is confirmed', async () => {
  const { lady, caseId } = await applied({ name: '冯八' })
  const clerk = await desk('window-clerk', [place.street])
  const path = `/desk/cases/${caseId}/act/accept`
  assert.ok(!(await clerk.see(`/desk/cases/${caseId}`)).html.includes(`action="${path}"`), 'no button does it at once')
  const before = await reads(lady, caseId)
  const page = await clerk.see(path)
  assert.match(page.html, /从今天受理起算/)
  assert.match(page.html, /12 月 1 日/, 'five working days from tomorrow')
  assert.match(page.html, /现决定自2026年11月24日起受理/, 'the words of the notice')
  assert.match(page.html, /autofocus/, 'Enter confirms')
  assert.equal(await reads(lady, caseId), before, 'the look is written under its own name, once')
  assert.deepEqual(await facts(caseId), ['received'], 'nothing has happened')
  const { rows } = await scene.owner.query(`select from documents.document where case_id = $1 and kind = 'acceptance'`, [caseId])
  assert.equal(rows.length, 0, 'and no number was taken')
  assert.equal((await clerk.send('POST', path, new URLSearchParams())).status, 403, 'without the page’s token nothing goes')
  assert.equal((await clerk.answer(page.html, path)).status, 303)
  assert.deepEqual(await facts(caseId), ['received', 'accepted', 'handed_over'])
})

test('a refusal of competence shows the letter with its remedies first, and what was typed comes back to be changed', async () => {
  const { caseId } = await applied({ name: '詹九' })
  const clerk = await desk('window-clerk', [place.street])
  const path = `/desk/cases/${caseId}/act/refuse_competence`
  const shown = await clerk.fill(path, path, { organ: '番禺区民政局，清河东路319号', reason: '户口已经迁到"番禺"' })
  assert.equal(shown.status, 200)
  assert.match(
    shown.html,
    /这件事由番禺区民政局（清河东路319号）办理，请向该机关申请。/,
    'the address does not stand in the middle of the sentence',
  )
  assert.match(shown.html, /申请行政复议/)
  assert.deepEqual(await facts(caseId), ['received'])
  const again = await clerk.answer(shown.html, path, { again: 'yes' })
  assert.equal(again.status, 200)
  assert.match(again.html, /value="番禺区民政局，清河东路319号"/)
  assert.ok(!again.html.includes('name="sure"'), 'the form again, with nothing lost')
  assert.equal((await clerk.answer(shown.html, path)).status, 303)
  assert.deepEqual(await facts(caseId), ['received', 'competence_refused'])
})

test('a decision is shown with its sum, its basis and the letter that it becomes, before it stands', async () => {
  const { caseId } = await waiting('谢十')
  const district = await desk('district-officer', [place.district])
  await district.act(caseId, 'record_basis', { basis: '区民政局 2026 年 9 月 1 日通知' })
  const path = `/desk/cases/${caseId}/act/decide`
  const shown = await district.fill(path, path, { outcome: 'granted', reasons: '', amountFen: '' })
  assert.match(shown.html, /准予、每月 30 元/)
  assert.match(shown.html, /区民政局 2026 年 9 月 1 日通知/)
  assert.match(shown.html, /准予，每月 30.00 元（大写/, 'as the letter will say it')
  assert.ok(!(await facts(caseId)).includes('decided'))
  const receipts = 'select from people.benefit_receipt r join cases.case c on c.applicant_id = r.person_id where c.id = $1'
  assert.equal((await scene.owner.query(receipts, [caseId])).rows.length, 0, 'a preview has no effect')
  assert.equal((await district.answer(shown.html, path)).status, 303)
  assert.equal((await scene.owner.query(receipts, [caseId])).rows.length, 1)
  const page = (await district.see(`/desk/cases/${caseId}`)).html
  assert.match(page, /更正决定依据/)
  await district.act(caseId, 'correct_basis', { basis: '市民政局 2026 年 8 月 30 日通知', reason: '写成了区里的文件' })
  const corrected = (await district.see(`/desk/cases/${caseId}`)).html
  assert.match(corrected, /依据应为“市民政局 2026 年 8 月 30 日通知”/)
  assert.match(corrected, /区民政局 2026 年 9 月 1 日通知/, 'the old stays visible')
})

/** An application for the guarantee of somebody who lives alone. */
async function alone(name: string): Promise<string> {
  const man = await scene.resident({ name, bornOn: '1960-02-03' })
  const { draftId } = (await man.post('/api/v1/drafts', { matterCode: 'minimum-living-guarantee' })).body
  const typed = {
    'about-you': 'yes', 'members-alone': 'yes', income: '0', property: 'none', account: 'other', 'account-number': '6222021111111111112', 'staff-relative': 'no',
  } // biome-ignore format: a form
  for (const code of ['about-you', 'members', 'income', 'property', 'account', 'staff-relative'])
    await man.post(`/api/v1/drafts/${draftId}/answers/${code}`, { typed })
  return (await man.post(`/api/v1/drafts/${draftId}/submission`, { declared: 'yes' })).body.caseId
}

test('a correction offers the materials first, the missing ones marked, then the answers', async () => {
  const caseId = await alone('陈树根')
  const clerk = await desk('window-clerk', [place.street])
  const path = `/desk/cases/${caseId}/act/request_correction`
  const { html } = await clerk.see(`${path}?missing=income-proof`)
  const at = (text: string) => html.indexOf(text)
  assert.ok(at('还缺哪些材料') < at('还有哪些回答要改') && at('还有哪些回答要改') < at('怎样补'))
  assert.match(html, /value="income-proof" checked[\s\S]{0,120}还没有，可以没有/, 'marked, and chosen by the link that named it')
  assert.ok(!html.includes('value="hukou-book"'), 'what the office holds is not asked for')
  assert.equal(
    (await clerk.act(caseId, 'request_correction', { missing: 'income-proof', missingQuestions: 'property', text: '请补' }))
      .status,
    303,
  )
  const { rows } = await scene.owner.query('select correction from cases.case where id = $1', [caseId])
  assert.deepEqual(rows[0].correction.missing, ['income-proof', 'property'])
})

test('the summary of what is wrong names each field once and leads to it', async () => {
  const { caseId } = await applied({ name: '甄十' })
  const clerk = await desk('window-clerk', [place.street])
  const back = await clerk.act(caseId, 'refuse_competence', { organ: '', reason: '' })
  assert.ok(back.back, 'it comes back to its page')
  const lines = [...back.html.matchAll(/<li><a href="(#[^"]+)">([^<]+)<\/a><\/li>/g)].map(([, href, text]) => `${href} ${text}`)
  assert.deepEqual(lines, ['#organ 该找哪个单位：请填写这一项', '#reason 理由：请填写这一项'])
  for (const id of ['organ', 'reason']) assert.ok(back.html.includes(`id="${id}"`), 'the field is there')
})

test('a correction can be asked for only once: its paper and the day to answer by are shown before it goes out', async () => {
  const { caseId } = await applied({ name: '古十' })
  const clerk = await desk('window-clerk', [place.street])
  const path = `/desk/cases/${caseId}/act/request_correction`
  const shown = await clerk.fill(path, path, { missingQuestions: 'account', text: '请填社保卡的账户' })
  assert.equal(shown.status, 200)
  assert.match(shown.html, /请填社保卡的账户<\/li>/, 'as the paper says it')
  assert.match(shown.html, /请申请人在这一天前补齐/)
  assert.deepEqual(await facts(caseId), ['received'], 'nothing has happened')
  const again = await clerk.answer(shown.html, path, { again: 'yes' })
  assert.match(again.html, /value="account" checked/, 'the form again, with nothing lost')
  assert.equal((await clerk.answer(shown.html, path)).status, 303)
  assert.deepEqual(await facts(caseId), ['received', 'correction_requested'])
  const { rows } = await scene.owner.query('select correction from cases.case where id = $1', [caseId])
  const [, month, date] = rows[0].correction.answerBy.split('-').map(Number)
  assert.ok(shown.html.includes(`${month} 月 ${date} 日`), 'the day that was shown is the day that counts')
})

test('who lives alone has agreed to the check by applying: no authorisation is missing, and none is asked for', async () => {
  const caseId = await alone('麦十二')
  const clerk = await desk('window-clerk', [place.street])
  const row = /核对授权书<\/td>[\s\S]*?<\/tr>/.exec((await clerk.see(`/desk/cases/${caseId}`)).html)?.[0] ?? ''
  assert.match(row, /本人申请时已同意，没有别的成年家人/)
  assert.ok(!row.includes('还没有'))
  const accept = (await clerk.see(`/desk/cases/${caseId}/act/accept`)).html
  assert.match(accept, /受理通知书/)
  assert.ok(!accept.includes('核对授权书'), 'acceptance warns of nothing that is not so')
})

test('a notice is shown as neighbours will read it, before it goes up', async () => {
  const caseId = await alone('莫十一')
  const clerk = await scene.officer('window-clerk', [place.street])
  const [reviewer, second] = [
    await scene.officer('street-reviewer', [place.street]),
    await scene.officer('street-reviewer', [place.street]),
  ]
  const does = async (who: typeof reviewer | typeof clerk, name: string, body = {}) =>
    assert.equal((await who.post(`/api/v1/cases/${caseId}/${name}`, body)).status, 200, name)
  await does(clerk, 'acceptance')
  await does(reviewer, 'authorisation', { note: '' })
  await does(reviewer, 'survey', { note: '一个人住', visitedOn: '2026-11-24', secondOfficer: second.number })
  await does(second, 'survey-confirmation', { presence: 'there', note: '' })
  await does(reviewer, 'data-check', { note: '', monthlyIncomeFen: 0, propertyOk: true })
  await does(reviewer, 'review', { note: '' })

  const browser = new DeskBrowser(scene, reviewer.cookie, reviewer.address)
  const path = `/desk/cases/${caseId}/act/publish_notice`
  const shown = await browser.see(path)
  const paper = shown.html.slice(shown.html.indexOf('文书的内容'))
  assert.match(paper, /莫\*\* 茶山社区居委会<\/li>/, 'surname and community, in the words of the notice')
  assert.ok(!paper.includes('莫十一'))
  assert.match(shown.html, /家庭人数：1 人/)
  assert.match(paper, /公示期自2026年11月24日起至2026年12月1日止/)
  const up = 'select shown_name, size, ends_on::text from cases.notice where case_id = $1'
  assert.equal((await scene.owner.query(up, [caseId])).rows.length, 0, 'nothing is up')
  assert.equal((await browser.answer(shown.html, path)).status, 303)
  assert.deepEqual((await scene.owner.query(up, [caseId])).rows, [{ shown_name: '莫**', size: 1, ends_on: '2026-12-01' }])
})

test('a form that nobody can send any more is not shown: the page says what the case is and what can be done', async () => {
  const { caseId } = await applied({ name: '钟八' })
  const clerk = await desk('window-clerk', [place.street])
  assert.equal((await clerk.act(caseId, 'request_correction', { missingQuestions: 'account', text: '请填账户' })).status, 303)
  const stale = (await clerk.see(`/desk/cases/${caseId}/act/request_correction`)).html
  assert.ok(!stale.includes('<textarea'), 'nothing to fill in for nothing')
  assert.match(stale, /这一件现在是：等补正/)
})

test('the home of a leader says that a paper did not print, and an administrator’s how the seals stand; a clerk’s neither', async () => {
  const { caseId } = await applied({ name: '龚九' })
  const leader = await desk('street-leader', [place.street])
  assert.ok(!(await leader.see('/desk')).html.includes('没有印出来'))
  await scene.owner.query(
    `insert into documents.print_failure (document_id, attempts, last_at, next_at, reason)
      select id, 1, $2, $2, 'no font' from documents.document where case_id = $1 order by issued_at limit 1`,
    [caseId, scene.now()],
  )
  assert.match((await leader.see('/desk')).html, /有 1 份文书没有印出来/)
  assert.ok(!(await (await desk('window-clerk', [place.street])).see('/desk')).html.includes('没有印出来'))
  const audit = await desk('audit-administrator', [place.district], { domains: [] })
  const home = (await audit.see('/desk')).html
  assert.match(home, /记录的封存/)
  assert.match(home, /等下一次封存的记录/)
  assert.ok(
    !(await (await desk('security-administrator', [place.district], { domains: [] })).see('/desk')).html.includes('记录的封存'),
  )
})
