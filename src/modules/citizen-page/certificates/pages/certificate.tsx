import type { Certificate, LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import {
  Actions,
  Button,
  Facts,
  Inset,
  PageHead,
  paths,
  ResidentPage,
  Section,
  Text,
  Verdict,
  type View,
} from '../../../../ui/index.ts'

export interface CertificateProps {
  view: View
  pack: LoadedPack
  certificate: Certificate
}

/** One certificate. Of one that the committee must not issue it is the page to print and hand over. */
export function CertificatePage({ view, pack, certificate }: CertificateProps) {
  const { t, lang } = view
  const { certificates: lists, bases } = pack.pack
  const name = pick(certificate.name, lang)
  const may = certificate.list === 'may'
  const basis = bases.find(({ code }) => code === lists?.document)
  return (
    <ResidentPage view={view} title={name} back={{ href: paths.certificates, label: t('certificates.title') }}>
      <PageHead title={name} />
      <Verdict tone={may ? 'good' : 'info'} title={t(may ? 'certificates.is_issued' : 'certificates.is_not_issued')}>
        <p>{t(may ? 'certificates.is_issued_text' : 'certificates.is_not_issued_text')}</p>
      </Verdict>
      {may && lists && (
        <Actions>
          <Button href={`/matters/${lists.matter}`}>{t('certificates.apply')}</Button>
        </Actions>
      )}
      {certificate.go && (
        <Section id="go" title={t('certificates.go')}>
          <Text>{pick(certificate.go, lang)}</Text>
        </Section>
      )}
      {!may && (
        <Section id="say" title={t('certificates.say')}>
          <Inset>
            <p>{t('certificates.say_text', { name, basis: basis ? `《${basis.title.zh}》（${basis.number}）` : '' })}</p>
            {certificate.go && <p>{t('certificates.say_go', { go: pick(certificate.go, lang) })}</p>}
          </Inset>
          <Text quiet>{t('certificates.print')}</Text>
        </Section>
      )}
      <Facts
        facts={[
          ...(basis && may ? [{ name: t('certificates.basis'), value: `${pick(basis.title, lang)} ${basis.number}` }] : []),
          {
            name: t('certificates.checked'),
            value: t(certificate.verified ? 'certificates.verified' : 'certificates.unverified'),
          },
        ]}
      />
    </ResidentPage>
  )
}
