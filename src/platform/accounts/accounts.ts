/**
 * Sign-in: residents by a code sent to their phone, staff by username and password.
 */
import { randomInt, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { Refusal } from '../refusal.ts'
import {
  type AccountKind,
  checkPassword,
  checkUsername,
  judgeCodeTry,
  type Limit,
  MIN_PASSWORD,
  normaliseUsername,
  SESSION_LIFE,
  type SessionLife,
  SIGN_IN_LIMITS,
  type SignInLimits,
} from './account.ts'
import { createAuth } from './auth.ts'
import { type CodeHashes, putCode, tryCode } from './codes.ts'
import { createDeletion, type Deletion } from './deletion.ts'
import { deviceOf } from './device.ts'
import { createEmails, type Emails } from './emails.ts'
import { createFactors, type Factors, factorTriesOf, hasFactor, heldBy, startPending } from './factors.ts'
import { isGuessable } from './guessable.ts'
import { createIdentities, findLinked, type Identities } from './identities.ts'
import { type AccountCrypto, type CodeProvider, type Inside, noProvider, type SignedIn } from './inside.ts'
import type { Identity } from './oidc.ts'
import { onePhone } from './one-phone.ts'
import { createPasswords, createProof, type Passwords, USERNAME } from './passwords.ts'
import { normaliseCode, normalisePhone } from './phone.ts'
import { createPhoneChange, type PhoneChange } from './phone-change.ts'
import { noteSignIn } from './phone-store.ts'
import type { RateLimiter } from './rate.ts'
import { readSessionCookie } from './session-cookie.ts'
import { endSession, endSessions, listSessions, type SignedInDevice, whyEnded } from './sessions.ts'
import * as store from './store.ts'

export interface AccountOptions {
  /** A pool whose login role is `kaifong_app`. */
  pool: pg.Pool
  /** At least 32 characters; signs the cookies. A new one signs everybody out. */
  secret: string
  baseUrl: string
  codes: CodeProvider
  /** Codes and news by e-mail; none without it. */
  emailCodes?: CodeProvider
  crypto: AccountCrypto
  rate: RateLimiter
  secureCookies: boolean
  /** Regular expression of a whole national mobile number, from the pack. */
  phonePattern: string
  life?: Partial<Record<AccountKind, Partial<SessionLife>>>
  limits?: Partial<SignInLimits>
  minPassword?: number
  /** `offered` only in a demo database, whose passwords everybody knows. */
  secondFactor?: 'required' | 'offered'
}

/**
 * After a right password. `in`: a session is open (a demo's account without a factor). Otherwise none is, and `pending` is the
 * token that the second step brings: `factor` asks for one, `enrol` leads to the first.
 */
export type PasswordStep = { accountId: string } & (
  | { next: 'in'; cookies: string[] }
  | { next: 'factor' | 'enrol'; pending: string }
)

export interface Session {
  sessionId: string
  accountId: string
  kind: AccountKind
  /** When this session last showed a second factor. */
  secondFactorAt: Date | null
  /** The phone of a resident may have another owner by now. */
  doubted: boolean
  /** She asked for the account to be deleted: this session opens the way to keep it, and nothing else. */
  leaving: boolean
}

/** `address` is the peer address of the connection, for limits only; it is stored as a keyed hash. */
export interface Accounts extends Factors, PhoneChange, Identities, Emails, Passwords, Deletion {
  /**
   * Sends a 6-digit code. Does the same whether or not the phone has an account.
   * Refusals: account.phone_shape · account.no_sms_provider · account.code_not_sent · rate.too_many
   */
  requestPhoneCode(phone: string, now: Date, address?: string): Promise<void>
  /**
   * Takes the code, makes the account at the first sign-in, and opens a session.
   * Refusals: account.phone_shape · account.code_shape · account.code_wrong {left} · account.code_old · account.code_used ·
   * account.too_many_tries · rate.too_many
   */
  verifyPhoneCode(phone: string, code: string, headers: Headers, now: Date, address?: string): Promise<SignedIn>
  /**
   * Refusals: account.sign_in_failed · account.locked {minutes} · rate.too_many; an unknown name answers like a wrong password. Behind
   * a right one also account.stopped · account.reset_waits
   */
  signInStaff(username: string, password: string, headers: Headers, now?: Date, address?: string): Promise<PasswordStep>
  /**
   * By an account of an identity service that was linked before. Without a second factor at the service it is worth a password:
   * the second step follows. Refusal: account.identity_unlinked
   */
  signInByIdentity(kind: AccountKind, identity: Identity, headers: Headers, now: Date): Promise<PasswordStep>
  /** One statement, or none without a cookie of ours; null when nobody is signed in. `on`: a connection that carries more. */
  sessionOf(cookieHeader: string | undefined, now: Date, on?: store.Asked): Promise<Session | null>
  /** Why the session of that cookie is no more, so far as its row still tells. */
  whyEnded(cookieHeader: string | undefined, now: Date): Promise<'idle' | 'age' | null>
  /** Where the account is signed in, this session first. */
  devicesOf(session: Session, now: Date): Promise<SignedInDevice[]>
  /** Ends one session of the account, or all but the own one. @returns how many ended */
  endDevices(session: Session, which: { sessionId: string } | 'others'): Promise<number>
  /** Ends every session of an account. */
  endAll(accountId: string): Promise<number>
  /** Ends the session at once. Clears the cookie also when there was no session. */
  signOut(cookieHeader: string | undefined, headers: Headers): Promise<{ cookies: string[] }>
  /**
   * @param staff `words`: more that the password must not be made of, beside the names
   * Refusals: account.username_shape · account.username_taken · account.password_short {min} · account.password_long {max} ·
   * account.password_guessable
   */
  createStaffAccount(staff: {
    username: string
    password: string
    name: string
    words?: readonly string[]
    now?: Date
  }): Promise<{ accountId: string }>
  /** Under what wrong tries of an account are counted: its password and its factor. */
  triesOf(account: { id: string; username: string }): { password: Buffer; factor: Buffer }
  /** How many tries there are, for how long it rests after them, and for how long a session of staff may stand idle. */
  watched: { passwordTries: number; lockSeconds: number; idleSeconds: number }
  /** The one form of a username that a new account may have. Refusals: account.username_shape · account.username_taken */
  freeUsername(username: string): Promise<string>
  /** The account of this phone, made if there is none. Refusal: account.phone_shape */
  createResidentAccount(phone: string, now?: Date): Promise<{ accountId: string }>
  /** Forgets what ended more than a day ago; for a daily job. */
  sweep(now: Date): Promise<void>
}

const PHONE = 'auth.phone'
const CODE = 'auth.phone_code'
const ADDRESS = 'auth.address'

// RFC 2606: .invalid is delivered nowhere. A number of its own, so that an address found elsewhere names no account.
/** The name of the house, and the password that every demo shows on its sign-in page. */
const HOUSE_WORDS = ['kaifong', 'kaifong-demo', '街坊']
const placeholderEmail = () => `${randomUUID()}@account.invalid`

export function createAccounts(opts: AccountOptions): Accounts {
  const { pool, crypto, rate, secret } = opts
  if (secret.length < 32)
    throw new Error('The secret that signs sessions needs at least 32 characters. Make one with: openssl rand -base64 32')
  const allowedPhone = new RegExp(`^(?:${opts.phonePattern})$`)
  const limits = { ...SIGN_IN_LIMITS, ...opts.limits }
  const life = {
    staff: { ...SESSION_LIFE.staff, ...opts.life?.staff },
    resident: { ...SESSION_LIFE.resident, ...opts.life?.resident },
  }
  const required = opts.secondFactor !== 'offered'
  const minPassword = opts.minPassword ?? MIN_PASSWORD
  const auth = createAuth({ pool, secret, baseUrl: opts.baseUrl, secureCookies: opts.secureCookies, minPassword })
  let cookieName: Promise<string> | undefined

  const limit = async (what: string, who: Buffer, all: readonly Limit[], now: Date) => {
    for (const { times, seconds } of all) await rate.hit(`${what}:${who.toString('hex')}`, times, seconds, now)
  }
  const limitAddress = async (what: string, address: string | undefined, all: readonly Limit[], now: Date) => {
    if (address) await limit(what, crypto.blind(address, ADDRESS), all, now)
  }
  const digestIn = async (cookieHeader: string | undefined) => {
    cookieName ??= auth.$context.then((context) => context.authCookies.sessionToken.name)
    return readSessionCookie(cookieHeader, await cookieName, secret)
  }
  const open: Inside['open'] = async (accountId, kind, headers, now, secondFactor = false) => {
    if ((await store.findBars(pool, accountId))?.stopped) throw new Refusal('account.stopped', 'conflict')
    const previous = await digestIn(headers.get('cookie') ?? undefined)
    const device = deviceOf(headers.get('user-agent'))
    const body = { accountId, now, life: life[kind], previous, device, secondFactor }
    const answer = await auth.api.openSession({ body, headers, returnHeaders: true })
    return { accountId, cookies: answer.headers.getSetCookie() }
  }
  const residentOf = async (phone: string, now: Date): Promise<string> => {
    const hashes = crypto.blinds(phone, PHONE)
    const found = await store.findResident(pool, hashes)
    if (found) return found.id
    const phoneSealed = crypto.seal(phone, PHONE)
    const fresh = { id: randomUUID(), email: placeholderEmail(), phoneHash: hashes[0]!, phoneSealed, now }
    // Nothing inserted means that somebody else inserted it a moment ago, so it is there now.
    const made =
      (await onePhone(pool, hashes, async (on, holder) => holder ?? store.insertResident(on, fresh))) ??
      (await store.findResident(pool, hashes))
    if (!made) throw new Error('A resident account vanished while it was being made; try again')
    return made.id
  }

  const hashesOf = (phone: string, code: string): CodeHashes => ({
    holder: crypto.blinds(phone, PHONE),
    code: crypto.blinds(`${phone}:${code}`, CODE),
  })
  const takeCode = async (phone: string, code: string, now: Date, address?: string): Promise<void> => {
    await limitAddress('code-try', address, limits.triesPerAddress, now)
    const tried = await tryCode(pool, hashesOf(phone, code), now, limits.codeTries)
    judgeCodeTry(tried, limits.codeTries)
  }
  const inside: Inside = {
    pool,
    crypto,
    codes: opts.codes,
    limits,
    baseUrl: opts.baseUrl,
    allowedPhone,
    open,
    digestIn,
    limit,
    limitAddress,
    passwords: {
      hash: async (password) => (await auth.$context).password.hash(password),
      verify: async (hash, password) => (await auth.$context).password.verify({ hash, password }),
    },
    checkNew(password, words) {
      checkPassword(password, minPassword)
      // A demo's password is known to everybody, and may be made of anything.
      if (isGuessable(password, required ? [...words, ...HOUSE_WORDS] : words))
        throw new Refusal('account.password_guessable', 'invalid')
    },
  }
  /** After a right password, or what is worth one. */
  const secondStep = async (accountId: string, headers: Headers, now: Date): Promise<PasswordStep> => {
    const bars = await store.findBars(pool, accountId)
    if (bars?.stopped) throw new Refusal('account.stopped', 'conflict')
    if (bars?.resetWaits) throw new Refusal('account.reset_waits', 'conflict')
    const held = await heldBy(inside, accountId)
    if (!hasFactor(held) && !required)
      return { accountId, next: 'in', cookies: (await open(accountId, 'staff', headers, now)).cookies }
    const pending = await startPending(inside, accountId, now)
    return { accountId, next: hasFactor(held) ? 'factor' : 'enrol', pending }
  }

  const provePassword = createProof(inside)
  const phoneChange = createPhoneChange(inside, takeCode)

  return {
    ...createFactors(inside, required),
    ...createPasswords(inside, provePassword),
    ...phoneChange,
    ...createDeletion(inside, phoneChange, takeCode),
    ...createIdentities(pool),
    ...createEmails(inside, opts.emailCodes ?? noProvider),

    async requestPhoneCode(typed, now, address) {
      const phone = normalisePhone(typed, allowedPhone)
      if (!opts.codes.available) throw new Refusal('account.no_sms_provider', 'conflict')
      await limitAddress('code-from', address, limits.codesPerAddress, now)
      await limit('code-to', crypto.blind(phone, PHONE), limits.codesPerPhone, now)
      const code = String(randomInt(1_000_000)).padStart(6, '0')
      const expiresAt = new Date(now.getTime() + limits.codeSeconds * 1000)
      await putCode(pool, hashesOf(phone, code), now, expiresAt)
      try {
        await opts.codes.send(phone, code)
      } catch (cause) {
        throw Object.assign(new Refusal('account.code_not_sent', 'conflict'), { cause })
      }
    },

    async verifyPhoneCode(typedPhone, typedCode, headers, now, address) {
      const phone = normalisePhone(typedPhone, allowedPhone)
      const code = normaliseCode(typedCode)
      await takeCode(phone, code, now, address)
      const accountId = await residentOf(phone, now)
      await noteSignIn(pool, accountId, now, limits.silentMonths)
      return open(accountId, 'resident', headers, now)
    },

    async signInStaff(typedName, typedPassword, headers, now = new Date(), address) {
      await limitAddress('password-try', address, limits.triesPerAddress, now)
      const { accountId } = await provePassword(normaliseUsername(typedName), typedPassword, now)
      return secondStep(accountId, headers, now)
    },

    async signInByIdentity(kind, identity, headers, now) {
      const linked = await findLinked(pool, identity)
      if (linked?.kind !== kind) throw new Refusal('account.identity_unlinked', 'conflict')
      if (kind === 'staff' && !identity.secondFactor) return secondStep(linked.id, headers, now)
      const { cookies } = await open(linked.id, kind, headers, now, identity.secondFactor)
      return { accountId: linked.id, next: 'in', cookies }
    },

    async sessionOf(cookieHeader, now, on = pool) {
      const digest = await digestIn(cookieHeader)
      if (!digest) return null
      const found = await store.findSession(on, digest, now, life)
      if (!found) return null
      const { id: sessionId, ...rest } = found
      return { sessionId, ...rest }
    },

    async whyEnded(cookieHeader, now) {
      const digest = await digestIn(cookieHeader)
      return digest ? whyEnded(pool, digest, now, life) : null
    },
    devicesOf: ({ accountId, kind, sessionId }, now) => listSessions(pool, accountId, kind, sessionId, now, life),
    endDevices: ({ accountId, sessionId }, which) =>
      which === 'others' ? endSessions(pool, accountId, { except: sessionId }) : endSession(pool, accountId, which.sessionId),
    endAll: (accountId) => endSessions(pool, accountId),

    async signOut(cookieHeader, headers) {
      const digest = await digestIn(cookieHeader)
      const answer = await auth.api.closeSession({ body: { digest }, headers, returnHeaders: true })
      return { cookies: answer.headers.getSetCookie() }
    },

    async createStaffAccount({ username: typedName, password, name, words = [], now = new Date() }) {
      const username = normaliseUsername(typedName)
      checkUsername(username)
      inside.checkNew(password, [username, name, ...words])
      const passwordHash = await inside.passwords.hash(password)
      const staff = { id: randomUUID(), email: placeholderEmail(), username, name, passwordHash, credentialId: randomUUID(), now }
      const made = await store.insertStaff(pool, staff)
      if (!made) throw new Refusal('account.username_taken', 'conflict', { username })
      return { accountId: made.id }
    },

    async freeUsername(typed) {
      const username = normaliseUsername(typed)
      checkUsername(username)
      if (await store.findCredential(pool, username)) throw new Refusal('account.username_taken', 'conflict', { username })
      return username
    },

    triesOf: ({ id, username }) => ({ password: crypto.blind(username, USERNAME), factor: factorTriesOf(crypto, id) }),
    watched: { passwordTries: limits.passwordTries, lockSeconds: limits.lockSeconds, idleSeconds: life.staff.idleSeconds },

    async createResidentAccount(phone, now = new Date()) {
      return { accountId: await residentOf(normalisePhone(phone, allowedPhone), now) }
    },

    async sweep(now) {
      await store.sweepEnded(pool, now)
      await rate.sweep(now)
    },
  }
}
