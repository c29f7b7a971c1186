/**
 * Where the bytes of files are. Immutable: a file is written once, under the hash of its own ciphertext, and under
 * a key of its own that only the caller's row holds (wrapped). Who erases the row's `wrappedKey` erases the file.
 * Sealing is done once, in `sealed-files.ts`; a place (`place.ts`) is a directory or an S3-compatible store and knows
 * ciphertext only.
 */
import type { Readable } from 'node:stream'

export interface StoredFile {
  /** SHA-256 of the ciphertext, hex: also what a backup is checked by, without any key. */
  storedName: string
  /** Bytes of the plaintext. */
  size: number
  /** SHA-256 of the plaintext, hex. */
  sha256: string
  /** The file's key under the file-wrapping key, bound to `storedName`. */
  wrappedKey: Buffer
}

/** Every method throws `FileFault('file.away')` when the store does not answer, after it was asked again a few times. */
export interface FileStore {
  /**
   * Returns when the bytes are safe in the store, so that a row may name them. The same content twice is two files.
   * Throws `Refusal('file.too_large')` as soon as more than `limit` bytes have come, and leaves nothing behind.
   */
  put(source: Readable | AsyncIterable<Uint8Array> | Uint8Array, options: { limit: number }): Promise<StoredFile>
  /** Every part is verified before it is handed on; a damaged file ends the stream with a `FileFault`. */
  get(storedName: string, wrappedKey: Uint8Array): Promise<Readable>
  /** The whole file, for what fits into memory. */
  read(storedName: string, wrappedKey: Uint8Array): Promise<Buffer>
  /** True when the stored bytes are those that the name promises; needs no key. Throws `FileFault('file.missing')`. */
  isIntact(storedName: string): Promise<boolean>
  /** Something lies under this name; whether it is whole, `isIntact` says. */
  has(storedName: string): Promise<boolean>
  /** The ciphertext as it lies there, for whoever copies it elsewhere. Throws `FileFault('file.missing')`. */
  sealed(storedName: string): Promise<AsyncIterable<Uint8Array>>
  /**
   * Takes ciphertext that was kept elsewhere under this name, and returns its size when it is safe here.
   * Throws `FileFault('file.damaged')` when it is not what the name promises, and keeps nothing of it.
   */
  bring(storedName: string, sealed: AsyncIterable<Uint8Array>): Promise<number>
  /** Every name that is kept, a shelf at a time: as much as fits into one question to the database. */
  shelves(): AsyncIterable<string[]>
  /** For good. A name that is not there any more is as it should be. */
  remove(storedName: string): Promise<void>
  /** Removes what interrupted writes left before that instant; says how many. */
  sweep(before: Date): Promise<number>
}

/** No `Refusal`: whoever keeps the box must act, and the message says how. `away` and `full` may pass; the others do not. */
export class FileFault extends Error {
  readonly code: 'file.missing' | 'file.damaged' | 'file.away' | 'file.full'
  constructor(code: FileFault['code'], message: string, options?: ErrorOptions) {
    super(`${code}: ${message}`, options)
    this.name = 'FileFault'
    this.code = code
  }
}
