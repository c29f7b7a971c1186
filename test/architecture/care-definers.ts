/** The definer function of the ability assessment, tried from outside its scope: see definers.test.ts. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { sql } from '../../src/platform/database/tx.ts'
import { place } from '../harness/scene.ts'
import type { Definer, Tools } from './administration-definers.ts'

export function careDefiners({ world, denied, staff, resident, nobody }: Tools): Record<string, Definer> {
  return {
    'care.supersede_reports': {
      why: 'a trigger marks the report that a later one takes the place of; no role of a request may void a paper',
      async foreign() {
        const { scene, stages } = world()
        const { caseId, documentId } = stages.at.received!
        const now = scene.now()
        for (const scope of [staff(place.city), resident(stages.at.received!.applicant.personId), nobody])
          await denied(scope, sql`update documents.document set void_at = ${now} where id = ${documentId}`)
        // A view that names a paper of another kind voids it no more than one of another case.
        const view = (round: number, document: string) =>
          scene.owner.query(
            `insert into care.view (id, case_id, round, part, says, officer_id, post_id, document_id, recorded_at)
             values (gen_random_uuid(), $1, $2, 'second', 'same', gen_random_uuid(), gen_random_uuid(), $3, $4)`,
            [caseId, round, document, now],
          )
        await view(1, documentId!)
        await view(2, stages.at.confirm!.documentId ?? randomUUID())
        await view(3, randomUUID())
        const { rows } = await scene.owner.query('select count(*)::int as n from documents.document where void_at is not null')
        assert.equal(rows[0].n, 0)
        await scene.owner.query('delete from care.view where case_id = $1', [caseId])
      },
    },
  }
}
