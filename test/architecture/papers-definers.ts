/** The definer functions of papers that did not print, tried from outside their scope: see definers.test.ts. */
import assert from 'node:assert/strict'
import type { RawBuilder } from 'kysely'
import type { Scope } from '../../src/platform/actor.ts'
import { sql } from '../../src/platform/database/tx.ts'
import { place } from '../harness/scene.ts'
import { administrators, type Definer, type Tools } from './administration-definers.ts'

const SYSTEM = 'system-administrator'

export function papersDefiners(tools: Tools): Record<string, Definer> {
  const { world, ask } = tools
  const { acting, onlyFor } = administrators(tools)
  async function asIfUnprinted(documentId: string): Promise<void> {
    const { owner, now } = world().scene
    await owner.query('delete from documents.print where document_id = $1', [documentId])
    await owner.query(
      `insert into documents.print_failure (document_id, attempts, last_at, next_at, reason) values ($1, 1, $2, $2, 'x') on conflict do nothing`,
      [documentId, now()],
    )
  }

  const one = async <R>(scope: Scope, query: RawBuilder<R>): Promise<R> => (await ask(scope, query))[0]!

  return {
    'documents.print_again': {
      why: 'a paper that did not print is tried again; whoever keeps the machine sees no case',
      async foreign() {
        const { documentId } = world().stages.at.confirm!
        const again = (areas: string[] = [place.district]) =>
          sql<{ done: boolean }>`select documents.print_again(${documentId}, ${areas}::text[], ${world().scene.now()}) as done`
        await asIfUnprinted(documentId)
        assert.equal((await one(acting(SYSTEM), again([]))).done, false, 'no exact area')
        assert.equal((await one(acting(SYSTEM), again([place.nextStreet]))).done, false, 'an area beside it')
        assert.equal((await one(acting(SYSTEM), again())).done, true)
        assert.equal((await one(acting(SYSTEM, place.otherDistrict), again())).done, false, 'another district')
        assert.equal((await one(acting(SYSTEM, ''), again())).done, false, 'no area')
        await onlyFor(SYSTEM, again())
      },
    },
    'documents.unprinted_in': {
      why: 'kinds and times of papers that did not print, without the case behind them',
      async foreign() {
        const { documentId } = world().stages.at.confirm!
        const all = (areas: string[] = [place.district]) =>
          sql<{ id: string }>`select id from documents.unprinted_in(${areas}::text[])`
        await asIfUnprinted(documentId)
        assert.deepEqual(await ask(acting(SYSTEM), all()), [{ id: documentId }])
        assert.deepEqual(await ask(acting(SYSTEM), all([])), [], 'no exact area')
        assert.deepEqual(await ask(acting(SYSTEM, place.otherDistrict), all()), [], 'another district')
        assert.deepEqual(await ask(acting(SYSTEM, ''), all()), [], 'no area')
        await onlyFor(SYSTEM, all())
      },
    },
  }
}
