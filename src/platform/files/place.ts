/** Where sealed files lie. A place knows ciphertext and its names; keys, limits and plaintext are `sealed-files.ts`. */

/** Ciphertext, whole and synced on the disk of this machine, on its way to a place. */
export interface Spooled {
  path: string
  /** SHA-256 of these bytes, hex. */
  name: string
  size: number
}

export interface Place {
  /** Returns when the bytes are safe under their name. It may move the spooled file or leave it; the caller removes it. */
  keep(spooled: Spooled): Promise<void>
  /** Throws `FileFault('file.missing')`. Whoever does not read to the end costs the place nothing for long. */
  open(name: string): Promise<AsyncIterable<Uint8Array>>
  has(name: string): Promise<boolean>
  /** Every name, some at a time. */
  shelves(): AsyncIterable<string[]>
  remove(name: string): Promise<void>
}

export const STORED_NAME = /^[0-9a-f]{64}$/

/** The same in a directory, in a bucket and in a backup: `ab/abcdef…`. */
export const shelfOf = (name: string): string => name.slice(0, 2)
