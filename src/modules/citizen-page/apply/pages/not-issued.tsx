import { type DraftView, notIssued } from '../../../../core/cases/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { Inset, paths, type View } from '../../../../ui/index.ts'

/** The certificate that she named is no committee's: where to go instead. She may send it all the same. */
export function NotIssued({ view, pack, draft }: { view: View; pack: LoadedPack; draft: DraftView['draft'] }) {
  const { t, lang } = view
  const certificate = notIssued(pack, draft.matter, draft.answers)
  if (!certificate) return null
  return (
    <Inset>
      <p>{t('apply.not_issued', { name: pick(certificate.name, lang) })}</p>
      {certificate.go && <p>{pick(certificate.go, lang)}</p>}
      <p>
        <a class="govuk-link" href={`${paths.certificates}/${certificate.code}`}>
          {t('apply.not_issued_more')}
        </a>
      </p>
    </Inset>
  )
}
