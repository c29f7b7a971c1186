/** The demo street on a node of its own, which listens as a real one does; the clock is the test's and goes on by itself. */

import { cpSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import type { Logger } from 'pino'
import { castOf, settleDemo } from '../../src/demo/index.ts'
import { type NodeOptions, openNode } from '../../src/node.ts'
import { asOwner } from '../../src/platform/database/owner.ts'
import type { MapTiles } from '../../src/platform/map-tiles.ts'
import { dayOf } from '../../src/platform/time.ts'
import { loadWords } from '../../src/platform/words.ts'
import { cloneDatabase, urlOf } from './postgres.ts'

const root = join(import.meta.dirname, '../..')
const packDir = join(root, 'packs/guangzhou')

export interface Street {
  url: string
  ownerUrl: string
  /** Of every demo officer. */
  password: string
  /** Moves the clock. */
  at(instant: string): void
  now(): Date
  /** What a night leaves: the facts of everybody on the clock's day, to search and to count on. */
  night(): Promise<void>
  close(): Promise<void>
}

/** @param heard of everything that is logged, at any level; such a street is filled before its ears */
export async function openStreet(heard?: Logger, tiles: MapTiles | null = null): Promise<Street> {
  const folder = process.env.KAIFONG_TEST_FOLDER!
  const filesDir = join(folder, `street-${process.pid}`)
  let [start, since] = [Date.parse(BEGINS), performance.now()]
  const clock = () => new Date(start + performance.now() - since)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const settings = { publicUrl: url, filesDir, clock, logger: heard ?? false, log: heard ?? complains, tiles } as const
  const database = heard ? await cloneDatabase() : await cloneDatabase(await filledTemplate())
  if (heard) await declareDemo(database.ownerUrl, clock())
  else cpSync(filesOf(folder), filesDir, { recursive: true })
  const node = await openDemoNode(database.ownerUrl, settings)
  await settleDemo(database.ownerUrl, packDir, node.platform)
  await node.app.listen({ host: '127.0.0.1', port })
  return {
    url,
    ownerUrl: database.ownerUrl,
    password: cast.password,
    now: clock,
    at(instant) {
      start = Date.parse(instant)
      since = performance.now()
    },
    async night() {
      await asOwner(database.ownerUrl, 'test', (client) =>
        client.query('select outreach.make_snapshot($1, $2)', [dayOf(clock()), clock()]),
      )
    },
    async close() {
      await node.close()
      await database.drop()
    },
  }
}

const complains = { info() {}, warn() {}, error: (details: object, message: string) => console.error(message, details) }
const BEGINS = '2026-11-24T01:05:00Z'
const cast = castOf(packDir)
const filesOf = (folder: string): string => join(folder, 'filled-street')

const openDemoNode = (
  ownerUrl: string,
  settings: Pick<NodeOptions, 'publicUrl' | 'filesDir' | 'clock' | 'logger' | 'log' | 'tiles'>,
): ReturnType<typeof openNode> =>
  openNode({
    ownerUrl,
    keysDir: join(process.env.KAIFONG_TEST_FOLDER!, 'keys'),
    rootDir: root,
    words: loadWords(root),
    jobs: false,
    cast,
    ...settings,
  })

/** A clone of the template has its pack already, so it is no new database: that it is a demo is written by its owner. */
const declareDemo = (ownerUrl: string, at: Date): Promise<unknown> =>
  asOwner(ownerUrl, 'test', (client) =>
    client.query(`insert into platform.setting (name, value, at) values ('demo', '1', $1)`, [at]),
  )

/**
 * The demo street of this run, filled once and cloned by every journey. Whoever comes first fills it, ten minutes before the
 * journeys begin, so that none of its rows lies in their future; the others wait.
 */
async function filledTemplate(): Promise<string> {
  const name = 'kaifong_filled'
  const admin = new pg.Client({ connectionString: urlOf('postgres') })
  await admin.connect()
  try {
    await admin.query('select pg_advisory_lock(20261124)')
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [name])
    if (rowCount) return name
    const half = await cloneDatabase()
    const filesDir = filesOf(process.env.KAIFONG_TEST_FOLDER!)
    mkdirSync(filesDir, { recursive: true })
    const [start, since] = [Date.parse(BEGINS) - 600_000, performance.now()]
    const clock = () => new Date(start + performance.now() - since)
    await declareDemo(half.ownerUrl, clock())
    const node = await openDemoNode(half.ownerUrl, {
      publicUrl: 'http://127.0.0.1',
      filesDir,
      clock,
      logger: false,
      log: complains,
    })
    await settleDemo(half.ownerUrl, packDir, node.platform)
    await node.close()
    await admin.query(`alter database ${new URL(half.ownerUrl).pathname.slice(1)} rename to ${name}`)
    return name
  } finally {
    await admin.end()
  }
}

/** Known before the node opens: addresses in QR codes begin with it. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = server.address() as { port: number }
        server.close(() => resolve(port))
      })
  })
