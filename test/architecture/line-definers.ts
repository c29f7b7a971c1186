/** The definer function that answers an objection to a line, tried from outside its scope: see definers.test.ts. */
import assert from 'node:assert/strict'
import { sql } from '../../src/platform/database/tx.ts'
import { place } from '../harness/scene.ts'
import type { Definer, Tools } from './administration-definers.ts'

export function lineDefiners({ world, ask, denied, staff, resident, nobody }: Tools): Record<string, Definer> {
  return {
    'cases.answer_line': {
      why: 'the answer stands on the timeline of a case that whoever answers does not see',
      async foreign() {
        const { scene, stages } = world()
        const { caseId, applicant } = stages.at.confirm!
        const other = stages.at.received!
        const now = scene.now()
        // The one is made an objection to a line of the other; the pack's line is left as it is, and nobody of another has it in hand.
        await scene.owner.query(`update cases.case set about = $2 where id = $1`, [caseId, `${other.caseId}/longevity.age/0-1`])
        const answer = async (scope: Parameters<typeof ask>[0]) =>
          (
            await ask(
              scope,
              sql<{ made: string | null }>`select cases.answer_line(${caseId}, 'granted', '写错了', ${now}) as made`,
            )
          )[0]!.made
        const facts = async () =>
          (
            await scene.owner.query(`select payload from cases.timeline where case_id = $1 and fact = 'line_answered'`, [
              other.caseId,
            ])
          ).rows.length
        const { postId } = stages.posts['district-officer']!
        assert.equal(await answer(staff(place.nextStreet)), null, 'another street')
        assert.equal(await answer({ ...staff(place.city), domains: ['health'], postId }), null, 'another line')
        assert.equal(await answer(staff(place.city)), null, 'in no post')
        for (const scope of [resident(applicant.personId), nobody])
          await denied(scope, sql`select cases.answer_line(${caseId}, 'granted', '写错了', ${now})`)
        assert.equal(await facts(), 0)
        assert.equal(await answer({ ...staff(place.city), postId }), 'done')
        assert.equal(await facts(), 1)
        await scene.owner.query(`update cases.case set about = '' where id = $1`, [caseId])
        assert.equal(await answer({ ...staff(place.city), postId }), null, 'a case that is about no line')
      },
    },
  }
}
