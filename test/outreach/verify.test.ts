/** `verify outreach`: a search that is done is the same for good; whoever changed a row, a sum or a rule is found out. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { searchTonight, verifySearch } from '../../src/core/outreach/index.ts'
import { ClientTx } from '../../src/platform/database/tx.ts'
import { newId } from '../../src/platform/id.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'

let scene: Scene
let id: string
before(async () => {
  scene = await openScene()
  for (const [name, bornOn, community] of [
    ['甲', '1940-01-01', place.community],
    ['乙', '1950-01-01', place.sibling],
    ['丙', '1945-02-28', '440106007002'],
    ['丁', '1990-01-01', place.community],
  ] as const)
    await scene.neighbour({ name, bornOn, community })
  await searchTonight(scene.node.platform)
  id = (await scene.owner.query(`select id from outreach.run where matter_code = 'longevity-allowance'`)).rows[0].id
})
after(() => scene?.close())

const verified = async (of = id) => {
  const found = await verifySearch(new ClientTx(scene.owner), (hash) => scene.node.platform.services.packs.at(hash), of)
  return found && [found.status, found.rows, found.people]
}
/** What somebody with the owner's rights did, and undid. */
async function tampering(change: string, back: string): Promise<unknown> {
  await scene.owner.query(change)
  const found = await verified()
  await scene.owner.query(back)
  return found
}

test('done, it is the same, from its rows and from the facts', async () => {
  assert.deepEqual(await verified(), ['done', 'same', 'same'])
  assert.equal(await verified(newId(scene.now())), null)
})

test('a sum, a list, a person, a number of the law and a day that were changed are found out', async () => {
  const [first] = (await scene.owner.query('select * from outreach.found where run_id = $1 order by person_id', [id])).rows
  const row = `run_id = '${id}' and person_id = '${first.person_id}'`
  for (const [change, back] of [
    [
      `update outreach.found set amount_fen = 1 where ${row}`,
      `update outreach.found set amount_fen = ${first.amount_fen} where ${row}`,
    ],
    [
      `update outreach.found set list = 'confirm', missing = '{longevity.age}' where ${row}`,
      `update outreach.found set list = 'fits', missing = '{}' where ${row}`,
    ],
    [
      `delete from outreach.found where ${row}`,
      `insert into outreach.found values ('${id}', '${first.person_id}', '${first.area}', false, 'fits', '{}', '{}', ${first.amount_fen})`,
    ],
    [
      `update outreach.run set parameters = jsonb_set(parameters, '{0,value}', '1') where id = '${id}'`,
      `update outreach.run set parameters = jsonb_set(parameters, '{0,value}', '${(await scene.owner.query(`select parameters->0->>'value' as v from outreach.run where id = $1`, [id])).rows[0].v}') where id = '${id}'`,
    ],
  ] as const)
    assert.deepEqual(((await tampering(change, back)) as string[])[1], 'differ', change)
  assert.deepEqual(await verified(), ['done', 'same', 'same'], 'all of it was put back')
})

test('when the snapshot is a newer one only the list can be verified, and it says so', async () => {
  await scene.owner.query(`update outreach.snapshot set known_at = known_at + interval '1 minute'`)
  assert.deepEqual(await verified(), ['done', 'same', 'moved'])
})

test('a list that was let go leaves counts, and nothing that could be worked out again', async () => {
  await scene.owner.query('delete from outreach.found where run_id = $1', [id])
  assert.deepEqual(await verified(), ['done', 'gone', 'moved'])
})
