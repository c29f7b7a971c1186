import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { fitsLuhn, readIdNumber } from '../core/people/index.ts'
import { addDays, ageYears } from '../platform/day.ts'
import { yearsBefore } from './days.ts'
import { type DemoFile, readDemoFile } from './demo-file.ts'
import { packAreas as areas, demoFile as file, packFile, demoText as text } from './scene.ts'
import { makeStreet } from './street.ts'

const asOf = '2026-11-24'
const street = makeStreet(areas, file, { asOf })
const { persons } = street
const hashOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex')
const share = (holds: (age: number) => boolean) =>
  (100 * persons.filter((person) => holds(ageYears(person.bornOn, asOf))).length) / persons.length

test('on whatever day it starts, everybody has been born and every number fits', () => {
  for (const day of ['2026-12-31', '2027-01-01', '2027-03-01', '2028-02-29']) {
    const made = makeStreet(areas, file, { asOf: day, residents: 300 })
    for (const p of made.persons) assert.equal(readIdNumber(p.idNumber, day).bornOn, p.bornOn)
  }
})

test('one seed and one day make one street, to the last digit', () => {
  assert.equal(hashOf(makeStreet(areas, file, { asOf })), hashOf(street))
  assert.notEqual(hashOf(makeStreet(areas, file, { asOf, seed: 1 })), hashOf(street))
  assert.equal(makeStreet(areas, file, { asOf, residents: 50 }).persons.length < 70, true)
})

test('every ID number is right and belongs to nobody', () => {
  for (const person of persons) {
    const { number, bornOn, sex } = readIdNumber(person.idNumber, asOf)
    assert.deepEqual([number, bornOn, sex], [person.idNumber, person.bornOn, person.sex])
    assert.ok(number.startsWith('999999'), number)
  }
})

test('no two people share an ID number, a phone or an account', () => {
  for (const numbers of [
    persons.map((p) => p.id),
    persons.map((p) => p.idNumber),
    persons.flatMap((p) => [p.phone, street.characters.find((c) => c.personId === p.id && c.level === 'A0')?.phone ?? null]),
    persons.map((p) => p.account?.number ?? null),
    street.dwellings.map((d) => d.address),
  ]) {
    const given = numbers.filter((number) => number !== null)
    assert.equal(new Set(given).size, given.length)
  }
})

test('phones have a prefix of no operator, cards one of no bank, and the check digit fits', () => {
  for (const { phone, account } of persons) {
    if (phone) assert.match(phone, /^100\d{8}$/)
    if (account) assert.ok(/^000000\d{13}$/.test(account.number) && fitsLuhn(account.number))
  }
})

test('the ages are those of a street with universities', () => {
  const within = (value: number, low: number, high: number, what: string) =>
    assert.ok(value >= low && value <= high, `${what}: ${value.toFixed(1)} %`)
  within(
    share((age) => age < 18),
    12,
    22,
    'children',
  )
  within(
    share((age) => age >= 65),
    12.5,
    18,
    'from 65 on',
  )
  within(
    share((age) => age >= 80),
    2,
    6,
    'from 80 on',
  )
  within(
    share((age) => age >= 18 && age < 35),
    26,
    40,
    'young adults',
  )
  assert.ok(persons.every((person) => person.bornOn <= asOf))
  const soon = persons.filter((p) => p.bornOn > yearsBefore(asOf, 70) && p.bornOn <= yearsBefore(addDays(asOf, 92), 70))
  assert.ok(soon.length >= 8, `${soon.length} turn 70 within three months`)
})

test('children are younger than their parents by a lifetime that can be', () => {
  const homes = Map.groupBy(persons, (person) => person.home.dwellingId)
  for (const members of homes.values()) {
    const head = members.find((member) => member.hukou.relation === 'head')
    for (const { name, bornOn, hukou } of members) {
      if (hukou.relation === 'child') assert.ok(ageYears(head!.bornOn, bornOn) >= 18, `${name} is a child of ${head!.name}`)
      if (hukou.relation === 'parent') assert.ok(ageYears(bornOn, head!.bornOn) >= 18, `${name} is a parent of ${head!.name}`)
    }
    assert.equal(new Set(members.map((member) => member.name)).size, members.length)
  }
})

test('no fact is older than its person or younger than the day', () => {
  for (const p of persons) {
    for (const day of [p.hukou.since, p.home.since, p.residenceSince, p.income?.since, p.account?.since])
      if (day) assert.ok(day >= p.bornOn && day <= asOf, `${p.name}: ${day}`)
    if (p.receipt) assert.ok(ageYears(p.bornOn, addDays(p.receipt.since, 31)) >= 70 && p.receipt.since <= asOf, p.name)
  }
})

