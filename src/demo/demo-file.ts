/**
 * `demo.yaml` of a pack: the invented street as data. Shapes here; the names of officers, areas and posts are checked
 * against each other when the street is made.
 */
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { parse } from 'yaml'
import { Text } from '../core/matters/matter.ts'
import { disabilityKinds, relations } from '../core/people/index.ts'

const closed = { additionalProperties: false }
const Code = Type.String({ pattern: '^[a-z0-9]+([-.][a-z0-9]+)*$' })
const Area = Type.String({ pattern: '^([0-9]{6}|[0-9]{9}|[0-9]{12})$' })
const Community = Type.String({ pattern: '^[0-9]{12}$' })
const Name = Type.String({ minLength: 2 })
const Percent = Type.Integer({ minimum: 0, maximum: 100 })
const Age = Type.Integer({ minimum: 0, maximum: 110 })
const Fen = Type.Integer({ minimum: 0 })
/** Both ends belong to it. */
const Between = <S extends Type.TSchema>(of: S) => Type.Tuple([of, of])
const Relation = Type.Enum([...relations])
const Sex = Type.Enum(['male', 'female'])

export const Member = Type.Object(
  {
    relation: Relation,
    /** `other`: not that of the head. */
    sex: Type.Enum(['male', 'female', 'any', 'other']),
    age: Type.Optional(Between(Age)),
    from_head: Type.Optional(Between(Type.Integer())),
    turns: Type.Optional(Age),
    within_days: Type.Optional(Between(Type.Integer({ minimum: 0, maximum: 364 }))),
    surname: Type.Optional(Type.Literal('head')),
    income: Type.Optional(Between(Fen)),
    chance: Type.Optional(Percent),
  },
  closed,
)
export type Member = Type.Static<typeof Member>

export const HouseholdKind = Type.Object(
  {
    kind: Code,
    share: Type.Number({ minimum: 0 }),
    hukou: Type.Enum(['here', 'elsewhere', 'collective']),
    members: Type.Array(Member, { minItems: 1 }),
  },
  closed,
)
export type HouseholdKind = Type.Static<typeof HouseholdKind>

export const CastMember = Type.Object(
  {
    code: Code,
    name: Name,
    sex: Sex,
    relation: Relation,
    age: Age,
    birthday_in: Type.Integer({ minimum: -364, maximum: 364 }),
    income: Type.Optional(Fen),
    bank_account: Type.Optional(Type.Boolean()),
    /** `phone-only`: signs in, and no officer has seen the card. */
    account: Type.Optional(Type.Enum(['bound', 'phone-only'])),
    phone: Type.Optional(Type.String({ pattern: '^[0-9]{11}$' })),
    /** What is special about them, without the name: lists say the name themselves. */
    story: Type.Optional(Text),
  },
  closed,
)
export type CastMember = Type.Static<typeof CastMember>

export const CastFamily = Type.Object(
  {
    community: Community,
    hukou: Type.Object({ elsewhere: Type.Optional(Area), since_years: Type.Integer({ minimum: 0 }) }, closed),
    home: Type.Object({ since_days: Type.Integer({ minimum: 0 }) }, closed),
    members: Type.Array(CastMember, { minItems: 1 }),
  },
  closed,
)
export type CastFamily = Type.Static<typeof CastFamily>

const Post = Type.Object(
  {
    code: Code,
    role: Code,
    organisation: Code,
    areas: Type.Array(Area, { minItems: 1 }),
    domains: Type.Array(Code),
    from: Type.Integer(),
    to: Type.Optional(Type.Integer()),
  },
  closed,
)

