/**
 * What the environment says, read once. Pure: the machine (who runs, where the program lies) comes in as an argument,
 * so that every rule here has a test. An empty variable counts as not set: container files often write `NAME=`.
 */
import { isIP } from 'node:net'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isLoopback, isLoopbackUrl } from './loopback.ts'
import { type MapTiles, readTiles } from './map-tiles.ts'
import { type OidcSettings, readOidc } from './oidc-settings.ts'
import { type OutboundSettings, readOutbound } from './outbound/settings.ts'
import { readS3, type S3Settings } from './s3-settings.ts'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export interface Config {
  /** 0 asks the system for a free port; then `publicUrl` must be made again with `defaultPublicUrl` unless it was given. */
  port: number
  host: string
  /** The owner's connection, for migrations; null: the embedded server. Holds a password: never log it. */
  databaseUrl: string | null
  /** Absolute. */
  dataDir: string
  /** Absolute, and never inside `dataDir`: whoever copies the data must not get the keys with it. */
  keysDir: string
  /** Absolute, and never inside `dataDir`: whoever sets the data back must not set the seals back with it. */
  sealsDir: string
  /** How often what was written is sealed. */
  sealSeconds: number
  /** Origin without a slash at the end; in QR codes and messages. */
  publicUrl: string
  /** '1' asks for the demo street, '0' refuses it; not set: the demo comes with a new embedded database on loopback. */
  demo: '1' | '0' | undefined
  logLevel: LogLevel
  /** Absolute; null: the log goes to standard output. */
  logFile: string | null
  /** Addresses and CIDR ranges whose word on the client's address is believed. */
  trustedProxies: readonly string[]
  /** After so many months without a sign-in a phone number may be somebody else's. */
  silentMonths: number
  /** Identity services through which people sign in. They hold secrets: never log them. */
  oidc: { staff: OidcSettings | null; residents: OidcSettings | null }
  /** Who carries messages out of the house. They hold secrets: never log them. */
  outbound: OutboundSettings
  /** Where files lie; null: in `dataDir`. Holds a secret: never log it. */
  s3: S3Settings | null
  /** A base map of approved tiles; null: maps show no more than the house knows itself. */
  tiles: MapTiles | null
  /** Whoever shows it may read /metrics; null: only this machine may. A secret: never log it. */
  metricsToken: string | null
}

/** What else than this machine these settings are made for, by the name of the variable; null: nothing else, so that a demo may open. */
export function openToOthers({
  host,
  publicUrl,
  trustedProxies,
}: Pick<Config, 'host' | 'publicUrl' | 'trustedProxies'>): string | null {
  if (!isLoopback(host)) return `HOST=${host}`
  if (!isLoopbackUrl(publicUrl)) return `KAIFONG_PUBLIC_URL=${publicUrl}`
  return trustedProxies.length > 0 ? 'KAIFONG_TRUSTED_PROXIES' : null
}

export interface Machine {
  /** True if we run as root: PostgreSQL refuses root, and its unprivileged user rarely reaches a folder under /root. */
  root: boolean
  /** Folder of the program; relative paths start here. */
  programDir: string
}

export interface WrongValue {
  variable: string
  problem: string
}

/** The start cannot go on, for a reason that its message explains to the person who starts: shown without a stack. */
export class StartRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StartRefused'
  }
}

/** Names every wrong value at once, so that nobody repairs them one start at a time. */
export class ConfigError extends StartRefused {
  readonly wrong: readonly WrongValue[]
  constructor(wrong: readonly WrongValue[]) {
    super(['Kaifong cannot start with these settings:', ...wrong.map((w) => `  ${w.variable}: ${w.problem}`)].join('\n'))
    this.name = 'ConfigError'
    this.wrong = wrong
  }
}

const thisMachine = (): Machine => ({
  root: process.getuid?.() === 0,
  programDir: fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, ''),
})

