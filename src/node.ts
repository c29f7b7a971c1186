/**
 * One node: its database, its keys, its services, its server. `main.ts` starts one from the environment, a test from a scene.
 */
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type pg from 'pg'
import { parseIntoClientConfig } from 'pg-connection-string'
import { createApp } from './app.ts'
import { guard, recordRead, sealedLogs } from './core/access/index.ts'
import { Packs } from './core/matters/index.ts'
import { codesByMail, codesByText, createDemoOutbox, type DemoOutbox } from './core/messages/index.ts'
import './core/services.ts'
import type { DemoCast } from './demo/index.ts'
import { gatherMetrics } from './metrics.ts'
import {
  type CodeProvider,
  createAccounts,
  createIdentityService,
  createRateLimiter,
  noProvider,
  type OidcSettings,
} from './platform/accounts/index.ts'
import { type Config, sealsDirOf } from './platform/config.ts'
import { blindKeysOf, noteBlindKey, refuseOtherKeys } from './platform/crypto/blind-keys.ts'
import { createCrypto } from './platform/crypto/crypto.ts'
import { type Keys, openKeys, publicKeysOf } from './platform/crypto/keys.ts'
import { watchKeys } from './platform/crypto/rotation.ts'
import { Database, openPool } from './platform/database/database.ts'
import { asOwner } from './platform/database/owner.ts'
import { makePartitions } from './platform/database/partitions.ts'
import { watchPulse } from './platform/database/pulse.ts'
import type { FileStore } from './platform/files/file-store.ts'
import { type FilePlace, openFiles } from './platform/files/open.ts'
import { type Jobs, migrateJobs, startJobs } from './platform/jobs.ts'
import { createMachine } from './platform/machine.ts'
import type { MapTiles } from './platform/map-tiles.ts'
import { createSmsGateway, createSmtp, type OutboundSettings } from './platform/outbound/index.ts'
import type { Log, Platform } from './platform/platform.ts'
import { createMarks, createSealer, prepareCount } from './platform/seals/index.ts'
import { versionOf } from './platform/version.ts'
import { within } from './platform/within.ts'
import type { Words } from './platform/words.ts'
import { schedules } from './schedules.ts'

export interface NodeOptions extends FilePlace {
  /** The owner's address: for passwords, partitions and the job schema; the server itself logs in as `kaifong_app`. */
  ownerUrl: string
  keysDir: string
  /** Of the seals outside the database; beside the keys when not given. */
  sealsDir?: string
  sealSeconds?: number
  publicUrl: string
  rootDir: string
  words: Words
  log: Log
  logger: FastifyBaseLogger | false
  clock?: () => Date
  /** Sweeps run only where they are wanted; a test calls them itself. */
  jobs: boolean
  unsafePerMinute?: number
  /** Of one address, of what other programs, maps and feeds read. */
  readsPerMinute?: number
  /** Of files from one client, known or not. */
  bytesPerDay?: { known?: number; stranger?: number }
  trustedProxies?: readonly string[]
  /** Whoever shows it may read /metrics from elsewhere than this machine. */
  metricsToken?: string
  /** Of a demo database: who can sign in, shown on its sign-in pages. */
  cast?: DemoCast
  /** See `SignInLimits`; twelve without it. */
  silentMonths?: number
  /** Identity services, for staff and for residents. */
  oidc?: { staff: OidcSettings | null; residents: OidcSettings | null }
  /** Who carries messages out of the house. A demo sends nothing: everything lies in its outbox. */
  outbound?: OutboundSettings
  /** A base map; none without it. */
  tiles?: MapTiles | null
  /** Codes of sign-in by another way than the gateway; without either, sign-in by code says that no provider is set. */
  sms?: { codes: CodeProvider; phonePattern?: string }
}

export interface RunningNode {
  app: FastifyInstance
  platform: Platform
  demo: boolean
  outbox: DemoOutbox | null
  /** What happens by itself every ten seconds: a newer key in the folder is taken into use. */
  readKeysAgain(): Promise<void>
  close(): Promise<void>
}

/** For what is under way when the program is told to stop. */
const GRACE_MS = 20_000

/** Photos of a phone and scans of a few pages. */
/** Of one client. A mobile operator lets a neighbourhood share an address. */
const BYTES_PER_DAY = 500 * 1_048_576
const UPLOAD = { maxBytes: 10 * 1_048_576, maxPixels: 60_000_000 }

/** A prefix that no operator has. */
const DEMO_PHONES = '100[0-9]{8}'

