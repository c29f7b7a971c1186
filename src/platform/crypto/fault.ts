/**
 * What can go wrong with a key or with what it protects. None of these is a `Refusal`: nobody at a page can mend
 * them. The message is for who keeps the box and says what to do next.
 */
export type CryptoFaultCode =
  /** Too short to be anything that this platform sealed. */
  | 'crypto.truncated'
  /** Sealed by a format that this version does not know. */
  | 'crypto.format_unknown'
  /** Sealed under a key that is not in the keys folder. */
  | 'crypto.key_unknown'
  /** The bytes, or what they are bound to, are not those that were sealed. */
  | 'crypto.tampered'
  /** The keys folder, or a key in it, is missing and may not be made anew. */
  | 'crypto.key_missing'
  /** A key file does not hold the key that its name says. */
  | 'crypto.key_damaged'
  /** Group or others can read the keys. */
  | 'crypto.keys_exposed'
  /** It is, or may be, still needed, so that it cannot be put away. */
  | 'crypto.key_in_use'
  /** Printed shares that are damaged or do not belong together. */
  | 'crypto.share_wrong'

export class CryptoFault extends Error {
  readonly code: CryptoFaultCode
  constructor(code: CryptoFaultCode, message: string, options?: ErrorOptions) {
    super(`${code}: ${message}`, options)
    this.name = 'CryptoFault'
    this.code = code
  }
}
