/** The disk fills up under the database and the files: nothing acknowledged is lost, and room is all that it takes to go on. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { appendFileSync, chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { signInResident } from '../chaos/household.ts'
import { openOwnDatabase } from '../harness/own-database.ts'

const folder = mkdtempSync(join(tmpdir(), 'kaifong-full-'))
chmodSync(folder, 0o711)
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=320m,mode=711', 'tmpfs', folder]).status === 0

test('a full disk', { skip: mounted ? false : 'not tested: this machine lets nobody mount a small disk' }, async (t) => {
  const street = await openOwnDatabase({ folder: join(folder, 'data') })
  t.after(async () => {
    await street.close()
    spawnSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  })
  const lady = await signInResident(street.url, '10000000001')
  const kept = new Map<string, string>()
  const act = async (): Promise<{ status: number; text: string }> => {
    const key = randomUUID()
    const json = { 'content-type': 'application/json', 'idempotency-key': key }
    const answered = await lady.ask('POST', '/api/v1/drafts', '{"matterCode":"longevity-allowance"}', json)
    if (answered.status === 200) kept.set(key, JSON.parse(answered.text).draftId)
    return answered
  }
  for (let n = 0; n < 20; n++) assert.equal((await act()).status, 200)

  const ballast = join(folder, 'ballast')
  const fill = (): void => {
    try {
      for (const size of [1 << 20, 1 << 12])
        while (statfsSync(folder).bavail * 4096 >= size) appendFileSync(ballast, Buffer.alloc(size))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }
  let refused: { status: number; text: string } | undefined
  // What is written ahead has room for a while in files that are there already.
  for (let n = 0; n < 20_000 && !refused; n++) {
    if (n % 20 === 0) fill()
    const answered = await act()
    if (answered.status !== 200) refused = answered
  }
  assert.ok(refused, 'it was full')
  assert.equal(refused.status, 503, refused.text)
  assert.match(JSON.parse(refused.text).code, /^request\.(full|away)$/)
  const during = await act()
  assert.ok([200, 503].includes(during.status), during.text)

  rmSync(ballast)
  let again = await act()
  for (let waited = 0; again.status !== 200 && waited < 60_000; waited += 250) {
    await wait(250)
    again = await act()
  }
  assert.equal(again.status, 200, 'room was made, and it goes on by itself')
  const owner = new pg.Client({ connectionString: street.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query(`select key, result->>'draftId' as draft from platform.idempotency where key = any($1)`, [
    [...kept.keys()],
  ])
  await owner.end()
  assert.deepEqual(new Map(rows.map((row) => [row.key, row.draft])), kept, 'all that was acknowledged is there')
  t.diagnostic(`${kept.size} acknowledged; refused with ${JSON.parse(refused.text).code}`)
})
