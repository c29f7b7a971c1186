/**
 * The session cookie: `<token>.<HMAC-SHA-256 of the token, base64>`, percent-encoded, as better-auth signs it.
 * Read here without it, because a look at every request should cost one HMAC and one statement.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { parseCookies } from 'better-auth/cookies'

export const newToken = (): string => randomBytes(32).toString('base64url')

/** What the database keeps of a token. It has 256 random bits, so a plain digest cannot be guessed backwards. */
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** The digest of the token in a Cookie header, or null when there is none or the signature is not ours. */
export function readSessionCookie(cookieHeader: string | undefined, name: string, secret: string): string | null {
  // A browser sends 4 KB a cookie; more is not worth parsing on every request.
  if (!cookieHeader || cookieHeader.length > 16_384) return null
  const value = parseCookies(cookieHeader).get(name)
  const dot = value?.lastIndexOf('.') ?? -1
  if (!value || dot < 1) return null
  const token = value.slice(0, dot)
  const expected = Buffer.from(createHmac('sha256', secret).update(token).digest('base64'))
  const given = Buffer.from(value.slice(dot + 1))
  return given.length === expected.length && timingSafeEqual(given, expected) ? digestOf(token) : null
}
