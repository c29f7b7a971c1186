/** A department asks for what is on the admission list, supervision distributes, a worker does it, the department hears of it. */
import type { RawBuilder } from 'kysely'
import Type from 'typebox'
import { covers, postOf } from '../../../core/access/index.ts'
import { plainText } from '../../../core/cases/index.ts'
import type { AdmittedTask } from '../../../core/matters/index.ts'
import type { Post } from '../../../platform/actor.ts'
import { sql } from '../../../platform/database/tx.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type Day, dayOf } from '../../../platform/time.ts'
import { command, query, type Work } from '../../../platform/use-case/use-case.ts'
import { holdsPrivateNumber } from '../private-number.ts'
import {
  appendFact,
  type CourseRow,
  columns,
  getTask,
  insertTasks,
  listCourse,
  record,
  stateOf,
  type TaskRow,
  type Worker,
  workersIn,
  workersOf,
} from './store.ts'
import { type Action, apply, type Fact, initial, type May, mayOf, obstacleOf, permissionOf } from './task.ts'

const Words = Type.String({ maxLength: 1000 })
const Done = Type.Object({ id: Type.String(), status: Type.String() })
const packOf = (work: Pick<Work, 'call'>) => work.call.platform.services.packs.inForce()
const field = (path: string, code: string, params: Record<string, unknown> = {}) =>
  new Refusal('input.invalid', 'invalid', { fields: [{ path: `/${path}`, code, params }] })

/** Many hands read it, and none of them needs somebody's phone or papers to know what is asked. */
function words(name: string, typed: string): string {
  const text = plainText(typed)
  if (text === '') throw field(name, 'answer.missing')
  if (holdsPrivateNumber(text)) throw field(name, 'task.has_number')
  return text
}

/** The item, when it is on the list today. @throws Refusal `task.not_admitted` with who approves and how, `task.item_off` */
function admitted(work: Work, code: string): AdmittedTask {
  const { admitted: items, admission } = packOf(work).incidents
  const found = items.find((one) => one.code === code)
  if (!found) throw field('itemCode', 'task.not_admitted', { approver: admission.approver, how: admission.how })
  if (!packOf(work).admittedOn(dayOf(work.now)).includes(found)) throw field('itemCode', 'task.item_off')
  return found
}

/** One task a community: a street stands for all of its communities that have a grid, however many; `without` are those that have none yet. */
export const pushTask = command({
  operation: 'grid.push-task',
  permission: 'task.push',
  actors: ['staff'],
  input: Type.Object({
    area: Type.String({ pattern: '^[0-9]{9}([0-9]{3})?$' }),
    itemCode: Type.String({ maxLength: 60 }),
    what: Words,
    dueOn: Type.String({ format: 'date' }),
  }),
  output: Type.Object({ ids: Type.Array(Type.String()), without: Type.Array(Type.String()) }),
  async run(work, { area, itemCode, what: typed, dueOn }) {
    const { tx, now } = work
    const post = postOf(work.actor)
    const item = admitted(work, itemCode)
    const line = item.lines.find((one) => post.domains.includes(one))
    if (!line) throw new Refusal('task.not_your_line', 'forbidden')
    if (!covers(post, area)) throw new Refusal('task.area_unknown', 'missing')
    const what = words('what', typed)
    if (dueOn < dayOf(now)) throw field('dueOn', 'task.due_in_the_past')
    const served = await tx.rows(
      sql<{
        area: string
      }>`select distinct area from grid.grid where valid_to is null and starts_with(area, ${area}) order by area`,
    )
    if (served.length === 0) throw field('area', 'task.no_grids_there')
    const asked = { itemCode, line, what, dueOn }
    const tasks = served.map(({ area: community }) => ({ id: newId(now), area: community }))
    await insertTasks(tx, tasks, { ...asked, packHash: packOf(work).hash, organisationId: post.organisationId, now })
    const fact: Fact = { fact: 'pushed', ...asked }
    for (const { id } of tasks) appendFact(work, id, apply(initial, fact).seq, fact)
    const reached = new Set(served.map((one) => one.area))
    const without = packOf(work).pack.areas.filter(
      ({ code, validTo }) => code.length === 12 && code.startsWith(area) && validTo === null && !reached.has(code),
    )
    return { ids: tasks.map(({ id }) => id), without: without.map(({ code }) => code) }
  },
})

