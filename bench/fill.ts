/** 200,000 cases over the real areas, written straight into the tables as their owner. Invented rows, same seed each time. */
import type pg from 'pg'
import { dayOf } from '../src/platform/time.ts'

export const STREET = '440106001'
export const COMMUNITY = '440106001002'

export interface Filled {
  cases: number
  persons: number
}

/**
 * Persons live in every community by turns, one case each. Three of four are open, and a third of those wait for acceptance.
 * @param packHash the loaded pack
 */
export async function fill(owner: pg.Client, packHash: string, cases: number, now: Date): Promise<Filled> {
  // At most one case of a matter runs for a person: each case is somebody else's.
  const persons = cases
  const at = now.toISOString()
  await owner.query(
    `create temp table place as select code, row_number() over (order by code) - 1 as n from areas.area where level = 'community'`,
  )
  // Without figures the planner nests one loop in the other: 200,000 persons times 2,844 places.
  await owner.query('analyze place')
  await owner.query(
    `insert into people.person (id, name, sex, born_on, living_area, hukou_area, recorded_at, source)
     select ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, '陈示例', 'female', date '1940-01-01' + (i % 10000), p.code, p.code, $2, 'demo'
     from generate_series(0, $1 - 1) i join place p on p.n = (i + i / (select count(*) from place)) % (select count(*) from place)`,
    [persons, at],
  )
  await owner.query('analyze people.person')
  await owner.query(
    `insert into people.hukou_spell (id, person_id, area, relation, during, source, method, recorded_at)
     select gen_random_uuid(), id, hukou_area, 'head', daterange(born_on, null), 'demo', 'demo', $1 from people.person`,
    [at],
  )
  await owner.query(
    `insert into cases.case (id, number, street, matter_code, matter_version, pack_hash, domain, origin_area, handling_area, applicant_id, surname, channel, received_at,
       status, step, awaits, accepted_on, due_at, told_due_at, seq)
     select ('00000000-0000-7000-9000-' || lpad(to_hex(i), 12, '0'))::uuid, 'B' || i, left(p.living_area, 9), 'longevity-allowance', 1, $2, 'civil-affairs', p.living_area,
       case when i % 12 in (4, 5) then p.living_area when i % 12 in (6, 7) then left(p.living_area, 6) else left(p.living_area, 9) end,
       p.id, '陈', 'window', $3::timestamptz - (i % 400) * interval '1 hour',
       case when i % 4 = 3 then 'closed' when i % 12 in (0, 1, 2) then 'received' else 'accepted' end,
       case when i % 4 = 3 then null when i % 12 in (0, 1, 2) then 'accept' when i % 12 in (4, 5) then 'confirm' when i % 12 in (6, 7) then 'decide' else 'review' end,
       case when i % 4 = 3 then '{}' else array[case when i % 12 in (0, 1, 2) then 'accept' when i % 12 in (4, 5) then 'confirm' when i % 12 in (6, 7) then 'decide' else 'review' end] end,
       $4::date - 3, case when i % 4 = 3 then null else $3::timestamptz + ((i * 7919) % 3000 - 300) * interval '5 minutes' end, $3, 1
     from generate_series(0, $1 - 1) i join people.person p on p.id = ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid`,
    [cases, packHash, at, dayOf(now)],
  )
  await owner.query(
    `insert into cases.timeline (case_id, seq, fact, payload, actor_kind, recorded_at, effective_at)
     select id, 1, 'received', '{"channel":"window","packHash":"","step":"accept","handlingArea":"","dueAt":null,"dueProvisional":false}', 'system', received_at, received_at from cases.case`,
  )
  // As a database stands after some hours; left to itself it would happen in the middle of a figure.
  await owner.query('vacuum analyze')
  return { cases, persons }
}

/** Persons of one community without any case, for creating. */
export async function fresh(owner: pg.Client, count: number): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>(
    `insert into people.person (id, name, sex, born_on, living_area, hukou_area, recorded_at, source)
     select gen_random_uuid(), '陈示例', 'female', date '1950-01-01', $1, $1, now(), 'demo' from generate_series(1, $2) returning id`,
    [COMMUNITY, count],
  )
  return rows.map((r) => r.id)
}

/** Cases of the street that wait for acceptance, each of a person of its own, for updating. */
export async function freshCases(owner: pg.Client, packHash: string, count: number): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>(
    `insert into cases.case (id, number, street, matter_code, matter_version, pack_hash, domain, origin_area, handling_area, applicant_id, surname, channel, received_at, status, step, due_at, told_due_at, seq)
     select gen_random_uuid(), 'U' || i, $1, 'longevity-allowance', 1, $3, 'civil-affairs', $2, $1, p, '陈', 'window', now(), 'received', 'accept', now(), now(), 1
     from unnest($4::uuid[]) with ordinality as of(p, i) returning id`,
    [STREET, COMMUNITY, packHash, await fresh(owner, count)],
  )
  return rows.map((r) => r.id)
}
