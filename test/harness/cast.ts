/**
 * Actors without a sign-in page: rows of access as an administrator makes them, then `identify`, as every request does.
 * For tests that call use cases directly; roles, scopes and row security are those of the running house.
 */
import { randomUUID } from 'node:crypto'
import { identify } from '../../src/core/access/index.ts'
import { commonAncestor } from '../../src/core/areas/index.ts'
import type { Actor, Scope } from '../../src/platform/actor.ts'
import { Database } from '../../src/platform/database/database.ts'
import { sql, type Tx } from '../../src/platform/database/tx.ts'
import { newId } from '../../src/platform/id.ts'
import type { Platform } from '../../src/platform/platform.ts'
import type { Scene } from './scene.ts'

export interface StaffPost {
  accountId: string
  postId: string
  number: string
}

let serial = 0

export async function makePost(
  scene: Scene,
  role: string,
  areas: readonly string[],
  domains: readonly string[],
  dates: { from: string; to: string | null } = { from: '2026-01-01', to: null },
): Promise<StaffPost> {
  const now = scene.now()
  const scope = commonAncestor(areas)!
  const accountId = randomUUID()
  const number = `K${process.pid % 10_000}-${serial++}`
  const [organisation, officer, postId] = [newId(now), newId(now), newId(now)]
  await scene.owner.query(
    `insert into access.organisation (id, name, kind, area, recorded_at) values ($1, $2, 'street_office', $3, $4)`,
    [organisation, '示例办公室', scope, now],
  )
  await scene.owner.query(
    `insert into access.officer (id, account_id, name, number, recorded_at, organisation_id) values ($1, $2, $3, $4, $5, $6)`,
    [officer, accountId, `何晓${serial}`, number, now, organisation],
  )
  await scene.owner.query(
    `insert into access.post (id, officer_id, organisation_id, role, areas, scope, domains, valid_from, valid_to, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [postId, officer, organisation, role, areas, scope, domains, dates.from, dates.to, now],
  )
  return { accountId, postId, number }
}

/** An account with a phone; bound to a person (A1) or not (A0). */
export async function makeResident(scene: Scene, personId: string | null): Promise<string> {
  const accountId = randomUUID()
  if (personId)
    await scene.owner.query(
      `insert into access.person_account (id, account_id, person_id, bound_at, method) values ($1, $2, $3, $4, 'window')`,
      [newId(scene.now()), accountId, personId, scene.now()],
    )
  return accountId
}

/** Who it is now; refuses an ended post like any request. */
export function actorOf(
  scene: Scene,
  kind: 'staff' | 'resident',
  accountId: string,
  postId: string | null,
  now: Date,
  secondFactorAt: Date | null = null,
): Promise<Actor> {
  const { db, services } = scene.node.platform
  return identify(
    db.pool,
    async () => ({ accountId, kind, secondFactorAt, doubted: false, leaving: false }),
    postId,
    services.packs.inForce().permissionsOf,
    now,
  )
}

const UNDONE = 'KF000'

/** Real transactions in the real role and scope, of which nothing is kept: one scene serves many attempts. What leaves with the
 * commit is sent too, and judged like the rest; then comes what undoes it all. */
class RollingBack extends Database {
  override async as<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    let result: T | undefined
    try {
      return await super.as(scope, async (tx): Promise<T> => {
        result = await work(tx)
        tx.atEnd(sql`do ${sql.raw(`$$ begin raise exception 'undone' using errcode = '${UNDONE}'; end $$`)}`)
        return result
      })
    } catch (error) {
      if ((error as { code?: unknown }).code === UNDONE) return result as T
      throw error
    }
  }
}

export const rollingBack = (platform: Platform): Platform => ({ ...platform, db: new RollingBack(platform.db.pool) })
