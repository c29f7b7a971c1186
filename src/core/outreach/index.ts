/** Outreach 政策找人: the rules as SQL over everybody. */
export { type Column, type Ground, NotInSql, toSql } from './sql.ts'
