/**
 * The signature of a document: detached, Ed25519, over exactly the bytes of the PDF, with nothing around them. Hence
 * an outsider needs no program of ours: `openssl pkeyutl -verify -rawin -pubin -inkey key.pem -in a.pdf -sigfile a.sig`.
 */
import { createPublicKey, verify } from 'node:crypto'
import type { CryptoProvider } from '../../platform/crypto/crypto.ts'

export interface DocumentSignature {
  /** 64 bytes */
  signature: Buffer
  /** Which key, so that a document stays checkable after a newer key came. */
  keyId: string
}

export const signDocument = (pdf: Uint8Array, crypto: Pick<CryptoProvider, 'sign' | 'signingKeyId'>): DocumentSignature => ({
  signature: crypto.sign(pdf),
  keyId: crypto.signingKeyId,
})

/** False for another document, signature or key; throws only when `publicKeyPem` is no public key. */
export const verifyDocument = (pdf: Uint8Array, signature: Uint8Array, publicKeyPem: string): boolean =>
  verify(null, pdf, createPublicKey(publicKeyPem), signature)

/** @returns the id of the key that made it, today's or an earlier one; null when none of ours did */
export function signerOf(pdf: Uint8Array, signature: Uint8Array, crypto: Pick<CryptoProvider, 'publicKeyPems'>): string | null {
  for (const [id, pem] of crypto.publicKeyPems) if (verifyDocument(pdf, signature, pem)) return id
  return null
}
