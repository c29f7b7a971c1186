/**
 * One rule, three uses: what it costs to find everybody, to check one and to explain. `find_vs_sql` is the time of the hand-written
 * statements (floor.sql) over that of ours on the same snapshot, in turn; both must give the same, or there is no figure.
 */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { ReadPack } from '../../src/core/matters/index.ts'
import { byParameterId, evaluate, explain, type Facts, type Rule } from '../../src/core/rules/index.ts'
import { fillRegisters } from './fill.ts'
import { CITY, countsOf, DAY, foundBy, listsOf, rulesOf, SIX } from './six.ts'

/** When the sweep runs that the figures are of: in the night before the day. */
export const NIGHT = '2026-09-30T18:31:00Z'
const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!
const rounded = (n: number) => Number(n.toFixed(3))

export interface OutreachOptions {
  ownerUrl: string
  /** That the server may read. */
  folder: string
  pack: ReadPack
  persons: number
  /** How many of them are in the registers; the snapshot repeats these until it has enough. */
  registers: number
  rounds: number
  /** Whether the texts beside floor.sql are written anew. */
  keepTexts: boolean
  say(text: string): void
}

async function timed<T>(work: () => Promise<T>): Promise<[seconds: number, answer: T]> {
  const began = performance.now()
  const answer = await work()
  return [(performance.now() - began) / 1000, answer]
}

const text = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8')

/** Kept beside the hand-written one, so that a change of what we send is seen in review. */
function keep(name: string, now: string): void {
  const file = join(import.meta.dirname, name)
  const head = '-- What `toSql` makes of the six rules; written by `npm run bench`.\n'
  if (readFileSync(file, { encoding: 'utf8', flag: 'a+' }) !== head + now) writeFileSync(file, head + now)
}

async function open(ownerUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  client.on('error', () => {})
  return client
}

export async function outreachFigures({ ownerUrl, folder, pack, persons, registers, rounds, keepTexts, say }: OutreachOptions) {
  const owner = await open(ownerUrl)
  const [filled] = await timed(() => fillRegisters(owner, folder, registers, DAY))
  say(`${registers} persons in the registers after ${rounded(filled)} s`)
  // As the night sweep: in its role, with row security and the scope of the whole city.
  const sweep = await open(ownerUrl)
  await sweep.query(`set role app_system`)
  await sweep.query(`select set_config('app.scope', $1, false)`, [CITY])
  const made = (client: pg.Client, call: string) =>
    client.query<{ n: number }>(`select outreach.${call} as n`).then((r) => r.rows[0]!.n)

  const [build, inSnapshot] = await timed(() => made(sweep, `make_snapshot('${DAY}', '${NIGHT}')`))
  say(`snapshot of ${inSnapshot} after ${rounded(build)} s`)
  const times = Math.floor(persons / registers)
  if (times > 1) await repeat(owner, times)
  const found = await findFigures(owner, sweep, pack, rounds, keepTexts)
  say(`find_vs_sql ${found.find_vs_sql.ratio}, written ${found.find_written_vs_sql.ratio}`)

  const { rows } = await owner.query<{ mb: number }>(
    `select round(pg_total_relation_size('outreach.person') / 1048576.0)::int as mb`,
  )
  // Made anew without the repetitions, so that what is refreshed is what the registers hold.
  if (times > 1) await made(sweep, `make_snapshot('${DAY}', '${NIGHT}')`)
  await owner.query(
    `update people.income_declaration i set during = daterange(lower(during), '${DAY}') from (
       select id from people.income_declaration order by id limit $1) few where few.id = i.id`,
    [Math.ceil(registers / 100)],
  )
  const [refresh, anew] = await timed(() => made(sweep, `refresh_snapshot('${DAY}', '${NIGHT}')`))
  say(`refreshed ${anew} after ${rounded(refresh)} s`)
  const database = await owner.query<{ mb: number }>(`select round(pg_database_size(current_database()) / 1048576.0)::int as mb`)
  await Promise.all([sweep.end(), owner.end()])
  const { find_vs_sql, find_written_vs_sql, ...answers } = found
  return {
    ratios: { find_vs_sql, find_written_vs_sql },
    this_machine_today: {
      ...answers,
      find_persons_per_s: Math.round((times * inSnapshot) / found.find_s),
      snapshot_persons: times * inSnapshot,
      snapshot_build_s: rounded(build),
      snapshot_refresh_s: rounded(refresh),
      snapshot_refreshed: anew,
      snapshot_mb: rows[0]!.mb,
      database_mb: database.rows[0]!.mb,
      registers_fill_s: rounded(filled),
      ...ruleFigures(pack),
    },
  }
}