/** The address under which a browser on this machine finds a server that listens on `host` and `port`. */
export function defaultPublicUrl(host: string, port: number): string {
  const reached = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`
}

/** Beside the keys: `x-keys` has `x-seals`. */
export const sealsDirOf = (keysDir: string): string => `${keysDir.replace(/-keys$/, '')}-seals`

const holds = (outer: string, inner: string): boolean => {
  const way = relative(outer, inner)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

export function readConfig(env: Readonly<Record<string, string | undefined>>, machine: Machine = thisMachine()): Config {
  const wrong: WrongValue[] = []
  const read = <T>(variable: string, fallback: T, parse: (given: string) => T | { problem: string }): T => {
    const given = env[variable]?.trim()
    if (!given) return fallback
    const parsed = parse(given)
    if (typeof parsed === 'object' && parsed !== null && 'problem' in parsed) {
      wrong.push({ variable, problem: parsed.problem })
      return fallback
    }
    return parsed
  }

  const port = read('PORT', 8090, (given) =>
    /^\d{1,5}$/.test(given) && Number(given) <= 65535
      ? Number(given)
      : { problem: `“${given}” is not a port. Give a whole number from 1 to 65535, or 0 for any free port.` },
  )
  const host = read('HOST', '127.0.0.1', (given) =>
    /^[A-Za-z0-9.-]+$/.test(given) || /^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$/.test(given)
      ? given
      : {
          problem: `“${given}” is not an address to listen on. Give an IP address or a host name, without http:// and without a port.`,
        },
  )
  const databaseUrl = read<string | null>('DATABASE_URL', null, readDatabaseUrl)
  const folder = (given: string): string => resolve(machine.programDir, given)
  const dataDir = read('KAIFONG_DATA', machine.root ? '/var/lib/kaifong' : join(machine.programDir, 'data'), folder)
  const keysDir = read('KAIFONG_KEYS', `${dataDir}-keys`, folder)
  if (holds(dataDir, keysDir)) {
    const problem = `${keysDir} lies inside the data folder ${dataDir}. Choose a folder outside it: a copy of the data must not carry its keys.`
    wrong.push({ variable: 'KAIFONG_KEYS', problem })
  }
  const sealsDir = read('KAIFONG_SEALS', sealsDirOf(keysDir), folder)
  // Beside keys that lie wrong themselves it moves with them.
  if (holds(dataDir, sealsDir) && !(holds(dataDir, keysDir) && sealsDir === sealsDirOf(keysDir))) {
    const problem = `${sealsDir} lies inside the data folder ${dataDir}. Choose a folder outside it: seals that are set back together with the data prove nothing.`
    wrong.push({ variable: 'KAIFONG_SEALS', problem })
  }
  const sealSeconds = read('KAIFONG_SEAL_SECONDS', 10, (given) =>
    /^\d{1,2}$/.test(given) && Number(given) >= 1 && Number(given) <= 60
      ? Number(given)
      : { problem: `“${given}” is not a number of seconds from 1 to 60.` },
  )
  const publicUrl = read('KAIFONG_PUBLIC_URL', defaultPublicUrl(host, port), readPublicUrl)
  const demo = read<Config['demo']>('KAIFONG_DEMO', undefined, (given) =>
    given === '1' || given === '0' ? given : { problem: `“${given}” is not known. Give 1 for the demo street, 0 for none.` },
  )
  if (demo === '1' && databaseUrl !== null) {
    wrong.push({
      variable: 'KAIFONG_DEMO',
      problem: 'demo accounts have known passwords and never go into a database of yours. Unset KAIFONG_DEMO or DATABASE_URL.',
    })
  }
  if (demo === '1' && !isLoopback(host)) {
    wrong.push({
      variable: 'KAIFONG_DEMO',
      problem: `demo accounts have known passwords, and HOST=${host} can be reached by others. Unset HOST or KAIFONG_DEMO.`,
    })
  }
  const logLevel = read<LogLevel>(
    'LOG_LEVEL',
    'info',
    (given) =>
      LOG_LEVELS.find((level) => level === given) ?? {
        problem: `“${given}” is not known. Give one of ${LOG_LEVELS.join(', ')}.`,
      },
  )
  const logFile = read<string | null>('KAIFONG_LOG', null, folder)
  const trustedProxies = read<readonly string[]>('KAIFONG_TRUSTED_PROXIES', [], (given) => {
    const list = given.split(',').map((one) => one.trim())
    const odd = list.find((one) => !isAddressOrRange(one))
    return odd === undefined
      ? list
      : { problem: `“${odd}” is no address. Give addresses or ranges like 10.0.0.0/8, with commas.` }
  })
  if (demo === '1' && isLoopback(host) && !isLoopbackUrl(publicUrl)) {
    wrong.push({
      variable: 'KAIFONG_DEMO',
      problem: `demo accounts have known passwords, and KAIFONG_PUBLIC_URL=${publicUrl} is for others. Unset one of the two.`,
    })
  }
  if (demo === '1' && trustedProxies.length > 0) {
    wrong.push({
      variable: 'KAIFONG_DEMO',
      problem: 'demo accounts have known passwords, and KAIFONG_TRUSTED_PROXIES lets others in. Unset one of the two.',
    })
  }
  const silentMonths = read('KAIFONG_SILENT_MONTHS', 12, (given) =>
    /^[1-9]\d?$/.test(given)
      ? Number(given)
      : { problem: `“${given}” is not a number of months. Give a whole number from 1 to 99.` },
  )
  const oidc = { staff: readOidc(env, wrong, 'KAIFONG_OIDC'), residents: readOidc(env, wrong, 'KAIFONG_RESIDENT_OIDC') }
  const outbound = readOutbound(env, wrong)
  const s3 = readS3(env, wrong)
  const tiles = readTiles(env, wrong)
  const metricsToken = read<string | null>('KAIFONG_METRICS_TOKEN', null, (given) =>
    /^[\x21-\x7e]{20,200}$/.test(given)
      ? given
      : { problem: 'is too short or holds a space. Give 20 to 200 characters, for example from: openssl rand -hex 24' },
  )
  if (wrong.length > 0) throw new ConfigError(wrong)
  return {
    port,
    host,
    databaseUrl,
    dataDir,
    keysDir,
    sealsDir,
    sealSeconds,
    publicUrl,
    demo,
    logLevel,
    logFile,
    trustedProxies,
    silentMonths,
    oidc,
    outbound,
    s3,
    tiles,
    metricsToken,
  }
}

function isAddressOrRange(given: string): boolean {
  const [address = '', bits, more] = given.split('/')
  const family = isIP(address)
  if (family === 0 || more !== undefined) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (family === 4 ? 32 : 128))
}

/** Never repeats the value: it holds a password, and start-up messages end up in logs. */
function readDatabaseUrl(given: string): string | { problem: string } {
  const shape = 'Give postgres://user:password@host:5432/database.'
  const url = URL.parse(given)
  if (!url || (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:'))
    return { problem: `is not a PostgreSQL address. ${shape}` }
  if (url.pathname.length < 2) return { problem: `names no database. ${shape}` }
  if (url.hostname === '' && !url.searchParams.get('host')) return { problem: `names no server. ${shape}` }
  return given
}

function readPublicUrl(given: string): string | { problem: string } {
  const url = URL.parse(given)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return { problem: `“${given}” is not a web address. Give one like https://street.example.org.` }
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    return { problem: `give only the origin, ${url.protocol}//${url.host}, without a path or anything after it.` }
  }
  return url.origin
}