const isOff = (work: Pick<Work, 'call'>, now: Date, itemCode: string): boolean =>
  !packOf(work)
    .admittedOn(dayOf(now))
    .some(({ code }) => code === itemCode)

/** Lock, check, decide, write state and timeline together: every act goes through here. */
async function act(
  work: Work,
  id: string,
  action: Action,
  decide: (task: TaskRow) => Fact | Promise<Fact>,
): Promise<{ id: string; status: string }> {
  const post = postOf(work.actor)
  const task = await getTask(work, post, id, true)
  const obstacle = obstacleOf(action, { ...task, off: isOff(work, work.now, task.itemCode) }, post)
  if (obstacle)
    throw new Refusal(obstacle, obstacle === 'task.not_now' || obstacle === 'task.item_off' ? 'conflict' : 'forbidden', {
      permission: permissionOf[action],
    })
  const fact = await decide(task)
  const state = apply(stateOf(task), fact)
  record(work, id, fact, state)
  return { id, status: state.status }
}

export const giveTask = command({
  operation: 'grid.give-task',
  permission: 'task.give',
  actors: ['staff'],
  input: Type.Object({ id: Id, workerId: Id }),
  output: Done,
  run: (work, { id, workerId }) =>
    act(work, id, 'give', async ({ area }) => {
      const workers = await workersOf(work.tx, packOf(work), area, dayOf(work.now))
      const worker = workers.find(({ postId }) => postId === workerId)
      if (!worker) throw field('workerId', 'task.worker_unknown')
      return { fact: 'given', workerId, workerName: worker.name }
    }),
})

const reasoned = (operation: string, action: Action, permission: string, factOf: (text: string, at: string) => Fact) =>
  command({
    operation,
    permission,
    actors: ['staff'],
    input: Type.Object({ id: Id, words: Words }),
    output: Done,
    run: (work, { id, words: typed }) => act(work, id, action, () => factOf(words('words', typed), work.now.toISOString())),
  })

export const returnTask = reasoned('grid.return-task', 'return', 'task.give', (reason, at) => ({ fact: 'returned', reason, at }))
export const doTask = reasoned('grid.do-task', 'do', 'task.do', (note) => ({ fact: 'did', note }))
export const handBackTask = reasoned('grid.hand-back-task', 'hand_back', 'task.do', (reason) => ({ fact: 'handed_back', reason }))
export const closeTask = reasoned('grid.close-task', 'close', 'task.push', (note, at) => ({ fact: 'closed', note, at }))
export const askTaskAgain = reasoned('grid.ask-task-again', 'ask_again', 'task.push', (reason) => ({
  fact: 'asked_again',
  reason,
}))
export const withdrawTask = reasoned('grid.withdraw-task', 'withdraw', 'task.push', (reason, at) => ({
  fact: 'withdrawn',
  reason,
  at,
}))

/** What a worker's phone says of a task, when it comes in. @throws Refusal as `grid.do-task`, by the code of what is wrong with the words */
export async function answerTask(work: Work, id: string, did: boolean, typed: string): Promise<void> {
  try {
    const text = words('words', typed)
    await act(work, id, did ? 'do' : 'hand_back', () =>
      did ? { fact: 'did', note: text } : { fact: 'handed_back', reason: text },
    )
  } catch (error) {
    const [first] = (error instanceof Refusal && (error.params.fields as { code: string }[] | undefined)) || []
    throw first ? new Refusal(first.code, 'invalid') : error
  }
}

export const taskLists = ['todo', 'open', 'ended'] as const
export type TaskList = (typeof taskLists)[number]
export const TASKS_A_PAGE = 25

export interface ListedTask extends TaskRow {
  /** Off the admission list: it runs on, and nothing like it is asked any more. */
  off: boolean
  /** For her who distributes: whoever has it works there no more. */
  gone: boolean
}
export interface TasksPage {
  rows: ListedTask[]
  counts: Record<TaskList, number>
  more: boolean
}

function inReach(post: Post): RawBuilder<unknown> {
  const areas = sql`(${sql.join(
    post.areas.map((own) => sql`(t.area >= ${own} and t.area < ${`${own}~`})`),
    sql` or `,
  )})`
  if (post.permissions.includes('task.give')) return post.domains.includes('grid') ? areas : sql`false`
  const own = post.permissions.includes('task.do') ? sql`t.worker_id = ${post.id}` : sql`false`
  const asked = post.permissions.includes('task.push') ? sql`t.line = any(${[...post.domains]}::text[])` : sql`false`
  return sql`${areas} and (${own} or ${asked})`
}

