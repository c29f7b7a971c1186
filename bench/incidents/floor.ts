/** The floor of incidents: the same rows read and written by a bare route, without session, policy, shape, sealing or rules. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'

const statements = {
  map: `select public_id as "publicId", number, area, class_code as "classCode", level, title, shown_place as place, shown_lon as lon, shown_lat as lat, reported_at as "reportedAt", status, round, due_at as "dueAt", closed_at as "closedAt", outcome
    from grid.incident where shown and open and box(point($1, $2), point($3, $4)) @> point(shown_lon, shown_lat)`,
  requests: `select i.public_id, i.class_code, i.title, i.area, a.name as area_name, i.shown_place, i.shown_lon, i.shown_lat, i.open, i.reported_at, (select t.recorded_at from grid.timeline t where t.incident_id = i.id and t.seq = i.seq) as changed_at, i.due_at, u.name as unit
    from grid.incident i join areas.area a on a.code = i.area left join access.organisation u on u.id = i.unit_id
    where i.shown and i.reported_at between $1 and $2 order by i.reported_at desc, i.public_id limit 1000`,
  claim: `insert into platform.idempotency (actor, operation, key, body_hash, result, at) values ('floor', 'report', $1, $2, '{}', $3) on conflict do nothing`,
  grids: `select id, code, area, boundary from grid.grid where valid_to is null and box(point(west, south), point(east, north)) @> point($1, $2)`,
  crossing: 'select lon, lat, name from grid.crossing order by point(lon, lat) <-> point($1, $2) limit 1',
  incident: `insert into grid.incident (id, public_id, street, area, channel, class_code, level, pack_hash, lon, lat, crs, shown_lon, shown_lat, shown_place, reported_at, status, stage_due_at, seq)
    values ($1, $2, left($3, 9), $3, 'page', 'street-lamp', 'C', $4, $5, $6, 'CGCS2000', $5, $6, '示例路口', $7, 'reported', $7, 1) returning number`,
  report: `insert into grid.report (id, token, incident_id, channel, sealed, lon, lat, crs, seen_at, reported_at) values ($1, $2, $3, 'page', $4, $5, $6, 'CGCS2000', $7, $7)`,
  fact: `insert into grid.timeline (incident_id, seq, fact, payload, actor_kind, recorded_at, effective_at) values ($1, 1, 'reported', '{"level":"C","classCode":"street-lamp","stageDueAt":"2026-11-29T02:00:00.000Z"}', 'public', $2, $2)`,
  audit: `insert into platform.audit (id, at, operation, outcome, actor_kind, object_id, request_id) values ($1, $2, 'floor', 'done', 'public', $3, 'floor')`,
} as const

export function incidentFloor(app: FastifyInstance, pool: pg.Pool, packHash: string): void {
  const run = (client: pg.ClientBase | pg.Pool, name: keyof typeof statements, values: unknown[]) =>
    client.query({ name: `incident_${name}`, text: statements[name], values })

  app.get<{ Querystring: Record<'west' | 'south' | 'east' | 'north', string> }>('/incidents/map', async ({ query }) => ({
    rows: (await run(pool, 'map', [query.west, query.south, query.east, query.north])).rows,
    more: false,
  }))

  app.get('/requests.xml', async (_, reply) => {
    const now = new Date()
    const { rows } = await run(pool, 'requests', [new Date(now.getTime() - 90 * 86_400_000), now])
    const written = rows.map(
      (r) =>
        `<request><service_request_id>${r.public_id}</service_request_id><status>${r.open ? 'open' : 'closed'}</status><status_notes>-</status_notes><service_name>${r.class_code}</service_name><service_code>${r.class_code}</service_code><description>${r.title}</description><agency_responsible>${r.unit ?? ''}</agency_responsible><service_notice/><requested_datetime>${r.reported_at.toISOString()}</requested_datetime><updated_datetime>${r.changed_at.toISOString()}</updated_datetime><expected_datetime>${r.due_at ?? ''}</expected_datetime><address>${r.shown_place} ${r.area_name}</address><address_id>${r.area}</address_id><zipcode/><lat>${r.shown_lat}</lat><long>${r.shown_lon}</long><media_url/></request>`,
    )
    return reply
      .type('text/xml; charset=utf-8')
      .send(`<?xml version="1.0" encoding="utf-8"?><service_requests>${written.join('')}</service_requests>`)
  })

  app.post<{ Body: { area: string; lon: number; lat: number } }>('/reports', async ({ body: { area, lon, lat } }) => {
    const now = new Date()
    const [id, publicId, reportId, token] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
    const client = await pool.connect()
    try {
      await client.query('begin')
      await run(client, 'claim', [randomUUID(), Buffer.alloc(32), now])
      await run(client, 'grids', [lon, lat])
      await run(client, 'crossing', [lon, lat])
      const { number } = (await run(client, 'incident', [id, publicId, area, packHash, lon, lat, now])).rows[0]
      await run(client, 'report', [reportId, token, id, Buffer.alloc(160, 7), lon, lat, now])
      await run(client, 'fact', [id, now])
      await run(client, 'audit', [randomUUID(), now, reportId])
      await client.query('commit')
      return { id: reportId, token, publicId, number, joined: false }
    } finally {
      client.release()
    }
  })
}
