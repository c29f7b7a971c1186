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
  const missing = unmet.filter(isMissing)
  const says = onlyTime
    ? 'only_time'
    : unmet.length > missing.length
      ? 'not_met'
      : missing.length > 0
        ? 'missing'
        : unknown.length > 0
          ? 'unknown'
          : 'met'
  return (
    <Verdict
      tone={says === 'met' ? 'good' : says === 'unknown' || says === 'missing' ? 'warn' : 'hold'}
      title={t(`explanations.answer.${says}`, {
        n: says === 'not_met' ? unmet.length - missing.length : says === 'missing' ? missing.length : unknown.length,
        day: onlyTime ? formatDate(days.at(-1)!, lang) : '',
      })}
    >
      {says !== 'met' && (
        <p>{t(`explanations.answer.${applied && (says === 'not_met' || says === 'unknown') ? 'case_' : ''}${says}_text`)}</p>
      )}
      {children}
    </Verdict>
  )
}

/** A signature or a paper is still to come: nothing about her does not fit. */
const isMissing = ({ tree }: Why['lines'][number]): boolean =>
  tree !== undefined &&
  tree.facts.length > 0 &&
  tree.facts.every(({ type }) => type === 'bool') &&
  tree.changes.length > 0 &&
  tree.changes.every(({ kind }) => kind === 'document')
