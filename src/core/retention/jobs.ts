/**
 * The day's letting go: counted first and written down, then batch by batch, each a transaction of its own, never more than
 * the count. A kill in between loses nothing: the next start goes on where the day's row stands.
 */
import Type from 'typebox'
import type { Actor } from '../../platform/actor.ts'
import { sql, type Tx } from '../../platform/database/tx.ts'
import { newId, newPublicId } from '../../platform/id.ts'
import type { Platform } from '../../platform/platform.ts'
import { subjectBlinds } from '../../platform/seals/index.ts'
import { type Day, dayOf } from '../../platform/time.ts'
import { type Call, command, job, type Work } from '../../platform/use-case/use-case.ts'
import { type KindName, kindOf } from './kinds.ts'
import { isClockBelievable } from './retention.ts'
import { commitmentOf, confirmationOf, digestOf, planOf } from './store.ts'
import { mendFile } from './tombstone-store.ts'
import { deleteAccounts as deleteBatch, findDeletions } from './use-cases/deletions.ts'

/** `waits`: confirmed anew on a day that was counted already; the next one is its first. */
type State = 'unconfirmed' | 'halted' | 'begun' | 'waits'

interface RunClass {
  code: string
  kind: KindName
  left: number
}

/** Counts what is due and writes it down, once a day. Without a confirmation of exactly these classes nothing is due. */
export const beginRun = job({
  operation: 'retention.begin-run',
  permission: null,
  output: Type.Unsafe<{ state: State; over: string[] }>({}),
  async run(work): Promise<{ state: State; over: string[] }> {
    const { tx, now } = work
    const classes = work.call.platform.services.packs.inForce().pack.retention ?? []
    const [today, digest] = [dayOf(now), digestOf(classes)]
    const confirmed = await confirmationOf(tx)
    if (confirmed?.digest !== digest) return { state: 'unconfirmed', over: [] }
    const { last } = await tx.one(sql<{ last: Day | null }>`select max(day) as last from retention.run where halted is null`)
    const since = dayOf(confirmed.confirmedAt)
    const halted = isClockBelievable(last !== null && last > since ? last : since, today) ? null : 'clock'
    const first = await tx.run(sql`insert into retention.run (day, at, digest, confirmation_id, halted)
      values (${today}, ${now}, ${digest}, ${confirmed.id}, ${halted}) on conflict do nothing`)
    if (first === 1) return { state: halted ? 'halted' : 'begun', over: halted ? [] : await writeDown(work, today) }
    // Begun before a kill, or by another node just now: it stays as it was counted.
    const begun = await tx.one(
      sql<{
        halted: string | null
        same: boolean
      }>`select halted, confirmation_id = ${confirmed.id} as same from retention.run where day = ${today}`,
    )
    return { state: begun.halted ? 'halted' : begun.same ? 'begun' : 'waits', over: [] }
  },
})

/** @returns the classes of which more is due than one day lets go */
async function writeDown({ tx, now, call }: Work, today: Day): Promise<string[]> {
  const { lines } = await planOf(tx, call.platform.services.packs.inForce().pack.retention ?? [], now)
  for (const { class: one, before, due, held } of lines)
    await tx.run(sql`insert into retention.run_class (day, class, kind, ends, statuses, matters, before, due, held, allowed)
      values (${today}, ${one.code}, ${one.kind}, ${one.ends}, ${[...(one.statuses ?? [])]}::text[], ${one.matters ? [...one.matters] : null}::text[],
        ${before}, ${due}, ${held}, ${Math.min(due, one.most_a_day)})`)
  return lines.filter(({ class: one, due }) => due > one.most_a_day).map(({ class: one }) => one.code)
}

