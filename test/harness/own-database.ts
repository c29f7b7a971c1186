/** A demo street on a PostgreSQL of its own, which a story may take away and bring back; jobs run. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { bringPack } from '../../src/commands/pack.ts'
import { castOf, decideDemo, settleDemo } from '../../src/demo/index.ts'
import { filesDirOf, openNode, type RunningNode } from '../../src/node.ts'
import { findMigrations, migrate } from '../../src/platform/database/migrate.ts'
import { createLogger } from '../../src/platform/log.ts'
import { type Embedded, startEmbedded } from '../../src/platform/postgres/index.ts'
import { loadWords } from '../../src/platform/words.ts'

const root = join(import.meta.dirname, '../..')
const packDir = join(root, 'packs/guangzhou')

export interface OwnDatabase {
  url: string
  ownerUrl: string
  node: RunningNode
  /** What was logged, a line each. */
  lines: string[]
  /** As on SIGTERM. */
  nodeStops(): Promise<void>
  databaseGoes(): Promise<void>
  databaseComes(): Promise<void>
  close(): Promise<void>
}

/** @param folder of the data; a temporary one when not given. Keys and seals never lie in it */
export async function openOwnDatabase(options: { folder?: string; clock?: () => Date } = {}): Promise<OwnDatabase> {
  const beside = mkdtempSync(join(tmpdir(), 'kaifong-own-'))
  chmodSync(beside, 0o711)
  const dataDir = options.folder ?? join(beside, 'data')
  const start = (): Promise<Embedded> =>
    startEmbedded({ dataDir, log: { info() {}, warn: console.error }, whenHolderDies: 'stop' })
  let server = await start()
  const { ownerUrl } = server
  const clock = options.clock ?? (() => new Date())
  await migrate(ownerUrl, findMigrations(join(root, 'src')))
  await decideDemo(ownerUrl, undefined, true, clock())
  await bringPack(ownerUrl, root, packDir, true)
  const lines: string[] = []
  const log: Logger = createLogger('warn', { write: (line: string) => void lines.push(line) })
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const node = await openNode({
    ownerUrl,
    keysDir: join(beside, 'keys'),
    filesDir: filesDirOf(dataDir),
    publicUrl: url,
    rootDir: root,
    words: loadWords(root),
    log,
    logger: log,
    clock,
    jobs: true,
    cast: castOf(packDir),
  })
  await settleDemo(ownerUrl, packDir, node.platform)
  await node.app.listen({ host: '127.0.0.1', port })
  let stopped: Promise<void> | undefined
  const nodeStops = (): Promise<void> => {
    stopped ??= node.close()
    return stopped
  }
  return {
    url,
    ownerUrl,
    node,
    lines,
    nodeStops,
    databaseGoes: () => server.stop(),
    async databaseComes() {
      server = await start()
    },
    async close() {
      await nodeStops()
      await server.stop()
      rmSync(beside, { recursive: true, force: true })
    },
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