/** A demo knows made-up people: nothing of it leaves, whatever is set. */
function openOutside({ outbound, words, log }: NodeOptions, outbox: DemoOutbox | null, clock: () => Date) {
  if (outbox) {
    if (outbound?.sms || outbound?.email) log.warn({}, 'this is a demo: its messages lie in the outbox, and no gateway is used')
    return { sms: outbox.texts, email: outbox.mails }
  }
  return {
    sms: outbound?.sms ? createSmsGateway(outbound.sms, clock) : null,
    email: outbound?.email ? createSmtp(outbound.email, { senderName: words.in('zh')('ui.name') }) : null,
  }
}

const serviceOf = (settings: OidcSettings | null | undefined) => (settings ? createIdentityService(settings) : null)

export async function openNode(options: NodeOptions): Promise<RunningNode> {
  const clock = options.clock ?? (() => new Date())
  const owner = parseIntoClientConfig(options.ownerUrl) as pg.ClientConfig
  const keys = await openKeys(options.keysDir, { create: !(await holdsSecrets(owner)) })
  await agreeOnKeys(owner, keys, clock())
  const crypto = createCrypto(keys)
  const files = await openFiles(options, crypto)
  await tellOtherStore(owner, files, options.log)
  const as = (user: string): pg.ClientConfig => ({ ...owner, user, password: crypto.secret(`database ${user}`).toString('hex') })
  const sealsDir = options.sealsDir ?? sealsDirOf(options.keysDir)
  const demo = await prepare(owner, [as('kaifong_app'), as('kaifong_worker'), as('app_sealer')], sealsDir, clock())
  if (options.jobs) await migrateJobs(owner, as('kaifong_worker'), options.log)

  const pool = openPool({ config: as('kaifong_app'), log: options.log })
  const pulse = watchPulse({ config: as('kaifong_app'), pool, log: options.log })
  await refusePower(pool)
  const packs = new Packs(pool)
  const pack = await packs.refresh()
  const rate = createRateLimiter(pool, options.log)
  const outbox = demo ? createDemoOutbox(pool, crypto, clock) : null
  const outside = openOutside(options, outbox, clock)
  const secureCookies = options.publicUrl.startsWith('https:')
  const accounts = createAccounts({
    pool,
    secret: crypto.secret('session').toString('hex'),
    baseUrl: options.publicUrl,
    codes: options.sms?.codes ?? outbox?.codes ?? (outside.sms ? codesByText(outside.sms, options.words) : noProvider),
    emailCodes: outbox?.emailCodes ?? (outside.email ? codesByMail(outside.email, options.words) : noProvider),
    crypto,
    rate,
    secureCookies,
    // Passwords of a demo are known to everybody, and only this machine reaches it: a factor is offered there.
    secondFactor: demo ? 'offered' : 'required',
    limits: options.silentMonths ? { silentMonths: options.silentMonths } : {},
    phonePattern: options.sms?.phonePattern ?? (demo ? DEMO_PHONES : pack.pack.phone_pattern),
  })
  const sealer = createSealer({
    login: as('app_sealer'),
    logs: sealedLogs,
    signer: crypto,
    // Asked for anew each time, since a newer signing key may come while it runs.
    get keys() {
      return publicKeysOf(keys)
    },
    folder: sealsDir,
    clock,
    log: options.log,
    everySeconds: options.sealSeconds ?? 10,
  })
  let jobs: Jobs | null = null
  const platform: Platform = {
    db: new Database(pool),
    guard,
    log: options.log,
    clock,
    services: {
      recordRead,
      marks: createMarks(crypto),
      seals: sealer,
      packs,
      crypto,
      files,
      words: options.words,
      accounts,
      rate,
      machine: createMachine({
        version: versionOf(options.rootDir),
        startedAt: clock(),
        folders: { files: options.filesDir, seals: sealsDir, keys: options.keysDir },
        jobsOf: () => jobs,
        log: options.log,
      }),
      publicUrl: options.publicUrl,
      outside,
      sealsDir,
      tiles: options.tiles ?? null,
      upload: UPLOAD,
    },
  }
  const watch = watchKeys(keys, options.log)
  const app = await createApp({
    platform,
    pool,
    demo,
    cast: demo ? (options.cast ?? null) : null,
    outbox,
    smsSecret: demo ? null : (options.outbound?.sms?.secret ?? null),
    rootDir: options.rootDir,
    secureCookies,
    identity: { staff: serviceOf(options.oidc?.staff), residents: serviceOf(options.oidc?.residents) },
    trustedProxies: options.trustedProxies ?? [],
    csrfSecret: crypto.secret('csrf').toString('hex'),
    rate,
    logger: options.logger,
    unsafePerMinute: options.unsafePerMinute ?? 300,
    readsPerMinute: options.readsPerMinute ?? 600,
    bytesPerDay: { known: BYTES_PER_DAY, stranger: BYTES_PER_DAY, ...options.bytesPerDay },
    spoolDir: `${options.filesDir}-incoming`,
    metricsToken: options.metricsToken,
    gatherMetrics: () => gatherMetrics(platform, pool, jobs),
  })
  jobs = options.jobs ? await startJobs(platform, as('kaifong_worker'), schedules) : null
  if (options.jobs) sealer.start()
  return {
    app,
    platform,
    demo,
    outbox,
    readKeysAgain: () => watch.look(),
    async close() {
      watch.stop()
      // Both take nothing new from now on; what is under way finishes, side by side.
      await Promise.all([closeServer(app, options.log), jobs?.stop(GRACE_MS)])
      outside.email?.close?.()
      // After the last act, and before the database goes.
      await sealer.close()
      await pulse.close()
      await pool.end()
    },
  }
}

