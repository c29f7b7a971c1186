/** Holds (暂停销毁): placed by a leader on a case that is hers to see, or on a class in her area; ended by another of that level or above. */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { isDay } from '../../../platform/day.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type Day, dayOf } from '../../../platform/time.ts'
import { command, query } from '../../../platform/use-case/use-case.ts'
import { covers, postOf } from '../../access/index.ts'

export interface Hold {
  id: string
  /** `person`: the applicant of that case, in all cases and records of hers. */
  kind: 'case' | 'person' | 'area'
  area: string
  /** Of a case. */
  number: string | null
  class: string | null
  reason: string
  basis: string
  placedBy: string
  placedAt: Date
  until: Day | null
  endedBy: string | null
  endedAt: Date | null
  endedWhy: string | null
  /** Why who reads it may not end it: she placed it (`own`), or a post did whose areas hers do not cover (`above`). */
  barred: 'own' | 'above' | null
}

/** Holds of the own area and line, those in force first: numbers and places, no person. */
export const listHolds = query({
  operation: 'retention.list-holds',
  permission: 'retention.hold',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<Hold[]>({}),
  run: ({ tx, now }) =>
    tx.rows(
      sql<Hold>`select id, kind, area, number, class, reason, basis, placed_by as "placedBy", placed_at as "placedAt", until, ended_by as "endedBy", ended_at as "endedAt", ended_why as "endedWhy", barred
        from retention.holds_in(${now})`,
    ),
})

const at = (field: string, code: string, kind: 'invalid' | 'missing' | 'conflict' = 'invalid'): Refusal =>
  new Refusal(code, kind, { fields: [{ path: `/${field}`, code }] })

const Words = (most: number) => Type.String({ maxLength: most })

/**
 * Holds a case, its applicant, or a class in an area, whatever its time. Nobody is named: a case by its number, a person by a case of hers.
 * Refusals: retention.case_not_found · number_ambiguous · case_gone · class_not_found · area_not_found · until_past
 */
export const placeHold = command({
  operation: 'retention.place-hold',
  permission: 'retention.hold',
  actors: ['staff'],
  input: Type.Object({
    kind: Type.Enum(['case', 'person', 'area']),
    number: Type.Optional(Words(40)),
    area: Type.Optional(Type.String({ pattern: '^([0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$' })),
    class: Type.Optional(Words(60)),
    reason: Words(200),
    basis: Words(200),
    until: Type.Union([Type.String({ maxLength: 10 }), Type.Null()]),
  }),
  output: Type.Object({ id: Type.String() }),
  async run({ tx, actor, now, call }, { kind, number = '', area = '', class: code = '', reason, basis, until }) {
    if (reason.trim() === '') throw at('reason', 'answer.missing')
    if (basis.trim() === '') throw at('basis', 'answer.missing')
    if (until !== null && !isDay(until)) throw at('until', 'answer.no_such_day')
    if (until !== null && until < dayOf(now)) throw at('until', 'retention.until_past')
    if (kind === 'area') {
      const { pack, areaName } = call.platform.services.packs.inForce()
      if (!covers(postOf(actor), area) || areaName(area) === '') throw at('area', 'retention.area_not_found', 'missing')
      if (!pack.retention?.some((one) => one.code === code)) throw at('class', 'retention.class_not_found', 'missing')
    }
    const id = newId(now)
    const { ended } = await tx.one(
      sql<{
        ended: string
      }>`select retention.place_hold(${id}, ${kind}, ${number.trim()}, ${area}, ${code}, ${reason.trim()}, ${basis.trim()}, ${until}::date, ${now}) as ended`,
    )
    if (ended === 'ambiguous') throw at('number', 'retention.number_ambiguous', 'conflict')
    if (ended === 'gone') throw at('number', 'retention.case_gone', 'conflict')
    if (ended !== 'done') throw at('number', 'retention.case_not_found', 'missing')
    return { id }
  },
})

/** Ends a hold; who placed it does not, nor anybody below. Refusals: retention.hold_not_found · hold_ended · not_ones_own · placed_above */
export const endHold = command({
  operation: 'retention.end-hold',
  permission: 'retention.hold',
  actors: ['staff'],
  input: Type.Object({ holdId: Id, reason: Words(200) }),
  output: Type.Object({ id: Type.String() }),
  async run({ tx, now }, { holdId, reason }) {
    if (reason.trim() === '') throw at('reason', 'answer.missing')
    const { ended } = await tx.one(
      sql<{
        ended: string
      }>`select retention.end_hold(${holdId}, ${reason.trim()}, ${now}) as ended`,
    )
    if (ended === 'own') throw new Refusal('retention.not_ones_own', 'conflict')
    if (ended === 'above') throw new Refusal('retention.placed_above', 'conflict')
    if (ended === 'ended') throw new Refusal('retention.hold_ended', 'conflict')
    if (ended !== 'done') throw new Refusal('retention.hold_not_found', 'missing')
    return { id: holdId }
  },
})