export const DemoFile = Type.Object(
  {
    street: Type.String({ pattern: '^[0-9]{9}$' }),
    residents: Type.Integer({ minimum: 1, maximum: 100_000 }),
    id_region: Type.String({ pattern: '^[0-9]{6}$' }),
    phone_prefix: Type.String({ pattern: '^1[0-9]{2}$' }),
    account_prefix: Type.String({ pattern: '^[0-9]{6}$' }),
    account_length: Type.Integer({ minimum: 16, maximum: 19 }),
    bank: Name,
    password: Type.String({ minLength: 10 }),
    address: Type.String({ pattern: '\\{community\\}.*\\{lane\\}.*\\{number\\}.*\\{room\\}' }),
    lanes: Type.Array(Name, { minItems: 1 }),
    communities: Type.Array(Type.Object({ area: Community, short: Name, share: Type.Number({ minimum: 0 }) }, closed), {
      minItems: 1,
    }),
    elsewhere: Type.Array(Area, { minItems: 1 }),
    households: Type.Array(HouseholdKind, { minItems: 1 }),
    income: Type.Object({ declared: Percent, working: Between(Fen), pension_age: Age, pension: Between(Fen) }, closed),
    accounts: Type.Object({ adults: Percent, pensioners: Percent }, closed),
    residence_registered: Percent,
    disability: Type.Object(
      {
        share: Percent,
        /** Of them, whose kind is a sealed category: the register has the grade alone. */
        sealed: Percent,
        kinds: Type.Record(Type.Enum([...disabilityKinds]), Type.Number({ minimum: 0 })),
        grades: Type.Record(Type.String({ pattern: '^[1-4]$' }), Type.Number({ minimum: 0 })),
      },
      closed,
    ),
    /** Of newcomers who are registered for long enough; `lapsed` of them have not had it endorsed. */
    permits: Type.Object({ share: Percent, after_months: Type.Integer({ minimum: 0 }), lapsed: Percent }, closed),
    senior_cards: Type.Object({ matter: Code, share: Percent, from: Age }, closed),
    receipts: Type.Object(
      { matter: Code, share: Percent, tiers: Type.Array(Type.Object({ age: Age, fen: Fen }, closed), { minItems: 1 }) },
      closed,
    ),
    names: Type.Object(
      {
        never: Type.Array(Name),
        surnames: Type.Record(Type.String(), Type.Number({ minimum: 0 })),
        given: Type.Array(
          Type.Object(
            { from: Type.Integer(), male: Type.Array(Name, { minItems: 1 }), female: Type.Array(Name, { minItems: 1 }) },
            closed,
          ),
          { minItems: 1 },
        ),
      },
      closed,
    ),
    cast: Type.Array(CastFamily),
    organisations: Type.Array(
      Type.Object(
        {
          code: Code,
          kind: Type.Enum(['committee', 'street_office', 'bureau', 'ngo', 'unit']),
          area: Area,
          name: Name,
          /** As of officers. */
          late: Type.Optional(Type.Literal(true)),
        },
        closed,
      ),
    ),
    officers: Type.Array(
      Type.Object(
        {
          /** Came when the street was there: drawn last, so that none of its people became another. */
          late: Type.Optional(Type.Literal(true)),
          username: Type.String({ pattern: '^[a-z][a-z0-9_.]{2,29}$' }),
          name: Name,
          number: Type.String({ minLength: 1 }),
          story: Text,
          posts: Type.Array(Post, { minItems: 1 }),
        },
        closed,
      ),
    ),
    /** The lattice of invented grids: communities row by row from the north, so many in each. */
    grids: Type.Object(
      {
        box: Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()]),
        columns: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1 }),
        source: Name,
        /** Codes of the posts that look after the grids of their areas, by turns where there are several, and of who said so. */
        workers: Type.Array(Code),
        assigned_by: Code,
      },
      closed,
    ),
  },
  closed,
)
export type DemoFile = Type.Static<typeof DemoFile>

const check = Compile(DemoFile)

/** Reads the text of a demo.yaml; throws one error that names every place that is wrong. */
export function readDemoFile(text: string, file: string): DemoFile {
  const read: unknown = parse(text)
  if (check.Check(read)) return read
  const wrong = [...check.Errors(read)].map((e) => `${file}${e.instancePath}: ${e.message}`)
  throw new Error(`The demo street cannot be read; correct these places:\n  ${wrong.join('\n  ')}`)
}
