/**
 * Reads a pack's calendar.csv (the days) and calendar.yaml (the horizon and the office hours). Every error is a
 * `FileError` that names file and line and says what to write.
 */
import { LineCounter, type Node, parseDocument } from 'yaml'
import { CsvError, FileError, readTable } from '../../platform/csv.ts'
import { isDay, isWeekday } from '../../platform/day.ts'
import type { Day } from '../../platform/time.ts'
import type { Calendar, OfficeHours, Session } from './calendar.ts'

export const calendarColumns = ['date', 'kind', 'name', 'source_notice', 'basis_document', 'basis_clause', 'verified'] as const

export interface CalendarDay {
  date: Day
  /** `off`: a Monday to Friday that is not worked; `work`: a Saturday or Sunday that is. */
  kind: 'off' | 'work'
  name: string
  sourceNotice: string
  /** The law that makes the day a holiday before a notice says so: document of bases.yaml and clause. Only past the horizon. */
  basis?: { document: string; clause: string }
  /** Read in the official text by two readers. */
  verified: boolean
}

/** What calendar.yaml says. */
export interface CalendarTerms {
  horizon: Day
  source: string
  officeHours: readonly OfficeHours[]
}

/** In order of date. */
export function readCalendarDays(text: string, file: string): CalendarDay[] {
  const found: CalendarDay[] = []
  for (const { line, row } of readTable(text, file, calendarColumns)) {
    const refuse = (reason: string): never => {
      throw new CsvError(file, line, reason)
    }
    const { date, kind, name } = row
    if (!isDay(date)) refuse(`date "${date}" is no date; write YYYY-MM-DD`)
    if (kind !== 'off' && kind !== 'work') return refuse(`kind "${kind}" is unknown; write off or work`)
    if (kind === 'off' && !isWeekday(date)) refuse(`${date} is a Saturday or Sunday and off as it is; delete the line`)
    if (kind === 'work' && isWeekday(date)) refuse(`${date} is a Monday to Friday and worked as it is; delete the line`)
    if (name === '') refuse('name is empty; name the holiday that the day belongs to')
    if (row.source_notice === '') refuse('source_notice is empty; give the number of the notice, or of the law')
    const { basis_document: document, basis_clause: clause, verified } = row
    if ((document === '') !== (clause === '')) refuse('a basis is a document and its clause; write both, or neither')
    if (document !== '' && kind === 'work') refuse('the law orders no extra working day; only a notice does')
    if (verified !== 'true' && verified !== 'false') refuse(`verified is "${verified}"; write true or false`)
    const last = found.at(-1)
    if (last && date <= last.date) refuse(`${date} does not come after ${last.date}; keep the dates in order, each once`)
    const basis = document === '' ? {} : { basis: { document, clause } }
    found.push({ date, kind, name, sourceNotice: row.source_notice, ...basis, verified: verified === 'true' })
  }
  return found
}

export function readCalendarTerms(text: string, file: string): CalendarTerms {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const refuse = (reason: string, ...path: (string | number)[]): never => {
    throw new FileError(file, lineOf(...path), reason)
  }
  const lineOf = (...path: (string | number)[]): number => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = (length ? document.getIn(path.slice(0, length), true) : document.contents) as Node | null | undefined
      if (node?.range) return Math.max(1, lines.linePos(node.range[0]).line)
    }
    return 1
  }
  const broken = document.errors[0]
  if (broken) throw new FileError(file, Math.max(1, lines.linePos(broken.pos[0]).line), broken.message)

  const { horizon, source, office_hours: entries, ...others } = (document.toJS() ?? {}) as Record<string, unknown>
  const unknown = Object.keys(others)[0]
  if (unknown) refuse(`"${unknown}" is unknown; write horizon, source and office_hours`, unknown)
  if (typeof horizon !== 'string' || !isDay(horizon))
    return refuse('horizon must be the last day that the notices cover, YYYY-MM-DD', 'horizon')
  if (typeof source !== 'string' || source === '') return refuse('source must say where the days come from', 'source')
  if (!Array.isArray(entries) || entries.length === 0) return refuse('office_hours must list at least one entry', 'office_hours')

  const officeHours = entries.map((entry, at) => {
    const place = ['office_hours', at] as const
    const validFrom = entry?.valid_from
    if (typeof validFrom !== 'string' || !isDay(validFrom))
      return refuse('valid_from must be a day, YYYY-MM-DD', ...place, 'valid_from')
    const before = entries[at - 1]?.valid_from
    if (before >= validFrom)
      refuse(`${validFrom} does not come after ${before}; keep the entries in order`, ...place, 'valid_from')
    if (!Array.isArray(entry.sessions) || entry.sessions.length === 0) {
      return refuse('sessions must list at least one { from, to }', ...place, 'sessions')
    }
    const sessions: Session[] = entry.sessions.map((session: Partial<Session> | null, nth: number) => {
      const { from, to } = session ?? {}
      const earliest = entry.sessions[nth - 1]?.to ?? '00:00'
      if (isTime(from) && isTime(to) && from < to && from >= earliest) return { from, to }
      return refuse("a session must be { from: 'HH:MM', to: 'HH:MM' }, in order and without overlap", ...place, 'sessions', nth)
    })
    return { validFrom, sessions } satisfies OfficeHours
  })
  return { horizon, source, officeHours }
}

const isTime = (value: unknown): value is string => typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value)

/**
 * What the two files do not agree on, by its place in `days`. The law names its holidays for all years; which days are
 * worked instead is said by the yearly notice alone. So past the horizon stands only what the law itself makes a holiday
 * (the date stays provisional), and inside it only what a notice says.
 */
export function findCalendarFaults(
  days: readonly CalendarDay[],
  { horizon }: Pick<CalendarTerms, 'horizon'>,
): { at: number; reason: string }[] {
  return days.flatMap(({ date, basis }, at) => {
    if (date > horizon && !basis)
      return [
        { at, reason: `${date} lies past the horizon ${horizon}; move the horizon in calendar.yaml to the end of that year` },
      ]
    if (date <= horizon && basis)
      return [{ at, reason: `a notice covers ${date}, for the horizon is ${horizon}; give the notice and leave the basis empty` }]
    return []
  })
}

/** @throws RangeError for what `findCalendarFaults` finds: such days would be counted other than they are called. */
export function makeCalendar(days: readonly CalendarDay[], { horizon, officeHours }: CalendarTerms): Calendar {
  const [fault] = findCalendarFaults(days, { horizon })
  if (fault) throw new RangeError(fault.reason)
  const of = (kind: CalendarDay['kind']) => new Set(days.filter((day) => day.kind === kind).map(({ date }) => date))
  return { off: of('off'), work: of('work'), horizon, officeHours }
}

/** Either file, for whoever walks the files of a pack. Both answers are plain values that survive being kept as JSON. */
export const readCalendarFile = (text: string, file: string): CalendarDay[] | CalendarTerms =>
  file.endsWith('.csv') ? readCalendarDays(text, file) : readCalendarTerms(text, file)

/** The calendar from the two files of a pack. */
export const readCalendar = (files: { days: string; terms: string }): Calendar =>
  makeCalendar(readCalendarDays(files.days, 'calendar.csv'), readCalendarTerms(files.terms, 'calendar.yaml'))
