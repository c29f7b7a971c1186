/** Outreach 政策找人: the rules as SQL over everybody. */

export { PRESUMED, SNAPSHOT_COLUMNS } from './columns.ts'
export { COURSES, LEVELS, LISTS, type Version } from './compare.ts'
export { type Compared, countChanges } from './compare-store.ts'
export { refreshSnapshot, searchTonight, searchWaiting } from './jobs.ts'
export { cheapestFirst } from './order.ts'
export { type Column, type Ground, NotInSql, toSql } from './sql.ts'
export { judgesAlike, versionOf } from './version.ts'
export { type Withheld, withhold } from './withheld.ts'
