import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import { openIdentity, personFacts, searchPersons } from '../core/people/index.ts'
import { residentWho, staffOf } from '../core/people/scene.ts'
import type { DemoStreet } from './demo-street.ts'
import { type Cast, type DemoAccounts, fillDemo } from './fill.ts'
import { type DemoScene, demoFile, demoScene, packAreas } from './scene.ts'
import { makeStreet } from './street.ts'

const NOW = new Date('2026-11-24T02:00:00Z')
const asOf = '2026-11-24'
describe('a filled database', () => {
  let scene: DemoScene
  let street: DemoStreet
  let cast: Cast
  let milliseconds = 0
  before(async () => {
    scene = await demoScene()
    street = makeStreet(packAreas, demoFile, { asOf })
    const started = performance.now()
    const accounts: DemoAccounts = {
      ...scene.accounts,
      // Accounts come after all rows of people; hashing passwords is slow on purpose and not what is timed.
      createStaffAccount(staff) {
        milliseconds ||= performance.now() - started
        return scene.accounts.createStaffAccount(staff)
      },
    }
    cast = await fillDemo({ owner: scene.owner, crypto: scene.crypto, accounts, now: NOW }, street)
  })
  after(() => scene.end())

  test('holds the whole street under every constraint, in seconds', async () => {
    const { rows } = await scene.owner.query(`select (select count(*) from people.person) as persons,
      (select count(*) from people.dwelling_occupancy where upper_inf(during)) as homes,
      (select count(*) from people.hukou_spell where upper_inf(during)) as hukou,
      (select count(*) from access.officer) as officers, (select value from platform.setting where name = 'demo') as demo`)
    const n = street.persons.length
    assert.deepEqual(rows[0], { persons: n, homes: n, hukou: n, officers: demoFile.officers.length, demo: '1' })
    assert.deepEqual(cast.counts.persons, n)
    assert.ok(milliseconds > 0 && milliseconds < 3000, `${milliseconds} ms`)
  })

  test('keeps the places of every person in step with the spells', async () => {
    const { rows } = await scene.owner.query(
      `select p.name from people.person p
      left join people.dwelling_occupancy o on o.person_id = p.id and o.during @> $1::date
      left join people.hukou_spell h on h.person_id = p.id and h.during @> $1::date
      where p.living_area is distinct from o.area or p.hukou_area is distinct from h.area`,
      [asOf],
    )
    assert.deepEqual(rows, [])
  })

  test('shows the old lady what is known of her', async () => {
    const chen = cast.persons['chen-xiuying']!
    const facts = await scene.db.as(residentWho(chen), (tx) => personFacts(tx, chen, asOf))
    assert.equal(facts.name, '陈秀英')
    assert.equal(facts.born_on, '1946-11-04')
    assert.deepEqual([facts.hukou_area, facts.receives], ['440106001002', []])
    assert.match(facts.dwelling!.address!, /^茶山示例/)
    const expected = street.persons.find((p) => p.id === chen)!
    assert.equal(facts.bank!.last_four, expected.account!.number.slice(-4))
    const identity = await scene.db.as(residentWho(chen), (tx) => openIdentity(tx, scene.crypto, chen))
    assert.deepEqual(identity, { idNumber: expected.idNumber, phone: '10000000001' })
  })

  test('shows the street its people, and the next street its own few', async () => {
    const search = (area: string) => scene.db.as(staffOf(area), (tx) => searchPersons(tx, '440106', '陈秀英'))
    assert.equal(
      (await search('440106001')).persons.some((p) => p.id === cast.persons['chen-xiuying']),
      true,
    )
    assert.equal(
      (await search('440106001001')).persons.some((p) => p.id === cast.persons['chen-xiuying']),
      false,
    )
    assert.equal(
      (await search('440106006')).persons.some((p) => p.id === cast.persons['chen-xiuying']),
      false,
    )
  })

  test('binds every account but the one whose card nobody has seen', async () => {
    const { rows } = await scene.owner.query<{ person_id: string }>('select person_id from access.person_account')
    const bound = new Set(rows.map((row) => row.person_id))
    for (const { level, personId, code } of cast.residents) assert.equal(bound.has(personId), level === 'A1', code)
    assert.equal(cast.residents.filter((one) => one.level === 'A0').length, 1)
  })

  test('lets everybody of the story and every officer sign in', async () => {
    const later = new Date(NOW.getTime() + 60_000)
    for (const { username, password, accountId } of cast.staff)
      assert.equal((await scene.accounts.signInStaff(username, password, new Headers(), later)).accountId, accountId)
    for (const { phone, accountId } of cast.residents) {
      await scene.accounts.requestPhoneCode(phone, later)
      const signedIn = await scene.accounts.verifyPhoneCode(phone, scene.codes.get(phone)!, new Headers(), later)
      assert.equal(signedIn.accountId, accountId)
    }
  })

  test('gives every officer a post with dates, and two to one', async () => {
    const { rows } = await scene.owner.query(
      `select o.account_id, count(*) as posts from access.officer o join access.post p on p.officer_id = o.id group by 1 order by 2 desc`,
    )
    assert.equal(rows.length, cast.staff.length)
    assert.deepEqual([rows[0].posts, rows[1].posts], [2, 1])
    assert.equal(rows[0].account_id, cast.staff.find((one) => one.username === 'window')!.accountId)
  })

  test('is not filled twice', async () => {
    await assert.rejects(fillDemo({ owner: scene.owner, crypto: scene.crypto, accounts: scene.accounts, now: NOW }, street), {
      code: 'demo.not_empty',
      kind: 'conflict',
    })
  })
})

describe('a database that is not filled', () => {
  let scene: DemoScene
  const street = makeStreet(packAreas, demoFile, { asOf, residents: 20 })
  const settings = async () => (await scene.owner.query('select name, value from platform.setting')).rows
  before(async () => {
    scene = await demoScene()
  })
  afterEach(() => scene.owner.query(`delete from platform.setting`))
  after(() => scene.end())

  test('was made for real use', async () => {
    await scene.owner.query(`insert into platform.setting values ('demo', '0', $1)`, [NOW])
    await assert.rejects(fillDemo({ owner: scene.owner, crypto: scene.crypto, accounts: scene.accounts, now: NOW }, street), {
      code: 'demo.not_a_demo',
    })
    assert.deepEqual(await settings(), [{ name: 'demo', value: '0' }])
  })

  test('stays empty and no demo when something fails halfway', async () => {
    const failing = { ...scene.accounts, createStaffAccount: () => Promise.reject(new Error('no accounts today')) }
    await assert.rejects(
      fillDemo({ owner: scene.owner, crypto: scene.crypto, accounts: failing, now: NOW }, street),
      /no accounts today/,
    )
    assert.deepEqual(await settings(), [])
    assert.equal((await scene.owner.query('select count(*) as n from people.person')).rows[0].n, 0)
  })
})
