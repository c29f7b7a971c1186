/**
 * Secrets of the platform behind one interface, so that a city which must use SM4, SM3 and SM2 writes another
 * implementation and nothing else. This one is AES-256-GCM, HMAC-SHA-256 and Ed25519.
 *
 * Sealed bytes: version (1) · key id (8) · nonce (12) · ciphertext · tag (16). The key id travels with every
 * ciphertext: a later key can be added without touching what is already sealed. Version, id and context are bound
 * as associated data, hence a value copied into another column or another row's column kind does not open.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import { CryptoFault } from './fault.ts'
import { type Keys, publicKeysOf, type SecretKey, type SigningKey, secretKeyOf } from './keys.ts'

/**
 * ECDSA on P-256, since no PDF reader checks Ed25519. Its key is derived from the signing key and goes where that goes: one key is
 * kept, backed up and rotated. RFC 6979, so the same bytes have the same signature.
 */
export interface PdfSigner {
  /** That of the signing key it is derived from. */
  readonly keyId: string
  /** Uncompressed point, 65 bytes. */
  readonly publicKey: Uint8Array
  /** DER (SEQUENCE of r and s) over SHA-256 of these bytes. */
  sign(bytes: Uint8Array): Uint8Array
}

export interface CryptoProvider {
  /** Encrypts a text for one column; `context` names it, for example `people.person.id_number`. */
  seal(plaintext: string, context: string): Buffer
  /** Throws `CryptoFault`. */
  open(sealed: Uint8Array, context: string): string
  /** Keyed hash of 40 bytes by which a sealed value is found: key id (8) · HMAC (32). The caller normalises the value first. */
  blind(value: string, context: string): Buffer
  /**
   * The same under every blind key there is, that of `blind` first: one, except while the key changes. What is searched is
   * searched by all of them in one statement, since `rewrap` makes the hash anew between two.
   */
  blinds(value: string, context: string): Buffer[]
  /** Seals a file's own key under the file-wrapping key; `context` is the file's stored name. */
  wrapKey(fileKey: Uint8Array, context: string): Buffer
  unwrapKey(wrapped: Uint8Array, context: string): Buffer
  /** Detached signature of 64 bytes over exactly these bytes; anybody can check it with `publicKeyPem`. */
  sign(bytes: Uint8Array): Buffer
  /** The key by which PDF readers check what is inside a document: see `PdfSigner`. */
  readonly pdfSigner: PdfSigner
  /** By the current key or an earlier one. */
  verify(bytes: Uint8Array, signature: Uint8Array): boolean
  readonly signingKeyId: string
  readonly publicKeyPem: string
  /** PEM by id, the current one first: what was signed with an earlier key is still checked. */
  readonly publicKeyPems: ReadonlyMap<string, string>
  /** Signing keys that were put away, by id, with the time where it is known: of a signature by one the time cannot be told. */
  readonly retiredSigning: ReadonlyMap<string, Date | null>
  /** A secret of 32 bytes for one named use (`cookie`, `csrf`): uses do not share a key. */
  secret(use: string): Buffer
}

const VERSION = 1
const ID = 8
const NONCE = 12
const TAG = 16
const HEAD = 1 + ID + NONCE

/** Follows `keys`: when a newer key is taken into use (`refreshKeys`), the next call seals and signs with that one. */
export function createCrypto(keys: Keys): CryptoProvider {
  const openBytes = (ring: 'field' | 'wrap', sealed: Uint8Array, context: string) => decrypt(keys, ring, sealed, context)
  const pems = () =>
    new Map([...publicKeysOf(keys)].map(([id, key]) => [id, key.export({ type: 'spki', format: 'pem' }).toString()]))
  return {
    seal: (plaintext, context) => encrypt(keys.field.current, Buffer.from(plaintext, 'utf8'), context),
    open: (sealed, context) => openBytes('field', sealed, context).toString('utf8'),
    blind: (value, context) => hashUnder(keys.blind.current, value, context),
    blinds(value, context) {
      const { current, all } = keys.blind
      return [current, ...all.filter(({ id }) => id !== current.id)].map((key) => hashUnder(key, value, context))
    },
    wrapKey: (fileKey, context) => encrypt(keys.wrap.current, fileKey, context),
    unwrapKey: (wrapped, context) => openBytes('wrap', wrapped, context),
    sign: (bytes) => signBytes(null, bytes, keys.signing.current.key),
    verify: (bytes, signature) => [...publicKeysOf(keys).values()].some((key) => verifyBytes(null, bytes, key, signature)),
    get pdfSigner() {
      return pdfSignerOf(keys.signing.current)
    },
    get signingKeyId() {
      return keys.signing.current.id
    },
    get publicKeyPem() {
      return pems().get(keys.signing.current.id)!
    },
    get publicKeyPems() {
      return pems()
    },
    get retiredSigning() {
      return keys.retiredSigning
    },
    secret: (use) => Buffer.from(hkdfSync('sha256', keys.session.current.key, '', `kaifong ${use}`, 32)),
  }
}

