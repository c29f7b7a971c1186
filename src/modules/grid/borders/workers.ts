/** Which grid worker looks after which grid of a community. */
import Type from 'typebox'
import { postOf } from '../../../core/access/index.ts'
import { sql, together } from '../../../platform/database/tx.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { command, query } from '../../../platform/use-case/use-case.ts'
import { type Worker, workersOf } from '../tasks/store.ts'
import { type Assigned, type DrawnGrid, holdCommunity, listAssigned, listGrids } from './store.ts'
import { Community, communityOf, refuseOtherLine } from './use-cases.ts'

export interface GridWorkers {
  grids: Pick<DrawnGrid, 'id' | 'code' | 'name'>[]
  workers: Worker[]
  assigned: Assigned[]
}

export const listGridWorkers = query({
  operation: 'grid.list-workers',
  permission: 'grid.draw',
  actors: ['staff'],
  input: Type.Object({ area: Community }),
  output: Type.Unsafe<GridWorkers>({}),
  async run(work, { area }) {
    communityOf(work, area)
    refuseOtherLine(work)
    const pack = work.call.platform.services.packs.inForce()
    const [grids, workers, assigned] = await together([
      listGrids(work.tx, [area]),
      workersOf(work.tx, pack, area, dayOf(work.now)),
      listAssigned(work.tx, pack, area, [area], dayOf(work.now)),
    ])
    return { grids: grids.map(({ id, code, name }) => ({ id, code, name })), workers, assigned }
  },
})

const Posts = Type.Array(Id, { maxItems: 50 })
/**
 * Says anew who looks after these grids: who is not named any more is so no longer, and the record keeps since when and until when.
 * @throws Refusal `border.changed_meanwhile` · `border.workers_changed`, when `before` is not who it is now · `task.worker_unknown`
 */
export const assignWorkers = command({
  operation: 'grid.assign-workers',
  permission: 'grid.draw',
  actors: ['staff'],
  input: Type.Object({
    area: Community,
    grids: Type.Array(Type.Object({ id: Id, workerIds: Posts, before: Type.Optional(Posts) }), { minItems: 1, maxItems: 200 }),
  }),
  output: Type.Object({ begun: Type.Integer(), ended: Type.Integer() }),
  async run(work, { area, grids }) {
    const { tx, now } = work
    communityOf(work, area)
    refuseOtherLine(work)
    const by = postOf(work.actor).id
    const [pack, on] = [work.call.platform.services.packs.inForce(), dayOf(now)]
    await holdCommunity(tx, area)
    const [running, workers, assigned] = await together([
      listGrids(tx, [area]),
      workersOf(tx, pack, area, on),
      listAssigned(tx, pack, area, [area], on),
    ])
    let [begun, ended] = [0, 0]
    // Named twice it is looked after by whom the last word names.
    for (const { id, workerIds, before } of new Map(grids.map((one) => [one.id, one])).values()) {
      const grid = running.find((one) => one.id === id)
      if (!grid) throw new Refusal('border.changed_meanwhile', 'conflict')
      const own = new Set(assigned.filter(({ gridCode }) => gridCode === grid.code).map(({ postId }) => postId))
      if (before && own.symmetricDifference(new Set(before)).size > 0)
        throw new Refusal('border.workers_changed', 'conflict', { name: grid.name })
      for (const postId of new Set(workerIds).difference(own)) {
        if (!workers.some((one) => one.postId === postId)) throw new Refusal('task.worker_unknown', 'invalid')
        begun += await tx.run(sql`insert into grid.assignment (id, grid_code, area, post_id, recorded_at, recorded_by)
          values (${newId(now)}, ${grid.code}, ${area}, ${postId}, ${now}, ${by})`)
      }
      ended += await tx.run(
        sql`update grid.assignment set ended_at = ${now}, ended_by = ${by} where grid_code = ${grid.code} and ended_at is null and post_id <> all(${workerIds}::uuid[])`,
      )
    }
    return { begun, ended }
  },
})
