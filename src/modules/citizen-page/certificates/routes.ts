/** 居委会证明: what the committee issues, what it must not, and where to go instead. For everybody. */
import { findCertificates } from '../../../core/matters/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { paths } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { CertificatePage } from './pages/certificate.tsx'
import { CertificatesPage } from './pages/certificates.tsx'

export function certificateRoutes({ pages, platform }: Rooms): void {
  const { packs } = platform.services

  pages.get(paths.certificates, async (r) => {
    const typed = String(r.query.q ?? '')
      .trim()
      .slice(0, 200)
    const pack = packs.inForce()
    return CertificatesPage({ view: r.view, pack, typed, found: findCertificates(pack, typed) })
  })

  pages.get(`${paths.certificates}/:code`, async (r) => {
    const pack = packs.inForce()
    const certificate = pack.pack.certificates?.certificates.find(({ code }) => code === r.params.code)
    if (!certificate) throw new Refusal('certificate.not_found', 'missing')
    return CertificatePage({ view: r.view, pack, certificate })
  })
}
