/** A resident's own request: stopped at once, kept by signing in again, gone after seven days, and not back with an older backup. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { deleteAccounts, eraseAgain } from '../../src/core/retention/index.ts'
import { newId } from '../../src/platform/id.ts'
import { declared } from '../../src/platform/use-case/use-case.ts'
import { backup, bringBack, emptyPlace, folderOf } from '../backup/kept.ts'
import { makePost, type StaffPost } from '../harness/cast.ts'
import { FormBrowser } from '../harness/form-browser.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'
import { DOMAINS, makeStages, type Stages } from '../harness/stages.ts'
import { act, count, tombstoneFile } from './story.ts'

const HOUR = 3_600_000
let scene: Scene
let stages: Stages
before(async () => {
  scene = await openScene()
  stages = await makeStages(scene)
  await hours(0)
})
after(() => scene?.close())

const later = (ms: number) => scene.at(new Date(scene.now().getTime() + ms).toISOString())
const sweep = () => deleteAccounts(scene.node.platform)
/** The clock goes on, and every twelve hours the sweep looks. @returns how many accounts went */
async function hours(n: number): Promise<number> {
  let gone = await sweep()
  for (let left = n; left > 0; left -= 12) {
    later(Math.min(left, 12) * HOUR)
    gone += await sweep()
  }
  return gone
}
async function lady(options: Parameters<Scene['resident']>[0] = {}) {
  const who = await scene.resident(options)
  const session = await scene.node.platform.services.accounts.sessionOf(who.cookie, scene.now())
  return { who, accountId: session!.accountId, browser: new FormBrowser(scene, who.cookie, who.address) }
}
/** Somebody of the stages, with an account that she signs in with. */
async function owner(personId: string) {
  const made = await lady({ bound: false })
  await scene.owner.query('update access.person_account set account_id = $1 where person_id = $2 and ended_at is null', [
    made.accountId,
    personId,
  ])
  return made
}
const answerOf = async (browser: FormBrowser, phone: string) => {
  later(61_000)
  await browser.fill('/me/deletion', '/me/deletion/code')
  return browser.fill('/me/deletion/last', '/me/deletion', { code: scene.codeOf(phone) })
}
const signIn = async (phone: string, address = '10.8.8.8') => {
  later(61_000)
  const browser = new FormBrowser(scene, '', address)
  await browser.fill('/sign-in', '/sign-in', { phone })
  return { browser, page: await browser.fill('/sign-in/code', '/sign-in/code', { code: scene.codeOf(phone) }) }
}
const accounts = (id: string) => count(scene.owner, `auth."user" where "id" = '${id}'`)

