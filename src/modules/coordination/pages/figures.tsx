import { type LoadedPack, organisationIn } from '../../../core/matters/index.ts'
import { dayOf } from '../../../platform/time.ts'
import { DeskEmpty, Table } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatDate } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import type { UnitFigures } from '../use-cases/look.ts'

interface Props extends DeskShell {
  since: Date
  units: readonly UnitFigures[]
  pack: LoadedPack
}

/** How units answered, out of how many; no rank, and nothing that can be done for its own sake. */
export function FiguresPage({ since, units, pack, ...shell }: Props) {
  const { view } = shell
  const { t, lang, today } = view
  const of = (part: number, whole: number): string =>
    whole === 0 ? t('whistles.figure.none') : t('whistles.figure.of', { part, whole })
  return (
    <DeskPage {...shell} title={t('whistles.figures')}>
      <DeskHead
        title={t('whistles.figures')}
        crumbs={[{ href: '/desk/whistles', label: t('whistles.title') }]}
        note={t('whistles.figure.since', { day: formatDate(dayOf(since), lang, today) })}
      />
      {units.length === 0 ? (
        <DeskEmpty title={t('whistles.none')}>{t('whistles.figure.none_yet')}</DeskEmpty>
      ) : (
        <div class="card">
          <Table<UnitFigures>
            caption={t('whistles.figures')}
            stack
            rows={units}
            keyOf={({ unitId }) => unitId}
            columns={[
              { title: t('whistles.figure.unit'), cell: ({ unitName }) => organisationIn(pack, view, unitName) },
              {
                title: t('whistles.figure.answered'),
                right: true,
                cell: ({ inTime, late, unanswered }) => of(inTime, inTime + late + unanswered),
              },
              { title: t('whistles.figure.unanswered'), right: true, cell: ({ unanswered }) => String(unanswered) },
              {
                title: t('whistles.figure.done'),
                right: true,
                cell: ({ doneInTime, doneLate }) => of(doneInTime, doneInTime + doneLate),
              },
              { title: t('whistles.figure.not_its_own'), right: true, cell: ({ notItsOwn }) => String(notItsOwn) },
              {
                title: t('whistles.figure.rating'),
                right: true,
                cell: ({ stars, rated }) =>
                  stars === null ? t('whistles.figure.none') : t('whistles.figure.stars', { stars, n: rated }),
              },
            ]}
          />
          <p class="card-body k-quiet">{t('whistles.figure.note')}</p>
        </div>
      )}
    </DeskPage>
  )
}
