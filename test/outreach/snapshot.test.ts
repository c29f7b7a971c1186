/** The snapshot says of everybody what her own page would say, on the day of the search and after everything that changed since. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { PRESUMED, SNAPSHOT_COLUMNS, toSql } from '../../src/core/outreach/index.ts'
import { personFacts, ruleFacts, sharesOf } from '../../src/core/people/index.ts'
import { evaluate, type Facts, type Judged } from '../../src/core/rules/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { sql } from '../../src/platform/database/tx.ts'
import { newId } from '../../src/platform/id.ts'
import { dayOf } from '../../src/platform/time.ts'
import { declared } from '../../src/platform/use-case/use-case.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'
import { DOMAINS } from '../harness/stages.ts'

let scene: Scene
let owner: pg.Client
before(async () => {
  scene = await openScene()
  owner = scene.owner
  await makePeople(600)
})
after(() => scene?.close())

const refresh = (actor: Partial<Actor> = {}): Promise<{ made: number; whole: boolean }> =>
  declared.get('outreach.refresh-snapshot')!.run(
    {
      platform: scene.node.platform,
      actor: { kind: 'system', schedule: 'test', scope: place.city, domains: DOMAINS, ...actor } as Actor,
      now: scene.now(),
      requestId: newId(scene.now()),
    },
    {},
  ) as Promise<{ made: number; whole: boolean }>

/** Every shape of a register: what is not known, what has ended, what begins later, a hukou elsewhere, a home that is hidden. */
async function makePeople(count: number): Promise<void> {
  const marks = `'test' as source, 'test' as method, '2026-11-01T00:00:00Z'::timestamptz as recorded_at`
  await owner.query(
    `insert into people.person (id, name, sex, born_on, safety_flag, recorded_at, source)
     select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, '试' || n, case n % 5 when 0 then null when 1 then 'male' else 'female' end,
       case when n % 7 = 0 then null else date '1926-01-01' + (n * 61) end, n % 41 = 0, '2026-11-01T00:00:00Z', 'test' from generate_series(1, $1) n`,
    [count],
  )
  const people = `(select id, row_number() over (order by id)::int as n from people.person where name like '试%') p`
  const code = `case n % 4 when 0 then '${place.community}' when 1 then '${place.sibling}' when 2 then '430121001001' else '440105001001' end`
  await owner.query(`insert into people.hukou_household (id, area, number, recorded_at)
    select gen_random_uuid(), '${place.community}', '试' || k, now() from generate_series(0, 200) k`)
  await owner.query(`insert into people.hukou_spell (id, person_id, household_id, area, relation, during, source, method, recorded_at)
    select gen_random_uuid(), p.id, (select b.id from people.hukou_household b where b.number = '试' || n / 3 and n % 4 = 0), ${code}, 'head', daterange(date '2000-01-01', case when n % 9 = 0 then date '2026-11-26' end), ${marks} from ${people} where n % 6 <> 0`)
  await owner.query(`insert into people.dwelling (id, area, address, recorded_at)
    select gen_random_uuid(), c, '试街 ' || k || ' 号', now() from unnest(array['${place.community}', '${place.sibling}']) c, generate_series(0, 150) k`)
  await owner.query(`insert into people.dwelling_occupancy (id, person_id, dwelling_id, area, during, source, method, recorded_at)
    select gen_random_uuid(), p.id, d.id, d.area, daterange(case when n % 8 = 0 then date '2026-11-27' else date '2020-05-05' end, null), ${marks}
    from ${people} join people.dwelling d on d.address = '试街 ' || n / 4 || ' 号'
      and d.area = case when n % 2 = 0 then '${place.community}' else '${place.sibling}' end where n % 3 <> 0`)
  await owner.query(`insert into people.residence_spell (id, person_id, area, during, source, method, recorded_at)
    select gen_random_uuid(), p.id, '${place.community}', daterange(date '2024-01-01' + n, case when n % 10 = 0 then date '2026-06-01' end), ${marks} from ${people} where n % 5 = 0`)
  await owner.query(`insert into people.income_declaration (id, person_id, monthly_fen, during, source, method, recorded_at)
    select gen_random_uuid(), p.id, n * 700, daterange('2026-01-01', null), ${marks} from ${people} where n % 4 = 0`)
  await owner.query(`insert into people.disability_certificate (id, person_id, kind, grade, during, source, method, recorded_at)
    select gen_random_uuid(), p.id, case when n % 3 = 0 then null else 'sight' end, 1 + n % 4, daterange('2026-01-01', case when n % 14 = 0 then date '2026-11-27' end), ${marks} from ${people} where n % 7 = 0`)
  await owner.query(`insert into people.residence_permit (id, person_id, area, during, source, method, recorded_at)
    select gen_random_uuid(), p.id, '${place.community}', daterange(date '2024-01-01' + n, date '2026-11-20' + n % 9), ${marks} from ${people} where n % 5 = 0`)
  await owner.query(`insert into people.benefit_receipt (id, person_id, matter_code, during, source, method, recorded_at)
    select gen_random_uuid(), p.id, m, daterange('2026-01-01', case when n % 22 = 0 then date '2026-10-01' end), ${marks}
    from ${people} cross join unnest(array['longevity-allowance', 'minimum-living-guarantee']) m where n % 11 = 0`)
}