/** One batch of one class. Its audit row names the class and how many, and nobody. */
export const letGo = command({
  operation: 'retention.let-go',
  permission: null,
  actors: ['system'],
  input: Type.Object({ class: Type.String({ maxLength: 60 }) }),
  output: Type.Object({ id: Type.String(), gone: Type.Integer() }),
  async run(work, { class: code }) {
    const { tx, now, call } = work
    const { crypto } = call.platform.services
    const day = dayOf(now)
    const row = await tx.maybe(
      sql<{ kind: KindName; ends: string }>`select kind, ends from retention.run_class where day = ${day} and class = ${code}`,
    )
    if (!row) return { id: `${code} 0`, gone: 0 }
    const kind = kindOf(row.kind)
    const found = await tx.rows(sql<{ id: string }>`select id from retention.next_of(${day}, ${code}, ${kind.atOnce})`)
    const ids = found.map(({ id }) => id)
    if (kind.log) return { ...(await dropMonth(work, code, kind.log, ids[0])) }
    const leaves = kind.tombstone && row.ends !== 'restrict'
    const { subject } = kind
    const blinds = subject ? ids.flatMap((id) => subjectBlinds(crypto, subject, id).map((blind) => ({ id, blind }))) : []
    const { gone } = await tx.one(
      sql<{
        gone: number
      }>`select retention.let_go(${day}, ${code}, ${ids}::text[], ${leaves ? ids.map(() => newPublicId()) : []}::uuid[],
        ${leaves ? ids.map((id) => commitmentOf(row.kind, id)) : []}::bytea[], ${blinds.map(({ id }) => id)}::text[], ${blinds.map(({ blind }) => blind)}::bytea[], ${now}) as gone`,
    )
    return { id: `${code} ${gone}`, gone }
  },
})

/** The sealer drops it in a transaction of its own; a kill before this one commits leaves a month less to count tomorrow. */
async function dropMonth({ tx, now, call }: Work, code: string, log: string, month: string | undefined) {
  const gone = month === undefined ? null : await call.platform.services.seals.letGo(log, month, now)
  if (gone === null) return { id: `${code} 0`, gone: 0 }
  await tx.run(sql`select retention.note_month(${dayOf(now)}, ${code})`)
  return { id: `${code} ${month}`, gone: 1 }
}

const classesLeft = (tx: Tx, day: Day): Promise<RunClass[]> =>
  tx.rows(
    sql<RunClass>`select class as code, kind, (allowed - done)::float8 as left from retention.run_class where day = ${day} and done < allowed order by class`,
  )

/** The schedule. @returns how many of each class went */
export async function letGoToday(platform: Platform): Promise<Record<string, number>> {
  const { services, db, log } = platform
  const now = platform.clock()
  const { pack } = services.packs.inForce()
  const actor: Actor = { kind: 'system', schedule: 'let-go', scope: pack.area, domains: pack.domains.map((d) => d.code) }
  const call: Call = { platform, actor, now, requestId: newId(now) }
  const scope = platform.guard.admit(actor, null, null)
  const mended = () => mendFile(platform, actor)
  // What a kill kept from the file after the last commit.
  const { ahead } = await mended()
  if (ahead) {
    log.error(
      {},
      'the file of tombstones knows more than the database, which was set back: nothing is let go; see docs/runbooks/retention.md',
    )
    return {}
  }
  const { state, over } = await beginRun.run(call, {})
  if (state === 'halted')
    log.error({}, 'nothing was let go: the clock stands more than a week from the last run; see docs/runbooks/retention.md')
  if (over.length > 0) log.warn({ classes: over }, 'more is due than one day lets go; the rest follows on the days after')
  if (state !== 'begun') return {}
  const gone: Record<string, number> = {}
  for (const { code } of await db.as(scope, (tx) => classesLeft(tx, dayOf(now))))
    for (;;) {
      const batch = await letGo.run(call, { class: code })
      if (batch.gone === 0) break
      gone[code] = (gone[code] ?? 0) + batch.gone
    }
  await mended()
  return gone
}

/**
 * The other schedule: accounts whose owners asked for it, seven days later, of their own right, a batch an
 * hour. A kill before its end leaves all of it to the next hour. @returns how many went
 */
export async function deleteAccounts(platform: Platform): Promise<number> {
  const { services, log } = platform
  const now = platform.clock()
  const { pack } = services.packs.inForce()
  const actor: Actor = { kind: 'system', schedule: 'delete-accounts', scope: pack.area, domains: pack.domains.map((d) => d.code) }
  const call: Call = { platform, actor, now, requestId: newId(now) }
  const { ahead } = await mendFile(platform, actor)
  if (ahead) {
    log.error(
      {},
      'the file of tombstones knows more than the database, which was set back: no account is deleted; see docs/runbooks/retention.md',
    )
    return 0
  }
  const { jumped, accounts } = await findDeletions.run(call, {})
  if (jumped)
    log.error(
      {},
      'the clock jumped: no account is deleted before it has gone on evenly for two days; see docs/runbooks/retention.md',
    )
  if (accounts.length === 0) return 0
  const { gone } = await deleteBatch.run(call, { accounts })
  await mendFile(platform, actor)
  return gone
}
