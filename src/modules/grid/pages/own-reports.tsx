import type { LoadedPack } from '../../../core/matters/index.ts'
import {
  Actions,
  Button,
  Empty,
  formatDateTime,
  PageHead,
  paths,
  ResidentPage,
  Row,
  Rows,
  Tag,
  type View,
} from '../../../ui/index.ts'
import type { OwnReport } from '../use-cases/follow.ts'
import { className, standOf } from './saying.ts'

export function OwnReportsPage({
  view,
  pack,
  rows,
  now,
}: {
  view: View
  pack: LoadedPack
  rows: readonly OwnReport[]
  now: Date
}) {
  const { t, lang, today } = view
  return (
    <ResidentPage view={view} title={t('own_reports.title')} back={{ href: paths.me, label: t('ui.me') }}>
      <PageHead title={t('own_reports.title')} lead={t('own_reports.lead')} />
      {rows.length === 0 ? (
        <Empty icon="pin" title={t('own_reports.none')} next={{ href: paths.report, label: t('around.report') }}>
          {t('own_reports.none_text')}
        </Empty>
      ) : (
        <Rows>
          {rows.map((one) => {
            const { words, tone } = standOf(view, { ...one, dueAt: null }, now)
            return (
              <Row
                key={one.token}
                href={`${paths.report}/${one.token}`}
                title={className(pack, one.classCode, view)}
                note={`${one.number} · ${formatDateTime(one.reportedAt, lang, today)}`}
                tag={<Tag tone={tone}>{words}</Tag>}
              />
            )
          })}
        </Rows>
      )}
      <Actions>
        <Button href={paths.report} icon="plus">
          {t('around.report')}
        </Button>
      </Actions>
    </ResidentPage>
  )
}
