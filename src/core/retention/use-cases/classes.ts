/** What the classes would let go today, and switching that on: the audit administrator sees counts, and no person. */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { Day } from '../../../platform/time.ts'
import { command, query } from '../../../platform/use-case/use-case.ts'
import { confirmationOf, digestOf, type Plan, planOf } from '../store.ts'

export interface LastRun {
  day: Day
  halted: string | null
  classes: { code: string; due: number; held: number; done: number }[]
}

export interface ShownPlan extends Plan {
  /** Whether exactly these classes are switched on, since when and by whom. */
  on: { at: Date; by: string } | null
  /** Others were switched on before the pack changed. */
  changed: boolean
  runs: LastRun[]
}

/** What each class would let go today, and what the last nights did: counts alone, and looking changes nothing. */
export const readPlan = query({
  operation: 'retention.read-plan',
  permission: 'retention.confirm',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<ShownPlan>({}),
  async run({ tx, now, call }) {
    const plan = await planOf(tx, call.platform.services.packs.inForce().pack.retention ?? [], now)
    const confirmed = await tx.maybe(
      sql<{
        digest: string
        at: Date
        by: string
      }>`select f.digest, f.confirmed_at as at, o.officer_name as by from retention.confirmation f join access.officer_of_post o on o.post_id = f.confirmed_by where f.ended_at is null`,
    )
    const runs = await tx.rows(
      sql<LastRun>`select r.day, r.halted, coalesce((select jsonb_agg(jsonb_build_object('code', c.class, 'due', c.due, 'held', c.held, 'done', c.done) order by c.class)
        from retention.run_class c where c.day = r.day and c.due + c.held > 0), '[]') as classes from retention.run r order by r.day desc limit 14`,
    )
    const same = confirmed?.digest === plan.digest
    return { ...plan, on: confirmed && same ? { at: confirmed.at, by: confirmed.by } : null, changed: !!confirmed && !same, runs }
  },
})

/** Switches the daily letting go on for exactly the classes that were shown. */
export const confirmClasses = command({
  operation: 'retention.confirm-classes',
  permission: 'retention.confirm',
  actors: ['staff'],
  input: Type.Object({ digest: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
  output: Type.Object({ id: Type.String() }),
  async run({ tx, now, call }, { digest }) {
    const { pack, hash } = call.platform.services.packs.inForce()
    if (digest !== digestOf(pack.retention ?? [])) throw new Refusal('retention.not_confirmed', 'conflict')
    const id = newId(now)
    await tx.run(sql`select retention.confirm(${id}, ${digest}, ${hash}, ${now})`)
    return { id }
  },
})

/** Stops it, also in the middle of a day: the batch that runs is the last. */
export const switchOff = command({
  operation: 'retention.switch-off',
  permission: 'retention.confirm',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Object({ id: Type.String() }),
  async run({ tx, now }) {
    const confirmed = await confirmationOf(tx)
    if (!confirmed) throw new Refusal('retention.nothing_to_switch_off', 'conflict')
    await tx.run(sql`select retention.switch_off(${now})`)
    return { id: confirmed.id }
  },
})
