/** From what people type into the fields to what the use cases take. `undefined` is “not given”, `null` “given, but not readable”. */
import { type Day, instantAt } from '../../platform/time.ts'

type Body = Readonly<Record<string, unknown>>

const text = (value: unknown): string => (typeof value === 'string' ? halfWidth(value).trim() : '')

// Chinese keyboards leave full-width digits and signs in number fields.
const halfWidth = (value: string): string =>
  value.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/。/g, '.')

/** The three parts as typed, to give back to `DateField`. */
export const typedDay = (body: Body, name: string): { year: string; month: string; day: string } => ({
  year: text(body[`${name}.year`]),
  month: text(body[`${name}.month`]),
  day: text(body[`${name}.day`]),
})

/** A `DateField`: a day that exists, in a year of four digits. */
export function readDay(body: Body, name: string): Day | null | undefined {
  const { year, month, day } = typedDay(body, name)
  if (!year && !month && !day) return undefined
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) return null
  try {
    return Temporal.PlainDate.from({ year: +year, month: +month, day: +day }, { overflow: 'reject' }).toString()
  } catch {
    return null // the 31st of a short month, the 13th month
  }
}

/** A `MomentField`, or the same typed by hand: `2026-11-24 09:30`. */
export function readMoment(value: unknown): Date | null | undefined {
  const typed = text(value)
  if (!typed) return undefined
  const match = /^(\d{4}-\d{2}-\d{2})[T ]+([01]\d|2[0-3]):([0-5]\d)(?::\d{2})?$/.exec(typed)
  if (!match) return null
  try {
    return instantAt(match[1]!, `${match[2]}:${match[3]}`)
  } catch {
    return null
  }
}

/** A whole number, none below zero. */
export function readCount(value: unknown): number | null | undefined {
  const typed = text(value)
  if (!typed) return undefined
  return /^\d{1,9}$/.test(typed) ? Number(typed) : null
}

/** A `MoneyField` as fen: `100`, `1,200.5`, `¥100 元`. Never a float on the way. */
export function readFen(value: unknown): number | null | undefined {
  const typed = text(value)
  if (!typed) return undefined
  const match = /^[¥￥]?\s*(\d{1,3}(?:,\d{3})+|\d{1,10})(?:\.(\d{1,2}))?\s*元?$/.exec(typed)
  if (!match) return null
  return Number(match[1]?.replaceAll(',', '')) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

/** `Checkboxes`: the chosen values, also when only one or none was sent; a page gets several joined (`pages.tsx`). */
export const readMany = (value: string | undefined): string[] => (value ? value.split(',') : [])
