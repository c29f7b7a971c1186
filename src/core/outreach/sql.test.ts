/** The two evaluations of one rule: for one person here, for everybody in PostgreSQL. They may never differ. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import { cloneDatabase, type TestDatabase } from '../../../test/harness/postgres.ts'
import { dayOfNumber, numberOf } from '../../platform/day.ts'
import type { Question } from '../matters/matter.ts'
import { compile } from '../rules/compile.ts'
import { allFacts, anyExpression, NUMBERS } from '../rules/expression-scene.ts'
import { FACTS, type Facts } from '../rules/facts.ts'
import { byParameterId, evaluate, type Parameters, type Rule, readsOf, rootOf } from '../rules/index.ts'
import { allRules, matters, parameters, row, TODAY, tables } from '../rules/pack-scene.ts'
import type { TableQuestion } from '../tables/index.ts'
import { type Column, NotInSql, toSql } from './sql.ts'

let database: TestDatabase
let client: pg.Client
before(async () => {
  database = await cloneDatabase()
  client = new pg.Client({ connectionString: database.appUrl })
  await client.connect()
  await client.query('set role app_system')
  pg.types.setTypeParser(pg.types.builtins.INT8, Number)
})
after(async () => {
  await client?.end()
  await database?.drop()
})

const NAMES = Object.keys(FACTS).filter((name) => name !== 'on')
/** Answers that made expressions ask for, and those of the house's forms. */
const MADE = {
  'answers.a': 'string',
  'answers.b-c': 'string',
  'answers.n': 'int',
  'answers.y': 'bool',
  'answers.d': 'Day',
} as const
const KINDS: Readonly<Record<string, string>> = { number: 'int', money: 'int', yes_no: 'bool', date: 'Day' }
type Asked = Question | TableQuestion
const QUESTIONS = new Map(
  [...matters, ...tables].flatMap(({ questions }) => questions.map((each): [string, Asked] => [`answers.${each.code}`, each])),
)
const ANSWER_TYPES: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...QUESTIONS].map(([name, { kind }]) => [name, KINDS[kind] ?? 'string'])),
  ...MADE,
}
const ANSWERS = Object.keys(MADE)
const TYPES = { Day: 'date', string: 'text', bool: 'boolean', int: 'bigint', 'list<string>': 'text[]' }
const typeOf = (name: string) => TYPES[(FACTS[name]?.type ?? ANSWER_TYPES[name]) as keyof typeof TYPES]
const ident = (name: string) => `"${name}"`
const columns: Readonly<Record<string, Column>> = Object.fromEntries(
  [...NAMES, ...Object.keys(ANSWER_TYPES)].map((name) => [name, { value: `p.${ident(name)}`, known: `p.${ident(`${name}?`)}` }]),
)

/** Facts as a row: absent is not known, null is known to be none. */
const cells = (facts: Facts, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const [scope, key] = [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)]
      const held = (facts as unknown as Record<string, Record<string, unknown>>)[scope]
      const known = held !== undefined && Object.hasOwn(held, key)
      return [
        [name, known ? held[key] : null],
        [`${name}?`, known],
      ]
    }),
  )

const ALL = [...NAMES, ...ANSWERS]

async function asked(texts: readonly string[], people: readonly Facts[], names: readonly string[] = ALL): Promise<unknown[][]> {
  const rows = people.map((facts, at) => ({ ...cells(facts, names), at, area: facts.area }))
  const shape = names.map((name) => `, ${ident(name)} ${typeOf(name)}, ${ident(`${name}?`)} boolean`).join('')
  const result = await client.query({
    text: `select ${texts.map((text, at) => `${text} as a${at}`).join(', ')}
      from jsonb_to_recordset($1::jsonb) as p(at int, area text${shape}) order by at`,
    values: [JSON.stringify(rows)],
    rowMode: 'array',
  })
  return result.rows
}

const scene = (on: string, given: Parameters, area = '4401') => ({
  on,
  parameters: given,
  known: {},
  area,
  areaOf: 'p.area',
  columns,
})

/** A fact is as often there as not, and sometimes known to be none. */
const partly = allFacts.chain((facts) =>
  fc.array(fc.constantFrom('kept', 'kept', 'none', 'unknown'), { minLength: 32, maxLength: 32 }).map((fates): Facts => {
    const copy = structuredClone(facts) as unknown as Record<string, Record<string, unknown>>
    for (const [at, name] of [...NAMES, ...ANSWERS].entries()) {
      const [scope, key] = [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)] as [string, string]
      if (fates[at] === 'none') copy[scope]![key] = null
      if (fates[at] === 'unknown') delete copy[scope]![key]
    }
    return copy as unknown as Facts
  }),
)

