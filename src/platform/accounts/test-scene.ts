/**
 * What the tests of this room start from: a real database, real keys, a provider that keeps what it sends.
 */
import nodeCrypto, { randomBytes } from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { after } from 'node:test'
import pg from 'pg'
import { testCrypto } from '../../../test/harness/crypto.ts'
import { cloneDatabase } from '../../../test/harness/postgres.ts'
import { StaffDoor } from '../../../test/harness/staff-door.ts'
import { openPool } from '../database/database.ts'
import { type AccountCrypto, type AccountOptions, type Accounts, createAccounts, createRateLimiter } from './index.ts'

const made = await cloneDatabase()
const pools = {
  /** Logs in as the server does. */
  app: openPool({ config: { connectionString: made.appUrl }, max: 8, log: console }),
  /** Looks at everything. */
  owner: new pg.Pool({ connectionString: made.ownerUrl, max: 2 }),
}
export const database = {
  ...pools,
  ownerUrl: made.ownerUrl,
  /** Every value of every row of a schema, as SQL would write it: what somebody who steals the disk can read. */
  async dump(schema: string): Promise<string> {
    const { rows: tables } = await pools.owner.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = $1`,
      [schema],
    )
    const lines: string[] = []
    for (const { name } of tables) {
      const { rows } = await pools.owner.query<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from ${name} t`)
      for (const { row } of rows) lines.push(`${name}: ${Object.values(row).map((value) => `'${value}'`)}`)
    }
    return lines.join('\n')
  },
}
after(async () => {
  await Promise.all([pools.app.end(), pools.owner.end()])
  await made.drop()
})
export const sent: { phone: string; code: string }[] = []
export const told: { phone: string; text: string }[] = []
export const secret = randomBytes(32).toString('base64')

export const crypto: AccountCrypto = testCrypto()

export const accountsWith = (more: Partial<AccountOptions> = {}): Accounts =>
  createAccounts({
    pool: database.app,
    secret,
    baseUrl: 'http://127.0.0.1:3000',
    codes: {
      available: true,
      send: async (phone, code) => void sent.push({ phone, code }),
      tell: async (phone, text) => void told.push({ phone, text }),
    },
    crypto,
    rate: createRateLimiter(database.app),
    secureCookies: false,
    phonePattern: '100[0-9]{8}',
    ...more,
  })

export const accounts = accountsWith()
const door = new StaffDoor(accounts)
/** Password and second factor, as `StaffDoor` does it. */
export const enter = (username: string, headers: Headers, now = new Date()) => door.enter(username, password, headers, now)

let phones = 10_000_000
export const newPhone = () => `100${++phones}`
let names = 0
export const newName = () => `officer.${++names}`
export const password = '木棉 红 gate 7 rivers'
export const at = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1000)
export const browser = (cookie?: string) => new Headers({ 'user-agent': 'test', ...(cookie ? { cookie } : {}) })
/** What a browser would send back. */
export const cookieOf = (signedIn: { cookies: string[] }) =>
  signedIn.cookies
    .filter((line) => !/max-age=0/i.test(line))
    .map((line) => line.split(';')[0])
    .join('; ')
export const codeSentTo = (phone: string) => sent.findLast((message) => message.phone === phone)!.code
export const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
export const codeOf = (error: unknown) => (error as { code?: string }).code

/** The pool, with the names of the statements that went through it: equal work is counted, never timed. */
export function counting(): { pool: typeof database.app; statements: string[] } {
  const statements: string[] = []
  const pool = new Proxy(database.app, {
    get(target, key) {
      const value = Reflect.get(target, key, target)
      if (key !== 'query') return typeof value === 'function' ? value.bind(target) : value
      return (asked: { name?: string; text?: string } | string, ...rest: unknown[]) => {
        statements.push(typeof asked === 'string' ? asked : (asked.name ?? asked.text ?? ''))
        return (target.query as (...all: unknown[]) => unknown)(asked, ...rest)
      }
    },
  })
  return { pool, statements }
}

/** Counts the password hashes of this process. */
export function watchScrypt(): { count(): number; end(): void } {
  const real = nodeCrypto.scrypt
  let seen = 0
  const put = (scrypt: typeof real) => {
    nodeCrypto.scrypt = scrypt
    syncBuiltinESMExports()
  }
  put(((...all: Parameters<typeof real>) => {
    seen++
    return real(...all)
  }) as typeof real)
  return { count: () => seen, end: () => put(real) }
}
