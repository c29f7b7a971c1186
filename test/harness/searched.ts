/** Searches that have been made, for stories: rows as a finished run leaves them. */

import { newId } from '../../src/platform/id.ts'
import type { Scene } from './scene.ts'

export interface Searched {
  matter?: string
  area?: string
  day?: string
  /** Who was found, and how. */
  found?: readonly { personId: string; list?: 'fits' | 'confirm'; amountFen?: number | null }[]
  status?: string
  expiresOn?: string
}

let moment = 0

/** @returns the id of the run */
export async function searched(
  scene: Pick<Scene, 'owner' | 'now'>,
  {
    matter = 'longevity-allowance',
    area = '4401',
    day = '2026-11-24',
    found = [],
    status = 'done',
    expiresOn = '2027-01-23',
  }: Searched,
): Promise<string> {
  const id = newId(scene.now())
  const at = new Date(Date.parse(`${day}T00:00:00Z`) + moment++)
  await scene.owner.query(
    `insert into outreach.run (id, matter_code, domain, pack_hash, day, known_at, area, rules, asked, parameters, status, total_communities, done_communities, chain, hash,
       requested_at, started_at, finished_at, expires_on)
     values ($1, $2, 'civil-affairs', (select hash from matters.pack limit 1), $3, $4, $5, '{}', '{}', '[]', $6, 1, 1, '\\x00', case when $6 = 'done' then repeat('0', 64) end,
       $4, $4, $4, case when $6 = 'done' then $7::date end)`,
    [id, matter, day, at, area, status, expiresOn],
  )
  for (const { personId, list = 'fits', amountFen = 10_000 } of found)
    await scene.owner.query(
      `insert into outreach.found (run_id, person_id, area, hidden, list, missing, presumed, amount_fen)
       select $1, id, coalesce(living_area, hukou_area), safety_flag, $3, case when $3 = 'fits' then '{}' else array['longevity.hukou'] end, '{}', $4 from people.person where id = $2`,
      [id, personId, list, amountFen],
    )
  return id
}

/** An own account on record. */
export const bankAccount = (scene: Scene, personId: string) =>
  scene.owner.query(
    `insert into people.bank_account (id, person_id, account_sealed, last_four, bank, during, source, method, recorded_at)
     values (gen_random_uuid(), $1, '\\x00', '4321', '示例银行', '[2026-01-01,)', 'self', 'declared', $2)`,
    [personId, scene.now()],
  )
