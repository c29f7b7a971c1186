/**
 * What a benefit comes to month by month: from the month in which it begins (that of a birthday), to the last one before it stops, beside what the
 * register says is paid. Pure. It proposes; nobody's money is asked back by it.
 */
import { addDays, addMonths } from '../../platform/day.ts'
import type { Day } from '../../platform/time.ts'
import type { LoadedPack, Matter } from '../matters/index.ts'
import { evaluate } from '../rules/index.ts'

/** `YYYY-MM`. */
export type Month = string

export interface MonthLine {
  month: Month
  /** What the rule gives; null is unknown. */
  dueFen: number | null
  /** What the register says is paid; 0 in months that have not come. */
  paidFen: number
  /** It has come: counted in the sums. */
  come: boolean
}
export interface YearLine {
  year: number
  fen: number
}
export interface Months {
  lines: MonthLine[]
  /** Paid once a year beside the months. */
  years: YearLine[]
  /** Months since it could have begun and before she applied: whether they are paid is a number that nobody confirmed. */
  before: { from: Month; to: Month } | null
  /** The first month without it, where it has ended. */
  stopsFrom: Month | null
  /** Paid beyond what was due, in months that have come. */
  overFen: number
  /** Due and not paid. */
  underFen: number
}

export interface Paid {
  since: Day
  /** The first day on which it is no longer paid. */
  until: Day | null
  amountFen: number | null
}
export interface PaidPerson {
  bornOn: Day
  area: string
  appliedOn: Day
  /** Her death, or the first day of a hukou elsewhere. */
  endedOn: Day | null
  paid: readonly Paid[]
}

const monthOf = (day: Day): Month => day.slice(0, 7)
const firstOf = (month: Month): Day => `${month}-01`
const lastOf = (month: Month): Day => addDays(addMonths(firstOf(month), 1), -1)
const after = (month: Month, n = 1): Month => monthOf(addMonths(firstOf(month), n))

/** Months that are shown ahead, so that she sees what comes next. */
const AHEAD = 2
/** Nobody is paid for longer than a life. */
const MOST = 12 * 130

/** @returns null for a matter that is not paid by the month of a birthday, and for who does not reach it */
export function monthsOf(pack: LoadedPack, matter: Matter, who: PaidPerson, today: Day): Months | null {
  const { payment } = matter
  if (!payment || !matter.amount) return null
  const amount = pack.rule(matter.amount)
  const begins = pack.rule(payment.begins)
  const yearly = payment.yearly === undefined ? null : pack.rule(payment.yearly)
  const on = (day: Day) => ({ on: day, area: who.area, person: { born_on: who.bornOn } })
  const has = (month: Month) => evaluate(begins, on(lastOf(month)), pack.parameters) === true

  const now = monthOf(today)
  const applied = monthOf(who.appliedOn)
  let first = monthOf(who.bornOn)
  // The month of a birthday is the first at whose end the rule holds; after a birth on 29 February that may be March.
  for (let n = 0; n < MOST && !has(first); n += 12) first = after(first, 12)
  while (has(after(first, -1))) first = after(first, -1)
  if (!has(first)) return null

  const start = [first, applied].sort()[1]!
  const stopsFrom = who.endedOn && after(monthOf(who.endedOn))
  const lines: MonthLine[] = []
  for (let month = start; month <= after(now, AHEAD); month = after(month)) {
    const due = stopsFrom && month >= stopsFrom ? 0 : evaluate(amount, on(lastOf(month)), pack.parameters)
    lines.push({
      month,
      dueFen: typeof due === 'number' ? due : null,
      paidFen: month <= now ? paidIn(month, who.paid, today) : 0,
      come: month <= now,
    })
  }
  const come = lines.filter((line) => line.come && line.dueFen !== null)
  const sum = (more: (line: MonthLine) => number) => come.reduce((total, line) => total + Math.max(0, more(line)), 0)
  return {
    lines,
    years: yearly ? yearsOf(lines, stopsFrom, (day) => evaluate(yearly, on(day), pack.parameters)) : [],
    before: first < start ? { from: first, to: after(start, -1) } : null,
    stopsFrom,
    overFen: sum((line) => line.paidFen - line.dueFen!),
    underFen: sum((line) => line.dueFen! - line.paidFen),
  }
}

/** A month is paid when it is paid on its last day, or today within it. */
function paidIn(month: Month, paid: readonly Paid[], today: Day): number {
  const last = lastOf(month)
  const day = last < today ? last : today
  return paid.find(({ since, until }) => since <= day && (until === null || until > day))?.amountFen ?? 0
}

function yearsOf(lines: readonly MonthLine[], stopsFrom: Month | null, at: (day: Day) => unknown): YearLine[] {
  const due = lines.filter((line) => stopsFrom === null || line.month < stopsFrom)
  return [...Map.groupBy(due, (line) => Number(line.month.slice(0, 4)))].flatMap(([year, of]) => {
    const last = of.at(-1)!.month
    const fen = at(lastOf(after(last) === stopsFrom ? last : `${year}-12`))
    return typeof fen === 'number' && fen > 0 ? [{ year, fen }] : []
  })
}
