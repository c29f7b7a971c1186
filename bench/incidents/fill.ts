/** A million incidents over the streets of the city, straight into the tables as their owner: a twentieth of them open and shown. Same rows each time. */
import type pg from 'pg'
import { COMMUNITY } from '../fill.ts'

/** The built-up middle of the city, and a district's part of it: west, south, east, north. */
const CITY = [113.0, 22.9, 113.6, 23.4] as const
export const DISTRICT_BOX = [113.29, 23.1, 113.43, 23.25] as const

/** @returns how many are open in the district's box */
export async function fillIncidents(owner: pg.Client, packHash: string, incidents: number, now: Date): Promise<number> {
  const [west, south, east, north] = CITY
  await owner.query(
    `insert into grid.crossing (id, name, street, lon, lat, source) select gen_random_uuid(), '示例路口 ' || i, left($1::text, 9), $2::float8 + (i * 7919 % 10000) * ($4::float8 - $2::float8) / 10000, $3::float8 + (i * 104729 % 10000) * ($5::float8 - $3::float8) / 10000, 'demo' from generate_series(1, 5000) i`,
    [COMMUNITY, west, south, east, north],
  )
  await owner.query('alter table grid.incident disable trigger number_given')
  await owner.query(
    `insert into grid.incident (id, public_id, number, street, area, channel, class_code, level, pack_hash, lon, lat, crs, shown_lon, shown_lat, shown_place, reported_at, status, outcome, closed_at, shown, title, stage_due_at, due_at, seq)
     select ('00000000-0000-7000-a000-' || lpad(to_hex(i), 12, '0'))::uuid, gen_random_uuid(), 'B' || i, left(p.code, 9), p.code, 'page', case i % 3 when 0 then 'street-lamp' when 1 then 'litter' else 'parking' end, 'C', $2,
       spot.lon, spot.lat, 'CGCS2000', spot.lon, spot.lat, '示例路口', $3::timestamptz - i * interval '30 seconds', case when i % 20 = 0 then 'filed' else 'closed' end, case when i % 20 = 0 then null else 'checked' end,
       case when i % 20 = 0 then null else $3::timestamptz - i * interval '25 seconds' end, true, '示例的事', case when i % 20 = 0 then $3::timestamptz + interval '1 hour' end, null, 3
     from generate_series(1, $1) i join place p on p.n = i % (select count(*) from place),
       lateral (select $4::float8 + (i::bigint * 7919 % 100003) * ($6::float8 - $4::float8) / 100003 as lon, $5::float8 + (i::bigint * 104729 % 100019) * ($7::float8 - $5::float8) / 100019 as lat) spot`,
    [incidents, packHash, now, west, south, east, north],
  )
  await owner.query('alter table grid.incident enable trigger number_given')
  // The newest fact of each: when it last changed is read there.
  await owner.query(
    `insert into grid.timeline (incident_id, seq, fact, payload, actor_kind, recorded_at, effective_at)
     select id, seq, case when open then 'filed' else 'check_passed' end, '{}', 'staff', coalesce(closed_at, reported_at), coalesce(closed_at, reported_at) from grid.incident`,
  )
  await owner.query('vacuum analyze grid.incident, grid.timeline')
  const { rows } = await owner.query<{ n: number }>(
    `select count(*)::int as n from grid.incident where open and shown_lon between $1 and $3 and shown_lat between $2 and $4`,
    [...DISTRICT_BOX],
  )
  return rows[0]!.n
}