test('she is told what goes and what stays, asks once with a code, and is stopped at once', async () => {
  const { who, accountId, browser } = await lady()
  const elsewhere = (await signIn(who.phone)).browser
  const shown = await browser.see('/me/deletion')
  assert.match(shown.html, /12 月 1 日[\s\S]*会删除[\s\S]*会留下，以及为什么/)
  const wrong = await browser.fill('/me/deletion/last', '/me/deletion', { code: '000000' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.html, /govuk-error/)
  const told = scene.told.length
  assert.equal((await answerOf(browser, who.phone)).to, '/me/deletion/asked')
  assert.equal(scene.told.length, told + 1)
  assert.match(scene.told.at(-1)!.text, /2026-12-01/)
  assert.ok(!scene.told.at(-1)!.text.includes(who.name))
  assert.match((await browser.see('/me/deletion/asked')).html, /账号已停用[\s\S]*保留我的账号/)
  for (const page of ['/me', '/me/security', '/me/details', '/me/deletion/last'])
    assert.ok([303, 403].includes((await browser.see(page)).status), page)
  assert.equal((await browser.see('/sign-in')).to, '/me/deletion/asked')
  assert.equal(await count(scene.owner, `auth."session" where "userId" = '${accountId}'`), 1, 'other devices are signed out')
  assert.match((await elsewhere.see('/me')).to ?? '', /^\/sign-in/)
  const again = await browser.send('POST', '/me/deletion', new URLSearchParams({ code: '1' }))
  assert.notEqual(again.status, 500)
  assert.equal(
    await count(
      scene.owner,
      `platform.audit where operation = 'account.ask-deletion' and outcome = 'done' and account_id = '${accountId}'`,
    ),
    1,
  )

  const back = await signIn(who.phone)
  assert.equal(back.page.to, '/me/deletion/asked', 'signing in leads to the one page that she has')
  assert.equal((await back.browser.fill('/me/deletion/asked', '/me/deletion/keep')).to, '/me/deletion/kept')
  assert.equal((await back.browser.see('/me/security')).status, 200)
  await hours(8 * 24)
  assert.equal(await accounts(accountId), 1, 'kept is kept')
})

test('asked twice at once is asked once and told once; undone and asked again begins anew', async () => {
  const { who, accountId, browser } = await lady()
  later(61_000)
  await browser.fill('/me/deletion', '/me/deletion/code')
  const { html } = await browser.see('/me/deletion/last')
  const told = scene.told.length
  const code = scene.codeOf(who.phone)
  await Promise.all([1, 2, 3].map(() => browser.answer(html, '/me/deletion', { code })))
  assert.equal(scene.told.length, told + 1)
  await hours(6 * 24)
  const back = (await signIn(who.phone)).browser
  await back.fill('/me/deletion/asked', '/me/deletion/keep')
  later(HOUR)
  await answerOf(back, who.phone)
  await hours(6 * 24)
  assert.equal(await accounts(accountId), 1, 'the days of the first time do not count')
  assert.equal(await hours(36), 1)
  assert.equal(await accounts(accountId), 0)
})

test('a phone alone asks the same, and its drafts go with it; the phone is free for somebody else', async () => {
  const { who, accountId, browser } = await lady({ bound: false })
  await scene.owner.query(
    `insert into cases.draft (id, account_id, matter_code, pack_hash, answers_sealed, created_at, updated_at)
      select gen_random_uuid(), $1, matter_code, pack_hash, answers_sealed, $2, $2 from cases.draft limit 1`,
    [accountId, scene.now()],
  )
  assert.match((await browser.see('/me/deletion')).html, /1 份没有提交的草稿/)
  await answerOf(browser, who.phone)
  await hours(7 * 24 + 12)
  assert.equal(await accounts(accountId), 0)
  for (const table of ['auth.resident_phone', 'auth.session', 'cases.draft', 'access.display', 'messages.channel_choice'])
    assert.equal(
      await count(scene.owner, `${table} where ${table === 'auth.session' ? '"userId"' : 'account_id'}::text = '${accountId}'`),
      0,
      table,
    )
  assert.equal(await count(scene.owner, `platform.audit where account_id = '${accountId}'`), 0, 'her acts are nobody’s')
  assert.equal(await count(scene.owner, `platform.idempotency where actor like '%${accountId}%'`), 0)
  const next = await scene.resident({ bound: false, person: who })
  assert.ok(next.cookie)
})

test('cases stay and go on: she is bound to nobody any more, and her facts are as they were', async () => {
  const { applicant, caseId } = stages.at.review!
  const timeline = await count(scene.owner, `cases.timeline where case_id = '${caseId}'`)
  const { who, accountId, browser } = await owner(applicant.personId)
  const { rows: cases } = await scene.owner.query('select number from cases.case where id = $1', [caseId])
  const shown = (await browser.see('/me/deletion')).html
  assert.match(shown, new RegExp(`${cases[0].number}[\\s\\S]*正在办，继续办到底[\\s\\S]*结束以后保存 30 年`))
  await answerOf(browser, who.phone)
  await hours(7 * 24 + 12)
  assert.equal(await accounts(accountId), 0)
  assert.equal(
    await count(scene.owner, `cases.case where id = '${caseId}' and open and applicant_id = '${applicant.personId}'`),
    1,
  )
  assert.equal(await count(scene.owner, `cases.timeline where case_id = '${caseId}'`), timeline)
  assert.equal(await count(scene.owner, `people.person where id = '${applicant.personId}'`), 1)
  const { rows } = await scene.owner.query(
    'select ended_at is not null as ended, ended_why from access.person_account where person_id = $1',
    [applicant.personId],
  )
  assert.deepEqual(rows, [{ ended: true, ended_why: 'account_deleted' }])
})

test('a hold makes it wait and says its basis, never its reason; when it ends the account goes', async () => {
  const leader: StaffPost = stages.posts['street-leader']!
  const { applicant } = stages.at.received!
  const { rows } = await scene.owner.query('select number from cases.case where id = $1', [stages.at.received!.caseId])
  const { id } = await act(scene, leader, 'retention.place-hold', {
    kind: 'person',
    number: rows[0].number,
    reason: '家里人的秘密',
    basis: '行政复议 12 号',
    until: null,
  })
  const { who, accountId, browser } = await owner(applicant.personId)
  assert.match((await browser.see('/me/deletion')).html, /行政复议 12 号/, 'told before she asks')
  assert.equal((await answerOf(browser, who.phone)).to, '/me/deletion/asked', 'and not refused')
  await hours(8 * 24)
  assert.equal(await accounts(accountId), 1)
  const page = await (await signIn(who.phone)).browser.see('/me/deletion/asked')
  assert.match(page.html, /行政复议 12 号/)
  assert.ok(!page.html.includes('秘密'))
  const other = await makePost(scene, 'street-leader', [place.street], DOMAINS)
  await act(scene, other, 'retention.end-hold', { holdId: id, reason: '已结' })
  assert.equal(await hours(12), 1)
  assert.equal(await accounts(accountId), 0)
})

test('a hold on drafts in her area makes it wait too, elsewhere it does not', async () => {
  const leader: StaffPost = stages.posts['street-leader']!
  const [here, phoneOnly] = [await lady({ community: place.community }), await lady({ bound: false })]
  const held = { kind: 'area', area: place.street, class: 'draft', reason: '清查', basis: '审计 3 号', until: null }
  const { id } = await act(scene, leader, 'retention.place-hold', held)
  for (const one of [here, phoneOnly]) await answerOf(one.browser, one.who.phone)
  assert.match((await here.browser.see('/me/deletion/asked')).html, /审计 3 号/)
  assert.equal(await hours(7 * 24 + 12), 1)
  assert.deepEqual([await accounts(here.accountId), await accounts(phoneOnly.accountId)], [1, 0])
  const other = await makePost(scene, 'street-leader', [place.street], DOMAINS)
  await act(scene, other, 'retention.end-hold', { holdId: id, reason: '已结' })
  assert.equal(await hours(12), 1)
})

test('wrong, hostile and foreign: nobody else gets there, and nothing breaks', async () => {
  const { who, browser, accountId } = await lady()
  const stranger = new FormBrowser(scene, '', '10.9.9.9')
  for (const page of ['/me/deletion', '/me/deletion/last']) assert.match((await stranger.see(page)).to ?? '', /^\/sign-in/)
  assert.equal((await stranger.see('/me/deletion/asked')).to, '/')
  assert.equal((await browser.see('/me/deletion/asked')).to, '/me/deletion', 'nothing was asked yet')
  await browser.fill('/me/deletion', '/me/deletion/code')
  const code = scene.codeOf(who.phone)
  for (const typed of ['', '０', "' or 1=1", 'x'.repeat(100_000), ['1', '2']]) {
    const { status } = await browser.fill('/me/deletion/last', '/me/deletion', { code: typed })
    assert.ok(status === 409 || status === 413 || status === 422, `${String(typed).slice(0, 9)} ${status}`)
  }
  const other = await lady()
  later(61_000)
  await other.browser.fill('/me/deletion', '/me/deletion/code')
  const foreign = await other.browser.fill('/me/deletion/last', '/me/deletion', { code })
  assert.equal(foreign.status, 422, 'a code that another phone got')
  assert.equal(await count(scene.owner, `auth."user" where "id" = '${accountId}' and deletion_asked_at is null`), 1)
  const soon = await other.browser.fill('/me/deletion/last', '/me/deletion/code')
  assert.equal(soon.status, 409)
  assert.match(soon.html, /govuk-error-message/, 'one code a minute, and it says so beside the field')
})

test('a clock ten years ahead ends nobody’s days until it has gone on evenly', async () => {
  const { who, accountId, browser } = await lady()
  await answerOf(browser, who.phone)
  await hours(12)
  const real = scene.now()
  later(10 * 365 * 24 * HOUR)
  assert.equal(await sweep(), 0)
  later(HOUR)
  assert.equal(await sweep(), 0)
  scene.at(real.toISOString())
  assert.equal(await sweep(), 0)
  assert.equal(await accounts(accountId), 1)
  assert.equal(await hours(7 * 24 + 12), 1)
})

test('a draft that is submitted at that very moment is a case, with its files', async () => {
  const { draftId, caseId } = stages.at.received!
  const { who, accountId, browser } = await lady({ bound: false })
  await scene.owner.query('update cases.draft set account_id = $1 where id = $2', [accountId, draftId])
  const files = await count(scene.owner, `documents.material where draft_id = '${draftId}' and case_id is null`)
  assert.ok(files > 0)
  await answerOf(browser, who.phone)
  await hours(6 * 24)
  later(23 * HOUR)
  await sweep()
  later(2 * HOUR)
  const submitting = new pg.Client({ connectionString: scene.ownerUrl })
  await submitting.connect()
  try {
    await submitting.query('begin')
    await submitting.query('update documents.file set case_id = $1 where draft_id = $2 and case_id is null', [caseId, draftId])
    await submitting.query('update documents.material set case_id = $1 where draft_id = $2 and case_id is null', [
      caseId,
      draftId,
    ])
    await submitting.query('update cases.draft set submitted_case_id = $1 where id = $2', [caseId, draftId])
    const sweeping = sweep()
    await new Promise((resolve) => setTimeout(resolve, 300))
    await submitting.query('commit')
    assert.equal(await sweeping, 1)
  } finally {
    await submitting.end()
  }
  assert.equal(await accounts(accountId), 0)
  assert.equal(await count(scene.owner, `cases.draft where id = '${draftId}' and submitted_case_id = '${caseId}'`), 1)
  assert.equal(await count(scene.owner, `documents.material where draft_id = '${draftId}' and case_id = '${caseId}'`), files)
})

test('after a kill between commit and file the next hour writes it; the record of acts says how many, and nobody', async () => {
  const { who, accountId, browser } = await lady()
  await answerOf(browser, who.phone)
  await hours(6 * 24)
  later(23 * HOUR)
  await sweep()
  later(2 * HOUR)
  const { platform } = scene.node
  const actor = { kind: 'system', schedule: 'delete-accounts', scope: place.city, domains: DOMAINS } as const
  const call = { platform, actor, now: scene.now(), requestId: newId(scene.now()) }
  const run = () => declared.get('retention.delete-accounts')!.run(call, { accounts: [accountId] })
  const recorded = () =>
    count(scene.owner, `platform.audit where operation = 'retention.delete-accounts' and object_id = 'request 1'`)
  const earlier = await recorded()
  // Committed, and the process ended before the file was written.
  assert.deepEqual(await run(), { id: 'request 1', gone: 1 })
  assert.deepEqual(await run(), { id: 'request 0', gone: 0 })
  const written = async () =>
    readFileSync(await tombstoneFile(scene.owner), 'utf8')
      .trimEnd()
      .split('\n').length
  assert.equal(await count(scene.owner, 'retention.tombstone'), (await written()) + 1)
  assert.equal(await sweep(), 0)
  assert.equal(await count(scene.owner, 'retention.tombstone'), await written())
  assert.equal(await recorded(), earlier + 1)
  assert.equal(await count(scene.owner, `platform.audit where object_id = '${accountId}' or account_id = '${accountId}'`), 0)
})

test('of two sweeps at once one deletes', async () => {
  const [first, second] = [await lady(), await lady()]
  for (const one of [first, second]) await answerOf(one.browser, one.who.phone)
  await hours(6 * 24)
  later(23 * HOUR)
  await sweep()
  later(2 * HOUR)
  const seq = await count(scene.owner, `retention.tombstone where rule = 'request'`)
  const [a, b] = await Promise.all([sweep(), sweep()])
  assert.equal(a + b, 2)
  assert.equal(await count(scene.owner, `retention.tombstone where rule = 'request'`), seq + 2)
})

test('the window binds nobody to an account that is to be deleted', async () => {
  const { who, browser } = await lady({ bound: false })
  await answerOf(browser, who.phone)
  const clerk = stages.posts['window-clerk']!
  await assert.rejects(
    act(scene, clerk, 'people.bind-account', {
      personId: stages.at.received!.nextPersonId,
      phone: who.phone,
      documentSeen: 'id-card',
    }),
    { code: 'access.account_leaving' },
  )
})

test('an older backup does not bring the account back, and one from within the days begins them anew', async () => {
  const { crypto } = scene.node.platform.services
  const [goes, kept] = [await lady(), await lady()]
  for (const one of [goes, kept]) await answerOf(one.browser, one.who.phone)
  const { dir } = await backup(scene, folderOf('backups'))
  const back = (await signIn(kept.who.phone)).browser
  await back.fill('/me/deletion/asked', '/me/deletion/keep')
  await hours(7 * 24 + 12)
  assert.deepEqual([await accounts(goes.accountId), await accounts(kept.accountId)], [0, 1])
  const there = await emptyPlace()
  const again = new pg.Client({ connectionString: there.ownerUrl })
  try {
    await bringBack(dir, 'backup', there)
    await again.connect()
    assert.equal(await count(again, `auth."user" where "id" = '${goes.accountId}'`), 1, 'the copy is older')
    const found = await eraseAgain(again, crypto, await tombstoneFile(scene.owner), scene.now())
    assert.ok(found.erased.account! >= 1)
    assert.equal(await count(again, `auth."user" where "id" = '${goes.accountId}'`), 0)
    assert.equal(await count(again, `access.person_account where account_id = '${goes.accountId}' and ended_at is null`), 0)
    const { rows } = await again.query('select deletion_asked_at as at from auth."user" where "id" = $1', [kept.accountId])
    assert.deepEqual(rows, [{ at: scene.now() }])
  } finally {
    await again.end()
    await there.drop()
  }
})
