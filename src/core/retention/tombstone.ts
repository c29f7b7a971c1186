/**
 * What remains of something that was erased (删除留痕): one signed line, in a file that is only ever appended to. Pure.
 * `<signature, base64> <JSON>`; the signature is over the JSON's own bytes, as with seals.
 */
import Type from 'typebox'
import { Compile } from 'typebox/compile'

const Shape = Type.Object({
  seq: Type.Integer({ minimum: 1 }),
  id: Type.String(),
  kind: Type.String(),
  /** Code of the retention class; null when a person asked for it. */
  class: Type.Union([Type.String(), Type.Null()]),
  rule: Type.Enum(['class', 'request']),
  /** Business day. */
  on: Type.String({ format: 'date' }),
  /** Keyed hash of kind and id, in hexadecimal: without the key it says nothing of whom. */
  commitment: Type.String({ pattern: '^[0-9a-f]{64}$' }),
})
export type Tombstone = Type.Static<typeof Shape>
const check = Compile(Shape)

export interface TombstoneSigner {
  sign(bytes: Uint8Array): Buffer
  /** By the current key or an earlier one. */
  verify(bytes: Uint8Array, signature: Uint8Array): boolean
}

/** The same key signs papers and seals: a prefix keeps the signature of one from passing for another's. */
const signedBytes = (text: string): Buffer => Buffer.from(`kaifong tombstone 1\n${text}`, 'utf8')

export function lineOf(tombstone: Tombstone, signer: TombstoneSigner): string {
  const text = JSON.stringify(tombstone)
  return `${signer.sign(signedBytes(text)).toString('base64')} ${text}`
}

/** Undefined for what is no tombstone in form, or was not signed with one of these keys. */
export function readLine(line: string, signer: Pick<TombstoneSigner, 'verify'>): Tombstone | undefined {
  const gap = line.indexOf(' ')
  const text = line.slice(gap + 1)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined // The caller counts it.
  }
  if (gap < 0 || !check.Check(value)) return undefined
  return signer.verify(signedBytes(text), Buffer.from(line.slice(0, gap), 'base64')) ? value : undefined
}
