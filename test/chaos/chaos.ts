/**
 * The kill test: people work over HTTP while Node and PostgreSQL are killed with -9 in turn. Whatever was acknowledged must be
 * there afterwards, exactly once.
 */
import { randomInt } from 'node:crypto'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { castOf } from '../../src/demo/index.ts'
import { lookAfterwards, verifyAudit } from './aftermath.ts'
import { openBox, processesOf } from './box.ts'
import { live, signInClerk, signInResident } from './household.ts'

const packDir = join(import.meta.dirname, '../../packs/guangzhou')

export interface Outcome {
  kills: number
  /** Acknowledged to a client. */
  writes: number
  lost: number
  doubled: number
  longest_unready_s: number
  cases_rebuilt: number
  files_read: number
  audit_rows_verified: number
  /** Ends that nobody asked for, and what is left running after an orderly stop. */
  unasked_ends: number
  orphans: number
  seconds: number
  /** What is wrong, in words; empty when nothing is. */
  wrong: string[]
}

/**
 * @param folder empty, the test's own: data, keys, seals, ledger and log
 * @param port any free one when 0
 * @param withinS no more blows after so many seconds: a slow machine gets fewer, and `least` of them in any case
 */
export async function chaos({
  kills: most,
  folder,
  port = 0,
  withinS = Number.POSITIVE_INFINITY,
  least = 0,
}: {
  kills: number
  folder: string
  port?: number
  withinS?: number
  least?: number
}): Promise<Outcome> {
  const began = performance.now()
  mkdirSync(folder, { recursive: true })
  // Passed through by the database's own user when the test runs as root.
  chmodSync(folder, 0o711)
  const ledger = join(folder, 'ledger')
  writeFileSync(ledger, '')
  const box = await openBox(folder, port || (await freePort()))
  let over = false
  let kills = 0
  let writes = 0
  let failed: unknown
  let since = new Date()
  try {
    await box.untilReady()
    const { residents, password } = castOf(packDir)
    // The last one was seen by no officer and can send nothing.
    const phones = residents.slice(0, 5).map((one) => one.phone)
    const households = []
    for (const phone of phones)
      households.push({
        phone,
        resident: await signInResident(box.url, phone),
        clerk: await signInClerk(box.url, 'window', password),
      })
    since = new Date()
    const lives = households.map((house) =>
      live({ ...house, ledger, isOver: () => over || failed !== undefined, wrote: () => writes++ }).catch((error) => {
        failed ??= error
      }),
    )
    for (let n = 0; n < most && failed === undefined && (n < least || performance.now() - began < withinS * 1000); n++) {
      await wait(200 + randomInt(800))
      if (n % 2 === 0) await box.killNode()
      else await box.killPostgres()
      kills++
      // Every third time the next blow comes while it is still getting up.
      if (n % 3 !== 2) await box.untilReady()
    }
    await box.untilReady()
    const before = writes
    while (writes < before + phones.length && failed === undefined) await wait(50)
    over = true
    await Promise.all(lives)
  } finally {
    over = true
  }
  // The sealer has its turn, so that all of it is verified.
  await wait(2000)
  const code = await box.stop()
  if (failed !== undefined) throw failed
  const orphans = processesOf(box.dataDir)
  const after = await lookAfterwards(box, ledger, since)
  const verified = verifyAudit(box)
  const left = processesOf(box.dataDir)
  const wrong = [
    ...after.lost.map((one) => `lost: ${one}`),
    ...after.doubled.map((one) => `doubled: ${one}`),
    ...[...orphans, ...left].map((one) => `orphan: ${one}`),
    ...(verified ? [] : ['the seals do not hold']),
    ...(code === 0 ? [] : [`the orderly stop ended with ${code}`]),
    ...(box.unasked() === 0 ? [] : [`the program ended ${box.unasked()} times by itself`]),
  ]
  return {
    kills,
    writes,
    lost: after.lost.length,
    doubled: after.doubled.length,
    longest_unready_s: box.longestUnready(),
    cases_rebuilt: after.casesRebuilt,
    files_read: after.filesRead,
    audit_rows_verified: Object.values(verified ?? {}).reduce((a, b) => a + b, 0),
    unasked_ends: box.unasked(),
    orphans: orphans.length + left.length,
    seconds: Math.round((performance.now() - began) / 1000),
    wrong,
  }
}

const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => found(port))
    })
  })
