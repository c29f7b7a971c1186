import type { RawBuilder } from 'kysely'
import { covers } from '../../../core/access/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import * as timeline from '../../../core/timeline/index.ts'
import type { Post } from '../../../platform/actor.ts'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { Day } from '../../../platform/time.ts'
import type { Work } from '../../../platform/use-case/use-case.ts'
import type { Fact, Status, TaskState } from './task.ts'

export interface TaskRow {
  id: string
  area: string
  itemCode: string
  line: string
  organisation: string
  what: string
  dueOn: Day
  status: Status
  workerId: string | null
  worker: string | null
  pushedAt: Date
  endedAt: Date | null
  seq: number
}
export const stateOf = ({ status, workerId, endedAt, seq }: TaskRow): TaskState => ({
  status,
  workerId,
  endedAt: endedAt?.toISOString() ?? null,
  seq,
})

export const columns = sql`t.id, t.area, t.item_code as "itemCode", t.line, t.what, t.due_on as "dueOn", t.status, t.worker_id as "workerId", t.pushed_at as "pushedAt", t.ended_at as "endedAt", t.seq,
  (select g.name from access.organisation g where g.id = t.organisation_id) as organisation, (select w.officer_name from access.officer_of_post w where w.post_id = t.worker_id) as worker`

/** A department sees what its line asked for, supervision all of its area, a worker her own. Row security knows area and line. */
export function sees(post: Post, { area, line, workerId }: Pick<TaskRow, 'area' | 'line' | 'workerId'>): boolean {
  if (!covers(post, area)) return false
  if (post.permissions.includes('task.give')) return post.domains.includes('grid')
  if (post.permissions.includes('task.push') && post.domains.includes(line)) return true
  return post.permissions.includes('task.do') && workerId === post.id
}

/** @throws Refusal `task.not_found` alike for one that is not there and one out of sight */
export async function getTask({ tx }: Pick<Work, 'tx'>, post: Post, id: string, lock = false): Promise<TaskRow> {
  const row = await tx.maybe(
    sql<TaskRow>`select ${columns} from grid.task t where t.id = ${id}${lock ? sql` for update of t` : sql``}`,
  )
  if (!row || !sees(post, row)) throw new Refusal('task.not_found', 'missing')
  return row
}

/** Where a task of the area stands, whoever has it now: for her who answers one that she was given before. */
export const standingOf = (
  tx: Tx,
  id: string,
  lock = false,
): Promise<Pick<TaskRow, 'area' | 'workerId' | 'status' | 'seq'> | undefined> =>
  tx.maybe(
    sql<
      Pick<TaskRow, 'area' | 'workerId' | 'status' | 'seq'>
    >`select area, worker_id as "workerId", status, seq from grid.task where id = ${id}${lock ? sql` for update` : sql``}`,
  )

interface Asked extends Pick<TaskRow, 'itemCode' | 'line' | 'what' | 'dueOn'> {
  packHash: string
  organisationId: string
  now: Date
}
/** The same for every community: a street may have hundreds of them. */
export const insertTasks = (tx: Tx, tasks: readonly Pick<TaskRow, 'id' | 'area'>[], t: Asked): Promise<unknown> =>
  tx.run(sql`insert into grid.task (id, area, item_code, pack_hash, line, organisation_id, what, due_on, status, pushed_at, seq)
    select id, area, ${t.itemCode}, ${t.packHash}, ${t.line}, ${t.organisationId}, ${t.what}, ${t.dueOn}, 'pushed', ${t.now}, 1
    from unnest(${tasks.map(({ id }) => id)}::uuid[], ${tasks.map(({ area }) => area)}::text[]) as given (id, area)`)

const TIMELINE: timeline.Timeline = { table: 'grid.task_timeline', of: 'task_id' }
export type CourseRow = timeline.TimelineRow<Fact>
export const listCourse = (tx: Tx, id: string): Promise<CourseRow[]> => timeline.listTimeline(tx, TIMELINE, id)
export const appendFact = (work: Work, id: string, seq: number, fact: Fact): void =>
  timeline.appendFact(work, TIMELINE, id, seq, fact)

/** State row and timeline row, with the commit. */
export function record(work: Work, id: string, fact: Fact, s: TaskState): void {
  work.tx.atEnd(
    sql`update grid.task set status = ${s.status}, worker_id = ${s.workerId}, ended_at = ${s.endedAt}, seq = ${s.seq} where id = ${id}`,
  )
  appendFact(work, id, s.seq, fact)
}

export interface Worker {
  postId: string
  name: string
  areas: string[]
}
/** Who may be given tasks of an area: posts of the roles that the pack grants it to, as rows to select from. */
export const workersIn = (pack: LoadedPack, area: string, on: Day): RawBuilder<unknown> => {
  const roles = pack.pack.roles.filter(({ permissions }) => (permissions as readonly string[]).includes('task.do'))
  return sql`grid.workers(${area}, ${roles.map(({ code }) => code)}::text[], ${on})`
}
export const workersOf = (tx: Tx, pack: LoadedPack, area: string, on: Day): Promise<Worker[]> =>
  tx.rows(sql<Worker>`select post_id as "postId", officer_name as name, areas from ${workersIn(pack, area, on)}`)
