/**
 * The hot queries touch few pages at 20,000 cases (architecture §9). Each is the statement that the use case really sends,
 * prepared and run often enough that PostgreSQL has settled on its plan, in the role and scope of a request.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type RawBuilder } from 'kysely'
import type { Actor, Scope } from '../src/platform/actor.ts'
import { Database } from '../src/platform/database/database.ts'
import type { Tx } from '../src/platform/database/tx.ts'
import { newId } from '../src/platform/id.ts'
import { declared } from '../src/platform/use-case/use-case.ts'
import { actorOf, makePost, makeResident } from './harness/cast.ts'
import { openScene, place, type Scene } from './harness/scene.ts'
import { DOMAINS } from './harness/stages.ts'

const CASES = 20_000

let scene: Scene
let own: { accountId: string; personId: string; caseId: string }
before(async () => {
  scene = await openScene()
  const now = scene.now()
  const { hash } = scene.node.platform.services.packs.inForce()
  const person = await scene.neighbour({ bornOn: '1946-11-30' })
  own = { personId: person.personId, accountId: await makeResident(scene, person.personId), caseId: randomUUID() }
  // Applicants are spread: a person has a handful of cases, at most one of them running.
  // Half of them in one street, the rest over its district; one in ten is open, as after some years. A third of the open ones is with the district.
  await scene.owner.query(
    `with community as (select code, row_number() over (order by starts_with(code, $1) desc, code) as n, count(*) filter (where starts_with(code, $1)) over () as near, count(*) over () as every
        from areas.area where level = 'community' and starts_with(code, $2)),
      one as (select g, g % 10 = 0 as open, c.code as origin from generate_series(1, ${CASES}) g join community c on c.n = case when g % 2 = 0 then (g / 2) % c.near + 1 else (g / 2) % c.every + 1 end),
      person as (insert into people.person (id, name, living_area, recorded_at, source)
        select md5('p' || g)::uuid, '陈' || g, origin, $3, 'test' from one where g % 4 = 0 returning id)
      insert into cases.case (id, number, street, matter_code, matter_version, pack_hash, domain, origin_area, handling_area, applicant_id, surname, channel, received_at, status, step, awaits, due_at, seq, closed_at)
      select md5('c' || g)::uuid, 'N' || lpad(g::text, 6, '0'), left(origin, 9), 'longevity-allowance', 1, $4, 'civil-affairs', origin,
        case when g % 30 = 0 then left(origin, 6) when g % 20 = 0 then origin else left(origin, 9) end, case when g < 4 then $5::uuid else md5('p' || g / 4 * 4)::uuid end, '陈', 'phone', $3::timestamptz - g * interval '7 minutes',
        case when open then 'accepted' else 'closed' end, case when open then 'confirm' end, case when open then array['confirm'] else '{}' end, case when open then $3::timestamptz + (g % 400 - 100) * interval '1 hour' end, 1, case when open then null else $3::timestamptz end
      from one`,
    [place.street, place.district, now, hash, await somebody()],
  )
  await scene.owner.query(`update cases.case set id = $1, applicant_id = $2 where number = 'N000060'`, [own.caseId, own.personId])
  await scene.owner.query('vacuum analyze cases.case')
  await scene.owner.query('analyze')
})
after(() => scene?.close())

const somebody = async (): Promise<string> => (await scene.neighbour({ name: '张强' })).personId

interface Sent {
  scope: Scope
  /** What the use case told the planner before. */
  settings: { text: string; values: readonly unknown[] } | undefined
  text: string
  values: readonly unknown[]
}

const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** Keeps what a use case sends. */
class Listening extends Database {
  readonly sent: Sent[] = []
  #settings: Sent['settings']
  override as<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    return super.as(scope, (tx) => {
      const heard =
        <A extends unknown[], R>(send: (query: RawBuilder<never>, ...rest: A) => R) =>
        (query: RawBuilder<never>, ...rest: A): R => {
          const { sql: text, parameters } = query.compile(compiler)
          if (text.includes('plan_cache_mode')) this.#settings = { text, values: parameters }
          else this.sent.push({ scope, settings: this.#settings, text, values: parameters })
          return send(query, ...rest)
        }
      const listening = {
        rows: heard(tx.rows.bind(tx)),
        one: heard(tx.one.bind(tx)),
        maybe: heard(tx.maybe.bind(tx)),
        run: heard(tx.run.bind(tx)),
        atEnd: heard(tx.atEnd.bind(tx)),
      } as unknown as Tx
      return work(listening)
    })
  }
}

async function sentBy(operation: string, actor: Actor, input: object): Promise<Sent[]> {
  const db = new Listening(scene.node.platform.db.pool)
  const now = scene.now()
  await declared.get(operation)!.run({ platform: { ...scene.node.platform, db }, actor, now, requestId: newId(now) }, input)
  return db.sent.filter((s) => /\bcases\.case\b/.test(s.text))
}

const literal = (value: unknown): string => {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value instanceof Date) return `'${value.toISOString()}'`
  if (Array.isArray(value)) return `'{${value.join(',')}}'`
  return `'${String(value).replaceAll("'", "''")}'`
}

interface Plan {
  'Node Type': string
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
  'Actual Rows': number
  'Index Name'?: string
  Plans?: Plan[]
}

