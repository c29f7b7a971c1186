/** What was erased does not come back with an older backup; who comes back herself is somebody new. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { casesThatDiffer } from '../../src/core/cases/index.ts'
import { eraseAgain } from '../../src/core/retention/index.ts'
import { ClientTx } from '../../src/platform/database/tx.ts'
import { backup, bringBack, emptyPlace, folderOf } from '../backup/kept.ts'
import { openScene, type Scene } from '../harness/scene.ts'
import { makeStages, type Stages } from '../harness/stages.ts'
import { count, nightOf, tombstoneFile } from './story.ts'

let scene: Scene
let stages: Stages
before(async () => {
  scene = await openScene()
  stages = await makeStages(scene)
})
after(() => scene?.close())

const gone = { name: '罗远', idNumber: '' }

test('erased, the backup of the day before restored, and gone again', async () => {
  const { crypto } = scene.node.platform.services
  const lady = await scene.neighbour({ name: gone.name, hukou: null })
  gone.idNumber = lady.idNumber
  await scene.owner.query(
    `update people.dwelling_occupancy set during = daterange(lower(during), '2026-11-25') where person_id = $1`,
    [lady.personId],
  )
  await scene.owner.query('update people.person set living_area = null where id = $1', [lady.personId])
  await scene.owner.query(
    `insert into access.read_entry (id, at, person_id, person_mark, operation, purpose, account_id, request_id)
      values (gen_random_uuid(), $1, $2, platform.mark_subject($3, $4, $5), 'test.look', 'visit', 'x', 'r')`,
    [scene.now(), lady.personId, ...scene.node.platform.services.marks.candidate('person', lady.personId)],
  )
  const { caseId } = stages.at.closed!
  const { dir } = await backup(scene, folderOf('backups'))

  const went = await nightOf(scene, stages.posts['audit-administrator']!, '2057-03-01T02:00:00Z')
  assert.equal(went['person-without-tie'], 1)
  assert.ok(went['case-ended']! > 0)
  assert.equal(await count(scene.owner, `people.person where id = '${lady.personId}'`), 0)
  assert.equal(await count(scene.owner, `access.read_entry where person_id = '${lady.personId}'`), 0, 'her looks are nobody’s')
  assert.equal(await count(scene.owner, `access.read_entry where operation = 'test.look' and person_mark is not null`), 1)

  const there = await emptyPlace()
  const again = new pg.Client({ connectionString: there.ownerUrl })
  try {
    await bringBack(dir, 'backup', there)
    await again.connect()
    assert.equal(await count(again, `people.person where id = '${lady.personId}'`), 1, 'the copy is older')
    assert.ok((await count(again, `cases.answer where case_id = '${caseId}'`)) > 0)
    const file = await tombstoneFile(scene.owner)
    const found = await eraseAgain(again, crypto, file, scene.now())
    assert.equal(found.erased['person-without-tie'], 1)
    assert.equal(found.erased.case, went['case-ended']! + (went['case-withdrawn'] ?? 0))
    assert.equal(found.strange, 0)
    assert.equal(await count(again, `people.person where id = '${lady.personId}'`), 0)
    assert.equal(await count(again, `cases.answer where case_id = '${caseId}'`), 0)
    assert.equal(await count(again, `documents.file where case_id = '${caseId}'`), 0, 'and no key to its files')
    assert.equal(await count(again, 'retention.tombstone'), await count(scene.owner, 'retention.tombstone'))
    assert.deepEqual(await casesThatDiffer(new ClientTx(again as never)), [])
    assert.deepEqual((await eraseAgain(again, crypto, file, scene.now())).unknown, 0, 'once')

    const forged = folderOf('forged')
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    writeFileSync(forged, `${[...lines, lines[0]!.replace(/"seq":\d+/, '"seq":9999')].join('\n')}\n`)
    assert.equal((await eraseAgain(again, crypto, forged, scene.now())).strange, 1, 'a line that nobody signed erases nothing')
  } finally {
    await again.end()
    await there.drop()
  }
})

test('who comes back the day after is somebody new, and nothing of before is found', async () => {
  const { crypto } = scene.node.platform.services
  scene.at('2057-03-02T02:00:00Z')
  assert.equal(
    await count(
      scene.owner,
      `people.person where id_number_blind = '\\x${crypto.blind(gone.idNumber, 'people.person.id_number').toString('hex')}'`,
    ),
    0,
  )
  const same = await scene.neighbour({ name: gone.name, hukou: null })
  assert.equal(await count(scene.owner, `access.read_entry where person_id = '${same.personId}'`), 0)
  assert.equal(await count(scene.owner, `cases.case where applicant_id = '${same.personId}'`), 0)
})

test('an applicant whose time is over stays in the case of another where she is family', async () => {
  const { rows } = await scene.owner.query<{ person_id: string; open: boolean }>(
    `select m.person_id, c.open from cases.unit_member m join cases.case c on c.id = m.case_id where m.person_id is not null and c.open limit 1`,
  )
  const [member] = rows
  assert.ok(member, 'somebody is family in an open case')
  await scene.owner.query('update people.person set living_area = null, hukou_area = null where id = $1', [member.person_id])
  await scene.owner.query(
    `update people.dwelling_occupancy set during = daterange(lower(during), '2026-11-25') where person_id = $1`,
    [member.person_id],
  )
  await scene.owner.query(`update people.hukou_spell set during = daterange(lower(during), '2026-11-25') where person_id = $1`, [
    member.person_id,
  ])
  await scene.owner.query('delete from access.person_account where person_id = $1', [member.person_id])
  await nightOf(scene, stages.posts['audit-administrator']!, '2058-03-01T02:00:00Z')
  assert.equal(await count(scene.owner, `people.person where id = '${member.person_id}'`), 1)
})
