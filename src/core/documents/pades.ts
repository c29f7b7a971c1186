/**
 * A signature inside the PDF (PAdES baseline B-B, ETSI EN 319 142-1), which a PDF reader checks by itself. Its certificate is the
 * platform's own and no authority vouches for it: a reader says "unchanged", and who signed is known by the certificate that the
 * platform publishes. A qualified seal of an office replaces `PdfSigner` and the certificate, and nothing else.
 */
import { createHash } from 'node:crypto'
import { BitString, Integer, ObjectIdentifier, OctetString, Sequence, Utf8String } from 'asn1js'
import {
  AlgorithmIdentifier,
  Attribute,
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  Extension,
  IssuerAndSerialNumber,
  PublicKeyInfo,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
  Time,
} from 'pkijs'
import type { PdfSigner } from '../../platform/crypto/crypto.ts'

const OID = {
  commonName: '2.5.4.3',
  ecPublicKey: '1.2.840.10045.2.1',
  p256: '1.2.840.10045.3.1.7',
  ecdsaSha256: '1.2.840.10045.4.3.2',
  sha256: '2.16.840.1.101.3.4.2.1',
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  /** ESS (RFC 5035): binds the certificate to what is signed; PAdES requires it. */
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
}

/** Bytes kept free in the file: certificate and signature take about 1,100. */
const ROOM = 3000
/** As wide as any offset of a file that is allowed. */
const BLANK = 9_999_999_999
const BLANKS = `[0 ${BLANK} ${BLANK} ${BLANK}]`

/** RFC 5280, 4.1.2.5: no end is known. A key that was put away says so on the check page. */
const FROM = new Date('2026-01-01T00:00:00Z')
const NO_END = new Date('9999-12-31T23:59:59Z')

const algorithm = (id: string) => new AlgorithmIdentifier({ algorithmId: id })
const sha256 = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(createHash('sha256').update(bytes).digest())
const derOf = (node: { toBER(): ArrayBuffer }): Uint8Array<ArrayBuffer> => new Uint8Array(node.toBER())
/** Also of what a hash or a signature is, whose buffer may be shared. */
const own = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

/** The same for the same key, byte for byte. */
function certificateOf(signer: PdfSigner): Certificate {
  const certificate = new Certificate({ version: 2 })
  certificate.serialNumber = Integer.fromBigInt(BigInt(`0x${signer.keyId}`))
  for (const name of [certificate.issuer, certificate.subject])
    name.typesAndValues.push(
      new AttributeTypeAndValue({ type: OID.commonName, value: new Utf8String({ value: `Kaifong ${signer.keyId}` }) }),
    )
  certificate.notBefore = new Time({ type: 0, value: FROM })
  certificate.notAfter = new Time({ type: 1, value: NO_END })
  certificate.subjectPublicKeyInfo = new PublicKeyInfo({
    algorithm: new AlgorithmIdentifier({
      algorithmId: OID.ecPublicKey,
      algorithmParams: new ObjectIdentifier({ value: OID.p256 }),
    }),
    subjectPublicKey: new BitString({ valueHex: own(signer.publicKey) }),
  })
  const usage = new BitString({ valueHex: own(Uint8Array.of(0b1100_0000)), unusedBits: 6 }) // digitalSignature, nonRepudiation
  const extension = (extnID: string, value: { toBER(): ArrayBuffer }) =>
    new Extension({ extnID, critical: true, extnValue: value.toBER() })
  certificate.extensions = [
    extension(OID.basicConstraints, new BasicConstraints({ cA: false }).toSchema()),
    extension(OID.keyUsage, usage),
  ]
  certificate.signature = algorithm(OID.ecdsaSha256)
  certificate.signatureAlgorithm = algorithm(OID.ecdsaSha256)
  const tbs = certificate.encodeTBS().toBER()
  certificate.tbsView = new Uint8Array(tbs)
  certificate.signatureValue = new BitString({ valueHex: own(signer.sign(new Uint8Array(tbs))) })
  return certificate
}

const certificates = new WeakMap<PdfSigner, { certificate: Certificate; der: Uint8Array }>()
function certified(signer: PdfSigner) {
  let known = certificates.get(signer)
  if (!known) {
    const certificate = certificateOf(signer)
    known = { certificate, der: derOf(certificate.toSchema(true)) }
    certificates.set(signer, known)
  }
  return known
}

