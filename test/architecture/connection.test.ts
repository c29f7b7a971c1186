/**
 * One connection serves many people. After a scoped transaction PostgreSQL leaves an empty string behind in the settings,
 * and a naive range policy then shows every row: here each table is asked before, between and after.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import type { Scope } from '../../src/platform/actor.ts'
import { newId } from '../../src/platform/id.ts'
import { declared } from '../../src/platform/use-case/use-case.ts'
import { actorOf } from '../harness/cast.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'
import { DOMAINS, makeStages, type Stages } from '../harness/stages.ts'
import { nightOf } from '../retention/story.ts'

const ROLES = ['app_staff', 'app_resident', 'app_public', 'app_system'] as const
type Role = (typeof ROLES)[number]
/** The map of the place: anybody reads it before any scope; row security is there for who draws it. */
const PUBLIC: ReadonlySet<string> = new Set(['grid.grid', 'grid.crossing', 'grid.facility'])

let scene: Scene
let stages: Stages
let tables: string[]
before(async () => {
  scene = await openScene()
  stages = await makeStages(scene)
  const now = scene.now()
  await scene.neighbour({ incomeFen: 100_000 })
  await scene.owner.query('insert into people.hukou_household (id, area, number, recorded_at) values ($1, $2, $3, $4)', [
    newId(now),
    place.community,
    'T-1',
    now,
  ])
  const { accountId, postId } = stages.posts['window-clerk']!
  const actor = await actorOf(scene, 'staff', accountId, postId, now)
  await declared
    .get('cases.read-case')!
    .run({ platform: scene.node.platform, actor, now, requestId: newId(now) }, { caseId: stages.at.closed!.caseId })
  const { rows } = await scene.owner.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relrowsecurity order by 1`,
  )
  tables = rows.map((r) => r.name).filter((name) => !PUBLIC.has(name))
  await scene.owner.query(
    `insert into documents.print_failure (document_id, attempts, last_at, next_at, reason) values ($1, 1, $2, $2, 'Error')`,
    [stages.at.closed!.documentId, now],
  )
  const { applicant } = stages.at.closed!
  await scene.owner.query(
    `insert into messages.dispatch (id, message_id, person_id, channel, urgent, state, not_before, decided_at)
      select gen_random_uuid(), id, person_id, 'sms', false, 'due', $2, $2 from messages.message where person_id = $1 limit 1`,
    [applicant.personId, now],
  )
  await scene.owner.query(
    `insert into messages.channel_choice (account_id, channel, wanted, chosen_at) values ($1, 'sms', true, $2)`,
    [applicant.accountId, now],
  )
  await scene.owner.query('insert into messages.sweep (since, until) values ($1, $1)', [now])
  await scene.owner.query(
    `insert into documents.derivative (file_id, kind, recipe, stored_name, wrapped_key, sha256, size, made_at) values ($1, 'shown', 1, 'x', '', '', 1, $2)`,
    [stages.at['received-guarantee']!.fileId, now],
  )
  await scene.owner.query(
    `insert into documents.erased (file_id, removed_at, removed_by, erased_at) values ($1, $2, 'applicant', $2)`,
    [newId(now), now],
  )
  await scene.owner.query(
    `insert into access.proxy (id, principal_id, matters, valid_from, valid_to, given_at, given_how, code_until) values (gen_random_uuid(), $1, '{longevity-allowance}', '2026-01-01', '2027-01-01', $2, 'own', $2)`,
    [applicant.personId, now],
  )
  for (const register of [`disability_certificate (grade`, `residence_permit (area`])
    await scene.owner.query(
      `insert into people.${register}, id, person_id, during, source, method, recorded_at)
       values (${register.endsWith('grade') ? '2' : `'${place.community}'`}, gen_random_uuid(), $1, '[2026-01-01,2027-01-01)', 'test', 'test', $2)`,
      [applicant.personId, now],
    )
  await scene.owner.query(
    `insert into care.view (id, case_id, round, part, says, sealed, officer_id, post_id, recorded_at)
     values (gen_random_uuid(), $1, 1, 'first', 'own', '\\x00', gen_random_uuid(), gen_random_uuid(), $2)`,
    [stages.at.closed!.caseId, now],
  )
  await scene.owner.query(
    `insert into safety.visit (id, broadcast_id, person_id, area, result, at, post_id) values (gen_random_uuid(), $1, $2, $3, 'told', $4, $5)`,
    [stages.at.received!.safety.warningId, applicant.personId, place.community, now, postId],
  )
  await scene.owner.query('insert into safety.broadcast_told (broadcast_id, person_id, told_at) values ($1, $2, $3)', [
    stages.at.received!.safety.warningId,
    applicant.personId,
    now,
  ])
  await scene.owner.query(
    `insert into cases.permit_reminder (person_id, permit_until, days, told_at) values ($1, '2026-12-31', 60, $2)`,
    [applicant.personId, now],
  )
  await scene.owner.query(`select outreach.make_snapshot('2026-11-24', $1)`, [now])
  const { doneSearchId, visitId } = stages.at.received!
  await scene.owner.query(
    `insert into outreach.visit_taken_back (visit_id, why, at, post_id) select $1, 'other_person', $2, id from access.post limit 1`,
    [visitId, now],
  )
  await scene.owner.query(
    `insert into outreach.told (person_id, matter_code, run_id, told_at) values ($1, 'longevity-allowance', $2, $3)`,
    [applicant.personId, doneSearchId, now],
  )
  await scene.owner.query('insert into outreach.told_run (run_id, told_at) values ($1, $2)', [doneSearchId, now])
  await scene.owner.query(
    `insert into grid.field_record (id, post_id, device_id, kind, area, body_hash, seen_at, sent_at, received_at) values ($1, $2, $1, 'visit', $3, '\\x00', $4, $4, $4)`,
    [newId(now), postId, place.community, now],
  )
  const gridId = newId(now)
  await scene.owner.query(
    `insert into grid.grid (id, code, name, area, boundary, crs, west, south, east, north, valid_from, source, recorded_at)
     values ($1, $2, '一格', $3, '{}', 'WGS84', 113.3, 23.1, 113.4, 23.2, '2026-01-01', 'test', $4)`,
    [gridId, `${place.community}001`, place.community, now],
  )
  await scene.owner.query(
    `insert into grid.assignment (id, grid_code, area, post_id, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $4)`,
    [newId(now), `${place.community}001`, place.community, postId, now],
  )
  await scene.owner.query(
    `insert into grid.outline (id, area, boundary, crs, valid_from, source, recorded_at) values ($1, $2, '{}', 'WGS84', '2026-01-01', 'test', $3)`,
    [newId(now), place.community, now],
  )
  await scene.owner.query(
    `insert into grid.dwelling_point (dwelling_id, area, lon, lat, crs, source, recorded_at) select id, $1, 113.3, 23.1, 'WGS84', 'test', $2 from people.dwelling limit 1`,
    [place.community, now],
  )
  await scene.owner.query(
    `insert into grid.dwelling_grid (dwelling_id, grid_id, area, recorded_at) select id, $1, $2, $3 from people.dwelling limit 1`,
    [gridId, place.community, now],
  )
  const { postId: phonesPost } = stages.posts['grid-worker']!
  await scene.owner.query(
    `insert into grid.field_device (id, post_id, area, lock_sealed, registered_at, last_contact_at) values ($1, $2, $3, '\\x00', $4, $4)`,
    [newId(now), phonesPost, place.community, now],
  )
  await scene.owner.query(
    `insert into grid.field_record (id, post_id, device_id, kind, area, body_hash, seen_at, sent_at, received_at) values ($1, $2, $1, 'visit', $3, '\\x00', $4, $4, $4)`,
    [newId(now), phonesPost, place.community, now],
  )
  // A night that finds nothing due, and what an earlier one left.
  await nightOf(scene, stages.posts['audit-administrator']!, now.toISOString())
  await scene.owner.query(
    `insert into retention.tombstone (id, seq, kind, class, rule, on_day, commitment) values ($1, 1, 'draft', 'draft', 'class', '2026-11-24', '\\x00')`,
    [newId(now)],
  )
  await scene.owner.query('insert into retention.deletion_sweep (at, even_since) values ($1, $1)', [now])
})
after(() => scene?.close())

/** How many rows one sees; a table that the role may not read at all shows nothing either. */
async function seen(client: pg.PoolClient, table: string): Promise<number> {
  await client.query('savepoint look')
  try {
    return Number((await client.query(`select count(*) as n from ${table}`)).rows[0].n)
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    await client.query('rollback to savepoint look')
    return 0
  }
}

type Settings = 'unset' | 'empty' | 'null' | Scope
async function look(client: pg.PoolClient, role: Role, settings: Settings): Promise<Map<string, number>> {
  await client.query('begin')
  await client.query(`set local role ${role}`)
  if (settings !== 'unset') {
    const value = (of: string): string | null => (settings === 'empty' ? '' : settings === 'null' ? null : of)
    const scope = typeof settings === 'string' ? null : settings
    const list = (items: readonly string[] = []) => (items.length > 0 ? `{${items.join(',')}}` : '')
    await client.query(
      `select set_config('app.scope', $1, true), set_config('app.domains', $2, true), set_config('app.subjects', $3, true), set_config('app.account', $4, true), set_config('app.post', $4, true)`,
      [value(scope?.area ?? ''), value(list(scope?.domains)), value(list(scope?.subjects)), value(scope?.accountId ?? '')],
    )
  }
  const found = new Map<string, number>()
  for (const table of tables) found.set(table, await seen(client, table))
  await client.query('commit')
  return found
}

const nothing = (found: Map<string, number>): string[] =>
  [...found].filter(([, n]) => n > 0).map(([table, n]) => `${table}: ${n} rows`)

test('a reused connection sees nothing before, between and after', async () => {
  const stage = stages.at.closed!
  const guarantee = stages.at.correcting!
  const scopes: Record<Role, Scope[]> = {
    app_staff: [{ role: 'app_staff', area: place.city, domains: DOMAINS, subjects: [], accountId: null }],
    app_resident: [stage, guarantee, { applicant: stage.safety.asker }].map((s) => ({
      role: 'app_resident' as const,
      area: place.community,
      domains: [],
      subjects: [s.applicant.personId],
      accountId: s.applicant.accountId,
    })),
    app_system: [{ role: 'app_system', area: place.city, domains: DOMAINS, subjects: [], accountId: null }],
    app_public: [{ role: 'app_public', area: '', domains: [], subjects: [], accountId: null }],
  }
  const shown = new Set<string>()
  const client = await scene.node.platform.db.pool.connect()
  try {
    // A session that never had a setting answers null; afterwards it answers the empty string.
    await client.query('discard all')
    for (const role of ROLES) {
      for (const settings of ['unset', 'empty', 'null'] as const)
        assert.deepEqual(nothing(await look(client, role, settings)), [], `${role}, ${settings}, before`)
      for (const scope of scopes[role]) {
        for (const [table, n] of await look(client, role, scope)) if (n > 0) shown.add(table)
        for (const other of ROLES)
          for (const settings of ['unset', 'empty', 'null'] as const)
            assert.deepEqual(nothing(await look(client, other, settings)), [], `${other}, ${settings}, after ${role}`)
      }
    }
  } finally {
    client.release(true)
  }
  // Otherwise the silence above proves nothing.
  assert.deepEqual(
    // Read by none of these roles: the audit, the notes that triggers leave for a sweep's function, and holds, by functions alone.
    tables.filter((table) => !shown.has(table) && !['platform.audit', 'outreach.changed', 'retention.hold'].includes(table)),
    [],
    'tables of which nobody in scope saw a row',
  )
})

test('half a scope is none', async () => {
  const client = await scene.node.platform.db.pool.connect()
  try {
    const area = await look(client, 'app_staff', {
      role: 'app_staff',
      area: place.city,
      domains: [],
      subjects: [],
      accountId: null,
    })
    assert.equal(area.get('cases.case'), 0, 'an area without a line')
    const line = await look(client, 'app_staff', { role: 'app_staff', area: '', domains: DOMAINS, subjects: [], accountId: null })
    assert.equal(line.get('cases.case'), 0, 'a line without an area')
    assert.equal(line.get('people.person'), 0)
  } finally {
    client.release(true)
  }
})

test('the login role itself, without a role of a request, reads no case and no person', async () => {
  const client = await scene.node.platform.db.pool.connect()
  try {
    for (const table of tables) {
      await client.query('begin')
      const n = await seen(client, table)
      await client.query('rollback')
      // Asked before any scope exists: which person an account is bound to.
      if (table !== 'access.person_account') assert.equal(n, 0, table)
    }
  } finally {
    client.release(true)
  }
})

test('an area code is a range by prefix: a neighbour whose code begins alike is outside', async () => {
  const scope = (area: string): Scope => ({ role: 'app_staff', area, domains: DOMAINS, subjects: [], accountId: null })
  const client = await scene.node.platform.db.pool.connect()
  try {
    assert.ok((await look(client, 'app_staff', scope(place.community))).get('people.person')! > 0)
    assert.equal((await look(client, 'app_staff', scope(place.sibling))).get('people.person'), 0)
    assert.equal((await look(client, 'app_staff', scope(place.nextStreet))).get('cases.case'), 0)
    assert.equal(
      (await look(client, 'app_staff', scope(`${place.street}00`))).get('cases.case')! > 0,
      true,
      'a prefix that is no level is still a prefix',
    )
  } finally {
    client.release(true)
  }
})
