/**
 * A task (下派任务): its status table, its facts, and how a fact changes it. Pure.
 * The row in the database is what `apply` made of the facts; a test rebuilds it from the timeline.
 */
import type { Day } from '../../../platform/time.ts'

/** 下派 → 分派 → 做完 → 部门确认. `returned`: it was not the grid's; `withdrawn`: nobody needs it any more. */
export const statuses = ['pushed', 'given', 'done', 'closed', 'returned', 'withdrawn'] as const
export type Status = (typeof statuses)[number]

export const actions = ['give', 'return', 'do', 'hand_back', 'close', 'ask_again', 'withdraw'] as const
export type Action = (typeof actions)[number]

/** What is possible at each status. Server and page read the same table. */
export const possible = {
  pushed: ['give', 'return', 'withdraw'],
  given: ['do', 'hand_back', 'give', 'withdraw'],
  done: ['close', 'ask_again'],
  closed: [],
  returned: [],
  withdrawn: [],
} as const satisfies Record<Status, readonly Action[]>

/** The department asks, supervision distributes, a worker does; nobody holds two of them. */
export const permissionOf = {
  give: 'task.give',
  return: 'task.give',
  do: 'task.do',
  hand_back: 'task.do',
  close: 'task.push',
  ask_again: 'task.push',
  withdraw: 'task.push',
} as const satisfies Record<Action, string>

export interface TaskState {
  status: Status
  workerId: string | null
  endedAt: string | null
  seq: number
}

export type Fact =
  | { fact: 'pushed'; itemCode: string; line: string; what: string; dueOn: Day }
  | { fact: 'given'; workerId: string; workerName: string }
  | { fact: 'did'; note: string }
  | { fact: 'handed_back'; reason: string }
  | { fact: 'asked_again'; reason: string }
  | { fact: 'closed'; note: string; at: string }
  | { fact: 'returned'; reason: string; at: string }
  | { fact: 'withdrawn'; reason: string; at: string }

export const initial: TaskState = { status: 'pushed', workerId: null, endedAt: null, seq: 0 }

export function apply(before: TaskState, fact: Fact): TaskState {
  const state = { ...before, seq: before.seq + 1 }
  switch (fact.fact) {
    case 'pushed':
      return { ...state, status: 'pushed' }
    case 'given':
      return { ...state, status: 'given', workerId: fact.workerId }
    case 'did':
      return { ...state, status: 'done' }
    case 'handed_back':
      return { ...state, status: 'pushed', workerId: null }
    case 'asked_again':
      return { ...state, status: 'given' }
    case 'closed':
    case 'returned':
    case 'withdrawn':
      return { ...state, status: fact.fact, endedAt: fact.at }
  }
}
export const rebuild = (facts: readonly Fact[]): TaskState => facts.reduce(apply, initial)

export interface Who {
  id: string
  permissions: readonly string[]
  domains: readonly string[]
}
export interface Of extends Pick<TaskState, 'status' | 'workerId'> {
  line: string
  /** Its item is off the list. */
  off: boolean
}

/** Why `action` cannot be done by this post now, as a refusal code; null when it can. */
export function obstacleOf(action: Action, task: Of, who: Who): string | null {
  const permission = permissionOf[action]
  if (!who.permissions.includes(permission)) return 'access.not_permitted'
  if (!who.domains.includes(permission === 'task.push' ? task.line : 'grid')) return 'task.not_your_line'
  if (!(possible[task.status] as readonly Action[]).includes(action)) return 'task.not_now'
  if (permission === 'task.do' && task.workerId !== who.id) return 'task.not_yours'
  return action === 'give' && task.off ? 'task.item_off' : null
}

/** Obstacles that somebody who is granted the act is told about beforehand; the rest is simply not hers. */
const TOLD: ReadonlySet<string> = new Set(['task.item_off'])
export type May = Partial<Record<Action, true | string>>
export function mayOf(task: Of, who: Who): May {
  const may: May = {}
  for (const action of actions) {
    const obstacle = obstacleOf(action, task, who)
    if (obstacle === null || TOLD.has(obstacle)) may[action] = obstacle ?? true
  }
  return may
}
