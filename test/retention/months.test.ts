/** A month of the logs goes whole, on record, and is told from one that somebody removed. */
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { letGoToday } from '../../src/core/retention/index.ts'
import { makePartitions } from '../../src/platform/database/partitions.ts'
import { verifyAway } from '../../src/platform/seals/index.ts'
import { makePost, type StaffPost } from '../harness/cast.ts'
import { place } from '../harness/scene.ts'
import { openSealedHouse, type SealedHouse } from '../seals/story.ts'
import { act, count, switchOn } from './story.ts'

let house: SealedHouse
let auditor: StaffPost
before(async () => {
  house = await openSealedHouse()
  auditor = await makePost(house.scene, 'audit-administrator', [place.district], [])
})
after(() => house?.close())

const rowsOf = (month: string) =>
  count(house.scene.owner, `platform.audit where to_char(at at time zone 'Asia/Shanghai', 'YYYYMM') = '${month}'`)
const night = async (instant: string) => {
  house.scene.at(instant)
  await makePartitions(house.scene.owner, house.scene.now())
  await switchOn(house.scene, auditor)
  await house.sealAll()
  const gone = await letGoToday(house.scene.node.platform)
  await house.sealAll()
  return gone
}

test('an old month goes, the seal at its edge is still checked row by row, and verify says what went', async () => {
  const lady = await house.scene.neighbour()
  house.scene.at('2026-11-30T15:59:59Z')
  await house.acts(5)
  await house.look(lady.personId)
  await house.sealAll()
  await house.acts(3)
  house.scene.at('2026-11-30T16:00:01Z')
  await house.acts(4)
  await house.look(lady.personId)
  await house.sealAll()
  const november = await rowsOf('202611')
  assert.ok(november >= 8)
  const december = await rowsOf('202612')
  assert.equal(december, 4)
  assert.deepEqual(await house.found(), {})

  const gone = await night('2029-12-02T02:00:00Z')
  assert.deepEqual([gone['acts-month'], gone['looks-month']], [1, 1], 'one a day')
  assert.equal(await rowsOf('202611'), 0)
  assert.equal(await rowsOf('202612'), december)
  assert.deepEqual(await house.found(), {}, 'every seal holds')
  const { rows } = await house.scene.owner.query('select log, month, record from platform.let_go order by number')
  assert.deepEqual(
    rows.map(({ log, month }) => `${log} ${month}`),
    ['audit 202611', 'reads 202611'],
  )
  assert.ok(JSON.parse(rows[0].record).edges.length > 0, 'a seal stood over both months')

  const exported = join(process.env.KAIFONG_TEST_FOLDER!, `rows-${process.pid}`)
  assert.deepEqual(await house.found({ exportTo: exported }), {})
  const pem = house.scene.node.platform.services.crypto.publicKeyPem
  const away = await verifyAway({ file: house.file, publicKeys: [pem], rows: exported })
  assert.deepEqual([away.findings, away.letGo.length], [[], 2], 'elsewhere, too')
  rmSync(exported)
})

test('a row beside the edge that was touched is found all the same', async () => {
  const { owner } = house.scene
  const { rows } = await owner.query(
    `update platform.audit set outcome = 'x' where id = (select id from platform.audit where operation = 'test.act' limit 1) returning id`,
  )
  assert.deepEqual(await house.found(), { 'row-changed': 1 })
  await owner.query(`update platform.audit set outcome = 'done' where id = $1`, [rows[0].id])
  assert.deepEqual(await house.found(), {})
})

test('removed rows with a record that somebody wrote afterwards are no letting go', async () => {
  const { owner } = house.scene
  await owner.query('begin')
  const { rows } = await owner.query('select record from platform.let_go where number = 2')
  const forged = { ...JSON.parse(rows[0].record), number: 3, log: 'audit', month: '202612', whole: [[1, 10_000]], edges: [] }
  await owner.query(`insert into platform.let_go (number, log, month, record, at) values (3, 'audit', '202612', $1, $2)`, [
    JSON.stringify(forged),
    house.scene.now(),
  ])
  await owner.query('commit')
  assert.ok((await house.found())['let-go-unsealed']! > 0)
  await owner.query('delete from platform.let_go where number = 3')
  await owner.query('begin')
  await owner.query('delete from platform.let_go where number = 1')
  await owner.query('commit')
  assert.ok((await house.found())['row-missing']! > 0, 'without its record a month is missing')
  await owner.query(`insert into platform.let_go (number, log, month, record, at) values (1, 'audit', '202611', $1, $2)`, [
    JSON.stringify({ ...JSON.parse(rows[0].record), number: 1, log: 'audit' }),
    house.scene.now(),
  ])
  assert.ok(Object.keys(await house.found()).length > 0, 'and with another record, too')
})

test('no log is let go before six months, whoever asks', async () => {
  await assert.rejects(house.scene.node.platform.services.seals.letGo('audit', '202912', new Date('2030-05-30T00:00:00Z')), {
    code: '42501',
  })
  assert.equal(
    (await act(house.scene, auditor, 'retention.read-plan')).lines.some(
      (line: { class: { code: string } }) => line.class.code === 'acts-month',
    ),
    true,
  )
})
