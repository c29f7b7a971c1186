/**
 * A file sealed while it streams: `KFF1`, then parts of 64 KiB, each AES-256-GCM with its own tag. The nonce is the
 * part's number and whether it is the last one (the STREAM construction): parts cannot be swapped, repeated or cut
 * off unnoticed, and each is verified before a reader sees it. Counting nonces are safe because no two files share
 * a key. One tag over the whole file was the simpler way, and would hand out 25 MB before it knows they are good.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { FileFault } from './file-store.ts'

const MAGIC = Buffer.from('KFF1')
const PART = 64 * 1024
const TAG = 16

function nonceOf(part: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(part, 5, 6)
  nonce[11] = last ? 1 : 0
  return nonce
}

function sealPart(key: Uint8Array, plain: Uint8Array, part: number, last: boolean): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(part, last))
  cipher.setAAD(MAGIC)
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** A part is sealed only once the next byte, or the end, has come: only then is it known whether it is the last. */
export async function* sealStream(source: AsyncIterable<Uint8Array>, key: Uint8Array): AsyncGenerator<Buffer> {
  yield MAGIC
  let part = 0
  for await (const { bytes, last } of cut(source, PART)) yield sealPart(key, bytes, part++, last)
}

/** Throws `FileFault('file.damaged')`. */
export async function* openStream(source: AsyncIterable<Uint8Array>, key: Uint8Array, name: string): AsyncGenerator<Buffer> {
  const damaged = (why: string, cause?: unknown) =>
    new FileFault('file.damaged', `${name}: ${why}. Restore this one file from a backup; its name is the SHA-256 of its bytes.`, {
      cause,
    })
  let part = 0
  for await (const { bytes, last } of cut(withoutMagic(source, damaged), PART + TAG)) {
    if (bytes.length < TAG) throw damaged('its end is gone')
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(part, last), { authTagLength: TAG })
    decipher.setAAD(MAGIC)
    decipher.setAuthTag(bytes.subarray(-TAG))
    let plain: Buffer
    try {
      plain = Buffer.concat([decipher.update(bytes.subarray(0, -TAG)), decipher.final()])
    } catch (cause) {
      throw damaged(`its bytes were changed or cut off near ${part * PART}`, cause)
    }
    part++
    if (plain.length > 0) yield plain
  }
}

async function* withoutMagic(source: AsyncIterable<Uint8Array>, damaged: (why: string) => FileFault): AsyncGenerator<Uint8Array> {
  let head: Buffer | undefined = Buffer.alloc(0)
  for await (const chunk of source) {
    if (!head) {
      yield chunk
      continue
    }
    head = Buffer.concat([head, chunk])
    if (head.length < MAGIC.length) continue
    if (!head.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged('it is not a file of this store')
    yield head.subarray(MAGIC.length)
    head = undefined
  }
  if (head) throw damaged('its beginning is gone')
}

/** The same bytes in pieces of exactly `size`, the last one shorter (perhaps empty) and marked. */
async function* cut(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<{ bytes: Buffer; last: boolean }> {
  let held: Uint8Array[] = []
  let length = 0
  for await (const chunk of source) {
    held.push(chunk)
    length += chunk.length
    if (length <= size) continue
    const all = Buffer.concat(held)
    let at = 0
    for (; length - at > size; at += size) yield { bytes: all.subarray(at, at + size), last: false }
    held = [all.subarray(at)]
    length -= at
  }
  yield { bytes: Buffer.concat(held), last: true }
}
