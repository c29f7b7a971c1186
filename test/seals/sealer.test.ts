/** One sealer, whatever happens around it: every row is sealed exactly once, and what a crash left is mended forwards. */
import assert from 'node:assert/strict'
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { sealedLogs } from '../../src/core/access/index.ts'
import { prepareCount } from '../../src/platform/seals/index.ts'
import { readLine } from '../../src/platform/seals/seal.ts'
import { openSealedHouse, type SealedHouse } from './story.ts'

let house: SealedHouse
before(async () => {
  house = await openSealedHouse()
})
after(() => house?.close())
beforeEach(async () => {
  await house.sealAll()
  assert.deepEqual(await house.found(), {}, 'the last story left a clean house')
})

const owner = (text: string, values: unknown[] = []) => house.scene.owner.query(text, values)
const latest = async () => {
  const { rows } = await owner('select body from platform.seal order by number desc limit 1')
  return rows[0]?.body as {
    number: number
    from: number
    until: number
    at: string
    logs: Record<string, { rows: number; total: number }>
  }
}
const insert = `insert into platform.audit (id, at, operation, outcome, actor_kind, request_id) values (gen_random_uuid(), $1, $2, 'done', 'system', 'r')`
const login = async (): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: house.scene.ownerUrl })
  await client.connect()
  return client
}
const sealsOver = async (operation: string): Promise<number> => {
  const { rows } = await owner(
    `select count(*)::int as n from platform.audit a join platform.seal s on a.act >= (s.body ->> 'from')::bigint and a.act < s.until where operation = $1`,
    [operation],
  )
  return rows[0].n
}

test('who begins before a seal and commits after it is sealed once, by a later one', async () => {
  await house.acts(1)
  await house.sealAll()
  const late = await login()
  try {
    await late.query('begin')
    await late.query(insert, [house.scene.now(), 'late.act'])
    await house.acts(3)
    await house.scene.node.platform.services.seals.tick()
    const before = await latest()
    const { act } = (await late.query(`select act from platform.audit where operation = 'late.act'`)).rows[0]
    assert.ok(before.until <= act, 'nothing at or above an open transaction is sealed')
    await house.acts(2)
    await house.scene.node.platform.services.seals.tick()
    // The rows of others behind it wait as well, and are told of once they are late.
    const held = await house.found({ now: new Date(house.scene.now().getTime() + 61_000) })
    assert.ok(held['row-unsealed']! >= 2, JSON.stringify(held))
    await late.query('commit')
  } finally {
    await late.end()
  }
  await house.sealAll()
  assert.equal(await sealsOver('late.act'), 1)
  assert.deepEqual(await house.found(), {})
})

test('a transaction that is rolled back leaves no gap that matters', async () => {
  const client = await login()
  await client.query('begin')
  await client.query(insert, [house.scene.now(), 'undone.act'])
  await house.acts(1)
  await client.query('rollback')
  await client.end()
  await house.sealAll()
  assert.equal(await sealsOver('undone.act'), 0)
})

test('while twelve write and two nodes seal, every row is under exactly one seal', async () => {
  const { total } = (await latest()).logs.audit!
  const [one, other] = [house.scene.node.platform.services.seals, house.sealer()]
  let writing = true
  const answers = new Set<string>()
  const sealing = [one, other].map(async (sealer) => {
    while (writing) answers.add(await sealer.tick())
  })
  await Promise.all(Array.from({ length: 12 }, () => house.acts(40)))
  writing = false
  await Promise.all(sealing)
  await other.close()
  await house.sealAll()
  assert.ok(answers.has('sealed') && answers.has('elsewhere'), [...answers].join(' '))
  assert.equal((await latest()).logs.audit!.total, total + 480)
  assert.deepEqual(await house.found(), {})
})

test('killed between the insert and the append: the next tick writes the tail, behind whatever was half-written', async () => {
  for (const torn of [null, 120]) {
    await house.acts(2)
    await house.sealAll()
    await house.acts(2)
    await house.sealAll()
    const lines = house.lines()
    house.write(lines.slice(0, -2))
    if (torn) appendFileSync(house.file, lines.at(-2)!.slice(0, torn))
    const size = statSync(house.file).size
    assert.deepEqual(await house.found(), { 'file-short': 2 })
    await house.scene.node.platform.services.seals.tick()
    assert.deepEqual(await house.found(), {})
    assert.ok(statSync(house.file).size > size, 'only ever longer')
    assert.deepEqual(house.lines().map(readLine).filter(Boolean).length, lines.map(readLine).filter(Boolean).length)
  }
})

