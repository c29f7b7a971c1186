/** The command line: start, pack check, pack load, migrate. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { firstAdministrator } from './core/access/index.ts'
import { loadPack, printFinding, readHousePack } from './core/matters/index.ts'
import { castOf, declareDemo, settleDemo } from './demo/index.ts'
import { filesDirOf, openNode } from './node.ts'
import { type Config, defaultPublicUrl, isLoopback, readConfig, StartRefused } from './platform/config.ts'
import { findMigrations, migrate } from './platform/database/migrate.ts'
import { loggedError } from './platform/log.ts'
import { type Embedded, startEmbedded } from './platform/postgres/index.ts'
import { dayOf } from './platform/time.ts'
import { loadWords } from './platform/words.ts'

const root = join(import.meta.dirname, '..')
const packDir = join(root, 'packs/guangzhou')
const say = (text: string) => process.stdout.write(`${text}\n`)

/** Of the supervisor only what somebody must act on. */
const quiet = { info() {}, warn: (message: unknown) => process.stderr.write(`${message}\n`) }

if (Number(process.versions.node.split('.')[0]) < 26) {
  process.stderr.write(`Kaifong needs Node 26 and was started with ${process.version}. Use npm start, which brings its own.\n`)
  process.exit(1)
}

const [command = 'start', ...rest] = process.argv.slice(2)
try {
  if (command === 'start') await start(readConfig(process.env))
  else if (command === 'pack' && rest[0] === 'check') packCheck(rest[1] ?? packDir)
  else if (command === 'pack' && rest[0] === 'load') await packLoad(readConfig(process.env), rest[1] ?? packDir)
  else {
    process.stderr.write('Usage: start | pack check [folder] | pack load [folder]\n')
    process.exitCode = 2
  }
} catch (error) {
  process.stderr.write(`${error instanceof StartRefused ? error.message : (error as Error).stack}\n`)
  process.exitCode = 1
}

function packCheck(folder: string): void {
  const { pack, errors, warnings } = readHousePack(folder, loadWords(root), dayOf(new Date()))
  for (const found of [...errors, ...warnings]) say(printFinding(found))
  say(
    pack
      ? `${folder}: ${pack.matters.length} matters, ${pack.rules.length} rules, ${pack.areas.length} areas; ${pack.hash}`
      : `${folder}: ${errors.length} errors; not loadable`,
  )
  if (!pack) process.exitCode = 1
}

/** Checks, then loads; a pack with an error changes nothing and the loaded one stays in force. */
async function putPack(ownerUrl: string, folder: string): Promise<void> {
  const { pack, errors } = readHousePack(folder, loadWords(root), dayOf(new Date()))
  if (!pack)
    throw new StartRefused(
      `The pack ${folder} has errors and was not loaded; the one in force stays.\n${errors.map(printFinding).join('\n')}`,
    )
  const isNew = await loadPack(ownerUrl, pack, new Date())
  if (isNew) say(`Pack ${pack.code} loaded: ${pack.hash.slice(0, 12)}`)
}

async function packLoad(config: Config, folder: string): Promise<void> {
  const embedded = config.databaseUrl ? null : await startEmbedded({ dataDir: config.dataDir, log: quiet })
  try {
    await putPack(config.databaseUrl ?? embedded!.ownerUrl, folder)
  } finally {
    await embedded?.stop()
  }
}

async function start(config: Config): Promise<void> {
  const logger = pino({ level: config.logLevel === 'info' ? 'warn' : config.logLevel, serializers: { err: loggedError } })
  let embedded: Embedded | null = null
  let ending = false
  let close = async () => {}
  const end = async (code: number) => {
    if (ending) return
    ending = true
    await close()
    await embedded?.stop()
    process.exit(code)
  }
  // A crash after PostgreSQL is up must not leave it behind.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: Error) => {
      logger.fatal({ err: error }, 'Kaifong stops')
      end(1)
    })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0))

  embedded = config.databaseUrl ? null : await startEmbedded({ dataDir: config.dataDir, log: quiet })
  try {
    const ownerUrl = config.databaseUrl ?? embedded!.ownerUrl
    await migrate(ownerUrl, findMigrations(join(root, 'src')))
    // Only a new embedded database on loopback becomes a demo, and only at its creation.
    if (embedded?.isNew && config.demo !== '0' && isLoopback(config.host)) await declareDemo(ownerUrl, new Date())
    await putPack(ownerUrl, packDir)
    const node = await openNode({
      ownerUrl,
      keysDir: config.keysDir,
      filesDir: filesDirOf(config.dataDir),
      publicUrl: config.publicUrl,
      rootDir: root,
      words: loadWords(root, { report: (message) => logger.error(message) }),
      log: logger,
      logger,
      jobs: true,
      trustedProxies: config.trustedProxies,
      ...(existsSync(join(packDir, 'demo.yaml')) ? { cast: castOf(packDir) } : {}),
    })
    close = () => node.close()
    if (node.demo && !isLoopback(config.host))
      throw new StartRefused(
        `This database is a demo with known passwords; HOST=${config.host} can be reached by others. Unset HOST, or use another KAIFONG_DATA.`,
      )
    if (node.demo && (await settleDemo(ownerUrl, packDir, node.platform))) say('The demo street 五山街道 has been filled in.')
    const address = await node.app.listen({ host: config.host, port: config.port })
    const url = config.port === 0 ? address : defaultPublicUrl(config.host, config.port)
    say(`Kaifong is ready at ${url}`)
    if (node.demo) tellDemo(url)
    else await tellFirst(ownerUrl, url)
  } catch (error) {
    await close()
    await embedded?.stop()
    throw error
  }
}

function tellDemo(url: string): void {
  const cast = castOf(packDir)
  say(`\n演示居民 Demo residents: ${url}/sign-in, codes at ${url}/demo/outbox`)
  for (const r of cast.residents) say(`  ${r.phone}  ${r.story?.zh ?? r.name}`)
  say(`\n演示人员 Demo officers: ${url}/desk, password ${cast.password}`)
  for (const o of cast.officers) say(`  ${o.username.padEnd(16)}  ${o.story.zh}`)
}

async function tellFirst(ownerUrl: string, url: string): Promise<void> {
  const token = await firstAdministrator(ownerUrl, new Date())
  if (token) say(`No administrator yet. Make the first one at ${url}/desk/first?token=${token} (once, within 24 hours)`)
}
