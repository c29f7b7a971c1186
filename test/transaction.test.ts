/** What is sent together is judged together: nothing of a transaction stays when one of its last rows is refused. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Scope } from '../src/platform/actor.ts'
import { sql, type Tx, together } from '../src/platform/database/tx.ts'
import { newId } from '../src/platform/id.ts'
import { openScene, type Scene } from './harness/scene.ts'

const NOBODY: Scope = { role: 'app_public', area: '', domains: [], subjects: [], accountId: null }

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene?.close())

/** An audit row under a request of this test; `operation` null is what the table refuses. */
const row = (request: string, operation: string | null) =>
  sql`insert into platform.audit (id, at, operation, outcome, actor_kind, request_id)
    values (${newId(scene.now())}, ${scene.now()}, ${operation}, 'done', 'public', ${request})`

const written = async (request: string): Promise<string[]> =>
  (await scene.owner.query<{ operation: string }>('select operation from platform.audit where request_id = $1 order by 1', [request]))
    .rows.map((r) => r.operation) // biome-ignore format: one statement

const work = <T>(run: (tx: Tx) => Promise<T>) => scene.node.platform.db.as(NOBODY, run)

test('rows for the end are written in order, behind everything else', async () => {
  const answer = await work(async (tx) => {
    tx.atEnd(row('t-1', 'c'))
    tx.atEnd(row('t-1', 'b'))
    await tx.run(row('t-1', 'a'))
    return 'done'
  })
  assert.equal(answer, 'done')
  const { rows } = await scene.owner.query(
    `select operation from platform.audit where request_id = 't-1' order by cmin::text::int`,
  )
  assert.deepEqual(rows.map((r) => r.operation), ['a', 'c', 'b']) // biome-ignore format: one line
})

test('a row at the end that is refused undoes all, says why, and leaves the connection fit for the next', async () => {
  for (let i = 0; i < 20; i++)
    await assert.rejects(
      work(async (tx) => {
        await tx.run(row('t-2', 'before'))
        tx.atEnd(row('t-2', 'first'))
        tx.atEnd(row('t-2', null))
        tx.atEnd(row('t-2', 'behind'))
      }),
      { code: '23502' },
    )
  assert.deepEqual(await written('t-2'), [])
  await work(async (tx) => tx.atEnd(row('t-2', 'next')))
  assert.deepEqual(await written('t-2'), ['next'])
})

test('work that throws sends nothing that it kept for the end', async () => {
  await assert.rejects(
    work(async (tx) => {
      tx.atEnd(row('t-3', 'kept'))
      throw new Error('changed my mind')
    }),
    /changed my mind/,
  )
  assert.deepEqual(await written('t-3'), [])
})

test('of several that were sent together the first fault is told, and a swallowed one never commits', async () => {
  const fault = (tx: Tx) => together([tx.run(row('t-4', 'sound')), tx.run(row('t-4', null)), tx.run(sql`select 1/0`)])
  await assert.rejects(work(fault), { code: '23502' })
  await assert.rejects(
    work((tx) => fault(tx).catch(() => undefined)),
    /rolled back/,
  )
  assert.deepEqual(await written('t-4'), [])
})
