/**
 * Two versions of a matter or of one rule, over everybody in the snapshot: one statement that says of each place how many people
 * each version fits and for how many the answer is another one. It tells numbers and names nobody.
 */
import type { Judged, Parameters } from '../rules/index.ts'
import { cheapestFirst } from './order.ts'
import { type Ground, NotInSql, toSql } from './sql.ts'
import { type Withheld, withhold } from './withheld.ts'

/** What is judged: all conditions together, and what it comes to. */
export interface Version {
  conditions: readonly Judged[]
  amount: Judged | null
  parameters: Parameters
}

/**
 * What becomes of a person. `possible`: unknown where it was no; `unsure`: unknown, she or her amount, where it was known. Who fits,
 * or may fit, before and after is `more` or `less` where the amount is another one.
 */
export const COURSES = ['gained', 'possible', 'lost', 'unsure', 'more', 'less', 'same'] as const
export type Course = (typeof COURSES)[number]
export const LISTS = ['fits', 'possible', 'unfit'] as const

/** People of one place whose answers are alike. `amount`: -1, 0 or 1 as it goes, 2 where it is no longer known. */
export interface Alike {
  part: string
  was: boolean | null
  now: boolean | null
  amount: number
  persons: number
}

export interface Comparison {
  /** Area codes, in order. */
  parts: readonly string[]
  /** One row a part, one column a course, in the order of `COURSES`: for whoever asks once and reads the database anyway. */
  changes: Withheld
  tens: InTens
  /** Rules that cannot be asked of everybody at once: unknown of each person here. */
  unasked: readonly string[]
}

/**
 * For whoever may ask again with another rule: a number that is one more or one less than that of the rule before would be a person.
 * To the nearest ten, and null below ten; none is null, too, because a rule that fits one person alone would tell that she is there.
 * No sums: those of the people differ from those of what is shown by what is not.
 */
export interface InTens {
  /** One row a part, one column a course, in the order of `COURSES`. */
  changes: readonly (readonly (number | null)[])[]
  /** Whom the new version fits, in the order of `LISTS`. */
  found: readonly (readonly (number | null)[])[]
}

/** Digits of an area's code, from the city down. */
export const LEVELS = [4, 6, 9, 12] as const

/** Longer statements are refused: the longest of the house is under 3,000 characters. */
export const MOST_SQL = 400_000

export type Versions = Readonly<Record<'was' | 'now', Version>>

/** @param partLength digits of the places that are told apart */
export function comparisonSql(
  { was, now }: Versions,
  ground: Omit<Ground, 'parameters'>,
  partLength: number,
): { text: string; unasked: string[] } {
  const unasked = new Set<string>()
  const sqlOf = (rule: Judged, parameters: Parameters): string => {
    try {
      return toSql(rule, { ...ground, parameters })
    } catch (error) {
      if (!(error instanceof NotInSql)) throw error
      unasked.add(rule.id)
      return rule.returns === 'bool' ? 'null::boolean' : 'null::bigint'
    }
  }
  const all = ({ conditions, parameters }: Version) =>
    cheapestFirst(conditions)
      .map((rule) => `(${sqlOf(rule, parameters)})`)
      .join(' and ') || 'true'
  const sum = ({ amount, parameters }: Version) => (amount ? `(${sqlOf(amount, parameters)})` : 'null::bigint')
  const [before, after] = [sum(was), sum(now)]
  const amount =
    before === after
      ? '0'
      : `case when ${after} is null then case when ${before} is null then 0 else 2 end when ${before} is null then 0
          else sign((${after} - ${before})::numeric)::int end`
  // Whoever has a safety flag is in no count of a place, and so in none of the places above it: the difference would be she.
  const text = `select left(p.area, ${partLength}) as part, ${all(was)} as was, ${all(now)} as now, ${amount} as amount, count(*)::int as persons
    from outreach.person p where p.area >= '${ground.area}' and p.area < '${ground.area}~' and not p.hidden group by 1, 2, 3, 4`
  return { text, unasked: [...unasked].sort() }
}

export function courseOf({ was, now, amount }: Omit<Alike, 'part' | 'persons'>): Course {
  if (was !== now) {
    if (now === true) return 'gained'
    if (now === false) return 'lost'
    return was ? 'unsure' : 'possible'
  }
  if (now === false || amount === 0) return 'same'
  return amount === 2 ? 'unsure' : amount > 0 ? 'more' : 'less'
}

const listOf = (now: boolean | null): (typeof LISTS)[number] => (now === null ? 'possible' : now ? 'fits' : 'unfit')

export function tally(alike: readonly Alike[], unasked: readonly string[]): Comparison {
  const parts = [...new Set(alike.map(({ part }) => part))].sort()
  const sums = <C extends string>(columns: readonly C[], columnOf: (row: Alike) => C) =>
    parts.map((part) =>
      columns.map((column) =>
        alike.reduce((sum, row) => sum + (row.part === part && columnOf(row) === column ? row.persons : 0), 0),
      ),
    )
  const changes = sums(COURSES, courseOf)
  const found = sums(LISTS, ({ now }) => listOf(now))
  return { parts, changes: withhold(changes), tens: { changes: changes.map(toTens), found: found.map(toTens) }, unasked }
}

const toTens = (row: readonly number[]): (number | null)[] =>
  row.map((count) => (count < 10 ? null : Math.round(count / 10) * 10))
