/** For tests: expressions of every shape that the language has, and facts for them to read. */
import fc from 'fast-check'
import type { Facts } from './facts.ts'

const day = fc
  .date({ min: new Date('1920-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((each) => each.toISOString().slice(0, 10))
const small = fc.integer({ min: -6, max: 20 })
const word = fc.constantFrom('4401', '440106', 'a', 'b')

/** With nothing unknown. */
export const allFacts = fc.record({
  on: day,
  area: fc.constant('4401'),
  person: fc.record({
    born_on: day,
    sex: word,
    hukou_area: word,
    dwelling_area: word,
    residence_since: day,
    receives: fc.array(word, { maxLength: 4 }),
    monthly_income_fen: small,
    disability_kind: word,
    disability_grade: small,
    permit_since: day,
    permit_until: day,
  }),
  dwelling: fc.record({ persons: small }),
  hukou_household: fc.record({ persons: small }),
  unit: fc.record({ size: small, monthly_income_fen: small, property_ok: fc.boolean(), all_authorised: fc.boolean() }),
  case: fc.record({ has_address_proof: fc.boolean(), purpose: word }),
  answers: fc.record({ a: word, 'b-c': word, n: small, y: fc.boolean(), d: day }),
}) satisfies fc.Arbitrary<Facts>

const quoted = (text: string) => `'${text}'`
const join = (...parts: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc.tuple(...parts.map((each) => (typeof each === 'string' ? fc.constant(each) : each))).map((texts) => texts.join(''))
const oneOf = (...texts: string[]) => fc.constantFrom(...texts)

/** Expressions by type; `x` is a text inside a macro over texts, `n` a number inside one over numbers. */
function expressions(
  depth: number,
  locals: readonly ('x' | 'n')[] = [],
): Record<'bool' | 'int' | 'day' | 'text' | 'texts' | 'ints', fc.Arbitrary<string>> {
  const leaf = {
    bool: oneOf(
      'true',
      'false',
      'unit.property_ok',
      'unit.all_authorised',
      'case.has_address_proof',
      'has(person.residence_since)',
      'has(answers.a)',
      'has(person.disability_kind)',
      "answerYes('y')",
    ),
    int: fc.oneof(
      fc.nat(9).map(String),
      oneOf(
        'unit.size',
        'person.monthly_income_fen',
        'person.disability_grade',
        'dwelling.persons',
        'hukou_household.persons',
        "param('made.number')",
        "answerNumber('n')",
        ...(locals.includes('n') ? ['n'] : []),
      ),
    ),
    day: oneOf('on', 'person.born_on', 'person.residence_since', 'person.permit_until', "answerDay('d')", "day('2000-02-29')"),
    text: fc.oneof(
      word.map(quoted),
      oneOf(
        'person.sex',
        'person.hukou_area',
        'case.purpose',
        'answers.a',
        "answers['b-c']",
        "paramText('made.text')",
        ...(locals.includes('x') ? ['x'] : []),
      ),
    ),
    texts: oneOf('person.receives', "['a', person.sex]"),
    ints: oneOf('[1, 2, 3]', '[unit.size]', "[param('made.number'), 2]"),
  }
  if (depth === 0) return leaf
  const { bool, int, day: days, text, texts, ints } = expressions(depth - 1, locals)
  const choice = (of: fc.Arbitrary<string>) => join('(', bool, ' ? ', of, ' : ', of, ')')
  const compared = oneOf(' == ', ' != ', ' < ', ' <= ', ' > ', ' >= ')
  const overTexts = locals.includes('x') || locals.length >= 2 ? undefined : expressions(depth - 1, [...locals, 'x'])
  const overInts = locals.includes('n') || locals.length >= 2 ? undefined : expressions(depth - 1, [...locals, 'n'])
  const macro = oneOf('all', 'exists', 'exists_one')
  return {
    bool: fc.oneof(
      leaf.bool,
      join('!(', bool, ')'),
      join('(', bool, oneOf(' && ', ' || ', ' == ', ' != '), bool, ')'),
      choice(bool),
      join(int, compared, int).map((each) => `(${each})`),
      join('(', days, compared, days, ')'),
      join('(', text, oneOf(' == ', ' != ', ' < '), text, ')'),
      join('(', text, ' in ', texts, ')'),
      join('(', int, ' in ', ints, ')'),
      join('(', texts, oneOf(' == ', ' != '), texts, ')'),
      join('(', ints, ' == ', ints, ')'),
      // Bare [] has no element type for the checker, so it stands on its own and under no macro.
      join('(', texts, ' == [])'),
      join('inArea(', text, ", '4401')"),
      ...(overTexts ? [join(texts, '.', macro, '(x, ', overTexts.bool, ')')] : []),
      ...(overInts ? [join(ints, '.', macro, '(n, ', overInts.bool, ')')] : []),
    ),
    int: fc.oneof(
      leaf.int,
      join('(', int, oneOf(' + ', ' - '), int, ')'),
      join('(', int, ' * ', oneOf('0', '2', '3'), ')'),
      join('(', int, oneOf(' / ', ' % '), oneOf('1', '2', '7'), ')'),
      join('(-', int, ')'),
      choice(int),
      join(oneOf('ageYears', 'fullMonths'), '(', days, ', ', days, ')'),
      join(oneOf('least', 'greatest'), '(', int, ', ', int, ')'),
      join("param('made.number', ", oneOf('on', "day('2000-02-29')", 'addDays(on, 3)'), ')'),
      join('size(', fc.oneof(texts, ints, text), ')'),
    ),
    day: fc.oneof(
      leaf.day,
      choice(days),
      join(oneOf('addMonths', 'addDays'), '(', days, ', ', oneOf('unit.size', '3', "param('made.number')", '-14'), ')'),
    ),
    text: fc.oneof(leaf.text, choice(text)),
    texts: fc.oneof(
      leaf.texts,
      join('[', text, ', ', text, ']'),
      ...(overTexts ? [join(texts, '.filter(x, ', overTexts.bool, ')'), join(texts, '.map(x, ', overTexts.text, ')')] : []),
    ),
    ints: fc.oneof(
      leaf.ints,
      join('[', int, ', ', int, ']'),
      ...(overInts
        ? [join(ints, '.map(n, ', overInts.bool, ', ', overInts.int, ')'), join(ints, '.filter(n, ', overInts.bool, ')')]
        : []),
    ),
  }
}

export const made = expressions(3)
export const anyExpression = fc.oneof(
  { weight: 5, arbitrary: made.bool },
  { weight: 2, arbitrary: made.int },
  made.day,
  made.text,
  made.texts,
  made.ints,
)

/** What `param` and `paramText` read in them. */
export const NUMBERS: Readonly<Record<string, number | string>> = { 'made.number': 3, 'made.text': 'a' }
