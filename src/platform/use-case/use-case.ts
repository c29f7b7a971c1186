/**
 * The spine. A use case is declared once and called by the API, the pages and the jobs alike, so that they cannot do
 * different things. See architecture §3.
 */
import { createHash } from 'node:crypto'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { Actor, IdentityLevel, Scope } from '../actor.ts'
import type { Tx } from '../database/tx.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../refusal.ts'
import { dayOf } from '../time.ts'
import { type AuditObject, recordAudit } from './audit.ts'
import { readDaysAsKept } from './formats.ts'
import { claimKey, settleKey } from './idempotency.ts'
import { bounded, whyStopped } from './stranger.ts'
import { refuseUnreadable } from './unreadable.ts'

readDaysAsKept()

export interface Call {
  platform: Platform
  actor: Actor
  now: Date
  requestId: string
  /** Who sends, as far as anybody can tell: a session, else an address, under a keyed hash. Absent where nobody sent anything. */
  client?: string
  /** Idempotency key: of the form when it was rendered, or the client's header. */
  key?: string
}

export interface Work {
  tx: Tx
  actor: Actor
  scope: Scope
  now: Date
  call: Call
}

export type Kind = 'command' | 'batch' | 'query' | 'personRead' | 'file' | 'job'

interface Declared<I extends Type.TSchema, O extends Type.TSchema> {
  /** `room.verb-noun`. Never changes: audit, idempotency and the API rest on it. */
  operation: string
  /** What a post is granted; null for acts of residents or of anybody. */
  permission: string | null
  /** Who may try at all. The guard refuses everybody else before anything is read. */
  actors: readonly Actor['kind'][]
  /** For acts of residents: the least identity level. */
  level?: IdentityLevel
  input: I
  output: O
}

export interface UseCase<I extends Type.TSchema = Type.TSchema, O extends Type.TSchema = Type.TSchema> extends Declared<I, O> {
  kind: Kind
  run(call: Call, input: unknown): Promise<Type.Static<O>>
}

/** Every use case that was declared; the catalogue of audit events and permissions.csv walk it. */
export const declared = new Map<string, UseCase>()

type Run<I extends Type.TSchema, O extends Type.TSchema> = (work: Work, input: Type.Static<I>) => Promise<Type.Static<O>>

/** Enough to write down in one's own name that one was refused; sees nothing. */
function bare(actor: Actor): Scope {
  const nothing = { area: '', domains: [], subjects: [], accountId: 'accountId' in actor ? actor.accountId : null }
  switch (actor.kind) {
    case 'resident':
    case 'proxy':
      return { ...nothing, role: 'app_resident' }
    case 'staff':
      return { ...nothing, role: 'app_staff', postId: actor.post.id }
    case 'system':
      return { ...nothing, role: 'app_system' }
    default:
      return { ...nothing, role: 'app_public' }
  }
}

function declare<I extends Type.TSchema, O extends Type.TSchema>(
  kind: Kind,
  d: Declared<I, O>,
  perform: (call: Call, scope: Scope, input: Type.Static<I>) => Promise<Type.Static<O>>,
): UseCase<I, O> {
  if (declared.has(d.operation)) throw new Error(`operation ${d.operation} is declared twice`)
  const check = Compile(d.input)
  const useCase: UseCase<I, O> = {
    ...d,
    kind,
    async run(call, raw) {
      const input = validated(check, raw, kind !== 'batch')
      let scope: Scope
      try {
        if (!d.actors.includes(call.actor.kind)) throw new Refusal(notYou(call.actor, d.actors), 'forbidden')
        scope = { ...call.platform.guard.admit(call.actor, d.permission, d.level ?? null), day: dayOf(call.now) }
      } catch (error) {
        // Who is known and tried without the right to it is what an audit is for; strangers would only fill it.
        if (error instanceof Refusal && call.actor.kind !== 'public')
          await call.platform.db.as(bare(call.actor), async (tx) =>
            recordAudit(tx, call, d.operation, error.code, objectOf(input, null)),
          )
        throw error
      }
      return perform(call, scope, input as Type.Static<I>)
    },
  }
  declared.set(d.operation, useCase as unknown as UseCase)
  return useCase
}

/** What somebody of another kind should do instead. */
function notYou(actor: Actor, wanted: readonly Actor['kind'][]): string {
  if (actor.kind === 'public') return 'account.sign_in_first'
  if (actor.kind === 'proxy') return 'access.proxy_not_this'
  return actor.kind === 'officer' && wanted.includes('staff') ? 'access.choose_post' : 'access.not_for_you'
}

