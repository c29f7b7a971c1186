/**
 * 考核指标: what an appraisal may count. A formula is one result out of a whole, both from a closed list of what the house can count;
 * what only shows that people were busy is on the list too, so that it can be refused by its name. Pure.
 */
import Type from 'typebox'
import type { Day } from '../../platform/time.ts'
import { Basis, Text } from './matter.ts'
import type { LoadedPack } from './packs.ts'

const closed = { additionalProperties: false }
const Code = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' })

/** Results, each with the whole that it is a part of. Texts: `indicators.source.<code>`. */
export const resultSources = {
  'cases.decided_in_time': 'cases.decided',
  /** By the reporter or an independent check: handled is not yet solved. */
  'incidents.confirmed_solved': 'incidents.handled',
  'incidents.handled_in_time': 'incidents.handled',
  'hazards.looked_at_in_time': 'hazards.reported',
  'hazards.passed_in_time': 'hazards.passed',
  'hazards.passed_at_once': 'hazards.passed',
  'hazards.stayed_away': 'hazards.looked_again',
} as const
export type ResultSource = keyof typeof resultSources

/** Of these no result: how often somebody did something, not what came of it. */
export const busyworkSources = [
  'log_ins',
  'check_ins',
  'likes',
  'time_online',
  'forced_installs',
  'points',
  'report_count',
] as const
export type BusyworkSource = (typeof busyworkSources)[number]

const vouched = { basis: Basis, source: Type.String({ minLength: 1 }), verified: Type.Boolean() }

const Indicator = Type.Object(
  {
    code: Code,
    name: Text,
    /** Why it is counted, for those whom it appraises. */
    about: Text,
    /** `of` out of `among`. Any text: one that is not allowed is refused with its reason. */
    formula: Type.Object({ of: Type.String({ minLength: 1 }), among: Type.Optional(Type.String({ minLength: 1 })) }, closed),
    valid_from: Type.String({ format: 'date' }),
    valid_to: Type.Optional(Type.String({ format: 'date' })),
    ...vouched,
    demo: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type Indicator = Type.Static<typeof Indicator>

const Busywork = Type.Object(
  {
    code: Type.Enum([...busyworkSources]),
    name: Text,
    /** How it is smuggled into the name of another indicator. */
    words: Type.Array(Type.String({ minLength: 2 }), { minItems: 1 }),
    /** What to count instead. */
    instead: Type.Enum(Object.keys(resultSources) as ResultSource[]),
    ...vouched,
  },
  closed,
)
export type Busywork = Type.Static<typeof Busywork>

/** indicators.yaml */
export const Indicators = Type.Object(
  { indicators: Type.Array(Indicator, { maxItems: 200 }), busywork: Type.Array(Busywork) },
  closed,
)
export type Indicators = Type.Static<typeof Indicators>

export const isBusywork = (source: string): source is BusyworkSource => (busyworkSources as readonly string[]).includes(source)
export const isResult = (source: string): source is ResultSource => Object.hasOwn(resultSources, source)
export const isWhole = (source: string): boolean => (Object.values(resultSources) as string[]).includes(source)

/** In force on a day, in the pack's order. */
export const indicatorsOn = ({ pack }: LoadedPack, on: Day): readonly Indicator[] =>
  (pack.indicators?.indicators ?? []).filter(({ valid_from, valid_to }) => valid_from <= on && (!valid_to || on <= valid_to))

const bare = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

/** What the name or the description of an indicator seems to count after all; null where it says nothing of the kind. */
export function smuggled(
  { name, about }: Pick<Indicator, 'name' | 'about'>,
  rows: readonly Busywork[],
): { word: string; row: Busywork } | null {
  const said = [name.zh, name.en, about.zh, about.en].map(bare)
  for (const row of rows) for (const word of row.words) if (said.some((text) => text.includes(bare(word)))) return { word, row }
  return null
}
