import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Tx } from '../../platform/database/tx.ts'
import { newId } from '../../platform/id.ts'
import {
  blindIdNumber,
  checkCharacter,
  createPerson,
  dwellingAt,
  findPersonByIdNumber,
  getPerson,
  maskedIdNumberOf,
  type NewPerson,
  openIdentity,
  type Provenance,
  personFacts,
  recordBankAccount,
  recordHukou,
  recordIncome,
  recordOccupancy,
  recordReceipt,
  recordResidence,
  searchPersons,
} from './index.ts'
import { type PeopleScene, peopleScene, place, residentWho, staffOf } from './scene.ts'

const NOW = new Date('2026-11-24T02:00:00Z')
const LATER = new Date('2026-12-24T02:00:00Z')
const police: Provenance = { source: 'public-security', method: 'shared', caseId: null }
const self: Provenance = { source: 'self', method: 'declared', caseId: null }

let scene: PeopleScene
before(async () => {
  scene = await peopleScene()
})
after(() => scene.end())

const street = <T>(work: (tx: Tx) => Promise<T>) => scene.db.as(staffOf(place.street), work)
const district = <T>(work: (tx: Tx) => Promise<T>) => scene.db.as(staffOf(place.district), work)

let last = 0
const newNumber = (day = '19461130') => {
  last += 2
  const digits = `999999${day}${String(last).padStart(3, '0')}`
  return digits + checkCharacter(digits)
}
const newcomer = async (tx: Tx, more: Partial<NewPerson> = {}) => {
  const dwellingId = await dwellingAt(tx, place.hill, '示例一巷 1 号', NOW)
  const person: NewPerson = {
    name: '陈秀英',
    idNumber: newNumber(),
    hukou: { area: place.hill, relation: 'head', householdId: null, since: '1990-05-01' },
    home: { area: place.hill, dwellingId, since: '2001-03-01' },
    ...more,
  }
  return createPerson(tx, scene.crypto, person, police, NOW)
}
const placesOf = async (id: string) =>
  (await scene.owner.query('select living_area, hukou_area from people.person where id = $1', [id])).rows[0]

test('a person is known with her places, and her number is nowhere in clear', async () => {
  const idNumber = newNumber()
  const id = await street((tx) => newcomer(tx, { idNumber: ` ${idNumber.toLowerCase()} `, phone: '10012345678' }))
  const facts = await street((tx) => personFacts(tx, id, '2026-11-24'))
  assert.equal(facts.born_on, '1946-11-30')
  assert.equal(facts.sex, 'female')
  assert.equal(facts.hukou_area, place.hill)
  assert.equal(facts.hukou_relation, 'head')
  assert.deepEqual(facts.dwelling, { address: '示例一巷 1 号', area: place.hill, since: '2001-03-01' })
  assert.deepEqual(facts.provenance.hukou, { source: 'public-security', recorded_at: NOW.toISOString() })
  assert.deepEqual(await street((tx) => openIdentity(tx, scene.crypto, id)), { idNumber, phone: '10012345678' })
  assert.match((await street((tx) => maskedIdNumberOf(tx, scene.crypto, id)))!, /^9999\*{12}..$/)
  const { rows } = await scene.owner.query('select p::text as row from people.person p where id = $1', [id])
  const row = rows[0].row as string
  for (const secret of [idNumber, Buffer.from(idNumber).toString('hex'), '10012345678'])
    assert.ok(!row.includes(secret), 'a secret stands in the row')
})

test('what nobody recorded is unknown, not no', async () => {
  const id = await street((tx) => newcomer(tx, { idNumber: null, sex: null, hukou: undefined, name: '无名' }))
  const facts = await street((tx) => personFacts(tx, id, '2026-11-24'))
  for (const name of ['sex', 'born_on', 'hukou_area', 'residence_since', 'monthly_income_fen', 'bank'] as const)
    assert.equal(facts[name], null, name)
  assert.deepEqual(facts.receives, [])
  assert.equal(facts.provenance.hukou, null)
  assert.equal(facts.provenance.monthly_income_fen, null)
  await assert.rejects(
    street((tx) => personFacts(tx, newId(NOW), '2026-11-24')),
    { code: 'person.not_found', kind: 'missing' },
  )
})