/** Finished requests get their answer; one that takes longer loses its connection, and its act is whole or not at all. */
async function closeServer(app: FastifyInstance, log: Log): Promise<void> {
  const closed = app.close()
  // A connection that had its last answer meanwhile would be kept for the next question, which does not come.
  const idle = setInterval(() => app.server.closeIdleConnections(), 100)
  closed.finally(() => clearInterval(idle)).catch(() => {}) // Told by who awaits it.
  if (await within(GRACE_MS, closed)) return
  log.warn({}, 'a request did not finish in time and is cut off')
  app.server.closeAllConnections()
  await closed
}

/** Somebody's data is sealed in it: keys that are missing now are a loss, and new ones would not read it. */
const holdsSecrets = (owner: pg.ClientConfig): Promise<boolean> =>
  asOwner(owner, 'start', async (client) => {
    const { rows } = await client.query(
      `select where exists (select from people.person) or exists (select from access.officer) or exists (select from auth."user")`,
    )
    return rows.length > 0
  })

/** A disk that is not mounted, a variable that was forgotten. No refusal: a street that lost its files must be able to go on. */
const tellOtherStore = (owner: pg.ClientConfig, files: FileStore, log: Log): Promise<void> =>
  asOwner(owner, 'start', async (client) => {
    const { rows } = await client.query<{ name: string }>(
      'select stored_name as name from documents.file order by id desc limit 1',
    )
    if (rows[0] && !(await files.has(rows[0].name)))
      log.error(
        { file: rows[0].name },
        'the newest file is not in the file store: are KAIFONG_DATA and KAIFONG_S3_URL those that were used before?',
      )
  })

/** A database from before the last change of keys begins to be written with the newer one. */
const agreeOnKeys = (owner: pg.ClientConfig, keys: Keys, now: Date): Promise<void> =>
  asOwner(owner, 'start', async (client) => {
    refuseOtherKeys(keys, await blindKeysOf(client))
    await noteBlindKey(client, keys.blind.current.id, now)
    // Asked again: of two that begin a new database at once the second finds what the first wrote.
    refuseOtherKeys(keys, await blindKeysOf(client))
  })

/** A role is the whole cluster's, and no lock of one database holds back another's server that starts in the same moment. */
async function alterRole(client: pg.Client, statement: string): Promise<void> {
  for (let left = 20; ; left--) {
    try {
      await client.query(statement)
      return
    } catch (error) {
      if (left === 0 || !/tuple concurrently updated/.test((error as Error).message)) throw error
      await wait(20 + Math.random() * 80)
    }
  }
}

/** Passwords of the login roles, month partitions, the count of acts, and whether this database is a demo. */
const prepare = (owner: pg.ClientConfig, logins: readonly pg.ClientConfig[], sealsDir: string, now: Date): Promise<boolean> =>
  asOwner(owner, 'start', async (client) => {
    for (const { user, password } of logins)
      await alterRole(client, `alter role ${client.escapeIdentifier(user!)} password ${client.escapeLiteral(String(password))}`)
    await makePartitions(client, now)
    await prepareCount(client, sealedLogs, sealsDir, now)
    const { rows } = await client.query(`select from platform.setting where name = 'demo' and value = '1'`)
    return rows.length > 0
  })

/** A server that could see past row security does not start. */
async function refusePower(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ rolsuper: boolean; rolbypassrls: boolean }>(
    'select rolsuper, rolbypassrls from pg_roles where rolname = current_user',
  )
  if (rows[0]?.rolsuper || rows[0]?.rolbypassrls)
    throw new Error(
      'the server logs in with a role that row security does not bind: give kaifong_app neither SUPERUSER nor BYPASSRLS',
    )
}

export const filesDirOf = (dataDir: string): string => join(dataDir, 'files')

/** Where the files of a node lie. */
export const filesOf = ({ dataDir, s3 }: Pick<Config, 'dataDir' | 's3'>): FilePlace => ({ filesDir: filesDirOf(dataDir), s3 })
