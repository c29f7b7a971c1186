/** Before anything is written: would this matter fit me? The same rules as in a draft, with no answers yet. */
import Type from 'typebox'
import { dayOf } from '../../../platform/time.ts'
import { query } from '../../../platform/use-case/use-case.ts'
import { personFacts } from '../../people/index.ts'
import { type Checked, previewConditions, sharesAsked } from '../conditions.ts'

export interface OwnConditions {
  /** Null where no place of the person is on record: nothing can be judged without one. */
  checked: Checked | null
}

export const checkOwnConditions = query({
  operation: 'cases.check-own-conditions',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Type.Object({ matterCode: Type.String({ maxLength: 60 }) }),
  output: Type.Unsafe<OwnConditions>({}),
  async run(work, { matterCode }): Promise<OwnConditions> {
    const matter = work.call.platform.services.packs.inForce().matter(matterCode)
    const personId = work.actor.kind === 'resident' ? work.actor.personId : null
    if (!personId) return { checked: null }
    const facts = await personFacts(work.tx, personId, dayOf(work.now))
    const area = facts.living_area ?? facts.hukou_area
    if (!area) return { checked: null }
    const shares = await sharesAsked(work, work.call.platform.services.packs.inForce(), matter, personId)
    return { checked: previewConditions(work, facts, area, matter, {}, [], shares) }
  },
})
