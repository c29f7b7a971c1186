/** What was found for somebody, by whom she lets act for her: the named matters, her own account, and each look on record. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openScene, type Scene } from '../../../../test/harness/scene.ts'
import { bankAccount, searched } from '../../../../test/harness/searched.ts'
import { secondFactor } from '../../../../test/harness/second-factor.ts'
import { browser, textOf } from '../apply/scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene?.close())

const MATTER = 'longevity-allowance'

/** A mother of eighty and the daughter who acts for her. */
async function pair({ matters = [MATTER], bank = true, until = '2027-06-30' } = {}) {
  const mother = await scene.neighbour({ name: '陈玉兰', bornOn: '1946-01-02' })
  if (bank) await bankAccount(scene, mother.personId)
  const person = await scene.neighbour({ name: '李小红', bornOn: '1975-01-01' })
  const b = browser(scene, await scene.resident({ person }))
  const { rows } = await scene.owner.query(
    `insert into access.proxy (id, principal_id, proxy_id, matters, valid_from, valid_to, given_at, given_how, code_until, accepted_at)
     values (gen_random_uuid(), $1, $2, $3, '2026-01-01', $4, $5, 'own', $5, $5) returning id`,
    [mother.personId, person.personId, matters, until, scene.now()],
  )
  const id: string = rows[0].id
  await (await secondFactor(scene, b)).again('/me')
  return { mother, daughter: person, b, id, home: `/for/${id}`, page: `/for/${id}/found/${MATTER}` }
}

const casesOf = async (personId: string) =>
  (
    await scene.owner.query(
      `select c.id, c.applicant_id, t.payload, t.account_id from cases.case c join cases.timeline t on t.case_id = c.id and t.seq = 1 where applicant_id = $1`,
      [personId],
    )
  ).rows

test('a daughter sees what was found for her mother and applies with one button; the mother sees both', async () => {
  const { mother, daughter, b, id, home, page } = await pair()
  const run = await searched(scene, { found: [mother, daughter] })
  const list = textOf((await b.get(home)).html)
  assert.match(list, /为陈玉兰找到的.*长寿保健金.*每月 ?100/)
  const shown = textOf((await b.get(page)).html)
  assert.match(shown, /按登记的资料，陈玉兰符合条件/)
  assert.doesNotMatch(shown, /您的户口|您的年龄/, 'the sentences that speak to the mother are not said to her daughter')
  assert.match(shown, /尾号 4321/)
  const sent = await b.fill(page, {}, page)
  assert.equal(sent.to, `${home}?done=applied`)
  assert.match(textOf((await b.get(sent.to!)).html), /已经替陈玉兰申请了/)
  const [made] = await casesOf(mother.personId)
  assert.equal(made.payload.foundRun, run)
  assert.equal(made.payload.proxyId, id)
  assert.deepEqual(await casesOf(daughter.personId), [], 'not in her own name')
  assert.match(textOf((await b.get(page)).html), /已经申请了/)

  const herself = browser(scene, await scene.resident({ person: mother }))
  assert.match(textOf((await herself.get(`/me/cases/${made.id}`)).html), /由您的代办人李小红替您送出/)
  assert.match(textOf((await herself.get('/me/reads')).html), /您的代办人 ?李小红.*为您找到的一项/)
  assert.match(textOf((await herself.get('/me/messages')).html), /长寿保健金/)
})

test('after ten minutes the page asks again who she is', async () => {
  const { mother, b, page } = await pair()
  await searched(scene, { found: [mother] })
  const form = await b.hidden(page, page)
  scene.at(new Date(scene.now().getTime() + 11 * 60_000).toISOString())
  assert.match((await b.get(page)).to ?? '', /^\/me\/confirm\?next=/)
  assert.equal((await b.post(page, form)).status, 403)
  assert.deepEqual(await casesOf(mother.personId), [])
})

test('a matter that was not named is not told, read or applied for', async () => {
  const { mother, b, home, page } = await pair({ matters: ['residence-registration'] })
  await searched(scene, { found: [mother] })
  assert.doesNotMatch(textOf((await b.get(home)).html), /每月 ?100/)
  const page403 = await b.get(page)
  assert.equal(page403.status, 403)
  assert.match(textOf(page403.html), /对方没有托您办这件事/)
  const token = await b.hidden('/found', `/found/${MATTER}/stop`)
  assert.equal((await b.post(page, { ...token, mark: 'x' })).status, 403)
  assert.deepEqual(await casesOf(mother.personId), [])
})

test('what has ended, run out, or is somebody else’s does nothing', async () => {
  const { mother, b, id, page } = await pair()
  await searched(scene, { found: [mother] })
  const form = await b.hidden(page, page)
  const other = browser(scene, await scene.resident({ name: '陌生人' }))
  assert.equal((await other.get(page)).status, 404)
  await scene.owner.query(`update access.proxy set valid_to = '2026-11-23' where id = $1`, [id])
  assert.equal((await b.get(page)).status, 404)
  assert.equal((await b.post(page, form)).status, 404)
  assert.deepEqual(await casesOf(mother.personId), [])
})

test('only the mother names an account, and what she does not want to be found for is not told', async () => {
  const { mother, b, page, home } = await pair({ bank: false })
  await searched(scene, { found: [mother] })
  const shown = await b.get(page)
  assert.match(textOf(shown.html), /还没有陈玉兰本人的收款账户/)
  assert.doesNotMatch(shown.html, new RegExp(`action="${page}"`))
  const token = await b.hidden('/found', `/found/${MATTER}/stop`)
  const forced = await b.post(page, { ...token, mark: '', 'account-number': '6222021111111111112', account: 'other' })
  assert.match(textOf(forced.html), /账户要由本人自己填/)
  assert.deepEqual(await casesOf(mother.personId), [])

  await scene.owner.query('insert into outreach.opt_out (person_id, matter_code, since) values ($1, $2, $3)', [
    mother.personId,
    MATTER,
    scene.now(),
  ])
  assert.doesNotMatch(textOf((await b.get(home)).html), /每月 ?100/)
  assert.equal((await b.get(page)).status, 404)
})

test('where the whereabouts of the mother are hidden, no page of the proxy shows or tells them', async () => {
  const { mother, b, home, page } = await pair()
  await scene.owner.query('update people.person set safety_flag = true where id = $1', [mother.personId])
  await searched(scene, { found: [mother] })
  const { rows } = await scene.owner.query(
    'select d.address from people.dwelling_occupancy o join people.dwelling d on d.id = o.dwelling_id where o.person_id = $1',
    [mother.personId],
  )
  for (const path of [home, page]) assert.doesNotMatch((await b.get(path)).html, new RegExp(rows[0].address), path)
  assert.equal((await b.fill(page, {}, page)).to, `${home}?done=applied`)
})

test('two forms at once make one case', async () => {
  const { mother, b, page } = await pair()
  await searched(scene, { found: [mother] })
  const herself = browser(scene, await scene.resident({ person: mother }))
  const own = `/found/${MATTER}`
  const [hers, daughters] = [await herself.hidden(own, own), await b.hidden(page, page)]
  await Promise.all([herself.post(own, hers), b.post(page, daughters)])
  assert.equal((await casesOf(mother.personId)).length, 1)
})
