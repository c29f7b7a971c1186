/**
 * The files of a pack, as types. Shapes only; what must hold between the files is in `check-*.ts`.
 */
import Type from 'typebox'
import { Basis, Id, Level, type Matter, Text } from '../matter.ts'

const closed = { additionalProperties: false }
const Code = Type.String({ pattern: '^[a-z0-9]+([-.][a-z0-9]+)*$' })
const Day = Type.String({ format: 'date' })

/** When the substance is judged: the day of the event, of the application, of the decision, or of each month paid. */
export const JudgedBy = Type.Enum(['event', 'application', 'decision', 'each_month'])
export type JudgedBy = Type.Static<typeof JudgedBy>

/** Clause of a number that is our own and not the law's. */
export const PROMISE = 'promise'

export const Domain = Type.Object({ code: Code, name: Text, organ: Text }, closed)
export type Domain = Type.Static<typeof Domain>

export const Group = Type.Object({ code: Code, name: Text }, closed)
export type Group = Type.Static<typeof Group>

/** How people of the place write and speak; read by the finder only. */
export const Speech = Type.Object(
  {
    /** Pairs of characters, traditional then simplified, separated by spaces: `長长 壽寿`. */
    simplified: Type.String(),
    /** Groups of one meaning; the first of a group is what the others are read as. */
    same: Type.Array(Type.Array(Type.String({ minLength: 1 }), { minItems: 2 })),
    /** Characters that are mistaken for each other by their sound, a group a line. */
    sounds: Type.Array(Type.String({ minLength: 2 })),
    /** Words that many wishes share: alone they point nowhere. */
    weak: Type.Array(Type.String({ minLength: 1 })),
    /** What says nothing about the wish: greetings, question words, the place’s own name. */
    skip: Type.Array(Type.String({ minLength: 1 })),
  },
  closed,
)
export type Speech = Type.Static<typeof Speech>

/** Something that people ask for and that this pack does not have: how they say it, and where they should go. */
export const Elsewhere = Type.Object(
  { words: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }), about: Text, go: Text },
  closed,
)
export type Elsewhere = Type.Static<typeof Elsewhere>

/** pack.yaml */
export const PackFile = Type.Object(
  {
    code: Code,
    name: Text,
    area: Type.String({ pattern: '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$' }),
    time_zone: Type.String({ minLength: 1 }),
    domains: Type.Array(Domain, { minItems: 1 }),
    groups: Type.Array(Group, { minItems: 1 }),
    /** Material codes that other organs already hold; no matter may ask a resident to upload one of them. */
    shared_materials: Type.Array(Code),
    /** How an office is named from its area: `{area}` and, for a bureau, `{organ}`. The first that fits, by the area's ending. */
    offices: Type.Array(
      Type.Object(
        { level: Level, ends: Type.Optional(Type.String({ minLength: 1 })), name: Type.String({ minLength: 1 }) },
        closed,
      ),
      { minItems: 1 },
    ),
    /** Endings that a street's short name in a document number does without. */
    street_endings: Type.Array(Type.String({ minLength: 1 })),
    /** Where a decision can be challenged; `{district}` is the district's name. */
    reconsideration: Text,
    court: Text,
    /** Shapes of telephone numbers that may sign in, as a pattern of the whole national number; the demo has its own, which no operator uses. */
    phone_pattern: Type.String({ minLength: 1 }),
    speech: Type.Optional(Speech),
    elsewhere: Type.Optional(Type.Array(Elsewhere)),
  },
  closed,
)
export type PackFile = Type.Static<typeof PackFile>

/** A row of bases.yaml: an official text that rows, rules and matters rest on. */
export const OfficialDocument = Type.Object(
  {
    code: Code,
    number: Type.String({ minLength: 1 }),
    title: Text,
    issuer: Text,
    valid_from: Day,
    /** Last day in force; absent while the text has no end. */
    valid_to: Type.Optional(Day),
    /** Code of the text that took its place. */
    successor: Type.Optional(Code),
    verified: Type.Boolean(),
    source: Type.String({ minLength: 1 }),
  },
  closed,
)
export type OfficialDocument = Type.Static<typeof OfficialDocument>

export const Unit = Type.Enum([
  'year',
  'month',
  'day',
  'working_day',
  'calendar_day',
  'hour',
  'working_hour',
  'clock_hour',
  'fen',
  'fen_per_month',
  'fen_per_year',
  'percent',
  'count',
  'text',
])
export type Unit = Type.Static<typeof Unit>

