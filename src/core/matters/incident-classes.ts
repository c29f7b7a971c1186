/** incidents.yaml: what can be reported about a place (网格事件), on which terms it is taken up, and what may be asked of grid workers. */
import Type from 'typebox'
import { limitUnits } from '../clocks/limit.ts'
import { PHOTO_KINDS } from '../documents/intake.ts'
import { Text } from './matter.ts'

const closed = { additionalProperties: false }
const Code = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' })
const Sourced = { source: Type.String({ minLength: 1 }), verified: Type.Boolean() }
const Limit = Type.Object({ value: Type.Integer({ minimum: 1 }), unit: Type.Enum([...limitUnits]) }, closed)

export const incidentLevels = ['A', 'B', 'C'] as const
export type IncidentLevel = (typeof incidentLevels)[number]
const Level = Type.Enum([...incidentLevels])
/** A sample where no text gives the limits. */
const ByLevel = Type.Object({ A: Limit, B: Limit, C: Limit, ...Sourced, demo: Type.Optional(Type.Literal(true)) }, closed)

/** 立案条件: one set of terms under which a sub-class is taken up, with its own limit and its own end. */
export const FilingCondition = Type.Object(
  { code: Code, level: Level, when: Text, limit: Limit, done_when: Text, ...Sourced },
  closed,
)
export type FilingCondition = Type.Static<typeof FilingCondition>

/** What a client of another system is asked about it (Open311 attributes). */
export const IncidentAttribute = Type.Object(
  {
    code: Code,
    name: Text,
    kind: Type.Enum(['text', 'number', 'day', 'choice']),
    required: Type.Boolean(),
    choices: Type.Optional(Type.Array(Type.Object({ code: Code, name: Text }, closed), { minItems: 1 })),
  },
  closed,
)
export type IncidentAttribute = Type.Static<typeof IncidentAttribute>

/** 小类 */
export const IncidentClass = Type.Object(
  {
    code: Code,
    /** Code of its 大类. */
    group: Code,
    name: Text,
    /** How people say it. */
    words: Type.Array(Type.String({ minLength: 1 })),
    /** Level until an officer has said which condition it is. */
    level: Level,
    /** 部件先属主后属地, 事件先属地后属主: which office line is asked first. */
    line: Type.String({ minLength: 1 }),
    /** Never on the public page: what happens in homes and between people. */
    private: Type.Optional(Type.Literal(true)),
    attributes: Type.Optional(Type.Array(IncidentAttribute)),
    conditions: Type.Array(FilingCondition, { minItems: 1 }),
  },
  closed,
)
export type IncidentClass = Type.Static<typeof IncidentClass>

/** 入格事项: what may be asked of grid workers at all. */
export const AdmittedTask = Type.Object(
  {
    code: Code,
    name: Text,
    /** Office lines whose departments may ask for it. */
    lines: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
    /** Off the list from this day: nothing new is asked, what runs is shown. */
    off_from: Type.Optional(Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })),
    demo: Type.Optional(Type.Literal(true)),
    basis: Type.Object({ document: Type.String({ minLength: 1 }), clause: Type.String() }, closed),
    ...Sourced,
  },
  closed,
)
export type AdmittedTask = Type.Static<typeof AdmittedTask>

/** 条线: who is asked first for what lies in it. */
export const IncidentLine = Type.Object(
  {
    code: Code,
    name: Text,
    /** Words in the name of a unit that usually does it. */
    units: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
    ...Sourced,
  },
  closed,
)

/** Why something takes longer, said so that outsiders may read it: what an officer writes beside it is for staff and the reporter. */
export const IncidentDelay = Type.Object({ code: Code, name: Text, ...Sourced }, closed)

export const IncidentTerms = Type.Object(
  {
    /** West, south, east, north of the place, in degrees: what lies outside is not here. */
    bounds: Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()]),
    /** Reports of one class within so many metres and hours may be of one thing. */
    near: Type.Object({ metres: Type.Integer({ minimum: 1 }), hours: Type.Integer({ minimum: 1 }) }, closed),
    /** Borders of grids that overlap or part by less are the same line drawn twice. */
    grids: Type.Object(
      { sliver_square_metres: Type.Integer({ minimum: 1 }), ...Sourced, demo: Type.Optional(Type.Literal(true)) },
      closed,
    ),
    /** How long the stages before and after the handling may take, by level. */
    stages: Type.Object({ verify: ByLevel, dispatch: ByLevel, check: ByLevel, take_on: ByLevel }, closed),
    /** How long a reporter's word is waited for, and how long afterwards it can be reopened. Silence closes nothing as solved. */
    word: Limit,
    reopen_days: Type.Integer({ minimum: 1 }),
    /** An extension is never longer than so many times the limit itself. */
    extension: Type.Object(
      { most_times_the_limit: Type.Integer({ minimum: 1, maximum: 10 }), ...Sourced, demo: Type.Optional(Type.Literal(true)) },
      closed,
    ),
    delays: Type.Array(IncidentDelay, { minItems: 1 }),
    /** How long after its end what was said of it, and by whom, is kept. */
    keep_reports_years: Type.Integer({ minimum: 1 }),
    /** Photos of one report, and of one act of a unit or a check. None are taken where it is left out. */
    photos: Type.Optional(
      Type.Object(
        {
          most: Type.Integer({ minimum: 1, maximum: 5 }),
          kinds: Type.Array(Type.Enum(Object.keys(PHOTO_KINDS)), { minItems: 1, uniqueItems: true }),
          megabytes: Type.Integer({ minimum: 1, maximum: 10 }),
        },
        closed,
      ),
    ),
    lines: Type.Array(IncidentLine, { minItems: 1 }),
    groups: Type.Array(
      Type.Object(
        {
          code: Code,
          kind: Type.Enum(['part', 'event']),
          number: Type.String({ pattern: '^[0-9]{2}$' }),
          name: Text,
          ...Sourced,
        },
        closed,
      ),
      { minItems: 1 },
    ),
    classes: Type.Array(IncidentClass, { minItems: 1 }),
    admitted: Type.Array(AdmittedTask),
    /** How something comes onto the list: who approves it, and what a department does. */
    admission: Type.Object({ approver: Text, how: Text, note: Text, ...Sourced }, closed),
    ...Sourced,
  },
  closed,
)
export type IncidentTerms = Type.Static<typeof IncidentTerms>
export type IncidentGroup = IncidentTerms['groups'][number]