const made = [
  row({ id: 'made.number', value: NUMBERS['made.number']! as number }),
  row({ id: 'made.text', unit: 'text', value: NUMBERS['made.text']! }),
]
async function agree(
  rule: Pick<Rule, 'id' | 'expression' | 'returns'>,
  people: readonly Facts[],
  given: Parameters,
  area?: string,
  names?: readonly string[],
) {
  const text = toSql(rule, scene(people[0]!.on, given, area))
  const rows = await asked([text], people, names).catch((error: Error) =>
    assert.fail(`${rule.expression}\n${text}\n${error.message}`),
  )
  const verdicts = people.map((facts) => evaluate(rule, facts, given))
  for (const [at, verdict] of verdicts.entries())
    assert.equal(rows[at]![0] ?? 'unknown', verdict, `${rule.expression}\n${text}\n${JSON.stringify(people[at])}`)
  return verdicts
}

test('whatever the language can say, SQL answers as the rule does', async (t) => {
  const seen = { true: 0, false: 0, unknown: 0, number: 0, refused: 0 }
  const drawn = fc.sample(fc.tuple(anyExpression, fc.array(partly, { minLength: 40, maxLength: 40 })), { numRuns: 2000, seed: 7 })
  for (const [expression, people] of drawn) {
    const { type } = compile(expression)
    if (type !== 'bool' && type !== 'int') continue
    const judged = people.map((facts) => ({ ...facts, on: people[0]!.on }))
    try {
      for (const verdict of await agree({ id: 'made', expression, returns: type }, judged, made))
        seen[typeof verdict === 'number' ? 'number' : (String(verdict) as 'true')]++
    } catch (error) {
      if (!(error instanceof NotInSql)) throw error
      seen.refused++
    }
  }
  t.diagnostic(JSON.stringify(seen))
  assert.ok(seen.true > 5000 && seen.false > 5000 && seen.unknown > 5000 && seen.number > 2000, 'each answer was given often')
  assert.ok(seen.refused < drawn.length / 20, 'nearly all of the language is in SQL')
})

/** Something that could be answered, whatever it is about. */
const answerOf = ({ kind, options, min = 0, max = 100_000 }: Asked): fc.Arbitrary<string | number | boolean> => {
  if (options) return fc.constantFrom(...options.map((each) => each.value))
  if (kind === 'yes_no') return fc.boolean()
  if (kind === 'number' || kind === 'money') return fc.integer({ min, max })
  if (kind === 'date') return fc.integer({ min: 0, max: 3000 }).map((days) => dayOfNumber(numberOf('2020-01-01') + days))
  return fc.constantFrom('', 'a', '一')
}

