/** The demo street on a node of its own, which listens as a real one does; the clock is the test's and goes on by itself. */

import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import type { Logger } from 'pino'
import { castOf, settleDemo } from '../../src/demo/index.ts'
import { openNode } from '../../src/node.ts'
import { asOwner } from '../../src/platform/database/owner.ts'
import { dayOf } from '../../src/platform/time.ts'
import { loadWords } from '../../src/platform/words.ts'
import { cloneDatabase } from './postgres.ts'

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

/** @param heard of everything that is logged, at any level */
export async function openStreet(startAt = '2026-11-24T01:05:00Z', heard?: Logger): Promise<Street> {
  const database = await cloneDatabase()
  const folder = process.env.KAIFONG_TEST_FOLDER!
  const filesDir = join(folder, `street-${process.pid}`)
  mkdirSync(filesDir, { recursive: true })
  let [start, since] = [Date.parse(startAt), performance.now()]
  const clock = () => new Date(start + performance.now() - since)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  // A clone of the template has its pack already, so it is no new database: that it is a demo is written by its owner.
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query(`insert into platform.setting (name, value, at) values ('demo', '1', $1)`, [clock()])
  await owner.end()
  const cast = castOf(packDir)
  const log = { info() {}, warn() {}, error: (details: object, message: string) => console.error(message, details) }
  const node = await openNode({
    ownerUrl: database.ownerUrl,
    keysDir: join(folder, 'keys'),
    filesDir,
    publicUrl: url,
    rootDir: root,
    words: loadWords(root),
    log: heard ?? log,
    logger: heard ?? false,
    clock,
    jobs: false,
    cast,
  })
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
