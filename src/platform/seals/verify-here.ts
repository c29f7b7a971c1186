/** On the box: database, file and keys. */

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Client } from 'pg'
import type { CryptoProvider } from '../crypto/crypto.ts'
import { CryptoFault } from '../crypto/fault.ts'
import { LetGo } from './let-go.ts'
import { type LoggedRow, rowsOf, type SealedLog } from './log.ts'
import { isMarkOf } from './marks.ts'
import { Report } from './report.ts'
import type { SealKeys } from './seal.ts'
import { linesOf, sealFileOf } from './seal-file.ts'
import { LATE_SECONDS, SEAL_LOCK } from './sealer.ts'
import { chainOf, lastSeal, letGoTexts, sealsFrom } from './store.ts'
import { type PersonState, type RowsUntil, verifySeals } from './verify.ts'

export interface HereOptions {
  /** The owner's: marks are checked, and no other role may read whose they are. Nothing is written. */
  client: Client
  logs: readonly SealedLog[]
  keys: SealKeys
  crypto: Pick<CryptoProvider, 'open'>
  folder: string
  now: Date
  /** A file to compare with in place of the box's own. */
  file?: string
  olderCopy?: boolean
  from?: number
  /** Where to write the rows under seals, for a verification elsewhere. */
  exportTo?: string
}

export interface HereReport {
  report: Report
  chain: string
  file: string
}

export async function verifyHere(options: HereOptions): Promise<HereReport> {
  const { client, logs, now } = options
  const report = new Report()
  const chain = await chainOf(client)
  const file = options.file ?? sealFileOf(options.folder, chain)
  // Under the sealer's lock, so that table and file are looked at between two seals and not within one.
  await client.query('select pg_advisory_lock($1, $2)', SEAL_LOCK)
  let size: number | null
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query('select from platform.seal limit 1') // The snapshot is taken by the first statement.
    size = await sizeOf(file)
  } finally {
    await client.query('select pg_advisory_unlock($1, $2)', SEAL_LOCK)
  }
  // A house that never sealed has none; its rows are then told of as unsealed.
  if (size === null && (await lastSeal(client))) report.add('file-missing', file)
  const out = options.exportTo ? createWriteStream(options.exportTo, { flags: 'wx' }) : null
  let failed: Error | undefined
  out?.on('error', (error) => {
    failed = error
  })
  const from = options.from ?? 1
  const letGo = new LetGo(await letGoTexts(client))
  // Before the rows: whoever checks them elsewhere must know which are not there.
  for (const text of letGo.texts) out?.write(`${JSON.stringify(['let-go', text])}\n`)
  try {
    await verifySeals(
      {
        file: size === null ? null : linesOf(file, size),
        table: sealsFrom(client, from),
        rows: (act) =>
          rowsHere(client, logs, act, async () => {
            if (failed) throw failed
            if (out?.writableNeedDrain) await once(out, 'drain')
          }),
        keys: options.keys,
        chain,
        from,
        olderCopy: options.olderCopy ?? false,
        letGo,
        checkPerson: personCheck(options.crypto),
        lateBefore: new Date(now.getTime() - LATE_SECONDS * 1000),
        ...(out ? { onRow: (row: LoggedRow) => void out.write(`${row.line}\n`) } : {}),
      },
      report,
    )
  } finally {
    await client.query('rollback')
    if (out) {
      out.end()
      if (!failed) await once(out, 'close')
    }
  }
  if (failed) throw failed
  return { report, chain, file }
}

const sizeOf = (path: string): Promise<number | null> =>
  stat(path).then(
    (found) => found.size,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      return null
    },
  )

function rowsHere(client: Client, logs: readonly SealedLog[], from: number, pause: () => Promise<void>): RowsUntil {
  const sources = logs.map((log) => ({
    name: log.name,
    batches: rowsOf(client, log, { from, until: null }, true),
    batch: [] as LoggedRow[],
    at: 0,
  }))
  return async (until, each) => {
    for (const source of sources)
      for (;;) {
        if (source.at === source.batch.length) {
          await pause()
          const got = await source.batches.next()
          if (got.done) break
          source.batch = got.value
          source.at = 0
        }
        const row = source.batch[source.at]!
        if (row.act >= until) break
        source.at++
        each(source.name, row)
      }
  }
}

/** The same persons come again and again: opening a salt costs more than hashing a row. */
const REMEMBERED = 10_000

function personCheck(crypto: Pick<CryptoProvider, 'open'>): (row: LoggedRow) => PersonState {
  const fitting = new Set<string>()
  const check = ({ id, mark, sealed }: LoggedRow['persons'][number]): PersonState => {
    // Without an id: erased when the salt is gone, too; else somebody took the id away only.
    if (id === null) return sealed === null ? 'erased' : 'changed'
    if (sealed === null) return 'changed'
    const key = `${mark.toString('base64')} ${id}`
    if (fitting.has(key)) return 'fits'
    try {
      if (!isMarkOf(crypto, mark, id, sealed)) return 'changed'
    } catch (error) {
      // A key that is missing is for the keeper of the keys to mend; a salt that was written over is a finding.
      if (!(error instanceof CryptoFault) || !['crypto.tampered', 'crypto.truncated'].includes(error.code)) throw error
      return 'changed'
    }
    if (fitting.size >= REMEMBERED) fitting.clear()
    fitting.add(key)
    return 'fits'
  }
  return ({ persons }) => {
    const states = persons.map(check)
    return states.find((state) => state === 'changed') ?? states.find((state) => state === 'erased') ?? 'fits'
  }
}