test('every fact holds from its day on and comes with its source', async () => {
  const id = await street((tx) => newcomer(tx))
  await street(async (tx) => {
    await recordIncome(tx, { personId: id, monthlyFen: 120000, since: '2026-01-01' }, self, NOW)
    await recordIncome(tx, { personId: id, monthlyFen: 0, since: '2026-10-01' }, self, LATER)
    await recordReceipt(
      tx,
      { personId: id, matterCode: 'longevity-allowance', amountFen: 3000, since: '2027-01-01' },
      police,
      NOW,
    )
    await recordReceipt(
      tx,
      { personId: id, matterCode: 'another', amountFen: null, since: '2026-01-01', until: '2026-02-01' },
      police,
      NOW,
    )
    await recordResidence(tx, { personId: id, area: place.hill, since: '2026-06-01' }, police, NOW)
    await recordBankAccount(
      tx,
      scene.crypto,
      { personId: id, number: '0000 0000 0000 0000 018', bank: '示例银行', since: '2026-11-24' },
      self,
      NOW,
    )
  })
  const on = (day: string) => street((tx) => personFacts(tx, id, day))
  const [winter, now, next] = [await on('2026-01-31'), await on('2026-11-24'), await on('2027-01-01')]
  assert.equal(winter.monthly_income_fen, 120000)
  assert.equal(now.monthly_income_fen, 0)
  assert.deepEqual(now.provenance.monthly_income_fen, { source: 'self', recorded_at: LATER.toISOString() })
  assert.deepEqual([winter.receives, now.receives, next.receives], [['another'], [], ['longevity-allowance']])
  assert.deepEqual([winter.residence_since, now.residence_since], [null, '2026-06-01'])
  assert.deepEqual([winter.bank, now.bank], [null, { last_four: '0018', bank: '示例银行' }])
})

test('a move closes the last home on its day and takes the person along', async () => {
  const id = await street((tx) => newcomer(tx))
  await street(async (tx) => {
    const dwellingId = await dwellingAt(tx, place.lake, '示例二巷 2 号', NOW)
    assert.equal(await dwellingAt(tx, place.lake, ' 示例二巷  2 号 ', LATER), dwellingId)
    await recordOccupancy(tx, { personId: id, area: place.lake, dwellingId, since: '2026-11-20' }, self, NOW)
  })
  assert.deepEqual(await placesOf(id), { living_area: place.lake, hukou_area: place.hill })
  const { rows } = await scene.owner.query(
    'select during::text from people.dwelling_occupancy where person_id = $1 order by lower(during)',
    [id],
  )
  assert.deepEqual(
    rows.map((r) => r.during),
    ['[2001-03-01,2026-11-20)', '[2026-11-20,)'],
  )
})

test('a spell on the same day corrects the last one, which stays on record', async () => {
  const id = await street((tx) => newcomer(tx))
  const moved = { personId: id, area: place.lake, relation: 'child', householdId: null, since: '1990-05-01' } as const
  await street((tx) => recordHukou(tx, moved, police, LATER))
  assert.deepEqual(await placesOf(id), { living_area: place.hill, hukou_area: place.lake })
  const { rows } = await scene.owner.query(
    'select during::text from people.hukou_spell where person_id = $1 order by recorded_at',
    [id],
  )
  assert.deepEqual(
    rows.map((r) => r.during),
    ['empty', '[1990-05-01,)'],
  )
})

test('a day before the last record, or a place that begins tomorrow, is refused and nothing changes', async () => {
  const id = await street((tx) => newcomer(tx))
  const hukou = { personId: id, area: place.lake, relation: 'head', householdId: null } as const
  await assert.rejects(
    street((tx) => recordHukou(tx, { ...hukou, since: '1980-01-01' }, police, NOW)),
    { code: 'person.later_record', params: { since: '1990-05-01' } },
  )
  await assert.rejects(
    street((tx) => recordHukou(tx, { ...hukou, since: '2026-11-25' }, police, NOW)),
    { code: 'person.day_in_future' },
  )
  assert.deepEqual(await placesOf(id), { living_area: place.hill, hukou_area: place.hill })
})

test('a home that has already ended does not move anybody', async () => {
  const id = await street((tx) => newcomer(tx, { home: undefined }))
  await street(async (tx) => {
    const dwellingId = await dwellingAt(tx, place.lake, '示例二巷 3 号', NOW)
    const spell = { personId: id, area: place.lake, dwellingId, since: '1999-01-01', until: '2000-01-01' }
    await recordOccupancy(tx, spell, police, NOW)
  })
  assert.deepEqual(await placesOf(id), { living_area: null, hukou_area: place.hill })
})

test('facts that are recorded at the same moment wait for each other and never collide', async () => {
  const id = await street((tx) => newcomer(tx))
  await Promise.all(
    ['2026-11-01', '2026-11-02', '2026-11-03'].map((since, i) =>
      street((tx) => recordIncome(tx, { personId: id, monthlyFen: i, since }, self, NOW)).catch((error: { code: string }) =>
        assert.equal(error.code, 'person.later_record'),
      ),
    ),
  )
  assert.equal((await street((tx) => personFacts(tx, id, '2026-11-24'))).monthly_income_fen, 2)
})

