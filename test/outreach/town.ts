/** A made town in the snapshot, as a night has left it. */
import type pg from 'pg'
import { place } from '../harness/scene.ts'

export const TODAY = '2026-11-24'
const AREAS = [place.community, place.sibling, '440106007002', '440105001101']

/** Two thousand people without a register behind them: the table as a night has left it. Every 97th is hidden. */
export async function makeTown(owner: pg.Client): Promise<void> {
  await owner.query(`insert into people.person (id, name, recorded_at, source)
    select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, '试' || n, '2026-11-01T00:00:00Z', 'test' from generate_series(1, 2000) n`)
  await owner.query(
    `insert into outreach.person (person_id, area, hidden, applied, known, born_on, hukou_area, receives, unit_size, unit_income_fen)
     select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, ($1::text[])[1 + n % 4], n % 97 = 0, '{}', 0,
       case when n % 11 <> 0 then date '1936-01-01' + n * 9 end, case n % 5 when 0 then '430121001001' when 1 then null else ($1::text[])[1 + n % 4] end,
       case when n % 3 = 0 then '{longevity-allowance}'::text[] else '{}' end, 1 + n % 4, case when n % 7 <> 0 then n * 200 end
     from generate_series(1, 2000) n`,
    [AREAS],
  )
  await owner.query(`insert into outreach.snapshot (day, known_at, persons) values ('${TODAY}', '2026-11-23T18:31:00Z', 2000)`)
}
