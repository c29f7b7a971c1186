import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '../../platform/database/tx.ts'
import { createPerson, dwellingAt, type Provenance, personFacts, recordBankAccount, recordIncome } from './index.ts'
import { type PeopleScene, peopleScene, place, residentWho, staffOf } from './scene.ts'

const NOW = new Date('2026-11-24T02:00:00Z')
const police: Provenance = { source: 'public-security', method: 'shared', caseId: null }
const TABLES = ['person', 'hukou_spell', 'dwelling_occupancy', 'dwelling', 'income_declaration', 'bank_account'] as const

let scene: PeopleScene
let hill: string
let far: string
before(async () => {
  // One connection, so that whatever a transaction leaves behind meets the next one.
  scene = await peopleScene({ connections: 1 })
  const settle = (area: string, name: string) =>
    scene.db.as(staffOf(place.district), async (tx) => {
      const dwellingId = await dwellingAt(tx, area, '示例一巷 1 号', NOW)
      const id = await createPerson(
        tx,
        scene.crypto,
        {
          name,
          idNumber: null,
          hukou: { area, relation: 'head', householdId: null, since: '1990-05-01' },
          home: { area, dwellingId, since: '2001-03-01' },
        },
        police,
        NOW,
      )
      await recordIncome(tx, { personId: id, monthlyFen: 100, since: '2026-01-01' }, police, NOW)
      await recordBankAccount(
        tx,
        scene.crypto,
        { personId: id, number: '0000000000000000018', bank: null, since: '2026-01-01' },
        police,
        NOW,
      )
      return id
    })
  hill = await settle(place.hill, '陈山')
  far = await settle(place.far, '梁远')
})
after(() => scene.end())

/** Rows that a scope sees of each table. */
const seen = (scope: Parameters<PeopleScene['db']['as']>[0]) =>
  scene.db.as(scope, async (tx) => {
    const counts: Record<string, number> = {}
    for (const table of TABLES)
      counts[table] = (await tx.one(sql<{ n: number }>`select count(*) as n from ${sql.id('people', table)}`)).n
    return counts
  })
const all = (n: number) => Object.fromEntries(TABLES.map((table) => [table, n]))

test('staff see the people of their range and nobody else', async () => {
  assert.deepEqual(await seen(staffOf(place.street)), all(1), 'the street')
  assert.deepEqual(await seen(staffOf(place.hill)), all(1), 'the community')
  assert.deepEqual(await seen(staffOf(place.lake)), all(0), 'the sibling community')
  assert.deepEqual(await seen(staffOf(place.nextStreet)), all(1), 'the next street sees its own')
  assert.deepEqual(await seen(staffOf(place.district)), all(2), 'the district')
  await assert.rejects(
    scene.db.as(staffOf(place.lake), (tx) => personFacts(tx, hill, '2026-11-24')),
    { code: 'person.not_found' },
  )
})

test('a resident sees herself and writes nothing', async () => {
  assert.deepEqual(await seen(residentWho(hill)), all(1))
  assert.equal((await scene.db.as(residentWho(hill), (tx) => personFacts(tx, hill, '2026-11-24'))).name, '陈山')
  await assert.rejects(
    scene.db.as(residentWho(hill), (tx) => personFacts(tx, far, '2026-11-24')),
    { code: 'person.not_found' },
  )
  await assert.rejects(
    scene.db.as(residentWho(hill), (tx) => tx.run(sql`update people.person set name = ${'x'}`)),
    { code: '42501' },
  )
})

test('without a scope nothing is seen, on one connection: before, between and after scoped transactions', async () => {
  const nobody = [staffOf(''), residentWho()]
  for (const scope of nobody) assert.deepEqual(await seen(scope), all(0), 'before')
  assert.deepEqual(await seen(staffOf(place.street)), all(1))
  for (const scope of nobody) assert.deepEqual(await seen(scope), all(0), 'between')
  await assert.rejects(
    scene.db.as(staffOf(place.street), async () => {
      throw new Error('a use case fails')
    }),
  )
  for (const scope of nobody) assert.deepEqual(await seen(scope), all(0), 'after a rollback')
  await scene.db.as(residentWho(hill), (tx) => personFacts(tx, hill, '2026-11-24'))
  for (const scope of nobody) assert.deepEqual(await seen(scope), all(0), 'after a resident')

  // The role alone, with settings never touched, set to null, and left empty by an earlier transaction.
  const bare = async (role: string, before = 'select 1') => {
    const client = await scene.db.pool.connect()
    try {
      await client.query('begin')
      await client.query(before)
      await client.query(`set local role ${role}`)
      const { rows } = await client.query(
        'select (select count(*) from people.person) + (select count(*) from people.hukou_spell) as n',
      )
      return rows[0].n
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  for (const role of ['app_staff', 'app_resident'])
    for (const settings of [
      'select 1',
      'reset app.scope',
      `select set_config('app.scope', null, true), set_config('app.subjects', null, true)`,
    ])
      assert.equal(await bare(role, settings), 0, `${role}: ${settings}`)
})

test('the server’s own login and the public role cannot read people at all', async () => {
  await assert.rejects(scene.db.pool.query('select 1 from people.person'), { code: '42501' })
  const asPublic = { role: 'app_public', area: place.city, domains: [], subjects: [hill], accountId: null } as const
  await assert.rejects(
    scene.db.as(asPublic, (tx) => tx.rows(sql`select 1 from people.person`)),
    { code: '42501' },
  )
})

test('nobody writes a person out of her own range or into a foreign one', async () => {
  const lake = staffOf(place.lake)
  await assert.rejects(
    scene.db.as(lake, (tx) => recordIncome(tx, { personId: hill, monthlyFen: 1, since: '2026-11-24' }, police, NOW)),
    { code: 'person.not_found' },
  )
  assert.equal(
    await scene.db.as(lake, (tx) => tx.run(sql`update people.person set living_area = ${place.lake} where id = ${hill}`)),
    0,
  )
  await assert.rejects(
    scene.db.as(staffOf(place.hill), (tx) => tx.run(sql`update people.person set name = ${'x'} where id = ${hill}`)),
    { code: '42501' },
    'nor a name at all',
  )
  const spell = sql`insert into people.income_declaration (id, person_id, monthly_fen, during, source, method, recorded_at)
    values (gen_random_uuid(), ${hill}, 1, daterange('2030-01-01', null), 'x', 'x', ${NOW})`
  await assert.rejects(
    scene.db.as(lake, (tx) => tx.run(spell)),
    { code: '42501' },
  )
  await assert.rejects(
    scene.db.as(staffOf(place.street), (tx) => dwellingAt(tx, place.far, '示例九巷 9 号', NOW)),
    { code: 'person.out_of_reach' },
  )
})
