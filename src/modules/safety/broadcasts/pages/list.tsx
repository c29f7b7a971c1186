import type { Emergencies, LoadedPack } from '../../../../core/matters/index.ts'
import { DeskButton, DeskCard, DeskEmpty, DeskTag, Table } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatShortDateTime } from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import { standingOf } from '../broadcast.ts'
import type { DeskBroadcast } from '../store.ts'
import { kindName, STANDING_TONE } from './parts.tsx'

interface Props extends DeskShell {
  pack: LoadedPack
  emergencies: Emergencies
  broadcasts: readonly DeskBroadcast[]
  now: Date
  mayDraft: boolean
}

/** What waits to be issued, what holds, what was. */
export function BroadcastsPage({ pack, emergencies, broadcasts, now, mayDraft, ...shell }: Props) {
  const { view } = shell
  const { t, lang, today } = view
  return (
    <DeskPage {...shell} title={t('broadcast.title')}>
      <DeskHead title={t('broadcast.title')} note={t('broadcast.note')}>
        {mayDraft && (
          <DeskButton kind="primary" href="/desk/warnings/new">
            {t('broadcast.write')}
          </DeskButton>
        )}
      </DeskHead>
      {broadcasts.length === 0 ? (
        <DeskEmpty title={t('broadcast.none_yet')} />
      ) : (
        <DeskCard title={t('broadcast.list')} flush>
          <Table<DeskBroadcast>
            caption={t('broadcast.list')}
            rows={broadcasts}
            keyOf={(one) => one.id}
            keys
            stack
            columns={[
              { title: t('broadcast.headline'), cell: (one) => <a href={`/desk/warnings/${one.id}`}>{one.headline}</a> },
              { title: t('broadcast.kind'), cell: (one) => kindName(view, emergencies, one) },
              { title: t('broadcast.area'), cell: (one) => shortArea(view, pack.areaIn(t, lang, one.area) || one.area) },
              { title: t('broadcast.ends'), cell: (one) => formatShortDateTime(one.endsAt, today) },
              {
                title: t('event.status_title'),
                cell: (one) => {
                  const standing = standingOf(one, now)
                  return <DeskTag tone={STANDING_TONE[standing]}>{t(`broadcast.standing.${standing}`)}</DeskTag>
                },
              },
            ]}
          />
        </DeskCard>
      )}
    </DeskPage>
  )
}
