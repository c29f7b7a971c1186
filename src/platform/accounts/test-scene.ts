/**
 * What the tests of this room start from: a real database, real keys, a provider that keeps what it sends.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { after } from 'node:test'
import { type AccountCrypto, type AccountOptions, type Accounts, createAccounts, createRateLimiter } from './index.ts'
import { startPostgres } from './test-postgres.ts'

export const database = await startPostgres()
after(() => database.stop())
export const sent: { phone: string; code: string }[] = []
export const secret = randomBytes(32).toString('base64')

// Real keys, made for this run.
const [hashKey, sealKey] = [randomBytes(32), randomBytes(32)]
export const crypto: AccountCrypto = {
  blind: (value, context) => createHmac('sha256', hashKey).update(`${context}\0${value}`).digest(),
  seal(value, context) {
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', sealKey, iv).setAAD(Buffer.from(context))
    return Buffer.concat([iv, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()])
  },
  open(sealed, context) {
    const cipher = createDecipheriv('aes-256-gcm', sealKey, sealed.subarray(0, 12)).setAAD(Buffer.from(context))
    cipher.setAuthTag(sealed.subarray(-16))
    return cipher.update(sealed.subarray(12, -16), undefined, 'utf8') + cipher.final('utf8')
  },
}

export const accountsWith = (more: Partial<AccountOptions> = {}): Accounts =>
  createAccounts({
    pool: database.app,
    secret,
    baseUrl: 'http://127.0.0.1:3000',
    codes: { available: true, send: async (phone, code) => void sent.push({ phone, code }) },
    crypto,
    rate: createRateLimiter(database.app),
    secureCookies: false,
    phonePattern: '100[0-9]{8}',
    ...more,
  })

export const accounts = accountsWith()

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
