/** Which grid worker looks after which grid of a community. */
import Type from 'typebox'
import { postOf } from '../../../core/access/index.ts'
import { sql, together } from '../../../platform/database/tx.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { command, query } from '../../../platform/use-case/use-case.ts'
import { type Worker, workersOf } from '../tasks/store.ts'
import { type Assigned, type DrawnGrid, listAssigned, listGrids } from './store.ts'
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
      listAssigned(work.tx, area),
    ])
    return { grids: grids.map(({ id, code, name }) => ({ id, code, name })), workers, assigned }
  },
})

/** Says anew who looks after these grids: who is not named any more is so no longer, and the record keeps since when and until when. */
export const assignWorkers = command({
  operation: 'grid.assign-workers',
  permission: 'grid.draw',
  actors: ['staff'],
  input: Type.Object({
    area: Community,
    grids: Type.Array(Type.Object({ id: Id, workerIds: Type.Array(Id, { maxItems: 50 }) }), { minItems: 1, maxItems: 200 }),
  }),
  output: Type.Object({ begun: Type.Integer(), ended: Type.Integer() }),
  async run(work, { area, grids }) {
    const { tx, now } = work
    communityOf(work, area)
    refuseOtherLine(work)
    const by = postOf(work.actor).id
    const running = await listGrids(tx, [area])
    const workers = await workersOf(tx, work.call.platform.services.packs.inForce(), area, dayOf(now))
    const before = await listAssigned(tx, area)
    let [begun, ended] = [0, 0]
    for (const { id, workerIds } of grids) {
      const grid = running.find((one) => one.id === id)
      if (!grid) throw new Refusal('border.changed_meanwhile', 'conflict')
      const own = before.filter(({ gridCode }) => gridCode === grid.code).map(({ postId }) => postId)
      for (const postId of new Set(workerIds)) {
        if (own.includes(postId)) continue
        if (!workers.some((one) => one.postId === postId)) throw new Refusal('task.worker_unknown', 'invalid')
        begun += await tx.run(sql`insert into grid.assignment (id, grid_code, area, post_id, recorded_at, recorded_by)
          values (${newId(now)}, ${grid.code}, ${area}, ${postId}, ${now}, ${by}) on conflict do nothing`)
      }
      const gone = own.filter((postId) => !workerIds.includes(postId))
      ended += await tx.run(
        sql`update grid.assignment set ended_at = ${now}, ended_by = ${by} where grid_code = ${grid.code} and ended_at is null and post_id = any(${gone}::uuid[])`,
      )
    }
    return { begun, ended }
  },
})