test('every rule of the house, for ten thousand made people', async (t) => {
  const born = fc.integer({ min: 0, max: 40_000 }).map((days) => dayOfNumber(numberOf('1920-01-01') + days))
  const benefits = fc.subarray(matters.map((matter) => matter.code))
  const area = fc.constantFrom('440106007002', '440103002001', '440118101005', '440306001001', '430121001001')
  const year = fc.integer({ min: 0, max: 1000 }).map((days) => dayOfNumber(numberOf('2024-12-01') + days))
  const grade = fc.integer({ min: 1, max: 4 })
  const kind = fc.constantFrom('sight', 'hearing', 'speech', 'physical', 'intellectual', 'multiple')
  const few = fc.record({ persons: fc.integer({ min: 1, max: 9 }) }, { requiredKeys: [] })
  const person = fc.record(
    {
      born_on: born,
      sex: fc.constantFrom('male', 'female'),
      hukou_area: area,
      dwelling_area: area,
      residence_since: fc.option(fc.oneof(born, year)),
      receives: benefits,
      monthly_income_fen: fc.integer({ min: 0, max: 2_000_000 }),
      disability_kind: fc.option(kind),
      disability_grade: fc.option(grade),
      permit_since: fc.option(year),
      permit_until: fc.option(year),
    },
    { requiredKeys: [] },
  )
  const answers = fc.record(
    Object.fromEntries([...QUESTIONS].map(([name, question]) => [name.slice('answers.'.length), answerOf(question)])),
    { requiredKeys: [] },
  )
  const unit = fc.record(
    {
      size: fc.integer({ min: 1, max: 9 }),
      monthly_income_fen: fc.integer({ min: 0, max: 2_000_000 }),
      property_ok: fc.boolean(),
      all_authorised: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  const people = fc
    .sample(fc.record({ person, unit, answers, dwelling: few, hukou_household: few }), { numRuns: 10_000, seed: 11 })
    .map((facts) => ({ ...facts, on: TODAY, area: '440106' }) as Facts)
  const byId = byParameterId(parameters)
  const counts: Record<string, number> = {}
  for (const rule of allRules) {
    const names = [...readsOf(rootOf(rule)).facts].filter((name) => name !== 'on')
    // A line of one district’s table rests on that district’s numbers.
    const area = tables.find((one) => one.area && [...one.lines, ...one.gates].some((each) => each.rule === rule.id))?.area
    const judged = area ? people.map((facts) => ({ ...facts, area })) : people
    const verdicts = await agree(rule, judged, byId, undefined, names)
    counts[rule.id] = verdicts.filter((verdict) => verdict !== 'unknown' && verdict !== false).length
  }
  t.diagnostic(JSON.stringify(counts))
  // What asks for a number that nobody confirmed yet is unknown for everybody.
  const confirmed = (rule: Rule) =>
    [...readsOf(rootOf(rule)).parameters].every((id) => byId.get(id)!.every((each) => each.value !== null))
  assert.deepEqual(
    allRules.filter((rule) => rule.returns === 'bool' && counts[rule.id] === 0 && confirmed(rule)).map((rule) => rule.id),
    [],
    'each is met by somebody',
  )
  assert.ok(counts['longevity.age']! > 1000 && counts['mlg.income']! > 1000)
})

test('an age is the same whoever counts it: every birthday of seventeen years, leap days and the days around them included', async () => {
  const days = Array.from({ length: 6300 }, (_, at) => dayOfNumber(numberOf('1939-12-31') + at))
  const expressions = [
    'ageYears(person.born_on, on) >= 70',
    '18 > ageYears(person.born_on, on)',
    'ageYears(person.born_on, on) == 72',
    'fullMonths(person.born_on, addMonths(on, 3)) != 840',
    'addMonths(person.born_on, 840) <= on',
    "addDays(person.born_on, -31) > day('1940-02-29')",
    'ageYears(person.born_on, on) >= 900',
    'ageYears(person.born_on, on) < 900',
  ]
  for (const on of ['2024-02-29', '2025-02-28', '2025-03-01', '2026-12-31']) {
    const rules = expressions.map((expression) => ({ id: 'made', expression, returns: 'bool' as const }))
    const texts = rules.map((rule) => toSql(rule, scene(on, made)))
    for (const [at, text] of texts.entries()) assert.ok(!text.includes('outreach.'), `${expressions[at]} is told as a fixed day`)
    const people = days.map((born_on): Facts => ({ on, area: '4401', person: { born_on } }))
    const rows = await asked(texts, people)
    for (const [at, facts] of people.entries())
      assert.deepEqual(
        rows[at],
        rules.map((rule) => evaluate(rule, facts, made)),
        `${facts.person!.born_on} on ${on}`,
      )
  }
})

test('what is cheap to ask is asked first, and an area is two comparisons of bytes', async () => {
  const told = (expression: string) => toSql({ id: 'made', expression, returns: 'bool' }, scene(TODAY, made))
  const text = told(
    `!('made' in person.receives) && inArea(person.hukou_area, '4409') && (has(person.sex) && ageYears(person.born_on, on) >= 70)`,
  )
  const places = ['sex', 'born_on', 'hukou_area', 'receives'].map((name) => text.indexOf(`"person.${name}`))
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
    text,
  )
  assert.ok(!text.includes('starts_with'), text)
  const codes = ['440', '4409', '44090', '440999', '4410', '44089', '']
  const people = codes.map((hukou_area): Facts => ({ on: TODAY, area: '4401', person: { hukou_area } }))
  assert.deepEqual(await agree({ id: 'made', expression: `inArea(person.hukou_area, '4409')`, returns: 'bool' }, people, made), [
    false,
    true,
    true,
    true,
    false,
    false,
    false,
  ])
})

test('a number that differs between districts is each person’s own', async () => {
  const rows = [
    row({ id: 'made.number', jurisdiction: '0', value: 1 }),
    row({ id: 'made.number', value: 2 }),
    row({ id: 'made.number', jurisdiction: '440106', value: 30 }),
    row({ id: 'made.number', jurisdiction: '440106007', value: 31, valid_to: '2026-01-31' }),
    row({ id: 'made.number', jurisdiction: '440111', value: null }),
    row({ id: 'made.number', jurisdiction: '440118', value: 40 }),
    row({ id: 'made.number', jurisdiction: '440118', value: 41 }),
  ]
  const areas = ['440106007002', '440106001001', '440111001001', '440118101005', '440103002001', '4401']
  for (const on of ['2026-01-31', '2026-02-01']) {
    const people = areas.map((area): Facts => ({ on, area, person: { monthly_income_fen: 29 } }))
    const verdicts = await agree(
      { id: 'made', expression: "param('made.number') * 2 + person.monthly_income_fen", returns: 'int' },
      people,
      rows,
    )
    const street = on === '2026-01-31' ? 62 : 60
    assert.deepEqual(verdicts, [29 + street, 89, 'unknown', 'unknown', 33, 33])
    const listed = toSql(
      { id: 'made', expression: "param('made.number') == 2", returns: 'bool' },
      { ...scene(on, rows), known: { listed: new Set(['made.number']) } },
    )
    assert.equal(listed, 'null::boolean')
  }
  // Of another day than the one that is judged.
  const people = areas.map((area): Facts => ({ on: '2026-02-01', area }))
  assert.deepEqual(
    await agree({ id: 'made', expression: "param('made.number', addDays(on, -1))", returns: 'int' }, people, rows),
    [31, 30, 'unknown', 'unknown', 2, 2],
  )
  // Searched for in one district alone, it is a plain number.
  assert.equal(
    toSql({ id: 'made', expression: "param('made.number')", returns: 'int' }, scene('2026-02-01', rows, '440106')),
    '30::bigint',
  )
})

test('a text in a rule stays a text', async () => {
  for (const text of ["it's", 'back\\slash', '$1', '-- none', "'); drop table people.person; --", '九街"坊"', '😀'])
    assert.deepEqual(
      await agree(
        { id: 'made', expression: `person.sex == ${JSON.stringify(text)} || size(person.sex) == 1`, returns: 'bool' },
        [text, `${text}x`].map((sex): Facts => ({ on: TODAY, area: '4401', person: { sex } })),
        made,
      ),
      [true, false],
    )
})

test('what no number holds exactly is unknown, and what is not in SQL is refused before it runs', async () => {
  const high = Number.MAX_SAFE_INTEGER
  const people = [high, -high, 3, 94_906_266].map(
    (monthly_income_fen): Facts => ({ on: TODAY, area: '4401', person: { monthly_income_fen }, unit: { size: high } }),
  )
  const amount = (expression: string) => agree({ id: 'made', expression, returns: 'int' }, people, made)
  assert.deepEqual(await amount('person.monthly_income_fen * person.monthly_income_fen'), ['unknown', 'unknown', 9, 'unknown'])
  assert.deepEqual(await amount('person.monthly_income_fen + unit.size'), ['unknown', 0, 'unknown', 'unknown'])
  assert.deepEqual(await amount('-(person.monthly_income_fen - 1)'), [1 - high, 'unknown', -2, -94_906_265])
  assert.deepEqual(
    await amount('person.monthly_income_fen / 7 % 5'),
    [high, -high, 3, 94_906_266].map((each) => (Math.trunc(each / 7) % 5) + 0),
  )
  const refused = (expression: string, code: string) =>
    assert.throws(
      () => toSql({ id: 'made', expression, returns: 'bool' }, scene(TODAY, made)),
      (error: Error) => error instanceof NotInSql && error.code === code,
    )
  refused("person.sex < 'male'", 'outreach.text_order')
  assert.deepEqual(await amount('100 / (person.monthly_income_fen - 3)'), [0, 'unknown', 'unknown', 0])
  assert.deepEqual(await amount('least(person.monthly_income_fen, unit.size - 1)'), [high - 1, -high, 3, 94_906_266])
  refused("param('made.number', person.born_on) == 1", 'outreach.day_of_a_number')
  refused('[person.receives, person.receives].exists(x, size(x) == 1)', 'outreach.list_of_lists')
})
