/** What a table stands on, and what about it is not settled. */
import type { LoadedPack } from '../../../../core/matters/index.ts'
import type { Table } from '../../../../core/tables/index.ts'
import { pick } from '../../../../platform/words.ts'
import { formatDate, Row, Rows, Section, Tag, Text, Verdict, type View } from '../../../../ui/index.ts'
import { officialText } from '../../front/guide.ts'
import { clauseOf } from '../../front/law.ts'

interface StandingProps {
  view: View
  pack: LoadedPack
  table: Table
}

/** The text has ended: nothing is refused because of it, and the page goes on reckoning. */
export function LapseOfTable({ view, pack, table }: StandingProps) {
  const { t, lang, today } = view
  const { since, documents } = pack.lapseOfTable(table, today)
  if (!since) return null
  const names = pack.pack.bases
    .filter((base) => documents.includes(base.code))
    .map((base) => t('front.law.plain', { title: pick(base.title, lang) }))
  return (
    <Verdict tone="hold" title={t('tables.lapsed')}>
      <p>{t('tables.lapsed_text', { names: names.join(t('front.join')), since: formatDate(since, lang, today) })}</p>
    </Verdict>
  )
}

export function Unsettled({ view, pack, table }: StandingProps) {
  const { t, lang, today } = view
  const text = officialText(pack, table.basis)
  return (
    <>
      {table.open.length > 0 && (
        <Section id="open" title={t('tables.open')}>
          <Rows>
            {table.open.map((one) => (
              <Row key={one.zh} title={pick(one, lang)} />
            ))}
          </Rows>
        </Section>
      )}
      <Section id="basis" title={t('front.guide.basis')}>
        <Rows>
          <Row
            title={clauseOf(view, text)}
            note={text.validTo && t('front.guide.valid_to', { on: formatDate(text.validTo, lang, today) })}
            tag={!table.verified && <Tag tone="hold">{t('front.unverified')}</Tag>}
          />
        </Rows>
        <Text quiet>{t('tables.decides_nothing')}</Text>
      </Section>
    </>
  )
}
