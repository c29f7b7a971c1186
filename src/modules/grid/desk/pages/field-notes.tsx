/** What workers wrote down on their rounds: for work, and counted nowhere. */
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { DeskButton, DeskCard, DeskEmpty, DeskPager, DeskTag } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatDateTime } from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import type { FieldNote } from '../../field/use-cases/notes.ts'
import type { Found } from '../../store.ts'

interface Props extends DeskShell {
  pack: LoadedPack
  rows: readonly FieldNote[]
  more: boolean
  page: number
  /** Of one incident alone. */
  about: Found | null
}

const NOTES = '/desk/incidents/notes'
const PAGE = 25

export function FieldNotesPage({ pack, rows, more, page, about, ...shell }: Props) {
  const { view } = shell
  const { t, lang, today } = view
  const at = (n: number) => `${NOTES}?${new URLSearchParams({ page: String(n), ...(about ? { incident: about.id } : {}) })}`
  const crumbs = [
    { href: '/desk/incidents', label: t('incident_desk.title') },
    ...(about ? [{ href: `/desk/incidents/${about.id}`, label: about.number }] : []),
  ]
  return (
    <DeskPage {...shell} current="/desk/incidents" title={t('field_notes.title')}>
      <DeskHead crumbs={crumbs} title={t('field_notes.title')} note={t('field_notes.note')}>
        {about && <DeskButton href={NOTES}>{t('field_notes.all')}</DeskButton>}
      </DeskHead>
      {rows.length === 0 ? (
        <DeskEmpty title={t('field_notes.none')}>{t('field_notes.none_why')}</DeskEmpty>
      ) : (
        <>
          {rows.map((one) => (
            <DeskCard
              key={one.id}
              title={t(`field_notes.kind.${one.kind}`)}
              note={shortArea(view, pack.areaIn(t, lang, one.area))}
              {...(one.recovered ? { aside: <DeskTag tone="warn">{t('field_notes.recovered')}</DeskTag> } : {})}
            >
              {one.said && <p>{t('field_notes.said', { what: t(`field_notes.answered.${one.said}`) })}</p>}
              <p>{one.words || <i>{t('incident_desk.said_nothing')}</i>}</p>
              <p class="k-quiet">
                {t('field_notes.seen_at', { at: formatDateTime(one.seenAt, lang, today) })}
                {' · '}
                {t('field_notes.received_at', { at: formatDateTime(one.receivedAt, lang, today) })}
                {one.incidentId && one.number && (
                  <>
                    {' · '}
                    <a href={`/desk/incidents/${one.incidentId}`}>{one.number}</a>
                  </>
                )}
                {one.taskId && (
                  <>
                    {' · '}
                    <a href={`/desk/tasks/${one.taskId}`}>{t('field_notes.task')}</a>
                  </>
                )}
              </p>
            </DeskCard>
          ))}
          <DeskPager
            view={view}
            from={(page - 1) * PAGE + 1}
            to={(page - 1) * PAGE + rows.length}
            {...(page > 1 ? { previous: at(page - 1) } : {})}
            {...(more ? { next: at(page + 1) } : {})}
          />
        </>
      )}
    </DeskPage>
  )
}
