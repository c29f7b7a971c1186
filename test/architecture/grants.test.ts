/**
 * grants.csv is what the roles of requests, of sweeps and of the login may do, column by column, and by which policy. It is
 * PostgreSQL's own answer, written down so that a new right shows in review. After a change:
 * `KAIFONG_WRITE_GRANTS=1 npm test -- test/architecture/grants.test.ts`, and read the difference.
 */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { cloneDatabase } from '../harness/postgres.ts'

const FILE = join(import.meta.dirname, 'grants.csv')

/** Everything that is ours and not a month's part of a table; `jobs` is graphile-worker's own. */
const OURS = `n.nspname not in ('pg_catalog', 'information_schema', 'public', 'jobs') and n.nspname !~ '^pg_'`
const NAMED = `case when a.grantee = 0 then 'everybody' else pg_get_userbyid(a.grantee) end`

const ASKED = `
  select 'table' as kind, n.nspname || '.' || c.relname as object, ${NAMED} as role, a.privilege_type as may, '' as what
    from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
    where ${OURS} and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition and a.grantee <> c.relowner
  union all
  select 'columns', n.nspname || '.' || c.relname, ${NAMED}, a.privilege_type, string_agg(t.attname, ' ' order by t.attname)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
    where ${OURS} and t.attnum > 0 and not t.attisdropped and not c.relispartition and a.grantee <> c.relowner group by 1, 2, 3, 4
  union all
  select 'policy', schemaname || '.' || tablename, r, cmd, policyname from pg_policies, unnest(roles) r
  union all
  select 'function', n.nspname || '.' || p.proname, ${NAMED}, a.privilege_type, ''
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    where ${OURS} and a.grantee <> p.proowner
  union all
  select 'schema', n.nspname, ${NAMED}, a.privilege_type, '' from pg_namespace n, aclexplode(n.nspacl) a where ${OURS} and a.grantee <> n.nspowner`

test('grants.csv is what PostgreSQL grants', async () => {
  const database = await cloneDatabase()
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  try {
    const { rows } = await owner.query<{ line: string }>(
      `select kind || ',' || object || ',' || role || ',' || may || ',' || what as line from (${ASKED}) asked
        order by split_part(object, '.', 1) collate "C", object collate "C", role collate "C", kind collate "C", may collate "C", what collate "C"`,
    )
    const granted = ['kind,object,role,may,columns or policy', ...rows.map((r) => r.line)]
    assert.ok(granted.length > 150, `${granted.length} lines`)
    if (process.env.KAIFONG_WRITE_GRANTS) writeFileSync(FILE, `${granted.join('\n')}\n`)
    assert.deepEqual(granted, readFileSync(FILE, 'utf8').trimEnd().split('\n'))
  } finally {
    await owner.end()
    await database.drop()
  }
})
