/** A table without a time is a table that keeps people for ever by oversight. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { fates, kinds } from '../../src/core/retention/kinds.ts'
import { cloneDatabase, type TestDatabase } from '../harness/postgres.ts'

let database: TestDatabase
let owner: pg.Client
before(async () => {
  database = await cloneDatabase()
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
after(async () => {
  await owner?.end()
  await database?.drop()
})

const tables = async (): Promise<string[]> =>
  (
    await owner.query<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public', 'jobs') order by 1`,
    )
  ).rows.map((row) => row.name)

test('every table has its class, or a reason to be kept for ever', async () => {
  const found = await tables()
  assert.ok(found.length > 50)
  assert.deepEqual(
    found.filter((name) => !fates[name]),
    [],
    'src/core/retention/kinds.ts says nothing of these',
  )
  assert.deepEqual(
    Object.keys(fates).filter((name) => !found.includes(name)),
    [],
    'are no tables any more',
  )
})

test('what goes with another table goes with one that goes', () => {
  for (const [name, fate] of Object.entries(fates))
    if ('with' in fate) assert.ok(fates[fate.with] && 'kind' in fates[fate.with]!, `${name} goes with ${fate.with}`)
  for (const kind of Object.keys(kinds))
    assert.ok(
      Object.values(fates).some((fate) => 'kind' in fate && fate.kind === kind),
      `${kind} lets no table go`,
    )
})

test('nothing that names a person is kept for ever', async () => {
  const { rows } = await owner.query<{ name: string }>(
    `select distinct n.nspname || '.' || c.relname as name from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace where not c.relispartition and contype = 'f' and confrelid = 'people.person'::regclass`,
  )
  assert.ok(rows.length > 8)
  for (const { name } of rows) {
    const fate = fates[name]!
    assert.ok('kind' in fate || 'with' in fate, `${name} names persons`)
  }
})

test('a person who goes leaves no row that holds her back', async () => {
  // Cases and consents are ties: who has one is not let go.
  const ties = new Set(['cases.case', 'cases.draft'])
  const { rows } = await owner.query<{ name: string; column: string }>(
    `select n.nspname || '.' || c.relname as name, a.attname as column from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
      where not c.relispartition and contype = 'f' and confrelid = 'people.person'::regclass and confdeltype not in ('c', 'n')`,
  )
  const [{ body }] = (await owner.query<{ body: string }>(`select pg_get_functiondef('retention.drop_persons'::regproc) as body`))
    .rows as [{ body: string }]
  const kept = rows.filter(({ name, column }) => {
    const lines = body.split('\n').filter((line) => line.includes(` ${name} `))
    return !ties.has(name) && !lines.some((line) => line.includes(`${column} = any(ids)`))
  })
  assert.ok(rows.length > 8)
  assert.deepEqual(kept, [], 'retention.drop_persons says nothing of these')
})