/** Pages that one execution touches, under the plan that PostgreSQL itself settles on and under the generic one. */
async function pages({ scope, settings, text, values }: Sent): Promise<{ settled: number; generic: number; plan: string }> {
  const client = await scene.node.platform.db.pool.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('role', $1, true), set_config('app.scope', $2, true), set_config('app.domains', $3, true), set_config('app.subjects', $4, true), set_config('app.account', $5, true)`, [
      scope.role, scope.area, scope.domains.length > 0 ? `{${scope.domains.join(',')}}` : '', scope.subjects.length > 0 ? `{${scope.subjects.join(',')}}` : '', scope.accountId ?? '',
    ]) // biome-ignore format: one row
    if (settings) await client.query(settings.text, [...settings.values])
    await client.query(`prepare hot as ${text}`)
    const execute = `execute hot${values.length > 0 ? `(${values.map(literal).join(', ')})` : ''}`
    const explain = async (): Promise<Plan> =>
      (await client.query(`explain (analyze, buffers, timing off, format json) ${execute}`)).rows[0]['QUERY PLAN'][0].Plan
    for (let i = 0; i < 8; i++) await client.query(execute)
    const settled = await explain()
    await client.query('set local plan_cache_mode = force_generic_plan')
    const generic = await explain()
    const count = (plan: Plan) => plan['Shared Hit Blocks'] + plan['Shared Read Blocks']
    const shape = (plan: Plan): string =>
      [plan['Node Type'] + (plan['Index Name'] ? ` ${plan['Index Name']}` : ''), ...(plan.Plans ?? []).map(shape)].join(' < ')
    return { settled: count(settled), generic: count(generic), plan: shape(generic) }
  } finally {
    await client.query('rollback')
    client.release(true)
  }
}

async function assertFew(
  t: { diagnostic(message: string): void },
  what: string,
  statements: readonly Sent[],
  most: number,
): Promise<void> {
  assert.ok(statements.length > 0, `${what}: the use case sent a statement`)
  for (const [i, statement] of statements.entries()) {
    const { settled, generic, plan } = await pages(statement)
    t.diagnostic(
      `${what}${statements.length > 1 ? ` ${i + 1}` : ''}: ${settled} pages as settled, ${generic} generic (at most ${most})`,
    )
    if (process.env.KAIFONG_SHOW_PLANS) t.diagnostic(plan)
    assert.ok(settled <= most && generic <= most, `${what}: ${settled} and ${generic} pages; ${plan}`)
  }
}

const staff = async (role: string, area: string): Promise<Actor> => {
  const { accountId, postId } = await makePost(scene, role, [area], DOMAINS)
  return actorOf(scene, 'staff', accountId, postId, scene.now())
}

test('the list of a community', async (t) =>
  assertFew(t, 'community', await sentBy('cases.list-work', await staff('community-officer', place.community), {}), 200))
test('the list of a street', async (t) =>
  assertFew(t, 'street', await sentBy('cases.list-work', await staff('window-clerk', place.street), {}), 300))
test('the list of a district', async (t) =>
  assertFew(t, 'district', await sentBy('cases.list-work', await staff('district-officer', place.district), {}), 300))
test('the list of a city', async (t) =>
  assertFew(t, 'city', await sentBy('cases.list-work', await staff('district-leader', place.city), {}), 300))
test('what others do in a district', async (t) =>
  assertFew(
    t,
    'watching',
    await sentBy('cases.list-work', await staff('district-leader', place.district), { list: 'watching' }),
    300,
  ))
test('what others do in a city', async (t) =>
  assertFew(
    t,
    'watching',
    await sentBy('cases.list-work', await staff('district-leader', place.city), { list: 'watching' }),
    300,
  ))
test('what is rare in a district', async (t) =>
  assertFew(
    t,
    'paused',
    await sentBy('cases.list-work', await staff('district-leader', place.district), { list: 'paused' }),
    300,
  ))
test('a case by its id', async (t) =>
  assertFew(
    t,
    'case',
    (await sentBy('cases.read-case', await staff('window-clerk', place.street), { caseId: own.caseId })).slice(0, 1),
    12,
  ))
test('a case by its number', async (t) =>
  assertFew(
    t,
    'number',
    await sentBy('cases.find-by-number', await staff('window-clerk', place.street), { number: 'N000060' }),
    20,
  ))
test('a finished case in the work list by its number', async (t) => {
  const number = '20260102-0003'
  await scene.owner.query(`update cases.case set number = $1 where number = 'N000061'`, [number])
  for (const area of [place.street, place.district, place.city])
    await assertFew(
      t,
      area,
      (await sentBy('cases.list-work', await staff('district-leader', area), { list: 'all', number })).slice(0, 1),
      20,
    )
})
test('one’s own cases', async (t) =>
  assertFew(t, 'own', await sentBy('cases.list-own', await actorOf(scene, 'resident', own.accountId, null, scene.now()), {}), 12))
test('one’s own case', async (t) =>
  assertFew(
    t,
    'own case',
    (
      await sentBy('cases.read-own', await actorOf(scene, 'resident', own.accountId, null, scene.now()), { caseId: own.caseId })
    ).slice(0, 1),
    12,
  ))
test('figures of a street', async (t) =>
  assertFew(t, 'figures', await sentBy('cases.read-figures', await staff('street-leader', place.street), {}), 200))
