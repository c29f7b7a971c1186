/**
 * A seal and its one line of text: `<signature, base64> <body, JSON>`. The signature is over the body's own bytes, and the
 * next seal holds their hash: nothing has to be written the same way twice. Pure.
 */
import { createHash, type KeyObject, verify } from 'node:crypto'
import Type from 'typebox'
import { Compile } from 'typebox/compile'

const Part = Type.Object({ rows: Type.Integer({ minimum: 0 }), total: Type.Integer({ minimum: 0 }), root: Type.String() })
const Body = Type.Object({
  version: Type.Literal(1),
  /** Of the database: the file of another is never taken for its own. */
  chain: Type.String(),
  number: Type.Integer({ minimum: 1 }),
  /** When it was made, as told by the sealer's clock. Nothing is ordered by it. */
  at: Type.String(),
  /** Covers the rows whose act number is `from` or more and below `until`. `from` is the last seal's `until`. */
  from: Type.Integer(),
  until: Type.Integer(),
  /** By log: rows in this seal, rows in all seals so far, Merkle root of these rows. */
  logs: Type.Record(Type.String(), Part),
  /** SHA-256 of the last seal's body, in hexadecimal; null in the first. */
  previous: Type.Union([Type.String(), Type.Null()]),
  key: Type.String(),
})
export type SealBody = Type.Static<typeof Body>
export type SealPart = Type.Static<typeof Part>
const check = Compile(Body)

export interface Seal {
  /** The bytes that were signed. */
  text: string
  signature: Buffer
  body: SealBody
}

export interface SealSigner {
  readonly signingKeyId: string
  sign(bytes: Uint8Array): Buffer
}
/** Public keys by id: earlier ones too. */
export type SealKeys = ReadonlyMap<string, KeyObject>

/** The same key signs papers: a prefix keeps the signature of one from passing for the other's. */
const signedBytes = (text: string): Buffer => Buffer.from(`kaifong seal 1\n${text}`, 'utf8')

export function makeSeal(body: Omit<SealBody, 'version' | 'key'>, signer: SealSigner): Seal {
  const whole: SealBody = { version: 1, ...body, key: signer.signingKeyId }
  const text = JSON.stringify(whole)
  return { text, signature: signer.sign(signedBytes(text)), body: whole }
}

export const hashOf = (seal: Seal): string => createHash('sha256').update(seal.text, 'utf8').digest('hex')

/** False for an unknown key, too. */
export function isSigned(seal: Seal, keys: SealKeys): boolean {
  const key = keys.get(seal.body.key)
  return key !== undefined && verify(null, signedBytes(seal.text), key, seal.signature)
}

/** Does `seal` follow on `last`? Null: it is the first. */
export const follows = (seal: Seal, last: Seal | null): boolean =>
  seal.body.number === (last?.body.number ?? 0) + 1 &&
  seal.body.previous === (last ? hashOf(last) : null) &&
  seal.body.from === (last?.body.until ?? 0) &&
  seal.body.until >= seal.body.from &&
  (last === null || seal.body.chain === last.body.chain) &&
  Object.entries(seal.body.logs).every(([log, part]) => part.total === (last?.body.logs[log]?.total ?? 0) + part.rows)

export const same = (a: Seal, b: Seal): boolean => a.text === b.text && a.signature.equals(b.signature)

export const lineOf = (seal: Seal): string => `${seal.signature.toString('base64')} ${seal.text}`

/** @returns undefined for what is no seal in form */
export function readSeal(text: string, signature: Buffer): Seal | undefined {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return undefined // The caller says which line it was.
  }
  return check.Check(body) ? { text, signature, body } : undefined
}

export function readLine(line: string): Seal | undefined {
  const gap = line.indexOf(' ')
  return gap < 0 ? undefined : readSeal(line.slice(gap + 1), Buffer.from(line.slice(0, gap), 'base64'))
}
