/** Keeps the snapshot of everybody's facts at today, and works on searches until none is left. */
import Type from 'typebox'
import type { Actor } from '../../platform/actor.ts'
import { outageOf } from '../../platform/database/away.ts'
import { sql, type Tx } from '../../platform/database/tx.ts'
import { newId } from '../../platform/id.ts'
import type { Platform } from '../../platform/platform.ts'
import { dayOf } from '../../platform/time.ts'
import { type Call, job } from '../../platform/use-case/use-case.ts'
import type { Packs } from '../matters/index.ts'
import { searchOf } from './search.ts'
import { findRunForUpdate, partAfter, runsToWorkOn, searchPart, snapshotOf } from './store.ts'
import { beginNight, beginSearch, failSearch, finishSearch, isBegun } from './use-cases/run.ts'

/**
 * Brings the snapshot up to today: whoever changed since the last time, or everybody when there is none of before.
 * `made` is the number of rows that were made.
 */
export const refreshSnapshot = job({
  operation: 'outreach.refresh-snapshot',
  permission: null,
  output: Type.Object({ made: Type.Integer(), whole: Type.Boolean() }),
  async run({ tx, now }) {
    const today = dayOf(now)
    const { changed } = await tx.one(
      sql<{ changed: number | null }>`select outreach.refresh_snapshot(${today}::date, ${now}) as changed`,
    )
    if (changed !== null) return { made: changed, whole: false }
    const { made } = await tx.one(sql<{ made: number }>`select outreach.make_snapshot(${today}::date, ${now}) as made`)
    return { made, whole: true }
  },
})

/** What was judged meanwhile was judged over two snapshots: it is undone, and the search begins anew. */
class SnapshotMoved extends Error {}

/** What a run needs next, after one part of it more was done. */
type Next = 'begin' | 'part' | 'finish' | 'over'

/** One part, in a transaction of its own: whoever stops the search waits for no more than this. */
async function oneMore(tx: Tx, packs: Packs, id: string, now: Date): Promise<Next> {
  const run = await findRunForUpdate(tx, id)
  if (!run || !(run.status === 'waiting' || run.status === 'running')) return 'over'
  if (!isBegun(run)) return 'begin'
  const part = await partAfter(tx, run.area, run.reached)
  if (!part) return 'finish'
  const pack = await packs.at(run.packHash)
  await searchPart(tx, run, searchOf(pack, pack.matter(run.matterCode), run.area, run.day), part, now)
  const snapshot = await snapshotOf(tx)
  if (snapshot?.day !== run.day || +snapshot.knownAt !== +run.knownAt) throw new SnapshotMoved()
  return 'part'
}

const callOf = (platform: Platform, schedule: string): Call => {
  const { pack } = platform.services.packs.inForce()
  const actor: Actor = { kind: 'system', schedule, scope: pack.area, domains: pack.domains.map(({ code }) => code) }
  const now = platform.clock()
  return { platform, actor, now, requestId: newId(now) }
}

/** To its end, or to the end that somebody gave it. Several may work on one: each takes the next part. */
async function workOn(call: Call, id: string): Promise<void> {
  const { platform } = call
  const scope = platform.guard.admit(call.actor, null, null)
  for (;;) {
    const now = platform.clock()
    const next = await platform.db
      .as(scope, (tx) => oneMore(tx, platform.services.packs, id, now))
      .catch((error: unknown): Next => {
        if (error instanceof SnapshotMoved) return 'begin'
        throw error
      })
    if (next === 'over') return
    if (next === 'begin') await beginSearch.run({ ...call, now }, { id })
    if (next === 'finish') await finishSearch.run({ ...call, now }, { id })
  }
}

/** The schedule: whatever was asked for, and what a process that died left behind. @returns how many it worked on */
export async function searchWaiting(platform: Platform): Promise<number> {
  const call = callOf(platform, 'search')
  const ids = await platform.db.as(platform.guard.admit(call.actor, null, null), runsToWorkOn)
  for (const id of ids)
    try {
      await workOn(call, id)
    } catch (err) {
      // The next minute goes on where this one stopped.
      if (outageOf(err)) throw err
      platform.log.error({ err, search: id }, 'a search broke; it can be started again')
      await failSearch.run(call, { id })
    }
  return ids.length
}

/** The night: the snapshot of today, and on it everybody whom any matter fits, so that nobody has to ask. */
export async function searchTonight(platform: Platform): Promise<number> {
  const call = callOf(platform, 'search-everybody')
  await refreshSnapshot.run(call, {})
  await beginNight.run(call, {})
  return searchWaiting(platform)
}
