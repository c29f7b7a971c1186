/** Who may touch the audit and its seals, what of a person stands in it, and the months. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { createCrypto } from '../../src/platform/crypto/crypto.ts'
import { makePartitions } from '../../src/platform/database/partitions.ts'
import { sql } from '../../src/platform/database/tx.ts'
import { newId } from '../../src/platform/id.ts'
import { isMarkOf, subjectBlind } from '../../src/platform/seals/marks.ts'
import { declared } from '../../src/platform/use-case/use-case.ts'
import { actorOf, makePost } from '../harness/cast.ts'
import { place } from '../harness/scene.ts'
import { officers, openSealedHouse, type SealedHouse } from './story.ts'

let house: SealedHouse
before(async () => {
  house = await openSealedHouse()
})
after(() => house?.close())
const owner = (text: string, values: unknown[] = []) => house.scene.owner.query(text, values)

test('the sealer reads the logs, adds seals and can do nothing else', async () => {
  const { rows } = await owner(
    `select n.nspname || '.' || c.relname || ' ' || p as may from pg_class c join pg_namespace n on n.oid = c.relnamespace,
      unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p
      where c.relkind in ('r', 'p', 'v', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relname !~ '_\\d{6}$'
        and (has_table_privilege('app_sealer', c.oid, p) or (p in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') and has_any_column_privilege('app_sealer', c.oid, p))) order by 1`,
  )
  assert.deepEqual(
    rows.map((r) => r.may),
    [
      'access.read_entry SELECT',
      'access.read_entry_default SELECT',
      'platform.audit SELECT',
      'platform.audit_default SELECT',
      'platform.let_go SELECT',
      'platform.seal INSERT',
      'platform.seal SELECT',
      'platform.setting SELECT',
    ],
  )
  const role = await owner(
    `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit, (select count(*)::int from pg_auth_members where member = r.oid) as others
      from pg_roles r where rolname = 'app_sealer'`,
  )
  assert.deepEqual(role.rows, [
    { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolinherit: false, others: 0 },
  ])
  const sealer = new pg.Client(house.login)
  await sealer.connect()
  try {
    for (const text of [
      `update platform.audit set outcome = 'x'`,
      'delete from platform.audit',
      `update platform.seal set body = '{}'`,
      'delete from platform.seal',
      'truncate platform.seal',
      'select from platform.audit_subject',
      'select from people.person',
      'select platform.mark_subject(null, null, null)',
      'create table public.x (a int)',
    ])
      await assert.rejects(sealer.query(text), { code: '42501' }, text)
  } finally {
    await sealer.end()
  }
})

test('no role of a request sees a seal or makes one, and none chooses the number of its act', async () => {
  const { db } = house.scene.node.platform
  const scopes = [officers, { ...officers, role: 'app_resident' as const }, { ...officers, role: 'app_public' as const }]
  for (const scope of scopes)
    for (const statement of [
      sql`select from platform.seal`,
      sql`insert into platform.seal (body, signature) values ('{"number":1,"until":1}', '')`,
      sql`update platform.seal set signature = ''`,
      sql`delete from platform.seal`,
      sql`insert into platform.audit (id, at, operation, outcome, actor_kind, request_id, act) values (gen_random_uuid(), ${house.scene.now()}, 'x', 'done', 'system', 'r', 1)`,
    ])
      await assert.rejects(
        db.as(scope, (tx) => tx.run(statement)),
        { code: '42501' },
      )
  for (const text of ['select from platform.seal', 'delete from platform.seal'])
    await assert.rejects(db.pool.query(text), { code: '42501' }, 'the login role')
})

test('what is sealed and exported of a resident is a mark; who holds the key finds her, until she is erased', async () => {
  const lady = await house.scene.resident()
  await lady.get('/api/v1/me/notices')
  const { accountId } = (
    await owner('select account_id as "accountId" from access.person_account where person_id = $1', [lady.personId])
  ).rows[0]
  const actor = await actorOf(house.scene, 'resident', accountId, null, house.scene.now())
  const started = await declared.get('cases.start-draft')!.run(house.as(actor), { matterCode: 'residence-registration' })
  assert.ok(started)
  const clerk = await actorOf(house.scene, 'staff', house.clerk.accountId, house.clerk.postId, house.scene.now())
  await declared
    .get('people.unbind-account')!
    .run(house.as(clerk), { personId: lady.personId, reason: '换了手机号' })
    .catch(() => {})
  await house.look(lady.personId)

  await house.sealAll()
  const exported = `${house.file}.resident`
  assert.deepEqual(await house.found({ exportTo: exported }), {})
  const text = readFileSync(exported, 'utf8')
  for (const operation of ['cases.start-draft', 'people.unbind-account', 'test.look'])
    assert.ok(text.includes(operation), operation)
  for (const id of [accountId, lady.personId, lady.phone, lady.idNumber, lady.name]) assert.ok(!text.includes(id), id)

  const crypto = createCrypto(house.keys)
  const marked = async (text: string) => (await owner(text)).rows as { mark: Buffer; sealed: Buffer }[]
  const join = 'join platform.audit_subject s on s.mark'
  const [draft] = await marked(
    `select s.mark, s.sealed from platform.audit a ${join} = a.account_mark where operation = 'cases.start-draft'`,
  )
  assert.ok(isMarkOf(crypto, draft!.mark, accountId, draft!.sealed))
  const [unbound] = await marked(
    `select s.mark, s.sealed from platform.audit a ${join} = a.object_mark where operation = 'people.unbind-account'`,
  )
  assert.ok(isMarkOf(crypto, unbound!.mark, lady.personId, unbound!.sealed))
  const looks = await marked(
    `select s.mark, s.sealed from access.read_entry r ${join} = r.person_mark where operation = 'test.look'`,
  )
  assert.ok(isMarkOf(crypto, looks[0]!.mark, lady.personId, looks[0]!.sealed))
  assert.ok(!isMarkOf(crypto, looks[0]!.mark, accountId, looks[0]!.sealed))

  // An act that is moved to another account shows, although the account is not sealed itself.
  await owner(`update platform.audit set account_id = 'another' where operation = 'cases.start-draft'`)
  assert.deepEqual(await house.found(), { 'person-changed': 1 })
  await owner(`update platform.audit set account_id = $1 where operation = 'cases.start-draft'`, [accountId])
  await owner('begin')
  await house.scene.owner.query('select retention.forget($1)', [
    [subjectBlind(crypto, 'account', accountId), subjectBlind(crypto, 'person', lady.personId)],
  ])
  await owner('commit')
  const left = await owner('select a::text as line from platform.audit a union all select r::text from access.read_entry r')
  for (const { line } of left.rows) for (const id of [accountId, lady.personId]) assert.ok(!line.includes(id), line)
  assert.deepEqual(await house.found(), {})
})

test('two first acts of one person at once give her one mark', async () => {
  const lady = (await house.scene.neighbour()).personId
  await Promise.all(Array.from({ length: 8 }, () => house.look(lady)))
  const { rows } = await owner('select count(distinct person_mark)::int as n from access.read_entry where person_id = $1', [lady])
  assert.equal(rows[0].n, 1)
})

test('an administrator reads how the seals stand, in counts and times', async () => {
  await house.acts(3)
  await house.sealAll()
  await house.acts(2)
  const later = new Date(house.scene.now().getTime() + 90_000)
  const { accountId, postId } = await makePost(house.scene, 'audit-administrator', [place.district], ['civil-affairs'])
  const actor = await actorOf(house.scene, 'staff', accountId, postId, later)
  const status = (await declared.get('audit.seal-status')!.run({ ...house.as(actor), now: later }, {})) as {
    number: number
    at: Date
    lagSeconds: number
    logs: Record<string, { sealed: number; waiting: number }>
    alarms: string[]
  }
  assert.ok(status.number >= 1)
  assert.deepEqual(status.at, house.scene.now())
  assert.equal(status.lagSeconds, 90)
  assert.equal(status.logs.audit!.waiting, 2)
  assert.ok(status.logs.audit!.sealed >= 3 && status.logs.reads!.sealed >= 1)
  assert.deepEqual(status.alarms, ['unsealed'])
})

test('months are made six ahead; the first row that falls outside them raises an alarm', async () => {
  const months = async () =>
    (
      await owner(
        `select count(*)::int as n from pg_inherits where inhparent = 'platform.audit'::regclass and inhrelid <> 'platform.audit_default'::regclass`,
      )
    ).rows[0].n
  assert.equal(await months(), 7)
  const { pool } = house.scene.node.platform.db
  assert.equal(await makePartitions(pool, new Date('2027-01-31T16:00:00Z')), 6, 'three months on, of both logs')
  assert.equal(await months(), 10)
  assert.equal(await makePartitions(pool, new Date('2027-01-31T16:00:00Z')), 0)

  await house.sealAll()
  assert.deepEqual((await house.scene.stranger.get('/readyz')).body, { ok: true, alarms: [] })
  const at = new Date('2031-01-01T00:00:00Z')
  await owner(
    `insert into platform.audit (id, at, operation, outcome, actor_kind, request_id) values ($1, $2, 'x.y', 'done', 'system', 'r')`,
    [newId(at), at],
  )
  await house.sealAll()
  assert.deepEqual((await house.scene.stranger.get('/readyz')).body, { ok: true, alarms: ['default-partition'] })
  assert.deepEqual(await house.found(), {}, 'it is sealed where it lies')
  // Its month cannot be made any more; the others are, and nothing stops because of it.
  assert.equal(await makePartitions(pool, new Date('2030-12-31T00:00:00Z')), 6 + 7)
})
