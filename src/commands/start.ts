/** `start`: database, steps, pack, server, in this order; whatever ends it closes them the other way round. */

import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { firstAdministrator } from '../core/access/index.ts'
import { castOf, decideDemo, isHalfFilled, settleDemo } from '../demo/index.ts'
import { filesOf, openNode, type RunningNode } from '../node.ts'
import { type Config, defaultPublicUrl, openToOthers, StartRefused } from '../platform/config.ts'
import { CryptoFault } from '../platform/crypto/fault.ts'
import { outageOf } from '../platform/database/away.ts'
import { findMigrations, migrate } from '../platform/database/migrate.ts'
import { createLogger } from '../platform/log.ts'
import { openLogFile } from '../platform/log-file.ts'
import { type Closing, emptyDatabase, startEmbedded, watchEnd } from '../platform/postgres/index.ts'
import { loadWords } from '../platform/words.ts'
import { quiet, say, tellDemo, tellFirst, warn } from './console.ts'
import { bringPack } from './pack.ts'

/** Returns when the server answers; from then on a signal ends it. */
export async function start(config: Config, root: string, packDir: string): Promise<void> {
  const closing = watchEnd({ error: warn })
  try {
    await open(config, root, packDir, closing)
  } catch (error) {
    // Of a key the message says all that its keeper needs.
    await closing.fail(error instanceof CryptoFault ? new StartRefused(error.message) : error)
  }
}

async function open(config: Config, root: string, packDir: string, closing: Closing): Promise<void> {
  const file = config.logFile === null ? undefined : openLogFile(config.logFile, warn)
  // A newcomer's console shows what needs somebody; a file has room for all that was asked for.
  const logger = createLogger(config.logLevel === 'info' && !file ? 'warn' : config.logLevel, file)
  const embedded = config.databaseUrl
    ? null
    : await closing.open('PostgreSQL', startEmbedded({ dataDir: config.dataDir, log: quiet }), (held) => held.stop())
  const ownerUrl = config.databaseUrl ?? embedded!.ownerUrl
  // Now, and not after minutes of filling in; and not before the data, whose holder is the better answer to a second start.
  const port = await findPort(config)
  const publicUrl = config.publicUrl === defaultPublicUrl(config.host, 0) ? defaultPublicUrl(config.host, port) : config.publicUrl

  const prepare = async (): Promise<boolean> => {
    await migrate(ownerUrl, findMigrations(join(root, 'src')))
    const others = openToOthers(config)
    const demo = await decideDemo(ownerUrl, config.demo, embedded !== null && others === null, new Date())
    if (demo && others !== null)
      throw new StartRefused(
        `This database is a demo with known passwords; ${others} is for others than this machine. Unset it, or use another KAIFONG_DATA for a real street.`,
      )
    return demo
  }
  const begin = async (): Promise<RunningNode> => {
    const demo = await prepare()
    if (demo && embedded && (await isHalfFilled(ownerUrl))) {
      say('The demo street was not finished when the last start ended; it is made anew.')
      await emptyDatabase(ownerUrl)
      await prepare()
    }
    await bringPack(ownerUrl, root, packDir, demo)
    return openNode({
      ownerUrl,
      keysDir: config.keysDir,
      sealsDir: config.sealsDir,
      sealSeconds: config.sealSeconds,
      ...filesOf(config),
      publicUrl,
      rootDir: root,
      words: loadWords(root, { report: (message) => logger.error(message) }),
      log: logger,
      logger,
      trustedProxies: config.trustedProxies,
      ...(config.metricsToken ? { metricsToken: config.metricsToken } : {}),
      jobs: true,
      silentMonths: config.silentMonths,
      oidc: config.oidc,
      outbound: config.outbound,
      tiles: config.tiles,
      ...(existsSync(join(packDir, 'demo.yaml')) ? { cast: castOf(packDir) } : {}),
    })
  }
  const node = await closing.open('the server', embedded ? comingBack(begin) : begin(), (opened) => opened.close())
  if (node.demo && (await settleDemo(ownerUrl, packDir, node.platform))) say('The demo street has been filled in.')
  await node.app.listen({ host: config.host, port }).catch((error) => {
    throw unheard(error, config, port)
  })
  const url = defaultPublicUrl(config.host, port)
  say(`Kaifong is ready at ${url}`)
  const token = node.demo ? null : await firstAdministrator(ownerUrl, new Date())
  if (node.demo) tellDemo(url, castOf(packDir))
  else if (token) tellFirst(publicUrl, token)
}

const BEGINNINGS = 5

/** What a start does can be begun anew; it is when the embedded server, which is started again by itself, dies under it. */
async function comingBack<T>(begin: () => Promise<T>): Promise<T> {
  for (let n = 1; ; n++) {
    try {
      return await begin()
    } catch (error) {
      if (n === BEGINNINGS || outageOf(error) !== 'away') throw error
      warn(`PostgreSQL went away while Kaifong started; it is begun anew. ${(error as Error).message}`)
    }
  }
}

/** The port that was asked for, if it is free; for 0 one that is. */
const findPort = (config: Config): Promise<number> =>
  new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', (error) => failed(unheard(error, config, config.port)))
    probe.listen(config.port, config.host, () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => found(port))
    })
  })

function unheard(error: NodeJS.ErrnoException, { host }: Config, port: number): Error {
  const why: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${host} is taken by another program, perhaps another Kaifong. Stop that one, or choose another: PORT=${port + 1} npm start`,
    EACCES: `Port ${port} may be opened by root only. Choose one from 1024 on, such as PORT=8090, and put a web server in front.`,
    EADDRNOTAVAIL: `HOST=${host} is no address of this machine. Give one that is, or unset HOST to listen on 127.0.0.1.`,
    ENOTFOUND: `HOST=${host} is a name that nobody knows. Give an address of this machine, or unset HOST to listen on 127.0.0.1.`,
    EAI_AGAIN: `HOST=${host} is a name that cannot be looked up now. Give an address of this machine, or unset HOST.`,
  }
  const known = why[error.code ?? '']
  return known ? new StartRefused(known, { cause: error }) : error
}