/** Jurisdiction of what holds in the whole country. */
export const COUNTRY = '0'

/** A row of parameters.csv: one number, in one jurisdiction, for one span of days. */
export const Parameter = Type.Object(
  {
    id: Id,
    /** Area code of a level, or `0` for the whole country. */
    jurisdiction: Type.String({ pattern: '^(0|[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$' }),
    /** Null (an empty cell) for a number that the law has and nobody has confirmed yet: every rule reads it as unknown. */
    value: Type.Union([Type.Integer(), Type.String({ minLength: 1 }), Type.Null()]),
    unit: Unit,
    judged_by: JudgedBy,
    basis: Basis,
    valid_from: Day,
    /** Last day in force, or null. */
    valid_to: Type.Union([Day, Type.Null()]),
    recorded_at: Day,
    /** Id of the row that this one corrects. */
    supersedes: Type.Union([Id, Type.Null()]),
    verified: Type.Boolean(),
    /** Stands in for a number that nobody has confirmed; only a demo database computes with it, and pages say so. */
    demo: Type.Boolean(),
    source: Type.String({ minLength: 1 }),
  },
  closed,
)
export type Parameter = Type.Static<typeof Parameter>

const orNone = <T extends Type.TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]))
const maybeNumber = orNone(Type.Integer())
const maybeText = orNone(Type.String())
const maybeDay = orNone(Day)

/** A worked example of a rule: the day, the facts that it is given, and what must come out. A fact left out is unknown. */
export const Example = Type.Object(
  {
    on: Day,
    area: Type.Optional(Type.String({ pattern: '^[0-9]{2,12}$' })),
    person: Type.Optional(
      Type.Object(
        {
          born_on: maybeDay,
          sex: maybeText,
          hukou_area: maybeText,
          dwelling_area: maybeText,
          residence_since: maybeDay,
          receives: orNone(Type.Array(Type.String())),
          monthly_income_fen: maybeNumber,
        },
        closed,
      ),
    ),
    unit: Type.Optional(
      Type.Object(
        {
          size: maybeNumber,
          monthly_income_fen: maybeNumber,
          property_ok: orNone(Type.Boolean()),
          all_authorised: orNone(Type.Boolean()),
        },
        closed,
      ),
    ),
    case: Type.Optional(Type.Object({ has_address_proof: orNone(Type.Boolean()), purpose: maybeText }, closed)),
    answers: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()]))),
    expect: Type.Union([Type.Boolean(), Type.Integer(), Type.Literal('unknown')]),
  },
  closed,
)
export type Example = Type.Static<typeof Example>

/** An entry of rules/*.yaml. A rule that answers yes or no also says the answer in words. */
export const Rule = Type.Object(
  {
    id: Id,
    returns: Type.Enum(['bool', 'int']),
    judged_by: JudgedBy,
    basis: Basis,
    verified: Type.Boolean(),
    /** Whether the person can change the answer by doing something; never true of income, property or family ties. */
    changeable: Type.Boolean(),
    /** The ground is a sealed category: offered as “another ground of the clause”, never prefilled and never found. */
    sealed: Type.Optional(Type.Boolean()),
    expression: Type.String({ minLength: 1 }),
    text: Text,
    met: Type.Optional(Text),
    not_met: Type.Optional(Text),
    unknown: Type.Optional(Text),
    examples: Type.Array(Example, { minItems: 1 }),
  },
  closed,
)
export type Rule = Type.Static<typeof Rule>

/** An entry of roles.yaml. Posts are given a role; permissions are the house's closed list. */
export const Role = Type.Object(
  {
    code: Code,
    name: Text,
    /** Level of the area that a post of this role has. */
    level: Level,
    /** One sentence: what somebody in this role does. */
    does: Text,
    permissions: Type.Array(Type.String({ pattern: '^[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*$' })),
  },
  closed,
)
export type Role = Type.Static<typeof Role>

/** A pack that passed every check. `areas`, `calendar` and `documents` are what their own readers made of those files. */
export interface Pack extends PackFile {
  bases: readonly OfficialDocument[]
  parameters: readonly Parameter[]
  rules: readonly Rule[]
  matters: readonly Matter[]
  roles: readonly Role[]
  areas: unknown
  calendar: unknown
  documents: unknown
  /** SHA-256 of everything above, in hex: what the database keeps the pack under. */
  hash: string
}
