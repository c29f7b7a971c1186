/**
 * An officer who signs in as everybody must: password, then a second factor. Her app is enrolled at the first sign-in; later
 * ones take a recovery code each, since a code of the app is good once in its thirty seconds and a scene's clock may stand still.
 */
import assert from 'node:assert/strict'
import { Secret, TOTP } from 'otpauth'
import type { Accounts } from '../../src/platform/accounts/index.ts'

/** What her app shows at that instant. */
export const codeAt = (secret: string, now: Date): string =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: now.getTime() })

export class StaffDoor {
  private readonly accounts: Accounts
  private readonly codes = new Map<string, string[]>()
  /** Secret of the app, by username. */
  readonly apps = new Map<string, string>()
  constructor(accounts: Accounts) {
    this.accounts = accounts
  }

  /** The next recovery code of an officer, as she reads it off her paper. */
  nextCode(username: string): string {
    const code = this.codes.get(username)?.shift()
    assert.ok(code, `${username} has recovery codes left`)
    return code
  }

  async enter(
    username: string,
    password: string,
    headers: Headers,
    now: Date,
    address?: string,
  ): Promise<{ accountId: string; cookies: string[] }> {
    const step = await this.accounts.signInStaff(username, password, headers, now, address)
    assert.notEqual(step.next, 'in', 'a password alone opens nothing')
    if (step.next === 'in') throw new Error('unreachable')
    if (step.next === 'factor') {
      return this.accounts.finishWithCode(step.pending, this.nextCode(username), headers, now, address)
    }
    const { secret, sealed } = this.accounts.offerTotp(step.accountId, 'Kaifong', username, now)
    const done = await this.accounts.enrol(step.pending, { sealed, code: codeAt(secret, now) }, headers, now)
    this.codes.set(username, done.recovery)
    this.apps.set(username, secret)
    return done
  }
}
