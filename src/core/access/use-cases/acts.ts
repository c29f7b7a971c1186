/** The record of acts (操作记录), as the audit administrator reads it: codes and ids, no person. */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { addDays, isDay } from '../../../platform/day.ts'
import { Id } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { startOf } from '../../../platform/time.ts'
import { query } from '../../../platform/use-case/use-case.ts'
import { postOf } from '../guard.ts'

export interface RecordedAct {
  id: string
  at: Date
  operation: string
  /** `done`, or the code of the refusal. */
  outcome: string
  /** Null at the door, before a post is chosen. */
  postId: string | null
  role: string | null
  officerName: string
  officerNumber: string
  /** What it was about; null also where that is a person. */
  objectId: string | null
  aboutPerson: boolean
}

export interface RecordedActs {
  acts: RecordedAct[]
  /** There are older ones of that day. */
  more: boolean
}

/** The acts of officers of the own area on one day, newest first. */
export const listActs = query({
  operation: 'access.list-acts',
  permission: 'audit.read',
  actors: ['staff'],
  input: Type.Object({
    on: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }),
    postId: Type.Optional(Id),
    act: Type.Optional(Type.String({ pattern: '^[a-z]+\\.[a-z-]+$', maxLength: 60 })),
    /** Where the page before ended. */
    before: Type.Optional(Type.Object({ at: Type.String({ maxLength: 40 }), id: Id })),
    most: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000 })),
  }),
  output: Type.Unsafe<RecordedActs>({}),
  async run({ tx, actor }, { on, postId = null, act = null, before, most = 50 }) {
    const { areas } = postOf(actor)
    if (!isDay(on)) throw new Refusal('answer.no_such_day', 'invalid', { fields: [{ path: '/on', code: 'answer.no_such_day' }] })
    const from = before ? new Date(before.at) : null
    if (from && Number.isNaN(from.getTime())) throw new Refusal('request.unreadable', 'invalid')
    const acts = await tx.rows(
      sql<RecordedAct>`select id, at, operation, outcome, post_id as "postId", role, officer_name as "officerName", officer_number as "officerNumber", object_id as "objectId", about_person as "aboutPerson"
        from access.acts_in(${[...areas]}::text[], ${startOf(on)}, ${startOf(addDays(on, 1))}, ${from}, ${before?.id ?? null}, ${postId}, ${act}, ${most + 1})`,
    )
    return { acts: acts.slice(0, most), more: acts.length > most }
  },
})