/** Refuses with every field that is wrong, not the first one only. */
function validated(check: ReturnType<typeof Compile>, raw: unknown, whole: boolean): unknown {
  const input = raw ?? {}
  // Of a batch each part is looked at by the command that takes it: one that cannot be read refuses only itself.
  if (whole) refuseUnreadable(input)
  if (check.Check(input)) return input
  const fields = [...check.Errors(input)]
    .slice(0, 20)
    .map((e) => ({ path: e.instancePath, keyword: e.keyword, params: e.params }))
  throw new Refusal('input.invalid', 'invalid', { fields })
}

/** Bytes count by their own hash: a photo as JSON would be four times its size. */
const bodyHashOf = (input: unknown): Buffer =>
  createHash('sha256')
    .update(
      JSON.stringify(input, (_, value) =>
        value instanceof Uint8Array ? createHash('sha256').update(value).digest('hex') : value,
      ),
    )
    .digest()

/**
 * Changes something. Idempotent under a key; audited whether it was done or refused. `prepare` is for slow work that needs no row, such as
 * unpacking a photo: it is done before the transaction, which would hold a connection and a lock meanwhile.
 */
export function command<I extends Type.TSchema, O extends Type.TSchema, P = undefined>(
  d: Declared<I, O> & {
    prepare?: (call: Call, input: Type.Static<I>, scope: Scope) => Promise<P>
    run: (work: Work, input: Type.Static<I>, prepared: P) => Promise<Type.Static<O>>
  },
): UseCase<I, O> {
  return declare('command', d, async (call, scope, input) => {
    try {
      const prepared = (await d.prepare?.(call, input, scope)) as P
      return await call.platform.db.as(scope, async (tx) => {
        const bodyHash = call.key ? bodyHashOf(input) : null
        if (call.key && bodyHash) {
          const earlier = await claimKey(tx, call, d.operation, bodyHash)
          if (earlier) return earlier as Type.Static<O>
        }
        const output = await d.run({ tx, actor: call.actor, scope, now: call.now, call }, input, prepared)
        recordAudit(tx, call, d.operation, 'done', objectOf(input, output))
        if (call.key) settleKey(tx, call, d.operation, output)
        return output
      })
    } catch (error) {
      if (error instanceof Refusal)
        await call.platform.db.as(scope, async (tx) => recordAudit(tx, call, d.operation, error.code, objectOf(input, null)))
      throw error
    }
  })
}

/**
 * Acts sent together, each done by a command of its own: one that is refused takes no other with it. No transaction is open
 * around them, since one that waited for another would dry up the pool.
 */
export function batch<I extends Type.TSchema, O extends Type.TSchema>(
  d: Declared<I, O> & { run: (call: Call, input: Type.Static<I>) => Promise<Type.Static<O>> },
): UseCase<I, O> {
  return declare('batch', d, (call, _scope, input) => d.run(call, input))
}

/** Reads what identifies nobody else: lists, counts, one's own things. */
export function query<I extends Type.TSchema, O extends Type.TSchema>(d: Declared<I, O> & { run: Run<I, O> }): UseCase<I, O> {
  return declare('query', d, async (call, whole, input) => {
    const scope = bounded(call.actor, whole)
    try {
      return await call.platform.db.as(scope, (tx) => d.run({ tx, actor: call.actor, scope, now: call.now, call }, input))
    } catch (error) {
      throw whyStopped(error, scope)
    }
  })
}

/**
 * A search for people: audited like a command, and only so many a minute from one post. `counts`: it answers with numbers alone and
 * reads, as a sweep does, tables that show an officer no row; what it sees is still her area.
 */
