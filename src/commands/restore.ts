/** `restore` and `import`: into an empty database and an empty store, and nothing else. */
import { join } from 'node:path'
import { sealedLogs } from '../core/access/index.ts'
import { casesThatDiffer } from '../core/cases/index.ts'
import { type ErasedAgain, eraseAgain, tombstoneFileOf } from '../core/retention/index.ts'
import { filesDirOf } from '../node.ts'
import { findSaved, load, type Manifest, type Proof, proofsOf, verifySaved } from '../platform/backup/index.ts'
import { type Config, StartRefused } from '../platform/config.ts'
import { createCrypto } from '../platform/crypto/crypto.ts'
import { type Keys, openKeys, publicKeysOf } from '../platform/crypto/keys.ts'
import { findMigrations } from '../platform/database/migrate.ts'
import { ClientTx } from '../platform/database/tx.ts'
import { startEmbedded } from '../platform/postgres/index.ts'
import { chainOf, prepareCount, verifyHere } from '../platform/seals/index.ts'
import { quiet, say, warn } from './console.ts'
import { holding } from './holding.ts'
import { longWork, WITH_FINDINGS } from './long-work.ts'
import { recordAtConsole } from './record.ts'

/**
 * What must hold of a street that came back. A room that can prove something of its own rows adds it
 * here, as the timelines do.
 */
export const proofs: readonly Proof[] = [
  ...proofsOf(holding),
  { name: 'every case is what its timeline tells', prove: ({ client }) => casesThatDiffer(new ClientTx(client)) },
]

/**
 * Rows of the last seconds were not sealed when the copy was made: late is what was late then. The file of seals is not in a
 * copy; on a new machine there is none, and the first start writes it from the table.
 */
const sealsHold = ({ sealsDir }: Config, keys: Keys, copiedAt: Date): Proof => ({
  name: 'every seal of the audit holds',
  async prove({ client, crypto }) {
    const options = { client, logs: sealedLogs, keys: publicKeysOf(keys), crypto, folder: sealsDir, now: copiedAt }
    const { report } = await verifyHere(options)
    return report.findings
      .filter(({ kind }) => kind !== 'file-missing')
      .map(({ kind, count, places }) => `audit: ${kind}, ${count} times (${places.slice(0, 3).join(', ')}). See: verify audit`)
  },
})

/** Exit code 3 when it was restored and a proof found something. */
export const restore = (config: Config, root: string, folder: string, kind: Manifest['kind']): Promise<void> =>
  longWork(
    kind === 'backup' ? 'The restore' : 'The import',
    config.databaseUrl ? 'The database' : config.dataDir,
    async (long) => {
      const found = await findSaved(folder, kind)
      const { manifest } = found
      if (manifest.demo && config.databaseUrl)
        throw new StartRefused(
          `${found.dir} is of a demo, whose accounts have known passwords: it never goes into a database of yours. Unset DATABASE_URL.`,
        )
      const keys = await openKeys(config.keysDir, { create: false })
      say(`${found.dir}, begun ${manifest.at}, by version ${manifest.program} on PostgreSQL ${manifest.postgres}.`)
      const began = performance.now()
      const embedded = config.databaseUrl ? null : await startEmbedded({ dataDir: config.dataDir, log: quiet })
      try {
        let again: ErasedAgain | undefined
        const results = await load({
          ...long,
          ownerUrl: config.databaseUrl ?? embedded!.ownerUrl,
          found,
          filesTo: filesDirOf(config.dataDir),
          keys,
          crypto: createCrypto(keys),
          migrations: findMigrations(join(root, 'src')),
          proofs: [...proofs, sealsHold(config, keys, new Date(manifest.at))],
          finish: async (client) => {
            const now = new Date()
            // This server counts its transactions from anew: without it the row would slip in under an old seal.
            await prepareCount(client, sealedLogs, config.sealsDir, now)
            await recordAtConsole(client, kind === 'backup' ? 'console.restore' : 'console.import', now)
            const file = tombstoneFileOf(config.sealsDir, await chainOf(client))
            again = await eraseAgain(client, createCrypto(keys), file, now)
            if (again.unknown > 0) await recordAtConsole(client, 'console.erase-again', now)
          },
        })
        if (again) tellAgain(again)
        tell(manifest, results, began)
      } finally {
        await embedded?.stop()
      }
    },
  )

function tell(manifest: Manifest, results: { name: string; found: string[] }[], began: number): void {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  say(
    `${manifest.tables.length} tables with ${rows} rows are back, read again and the same; ${manifest.files.count - manifest.faults.length} files; in ${((performance.now() - began) / 1000).toFixed(1)} s.`,
  )
  for (const { name, found } of results) say(`${found.length === 0 ? 'Proved' : 'NOT PROVED'}: ${name}.`)
  const findings = [
    ...manifest.faults.map(({ file, why }) => `file ${file}: was ${why} when the copy was made`),
    ...results.flatMap((result) => result.found),
  ]
  for (const one of findings) warn(`  ${one}`)
  if (findings.length > 0) process.exitCode = WITH_FINDINGS
  say('Everybody has to sign in again. Start Kaifong with the same keys.')
}

/** What must not come back. Without the file beside the seals nobody knows, and that is said in the runbook. */
function tellAgain({ unknown, erased, strange }: ErasedAgain): void {
  const found = Object.entries(erased).map(([kind, n]) => `${n} of ${kind}`)
  if (unknown > 0)
    say(`Erased after this copy was made: ${unknown}. Of these still in it, and erased again: ${found.join(', ') || 'none'}.`)
  if (strange > 0) {
    warn(`  ${strange} lines of the file of tombstones are not of this box: see docs/runbooks/retention.md`)
    process.exitCode = WITH_FINDINGS
  }
}

/** Reads all of it and writes nothing. Exit code 1 when something is wrong. */
export const verifyCopy = (config: Config, folder: string, kind: Manifest['kind']): Promise<void> =>
  longWork('The check', folder, async (long) => {
    const found = await findSaved(folder, kind)
    const keys = await openKeys(config.keysDir, { create: false })
    const wrong = await verifySaved({ ...long, found, keys, crypto: createCrypto(keys) })
    for (const one of wrong) warn(`  ${one}`)
    if (wrong.length > 0) throw new StartRefused(`${found.dir} is damaged in ${wrong.length} places.`)
    say(
      `${found.dir}, begun ${found.manifest.at}: ${found.manifest.tables.length} tables and ${found.manifest.files.count} files are what was kept.`,
    )
  })
