/**
 * Second factors: an authenticator app, passkeys, ten recovery codes; and the sign-in that waits for one of them. A right
 * password alone opens no session.
 */
import { transaction } from '../database/database.ts'
import { Refusal } from '../refusal.ts'
import type { AccountKind } from './account.ts'
import type { Device } from './device.ts'
import * as factors from './factor-store.ts'
import type { Inside, SignedIn } from './inside.ts'
import {
  newRecoveryCode,
  newTotpSecret,
  plainRecovery,
  RECOVERY_CODES,
  readFactorCode,
  readTotpCode,
  stepOf,
  totpUri,
} from './one-time.ts'
import { createPasskeys, type PasskeyOptions, type PasskeyPlace } from './passkeys.ts'
import * as phones from './phone-store.ts'
import { digestOf, newToken } from './session-cookie.ts'
import * as store from './store.ts'

export interface HeldFactors {
  totp: { since: Date } | null
  passkeys: { id: string; device: Device; since: Date; lastUsedAt: Date | null }[]
  recoveryLeft: number
}

/** A sign-in between the password and the second factor. */
export interface Pending {
  accountId: string
  /** Shown name and username of the account: whoever is here knew the password. */
  name: string
  username: string
  held: HeldFactors
}

/** A secret that is not yet an app's: `sealed` travels in the form, so that nothing is stored before a code proves it. */
export interface TotpOffer {
  secret: string
  uri: string
  sealed: string
}

export type FirstFactor = { sealed: string; code: string } | { response: string }

export interface Factors {
  passkeyPlace: PasskeyPlace
  factorsOf(accountId: string): Promise<HeldFactors>
  /** Null when the token is unknown, used, or older than ten minutes. */
  pendingOf(token: string | undefined, now: Date): Promise<Pending | null>
  /** A code of the app or a recovery code. Refusals: account.factor_* · account.pending_gone · rate.too_many */
  finishWithCode(token: string | undefined, code: string, headers: Headers, now: Date, address?: string): Promise<SignedIn>
  finishWithPasskey(token: string | undefined, response: string, headers: Headers, now: Date, address?: string): Promise<SignedIn>
  /**
   * The first factor of an account that has none, and then the session. Nobody adds one behind a password alone where there
   * is one already. Refusals: account.factor_exists · account.pending_gone, and those of `addTotp` and `addPasskey`
   */
  enrol(
    token: string | undefined,
    first: FirstFactor,
    headers: Headers,
    now: Date,
  ): Promise<SignedIn & { recovery: string[]; byLink: boolean }>
  /** A passkey alone, with the person verified by the device. Refusal: account.passkey_failed */
  signInByPasskey(kind: AccountKind, response: string, headers: Headers, now: Date, address?: string): Promise<SignedIn>
  passkeyRequest(accountId: string | null, now: Date): Promise<PasskeyOptions>
  passkeyCreation(account: { id: string; name: string }, app: string, now: Date): Promise<PasskeyOptions>
  /** @returns ten recovery codes with the first factor, otherwise null. They are shown once. */
  addPasskey(accountId: string, response: string, userAgent: string | null, now: Date): Promise<string[] | null>
  /** `earlier`: the sealed secret of the form that failed, so that the code in the app stays good. */
  offerTotp(accountId: string, issuer: string, label: string, now: Date, earlier?: string): TotpOffer
  /** Refusals: account.totp_code_shape · account.factor_code_wrong · account.factor_locked · account.totp_offer_old */
  addTotp(accountId: string, sealed: string, code: string, now: Date): Promise<string[] | null>
  newRecoveryCodes(accountId: string): Promise<string[]>
  /** The last factor of staff stays where one is required. Refusals: account.factor_last · account.factor_missing */
  removeFactor(accountId: string, kind: AccountKind, factor: 'totp' | { passkey: string }): Promise<void>
  /** Marks the session: A2 for ten minutes. */
  confirmWithCode(session: { sessionId: string; accountId: string }, code: string, now: Date, address?: string): Promise<void>
  confirmWithPasskey(
    session: { sessionId: string; accountId: string },
    response: string,
    now: Date,
    address?: string,
  ): Promise<void>
}

const PENDING_MS = 10 * 60_000
const OFFER_MS = 30 * 60_000
const PENDING_TRIES = 5
const RECOVERY = 'auth.recovery_code'
const TOTP = 'auth.totp'
const OFFER = 'auth.totp_offer'
const TRIES = 'auth.factor_try'

/** Under what wrong factors of an account are counted. */
export const factorTriesOf = (crypto: Pick<Inside['crypto'], 'blind'>, accountId: string): Buffer =>
  crypto.blind(accountId, TRIES)

/** Token of the cookie and the row behind it; the row holds its digest. */
export async function startPending(
  { pool }: Pick<Inside, 'pool'>,
  accountId: string,
  now: Date,
  resetDigest: string | null = null,
): Promise<string> {
  const token = newToken()
  await factors.putPending(pool, digestOf(token), accountId, now, new Date(now.getTime() + PENDING_MS), resetDigest)
  return token
}

