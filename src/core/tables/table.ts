/**
 * A table of the law as the pack writes it (`packs/<place>/tables/*.yaml`): which rules are its lines, how they add up, what
 * is asked to fill it in. The lines themselves are rules with basis, texts and worked examples of their own.
 */
import Type from 'typebox'
import { Basis, Id, Text } from '../matters/matter.ts'

const closed = { additionalProperties: false }
const Code = Type.String({ pattern: '^[a-z0-9]+([-.][a-z0-9]+)*$' })
const Day = Type.String({ format: 'date' })

/** Facts that an answer may stand in for where a register has none. */
export const ASKED_FACTS = [
  'person.born_on',
  'person.hukou_area',
  'person.permit_since',
  'person.permit_until',
  'unit.size',
  'unit.monthly_income_fen',
  'unit.property_ok',
] as const
export type AskedFact = (typeof ASKED_FACTS)[number]

/**
 * One thing that is asked. `permit` is a residence permit: the day of issue and the days of its endorsements, from which
 * follows the day its years count from.
 */
export const TableQuestion = Type.Object(
  {
    code: Code,
    kind: Type.Enum(['number', 'money', 'yes_no', 'choice', 'date', 'permit']),
    ask: Text,
    hint: Type.Optional(Text),
    unit: Type.Optional(Text),
    /** Of a number: the least and the greatest that can be meant. */
    min: Type.Optional(Type.Integer()),
    max: Type.Optional(Type.Integer()),
    /** Of a choice: a code and its text. Of a number that is chosen: the number itself. */
    options: Type.Optional(
      Type.Array(Type.Object({ value: Type.Union([Code, Type.Integer()]), text: Text }, closed), { minItems: 2 }),
    ),
    /** Is read as this fact, and not asked where a register knows it. */
    fact: Type.Optional(Type.Enum([...ASKED_FACTS])),
    /** The heading that it stands under in a long form; without one it stands under the part that it is the number of. */
    section: Type.Optional(Text),
    /** Stands folded away with others under this heading: what few people have. */
    fold: Type.Optional(Text),
    /** Left out where somebody says that whatever she left empty she does not have: it stays open. */
    never_none: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type TableQuestion = Type.Static<typeof TableQuestion>

export const TableLine = Type.Object(
  {
    /** Id of a rule that returns int; or `answer`, a question whose number is the line itself. */
    rule: Type.Optional(Id),
    answer: Type.Optional(Code),
    part: Code,
    /** Of several lines that do not add up: see `sets`. */
    set: Type.Optional(Code),
    /** In a set where one chooses: the option that stands for this line. */
    option: Type.Optional(Code),
    /** Parameter: no more than this counts. */
    cap: Type.Optional(Id),
  },
  closed,
)
export type TableLine = Type.Static<typeof TableLine>

const Candidate = Type.Object({ name: Type.String({ minLength: 1 }), by: Type.Array(Type.Integer(), { minItems: 1 }) }, closed)

export const Table = Type.Object(
  {
    code: Code,
    name: Text,
    /** One sentence: what this table is for. */
    summary: Text,
    /** What people say when they mean what this table reckons; read by the finder only. */
    find: Type.Optional(Type.Object({ words: Type.Array(Type.String(), { minItems: 1 }) }, closed)),
    /** What is counted; absent where it is money, in fen. */
    unit: Type.Optional(Text),
    /** The sum as it is called: points, subsidy, score. */
    total: Text,
    /** Whose numbers apply where the table is that of one district. */
    area: Type.Optional(Type.String({ pattern: '^[0-9]{2,12}$' })),
    basis: Basis,
    /** The official text was read, with its date, by two readers. */
    verified: Type.Boolean(),
    /** Takes parts of another table, with their lines, sets and questions: a district that counts as the city does, and adds. */
    like: Type.Optional(Type.Object({ table: Code, parts: Type.Array(Code, { minItems: 1 }) }, closed)),
    parts: Type.Array(Type.Object({ code: Code, name: Text, sign: Type.Enum(['add', 'subtract']) }, closed)),
    /** Lines of which one counts: the highest by itself, or the one that is chosen in a question. */
    sets: Type.Array(
      Type.Object({ code: Code, name: Text, counts: Type.Enum(['highest', 'chosen']), question: Type.Optional(Code) }, closed),
    ),
    lines: Type.Array(TableLine),
    /** The sum is never below this. */
    least: Type.Optional(Type.Integer()),
    /** Conditions beside the sum: `needed` for what the table is used for, `first` for those who come before others. */
    gates: Type.Array(Type.Object({ rule: Id, kind: Type.Enum(['needed', 'first']) }, closed)),
    /** What the sum means: the band with the greatest `from` (a parameter) that it reaches. */
    bands: Type.Optional(Type.Array(Type.Object({ level: Type.Integer(), from: Id, name: Text }, closed), { minItems: 1 })),
    /** What is left of an amount, such as a price: the rule that says the amount, and what the rest is called. */
    rest: Type.Optional(Type.Object({ of: Id, name: Text }, closed)),
    /** Who comes before whom: questions, each deciding only where all before it are equal; `quota` is a parameter. */
    ranking: Type.Optional(
      Type.Object(
        {
          quota: Id,
          by: Type.Array(Code, { minItems: 1 }),
          /** Worked examples: `order` are names from the first; those between whom nothing decides at the quota are `tied`. */
          examples: Type.Array(
            Type.Object(
              {
                quota: Type.Integer({ minimum: 1 }),
                candidates: Type.Array(Candidate, { minItems: 1 }),
                order: Type.Array(Type.String()),
                tied: Type.Array(Type.String()),
              },
              closed,
            ),
            { minItems: 1 },
          ),
        },
        closed,
      ),
    ),
    /** Two assessors fill it in together: the numbers by which more than the score makes the level. */
    assessment: Type.Optional(
      Type.Object(
        {
          from_age: Id,
          risk_events: Id,
          raise: Id,
          coma_level: Id,
          add_up: Id,
          reassess: Id,
          /** In whose cases it is filled in: what another matter does not need, nobody writes down. */
          matters: Type.Array(Id, { minItems: 1 }),
        },
        closed,
      ),
    ),
    questions: Type.Array(TableQuestion),
    /** What is not settled, in plain words, on the page of the table. */
    open: Type.Array(Text),
    examples: Type.Array(
      Type.Object(
        {
          on: Day,
          answers: Type.Record(
            Type.String(),
            Type.Union([
              Type.String(),
              Type.Integer(),
              Type.Boolean(),
              Type.Object({ issued_on: Day, endorsed_on: Type.Array(Day) }, closed),
            ]),
          ),
          total: Type.Integer(),
          /** Some line is unknown: the sum is at least this. */
          at_least: Type.Optional(Type.Literal(true)),
          level: Type.Optional(Type.Integer()),
          rest: Type.Optional(Type.Integer()),
        },
        closed,
      ),
      { minItems: 1 },
    ),
  },
  closed,
)
export type Table = Type.Static<typeof Table>

/** A table with what it takes from another one. @throws Error naming the other, since `pack check` proved it there */
export function wholeTable(table: Table, tables: readonly Table[]): Table {
  const { like } = table
  if (!like) return table
  const other = tables.find((one) => one.code === like.table)
  if (!other) throw new Error(`no table ${like.table} in the pack`)
  const lines = other.lines.filter((line) => like.parts.includes(line.part))
  const sets = new Set(lines.map((line) => line.set))
  const own = new Set(table.questions.map((question) => question.code))
  return {
    ...table,
    parts: [...other.parts.filter((part) => like.parts.includes(part.code)), ...table.parts],
    sets: [...other.sets.filter((set) => sets.has(set.code)), ...table.sets],
    lines: [...lines, ...table.lines],
    questions: [...table.questions, ...other.questions.filter((question) => !own.has(question.code))],
  }
}
