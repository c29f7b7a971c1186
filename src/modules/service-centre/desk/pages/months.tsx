import type { CasePage } from '../../../../core/cases/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { isDay } from '../../../../platform/day.ts'
import { DeskCard, Note, Table } from '../../../../ui/desk/index.ts'
import { formatMoney, formatMonth, type View } from '../../../../ui/index.ts'

interface Props {
  view: View
  page: CasePage
  pack: LoadedPack
  /** A day that was supposed on this page, as it was typed. */
  ended: string
}

/** What it comes to by the month, beside what is paid. A sum paid too much is put before an officer; nothing asks it back by itself. */
export function PaidMonths({ view, page, pack, ended }: Props) {
  const { t, lang, today } = view
  const { months, found } = page
  if (!months) return null
  const money = (fen: number | null) => (fen === null ? t('desk.months.unknown') : formatMoney(fen, lang))
  const decidedBy = page.timeline.findLast((row) => row.fact === 'decided')?.officerName ?? ''
  const number = (id: string) => pack.number(id, found.originArea, today)
  return (
    <DeskCard title={t('desk.months.title')} note={t('desk.months.note')}>
      <div id="months" class="k-stack">
        {months.stopsFrom && <Note tone="hold">{t('desk.months.stops', { month: formatMonth(months.stopsFrom, lang) })}</Note>}
        {months.overFen > 0 && (
          <Note tone="warn">
            {t('desk.months.over', {
              sum: formatMoney(months.overFen, lang),
              officer: decidedBy,
              months: number('payment.return_after'),
            })}
          </Note>
        )}
        {months.underFen > 0 && <p>{t('desk.months.under', { sum: formatMoney(months.underFen, lang) })}</p>}
        <Table
          caption={t('desk.months.title')}
          columns={[
            { title: t('desk.months.month'), cell: (line) => formatMonth(line.month, lang) },
            { title: t('desk.months.due'), right: true, cell: (line) => money(line.dueFen) },
            {
              title: t('desk.months.paid'),
              right: true,
              cell: (line) => (line.come ? money(line.paidFen) : t('desk.months.to_come')),
            },
          ]}
          rows={months.lines.slice(-SHOWN)}
          keyOf={(line) => line.month}
        />
        {months.years.map(({ year, fen }) => (
          <p key={year}>{t('desk.months.year', { year: String(year), sum: formatMoney(fen, lang) })}</p>
        ))}
        {months.before && (
          <p class="k-quiet">
            {t('desk.months.before', { from: formatMonth(months.before.from, lang), to: formatMonth(months.before.to, lang) })}
          </p>
        )}
        {ended !== '' && !isDay(ended) && (
          <Note tone="bad" live>
            {t('desk.months.ended_unreadable')}
          </Note>
        )}
        <form class="d-filters" method="get" action={`/desk/cases/${found.id}#months`}>
          <label>
            {t('desk.months.ended')} <input class="form-control" type="date" name="ended" value={ended} max={today} />
          </label>
          <button class="btn" type="submit">
            {t('desk.months.show')}
          </button>
        </form>
        <p class="k-quiet">{t('desk.months.ended_note', { days: number('payment.report_within') })}</p>
      </div>
    </DeskCard>
  )
}

/** A year and what comes next. */
const SHOWN = 14
