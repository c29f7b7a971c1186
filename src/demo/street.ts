/**
 * Makes the invented street. The same file, areas, day and seed give the same street to the last digit.
 */
import { addDays, ageYears } from '../platform/day.ts'
import { type Day, startOf } from '../platform/time.ts'
import { castOf } from './cast.ts'
import { latest, yearsBefore } from './days.ts'
import type { DemoFile, HouseholdKind } from './demo-file.ts'
import type { DemoPerson, DemoStreet } from './demo-street.ts'
import { type Drawn, drawHousehold, round } from './household.ts'
import { identityOf, type Making, NO_REGISTER, newDwelling, newHousehold } from './making.ts'
import { numbersOf } from './numbers.ts'
import { chanceOf, idOf } from './random.ts'
import { registersOf } from './registers.ts'
import { organisationsOf, staffOf } from './staff.ts'

/** What is needed of an area; `core/areas` has more. */
export interface DemoArea {
  code: string
  name: string
}

export interface StreetOptions {
  asOf: Day
  /** Another one makes another street. */
  seed?: number
  /** About so many persons; that of the file by default. The people of the story come on top. */
  residents?: number
}
const ADULT = 18

export function makeStreet(areas: readonly DemoArea[], file: DemoFile, options: StreetOptions): DemoStreet {
  const { asOf, seed = Number(file.street), residents = file.residents } = options
  checkAreas(areas, file)
  const chance = chanceOf(seed)
  const phones = file.cast.flatMap((family) => family.members.flatMap((member) => member.phone ?? []))
  const making: Making = {
    file,
    asOf,
    chance,
    numbers: numbersOf(file, chance, phones),
    newId: () => idOf(chance, startOf(asOf)),
    street: {
      asOf,
      street: file.street,
      households: [],
      dwellings: [],
      persons: [],
      characters: [],
      organisations: [],
      officers: [],
    },
    addresses: new Set(),
    collective: new Map(),
  }
  castOf(making)
  organisationsOf(making, false)
  staffOf(making, false)
  const kinds = file.households.map((kind) => [kind, kind.share] as const)
  const communities = file.communities.map((community) => [community.area, community.share] as const)
  const story = making.street.persons.length
  while (making.street.persons.length - story < residents) settle(making, chance.weighted(kinds), chance.weighted(communities))
  organisationsOf(making, true)
  staffOf(making, true)
  registersOf(making.street, file, chanceOf(seed + 1), story)
  return making.street
}

function settle(making: Making, kind: HouseholdKind, area: string): void {
  const { file, asOf, chance } = making
  const dwellingId = newDwelling(making, area)
  const elsewhere = kind.hukou === 'elsewhere'
  // Who comes from elsewhere has not been here for long, some only for days.
  const movedIn = addDays(asOf, -(elsewhere ? chance.int(1, 4 * 365) : chance.int(30, 25 * 365)))
  const registered = addDays(movedIn, -chance.int(0, 10 * 365))
  const hukouArea = elsewhere ? chance.pick(file.elsewhere) : area
  const householdId = elsewhere ? null : kind.hukou === 'collective' ? collectiveOf(making, area) : newHousehold(making, area)

  for (const drawn of drawHousehold(kind, file.names, asOf, chance)) {
    const home = latest(drawn.bornOn, movedIn)
    const registeredOn = addDays(home, chance.int(2, 40))
    making.street.persons.push({
      ...identityOf(making, drawn),
      hukou: { area: hukouArea, householdId, relation: drawn.relation, since: latest(drawn.bornOn, registered) },
      home: { dwellingId, area, since: home },
      residenceSince: elsewhere && registeredOn <= asOf && chance.percent(file.residence_registered) ? registeredOn : null,
      ...moneyOf(making, drawn, !elsewhere),
      ...NO_REGISTER,
    })
  }
}

function collectiveOf(making: Making, area: string): string {
  const known = making.collective.get(area)
  if (known) return known
  const made = newHousehold(making, area)
  making.collective.set(area, made)
  return made
}

function moneyOf(making: Making, drawn: Drawn, local: boolean): Pick<DemoPerson, 'income' | 'receipt' | 'account'> {
  const { file, asOf, chance, numbers } = making
  const age = ageYears(drawn.bornOn, asOf)
  const pensioner = age >= file.income.pension_age
  const adult = age >= ADULT
  const range = (pensioner ? file.income.pension : file.income.working) as [number, number]
  const declares = adult && drawn.relation !== 'collective' && chance.percent(file.income.declared)
  const monthlyFen = drawn.income ?? (declares ? round(chance.int(...range)) : null)
  const has = adult && chance.percent(pensioner ? file.accounts.pensioners : file.accounts.adults)
  const tier = local && chance.percent(file.receipts.share) ? file.receipts.tiers.findLast((one) => one.age <= age) : undefined
  return {
    income: monthlyFen === null ? null : { monthlyFen, since: addDays(asOf, -chance.int(20, 300)) },
    receipt: tier
      ? { matterCode: file.receipts.matter, amountFen: tier.fen, since: monthOfBirthday(drawn.bornOn, tier.age) }
      : null,
    account: has ? { number: numbers.account(), bank: file.bank, since: addDays(asOf, -chance.int(100, 1500)) } : null,
  }
}

/** The first day of the month in which somebody reaches an age. */
const monthOfBirthday = (bornOn: Day, age: number): Day => `${yearsBefore(bornOn, -age).slice(0, 7)}-01`

function checkAreas(areas: readonly DemoArea[], file: DemoFile): void {
  const known = new Set(areas.map((area) => area.code))
  const wanted = [
    file.street,
    ...file.communities.map((one) => one.area),
    ...file.cast.map((family) => family.community),
    ...file.organisations.map((one) => one.area),
    ...file.officers.flatMap((officer) => officer.posts.flatMap((post) => post.areas)),
  ]
  const missing = [...new Set(wanted.filter((code) => !known.has(code)))]
  if (missing.length > 0)
    throw new Error(`demo.yaml names areas that areas.csv of the pack has not: ${missing.join(', ')}. Correct one of the two.`)
}
