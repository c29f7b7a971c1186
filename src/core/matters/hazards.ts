/**
 * 隐患 as a pack has it: kinds, whose matter each is, who may order what, and how long each stage may take. Pure.
 */
import Type from 'typebox'
import { type Limit, limitUnits } from '../clocks/index.ts'
import { Basis, Level, Text } from './matter.ts'
import type { LoadedPack } from './packs.ts'

const closed = { additionalProperties: false }
const Code = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' })

/** Every stage that has a limit. A pack without one of them is refused. */
export const hazardLimits = [
  'inspect',
  'tell',
  'transfer',
  'acknowledge',
  'begin',
  'rectify_general',
  'rectify_serious',
  'recheck',
  'strike_off',
  'look_after',
  'look_within',
  'keep_people',
] as const
export type HazardLimitCode = (typeof hazardLimits)[number]

/** 责令: put it right by a day, stop using it, leave the place. */
export const hazardOrders = ['rectify', 'stop', 'leave'] as const
export type HazardOrder = (typeof hazardOrders)[number]

const vouched = { basis: Basis, source: Type.String({ minLength: 1 }), verified: Type.Boolean() }

const HazardLimit = Type.Object(
  {
    code: Type.Enum([...hazardLimits]),
    value: Type.Integer({ minimum: 1, maximum: 999 }),
    unit: Type.Enum([...limitUnits]),
    ...vouched,
    demo: Type.Optional(Type.Boolean()),
  },
  closed,
)

export const HazardKind = Type.Object(
  {
    code: Code,
    name: Text,
    /** What makes it one of this kind. */
    look_for: Text,
    /** Office lines whose matter it is, the first one first. */
    lines: Type.Array(Code, { minItems: 1, maxItems: 5 }),
    ...vouched,
  },
  closed,
)
export type HazardKind = Type.Static<typeof HazardKind>

const HazardPower = Type.Object({ order: Type.Enum([...hazardOrders]), line: Code, level: Level, ...vouched }, closed)
export type HazardPower = Type.Static<typeof HazardPower>

/** hazards.yaml */
export const Hazards = Type.Object(
  {
    limits: Type.Array(HazardLimit),
    kinds: Type.Array(HazardKind, { minItems: 1, maxItems: 200 }),
    powers: Type.Array(HazardPower),
  },
  closed,
)
export type Hazards = Type.Static<typeof Hazards>

/** Undefined for a kind that the pack no longer has: a hazard of it keeps its code. */
export const hazardKind = ({ pack }: LoadedPack, code: string): HazardKind | undefined =>
  pack.hazards?.kinds.find((kind) => kind.code === code)

/** @throws Error naming it, since `pack check` proved it there */
export function hazardLimit({ pack }: LoadedPack, code: HazardLimitCode): Limit {
  const limit = pack.hazards?.limits.find((one) => one.code === code)
  if (!limit) throw new Error(`the pack has no limit ${code} of hazards`)
  return { value: limit.value, unit: limit.unit as Limit['unit'] }
}

/** The rows that let somebody give this order over a hazard of these lines; the lines' own order is kept. */
export const powersOver = ({ pack }: LoadedPack, lines: readonly string[], order: HazardOrder): HazardPower[] =>
  lines.flatMap((line) => (pack.hazards?.powers ?? []).filter((one) => one.line === line && one.order === order))
