/** How many cases are where: whole numbers of cases, each with its formula in words. */
import type { FigureRow, Figures } from '../../../../core/cases/index.ts'
import { type Column, DeskButton, DeskCard, Kpi, Kpis, Lines, Table, type TableProps, Two } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatDateTime, formatNumber, type View } from '../../../../ui/index.ts'
import type { FigureTable } from '../../../rooms.ts'
import type { DeskShell } from '../../desk/shell.ts'

const COUNTS = ['open', 'due', 'overdue', 'excluded'] as const

export interface FiguresProps extends DeskShell {
  figures: Figures
  /** Work that is no case. */
  work: readonly FigureTable[]
  /** A post whose lines have no matters has no cases to count. */
  hasCases: boolean
  areaOf: (code: string) => string
  /** The area that is shown, and the ones above it that the post may see. */
  title: string
  above: readonly { href: string; label: string }[]
  lines: readonly string[]
  at: Date
  nameOf: (row: { code: string; name: string }) => string
  matterName: (code: string) => string
  hrefOf: (code: string) => string | null
  /** Communities lead to the work list. */
  listed: boolean
}

export function FiguresPage({
  figures,
  work,
  hasCases,
  areaOf,
  title,
  above,
  lines,
  at,
  nameOf,
  matterName,
  hrefOf,
  listed,
  ...shell
}: FiguresProps) {
  const { view } = shell
  const { t, lang, today } = view
  return (
    <DeskPage {...shell} title={t('figures.title')}>
      <DeskHead title={title} crumbs={above} note={t('figures.as_of', { at: formatDateTime(at, lang, today) })} />
      {hasCases && <CaseFigures {...{ view, figures, lines, nameOf, matterName, hrefOf, listed }} />}
      {work.map((one) => (
        <WorkTable key={one.code} view={view} of={one} areaOf={areaOf} />
      ))}
    </DeskPage>
  )
}

/** One kind of work, area by area, with its sum. */
function WorkTable({ view: { t }, of, areaOf }: { view: View; of: FigureTable; areaOf: (code: string) => string }) {
  const sum = { code: '', cells: of.total, late: false }
  return (
    <DeskCard
      title={of.title}
      note={of.note}
      flush
      {...(of.href
        ? {
            aside: (
              <DeskButton small href={of.href}>
                {t('figures.open_list')}
              </DeskButton>
            ),
          }
        : {})}
    >
      {of.rows.length === 0 ? (
        <p class="card-body">{t('figures.none_open')}</p>
      ) : (
        <Table
          caption={of.title}
          stack
          rows={[...of.rows, sum]}
          keyOf={({ code }) => code}
          toneOf={({ late }) => (late ? 'bad' : undefined)}
          columns={[
            { title: t('figures.area'), cell: ({ code }) => (code === '' ? <b>{t('figures.sum')}</b> : areaOf(code)) },
            ...of.columns.map(
              (title, at): Column<FigureTable['rows'][number]> => ({ title, right: true, cell: ({ cells }) => cells[at] }),
            ),
          ]}
        />
      )}
    </DeskCard>
  )
}

type CaseProps = Pick<FiguresProps, 'view' | 'figures' | 'lines' | 'nameOf' | 'matterName' | 'hrefOf' | 'listed'>
function CaseFigures({ view, figures, lines, nameOf, matterName, hrefOf, listed }: CaseProps) {
  const { t } = view
  const n = (value: number) => formatNumber(value)
  const tone = (row: FigureRow) => (row.overdue > 0 ? 'bad' : undefined)
  const counts = COUNTS.map(
    (key): Column<FigureRow> => ({
      title: t(`figures.${key}`),
      right: true,
      quiet: key === 'excluded',
      cell: (row) => n(row[key]),
    }),
  )
  const table = (of: Omit<TableProps<FigureRow>, 'keyOf' | 'toneOf'>) => <Table {...of} keyOf={(row) => row.code} toneOf={tone} />
  return (
    <>
      <Kpis>
        {COUNTS.map((key) => (
          <Kpi key={key} view={view} title={t(`figures.${key}`)} shown={t('figures.cases', { n: figures.total[key] })}>
            {t(`figures.short.${key}`)}
          </Kpi>
        ))}
      </Kpis>
      <Two
        side={
          <DeskCard title={t('figures.how')}>
            <Lines
              items={COUNTS.map((key) => ({
                name: (
                  <>
                    <b>{t(`figures.${key}`)}</b> {t(`figures.formula.${key}`)}
                  </>
                ),
                value: '',
              }))}
            />
            <p>{t('figures.whole')}</p>
            {listed && <p>{t('figures.to_list')}</p>}
            <p>{lines.length > 0 ? t('figures.lines', { lines: lines.join(t('desk.join')) }) : t('figures.no_lines')}</p>
          </DeskCard>
        }
      >
        <DeskCard title={t('figures.by_area')} note={t('figures.by_origin')} flush>
          {table({
            caption: t('figures.by_area'),
            rows: figures.areas,
            keys: true,
            columns: [
              {
                title: t('figures.area'),
                cell: (row) => {
                  const href = hrefOf(row.code)
                  return href ? <a href={href}>{nameOf(row)}</a> : nameOf(row)
                },
              },
              ...counts,
            ],
          })}
        </DeskCard>
        {figures.matters.length > 0 && (
          <DeskCard title={t('figures.by_matter')} flush>
            {table({
              caption: t('figures.by_matter'),
              rows: figures.matters,
              columns: [{ title: t('window.case.matter'), cell: (row) => matterName(row.code) }, ...counts],
            })}
          </DeskCard>
        )}
      </Two>
    </>
  )
}
