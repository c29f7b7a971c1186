/** What may be the same thing: an officer says that it is. */
import { DeskButton, DeskCard, Table } from '../../../../ui/desk/index.ts'
import { Form, formatDateTime } from '../../../../ui/index.ts'
import type { Alike } from '../../store.ts'
import type { IncidentProps } from './incident.tsx'

export function AlikeCard({ view, pack, page, newKey, now: _, ...rest }: IncidentProps) {
  const { t, lang, today } = view
  const { metres, hours } = pack.incidents.near
  const mayLink = page.may.link === true
  return (
    <DeskCard title={t('incident_desk.alike')} note={t('incident_desk.alike_note', { metres, hours })} flush>
      <Form view={view} action={`/desk/incidents/${page.found.id}/act`} idempotencyKey={`${newKey}-link`}>
        <input type="hidden" name="act" value="link" />
        <Table<Alike>
          caption={t('incident_desk.alike')}
          stack
          rows={page.alike}
          keyOf={(one) => one.id}
          columns={[
            ...(mayLink
              ? [
                  {
                    title: t('incident_desk.do.link'),
                    cell: (one: Alike) => (
                      <input
                        type="checkbox"
                        name={`child-${one.id}`}
                        value="yes"
                        aria-label={`${t('incident_desk.do.link')} ${one.number}`}
                        checked={rest.body[`child-${one.id}`] === 'yes'}
                      />
                    ),
                  },
                ]
              : []),
            {
              title: t('incident_desk.number'),
              cell: (one) => (
                <a class="num" href={`/desk/incidents/${one.id}`}>
                  {one.number}
                </a>
              ),
            },
            {
              title: t('incident_desk.reports'),
              cell: (one) => t('incident_desk.alike_row', { metres: one.metres, reports: one.reports }),
            },
            { title: t('incident_desk.reported'), cell: (one) => formatDateTime(one.reportedAt, lang, today) },
          ]}
        />
        {mayLink && (
          <div class="card-body">
            <DeskButton>{t('incident_desk.link_chosen')}</DeskButton>
          </div>
        )}
      </Form>
    </DeskCard>
  )
}
