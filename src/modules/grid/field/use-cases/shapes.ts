/** What a phone of the field sends and is answered. Pure. */
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { Id } from '../../../../platform/id.ts'
import { PhotoIds } from '../../use-cases/photos.ts'
import { PlaceShape } from '../../use-cases/report.ts'

const Instant = Type.String({ format: 'date-time' })
const Community = Type.String({ pattern: '^[0-9]{12}$' })
const Words = Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' })
/** Made by the phone once, when the record is written; `seenAt` by its clock. */
const made = { id: Id, seenAt: Instant }
const closed = { additionalProperties: false }

export const FieldRecord = Type.Union([
  Type.Object(
    {
      ...made,
      kind: Type.Literal('report'),
      classCode: Type.String({ maxLength: 60 }),
      words: Type.String({ maxLength: 2000 }),
      place: PlaceShape,
      photos: Type.Optional(PhotoIds),
    },
    closed,
  ),
  /** `seq` of the incident as the phone knew it: whatever happened since is a conflict. */
  Type.Object(
    {
      ...made,
      kind: Type.Literal('check'),
      incidentId: Id,
      seq: Type.Integer({ minimum: 1 }),
      passed: Type.Boolean(),
      note: Type.String({ maxLength: 500 }),
      photos: Type.Optional(PhotoIds),
    },
    closed,
  ),
  /** What came of a task, as she knew it: did it, or hands it back. Its note stays in `area` when the task has gone to somebody else. */
  Type.Object(
    {
      ...made,
      kind: Type.Literal('task'),
      taskId: Id,
      seq: Type.Integer({ minimum: 1 }),
      area: Community,
      did: Type.Boolean(),
      words: Type.String({ maxLength: 1000 }),
    },
    closed,
  ),
  /** A visit or a note: of a community, or about an incident, to which its photos belong, or about a task. */
  Type.Object(
    {
      ...made,
      kind: Type.Literal('visit'),
      area: Type.Optional(Community),
      words: Words,
      incidentId: Type.Optional(Id),
      taskId: Type.Optional(Id),
      photos: Type.Optional(PhotoIds),
    },
    closed,
  ),
])
export type FieldRecord = Type.Static<typeof FieldRecord>

/** Made small by the phone, and without what it had written into it. */
export const FieldPhoto = Type.Object(
  { id: Id, photo: Type.String({ maxLength: 900_000, pattern: '^[A-Za-z0-9+/=]+$' }) },
  closed,
)
export const isFieldPhoto = Compile(FieldPhoto)

export const Batch = {
  deviceId: Id,
  /** By the clock of the phone, when this leaves it. */
  sentAt: Instant,
}

/** Where an incident or a task stands now, for whoever decides about a conflict; only an incident has a number and rounds. */
export interface Standing {
  number?: string
  status: string
  round?: number
  seq: number
}
/** What a check or a task was answered with, where it is kept as a note. */
export type Said = 'passed' | 'failed' | 'did' | 'handed_back'

export interface Taken {
  number: string | null
  token: string | null
  incidentId: string | null
  taskId?: string
  /** The community that it was reported in, where that is not hers. */
  routedTo?: string
}
export type RecordAnswer = { id: string } & (
  | ({ outcome: 'done' | 'again'; text?: string } & Taken)
  | { outcome: 'conflict'; code: string; text: string; now: Standing }
  | { outcome: 'refused'; code: string; text: string }
)

/** Seconds by which a clock may be off without anybody being told. */
export const CLOCK_TOLERANCE_S = 300