const together = async (people: readonly string[]): Promise<string[]> =>
  (
    await owner.query(
      `select $1::text[] as ids union all
       select array_agg(other.person_id::text) from people.dwelling_occupancy o join people.dwelling_occupancy other using (dwelling_id)
         where o.person_id = any($1::uuid[]) and other.during @> date '2026-11-24'
       union all select array_agg(other.person_id::text) from people.hukou_spell h join people.hukou_spell other using (household_id)
         where h.person_id = any($1::uuid[]) and other.during @> date '2026-11-24'`,
      [people],
    )
  ).rows
    .flatMap((row: { ids: string[] | null }) => row.ids ?? [])
    .filter((id, at, all) => all.indexOf(id) === at)

const count = async (): Promise<number> => (await owner.query('select count(*)::int as n from outreach.person')).rows[0].n

/** What no rule of the house may ask yet. */
const REGISTERS: readonly Judged[] = [
  ['made.grade', 'bool', 'has(person.disability_grade) && person.disability_grade <= 2'],
  ['made.kind', 'bool', "person.disability_kind == 'sight'"],
  ['made.permit', 'bool', 'person.permit_until >= on && fullMonths(person.permit_since, on) >= 6'],
  ['made.alone', 'bool', 'dwelling.persons == 1'],
  ['made.book', 'int', 'hukou_household.persons'],
].map(([id, returns, expression]) => ({ id, returns, expression }) as Judged)

const staff = { role: 'app_staff', area: place.city, domains: DOMAINS, subjects: [], accountId: null } as const
const herself = (personId: string) => ({ ...staff, role: 'app_resident', subjects: [personId] }) as const

/** Both answers to every rule of the house, for everybody in the snapshot, as she herself sees her facts. */
async function compare(): Promise<{ people: number; met: number }> {
  const { pack } = scene.node.platform.services.packs.inForce()
  const today = dayOf(scene.now())
  const parameters = scene.node.platform.services.packs.inForce().parameters
  // What is presumed of a family is on nobody's own page.
  const certain = Object.fromEntries(Object.entries(SNAPSHOT_COLUMNS).filter(([fact]) => !PRESUMED.has(fact)))
  const ground = { on: today, parameters, known: {}, area: place.city, areaOf: 'p.area', columns: certain }
  const asked: Judged[] = [...pack.rules, ...REGISTERS]
  const texts = asked.map((rule) => toSql(rule, ground))
  const { rows } = await owner.query({
    text: `select p.person_id, p.area, ${texts.join(', ')} from outreach.person p order by 1`,
    rowMode: 'array',
  })
  let met = 0
  for (const [personId, area, ...answers] of rows as [string, string, ...unknown[]][]) {
    const person = await scene.node.platform.db.as(herself(personId), (tx) => personFacts(tx, personId, today))
    const shares = await scene.node.platform.db.as(herself(personId), (tx) => sharesOf(tx, personId, today))
    const facts: Facts = { on: today, area, ...ruleFacts(person, shares) }
    for (const [at, rule] of asked.entries()) {
      const answer = typeof answers[at] === 'string' ? Number(answers[at]) : answers[at]
      assert.equal(answer ?? 'unknown', evaluate(rule, facts, parameters), `${rule.id} for ${person.name}`)
      if (answer === true) met++
    }
  }
  return { people: rows.length, met }
}

test('everybody who lives or is registered here is in it, with the facts of her own page', async (t) => {
  const first = await refresh()
  assert.deepEqual(first, { made: await count(), whole: true })
  const seen = await compare()
  t.diagnostic(JSON.stringify(seen))
  assert.ok(seen.people > 400 && seen.met > 500)
  const { rows } = await owner.query(
    `select count(*)::int as wrong from outreach.person p left join areas.area a on a.code = p.area where a.code is null`,
  )
  assert.equal(rows[0].wrong, 0, 'nobody of elsewhere')
})

