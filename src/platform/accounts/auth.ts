/**
 * better-auth as this room uses it: password hashes, session rows, signed cookies. No HTTP handler of it is mounted
 * anywhere; the two endpoints below are `serverOnly`, have no path, and are called by `accounts.ts` alone.
 */
import { betterAuth } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { deleteSessionCookie, setSessionCookie } from 'better-auth/cookies'
import { username } from 'better-auth/plugins/username'
import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { MAX_PASSWORD, type SessionLife } from './account.ts'
import { digestOf, newToken } from './session-cookie.ts'

interface AuthOptions {
  pool: pg.Pool
  secret: string
  baseUrl: string
  secureCookies: boolean
  minPassword: number
}

interface OpenSession {
  accountId: string
  now: Date
  life: SessionLife
  /** Digest of the session that the browser brought along: it ends, so that nobody can plant one before sign-in. */
  previous: string | null
  device: string
  /** A second factor was shown in this sign-in. */
  secondFactor: boolean
}

/**
 * better-auth would store the token itself, and has no option to hash it. So the row gets the digest and only
 * the cookie gets the token; code of better-auth that looks a session up by its token finds nothing, and
 * that is meant: `sessionOf` is the one way in.
 */
const openSession = createAuthEndpoint.serverOnly(
  { method: 'POST', requireHeaders: true, metadata: { $Infer: { body: {} as OpenSession } } },
  async (ctx) => {
    const { accountId, now, life, previous, device, secondFactor } = ctx.body
    const { internalAdapter } = ctx.context
    const user = await internalAdapter.findUserById(accountId)
    if (!user) throw new Error(`account ${accountId} was removed while signing in`)
    const token = newToken()
    const row = {
      token: digestOf(token),
      createdAt: now,
      updatedAt: now,
      expiresAt: new Date(now.getTime() + life.lifeSeconds * 1000),
      userAgent: device,
      secondFactorAt: secondFactor ? now : null,
    }
    const session = await internalAdapter.createSession(accountId, false, row, true)
    if (previous) await internalAdapter.deleteSession(previous)
    // A cookie without Max-Age goes when the browser closes: desks are shared, phones are not.
    const maxAge = life.endsWithBrowser ? undefined : life.lifeSeconds
    await setSessionCookie(ctx, { session: { ...session, token }, user }, false, { maxAge })
    return session.id
  },
)

const closeSession = createAuthEndpoint.serverOnly(
  { method: 'POST', requireHeaders: true, metadata: { $Infer: { body: {} as { digest: string | null } } } },
  async (ctx) => {
    if (ctx.body.digest) await ctx.context.internalAdapter.deleteSession(ctx.body.digest)
    deleteSessionCookie(ctx)
  },
)

export function createAuth(opts: AuthOptions) {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: opts.pool }) }).withSchema('auth')
  return betterAuth({
    appName: 'kaifong',
    baseURL: opts.baseUrl,
    // `secrets`, not `secret`: the environment variable BETTER_AUTH_SECRETS would silently win over the latter.
    secrets: [{ version: 1, value: opts.secret }],
    database: { db, type: 'postgres', transaction: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: opts.minPassword,
      maxPasswordLength: MAX_PASSWORD,
    },
    user: { additionalFields: { kind: { type: 'string', required: true, input: false } } },
    session: {
      cookieCache: { enabled: false },
      additionalFields: { secondFactorAt: { type: 'date', required: false, input: false, fieldName: 'second_factor_at' } },
    },
    plugins: [username({ displayUsername: false }), { id: 'kaifong-sessions', endpoints: { openSession, closeSession } }],
    telemetry: { enabled: false },
    advanced: {
      // `__Host-`: no other host can set it, nor one below this one. The library knows `__Secure-` alone, so it is told of none.
      cookiePrefix: opts.secureCookies ? '__Host-kaifong' : 'kaifong',
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: opts.secureCookies, path: '/' },
      database: { generateId: 'uuid' },
      // An address read from a header is whatever the sender wrote; who needs one gets it from the connection.
      ipAddress: { disableIpTracking: true },
    },
  })
}

export type Auth = ReturnType<typeof createAuth>
