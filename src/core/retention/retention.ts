/** Retention classes (保管期限) as the pack writes them, and what is due on a day. Pure. */
import Type from 'typebox'
import { addDays, addMonths, daysBetween } from '../../platform/day.ts'
import { type Day, startOf } from '../../platform/time.ts'
import { Basis, Text } from '../matters/matter.ts'
import { type End, endedStatuses, ends, type KindName, kindNames, kindOf } from './kinds.ts'

const closed = { additionalProperties: false }
const Code = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' })

/** An entry of `packs/<place>/retention.yaml`. */
export const RetentionClass = Type.Object(
  {
    code: Code,
    name: Text,
    kind: Type.Enum([...kindNames] as [KindName, ...KindName[]]),
    /** Of cases: by how they ended. */
    statuses: Type.Optional(Type.Array(Type.Enum([...endedStatuses]), { minItems: 1 })),
    /** Of cases: only of these matters; absent for all. */
    matters: Type.Optional(Type.Array(Code, { minItems: 1 })),
    /** From what the time runs; the kind knows it, and the reader of the file should. */
    from: Type.String({ minLength: 1 }),
    period: Type.Object(
      { value: Type.Integer({ minimum: 1, maximum: 1200 }), unit: Type.Enum(['day', 'month', 'year']) },
      closed,
    ),
    ends: Type.Enum([...ends] as [End, ...End[]]),
    /** Most that one day lets go: a clock that is wrong must not empty a house in a night. */
    most_a_day: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    basis: Basis,
    valid_from: Type.String({ format: 'date' }),
    verified: Type.Boolean(),
    source: Type.String({ minLength: 1 }),
  },
  closed,
)
export type RetentionClass = Type.Static<typeof RetentionClass>

/** Things that lie still since before this instant are due on `today`. */
export function dueBefore({ period }: Pick<RetentionClass, 'period'>, today: Day): Date {
  const { value, unit } = period
  return startOf(unit === 'day' ? addDays(today, -value) : addMonths(today, -value * (unit === 'year' ? 12 : 1)))
}

/** The classes that hold on a day. */
export const inForce = (classes: readonly RetentionClass[], today: Day): RetentionClass[] =>
  classes.filter((one) => one.valid_from <= today)

/** A fault of one class, or of the list as a whole. `at` is its index; the code is a key under `retention.fault`. */
export interface ClassFault {
  at: number | null
  code: string
  params: Record<string, string | number>
}

/** `years` absent: such papers are kept for ever. */
export interface PaperYears {
  years?: number
}

/** No log is let go before: the law's floor, which SQL holds as well. */
const LEAST_LOG_MONTHS = 6

const monthsOf = ({ period: { value, unit } }: RetentionClass): number =>
  unit === 'year' ? value * 12 : unit === 'month' ? value : value / 31

/** What must hold between the classes, the kinds of this house and the papers of the place. */
export function findClassFaults(classes: readonly RetentionClass[], papers: readonly PaperYears[]): ClassFault[] {
  const faults: ClassFault[] = []
  const say = (at: number | null, code: string, params: ClassFault['params'] = {}) => faults.push({ at, code, params })
  const seen = new Map<string, string>()
  classes.forEach((one, at) => {
    const kind = kindOf(one.kind)
    if (classes.findIndex((other) => other.code === one.code) !== at) say(at, 'code_twice', { code: one.code })
    if (one.from !== kind.from) say(at, 'from_another', { kind: one.kind, from: kind.from })
    if (!kind.ends.includes(one.ends)) say(at, 'end_not_possible', { kind: one.kind, ends: kind.ends.join(', ') })
    if ((one.kind === 'case') !== (one.statuses !== undefined)) say(at, 'statuses', { kind: one.kind })
    if (one.kind !== 'case' && one.matters) say(at, 'matters', { kind: one.kind })
    // Two classes that end the same thing alike would let the day's order decide.
    for (const status of one.statuses ?? [''])
      for (const matter of one.matters ?? ['']) {
        const key = `${one.kind} ${one.ends} ${status} ${matter}`
        const first = seen.get(key)
        if (first) say(at, 'covered_twice', { first, code: one.code })
        else seen.set(key, one.code)
      }
    if (kind.log && monthsOf(one) < LEAST_LOG_MONTHS) say(at, 'log_too_short', { months: LEAST_LOG_MONTHS })
    if (one.ends === 'strip') {
      const least = leastYears(one, papers)
      if (least === null || monthsOf(one) < least * 12) say(at, 'before_its_papers', { years: least ?? '∞' })
    }
  })
  for (const kind of kindNames) if (!classes.some((one) => one.kind === kind)) say(null, 'kind_missing', { kind })
  for (const status of endedStatuses)
    if (!classes.some((one) => one.kind === 'case' && one.statuses?.includes(status) && !one.matters))
      say(null, 'status_missing', { status })
  return faults
}

/** Papers go with their case: a withdrawn one has those of the shortest class, any other may have all. Null: never. */
function leastYears({ statuses = [] }: RetentionClass, papers: readonly PaperYears[]): number | null {
  const years = papers.map((paper) => paper.years ?? null)
  if (statuses.every((status) => status === 'withdrawn')) return Math.min(...years.filter((year) => year !== null))
  return years.includes(null) ? null : Math.max(...(years as number[]), 0)
}

/** A week without a run is a holiday or a repair; more, or less than none, is a clock that somebody must look at first. */
export const MOST_DAYS_BETWEEN = 7

/** May a run begin on `today`? `since` is the last day that is known to be right: a run's, or that of the confirmation. */
export const isClockBelievable = (since: Day, today: Day): boolean => {
  const days = daysBetween(since, today)
  return days >= 0 && days <= MOST_DAYS_BETWEEN
}
