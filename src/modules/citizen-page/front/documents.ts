/** Is this document ours? By its QR code, or by its bytes. */
import { certificatePem, checkBytes, checkDocument, readSignature } from '../../../core/documents/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { paths } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { BytesPage, CheckFormPage, DocumentPage, SIGNING_CERTIFICATE } from './pages/documents.tsx'

const CODE = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/

export function documentRoutes({ pages, platform }: Rooms): void {
  const { packs, crypto, publicUrl } = platform.services

  pages.get(paths.checkDocument, async (r) => CheckFormPage({ view: r.view }))

  pages.post(
    paths.checkDocument,
    async (r) => {
      const upload = (field: string) => r.uploads.find((file) => file.field === field && file.bytes.length > 0)?.bytes
      const [bytes, signature] = [upload('pdf'), upload('signature')]
      const code = CODE.exec((r.body.code ?? '').toLowerCase())?.[0]
      if (r.body.code?.trim() && !code) throw new Refusal('front.document.code_shape', 'invalid', { fields: [{ path: '/code' }] })
      if (signature && !bytes) throw new Refusal('front.document.pdf_missing', 'invalid', { fields: [{ path: '/pdf' }] })
      if (bytes)
        return BytesPage({
          view: r.view,
          pack: packs.inForce(),
          checked: await checkBytes.run(r.call, { bytes, ...(signature ? { signature } : {}) }),
          asked: code ?? null,
        })
      if (code) return `${paths.checkDocument}/${code}`
      throw new Refusal('front.document.nothing', 'invalid', { fields: [{ path: '/code' }] })
    },
    async (r, { errors }) => CheckFormPage({ view: r.view, typed: r.body.code ?? '', errors }),
    { at: () => paths.checkDocument },
  )

  pages.get(`${paths.checkDocument}/:id`, async (r) =>
    DocumentPage({
      view: r.view,
      pack: packs.inForce(),
      document: await checkDocument.run(r.call, { documentId: r.params.id }),
      address: `${publicUrl}${paths.checkDocument}/${r.params.id}`,
    }),
  )

  pages.file(`${paths.checkDocument}/:id/signature`, async (r) => {
    if (!CODE.test(r.params.id ?? '')) throw new Refusal('document.unknown', 'missing')
    const { number, signature } = await readSignature.run(r.call, { documentId: r.params.id })
    return { bytes: signature, mediaType: 'application/octet-stream', name: `${number}.sig`, download: true }
  })

  // A paper of an earlier year needs the key of that year; `openssl` reads the first key of a file and no other.
  pages.file(`${paths.checkDocument}/:id/signing-key.pem`, async (r) => {
    if (!CODE.test(r.params.id ?? '')) throw new Refusal('document.unknown', 'missing')
    const { keyId } = await readSignature.run(r.call, { documentId: r.params.id })
    const pem = crypto.publicKeyPems.get(keyId)
    if (!pem) throw new Refusal('document.unknown', 'missing')
    return { bytes: Buffer.from(pem), mediaType: 'application/x-pem-file', name: 'signing-key.pem', download: true }
  })

  // The current one first, and behind it every earlier one.
  pages.file('/signing-key.pem', async () => ({
    bytes: Buffer.from([...crypto.publicKeyPems.values()].join('')),
    mediaType: 'application/x-pem-file',
    name: 'signing-key.pem',
    download: true,
  }))

  pages.file(SIGNING_CERTIFICATE, async () => ({
    bytes: Buffer.from(certificatePem(crypto.pdfSigner)),
    mediaType: 'application/x-pem-file',
    name: 'signing-certificate.pem',
    download: true,
  }))
}
