/** Outreach 政策找人: the rules as SQL over everybody, and what somebody is told of it. */

export { PRESUMED, SNAPSHOT_COLUMNS } from './columns.ts'
export { COURSES, type InTens, LEVELS, LISTS, type Version } from './compare.ts'
export { type Compared, countChanges } from './compare-store.ts'
export { refreshSnapshot, searchTonight, searchWaiting } from './jobs.ts'
export type { NoPage, OnePage } from './one-page.ts'
export { cheapestFirst } from './order.ts'
export { changedSince, type OwnFound, type Standing } from './own-found.ts'
export { amongOf } from './search.ts'
export { type Column, type Ground, NotInSql, toSql } from './sql.ts'
export { applyFound } from './use-cases/own-apply.ts'
export { applyFoundByProxy, listFoundByProxy, readFoundByProxy } from './use-cases/own-by-proxy.ts'
export { findAgain, stopFinding } from './use-cases/own-choices.ts'
export { type FoundList, type FoundPage, listOwnFound, readOwnFound } from './use-cases/own-found.ts'
export { tellFound } from './use-cases/own-tell.ts'
export { isSearched } from './use-cases/run.ts'
export {
  COUNTED,
  type CountRow,
  cancelSearch,
  listSearches,
  readSearch,
  type Searches,
  type SearchPage,
  type SearchRow,
  startSearch,
} from './use-cases/searches.ts'
export {
  GROUPS,
  type Group,
  listToVisit,
  MISTAKES,
  RESULTS,
  type Result,
  readToVisit,
  recordVisit,
  type ToVisit,
  takeBackVisit,
  type Visited,
  type VisitPage,
} from './use-cases/visits.ts'
export { type Verified, verifySearch } from './verify-store.ts'
export { judgesAlike, versionOf } from './version.ts'
export { type Withheld, withhold } from './withheld.ts'