test('what is presumed of a family is those at her address, and their income when it is known of all', async () => {
  const { rows } = await owner.query(`select p.person_id, p.unit_size, p.unit_income_fen, p.hidden,
      array_agg(i.monthly_fen) filter (where q.id = p.person_id or not q.safety_flag) as incomes
    from outreach.person p join people.dwelling_occupancy o on o.person_id = p.person_id and o.during @> date '2026-11-24'
    join people.dwelling_occupancy other on other.dwelling_id = o.dwelling_id and other.during @> date '2026-11-24'
    join people.person q on q.id = other.person_id
    left join people.income_declaration i on i.person_id = q.id and i.during @> date '2026-11-24' group by 1, 2, 3, 4`)
  let known = 0
  for (const { unit_size, unit_income_fen, incomes } of rows as {
    unit_size: number
    unit_income_fen: string | null
    incomes: (string | null)[]
  }[]) {
    assert.equal(unit_size, incomes.length)
    const sum = incomes.includes(null) ? null : incomes.reduce((total, each) => total + Number(each), 0)
    assert.equal(unit_income_fen === null ? null : Number(unit_income_fen), sum)
    if (sum !== null) known++
  }
  assert.ok(known > 20 && known < rows.length / 2, `${known} of ${rows.length}`)
})

test('what changed since is made anew, and nothing else', async () => {
  assert.deepEqual(await refresh(), { made: 0, whole: false }, 'nothing happened')
  const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
  await owner.query(`update people.hukou_spell set during = daterange(lower(during), date '2026-11-20') where person_id = $1`, [
    id(5),
  ])
  await owner.query(
    `insert into people.income_declaration (id, person_id, monthly_fen, during, source, method, recorded_at) values (gen_random_uuid(), $1, 5, '[2026-11-01,)', 'test', 'test', now())`,
    [id(7)],
  )
  await owner.query(`update people.person set sex = 'male' where id = $1`, [id(10)])
  const lady = await scene.neighbour({ bornOn: '1940-02-29' })
  const { made: again, whole } = await refresh()
  // The four, and who shares a home or a book with one of them.
  assert.deepEqual([again, whole], [(await together([id(5), id(7), id(10), lady.personId])).length, false])
  assert.ok(again < 12, `${again}`)
  assert.equal(
    (await owner.query('select count(*)::int as n from outreach.person where person_id = $1', [lady.personId])).rows[0].n,
    1,
  )
  await compare()
  const { rows } = await owner.query(
    'select persons, (select count(*)::int from outreach.person) as counted from outreach.snapshot',
  )
  assert.equal(rows[0].persons, rows[0].counted)
})

test('a day later those whose spell began or ended that day are others, without anybody having written anything', async () => {
  scene.at('2026-11-28T02:00:00Z')
  const { made: changed, whole } = await refresh()
  assert.ok(!whole && changed > 80 && changed < 300, `${changed}`)
  await compare()
})

test('a clock that went back makes it anew, and two at once leave it whole', async () => {
  scene.at('2026-11-24T02:00:00Z')
  assert.equal((await refresh()).whole, true)
  await compare()
  const all = await count()
  await Promise.all([refresh(), refresh(), refresh()])
  assert.equal(await count(), all)
})

test('whoever is deleted leaves it at once, and stays out', async () => {
  const { personId } = await scene.neighbour({ bornOn: '1941-01-01' })
  const here = async () =>
    (await owner.query('select count(*)::int as n from outreach.person where person_id = $1', [personId])).rows[0].n
  await refresh()
  assert.equal(await here(), 1)
  await owner.query('delete from people.hukou_spell where person_id = $1', [personId])
  await owner.query('delete from people.dwelling_occupancy where person_id = $1', [personId])
  await owner.query('delete from people.person where id = $1', [personId])
  assert.equal(await here(), 0)
  await refresh()
  assert.equal(await here(), 0)
})

test('nobody but a sweep reaches it, and a sweep of one street sees that street', async () => {
  const { db } = scene.node.platform
  const asked = (scope: Parameters<typeof db.as>[0]) =>
    db.as(scope, (tx) => tx.rows(sql<{ area: string }>`select distinct area from outreach.person`))
  await assert.rejects(asked(staff), /permission denied/)
  await assert.rejects(asked(herself(newId(scene.now()))), /permission denied/)
  const sweep = { ...staff, role: 'app_system' } as const
  assert.ok((await asked(sweep)).length > 1)
  assert.deepEqual(
    (await asked({ ...sweep, area: place.sibling })).map((row) => row.area),
    [place.sibling],
  )
  assert.deepEqual(await asked({ ...sweep, area: '' }), [])
  // The whole is known as such only while every area begins with it.
  const root = async () => (await owner.query('select root from outreach.snapshot')).rows[0].root
  assert.equal(await root(), place.city)
  await owner.query(
    `insert into areas.area (code, name, level, valid_from, source) values ('4499', '别市', 'city', '2020-01-01', 'test')`,
  )
  await owner.query(
    `update outreach.person set area = '4499' where person_id = (select min(person_id::text)::uuid from outreach.person)`,
  )
  await refresh()
  assert.equal(await root(), null)
  assert.ok(!(await asked(sweep)).some((row) => row.area === '4499'), 'another city')
  assert.ok((await asked(sweep)).length > 1)
})
