import type { OwnCase } from '../../../../core/cases/index.ts'
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { Details, formatMoney, formatMonth, Row, Rows, Tag, Text, type View } from '../../../../ui/index.ts'

/** A year and what comes next. */
const SHOWN = 14

/** What comes month by month. Of a sum that was paid too much an officer speaks to her first: no page asks it back. */
export function Months({ view, own, newest }: { view: View; own: OwnCase; newest: LoadedPack }) {
  const { t, lang } = view
  const { months, found } = own
  const phone = own.matter.catalogue.link_way
  if (!months) return null
  return (
    <Details title={t('own.months.title')}>
      <Text>{t('own.months.rule')}</Text>
      {months.stopsFrom && <Text>{t('own.months.stops', { month: formatMonth(months.stopsFrom, lang) })}</Text>}
      <Rows label={t('own.months.title')}>
        {months.lines.slice(-SHOWN).map(({ month, dueFen, paidFen, come }) => (
          <Row
            key={month}
            title={formatMonth(month, lang)}
            note={dueFen === null ? t('own.months.unknown', { phone }) : formatMoney(dueFen, lang)}
            tag={
              <Tag tone={!come ? 'info' : paidFen > 0 ? 'good' : 'hold'}>
                {t(`own.months.${!come ? 'to_come' : paidFen > 0 ? 'paid' : 'not_paid'}`)}
              </Tag>
            }
          />
        ))}
      </Rows>
      {months.years.map(({ year, fen }) => (
        <Text key={year}>{t('own.months.year', { year: String(year), sum: formatMoney(fen, lang) })}</Text>
      ))}
      {months.before && (
        <Text>
          {t('own.months.before', {
            from: formatMonth(months.before.from, lang),
            to: formatMonth(months.before.to, lang),
            phone,
          })}
        </Text>
      )}
      <Text>{t('own.months.tell', { days: newest.number('payment.report_within', found.originArea, view.today) })}</Text>
    </Details>
  )
}