/** The certificate as PEM, for the list of trusted certificates of a PDF reader. */
export const certificatePem = (signer: PdfSigner): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(certified(signer).der).toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`

/** CMS SignedData (DER) over bytes that it does not hold. */
function signatureOver(bytes: Uint8Array, signer: PdfSigner): Uint8Array {
  const { certificate, der } = certified(signer)
  const attribute = (type: string, value: unknown) => new Attribute({ type, values: [value] })
  const attributes = [
    attribute(OID.contentType, new ObjectIdentifier({ value: OID.data })),
    attribute(OID.messageDigest, new OctetString({ valueHex: own(sha256(bytes)) })),
    attribute(
      OID.signingCertificateV2,
      // SHA-256 is the default of the hash and left out, as DER wants it.
      new Sequence({
        value: [new Sequence({ value: [new Sequence({ value: [new OctetString({ valueHex: own(sha256(der)) })] })] })],
      }),
    ),
  ]
  // DER sorts a set by its encodings.
  attributes.sort((a, b) => Buffer.compare(derOf(a.toSchema()), derOf(b.toSchema())))
  const signed = new SignedAndUnsignedAttributes({ type: 0, attributes })
  const encoded = derOf(signed.toSchema())
  encoded[0] = 0x31 // what is signed is the set, not its place in the message (RFC 5652, 5.4)
  const info = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
    digestAlgorithm: algorithm(OID.sha256),
    signedAttrs: signed,
    signatureAlgorithm: algorithm(OID.ecdsaSha256),
    signature: new OctetString({ valueHex: own(signer.sign(encoded)) }),
  })
  const data = new SignedData({
    version: 1,
    digestAlgorithms: [algorithm(OID.sha256)],
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: OID.data }),
    certificates: [certificate],
    signerInfos: [info],
  })
  return derOf(new ContentInfo({ contentType: OID.signedData, content: data.toSchema(true) }).toSchema())
}

/** Makes room for a signature in a document that is not ended yet. It is seen on no page. */
export function reserveSignature(doc: PDFKit.PDFDocument, { name, at }: { name: string; at: Date }): void {
  const end = (data: Record<string, unknown>) => {
    const reference = doc.ref(data)
    reference.end(undefined as never)
    return reference
  }
  const signature = end({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    ByteRange: [0, BLANK, BLANK, BLANK],
    Contents: new Uint8Array(ROOM),
    M: at,
    Name: new String(name),
  })
  // A widget of no size needs no picture of its own (ISO 19005-2, 6.3.3); 132: printed and locked.
  const field = end({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    T: new String('signature'),
    F: 132,
    Rect: [0, 0, 0, 0],
    V: signature,
    P: doc.page.dictionary,
  })
  doc.page.annotations.push(field)
  doc.initForm()
  // pdfkit writes fields of its own only. Pictures that a reader draws anew are no part of PDF/A (ISO 19005-2, 6.4.1).
  const root = (doc as unknown as { _root: { data: { AcroForm: { data: Record<string, unknown> } } } })._root
  Object.assign(root.data.AcroForm.data, { Fields: [field], SigFlags: 3, NeedAppearances: undefined })
}

/** @param pdf with room from `reserveSignature` @returns the same bytes with the signature in its room */
export function signInside(pdf: Buffer, signer: PdfSigner): Buffer {
  const [blanks, contents] = [pdf.indexOf(`/ByteRange ${BLANKS}`), pdf.indexOf(`/Contents <${'0'.repeat(2 * ROOM)}>`)]
  if (blanks < 0 || contents < 0) throw new Error('documents: no room for a signature in this PDF')
  const from = contents + '/Contents '.length
  const to = from + 2 * ROOM + 2
  const ranges = `[0 ${from} ${to} ${pdf.length - to}]`.padEnd(BLANKS.length)
  const out = Buffer.from(pdf)
  out.write(ranges, blanks + '/ByteRange '.length, 'latin1')
  const der = signatureOver(Buffer.concat([out.subarray(0, from), out.subarray(to)]), signer)
  if (der.length > ROOM) throw new Error(`documents: a signature of ${der.length} bytes, and room for ${ROOM}`)
  out.write(Buffer.from(der).toString('hex'), from + 1, 'latin1')
  return out
}
