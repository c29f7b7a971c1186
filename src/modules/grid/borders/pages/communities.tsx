/** 网格 at the desk: the communities of a post, each with how its grids lie. */
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { DeskEmpty, DeskPager, DeskTag, Table } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatNumber } from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import { COMMUNITIES_A_PAGE, type CommunityRow } from '../use-cases.ts'

interface Props extends DeskShell {
  pack: LoadedPack
  rows: readonly CommunityRow[]
  page: number
  more: boolean
}

export function CommunitiesPage({ pack, rows, page, more, ...shell }: Props) {
  const { view } = shell
  const { t, lang } = view
  const nameOf = (area: string) => shortArea(view, pack.areaIn(t, lang, area) || area)
  return (
    <DeskPage {...shell} title={t('borders.title')}>
      <DeskHead title={t('borders.title')} note={t('borders.note')} />
      {rows.length === 0 ? (
        <DeskEmpty title={t('borders.none')}>{t('borders.none_why')}</DeskEmpty>
      ) : (
        <div class="card">
          <Table<CommunityRow>
            caption={t('borders.title')}
            rows={rows}
            keyOf={({ area }) => area}
            keys
            stack
            columns={[
              { title: t('borders.community'), cell: ({ area }) => <a href={`/desk/grids/${area}`}>{nameOf(area)}</a> },
              { title: t('borders.grids'), right: true, cell: ({ grids }) => t('borders.grids_n', { n: grids }) },
              { title: t('borders.homes'), right: true, cell: ({ homes }) => t('borders.homes_n', { n: formatNumber(homes) }) },
              { title: t('borders.workers'), cell: (row) => <Workers row={row} t={t} /> },
              { title: t('borders.fit'), cell: (row) => <Stand row={row} t={t} /> },
            ]}
          />
          {(page > 1 || more) && (
            <DeskPager
              view={view}
              from={(page - 1) * COMMUNITIES_A_PAGE + 1}
              to={(page - 1) * COMMUNITIES_A_PAGE + rows.length}
              {...(page > 1 ? { previous: `/desk/grids?page=${page - 1}` } : {})}
              {...(more ? { next: `/desk/grids?page=${page + 1}` } : {})}
            />
          )}
        </div>
      )}
    </DeskPage>
  )
}

function Workers({ row: { grids, unassigned, workers }, t }: { row: CommunityRow; t: DeskShell['view']['t'] }) {
  return (
    <>
      {workers.join(t('desk.join'))}{' '}
      {unassigned > 0 && <DeskTag tone="warn">{t('borders.unassigned_n', { n: unassigned })}</DeskTag>}
      {grids === 0 && t('borders.no_worker')}
    </>
  )
}

function Stand({ row: { grids, overlaps, gaps, outlineKnown }, t }: { row: CommunityRow; t: DeskShell['view']['t'] }) {
  if (grids === 0) return <DeskTag tone="warn">{t('borders.no_grids')}</DeskTag>
  if (overlaps + gaps === 0)
    return <DeskTag tone={outlineKnown ? 'good' : 'info'}>{t(outlineKnown ? 'borders.fits' : 'borders.fits_as_far')}</DeskTag>
  return (
    <>
      {overlaps > 0 && <DeskTag tone="bad">{t('borders.overlaps_n', { n: overlaps })}</DeskTag>}{' '}
      {gaps > 0 && <DeskTag tone="warn">{t('borders.gaps_n', { n: gaps })}</DeskTag>}
    </>
  )
}
