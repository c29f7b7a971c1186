/**
 * A rule as the pack writes it (`packs/<place>/rules/*.yaml`): written once, it checks one person, explains the answer
 * with its clause, and finds everybody it fits.
 */
import Type from 'typebox'
import { Basis, Id, Text } from '../matters/matter.ts'
import { MOST_ENTRIES } from './part.ts'

const closed = { additionalProperties: false }
const Day = Type.String({ format: 'date' })
const Money = Type.Integer()

/** By which day substance is judged. For each_month the rule runs again on a day of every month paid. */
export const JudgedBy = Type.Enum(['event', 'application', 'decision', 'each_month'])
export type JudgedBy = Type.Static<typeof JudgedBy>

const orNone = <T extends Type.TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]))

const ExamplePerson = Type.Object(
  {
    born_on: orNone(Day),
    sex: orNone(Type.String()),
    hukou_area: orNone(Type.String()),
    dwelling_area: orNone(Type.String()),
    residence_since: orNone(Day),
    receives: orNone(Type.Array(Type.String({ maxLength: 60 }), { maxItems: MOST_ENTRIES })),
    monthly_income_fen: orNone(Money),
    disability_kind: orNone(Type.String()),
    disability_grade: orNone(Type.Integer({ minimum: 1, maximum: 4 })),
    permit_since: orNone(Day),
    permit_until: orNone(Day),
  },
  closed,
)
const ExampleShared = Type.Object({ persons: orNone(Type.Integer({ minimum: 1 })) }, closed)
const ExampleUnit = Type.Object(
  {
    size: orNone(Type.Integer({ minimum: 0 })),
    monthly_income_fen: orNone(Money),
    property_ok: orNone(Type.Boolean()),
    all_authorised: orNone(Type.Boolean()),
  },
  closed,
)
const ExampleCase = Type.Object(
  { has_address_proof: orNone(Type.Boolean()), data_checked: orNone(Type.Boolean()), purpose: orNone(Type.String()) },
  closed,
)

/** A worked example: facts and what must come out. Without `area` the numbers of the pack's own area apply. */
export const Example = Type.Object(
  {
    on: Day,
    area: Type.Optional(Type.String({ pattern: '^[0-9]{2,12}$' })),
    person: Type.Optional(ExamplePerson),
    dwelling: Type.Optional(ExampleShared),
    hukou_household: Type.Optional(ExampleShared),
    unit: Type.Optional(ExampleUnit),
    case: Type.Optional(ExampleCase),
    answers: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Integer(), Type.Boolean(), Type.Null()]))),
    expect: Type.Union([Type.Boolean(), Type.Integer(), Type.Literal('unknown')]),
  },
  closed,
)
export type Example = Type.Static<typeof Example>

export const Rule = Type.Object(
  {
    id: Id,
    /** `int` is an amount in fen or a count. */
    returns: Type.Enum(['bool', 'int']),
    judged_by: JudgedBy,
    basis: Basis,
    /** The official text was read, with its date, by two readers. */
    verified: Type.Boolean(),
    /** Whether a page may say what would change the answer; never true of income, property and family ties. */
    changeable: Type.Boolean(),
    /** The ground is a sealed category: offered as “another ground of the clause”, without lines, never prefilled or found. */
    sealed: Type.Optional(Type.Boolean()),
    /**
     * The clause has one more ground that is a sealed category. Where the answer is unknown a page offers “another ground of the clause”, and a search
     * finds nobody: a list of those for whom it is unknown would be a list of the sealed.
     */
    other_ground: Type.Optional(Type.Literal(true)),
    expression: Type.String({ minLength: 1 }),
    /** The condition is met already before its matter begins: the rule that says whether it has begun, and so from which day. */
    ahead_of: Type.Optional(Id),
    /** What is asked; of an amount, its name. */
    text: Text,
    met: Type.Optional(Text),
    not_met: Type.Optional(Text),
    unknown: Type.Optional(Text),
    examples: Type.Array(Example, { minItems: 1 }),
  },
  closed,
)
export type Rule = Type.Static<typeof Rule>
