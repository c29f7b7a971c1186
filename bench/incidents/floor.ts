/** The floor of incidents: the same rows read and written by a bare route, without session, policy, shape, sealing or rules. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'

const statements = {
  map: `select public_id as "publicId", number, area, class_code as "classCode", level, title, shown_place as place, shown_lon as lon, shown_lat as lat, reported_at as "reportedAt", status, round, due_at as "dueAt", closed_at as "closedAt", outcome
    from grid.incident where shown and open and box(point($1, $2), point($3, $4)) @> point(shown_lon, shown_lat)`,
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
