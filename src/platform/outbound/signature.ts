/** How the house and its SMS gateway know each other: HMAC-SHA-256 over time and body, under one secret. See docs/sms-gateway.md. */
import { createHmac, timingSafeEqual } from 'node:crypto'

export const TIMESTAMP_HEADER = 'x-kaifong-timestamp'
export const SIGNATURE_HEADER = 'x-kaifong-signature'

/** A letter that was on its way for longer is not opened: whoever copied it cannot use it tomorrow. */
const FRESH_SECONDS = 300

const digest = (secret: string, timestamp: string, body: string | Buffer): Buffer =>
  createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest()

export function signed(secret: string, body: string, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  return { [TIMESTAMP_HEADER]: timestamp, [SIGNATURE_HEADER]: `sha256=${digest(secret, timestamp, body).toString('hex')}` }
}

export type Verdict = 'good' | 'wrong' | 'stale'

/** `wrong` before `stale`: of a letter that is not theirs nobody learns how late it is. */
export function verify(secret: string, headers: Readonly<Record<string, unknown>>, body: Buffer, now: Date): Verdict {
  const [timestamp, given] = [headers[TIMESTAMP_HEADER], headers[SIGNATURE_HEADER]]
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp)) return 'wrong'
  const hex = typeof given === 'string' ? /^sha256=([0-9a-f]{64})$/.exec(given)?.[1] : undefined
  if (!hex || !timingSafeEqual(Buffer.from(hex, 'hex'), digest(secret, timestamp, body))) return 'wrong'
  return Math.abs(now.getTime() / 1000 - Number(timestamp)) <= FRESH_SECONDS ? 'good' : 'stale'
}
