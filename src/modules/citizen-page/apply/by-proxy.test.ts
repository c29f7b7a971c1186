/** An application that somebody writes for another: the named matter, page after page, with a second factor; hers to see and to stop. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { openScene, type Scene } from '../../../../test/harness/scene.ts'
import { bankAccount } from '../../../../test/harness/searched.ts'
import { secondFactor } from '../../../../test/harness/second-factor.ts'
import { type Browser, begin, browser, newKey, textOf } from './scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene?.close())

const MATTER = 'longevity-allowance'

/** A mother of eighty and the daughter who acts for her. */
async function pair({ matters = [MATTER], bank = true } = {}) {
  const mother = await scene.neighbour({ name: '陈玉兰', bornOn: '1946-01-02' })
  if (bank) await bankAccount(scene, mother.personId)
  const person = await scene.neighbour({ name: '李小红', bornOn: '1975-01-01' })
  const b = browser(scene, await scene.resident({ person }))
  const { rows } = await scene.owner.query(
    `insert into access.proxy (id, principal_id, proxy_id, matters, valid_from, valid_to, given_at, given_how, code_until, accepted_at)
     values (gen_random_uuid(), $1, $2, $3, '2026-01-01', '2027-06-30', $4, 'own', $4, $4) returning id`,
    [mother.personId, person.personId, matters, scene.now()],
  )
  const id: string = rows[0].id
  return { mother, daughter: person, b, id, home: `/for/${id}` }
}

async function begun(b: Browser, home: string, matter = MATTER) {
  const token = /name="_csrf" value="([^"]+)"/.exec((await b.get('/me/proxies')).html)![1]!
  return b.post(`${home}/apply`, { _csrf: token, _key: newKey(), matter })
}
const ofPerson = async (personId: string) =>
  (
    await scene.owner.query(
      `select c.id, t.payload, c.status from cases.case c join cases.timeline t on t.case_id = c.id and t.seq = 1 where applicant_id = $1`,
      [personId],
    )
  ).rows
const end = (id: string) =>
  scene.owner.query(`update access.proxy set ended_at = $2, ended_by = 'principal' where id = $1`, [id, scene.now()])

test('a daughter fills it in for her mother and sends it; the mother is told by whom, and stops it', async () => {
  const { mother, daughter, b, id, home } = await pair()
  assert.match(textOf((await b.get(home)).html), /替陈玉兰申请 .*长寿保健金/)
  const draft = (await begun(b, home)).to!
  assert.match(draft, new RegExp(`^${home}/apply/[0-9a-f-]{36}$`))
  assert.match((await b.get(draft)).to!, /^\/me\/confirm\?next=/, 'what is on record of another asks for the second factor')
  const { again } = await secondFactor(scene, b)
  await again(draft)

  const first = textOf((await b.get(draft)).html)
  assert.match(first, /您在替陈玉兰申请/)
  assert.match(first, /陈玉兰.*1946 年 1 月 2 日/)
  assert.doesNotMatch(first, /李小红.*1975/)
  assert.equal((await b.fill(`${draft}/about-you`, { 'about-you': 'yes' })).to, `${draft}/account`)
  const account = await b.get(`${draft}/account`)
  assert.match(textOf(account.html), /尾号 4321/)
  assert.doesNotMatch(account.html, /name="account-number"/, 'where the money goes is not hers to say')
  const other = await b.fill(`${draft}/account`, { account: 'other', 'account-number': '6222021111111111112' })
  assert.match(textOf(other.html), /要由陈玉兰本人来说/)
  assert.equal((await b.fill(`${draft}/account`, { account: 'stored' })).to, `${draft}/note`)
  assert.equal((await b.fill(`${draft}/note`, { note: '' })).to, `${draft}/check`)
  const check = textOf((await b.get(`${draft}/check`)).html)
  assert.match(check, /我和陈玉兰说过了/)
  const undeclared = await b.fill(`${draft}/check`, {}, `${draft}/send`)
  assert.match(textOf(undeclared.html), /请先看一遍/)
  const sent = await b.fill(`${draft}/check`, { declared: 'yes' }, `${draft}/send`)
  assert.equal(sent.to, `${home}?done=applied`)
  assert.match(textOf((await b.get(sent.to!)).html), /已经替陈玉兰申请了.*办件号/)

  const [made] = await ofPerson(mother.personId)
  assert.equal(made.payload.proxyId, id)
  assert.equal(made.payload.proxyName, '李小红')
  assert.deepEqual(await ofPerson(daughter.personId), [], 'not in her own name')
  const { rows } = await scene.owner.query(
    `select model_sealed as paper from documents.document d where d.case_id = $1 and d.kind = 'receipt'`,
    [made.id],
  )
  assert.match(scene.node.platform.services.crypto.open(rows[0].paper, 'documents.document.model'), /代办人李小红代为送出/)

  const herself = browser(scene, await scene.resident({ person: mother }))
  assert.match(textOf((await herself.get('/me/messages')).html), /是您的代办人李小红替您送出的/)
  assert.match(textOf((await herself.get('/me/reads')).html), /您的代办人 ?李小红.*替您申请时要核对的资料/)
  const own = textOf((await herself.get(`/me/cases/${made.id}`)).html)
  assert.match(own, /由您的代办人李小红替您送出/)
  const stopped = await herself.fill(`/me/cases/${made.id}/withdrawal`, { reason: '' })
  assert.equal(stopped.to, `/me/cases/${made.id}`)
  assert.equal((await ofPerson(mother.personId))[0].status, 'withdrawn')
})

