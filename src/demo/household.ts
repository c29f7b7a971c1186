/**
 * One household by chance: who is in it, how old, and under which name.
 */
import type { Relation, Sex } from '../core/people/index.ts'
import { addDays } from '../platform/day.ts'
import type { Day } from '../platform/time.ts'
import { bornFor, yearsBefore } from './days.ts'
import type { DemoFile, HouseholdKind, Member } from './demo-file.ts'
import type { Chance } from './random.ts'

export interface Drawn {
  name: string
  sex: Sex
  bornOn: Day
  relation: Relation
  /** Set where the kind of household says what is earned. */
  income: number | null
}

export function drawHousehold(kind: HouseholdKind, names: DemoFile['names'], asOf: Day, chance: Chance): Drawn[] {
  const surnames = Object.entries(names.surnames)
  const drawn: Drawn[] = []
  let headSurname = ''
  for (const member of kind.members) {
    if (member.chance !== undefined && !chance.percent(member.chance)) continue
    const head = drawn[0]
    const sex = sexOf(member, head, chance)
    const bornOn = bornOf(member, head, asOf, chance)
    const surname = member.surname === 'head' && headSurname ? headSurname : chance.weighted(surnames)
    headSurname ||= surname
    const name = freeName(surname, givenNames(names, bornOn, sex), names.never, drawn, chance)
    const income = member.income ? round(chance.int(...(member.income as [number, number]))) : null
    drawn.push({ name, sex, bornOn, relation: member.relation, income })
  }
  return drawn
}

/** Whole ten yuan: people declare no odd fen. */
export const round = (fen: number): number => Math.round(fen / 1000) * 1000

function sexOf(member: Member, head: Drawn | undefined, chance: Chance): Sex {
  if (member.sex === 'any') return chance.percent(50) ? 'male' : 'female'
  if (member.sex === 'other') return head?.sex === 'male' ? 'female' : 'male'
  return member.sex
}

function bornOf(member: Member, head: Drawn | undefined, asOf: Day, chance: Chance): Day {
  if (member.turns !== undefined) {
    const [soonest, last] = member.within_days ?? [1, 364]
    return bornFor(asOf, member.turns, chance.int(soonest!, last!))
  }
  if (member.from_head) {
    if (!head) throw new Error('demo.yaml: the first member of a household needs an age of its own, not one from its head')
    const born = addDays(yearsBefore(head.bornOn, chance.int(...(member.from_head as [number, number]))), chance.int(-180, 180))
    // A child who would still be unborn came this year.
    return born > asOf ? addDays(asOf, -chance.int(1, 360)) : born
  }
  if (!member.age) throw new Error('demo.yaml: a member of a household needs one of age, from_head and turns')
  return addDays(yearsBefore(asOf, chance.int(...(member.age as [number, number]))), -chance.int(0, 364))
}

function givenNames(names: DemoFile['names'], bornOn: Day, sex: Sex): string[] {
  const year = Number(bornOn.slice(0, 4))
  const era = names.given.findLast((one) => one.from <= year)
  if (!era) throw new Error(`demo.yaml: names.given has nothing for ${year}`)
  return era[sex]
}

/** Two of one family never have the same given name. */
function freeName(
  surname: string,
  given: readonly string[],
  never: readonly string[],
  drawn: readonly Drawn[],
  chance: Chance,
): string {
  const allowed = given.filter((one) => !never.includes(surname + one))
  const free = allowed.filter((one) => !drawn.some((other) => other.name.endsWith(one)))
  if (free.length === 0) throw new Error(`demo.yaml: there are too few given names for ${surname}; add some`)
  return surname + chance.pick(free)
}
