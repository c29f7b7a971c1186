/** What a browser keeps, sealed in a short cookie, while its person is at the identity service. */
import { Refusal } from '../refusal.ts'
import type { AccountCrypto } from './inside.ts'

export interface Away {
  /** Of `IdentityService.start`. */
  kept: string
  /** Where to go afterwards. */
  next: string | null
  /** Linking: to whose account. */
  link: string | null
  at: number
}

const CONTEXT = 'auth.away'
export const AWAY_SECONDS = 10 * 60

export const sealAway = (crypto: AccountCrypto, away: Away): string =>
  crypto.seal(JSON.stringify(away), CONTEXT).toString('base64url')

/** Refusal: account.identity_failed */
export function openAway(crypto: AccountCrypto, sealed: string | undefined, now: Date): Away {
  try {
    const away = JSON.parse(crypto.open(Buffer.from(sealed ?? '', 'base64url'), CONTEXT)) as Away
    if (now.getTime() - away.at < AWAY_SECONDS * 1000) return away
  } catch {
    // Never here, another key, or changed: all the same, nobody was sent away from this browser.
  }
  throw new Refusal('account.identity_failed', 'conflict')
}