test('one matter one draft for each person: her own and her mother’s never mix', async () => {
  const { b, home } = await pair()
  const hers = await begin(b, MATTER)
  const mothers = (await begun(b, home)).to!
  const draftId = mothers.split('/').at(-1)!
  assert.notEqual(draftId, hers)
  assert.equal((await begun(b, home)).to, mothers, 'begun again it goes on')
  const { again } = await secondFactor(scene, b)
  await again(home)
  assert.equal((await b.get(`/apply/${draftId}`)).status, 404)
  assert.equal((await b.get(`${home}/apply/${hers}`)).status, 404)
  assert.doesNotMatch((await b.get('/me/cases')).html, new RegExp(draftId))
  assert.match((await b.get(home)).html, new RegExp(`${home}/apply/${draftId}`))
  const gone = await b.fill(`${mothers}/discard`, {})
  assert.equal(gone.to, home)
  assert.doesNotMatch((await b.get(home)).html, new RegExp(draftId))
  assert.equal((await b.get(`/apply/${hers}`)).status, 200, 'her own is still there')
})

test('a matter that was not named is not begun, and a stranger begins nothing', async () => {
  const { mother, b, home } = await pair({ matters: ['residence-registration'] })
  const refused = await begun(b, home)
  assert.equal(refused.status, 403)
  assert.match(textOf(refused.html), /对方没有托您办这件事/)
  const stranger = browser(scene, await scene.resident({ name: '陌生人' }))
  assert.equal((await begun(stranger, home)).status, 404)
  const { rows } = await scene.owner.query('select from cases.draft where person_id = $1', [mother.personId])
  assert.equal(rows.length, 0)
})

test('ended in the middle it does nothing any more: not seen, not written, not sent, also not as one’s own', async () => {
  const { mother, b, id, home } = await pair()
  const draft = (await begun(b, home)).to!
  const { again } = await secondFactor(scene, b)
  await again(draft)
  await b.fill(`${draft}/about-you`, { 'about-you': 'yes' })
  const form = await b.hidden(`${draft}/account`, `${draft}/account`)
  const fileId = randomUUID()
  await scene.owner.query(
    `insert into documents.file (id, stored_name, wrapped_key, sha256, size, media_type, name_sealed, account_id, draft_id, added_at)
     select $1::uuid, $1::text, '\\x00', '\\x00', 1, 'image/jpeg', '\\x00', account_id, id, $2 from cases.draft where id = $3`,
    [fileId, scene.now(), draft.split('/').at(-1)],
  )
  const closed = async (when: string) => {
    for (const path of [`/files/${fileId}`, `/files/${fileId}/shown`, `/files/${fileId}/preview`])
      assert.equal((await b.get(path)).status, 404, `${path} ${when}`)
  }
  await closed('outside of what she does in her name')
  await end(id)
  await closed('after it ended')
  for (const page of [home, draft, `${draft}/account`, `${draft}/check`, `${draft}/discard`])
    assert.equal((await b.get(page)).status, 404, page)
  assert.equal((await b.post(`${draft}/account`, { ...form, account: 'stored' })).status, 404)
  assert.equal((await b.post(`${draft}/send`, { ...form, declared: 'yes' })).status, 404)
  assert.equal((await b.get(`/apply/${draft.split('/').at(-1)}`)).status, 404)
  assert.deepEqual(await ofPerson(mother.personId), [])
})

/** Everything filled in and looked through, up to the button. */
async function ready(b: Browser, home: string) {
  const draft = (await begun(b, home)).to!
  const { again } = await secondFactor(scene, b)
  await again(draft)
  await b.fill(`${draft}/about-you`, { 'about-you': 'yes' })
  await b.fill(`${draft}/account`, { account: 'stored' })
  await b.fill(`${draft}/note`, { note: '' })
  return draft
}

test('she ends it at the very moment in which it is sent: whichever comes first, nothing is sent after the end', async () => {
  const { mother, b, id, home } = await pair()
  const draft = await ready(b, home)
  const her = new pg.Client({ connectionString: scene.ownerUrl })
  await her.connect()
  try {
    await her.query('begin')
    await her.query(`update access.proxy set ended_at = $2, ended_by = 'principal' where id = $1`, [id, scene.now()])
    const sending = b.fill(`${draft}/check`, { declared: 'yes' }, `${draft}/send`)
    for (let i = 0; ; i++) {
      const { rows } = await scene.owner.query(
        `select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
      if (rows[0].n > 0) break
      assert.ok(i < 400, 'it waits for her')
      await wait(50)
    }
    await her.query('commit')
    assert.equal((await sending).status, 404)
    assert.deepEqual(await ofPerson(mother.personId), [])
  } finally {
    await her.end()
  }
})

test('without an account on record it waits for her; where her whereabouts are hidden, no page tells them', async () => {
  const { mother, b, home } = await pair({ bank: false, matters: [MATTER, 'residence-registration'] })
  await scene.owner.query('update people.person set safety_flag = true where id = $1', [mother.personId])
  const { rows } = await scene.owner.query(
    'select d.address from people.dwelling_occupancy o join people.dwelling d on d.id = o.dwelling_id where o.person_id = $1',
    [mother.personId],
  )
  const draft = (await begun(b, home)).to!
  const { again } = await secondFactor(scene, b)
  await again(draft)
  const account = textOf((await b.get(`${draft}/account`)).html)
  assert.match(account, /要由陈玉兰本人来说/)
  const registration = (await begun(b, home, 'residence-registration')).to!
  const questions = scene.node.platform.services.packs.inForce().matter('residence-registration').questions
  for (const page of [draft, `${draft}/check`, ...questions.map(({ code }) => `${registration}/${code}`)]) {
    const shown = await b.get(page)
    assert.equal(shown.status, 200, page)
    assert.doesNotMatch(shown.html, new RegExp(rows[0].address), page)
  }
  assert.doesNotMatch((await b.get(`${draft}/check`)).html, new RegExp(`action="${draft}/send"`), 'a question is open')
})