test('a file that cannot be written stops no seal; it is said, and mended when it can be', async () => {
  renameSync(house.file, `${house.file}.away`)
  mkdirSync(house.file)
  await house.acts(2)
  const { seals } = house.scene.node.platform.services
  await house.sealAll()
  const now = house.scene.now()
  assert.deepEqual((await seals.status(now)).alarms, ['seal-file'])
  assert.deepEqual((await house.scene.stranger.get('/readyz')).body, { ok: true, alarms: ['seal-file'] })
  rmSync(house.file, { recursive: true })
  renameSync(`${house.file}.away`, house.file)
  await seals.tick()
  assert.deepEqual((await house.scene.stranger.get('/readyz')).body, { ok: true, alarms: [] })
  assert.deepEqual(await house.found(), {})
})

test('the file of another database is not taken for its own', async () => {
  const before = readFileSync(house.file, 'utf8')
  const lines = house.lines()
  const other = lines.with(-1, lines.at(-1)!.replace('"rows":', '"rows":1'))
  house.write(other)
  await house.acts(1)
  await house.scene.node.platform.services.seals.tick()
  assert.deepEqual(house.lines(), other, 'not a byte is written to it')
  assert.deepEqual((await house.scene.node.platform.services.seals.status(house.scene.now())).alarms, ['seal-file'])
  writeFileSync(house.file, before)
})

test('a clock that jumps back changes no order', async () => {
  await house.acts(2)
  await house.sealAll()
  const before = await latest()
  const now = house.scene.now().toISOString()
  house.scene.at('2026-11-20T00:00:00Z')
  await house.acts(2)
  await house.sealAll()
  house.scene.at(now)
  const after = await latest()
  assert.ok(after.at < before.at)
  assert.equal(after.number, before.number + 1)
  assert.deepEqual(await house.found(), {})
})

test('the database goes and comes back', async () => {
  const sealer = house.sealer()
  await house.acts(1)
  sealer.start()
  await new Promise((later) => setTimeout(later, 300))
  await owner(
    `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app_sealer' and datname = current_database()`,
  )
  await house.acts(3)
  await new Promise((later) => setTimeout(later, 2500))
  await sealer.close()
  assert.equal((await sealerStatus()).logs.audit!.waiting, 0)
})
const sealerStatus = () => house.scene.node.platform.services.seals.status(house.scene.now())

test('a database that is set back to an earlier day: seals come back from the file, lost rows are named, new ones are sealed', async () => {
  await house.acts(4)
  await house.sealAll()
  const kept = await latest()
  await house.acts(5)
  await house.sealAll()
  const lost = await latest()
  // As a backup of before would have it.
  await owner('delete from platform.seal where number > $1', [kept.number])
  await owner('delete from platform.audit where act >= $1', [kept.until])
  assert.deepEqual(await house.found(), { 'database-short': lost.number - kept.number, 'row-missing': 5 })
  await house.scene.node.platform.services.seals.tick()
  assert.deepEqual(await house.found(), { 'row-missing': 5 })

  // Carried to another cluster, which counts from the beginning: here the seals are ahead of it instead.
  const { rows } = await owner('select platform.act_ceiling()::float8 as ceiling, platform.act_offset()::float8 as held')
  await owner(
    `create or replace function platform.act_offset() returns bigint language sql stable parallel safe as 'select ${rows[0].held - 5000}::bigint'`,
  )
  await prepareCount(house.scene.owner, sealedLogs, house.sealsDir, house.scene.now())
  const raised = await owner('select platform.act_ceiling()::float8 as ceiling')
  assert.ok(raised.rows[0].ceiling >= lost.until && raised.rows[0].ceiling < rows[0].ceiling + 5000)
  await house.acts(2)
  await house.sealAll()
  assert.equal((await latest()).logs.audit!.rows, 2)
  assert.deepEqual(await house.found(), { 'row-missing': 5 })

  // A backup that holds them puts the house in order again.
  await owner(`delete from platform.seal where number >= $1`, [lost.number - (lost.number - kept.number) + 1])
  await owner('delete from platform.audit where act >= $1', [kept.until])
  rmSync(house.file)
  await house.scene.node.platform.services.seals.tick()
  assert.ok(existsSync(house.file) && existsSync(dirname(house.file)))
})
