import { type Certificate, type LoadedPack, missingOf } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { PageHead, paths, ResidentPage, Row, Rows, Search, Section, Text, Verdict, type View } from '../../../../ui/index.ts'

export interface CertificatesProps {
  view: View
  pack: LoadedPack
  typed: string
  /** What was typed may mean these. */
  found: readonly Certificate[]
}

export function CertificatesPage({ view, pack, typed, found }: CertificatesProps) {
  const { t } = view
  const lists = pack.pack.certificates
  const all = lists?.certificates ?? []
  const may = all.filter(({ list }) => list === 'may')
  const mustNot = all.filter(({ list }) => list === 'must_not')
  return (
    <ResidentPage
      view={view}
      title={typed ? t('certificates.title_of', { typed }) : t('certificates.title')}
      back={{ href: paths.home, label: t('certificates.to_home') }}
    >
      <PageHead title={t('certificates.title')} lead={t('certificates.lead')} />
      <Search
        view={view}
        action={paths.certificates}
        label={t('certificates.question')}
        placeholder={t('certificates.placeholder')}
        value={typed}
      />
      {found.length > 0 && (
        <Section id="found" title={t('certificates.found', { typed })}>
          <CertificateRows view={view} certificates={found} />
        </Section>
      )}
      {typed !== '' && found.length === 0 && <Neither view={view} pack={pack} typed={typed} />}
      {may.length > 0 && (
        <Section id="may" title={t('certificates.may')}>
          <CertificateRows view={view} certificates={may} />
        </Section>
      )}
      {lists && missingOf(lists, 'may') > 0 && (
        <Section id="may-missing" {...(may.length === 0 ? { title: t('certificates.may') } : {})}>
          <Text>{t('certificates.missing_may', { n: missingOf(lists, 'may'), all: lists.counts.may })}</Text>
          <Rows>
            <Row href={`/matters/${lists.matter}`} title={t('certificates.apply')} note={t('certificates.apply_note')} />
          </Rows>
        </Section>
      )}
      {mustNot.length > 0 && (
        <Section id="must-not" title={t('certificates.must_not')}>
          <CertificateRows view={view} certificates={mustNot} />
          {lists && missingOf(lists, 'must_not') > 0 && (
            <Text quiet>
              {t('certificates.missing_must_not', { n: missingOf(lists, 'must_not'), all: lists.counts.must_not })}
            </Text>
          )}
        </Section>
      )}
    </ResidentPage>
  )
}

const CertificateRows = ({ view, certificates }: { view: View; certificates: readonly Certificate[] }) => (
  <Rows>
    {certificates.map(({ code, name, list, go }) => (
      <Row
        key={code}
        href={`${paths.certificates}/${code}`}
        title={pick(name, view.lang)}
        note={list === 'may' || !go ? view.t('certificates.issued') : pick(go, view.lang)}
      />
    ))}
  </Rows>
)

/** On neither list: no answer by guess, and never a dead end. */
function Neither({ view, pack, typed }: { view: View; pack: LoadedPack; typed: string }) {
  const { t, hotline } = view
  const lists = pack.pack.certificates
  return (
    <>
      <Verdict tone="info" title={t('certificates.neither', { typed })} live>
        <p>{t('certificates.neither_text')}</p>
      </Verdict>
      <Rows>
        {hotline && (
          <Row
            href={`tel:${hotline}`}
            icon="phone"
            title={t('certificates.call', { number: hotline })}
            note={t('certificates.call_note')}
          />
        )}
        {lists && (
          <Row href={`/matters/${lists.matter}`} icon="pen" title={t('certificates.ask')} note={t('certificates.ask_note')} />
        )}
      </Rows>
    </>
  )
}
