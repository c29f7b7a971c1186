/**
 * 突发事件: levels, warning colours, responses, and the clocks of a report, as the pack has them. What the law gives no figure for
 * is a promise of the plan and says so. Pure.
 */
import Type from 'typebox'
import { Basis, Text } from './matter.ts'

const closed = { additionalProperties: false }
const Code = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 40 })
const Whence = {
  /** The official text and where in it; absent of what is the promise of a plan. */
  basis: Type.Optional(Basis),
  source: Type.String({ minLength: 1 }),
  /** Read in the official text by two readers. */
  verified: Type.Boolean(),
}

/** Within how long somebody is told, from when. */
export const ReportClock = Type.Object(
  {
    code: Code,
    name: Text,
    /** Who has to do it. */
    who: Text,
    /** Which recipients stop it. */
    step: Type.Enum(['first', 'up', 'figures']),
    /** Only a report in writing stops it. */
    written: Type.Optional(Type.Literal(true)),
    from: Type.Enum(['happened', 'learnt', 'first_told']),
    within: Type.Integer({ minimum: 1, maximum: 1000 }),
    unit: Type.Enum(['minutes', 'hours', 'calendar_days']),
    ...Whence,
  },
  closed,
)
export type ReportClock = Type.Static<typeof ReportClock>

export const EventKind = Type.Object(
  {
    code: Code,
    name: Text,
    /** Its level follows from the figures of `grades`. */
    graded: Type.Boolean(),
    clocks: Type.Array(ReportClock),
  },
  closed,
)
export type EventKind = Type.Static<typeof EventKind>

const Step = Type.Object({ code: Code, name: Text, ...Whence }, closed)
const Grade = Type.Object(
  {
    level: Code,
    /** At least so many of any one of these. */
    dead: Type.Integer({ minimum: 1 }),
    injured: Type.Integer({ minimum: 1 }),
    loss_fen: Type.Integer({ minimum: 1 }),
    ...Whence,
  },
  closed,
)
export type Grade = Type.Static<typeof Grade>

export const BroadcastKind = Type.Object(
  {
    code: Code,
    name: Text,
    /** Levels of a post that may issue it. */
    levels: Type.Array(Type.Enum(['city', 'district', 'street']), { minItems: 1 }),
    coloured: Type.Boolean(),
    /** It passes on what another organ has issued, and names that organ and its number. */
    passed_on: Type.Boolean(),
    ...Whence,
  },
  closed,
)
export type BroadcastKind = Type.Static<typeof BroadcastKind>

/** Who may need somebody to knock at the door. Each of the conditions that a row has must be met. */
export const VisitReason = Type.Object(
  {
    code: Code,
    name: Text,
    from_age: Type.Optional(Type.Integer({ minimum: 1, maximum: 120 })),
    to_age: Type.Optional(Type.Integer({ minimum: 0, maximum: 120 })),
    alone: Type.Optional(Type.Literal(true)),
    grades: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 4 }), { minItems: 1 })),
    source: Type.String({ minLength: 1 }),
    verified: Type.Boolean(),
  },
  closed,
)
export type VisitReason = Type.Static<typeof VisitReason>

/** Cameras that watch a public place: for public safety alone, and with a sign. */
export const CameraTerms = Type.Object(
  {
    basis: Basis,
    source: Type.String({ minLength: 1 }),
    verified: Type.Boolean(),
    purposes: Type.Array(Type.Object({ code: Code, name: Text }, closed), { minItems: 1 }),
    /** Working days within which a request for footage is decided: a promise. */
    decided_within: Type.Integer({ minimum: 1, maximum: 60 }),
  },
  closed,
)

/** emergencies.yaml */
export const Emergencies = Type.Object(
  {
    /** The gravest first. */
    levels: Type.Array(Step, { minItems: 1 }),
    colours: Type.Array(Step, { minItems: 1 }),
    responses: Type.Array(Step, { minItems: 1 }),
    kinds: Type.Array(EventKind, { minItems: 1 }),
    grades: Type.Array(Grade),
    /** What people write where they do not know: as good as blank, so that a final report is not taken with it. */
    unknown_words: Type.Array(Type.String({ minLength: 1 })),
    recipients: Type.Array(Type.Object({ code: Code, name: Text, step: Type.Enum(['first', 'up', 'aside']) }, closed), {
      minItems: 1,
    }),
    broadcasts: Type.Array(BroadcastKind, { minItems: 1 }),
    cameras: CameraTerms,
    visits: Type.Object(
      {
        reasons: Type.Array(VisitReason, { minItems: 1 }),
        /** Days after the end of a warning on which its list can still be read. */
        days_after: Type.Integer({ minimum: 0, maximum: 30 }),
      },
      closed,
    ),
  },
  closed,
)
export type Emergencies = Type.Static<typeof Emergencies>

/** Each row that names an official text, with its place in the file. */
export function basesIn(read: Emergencies): { at: (string | number)[]; document: string }[] {
  const lists = {
    levels: read.levels,
    colours: read.colours,
    responses: read.responses,
    grades: read.grades,
    broadcasts: read.broadcasts,
  }
  const rows = Object.entries(lists).flatMap(([name, list]) =>
    list.map((row, at) => ({ at: [name, at] as (string | number)[], row })),
  )
  const clocks = read.kinds.flatMap((kind, at) =>
    kind.clocks.map((row, n) => ({ at: ['kinds', at, 'clocks', n] as (string | number)[], row })),
  )
  const cameras = { at: ['cameras'] as (string | number)[], row: read.cameras }
  return [...rows, ...clocks, cameras].flatMap(({ at, row }) =>
    row.basis ? [{ at: [...at, 'basis', 'document'], document: row.basis.document }] : [],
  )
}