/** The same people again and again under other ids; keys are off meanwhile, as when a snapshot is made. */
async function repeat(owner: pg.Client, times: number): Promise<void> {
  const columns = await owner.query<{ list: string }>(
    `select string_agg(attname, ', ' order by attnum) as list from pg_attribute
     where attrelid = 'outreach.person'::regclass and attnum > 1 and not attisdropped`,
  )
  await owner.query(`alter table outreach.person drop constraint person_pkey; drop index outreach.outreach_person_area`)
  await owner.query(
    `insert into outreach.person (person_id, ${columns.rows[0]!.list})
     select gen_random_uuid(), ${columns.rows[0]!.list} from outreach.person, generate_series(2, $1)`,
    [times],
  )
  await owner.query(`alter table outreach.person add constraint person_pkey primary key (person_id);
    create index outreach_person_area on outreach.person (area)`)
  await owner.query('vacuum (analyze) outreach.person')
}

async function findFigures(owner: pg.Client, sweep: pg.Client, pack: ReadPack, rounds: number, keepTexts: boolean) {
  const six = foundBy(pack)
  const [ours, lists] = [countsOf(six), listsOf(six)]
  const [floor, floorLists] = [text('floor.sql'), text('floor-written.sql')]
  if (keepTexts) {
    keep('ours.sql', ours)
    keep('ours-written.sql', lists)
  }
  await owner.query(
    `create schema bench create table found (rule text not null, person_id uuid not null, fen bigint);
     grant usage on schema bench to app_system; grant insert on bench.found to app_system`,
  )
  const counts = await turns(
    rounds,
    () => sweep.query(ours),
    () => owner.query(floor),
  )
  const written = await turns(
    Math.ceil(rounds / 3),
    () => sweep.query(lists),
    () => owner.query(floorLists),
    async () => {
      const sum = `select rule, count(*)::int as n, sum(fen) as fen, md5(string_agg(person_id::text || coalesce(fen, 0)::text, ',' order by person_id)) as who from bench.found group by 1 order by 1`
      const { rows } = await owner.query(sum)
      await owner.query('truncate bench.found')
      return rows
    },
  )
  return {
    find_vs_sql: counts.ratio,
    find_s: counts.ours,
    find_written_vs_sql: written.ratio,
    find_written_s: written.ours,
    found: counts.rows[0] as Record<string, number>,
  }
}

interface Answer {
  rows: Record<string, unknown>[]
}

/** A sum of whole numbers is of another type than a sum of larger ones. */
const numbers = (row: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)]))

/** Both sides in turn, the first of each round by turns; what they answer must be the same. */
async function turns(
  rounds: number,
  ours: () => Promise<Answer>,
  floor: () => Promise<Answer>,
  answerOf?: () => Promise<unknown[]>,
) {
  const times: { ours: number[]; floor: number[] } = { ours: [], floor: [] }
  let rows: unknown[] = []
  for (let round = -1; round < rounds; round++) {
    const sides = [['ours', ours] as const, ['floor', floor] as const]
    const answers: unknown[][] = []
    for (const [side, run] of round % 2 === 0 ? sides : sides.reverse()) {
      const [seconds, answer] = await timed(run)
      answers.push(answerOf ? await answerOf() : answer.rows.map(numbers))
      // The first round warms both.
      if (round >= 0) times[side].push(seconds)
    }
    assert.deepEqual(answers[0], answers[1], 'ours and the hand-written statement find the same')
    rows = answers[0]!
  }
  const ratios = times.ours.map((each, at) => times.floor[at]! / each)
  return {
    rows,
    ours: rounded(median(times.ours)),
    ratio: {
      ratio: rounded(median(ratios)),
      range: [rounded(Math.min(...ratios)), rounded(Math.max(...ratios))],
      ours_s: rounded(median(times.ours)),
      floor_s: rounded(median(times.floor)),
    },
  }
}

/** The three conditions of the longevity allowance for one person, evaluated and explained: microseconds of processor time for the three together. */
function ruleFigures(pack: ReadPack) {
  const rules = rulesOf(pack)
  const parameters = byParameterId(pack.parameters)
  const conditions = SIX[0]!.conditions.map((id) => rules.get(id)!)
  const facts = (n: number): Facts => ({
    on: DAY,
    area: '440106007002',
    person: { born_on: `${1930 + (n % 60)}-05-06`, hukou_area: n % 7 ? '440106007002' : '430121001001', receives: [] },
  })
  const each = (times: number, run: (rule: Rule, facts: Facts) => unknown): number => {
    const people = Array.from({ length: 500 }, (_, n) => facts(n))
    const rounds = Array.from({ length: 6 }, () => {
      const began = process.cpuUsage()
      for (let n = 0; n < times; n++) for (const rule of conditions) run(rule, people[n % 500]!)
      const { user, system } = process.cpuUsage(began)
      return (user + system) / times
    })
    return rounded(median(rounds.slice(1)))
  }
  return {
    check_us: each(20_000, (rule, person) => evaluate(rule, person, parameters)),
    explain_us: each(2_000, (rule, person) => explain(rule, person, parameters)),
  }
}
