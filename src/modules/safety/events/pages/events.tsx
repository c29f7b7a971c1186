import type { Emergencies, LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskCard, DeskEmpty, DeskPager, DeskTag, Table } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatShortDateTime } from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import type { FoundEvent } from '../store.ts'
import { figure, STATUS_TONE } from './parts.tsx'

interface Props extends DeskShell {
  pack: LoadedPack
  emergencies: Emergencies
  events: readonly FoundEvent[]
  more: boolean
  page: number
  mayReport: boolean
}

/** What is going on first, then what was. */
export function EventsPage({ pack, emergencies, events, more, page, mayReport, ...shell }: Props) {
  const { view } = shell
  const { t, lang, today } = view
  const nameIn = (rows: readonly { code: string; name: { zh: string; en: string } }[], code: string) => {
    const row = rows.find((one) => one.code === code)
    return row ? pick(row.name, lang) : code
  }
  const from = (page - 1) * 50
  return (
    <DeskPage {...shell} title={t('event.title')}>
      <DeskHead title={t('event.title')} note={t('event.note')}>
        {mayReport && (
          <DeskButton kind="primary" href="/desk/events/new">
            {t('event.open')}
          </DeskButton>
        )}
      </DeskHead>
      {events.length === 0 ? (
        <DeskEmpty title={t('event.none')}>{t('event.none_note')}</DeskEmpty>
      ) : (
        <DeskCard title={t('event.list')} flush>
          <Table<FoundEvent>
            caption={t('event.list')}
            rows={events}
            keyOf={(one) => one.id}
            keys
            stack
            columns={[
              {
                title: t('event.what'),
                cell: (one) => <a href={`/desk/events/${one.id}`}>{nameIn(emergencies.kinds, one.kind)}</a>,
              },
              {
                title: t('event.field.place'),
                cell: (one) => `${one.state.found.place} · ${shortArea(view, pack.areaIn(t, lang, one.area) || one.area)}`,
              },
              { title: t('event.field.learntAt'), cell: (one) => formatShortDateTime(one.learntAt, today) },
              {
                title: t('event.field.level'),
                cell: (one) => (one.state.level ? nameIn(emergencies.levels, one.state.level) : t('event.level_open')),
              },
              {
                title: t('event.casualties'),
                cell: ({ state: { found } }) =>
                  t('event.dead_injured', { dead: figure(view, found.dead), injured: figure(view, found.injured) }),
              },
              {
                title: t('event.status_title'),
                cell: ({ state }) => <DeskTag tone={STATUS_TONE[state.status]}>{t(`event.status.${state.status}`)}</DeskTag>,
              },
            ]}
          />
          {(page > 1 || more) && (
            <DeskPager
              view={view}
              from={from + 1}
              to={from + events.length}
              {...(page > 1 ? { previous: `/desk/events?page=${page - 1}` } : {})}
              {...(more ? { next: `/desk/events?page=${page + 1}` } : {})}
            />
          )}
        </DeskCard>
      )}
    </DeskPage>
  )
}
