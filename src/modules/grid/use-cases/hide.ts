/** What outsiders see is taken from them again, and given back. Nothing else of it changes, and its reporter follows it as before. */
import Type from 'typebox'
import { covers, postOf } from '../../../core/access/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { sql } from '../../../platform/database/tx.ts'
import { Id } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { command } from '../../../platform/use-case/use-case.ts'
import { act } from '../act.ts'

/** What happens in homes and between people. */
export const isPrivate = (pack: LoadedPack, classCode: string): boolean =>
  pack.incidents.classes.find(({ code }) => code === classCode)?.private ?? false

const Done = Type.Object({ id: Id, number: Type.String(), status: Type.String() })

/**
 * With what is linked to it: that would go on showing where this one stands, and may show the same. What of it lies in other areas is hidden,
 * too, and their office finds it among what waits for it (`hiddenWith`): hides it for good, or shows it once it may.
 */
export const hideIncident = command({
  operation: 'grid.hide',
  permission: 'incident.verify',
  actors: ['staff'],
  input: Type.Object({ id: Id, reason: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }) }),
  output: Done,
  async run(work, { id, reason }) {
    const hide = (one: string) => act(work, one, 'hide', ({ at }) => ({ fact: 'hidden', reason: reason.trim(), at }))
    const done = await hide(id)
    const post = postOf(work.actor)
    const linked = await work.tx.rows(
      sql<{ id: string; area: string }>`select id, area from grid.incident where parent_id = ${id} and shown order by id`,
    )
    for (const child of linked) if (covers(post, child.area)) await hide(child.id)
    // After what is written with the commit: what is left is not hers.
    work.tx.atEnd(sql`select grid.hide_with_parent(${id}, ${reason.trim()}, ${work.now})`)
    return done
  },
})

/** @throws Refusal incident.never_shown · incident.show_parent_first */
export const showIncident = command({
  operation: 'grid.show',
  permission: 'incident.verify',
  actors: ['staff'],
  input: Type.Object({ id: Id }),
  output: Done,
  run: (work, { id }) =>
    act(work, id, 'show', async ({ pack, state, at }) => {
      if (isPrivate(pack, state.classCode)) throw new Refusal('incident.never_shown', 'conflict')
      const { number } = await work.tx.one(sql<{ number: string | null }>`select grid.hidden_parent(${id}) as number`)
      if (number) throw new Refusal('incident.show_parent_first', 'conflict', { number })
      return { fact: 'shown', at }
    }),
})