export function search<I extends Type.TSchema, O extends Type.TSchema>(
  d: Declared<I, O> & { perMinute: number; counts?: true; run: Run<I, O> },
): UseCase<I, O> {
  return declare('query', d, async (call, scope, input) => {
    const { db, services } = call.platform
    const note = (tx: Tx, outcome: string) => recordAudit(tx, call, d.operation, outcome, null)
    const work = (tx: Tx, in_: Scope): Work => ({ tx, actor: call.actor, scope: in_, now: call.now, call })
    try {
      const { rate } = services as unknown as {
        rate: { hit(k: string, n: number, s: number, now: Date): Promise<void> }
      }
      if (call.actor.kind === 'staff') await rate.hit(`search:${call.actor.post.id}`, d.perMinute, 60, call.now)
      if (d.counts) {
        const sweep: Scope = { ...scope, role: 'app_system' }
        const output = await db.as(sweep, (tx) => d.run(work(tx, sweep), input))
        // In her own name and before it leaves: a sweep signs for nobody.
        await db.as(scope, async (tx) => note(tx, 'done'))
        return output
      }
      return await db.as(scope, async (tx) => {
        const output = await d.run(work(tx, scope), input)
        note(tx, 'done')
        return output
      })
    } catch (error) {
      if (error instanceof Refusal) await db.as(scope, async (tx) => note(tx, error.code))
      throw error
    }
  })
}

/** One look at an identified person, as it is written before the data leaves. */
export interface ReadEntry {
  personIds: readonly string[]
  /** `case` with its id, or a named duty. */
  purpose: string
  caseId: string | null
}

/** Whom a read is about, and the writer of its entry; `core/access` supplies the writer in `Services`. */
declare module '../platform.ts' {
  interface Services {
    recordRead(tx: Tx, call: Call, operation: string, entry: ReadEntry): void
  }
}

/**
 * Delivers an identified person's data to somebody else (architecture §6). `about` finds whom it is about; the entry is
 * committed in a transaction of its own, taken first, and only then `run` reads.
 */
export function personRead<I extends Type.TSchema, O extends Type.TSchema>(
  d: Declared<I, O> & { about: (work: Work, input: Type.Static<I>) => Promise<ReadEntry>; run: Run<I, O> },
): UseCase<I, O> {
  return declare('personRead', d, (call, scope, input) => readPerson(call, scope, d, input))
}

/** What must be there before `run` reads it. No transaction is open: one that waited for another would dry up the pool. */
type Prepare<I extends Type.TSchema> = (call: Call, scope: Scope, input: Type.Static<I>) => Promise<void>

/** Bytes out: like `personRead`, the entry first. `about` answers null for one's own file or a public one. */
export function file<I extends Type.TSchema, O extends Type.TSchema>(
  d: Declared<I, O> & {
    about: (work: Work, input: Type.Static<I>) => Promise<ReadEntry | null>
    run: Run<I, O>
    prepare?: Prepare<I>
  },
): UseCase<I, O> {
  return declare('file', d, (call, scope, input) => readPerson(call, scope, d, input))
}

async function readPerson<I extends Type.TSchema, O extends Type.TSchema>(
  call: Call,
  scope: Scope,
  d: Declared<I, O> & {
    about: (work: Work, input: Type.Static<I>) => Promise<ReadEntry | null>
    run: Run<I, O>
    prepare?: Prepare<I>
  },
  input: Type.Static<I>,
): Promise<Type.Static<O>> {
  const { db, services } = call.platform
  const work = (tx: Tx): Work => ({ tx, actor: call.actor, scope, now: call.now, call })
  await db.as(scope, async (tx) => {
    const entry = await d.about(work(tx), input)
    if (entry && entry.personIds.length > 0) services.recordRead(tx, call, d.operation, entry)
  })
  await d.prepare?.(call, scope, input)
  return db.as(scope, (tx) => d.run(work(tx), input))
}

/** Runs later, as a system actor with its schedule's scope. Audited like a command; has no key: it finds what is due. */
export function job<O extends Type.TSchema>(
  d: Omit<Declared<Type.TObject, O>, 'input' | 'actors'> & { run: (work: Work) => Promise<Type.Static<O>> },
): UseCase<Type.TObject, O> {
  return declare('job', { ...d, actors: ['system'], input: Type.Object({}) }, (call, scope) =>
    call.platform.db.as(scope, async (tx) => {
      const output = await d.run({ tx, actor: call.actor, scope, now: call.now, call })
      recordAudit(tx, call, d.operation, 'done', null)
      return output
    }),
  )
}

/** The id that an act was about, for the audit row: ids only, never a person's words. */
function objectOf(input: unknown, output: unknown): AuditObject | null {
  for (const part of [output, input]) {
    if (!part || typeof part !== 'object') continue
    for (const key of ['caseId', 'draftId', 'documentId', 'personId', 'id']) {
      const value = (part as Record<string, unknown>)[key]
      if (typeof value === 'string') return { id: value, person: key === 'personId' }
    }
  }
  return null
}