export async function heldBy({ pool }: { pool: store.Asked }, accountId: string): Promise<HeldFactors> {
  const [totp, passkeys, recoveryLeft] = await Promise.all([
    factors.findTotp(pool, accountId),
    factors.listPasskeys(pool, accountId),
    factors.countRecovery(pool, accountId),
  ])
  return {
    totp: totp ? { since: totp.createdAt } : null,
    passkeys: passkeys.map(({ id, device, createdAt, lastUsedAt }) => ({ id, device, since: createdAt, lastUsedAt })),
    recoveryLeft,
  }
}

export const hasFactor = (held: HeldFactors): boolean => held.totp !== null || held.passkeys.length > 0

export function createFactors(inside: Inside, required: boolean): Factors {
  const { pool, crypto, limits } = inside
  const passkeys = createPasskeys(inside)
  const gone = () => new Refusal('account.pending_gone', 'conflict')
  const triesOf = (accountId: string) => factorTriesOf(crypto, accountId)

  /** Counts first, like passwords: ten wrong ones rest the factor, whoever tries. */
  async function countTry(accountId: string, now: Date): Promise<void> {
    const counted = await store.countSignInTry(
      pool,
      triesOf(accountId),
      now,
      limits.passwordTries,
      limits.lockSeconds,
      'factor',
      accountId,
    )
    if (counted && counted.tries > limits.passwordTries)
      throw new Refusal('account.factor_locked', 'conflict', { minutes: Math.max(1, Math.ceil(counted.wait / 60)) })
  }

  async function useCode(accountId: string, typed: string, now: Date): Promise<void> {
    const { kind, code } = readFactorCode(typed)
    await countTry(accountId, now)
    if (kind === 'recovery') {
      if (!(await factors.useRecovery(pool, accountId, crypto.blinds(`${accountId}:${code}`, RECOVERY), now)))
        throw new Refusal('account.factor_code_wrong', 'invalid')
    } else {
      const held = await factors.findTotp(pool, accountId)
      const step = held && stepOf(crypto.open(held.sealed, TOTP), code, now)
      if (step === undefined || step === null) throw new Refusal('account.factor_code_wrong', 'invalid')
      if (!(await factors.takeStep(pool, accountId, step))) throw new Refusal('account.factor_code_used', 'conflict')
    }
    await store.forgetSignInTries(pool, triesOf(accountId))
  }

  /** Recovery codes come with the first factor. */
  async function firstCodes(accountId: string): Promise<string[] | null> {
    return (await factors.countRecovery(pool, accountId)) > 0 ? null : newRecoveryCodes(accountId)
  }
  async function newRecoveryCodes(accountId: string): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode)
    const hashes = codes.map((code) => crypto.blind(`${accountId}:${plainRecovery(code)}`, RECOVERY))
    await factors.replaceRecovery(pool, accountId, hashes)
    return codes
  }
  async function counted(
    token: string | undefined,
    now: Date,
  ): Promise<{ digest: string; accountId: string; resetDigest: string | null }> {
    const digest = token ? digestOf(token) : ''
    const tried = await factors.countPendingTry(pool, digest, now)
    if (!tried || tried.tries > PENDING_TRIES) throw gone()
    return { digest, accountId: tried.accountId, resetDigest: tried.resetDigest }
  }
  async function finish(digest: string, headers: Headers, now: Date): Promise<SignedIn> {
    const used = await factors.usePending(pool, digest, now)
    if (!used) throw gone()
    return inside.open(used.accountId, 'staff', headers, now, true)
  }
  const openOffer = (accountId: string, sealed: string, now: Date): string => {
    try {
      const [secret, at] = crypto.open(Buffer.from(sealed, 'base64url'), `${OFFER}:${accountId}`).split('|')
      if (secret && now.getTime() - Number(at) < OFFER_MS) return secret
    } catch {
      // Another account's, another key's, or changed: all the same, a new one is offered.
    }
    throw new Refusal('account.totp_offer_old', 'conflict')
  }

  /** A wrong factor behind a right password is what somebody who keeps watch should see. */
  async function atTheDoor(now: Date, prove: () => Promise<unknown>): Promise<void> {
    try {
      await prove()
    } catch (error) {
      if (error instanceof Refusal) await store.countFailure(pool, 'factor', now)
      throw error
    }
  }

  async function addTotp(
    accountId: string,
    sealed: string,
    typed: string,
    now: Date,
    before?: () => Promise<void>,
  ): Promise<void> {
    const secret = openOffer(accountId, sealed, now)
    const code = readTotpCode(typed)
    await countTry(accountId, now)
    const step = stepOf(secret, code, now)
    if (step === null) throw new Refusal('account.factor_code_wrong', 'invalid')
    await before?.()
    await factors.putTotp(pool, accountId, crypto.seal(secret, TOTP), step, now)
    await store.forgetSignInTries(pool, triesOf(accountId))
  }

  return {
    passkeyPlace: passkeys.place,
    factorsOf: (accountId) => heldBy(inside, accountId),

    async pendingOf(token, now) {
      const found = token ? await factors.findPending(pool, digestOf(token), now) : undefined
      if (!found || found.tries >= PENDING_TRIES) return null
      const { accountId, name, username } = found
      return { accountId, name, username, held: await heldBy(inside, accountId) }
    },

    async finishWithCode(token, code, headers, now, address) {
      await inside.limitAddress('factor-try', address, limits.triesPerAddress, now)
      readFactorCode(code)
      const { digest, accountId } = await counted(token, now)
      await atTheDoor(now, () => useCode(accountId, code, now))
      return finish(digest, headers, now)
    },

    async finishWithPasskey(token, response, headers, now, address) {
      await inside.limitAddress('factor-try', address, limits.triesPerAddress, now)
      const { digest, accountId } = await counted(token, now)
      await atTheDoor(now, async () => {
        await countTry(accountId, now)
        await passkeys.verify(accountId, 'staff', response, now)
      })
      await store.forgetSignInTries(pool, triesOf(accountId))
      return finish(digest, headers, now)
    },

    async enrol(token, first, headers, now) {
      const { digest, accountId, resetDigest } = await counted(token, now)
      if (hasFactor(await heldBy(inside, accountId))) throw new Refusal('account.factor_exists', 'conflict')
      // After the proof and before the factor: a link is used up by a factor, not by a mistyped code.
      const before = async () => {
        if (!(await factors.useReset(pool, accountId, resetDigest))?.may) throw gone()
      }
      if ('response' in first) await passkeys.add(accountId, first.response, headers.get('user-agent'), now, before)
      else await addTotp(accountId, first.sealed, first.code, now, before)
      const recovery = await newRecoveryCodes(accountId)
      return { ...(await finish(digest, headers, now)), recovery, byLink: resetDigest !== null }
    },

    async signInByPasskey(kind, response, headers, now, address) {
      await inside.limitAddress('factor-try', address, limits.triesPerAddress, now)
      const accountId = await passkeys.verify(null, kind, response, now)
      // Who shows her passkey is the one whose phone it was: the number is hers again.
      if (kind === 'resident') await phones.trustPhone(pool, accountId, now)
      return inside.open(accountId, kind, headers, now, true)
    },

    passkeyRequest: (accountId, now) => passkeys.request(accountId, now),
    passkeyCreation: (account, app, now) => passkeys.creation(account, app, now),

    async addPasskey(accountId, response, userAgent, now) {
      await passkeys.add(accountId, response, userAgent, now)
      return firstCodes(accountId)
    },

    offerTotp(accountId, issuer, label, now, earlier) {
      let secret = newTotpSecret()
      try {
        if (earlier) secret = openOffer(accountId, earlier, now)
      } catch {
        // Too old: the new one is shown, and the refusal above it says so.
      }
      const sealed = crypto.seal(`${secret}|${now.getTime()}`, `${OFFER}:${accountId}`).toString('base64url')
      return { secret, uri: totpUri(secret, issuer, label), sealed }
    },

    async addTotp(accountId, sealed, typed, now) {
      await addTotp(accountId, sealed, typed, now)
      return firstCodes(accountId)
    },

    newRecoveryCodes,

    async removeFactor(accountId, kind, factor) {
      await transaction(pool, async (client) => {
        await factors.holdAccount(client, accountId)
        const held = await heldBy({ pool: client }, accountId)
        const left = (held.totp ? 1 : 0) + held.passkeys.length - 1
        if (kind === 'staff' && required && left < 1) throw new Refusal('account.factor_last', 'conflict')
        const done =
          factor === 'totp'
            ? await factors.deleteTotp(client, accountId)
            : await factors.deletePasskey(client, accountId, factor.passkey)
        if (!done) throw new Refusal('account.factor_missing', 'conflict')
        if (left < 1) await factors.deleteRecovery(client, accountId)
      })
    },

    async confirmWithCode({ sessionId, accountId }, code, now, address) {
      await inside.limitAddress('factor-try', address, limits.triesPerAddress, now)
      await useCode(accountId, code, now)
      await store.markSecondFactor(pool, sessionId, now)
    },

    async confirmWithPasskey({ sessionId, accountId }, response, now, address) {
      await inside.limitAddress('factor-try', address, limits.triesPerAddress, now)
      await countTry(accountId, now)
      await passkeys.verify(accountId, null, response, now)
      await store.forgetSignInTries(pool, triesOf(accountId))
      await phones.trustPhone(pool, accountId, now)
      await store.markSecondFactor(pool, sessionId, now)
    },
  }
}
