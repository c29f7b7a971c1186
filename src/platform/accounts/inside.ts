/** What the parts of this room share: one way to count, one way to open a session. */
import type pg from 'pg'
import type { AccountKind, Limit, SignInLimits } from './account.ts'

/** Keyed hash and sealing with keys that lie outside the database; `context` keeps the purposes apart. */
export interface AccountCrypto {
  blind(value: string, context: string): Buffer
  /** Under every blind key there is, the current one first. */
  blinds(value: string, context: string): Buffer[]
  seal(value: string, context: string): Buffer
  open(sealed: Buffer, context: string): string
}

export interface CodeProvider {
  /** False when no provider is set: nothing is sent, and the refusal says so. */
  available: boolean
  /** `to`: a national phone number without country code, or an e-mail address. Throws when it could not be sent. */
  send(to: string, code: string): Promise<void>
  /** A whole neutral sentence, for news of the account itself. Throws when it could not be sent. */
  tell(to: string, text: string): Promise<void>
}

/** Nothing is set: whoever asks is told so before anything is sent. */
export const noProvider: CodeProvider = {
  available: false,
  async send(): Promise<void> {
    throw new Error('no provider is set')
  },
  async tell(): Promise<void> {
    throw new Error('no provider is set')
  },
}

/** `cookies` are whole Set-Cookie values. */
export interface SignedIn {
  accountId: string
  cookies: string[]
}

export interface Inside {
  pool: pg.Pool
  crypto: AccountCrypto
  codes: CodeProvider
  limits: SignInLimits
  /** Origin under which browsers find this node. */
  baseUrl: string
  allowedPhone: RegExp
  /** scrypt, as better-auth does it. */
  passwords: { hash(password: string): Promise<string>; verify(hash: string, password: string): Promise<boolean> }
  /** Refuses a password that is too short, too long or guessed early; `words` are those around its owner. */
  checkNew(password: string, words: readonly string[]): void
  /** A new session in the place of the one that the browser brought along. */
  open(accountId: string, kind: AccountKind, headers: Headers, now: Date, secondFactor?: boolean): Promise<SignedIn>
  /** Digest of the session cookie, or null. */
  digestIn(cookieHeader: string | undefined): Promise<string | null>
  limit(what: string, who: Buffer, all: readonly Limit[], now: Date): Promise<void>
  limitAddress(what: string, address: string | undefined, all: readonly Limit[], now: Date): Promise<void>
}