const pdfSigners = new WeakMap<SigningKey, PdfSigner>()
function pdfSignerOf(signing: SigningKey): PdfSigner {
  const known = pdfSigners.get(signing)
  if (known) return known
  const seed = Buffer.from(signing.key.export({ format: 'jwk' }).d!, 'base64url')
  const secret = p256.utils.randomSecretKey(new Uint8Array(hkdfSync('sha256', seed, '', 'kaifong pdf signature p256', 48)))
  const signer: PdfSigner = {
    keyId: signing.id,
    publicKey: p256.getPublicKey(secret, false),
    sign: (bytes) => p256.sign(bytes, secret, { lowS: false, format: 'der' }),
  }
  pdfSigners.set(signing, signer)
  return signer
}

/** With what every value that this key sealed begins: so they are counted without opening one. */
export const beginningUnder = (keyId: string): Buffer => Buffer.concat([Buffer.from([VERSION]), Buffer.from(keyId, 'hex')])

/** With what every hash under this key begins. */
export const hashedUnder = (keyId: string): Buffer => Buffer.from(keyId, 'hex')

const hashUnder = ({ id, key }: SecretKey, value: string, context: string): Buffer =>
  Buffer.concat([hashedUnder(id), createHmac('sha256', key).update(framed(context)).update(value, 'utf8').digest()])

/** Length first, so that no two pairs of context and value run together into the same bytes. */
function framed(context: string): Buffer {
  const text = Buffer.from(context, 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  return Buffer.concat([length, text])
}

function encrypt(key: SecretKey, plaintext: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(NONCE)
  const head = Buffer.concat([beginningUnder(key.id), nonce])
  const cipher = createCipheriv('aes-256-gcm', key.key, nonce)
  cipher.setAAD(Buffer.concat([head.subarray(0, 1 + ID), framed(context)]))
  return Buffer.concat([head, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

function decrypt(keys: Keys, ring: 'field' | 'wrap', bytes: Uint8Array, context: string): Buffer {
  const sealed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (sealed.length < HEAD + TAG) {
    throw new CryptoFault('crypto.truncated', `${context}: ${sealed.length} bytes are too few; restore this row from a backup`)
  }
  if (sealed[0] !== VERSION) {
    throw new CryptoFault(
      'crypto.format_unknown',
      `${context}: format ${sealed[0]}; a newer program wrote it or the row is damaged`,
    )
  }
  const id = sealed.subarray(1, 1 + ID).toString('hex')
  const key = secretKeyOf(keys, ring, id)
  if (!key) {
    throw new CryptoFault(
      'crypto.key_unknown',
      `${context}: sealed under key ${id}, which is not in ${keys.folder}; put that key back`,
    )
  }
  const decipher = createDecipheriv('aes-256-gcm', key.key, sealed.subarray(1 + ID, HEAD), { authTagLength: TAG })
  decipher.setAAD(Buffer.concat([sealed.subarray(0, 1 + ID), framed(context)]))
  decipher.setAuthTag(sealed.subarray(-TAG))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(HEAD, -TAG)), decipher.final()])
  } catch (cause) {
    throw new CryptoFault('crypto.tampered', `${context}: not the bytes that were sealed here; restore this row from a backup`, {
      cause,
    })
  }
}
