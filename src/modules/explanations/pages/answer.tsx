import type { ComponentChildren } from 'preact'
import type { Why } from '../../../core/cases/index.ts'
import { formatDate, Verdict, type View } from '../../../ui/index.ts'

interface AnswerProps {
  view: View
  why: Why
  /** Of a case that runs: she has applied already. */
  applied?: boolean
  children?: ComponentChildren
}

/** What came out over all conditions, and what to do: the answer before its reasons. “Not met” closes no door. */
export function Answer({ view, why, applied, children }: AnswerProps) {
  const { t, lang } = view
  const of = (state: string) => why.lines.filter((line) => line.result === state)
  const [unknown, unmet] = [of('unknown'), of('not_met')]
  const days = unmet.flatMap(({ explanation }) => explanation.metFrom ?? []).sort()
  const onlyTime = unmet.length > 0 && unknown.length === 0 && days.length === unmet.length
  const says = onlyTime ? 'only_time' : unmet.length > 0 ? 'not_met' : unknown.length > 0 ? 'unknown' : 'met'
  return (
    <Verdict
      tone={says === 'met' ? 'good' : says === 'unknown' ? 'warn' : 'hold'}
      title={t(`explanations.answer.${says}`, {
        n: says === 'not_met' ? unmet.length : unknown.length,
        day: onlyTime ? formatDate(days.at(-1)!, lang) : '',
      })}
    >
      {says !== 'met' && <p>{t(`explanations.answer.${applied && says !== 'only_time' ? 'case_' : ''}${says}_text`)}</p>}
      {children}
    </Verdict>
  )
}
