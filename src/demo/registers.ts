/**
 * Certificates, permits and cards of the invented street. They are drawn from a chance of their own, after everybody is there: one register more
 * does not make another street.
 */
import type { DisabilityKind } from '../core/people/index.ts'
import { addDays, addMonths, ageYears } from '../platform/day.ts'
import type { Day } from '../platform/time.ts'
import { yearsBefore } from './days.ts'
import type { DemoFile } from './demo-file.ts'
import type { DemoPerson, DemoStreet } from './demo-street.ts'
import type { Chance } from './random.ts'

const YEAR = 12

/** @param story persons of the story, whom chance gives nothing */
export function registersOf(street: DemoStreet, file: DemoFile, chance: Chance, story: number): void {
  for (const person of street.persons.slice(story)) {
    person.disability = disabilityOf(person, file, street.asOf, chance)
    person.permit = permitOf(person, file, street.asOf, chance)
    person.card = cardOf(person, file, street.asOf, chance)
  }
}

function disabilityOf(person: DemoPerson, { disability }: DemoFile, asOf: Day, chance: Chance): DemoPerson['disability'] {
  const held = chance.percent(disability.share)
  const sealed = chance.percent(disability.sealed)
  const kind = chance.weighted(Object.entries(disability.kinds)) as DisabilityKind
  const grade = Number(chance.weighted(Object.entries(disability.grades)))
  const since = addDays(asOf, -chance.int(60, 3000))
  // Of the register of this city: who belongs elsewhere has it there.
  if (!held || person.hukou.householdId === null || since < person.bornOn) return null
  return { kind: sealed ? null : kind, grade, since }
}

function permitOf(person: DemoPerson, { permits }: DemoFile, asOf: Day, chance: Chance): DemoPerson['permit'] {
  const held = chance.percent(permits.share)
  const lapsed = chance.percent(permits.lapsed)
  const since = person.residenceSince && addDays(addMonths(person.residenceSince, permits.after_months), chance.int(0, 20))
  if (!held || !since || since > asOf) return null
  let until = addMonths(since, YEAR)
  while (until <= asOf) until = addMonths(until, YEAR)
  const before = addMonths(until, -YEAR)
  return { since, until: lapsed && before > since ? before : until }
}

function cardOf(person: DemoPerson, { senior_cards: cards }: DemoFile, asOf: Day, chance: Chance): DemoPerson['card'] {
  const held = chance.percent(cards.share)
  const late = chance.int(0, 400)
  if (!held || person.hukou.householdId === null || ageYears(person.bornOn, asOf) < cards.from) return null
  const since = addDays(yearsBefore(person.bornOn, -cards.from), late)
  return since <= asOf ? { matterCode: cards.matter, since } : null
}
