/**
 * The holidays that 全国年节及纪念日放假办法 (2024 revision) art. 2 gives to everybody, by date, before any yearly notice.
 * The lunar ones are taken only when two calendars that were made apart agree. `Intl` is no third witness: for 2027 its
 * ICU puts the new moon of 23:56 on 6 February after midnight, and the Spring Festival a day late.
 */
import { createRequire } from 'node:module'
import type { Day } from '../src/platform/time.ts'

interface Astronomy {
  getSolarDateFromLunar(lunar: string): { date: string }
  getSolarTermDate(year: number, month: number, term: string): string
}
const { getSolarDateFromLunar, getSolarTermDate }: Astronomy = createRequire(import.meta.url)('chinese-days')

/** Day of a lunar month that is no leap month, or undefined where the calendars differ. */
function lunar(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  const two = (n: number) => String(n).padStart(2, '0')
  const one = Temporal.PlainDate.from({ calendar: 'chinese', year, monthCode: `M${two(month)}`, day }).withCalendar('iso8601')
  return one.toString() === getSolarDateFromLunar(`${year}-${two(month)}-${two(day)}`).date ? one : undefined
}

/**
 * In order of date, each once, weekends included. Which working day makes up for a holiday on a weekend is said by the
 * notice alone, so it is not here.
 */
export function lawfulHolidays(year: number): { day: Day; name: string }[] {
  const found = new Map<Day, string>()
  const add = (name: string, first: Temporal.PlainDate | undefined, days = 1) => {
    for (let n = 0; first && n < days; n += 1) {
      const day = first.add({ days: n }).toString()
      found.set(day, found.has(day) ? `${found.get(day)}、${name}` : name)
    }
  }
  const on = (month: number, day: number) => Temporal.PlainDate.from({ year, month, day })
  add('元旦', on(1, 1))
  // From New Year's Eve, which is the last day of the lunar year, be that month long or short.
  add('春节', lunar(year, 1, 1)?.subtract({ days: 1 }), 4)
  add('清明', Temporal.PlainDate.from(getSolarTermDate(year, 4, 'pure_brightness')))
  add('劳动节', on(5, 1), 2)
  add('端午', lunar(year, 5, 5))
  add('中秋', lunar(year, 8, 15))
  add('国庆节', on(10, 1), 3)
  return [...found].map(([day, name]) => ({ day, name })).sort((a, b) => (a.day < b.day ? -1 : 1))
}
