/**
 * Writes packs/guangzhou/calendar.csv: the days that differ from Monday to Friday, as the State Council's yearly notices
 * say, taken from the npm package chinese-days and checked against its own lists. Only days up to the horizon in
 * packs/guangzhou/calendar.yaml are covered: past its data the package says "working day" to 1 January, silently.
 * For two years more the holidays that the law itself names are written, each with its clause.
 *
 *   node scripts/make-calendar.ts
 *
 * When the notice for another year is out: raise chinese-days, add the notice's number here, read the notice against
 * the new rows, move the horizon, run the script.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { calendarColumns, readCalendarDays, readCalendarTerms } from '../src/core/clocks/read-calendar.ts'
import { csvLine } from '../src/platform/csv.ts'
import { dayOfNumber, isWeekday, numberOf } from '../src/platform/day.ts'
import type { Day } from '../src/platform/time.ts'
import { lawfulHolidays } from './lawful-holidays.ts'

const firstDay: Day = '2020-01-01'
/** The notices (国务院办公厅关于某年部分节假日安排的通知) by the year they arrange. */
const notices: Record<string, string> = {
  2020: '国办发明电〔2019〕16号',
  2021: '国办发明电〔2020〕27号',
  2022: '国办发明电〔2021〕11号',
  2023: '国办发明电〔2022〕16号',
  2024: '国办发明电〔2023〕7号',
  2025: '国办发明电〔2024〕12号',
  2026: '国办发明电〔2025〕7号',
}
/** Notices that changed a single stretch afterwards. */
const changes = [{ from: '2020-01-31', to: '2020-02-02', notice: '国办发明电〔2020〕1号' }]
/** Read in the notices by a person; they catch a package that is wrong, or reads another year's list. */
const samples: Record<Day, 'off' | 'work'> = {
  '2025-10-11': 'work',
  '2026-01-04': 'work',
  '2026-02-14': 'work',
  '2026-02-16': 'off',
  '2026-02-28': 'work',
  '2026-10-07': 'off',
  '2026-10-10': 'work',
}

/** Years past the last notice for which the law's own holidays are written. */
const LAW_AHEAD = 2
/** bases.yaml has the same text under this code. */
const law = { document: 'jieri-banfa', number: '国务院令第795号', clause: '二' }

const folder = new URL('../packs/guangzhou/', import.meta.url)
const stop = (message: string): never => {
  console.error(message)
  process.exit(1)
}

interface Package {
  holidays: Record<Day, string>
  workdays: Record<Day, string>
}
const require = createRequire(import.meta.url)
const { holidays, workdays }: Package = require('chinese-days/dist/chinese-days.json')
const version: string = require('chinese-days/package.json').version
const { horizon } = readCalendarTerms(readFileSync(new URL('calendar.yaml', folder), 'utf8'), 'calendar.yaml')

const lastYear = Object.keys(holidays).sort().at(-1)!.slice(0, 4)
if (horizon !== `${lastYear}-12-31`) {
  stop(
    `chinese-days ${version} knows the days until the end of ${lastYear}; calendar.yaml says horizon ${horizon}. Make them agree.`,
  )
}

const rows: string[][] = []
for (let number = numberOf(firstDay); number <= numberOf(horizon); number += 1) {
  const day = dayOfNumber(number)
  const off = holidays[day]
  const work = workdays[day]
  if (off && work) stop(`chinese-days ${version} lists ${day} both as a holiday and as a working day`)
  const differs = isWeekday(day) ? off : work
  if (work && isWeekday(day)) stop(`chinese-days ${version} lists ${day}, a weekday, as an extra working day`)
  if (!differs) continue
  // "Spring Festival,春节,4": the holiday that the day belongs to, in both languages, and its number of days.
  const name = differs.split(',')[1] ?? stop(`chinese-days ${version} gives ${day} no Chinese name`)
  const change = changes.find(({ from, to }) => from <= day && day <= to)
  // A notice may reach into the December before its year (2018-12-29 was worked for 2019); none did since 2020.
  if (day.slice(5, 7) === '12')
    stop(`${day} differs from Monday to Friday in December: say in this script which notice orders it`)
  const notice = change?.notice ?? notices[day.slice(0, 4)] ?? stop(`No notice is known for ${day.slice(0, 4)}; add its number`)
  rows.push([day, isWeekday(day) ? 'off' : 'work', name, notice, '', '', 'false'])
}
for (const [day, kind] of Object.entries(samples)) {
  if (!rows.some(([date, found]) => date === day && found === kind))
    stop(`${day} should be ${kind}, and is not: read the notice again`)
}

for (let year = Number(lastYear) + 1; year <= Number(lastYear) + LAW_AHEAD; year += 1) {
  for (const { day, name } of lawfulHolidays(year))
    if (isWeekday(day)) rows.push([day, 'off', name, law.number, law.document, law.clause, 'false'])
}

const text = [calendarColumns, ...rows].map(csvLine).join('')
readCalendarDays(text, 'calendar.csv')
writeFileSync(new URL('calendar.csv', folder), text)
console.log(`packs/guangzhou/calendar.csv: ${rows.length} days from ${firstDay}, notices to ${horizon}, chinese-days ${version}`)
