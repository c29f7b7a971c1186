/**
 * A passkey device without a screen: answers WebAuthn options as a platform authenticator does (ES256, user verified), so that
 * tests of use cases need no browser. What it can be told to do wrong is what an attacker would.
 */
import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'

interface Options {
  challenge: string
  rpId?: string
  rp?: { id?: string }
  user?: { id: string }
}

interface Bent {
  /** Claims another site. */
  origin?: string
  /** The person was not verified. */
  unverified?: boolean
  challenge?: string
}

const sha256 = (bytes: string | Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** CBOR of what WebAuthn needs: small integers, texts, bytes, maps (RFC 8949). */
function cbor(value: number | string | Uint8Array | Map<number | string, unknown>): Buffer {
  const head = (major: number, n: number): Buffer =>
    n < 24
      ? Buffer.from([(major << 5) | n])
      : n < 256
        ? Buffer.from([(major << 5) | 24, n])
        : Buffer.from([(major << 5) | 25, n >> 8, n & 255])
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([k, v]) => [cbor(k), cbor(v as never)])])
}

export class SoftAuthenticator {
  private readonly id = randomBytes(32)
  private readonly key: KeyObject
  private readonly cose: Buffer
  private readonly origin: string
  private user = ''
  private uses = 0

  constructor(origin: string) {
    this.origin = origin
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.key = privateKey
    const { x, y } = publicKey.export({ format: 'jwk' })
    this.cose = cbor(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x!, 'base64url')],
        [-3, Buffer.from(y!, 'base64url')],
      ]),
    )
  }

  private client(type: string, { challenge }: Options, bent: Bent): Buffer {
    return Buffer.from(
      JSON.stringify({
        type,
        challenge: bent.challenge ?? challenge,
        origin: bent.origin ?? this.origin,
        crossOrigin: false,
      }),
    )
  }

  private authData(rpId: string, attested: boolean, bent: Bent): Buffer {
    const flags = 0x01 | (bent.unverified ? 0 : 0x04) | (attested ? 0x40 : 0)
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(++this.uses)
    const length = Buffer.alloc(2)
    length.writeUInt16BE(this.id.length)
    return Buffer.concat([
      sha256(rpId),
      Buffer.from([flags]),
      counter,
      ...(attested ? [Buffer.alloc(16), length, this.id, this.cose] : []),
    ])
  }

  /** Makes the passkey. @returns what the form sends */
  create(options: object, bent: Bent = {}): string {
    const o = options as Options
    this.user = o.user!.id
    const authData = this.authData(o.rp!.id!, true, bent)
    const attestation = cbor(
      new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]),
    )
    return this.sent({
      clientDataJSON: this.client('webauthn.create', o, bent).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    })
  }

  /** Shows it. */
  get(options: object, bent: Bent = {}): string {
    const o = options as Options
    const clientData = this.client('webauthn.get', o, bent)
    const authenticatorData = this.authData(o.rpId ?? o.rp!.id!, false, bent)
    const signature = createSign('sha256')
      .update(Buffer.concat([authenticatorData, sha256(clientData)]))
      .sign(this.key)
    return this.sent({
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authenticatorData.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: this.user,
    })
  }

  private sent(response: object): string {
    const id = this.id.toString('base64url')
    return JSON.stringify({
      id,
      rawId: id,
      type: 'public-key',
      authenticatorAttachment: 'platform',
      clientExtensionResults: {},
      response,
    })
  }
}
