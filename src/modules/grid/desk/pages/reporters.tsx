import { DeskCard, DeskEmpty, Note, Table } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatDateTime } from '../../../../ui/index.ts'
import type { DeskShell } from '../../../service-centre/index.ts'
import type { Found } from '../../store.ts'
import type { Reporter } from '../../use-cases/read-incident.ts'

/** Who reported: opened apart, and on record. */
export function ReportersPage({ found, reporters, ...shell }: DeskShell & { found: Found; reporters: readonly Reporter[] }) {
  const { view } = shell
  const { t, lang, today } = view
  const reachable = reporters.filter(({ name, phone }) => name || phone)
  return (
    <DeskPage {...shell} title={t('incident_desk.who_title')}>
      <DeskHead crumbs={[{ href: `/desk/incidents/${found.id}`, label: found.number }]} title={t('incident_desk.who_title')} />
      <Note>{t('incident_desk.who_note')}</Note>
      {reachable.length === 0 ? (
        <DeskEmpty title={t('incident_desk.nobody')} />
      ) : (
        <DeskCard title={t('incident_desk.who_title')} flush>
          <Table
            caption={t('incident_desk.who_title')}
            stack
            rows={reachable}
            keyOf={(one) => one.reportId}
            columns={[
              { title: t('incident_desk.name'), cell: (one) => one.name },
              {
                title: t('incident_desk.phone'),
                cell: (one) => one.phone && <a href={`tel:${one.phone.replaceAll(/[^\d+]/g, '')}`}>{one.phone}</a>,
              },
              { title: t('incident_desk.reported'), cell: (one) => formatDateTime(one.reportedAt, lang, today) },
            ]}
          />
        </DeskCard>
      )}
    </DeskPage>
  )
}