/** What waits for the post: to be given, to be done, to be confirmed. */
function waiting({ permissions, id }: Post, gone: RawBuilder<unknown>): RawBuilder<unknown> {
  const waits = [
    ...(permissions.includes('task.give') ? [sql`t.status = 'pushed'`, gone] : []),
    ...(permissions.includes('task.do') ? [sql`(t.status = 'given' and t.worker_id = ${id})`] : []),
    ...(permissions.includes('task.push') ? [sql`t.status = 'done'`] : []),
  ]
  return waits.length > 0 ? sql`(${sql.join(waits, sql` or `)})` : sql`false`
}

export const listTasks = query({
  operation: 'grid.list-tasks',
  permission: 'task.read',
  actors: ['staff'],
  input: Type.Object({
    list: Type.Optional(Type.Enum([...taskLists])),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 400 })),
  }),
  output: Type.Unsafe<TasksPage>({}),
  async run(work, { list = 'todo', page = 1 }) {
    const { tx, actor, now } = work
    const post = postOf(actor)
    const there = sql`select w.post_id from ${workersIn(packOf(work), post.scope, dayOf(now))} w`
    const gone = post.permissions.includes('task.give') ? sql`(t.status = 'given' and t.worker_id not in (${there}))` : sql`false`
    const of: Record<TaskList, RawBuilder<unknown>> = { todo: waiting(post, gone), open: sql`t.open`, ended: sql`not t.open` }
    const order = list === 'ended' ? sql`t.ended_at desc, t.id` : sql`t.due_on, t.id`
    const rows = await tx.rows(
      sql<
        TaskRow & { gone: boolean }
      >`select ${columns}, ${gone} as gone from grid.task t where ${inReach(post)} and ${of[list]} order by ${order} limit ${TASKS_A_PAGE + 1} offset ${(page - 1) * TASKS_A_PAGE}`,
    )
    const counts = await tx.one(
      sql<Record<TaskList, number>>`select ${sql.join(
        taskLists.map((name) => sql`(count(*) filter (where ${of[name]}))::int as ${sql.ref(name)}`),
      )} from grid.task t where ${inReach(post)}`,
    )
    return {
      rows: rows.slice(0, TASKS_A_PAGE).map((row) => ({ ...row, off: isOff(work, now, row.itemCode) })),
      counts,
      more: rows.length > TASKS_A_PAGE,
    }
  },
})

export interface ReadTask {
  task: ListedTask
  course: CourseRow[]
  may: May
  workers: Worker[]
}
export const readTask = query({
  operation: 'grid.read-task',
  permission: 'task.read',
  actors: ['staff'],
  input: Type.Object({ id: Id }),
  output: Type.Unsafe<ReadTask>({}),
  async run(work, { id }) {
    const post = postOf(work.actor)
    const row = await getTask(work, post, id)
    const off = isOff(work, work.now, row.itemCode)
    const may = mayOf({ ...row, off }, post)
    const workers = may.give === undefined ? [] : await workersOf(work.tx, packOf(work), row.area, dayOf(work.now))
    const gone = may.give !== undefined && row.status === 'given' && !workers.some(({ postId }) => postId === row.workerId)
    return { task: { ...row, off, gone }, course: await listCourse(work.tx, id), may, workers }
  },
})

export interface AdmissionList {
  items: (AdmittedTask & { off: boolean; mine: boolean; open: number })[]
}
/** 入格事项清单, with how many of each run in reach of the post: also of what is off the list. */
export const readAdmission = query({
  operation: 'grid.read-admission',
  permission: 'task.read',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<AdmissionList>({}),
  async run(work) {
    const post = postOf(work.actor)
    const today: Day = dayOf(work.now)
    const open = await work.tx.rows(
      sql<{
        code: string
        n: number
      }>`select t.item_code as code, count(*)::int as n from grid.task t where ${inReach(post)} and t.open group by t.item_code limit 1000`,
    )
    const { incidents } = packOf(work)
    const on = packOf(work).admittedOn(today)
    return {
      items: incidents.admitted.map((item) => ({
        ...item,
        off: !on.includes(item),
        mine: item.lines.some((line) => post.domains.includes(line)),
        open: open.find(({ code }) => code === item.code)?.n ?? 0,
      })),
    }
  },
})
