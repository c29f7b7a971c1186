/**
 * The floor: a bare Fastify server with `pg`, doing what our node does to the database and nothing else. No session, no
 * permission, no row security, no validation, no sealing, no rules: the same rows are read and written, the audit and
 * access rows included. It logs in as the owner, so that no policy slows it.
 */
import { randomUUID } from 'node:crypto'
import fastify from 'fastify'
import pg from 'pg'
import { floor } from './floor-sql.ts'
import { incidentFloor } from './incidents/floor.ts'

const { ownerUrl, packHash } = JSON.parse(process.argv[2]!) as { ownerUrl: string; packHash: string }
const pool = new pg.Pool({ connectionString: ownerUrl, max: 12 })
const app = fastify({ logger: false })
const run = (client: pg.ClientBase | pg.Pool, name: keyof typeof floor, values: unknown[]) =>
  client.query({ name, text: floor[name], values })

async function transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } finally {
    client.release()
  }
}

/** What the officer of the bench answers to, as ours ask it of her post. */
const ACTS = [
  'survey',
  'check_data',
  'record_authorisation',
  'publish_notice',
  'end_notice',
  'review',
  'resume',
  'issue',
  'deliver',
  'close',
]

app.get<{ Querystring: { area: string } }>('/work', async (request) => {
  const { area } = request.query
  const now = new Date()
  const [day, soon] = [new Date(now.getTime() + 86_400_000), new Date(now.getTime() + 4 * 86_400_000)]
  const list = area.length < 9 ? 'worklist_above' : 'worklist'
  const rows = (await run(pool, list, [area, `${area}~`, area.length, ACTS])).rows
  if (area.length < 6) return { rows: rows.slice(0, 25), more: rows.length > 25 }
  const counts = (await run(pool, 'counts', [area, `${area}~`, now, day, soon, area.length, ACTS])).rows[0]
  return { rows: rows.slice(0, 25), counts, more: rows.length > 25 }
})

const MARK = Buffer.alloc(32, 3)

app.get<{ Params: { id: string } }>('/cases/:id', async (request) => {
  const { id } = request.params
  const now = new Date()
  const found = (await run(pool, 'case_by_id', [id])).rows[0]
  await run(pool, 'read_entry', [randomUUID(), now, found.applicant_id, id, MARK])
  const [standing, objections, area, facts, sealed, answers, checked, material, members, materials, documents, timeline] =
    await transaction((client) =>
      Promise.all([
        run(client, 'standing', [id]),
        run(client, 'objections', [id]),
        run(client, 'area', [found.origin_area]),
        run(client, 'facts', [found.applicant_id, now]),
        run(client, 'identity', [found.applicant_id]),
        run(client, 'answers', [id]),
        run(client, 'data_check', [id]),
        run(client, 'material', [id]),
        run(client, 'members', [id]),
        run(client, 'materials', [id]),
        run(client, 'documents', [id]),
        run(client, 'timeline', [id]),
      ]),
    )
  return {
    found,
    standing: standing.rows,
    objections: objections.rows,
    area: area.rows,
    facts: facts.rows,
    sealed: sealed.rows,
    answers: answers.rows,
    checked: checked.rows,
    material: material.rows,
    members: members.rows,
    materials: materials.rows,
    documents: documents.rows,
    timeline: timeline.rows,
  }
})

const MODEL = Buffer.alloc(1200, 7)

app.post<{ Body: { person: string; street: string; area: string } }>('/cases', async (request) => {
  const { person, street, area } = request.body
  const now = new Date()
  const id = randomUUID()
  return transaction(async (client) => {
    await run(client, 'claim_key', [randomUUID(), Buffer.alloc(32), now])
    await run(client, 'facts', [person, now])
    await run(client, 'running', [person])
    const number = (await run(client, 'insert_case', [id, street, packHash, area, street, person, now])).rows[0].number
    await run(client, 'insert_fact', [id, 1, 'received', now])
    await run(client, 'insert_answer', [id, 'about-you', Buffer.alloc(80, 1), now])
    await run(client, 'insert_answer', [id, 'account', Buffer.alloc(120, 1), now])
    await run(client, 'next_document', [street, 2026])
    await run(client, 'insert_document', [randomUUID(), `F${number}${randomUUID()}`, id, street, MODEL, 1, now])
    await run(client, 'insert_message', [randomUUID(), person, id, now])
    await run(client, 'insert_audit', [randomUUID(), now, id])
    return { caseId: id, number }
  })
})

app.post<{ Params: { id: string } }>('/cases/:id/acceptance', async (request) => {
  const { id } = request.params
  const now = new Date()
  return transaction(async (client) => {
    const found = (await run(client, 'lock_case', [id])).rows[0]
    await run(client, 'standing', [id])
    await run(client, 'identity', [found.applicant_id])
    await run(client, 'next_document', [found.street, 2026])
    await run(client, 'insert_document', [randomUUID(), `A${randomUUID()}`, id, found.street, MODEL, 2, now])
    await run(client, 'insert_message', [randomUUID(), found.applicant_id, id, now])
    await run(client, 'update_case', [id, now, found.origin_area])
    await run(client, 'insert_fact', [id, found.seq + 1, 'accepted', now])
    await run(client, 'insert_fact', [id, found.seq + 2, 'handed_over', now])
    await run(client, 'insert_audit', [randomUUID(), now, id])
    return { caseId: id }
  })
})

incidentFloor(app, pool, packHash)
const address = await app.listen({ host: '127.0.0.1', port: 0 })
process.send?.({ address })
process.on('message', async (message) => {
  if (message !== 'stop') return
  await app.close()
  await pool.end()
  process.exit(0)
})
