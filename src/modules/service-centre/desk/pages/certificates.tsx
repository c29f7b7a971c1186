import { type Certificate, type LoadedPack, missingOf } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskCard, DeskEmpty, DeskSearch, DeskTag, Note, Table } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, paths, type View } from '../../../../ui/index.ts'
import type { DeskShell } from '../shell.ts'

/** What somebody at the counter was told to bring: issued by the committee or not, and the page to print for her. */
export function DeskCertificatesPage({
  pack,
  typed,
  found,
  ...shell
}: DeskShell & { pack: LoadedPack; typed: string; found: readonly Certificate[] }) {
  const { t } = shell.view
  const lists = pack.pack.certificates
  const shown = typed === '' ? (lists?.certificates ?? []) : found
  return (
    <DeskPage {...shell} title={t('desk.certificates.title')}>
      <DeskHead title={t('desk.certificates.title')} note={t('desk.certificates.note')} />
      <div class="k-actions">
        <DeskSearch
          action="/desk/certificates"
          label={t('desk.certificates.question')}
          placeholder={t('desk.certificates.question')}
          value={typed}
        />
      </div>
      {lists && (
        <Note>
          {t('desk.certificates.missing', {
            may: missingOf(lists, 'may'),
            allMay: lists.counts.may,
            mustNot: missingOf(lists, 'must_not'),
            allMustNot: lists.counts.must_not,
          })}
        </Note>
      )}
      {shown.length > 0 ? (
        <DeskCard title={t(typed === '' ? 'desk.certificates.all' : 'desk.certificates.found')} flush>
          <CertificateTable view={shell.view} rows={shown} />
        </DeskCard>
      ) : (
        <DeskEmpty title={t('desk.certificates.neither', { typed })}>{t('desk.certificates.neither_text')}</DeskEmpty>
      )}
    </DeskPage>
  )
}

function CertificateTable({ view, rows }: { view: View; rows: readonly Certificate[] }) {
  const { t, lang } = view
  return (
    <Table<Certificate>
      caption={t('desk.certificates.all')}
      keyOf={({ code }) => code}
      rows={rows}
      stack
      columns={[
        { title: t('desk.certificates.name'), cell: ({ name }) => <b>{pick(name, lang)}</b> },
        {
          title: t('desk.certificates.list'),
          cell: ({ list }) => (
            <DeskTag tone={list === 'may' ? 'good' : 'warn'}>
              {t(list === 'may' ? 'desk.certificates.may' : 'desk.certificates.must_not')}
            </DeskTag>
          ),
        },
        { title: t('desk.certificates.go'), cell: ({ go }) => (go ? pick(go, lang) : '') },
        {
          title: t('desk.certificates.page'),
          cell: ({ code }) => <a href={`${paths.certificates}/${code}`}>{t('desk.certificates.print')}</a>,
        },
      ]}
    />
  )
}
