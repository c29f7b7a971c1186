import type { ComponentChildren } from 'preact'
import type { Checked } from '../../../../core/cases/index.ts'
import type { LoadedPack, Matter } from '../../../../core/matters/index.ts'
import { Card, CheckList, Figure, formatDate, formatYuan, Link, Section, type View } from '../../../../ui/index.ts'
import { checkOf } from '../conditions.ts'

export interface OwnCheckProps {
  view: View
  pack: LoadedPack
  matter: Matter
  checked: Checked
  /** The way in. */
  children: ComponentChildren
  /** Stands between the answer and its reasons. */
  after?: ComponentChildren
}

/** Does it fit me? The answer first, then the reasons. “Not met” closes no door: a person decides, never this page. */
export function OwnCheck({ view, pack, matter, checked, children, after }: OwnCheckProps) {
  const { t } = view
  const count = (state: 'unknown' | 'not_met') => checked.lines.filter((line) => line.result === state).length
  const [unknown, notMet] = [count('unknown'), count('not_met')]
  const from = checked.lines
    .flatMap(({ ahead }) => (ahead ? [ahead.from] : []))
    .sort()
    .at(-1)
  const says = notMet > 0 ? 'not_met' : unknown > 0 ? 'unknown' : from ? 'ahead' : 'met'
  const day = from ? formatDate(from, view.lang) : ''
  return (
    <>
      <Card found>
        <h2>{t(`front.own.${says}`, { n: says === 'not_met' ? notMet : unknown, day })}</h2>
        {notMet === 0 && checked.amountFen !== null && checked.amountFen > 0 && (
          <Figure
            before={t('front.own.a_month')}
            value={formatYuan(checked.amountFen)}
            unit={t('ui.field.yuan')}
            note={from ? t('front.own.from_day', { day }) : t('front.own.by_record')}
          />
        )}
        <p>{t(`front.own.${says}_text`)}</p>
        {children}
      </Card>
      {after}
      <Section id="reasons" title={t('front.own.reasons')}>
        <Card>
          <CheckList view={view} checks={checked.lines.map((line) => checkOf(view, pack, line))} />
          {checked.lines.length > 0 && <Link href={`/matters/${matter.code}/why`}>{t('explanations.matter.link')}</Link>}
        </Card>
      </Section>
    </>
  )
}
