/** For anyone who holds a document: is it ours, and byte for byte what was issued? */
import { createHash } from 'node:crypto'
import Type from 'typebox'
import { sql } from '../../platform/database/tx.ts'
import { Id } from '../../platform/id.ts'
import { Refusal } from '../../platform/refusal.ts'
import { query } from '../../platform/use-case/use-case.ts'
import { signerOf } from './sign.ts'
import type { PublicDocument } from './use-cases.ts'

const ANYONE = ['public', 'resident', 'officer', 'staff'] as const
const Bytes = Type.Unsafe<Uint8Array>({})

export interface BytesChecked {
  /** SHA-256 of what was given, in hex. */
  sha256: string
  /** The document whose bytes these are; null when none was issued with them. */
  document: PublicDocument | null
  /** Of the signature that was given with it; null when none was. */
  signatureValid: boolean | null
  /**
   * Its key was put away, since when where that is known. Such a key may have leaked, and then the signature alone proves
   * nothing: the register decides, which is `document`.
   */
  keyRetired: { since: Date | null } | null
}

/** Nothing of what is given is kept. */
export const checkBytes = query({
  operation: 'documents.check-bytes',
  permission: null,
  actors: ANYONE,
  input: Type.Object({ bytes: Bytes, signature: Type.Optional(Bytes) }),
  output: Type.Unsafe<BytesChecked>({}),
  async run({ tx, call }, { bytes, signature }) {
    const hash = createHash('sha256').update(bytes).digest()
    const document = await tx.maybe(
      sql<PublicDocument>`select c.* from documents.document_of_bytes(${hash}) found(id), documents.check_document(found.id) c`,
    )
    const { crypto } = call.platform.services
    const signer = signature?.length === 64 ? signerOf(bytes, signature, crypto) : null
    const since = signer === null ? undefined : crypto.retiredSigning.get(signer)
    return {
      sha256: hash.toString('hex'),
      document: document ?? null,
      signatureValid: signature ? signer !== null : null,
      keyRetired: since === undefined ? null : { since },
    }
  },
})

export interface SignatureOut {
  number: string
  signature: Buffer
  keyId: string
}

/** The 64 bytes that `openssl pkeyutl -verify` takes beside the PDF and the public key. */
export const readSignature = query({
  operation: 'documents.read-signature',
  permission: null,
  actors: ANYONE,
  input: Type.Object({ documentId: Id }),
  output: Type.Unsafe<SignatureOut>({}),
  async run({ tx }, { documentId }) {
    const row = await tx.maybe(
      sql<SignatureOut>`select number, signature, key_id as "keyId" from documents.signature_of(${documentId})`,
    )
    if (!row) throw new Refusal('document.unknown', 'missing')
    return row
  },
})
