/** What the database itself holds against a forgotten condition (architecture §6). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
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

const APP_ROLES = ['app_staff', 'app_resident', 'app_public', 'app_system', 'kaifong_app'] as const
const column = async (text: string, values: unknown[] = []): Promise<string[]> =>
  (await owner.query<{ name: string }>(text, values)).rows.map((r) => r.name)
/** Tables of ours: every schema that a migration of the house makes. `jobs` is graphile-worker's own. */
const OURS = `n.nspname not in ('pg_catalog', 'information_schema', 'public', 'jobs') and n.nspname !~ '^pg_'`
const TABLES = `from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${OURS} and c.relkind in ('r', 'p')`

/** Tables without row security that an app role may touch. A new one is a decision: write down why. */
const OPEN: Readonly<Record<string, { may: string; why: string }>> = {
  'areas.area': { may: 'SELECT', why: 'names and codes of places: public' },
  'matters.pack': { may: 'SELECT', why: 'the law as data: public' },
  'matters.calendar_day': { may: 'SELECT', why: 'holidays: public' },
  'access.organisation': { may: 'SELECT', why: 'names of offices: public' },
  'access.officer': { may: 'SELECT', why: 'read by the login role only, before a scope exists' },
  'access.post': { may: 'SELECT', why: 'read by the login role only, before a scope exists' },
  'access.account_notice': {
    may: 'INSERT SELECT UPDATE',
    why: 'of the login role: told to who is signed in, in whichever post or none',
  },
  'platform.setting': { may: 'SELECT', why: 'facts fixed when the database was made' },
  'documents.unreferenced': { may: 'DELETE INSERT SELECT UPDATE', why: 'names of bytes that nobody owns; of the sweep alone' },
  'platform.kept_form': {
    may: 'DELETE INSERT SELECT',
    why: 'of the login role: sealed, and also of visitors without an account',
  },
  'messages.demo_outbox': { may: 'DELETE INSERT SELECT', why: 'of the login role, and refused by its trigger outside a demo' },
}
/** Sign-in is before any scope; the login role alone. */
const isSignIn = (table: string): boolean => table.startsWith('auth.')

async function privileges(table: string, roles: readonly string[] = APP_ROLES): Promise<string[]> {
  const found = await column(
    `select distinct p as name from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p, unnest($2::text[]) r
      where has_table_privilege(r, $1, p) or (p in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') and has_any_column_privilege(r, $1, p)) order by 1`,
    [table, roles],
  )
  return found
}

test('every table has row security, or no app role can touch it, or it is on the list with a reason', async () => {
  const bare = await column(`select n.nspname || '.' || c.relname as name ${TABLES} and not c.relrowsecurity order by 1`)
  assert.ok(bare.length > 5)
  const wrong: string[] = []
  for (const table of bare) {
    if (isSignIn(table)) {
      const scoped = await privileges(table, ['app_staff', 'app_resident', 'app_public', 'app_system'])
      if (scoped.length > 0) wrong.push(`${table}: a role of a request may ${scoped.join(' ')}`)
      continue
    }
    const may = (await privileges(table)).join(' ')
    const allowed = OPEN[table]?.may ?? ''
    if (may !== allowed) wrong.push(`${table}: no row security; may ${may || 'nothing'}, listed ${allowed || 'nothing'}`)
  }
  assert.deepEqual(wrong, [])
  assert.deepEqual(
    Object.keys(OPEN).filter((table) => !bare.includes(table)),
    [],
    'listed and no longer bare',
  )
})

test('who works where is seen by the login role alone', async () => {
  for (const table of ['access.officer', 'access.post'])
    assert.deepEqual(await privileges(table, ['app_staff', 'app_resident', 'app_public', 'app_system']), [], table)
})

test('a table with row security has a policy for every role that may touch it', async () => {
  const loose =
    await column(`select n.nspname || '.' || c.relname || ' ' || r as name from pg_class c join pg_namespace n on n.oid = c.relnamespace, unnest(array['app_staff', 'app_resident', 'app_public', 'app_system', 'kaifong_app']) r
    where ${OURS} and c.relrowsecurity and (has_table_privilege(r, c.oid, 'select') or has_table_privilege(r, c.oid, 'insert'))
      and not exists (select from pg_policy p where p.polrelid = c.oid and (select oid from pg_roles where rolname = r) = any(p.polroles)) order by 1`)
  assert.deepEqual(loose, [])
})

