export {
  type Calendar,
  closeOf,
  isProvisional,
  isWorkingDay,
  type OfficeHours,
  type Session,
  sessionsOn,
  workingDayFrom,
  workingDaysBetween,
} from './calendar.ts'
export { type Clock, type Due, dueOf, neverWorse, type Paused, type Running } from './due.ts'
export * from './licence.ts'
export { type BasedLimit, type Exclusion, type LicenceTerms, type LimitRow, licenceTerms } from './licence-terms.ts'
export { type ClockBasis, type Interval, type Limit, type LimitUnit, limitUnits } from './limit.ts'
export {
  type CalendarDay,
  type CalendarTerms,
  findCalendarFaults,
  makeCalendar,
  readCalendar,
  readCalendarFile,
} from './read-calendar.ts'
export { type Remaining, remaining } from './remaining.ts'
export { firstDayPast } from './soon.ts'
export type { Span, SpanUnit } from './span.ts'
