/** A resident's own: what goes with her account and what stays, counted before she decides. */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { dayOf } from '../../../platform/time.ts'
import { query } from '../../../platform/use-case/use-case.ts'
import { classesOf, type OwnCase, type Stay, staysOf } from '../own.ts'
import type { RetentionClass } from '../retention.ts'

export interface OwnKeeping {
  /** Matters of the drafts that go, with the files in them. */
  drafts: { matter: string }[]
  cases: (OwnCase & { stays: Stay[] })[]
  messages: number
  looks: number
  /** Of herself, messages, looks, acts and ended bindings. */
  classes: RetentionClass[]
}

/** Everything of hers by the pack's classes. Who is not bound has drafts and nothing else. */
export const readOwnKeeping = query({
  operation: 'retention.read-own-keeping',
  permission: null,
  actors: ['resident'],
  level: 'A0',
  input: Type.Object({}),
  output: Type.Unsafe<OwnKeeping>({}),
  async run({ tx, actor, now, call }): Promise<OwnKeeping> {
    const personId = actor.kind === 'resident' ? actor.personId : null
    const [classes, today] = [call.platform.services.packs.inForce().pack.retention ?? [], dayOf(now)]
    const drafts = await tx.rows(
      sql<{
        matter: string
      }>`select matter_code as matter from cases.draft where submitted_case_id is null order by updated_at desc`,
    )
    if (!personId) return { drafts, cases: [], messages: 0, looks: 0, classes: [] }
    const cases = await tx.rows(
      sql<OwnCase>`select id, number, matter, status, open, put_away as "putAway", since, papers from retention.own_cases(${personId})`,
    )
    const { messages, looks } = await tx.one(
      sql<{
        messages: number
        looks: number
      }>`select (select count(*)::int from messages.message where person_id = ${personId}) as messages,
        (select count(*)::int from access.read_entry where person_id = ${personId}) as looks`,
    )
    return {
      drafts,
      cases: cases.map((one) => ({ ...one, stays: staysOf(classes, one, today) })),
      messages,
      looks,
      classes: classesOf(classes, ['person-without-tie', 'message', 'looks-month', 'acts-month', 'ended-binding'], today),
    }
  },
})
