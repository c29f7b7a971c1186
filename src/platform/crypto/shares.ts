/**
 * The whole ring in three shares, of which any two bring it back and one alone tells nothing (Shamir's scheme). A share
 * carries which set it is of, so that shares of two rings, or of two printings, are not taken together.
 *
 *   share: format (1) · set (4) · number (1) · bytes that follow (2) · share of the secret · its hash (4)
 *   secret: format (1) · a key each: purpose and state (1), 32 bytes · hash of all that (8)
 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, randomBytes } from 'node:crypto'
import { combine, split } from 'shamir-secret-sharing'
import { CryptoFault } from './fault.ts'
import { type Keys, PURPOSES, type Purpose } from './keys.ts'

export const SHARES = 3
export const NEEDED = 2
const FORMAT = 1
const HEAD = 8
const CURRENT = 0x80
const PUBLIC = 0x40
const HASH = 8
const MARK = 4
/** What stands before the 32 bytes of an Ed25519 key in DER (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

export interface SharedKey {
  purpose: Purpose
  current: boolean
  key: Buffer | KeyObject
}

const hash = (bytes: Uint8Array, length: number): Buffer => createHash('sha256').update(bytes).digest().subarray(0, length)

export async function sharesOf(keys: Keys): Promise<Buffer[]> {
  const parts = PURPOSES.flatMap((purpose, at) =>
    keys[purpose].all.map(({ id, key }) => {
      const isPublic = !Buffer.isBuffer(key) && key.type === 'public'
      const state = at | (keys[purpose].current.id === id ? CURRENT : 0) | (isPublic ? PUBLIC : 0)
      return Buffer.concat([Buffer.from([state]), raw(key)])
    }),
  )
  const body = Buffer.concat([Buffer.from([FORMAT]), ...parts])
  const set = randomBytes(4)
  const shares = await split(new Uint8Array([...body, ...hash(body, HASH)]), SHARES, NEEDED)
  return shares.map((share, at) => {
    const head = Buffer.alloc(HEAD)
    head[0] = FORMAT
    set.copy(head, 1)
    head[5] = at + 1
    head.writeUInt16BE(share.length + MARK, 6)
    const whole = Buffer.concat([head, share])
    return Buffer.concat([whole, hash(whole, MARK)])
  })
}

const raw = (key: Buffer | KeyObject): Buffer => {
  if (Buffer.isBuffer(key)) return key
  const der = key.type === 'public' ? key.export({ type: 'spki', format: 'der' }) : key.export({ type: 'pkcs8', format: 'der' })
  return der.subarray(-32)
}

/** How many bytes the share has that begins like this; its head stands in the first line. */
export const lengthOf = (beginning: Buffer): number =>
  beginning[0] === FORMAT && beginning.length >= HEAD ? HEAD + beginning.readUInt16BE(6) : 0

export const setOf = (share: Buffer): string => share.toString('hex', 1, 5)

/** @throws CryptoFault `crypto.share_wrong` when a share is damaged or the two do not belong together */
export async function ringOf(first: Buffer, second: Buffer): Promise<SharedKey[]> {
  for (const share of [first, second])
    if (!hash(share.subarray(0, -MARK), MARK).equals(share.subarray(-MARK)))
      throw wrong('A share is not what was printed: two mistakes in one line can hide each other. Type it again.')
  if (setOf(first) !== setOf(second))
    throw wrong(`These shares are of two printings, ${setOf(first)} and ${setOf(second)}. Both must bear the same set.`)
  if (first[5] === second[5]) throw wrong(`This is share ${first[5]} twice. Take another one of the three.`)
  const secret = Buffer.from(await combine([first, second].map((share) => new Uint8Array(share.subarray(HEAD, -MARK)))))
  const body = secret.subarray(0, -HASH)
  if (!hash(body, HASH).equals(secret.subarray(-HASH)) || body[0] !== FORMAT || (body.length - 1) % 33 !== 0)
    throw wrong('These shares do not make a ring together.')
  const ring: SharedKey[] = []
  for (let at = 1; at < body.length; at += 33) ring.push(oneOf(body[at]!, Buffer.from(body.subarray(at + 1, at + 33))))
  return ring
}

function oneOf(state: number, bytes: Buffer): SharedKey {
  const purpose = PURPOSES[state & 0x0f]
  if (!purpose) throw wrong('A newer version printed these shares. Use that version.')
  const current = (state & CURRENT) !== 0
  if (purpose !== 'signing') return { purpose, current, key: bytes }
  return {
    purpose,
    current,
    key:
      state & PUBLIC
        ? createPublicKey({ key: Buffer.concat([SPKI, bytes]), format: 'der', type: 'spki' })
        : createPrivateKey({ key: Buffer.concat([PKCS8, bytes]), format: 'der', type: 'pkcs8' }),
  }
}

const wrong = (message: string) => new CryptoFault('crypto.share_wrong', message)
