/** How a search begins and ends. What is done stays as it is: nobody and nothing writes to it again. */
import Type from 'typebox'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import { addDays } from '../../../platform/day.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf, startOf } from '../../../platform/time.ts'
import { command, job, type Work } from '../../../platform/use-case/use-case.ts'
import type { Matter } from '../../matters/index.ts'
import { headOf, rulesOf, searchOf } from '../search.ts'
import {
  type Begun, communitiesIn, findRunForUpdate, forgetParts, type Run, snapshotOf, writeBegun, writeDone, writeFailed,
} from '../store.ts' // biome-ignore format: one list

const One = Type.Object({ id: Id })
const Status = Type.Object({ id: Id, status: Type.Enum(['waiting', 'running', 'done', 'cancelled', 'failed']) })

export const isSearched = (matter: Matter): boolean => matter.outreach?.searched === true

export const isBegun = (run: Run): run is Begun => run.packHash !== null && run.day !== null && run.knownAt !== null

/** The run, held, if it is not at its end. */
async function open({ tx }: Work, id: string): Promise<Run | null> {
  const run = await findRunForUpdate(tx, id)
  return run && (run.status === 'waiting' || run.status === 'running') ? run : null
}
async function ended({ tx }: Work, id: string): Promise<Type.Static<typeof Status>> {
  const run = await tx.maybe(sql<Type.Static<typeof Status>>`select id, status from outreach.run where id = ${id}`)
  if (!run) throw new Refusal('search.not_found', 'missing')
  return run
}

/** Over the snapshot as it stands; and anew when the snapshot is another one than it began with. */
export const beginSearch = command({
  operation: 'outreach.begin-search',
  permission: null,
  actors: ['system'],
  input: One,
  output: Status,
  async run(work, { id }) {
    const { tx, now } = work
    const run = await open(work, id)
    if (!run) return ended(work, id)
    const pack = work.call.platform.services.packs.inForce()
    const matter = pack.matters.find((one) => one.code === run.matterCode && isSearched(one))
    const snapshot = await snapshotOf(tx)
    if (isBegun(run) && snapshot && +snapshot.knownAt === +run.knownAt && snapshot.day === run.day) return ended(work, id)
    await forgetParts(tx, id)
    if (!matter || !snapshot) await writeFailed(tx, id, matter ? 'no_snapshot' : 'not_searched', now)
    else {
      const search = searchOf(pack, matter, run.area, snapshot.day)
      const rules = rulesOf(pack, matter)
      const head = headOf({
        matter: matter.code,
        area: run.area,
        rules,
        parameters: search.parameters,
        day: snapshot.day,
        knownAt: snapshot.knownAt,
      })
      await writeBegun(tx, id, { packHash: pack.hash, snapshot, rules: rules.map((rule) => rule.id), search, head }, now)
    }
    return ended(work, id)
  },
})

/** Every part is done. A night's search takes the place of the night before. */
export const finishSearch = command({
  operation: 'outreach.finish-search',
  permission: null,
  actors: ['system'],
  input: One,
  output: Status,
  async run(work, { id }) {
    const { tx, now } = work
    const run = await open(work, id)
    if (run && isBegun(run)) {
      const pack = await work.call.platform.services.packs.at(run.packHash)
      const today = dayOf(now)
      await writeDone(tx, id, addDays(today, pack.number('outreach.expiry', run.area, today)), now)
      if (run.requestedBy === null) await forgetEarlierNights(tx, run)
    }
    return ended(work, id)
  },
})

const forgetEarlierNights = (tx: Tx, run: Run): Promise<number> =>
  tx.run(sql`delete from outreach.found where run_id in (select id from outreach.run
    where matter_code = ${run.matterCode} and area = ${run.area} and requested_by is null and status = 'done' and id <> ${run.id})`)

/** It cannot go on. What it wrote is of no use to anybody. */
export const failSearch = command({
  operation: 'outreach.fail-search',
  permission: null,
  actors: ['system'],
  input: One,
  output: Status,
  async run(work, { id }) {
    if (await open(work, id)) {
      await forgetParts(work.tx, id)
      await writeFailed(work.tx, id, 'broken', work.now)
    }
    return ended(work, id)
  },
})

/** Every matter that is searched for, over the whole area of the pack, so that nobody has to ask; and what is past its time goes. */
export const beginNight = job({
  operation: 'outreach.begin-night',
  permission: null,
  output: Type.Object({ searches: Type.Integer(), gone: Type.Integer() }),
  async run({ tx, now, call }) {
    const gone = await tx.run(sql`delete from outreach.found where run_id in (select id from outreach.run
      where status in ('cancelled', 'failed') or expires_on < ${dayOf(now)})`)
    const inForce = call.platform.services.packs.inForce()
    const { pack, matters } = inForce
    const kept = inForce.optionalNumber('outreach.expiry', pack.area, dayOf(now))
    if (kept !== null) await tx.run(sql`delete from outreach.visit where at < ${startOf(addDays(dayOf(now), -kept))}`)
    let searches = 0
    for (const matter of matters.filter(isSearched))
      searches += await tx.run(sql`insert into outreach.run (id, matter_code, domain, area, total_communities, requested_at)
        values (${newId(now)}, ${matter.code}, ${matter.domain}, ${pack.area}, ${await communitiesIn(tx, pack.area)}, ${now}) on conflict do nothing`)
    return { searches, gone }
  },
})