test('policies name their roles, and read settings in the one way that sees nothing when empty', async () => {
  const { rows } = await owner.query<{ name: string; roles: string[]; text: string }>(
    `select schemaname || '.' || tablename || ' ' || policyname as name, roles::text[], coalesce(qual, '') || ' ' || coalesce(with_check, '') as text from pg_policies`,
  )
  assert.ok(rows.length > 40, `${rows.length} policies`)
  assert.deepEqual(
    rows.filter((r) => r.roles.includes('public')).map((r) => r.name),
    [],
    'for everybody',
  )
  const naked = rows.filter((r) =>
    r.text.replaceAll(/NULLIF\(current_setting\('app\.\w+'::text, true\), ''::text\)/g, '').includes('current_setting'),
  )
  assert.deepEqual(
    naked.map((r) => r.name),
    [],
  )
})

const APPEND_ONLY = [
  'cases.timeline',
  'cases.answer',
  'care.view',
  'safety.event_fact',
  'hazards.timeline',
  'coordination.timeline',
  'grid.timeline',
  'grid.task_timeline',
  'platform.audit',
  'access.read_entry',
  'documents.document',
  'documents.print',
]
test('append-only tables grant no change and no removal', async () => {
  for (const table of APPEND_ONLY) {
    const may = await privileges(table)
    assert.ok(may.includes('INSERT'), `${table} is written`)
    assert.deepEqual(
      may.filter((p) => ['UPDATE', 'DELETE', 'TRUNCATE'].includes(p)),
      [],
      table,
    )
  }
})

test('nothing is granted to everybody, and nobody may empty, reference or trigger', async () => {
  assert.deepEqual(
    await column(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a where ${OURS} and a.grantee = 0`,
    ),
    [],
  )
  for (const table of await column(`select n.nspname || '.' || c.relname as name ${TABLES}`))
    assert.deepEqual(
      (await privileges(table)).filter((p) => ['TRUNCATE', 'REFERENCES', 'TRIGGER'].includes(p)),
      [],
      table,
    )
})

test('every table and view says what it is', async () => {
  const silent =
    await column(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${OURS} and c.relkind in ('r', 'p', 'v', 'm') and coalesce(obj_description(c.oid), '') = '' order by 1`)
  assert.deepEqual(silent, [])
})

/** A view reads with its owner's rights, past row security. */
const VIEWS: Readonly<Record<string, string>> = {
  'access.officer_of_post': 'officers act in their own name: who stands behind a post on a timeline or a paper',
  'grid.public_fact': 'what happened with incidents that an officer cleared, without what anybody wrote: public',
  'grid.public_incident': 'what an officer cleared of an incident, without words, names or the exact place: public',
  'grid.public_request':
    'incidents that an officer cleared, as other systems read them, without words, names or the exact place: public',
  'grid.request':
    'as public_request, with class and dates of what is not cleared: no role reads it, grid.requests_of answers by id',
  'grid.unit': 'names of the offices that an incident can be sent to: public',
  'safety.public_camera': 'the public register of cameras, without who wrote it: the public has no area',
}
test('views are on a list with a reason', async () => {
  assert.deepEqual(
    await column(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${OURS} and c.relkind in ('v', 'm') order by 1`,
    ),
    Object.keys(VIEWS).sort(),
  )
})

test('the login role has no power of its own', async () => {
  const { rows } = await owner.query(
    `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit from pg_roles where rolname = 'kaifong_app'`,
  )
  assert.deepEqual(rows, [{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolinherit: false }])
  assert.deepEqual(
    await column(`select n.nspname || '.' || c.relname as name ${TABLES} and pg_get_userbyid(c.relowner) = any($1) order by 1`, [
      [...APP_ROLES],
    ]),
    [],
    'owns nothing: an owner is not bound by row security',
  )
  assert.deepEqual(
    await column(
      `select m.rolname as name from pg_auth_members a join pg_roles m on m.oid = a.roleid join pg_roles u on u.oid = a.member where u.rolname = 'kaifong_app' order by 1`,
    ),
    ['app_public', 'app_resident', 'app_staff', 'app_system'],
  )
})