test('there is somebody for every matter: newcomers, registered or not, little income, the allowance and none', () => {
  const city = file.street.slice(0, 4)
  const newcomers = persons.filter((p) => !p.hukou.area.startsWith(city))
  const old = persons.filter((p) => ageYears(p.bornOn, asOf) >= 70 && p.hukou.area.startsWith(city))
  const counts = {
    newcomers: newcomers.length,
    unregistered: newcomers.filter((p) => !p.residenceSince).length,
    receiving: persons.filter((p) => p.receipt).length,
    missed: old.filter((p) => !p.receipt).length,
    declared: persons.filter((p) => p.income).length,
    unknown: persons.filter((p) => !p.income).length,
    poor: persons.filter((p) => p.income && p.income.monthlyFen < 120_000).length,
    elsewhere: persons.filter((p) => !p.home.area.startsWith(file.street)).length,
    'of the age for a card, without one': persons.filter((p) => ageYears(p.bornOn, asOf) >= 60 && p.hukou.householdId && !p.card)
      .length,
    'holding a card': persons.filter((p) => p.card).length,
    'with a disability': persons.filter((p) => p.disability).length,
    'severely disabled': persons.filter((p) => p.disability && p.disability.grade <= 2).length,
    'holding a permit': persons.filter((p) => p.permit && p.permit.until > asOf).length,
  }
  // Fewer, and still somebody.
  const some = {
    'a permit that ends within a month': persons.filter(
      (p) => p.permit && p.permit.until > asOf && p.permit.until <= addDays(asOf, 30),
    ).length,
    'a permit that has lapsed': persons.filter((p) => p.permit && p.permit.until <= asOf).length,
    'a sealed kind': persons.filter((p) => p.disability && p.disability.kind === null).length,
    'old and alone': persons.filter(
      (p) => ageYears(p.bornOn, asOf) >= 60 && persons.filter((q) => q.home.dwellingId === p.home.dwellingId).length === 1,
    ).length,
  }
  for (const [what, count] of Object.entries(counts)) assert.ok(count >= 10, `${what}: ${count}`)
  for (const [what, count] of Object.entries(some)) assert.ok(count >= 2, `${what}: ${count}`)
  assert.ok(newcomers.every((p) => p.hukou.householdId === null && p.receipt === null))
})

test('the story is about the people it says', () => {
  const of = (code: string) => persons.find((p) => p.id === street.characters.find((c) => c.code === code)?.personId)!
  const [chen, liang, wei, luo, ye] = ['chen-xiuying', 'liang-guoqiang', 'wei-haiyan', 'luo-zhirong', 'ye-jinrong'].map(of)
  assert.deepEqual([ageYears(chen!.bornOn, asOf), chen!.receipt, chen!.account === null], [80, null, false])
  assert.deepEqual([ageYears(liang!.bornOn, addDays(asOf, 41)), ageYears(liang!.bornOn, addDays(asOf, 42))], [69, 70])
  assert.deepEqual([wei!.hukou.area, wei!.home.since, wei!.residenceSince], ['450102', '2026-11-22', null])
  const family = persons.filter((p) => p.home.dwellingId === luo!.home.dwellingId)
  assert.deepEqual([family.length, family.filter((p) => ageYears(p.bornOn, asOf) >= 18).length], [4, 2])
  assert.equal(ye!.phone, null)
  for (const { code, name, phone, story } of street.characters) {
    assert.equal(phone === null, story === null, code)
    assert.ok(!story?.zh.includes(name), `${code}: the name stands before the story already`)
  }
})

test('an officer of two communities is fenced by their street, and dates count from the day', () => {
  const posts = street.officers.flatMap((officer) => officer.posts)
  assert.equal(posts.find((post) => post.code === 'stand-in')!.scope, '440106001')
  assert.equal(posts.find((post) => post.code === 'chashan')!.scope, '440106001002')
  assert.equal(posts.find((post) => post.code === 'former')!.validTo, '2026-11-23')
  assert.equal(new Set(posts.map((post) => post.code)).size, posts.length)
  assert.equal(street.officers.find((officer) => officer.username === 'window')!.posts.length, 2)
})

test('communities are called as the pack calls them', () => {
  for (const { area, short } of file.communities) assert.ok(areas.find((one) => one.code === area)!.name.startsWith(short), area)
})

test('officers hold every role of the pack, in its lines only', () => {
  const posts = street.officers.flatMap((officer) => officer.posts)
  const roles = (packFile('roles.yaml') as { code: string; level: string }[]).map((role) => role.code)
  const { domains } = packFile('pack.yaml') as { domains: { code: string }[] }
  assert.deepEqual([...new Set(posts.map((post) => post.role))].sort(), [...roles].sort())
  const lines = new Set(domains.map((domain) => domain.code))
  for (const post of posts)
    assert.ok(
      post.domains.every((line) => lines.has(line)),
      post.code,
    )
})

test('a file that is wrong says where', () => {
  assert.throws(() => readDemoFile(text.replace("street: '440106001'", 'street: 44'), 'demo.yaml'), /demo\.yaml\/street/)
  const broken: DemoFile = { ...file, communities: [{ area: '440106001999', short: '无名', share: 1 }] }
  assert.throws(() => makeStreet(areas, broken, { asOf }), /440106001999/)
})
