/** Whoever has no post may be anybody: what she looks up holds a connection only so long. */
import type { Actor, Scope } from '../actor.ts'
import { Refusal } from '../refusal.ts'

const STRANGERS: ReadonlySet<Actor['kind']> = new Set(['public', 'resident', 'proxy'])
const MOST_MS = 5000
/** query_canceled */
const STOPPED = '57014'

export const bounded = (actor: Actor, scope: Scope): Scope => (STRANGERS.has(actor.kind) ? { ...scope, mostMs: MOST_MS } : scope)

/** What was stopped for its time is told as that, with what to do; anything else as it is. */
export const whyStopped = (error: unknown, scope: Scope): unknown =>
  scope.mostMs && (error as { code?: unknown }).code === STOPPED ? new Refusal('request.too_slow', 'invalid') : error
