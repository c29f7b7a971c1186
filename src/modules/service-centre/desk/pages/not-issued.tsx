import { type CasePage, notIssued } from '../../../../core/cases/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { Note } from '../../../../ui/desk/index.ts'
import { paths, type View } from '../../../../ui/index.ts'

/** What is asked for is no committee's: said before anybody accepts it, with whom the applicant is sent to. */
export function NotIssued({ view, page, pack }: { view: View; page: CasePage; pack: LoadedPack }) {
  const { t, lang } = view
  const certificate = notIssued(pack, page.matter, page.answers)
  if (!certificate || page.found.state.decidedAt) return null
  return (
    <Note tone="warn">
      <p>{t('desk.certificates.not_issued', { name: pick(certificate.name, lang) })}</p>
      {certificate.go && <p>{t('desk.certificates.organ', { go: pick(certificate.go, lang) })}</p>}
      <p>
        <a href={`${paths.certificates}/${certificate.code}`}>{t('desk.certificates.print')}</a>
      </p>
    </Note>
  )
}
