/**
 * What a search for one matter asks of everybody, as SQL over `outreach.person p`; and what it stands on, as a text that its hash begins
 * with. Pure.
 */
import type { Day } from '../../platform/time.ts'
import type { LoadedPack, Matter } from '../matters/index.ts'
import { type ParameterRow, type Rule, readsOf, rootOf, rowsOf, UNKNOWN } from '../rules/index.ts'
import { PRESUMED, SNAPSHOT_COLUMNS } from './columns.ts'
import { type Ground, literal, NotInSql, toSql } from './sql.ts'

export interface Condition {
  rule: string
  /** SQL of what is on record of her. */
  certain: string
  /** SQL of what would hold if what is presumed of her family is confirmed; null where nothing is presumed. */
  presumed: string | null
}

export interface Search {
  conditions: readonly Condition[]
  /** SQL of whom the search is confined to; null for everybody. Who is outside is on no list and in no count: nobody has judged her. */
  among: string | null
  /** SQL of fen a month; null for a matter that pays nothing, and for a sum that is no SQL. */
  amount: string | null
  /** Rules that no register answers before somebody applies. */
  asked: readonly string[]
  /** Every row of numbers that the rules may read in the area. */
  parameters: readonly ParameterRow[]
}

const CERTAIN = Object.fromEntries(Object.entries(SNAPSHOT_COLUMNS).filter(([fact]) => !PRESUMED.has(fact)))

/** Whom it fits for certain. */
const found = (text: string): string => `coalesce(${text}, false)`

/** A fact of a case, a form or a family, which is on record of nobody before she applies. */
const isAsked = (fact: string): boolean => fact !== 'on' && !Object.hasOwn(SNAPSHOT_COLUMNS, fact)

/**
 * What is judged for one person and not searched for is unknown of everybody. Where a clause has a ground that is sealed, what is unknown finds
 * nobody: a list of those for whom it is unknown would be a list of the sealed.
 */
function told(rule: Rule, ground: Ground): string {
  try {
    const text = toSql(rule, ground)
    return rule.other_ground ? found(text) : text
  } catch (error) {
    if (error instanceof NotInSql) return literal(UNKNOWN, rule.returns)
    throw error
  }
}

/** @param area that is searched */
export function searchOf(pack: LoadedPack, matter: Matter, area: string, on: Day): Search {
  const ground: Ground = { on, parameters: pack.parameters, known: {}, area, areaOf: 'p.area', columns: CERTAIN }
  const all: Ground = { ...ground, columns: SNAPSHOT_COLUMNS }
  const rules = matter.conditions.map((id) => pack.rule(id))
  const conditions = rules.map((rule): Condition => {
    const presumes = readsOf(rootOf(rule)).facts.some((fact) => PRESUMED.has(fact))
    return { rule: rule.id, certain: told(rule, ground), presumed: presumes ? told(rule, all) : null }
  })
  const among = amongOf(pack, matter)
  const amountRule = matter.amount === undefined ? null : pack.rule(matter.amount)
  const read = rulesOf(pack, matter).flatMap((rule) => readsOf(rootOf(rule)).parameters)
  const concerns = ({ jurisdiction }: ParameterRow) =>
    jurisdiction === '0' || area.startsWith(jurisdiction) || jurisdiction.startsWith(area)
  return {
    conditions,
    // What is presumed of a family is enough to look at her.
    among: among && found(told(among, all)),
    amount: amountRule && told(amountRule, all),
    asked: rules.filter((rule) => readsOf(rootOf(rule)).facts.some(isAsked)).map(({ id }) => id),
    parameters: [...new Set(read)].sort().flatMap((id) => rowsOf(pack.parameters, id).filter(concerns)),
  }
}

export interface StandsOn {
  matter: string
  area: string
  rules: readonly Pick<Rule, 'id' | 'expression'>[]
  parameters: readonly ParameterRow[]
  day: Day
  knownAt: Date
}

/** The first link of the hash. Keys in this order: a key more or less would be another search. */
export const headOf = ({ matter, area, rules, parameters, day, knownAt }: StandsOn): string =>
  JSON.stringify({
    matter,
    area,
    rules: rules.map(({ id, expression }) => [id, expression]),
    parameters: parameters.map((row) => [
      row.id,
      row.jurisdiction,
      row.value,
      row.valid_from,
      row.valid_to,
      row.recorded_at,
      row.supersedes,
    ]),
    day,
    known_at: knownAt.toISOString(),
  })

/** Conditions, then the amount, then whom the search is confined to. */
export const rulesOf = (pack: LoadedPack, matter: Matter): Rule[] => {
  const among = amongOf(pack, matter)
  return [...matter.conditions, ...(matter.amount === undefined ? [] : [matter.amount])]
    .map((rule) => pack.rule(rule))
    .concat(among ?? [])
}

export function amongOf(pack: LoadedPack, { outreach }: Matter): Rule | null {
  return outreach?.searched && outreach.among ? pack.rule(outreach.among) : null
}