test('a number can be on record once; whether the record can be seen decides the answer', async () => {
  const idNumber = newNumber()
  const id = await street((tx) => newcomer(tx, { idNumber }))
  await assert.rejects(
    street((tx) => newcomer(tx, { idNumber })),
    { code: 'person.already_recorded', params: { personId: id } },
  )
  const far = {
    idNumber,
    name: '陈秀英',
    hukou: { area: place.far, relation: 'head', householdId: null, since: '2020-01-01' },
  } as const
  await assert.rejects(
    scene.db.as(staffOf(place.nextStreet), (tx) => createPerson(tx, scene.crypto, far, police, NOW)),
    { code: 'person.recorded_elsewhere', kind: 'conflict', params: {} },
  )
  const blinds = blindIdNumber(scene.crypto, ` ${idNumber} `, '2026-11-24')
  assert.equal((await street((tx) => findPersonByIdNumber(tx, blinds)))?.id, id)
  assert.equal(await scene.db.as(staffOf(place.nextStreet), (tx) => findPersonByIdNumber(tx, blinds)), undefined)
})

test('what the card says and what was typed must agree, and a place is needed', async () => {
  const base = {
    name: '陈',
    idNumber: newNumber(),
    hukou: { area: place.hill, relation: 'head', householdId: null, since: '2020-01-01' },
  } as const
  const make = (more: Partial<NewPerson>) => street((tx) => createPerson(tx, scene.crypto, { ...base, ...more }, police, NOW))
  await assert.rejects(make({ sex: 'male' }), { code: 'person.id_number_differs', params: { what: 'sex' } })
  await assert.rejects(make({ bornOn: '1946-11-29' }), { code: 'person.id_number_differs', params: { what: 'born_on' } })
  await assert.rejects(make({ hukou: undefined }), { code: 'person.place_missing' })
  await assert.rejects(make({ hukou: { ...base.hukou, area: place.far } }), { code: 'person.out_of_reach', kind: 'forbidden' })
})

test('a search takes two characters, stays in its area, and stops at 200', async () => {
  await district(async (tx) => {
    for (let i = 0; i < 201; i++)
      await createPerson(
        tx,
        scene.crypto,
        {
          name: `司徒${i}`,
          idNumber: null,
          hukou: { area: place.lake, relation: 'other', householdId: null, since: '2020-01-01' },
        },
        police,
        NOW,
      )
    const hukou = { area: place.far, relation: 'other', householdId: null, since: '2020-01-01' } as const
    await createPerson(tx, scene.crypto, { name: '司徒%_', idNumber: null, hukou }, police, NOW)
  })
  const many = await street((tx) => searchPersons(tx, place.street, ' 司徒 '))
  assert.deepEqual([many.persons.length, many.more], [200, true])
  assert.deepEqual((await street((tx) => searchPersons(tx, place.hill, '司徒'))).persons, [])
  const odd = await district((tx) => searchPersons(tx, place.district, '%_'))
  assert.deepEqual([odd.persons.map((p) => p.name), odd.more], [['司徒%_'], false])
  await assert.rejects(
    street((tx) => searchPersons(tx, place.street, ' 司 ')),
    { code: 'person.search_too_short' },
  )
  await assert.rejects(
    street((tx) => searchPersons(tx, '', '司徒')),
    /not an area code/,
  )
})

test('a safety flag keeps the home from staff, and not from the person', async () => {
  const id = await street((tx) => newcomer(tx, { name: '苏安安' }))
  await scene.owner.query('update people.person set safety_flag = true where id = $1', [id])
  const asStaff = await street((tx) => personFacts(tx, id, '2026-11-24'))
  assert.deepEqual(
    [asStaff.whereabouts_hidden, asStaff.dwelling, asStaff.living_area, asStaff.provenance.dwelling],
    [true, null, null, null],
  )
  assert.equal((await street((tx) => searchPersons(tx, place.street, '苏安'))).persons[0]!.livingArea, null)
  // A case still has to reach its community.
  assert.equal((await street((tx) => getPerson(tx, id))).livingArea, place.hill)
  await assert.rejects(
    scene.db.as(staffOf(place.nextStreet), (tx) => getPerson(tx, id)),
    { code: 'person.not_found' },
  )
  const own = await scene.db.as(residentWho(id), (tx) => personFacts(tx, id, '2026-11-24'))
  assert.deepEqual([own.whereabouts_hidden, own.dwelling?.address], [false, '示例一巷 1 号'])
})
