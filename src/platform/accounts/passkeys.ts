/**
 * Passkeys by @simplewebauthn/server. A challenge is not stored: it carries its purpose and its time under a keyed hash, and
 * only an answered one leaves a row, so that it is answered once.
 */
import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { Refusal } from '../refusal.ts'
import type { AccountKind } from './account.ts'
import { deviceOf } from './device.ts'
import * as store from './factor-store.ts'
import type { AccountCrypto, Inside } from './inside.ts'

/** Where passkeys of this node work: a browser ties them to a host name, never to an IP address. */
export interface PasskeyPlace {
  rpId: string
  origins: string[]
  /** The address to open instead, when the node's own is an IP address of this machine. */
  url: string
}

export function passkeyPlace(baseUrl: string): PasskeyPlace {
  const url = new URL(baseUrl)
  if (!/^(127\.|\[::1\])/.test(url.hostname)) return { rpId: url.hostname, origins: [url.origin], url: url.origin }
  const local = `${url.protocol}//localhost${url.port ? `:${url.port}` : ''}`
  return { rpId: 'localhost', origins: [local], url: local }
}

const LASTS_MS = 10 * 60_000
const CONTEXT = 'auth.challenge'
const NONCE = 16
const STAMP = 8

/** Nonce, time, keyed hash over both and what it is for. */
export function newChallenge(crypto: AccountCrypto, purpose: string, now: Date): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(NONCE + STAMP)
  randomBytes(NONCE).copy(head)
  head.writeBigUInt64BE(BigInt(now.getTime()), NONCE)
  return new Uint8Array(Buffer.concat([head, crypto.blind(`${purpose}|${head.toString('hex')}`, CONTEXT)]))
}

export function isChallenge(crypto: AccountCrypto, given: string, purpose: string, now: Date): boolean {
  const bytes = Buffer.from(given, 'base64url')
  const [head, tail] = [bytes.subarray(0, NONCE + STAMP), bytes.subarray(NONCE + STAMP)]
  if (head.length !== NONCE + STAMP) return false
  const age = now.getTime() - Number(head.readBigUInt64BE(NONCE))
  const own = crypto.blinds(`${purpose}|${head.toString('hex')}`, CONTEXT)
  return age >= 0 && age < LASTS_MS && own.some((hash) => hash.length === tail.length && timingSafeEqual(hash, tail))
}

/** What a page gives to its script, as JSON. */
export type PasskeyOptions = object

export interface Passkeys {
  place: PasskeyPlace
  creation(account: { id: string; name: string }, app: string, now: Date): Promise<PasskeyOptions>
  /** @param before runs between the proof and the row, and may refuse. Refusal: account.passkey_failed */
  add(accountId: string, response: string, userAgent: string | null, now: Date, before?: () => Promise<void>): Promise<void>
  /** For an account that is known by now; without one any passkey of this site may answer. */
  request(accountId: string | null, now: Date): Promise<PasskeyOptions>
  /** @returns whose passkey it is. Refusal: account.passkey_failed, whatever was wrong. */
  verify(accountId: string | null, kind: AccountKind | null, response: string, now: Date): Promise<string>
}

const failed = (cause?: unknown): Refusal =>
  Object.assign(new Refusal('account.passkey_failed', 'invalid'), cause ? { cause } : {})

/** What the browser sent, if it is a JSON object of a sane size with the id of a key: everything else is a wrong passkey. */
function parsed<T extends { id: string }>(response: string): T {
  try {
    if (response.length > 20_000) throw failed()
    const given = JSON.parse(response)
    if (typeof given?.id !== 'string' || !/^[\w-]{1,1400}$/.test(given.id)) throw failed()
    return given
  } catch (error) {
    throw failed(error)
  }
}

export function createPasskeys({ pool, crypto, baseUrl }: Inside): Passkeys {
  const place = passkeyPlace(baseUrl)
  const once = async (challenge: string, now: Date): Promise<void> => {
    const digest = createHash('sha256').update(challenge).digest()
    if (!(await store.useChallenge(pool, digest, now))) throw failed()
  }
  const challengeOf = (response: { response: { clientDataJSON: string } }): string =>
    String(JSON.parse(Buffer.from(response.response.clientDataJSON, 'base64url').toString()).challenge)

  return {
    place,

    async creation({ id, name }, app, now) {
      const held = await store.listPasskeys(pool, id)
      return generateRegistrationOptions({
        rpName: app,
        rpID: place.rpId,
        userName: name,
        userDisplayName: name,
        userID: new TextEncoder().encode(id),
        challenge: newChallenge(crypto, `register:${id}`, now),
        attestationType: 'none',
        excludeCredentials: held.map((key) => ({ id: key.credentialId, transports: key.transports })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })
    },

    async add(accountId, given, userAgent, now, before) {
      type Response = Parameters<typeof verifyRegistrationResponse>[0]['response']
      const response = parsed<Response>(given)
      let made: Awaited<ReturnType<typeof verifyRegistrationResponse>>
      let challenge: string
      try {
        challenge = challengeOf(response)
        made = await verifyRegistrationResponse({
          response,
          expectedChallenge: (seen) => isChallenge(crypto, seen, `register:${accountId}`, now),
          expectedOrigin: place.origins,
          expectedRPID: place.rpId,
          requireUserVerification: true,
        })
      } catch (error) {
        throw failed(error)
      }
      if (!made.verified) throw failed()
      await once(challenge, now)
      await before?.()
      const { credential } = made.registrationInfo
      const row = await store.insertPasskey(pool, {
        id: randomUUID(),
        accountId,
        credentialId: credential.id,
        publicKey: Buffer.from(credential.publicKey),
        counter: credential.counter,
        transports: credential.transports ?? [],
        device: deviceOf(userAgent),
        createdAt: now,
      })
      if (!row) throw failed()
    },

    async request(accountId, now) {
      const held = accountId ? await store.listPasskeys(pool, accountId) : []
      return generateAuthenticationOptions({
        rpID: place.rpId,
        challenge: newChallenge(crypto, `use:${accountId ?? ''}`, now),
        allowCredentials: held.map((key) => ({ id: key.credentialId, transports: key.transports })),
        userVerification: 'required',
      })
    },

    async verify(accountId, kind, given, now) {
      type Response = Parameters<typeof verifyAuthenticationResponse>[0]['response']
      const response = parsed<Response>(given)
      const key = await store.findPasskey(pool, response.id)
      if (!key || (accountId && key.accountId !== accountId) || (kind && key.kind !== kind)) throw failed()
      try {
        const challenge = challengeOf(response)
        const { verified, authenticationInfo } = await verifyAuthenticationResponse({
          response,
          expectedChallenge: (seen) => isChallenge(crypto, seen, `use:${accountId ?? ''}`, now),
          expectedOrigin: place.origins,
          expectedRPID: place.rpId,
          requireUserVerification: true,
          credential: {
            id: key.credentialId,
            publicKey: new Uint8Array(key.publicKey),
            counter: key.counter,
            transports: key.transports,
          },
        })
        if (!verified) throw failed()
        await once(challenge, now)
        await store.markPasskeyUsed(pool, key.id, authenticationInfo.newCounter, now)
      } catch (error) {
        throw error instanceof Refusal ? error : failed(error)
      }
      return key.accountId
    },
  }
}
