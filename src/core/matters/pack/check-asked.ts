/** A question that is asked of some only: whether its condition can hold, and whether the rules know that others have no answer. */
import { conditionsOf } from '../asked-when.ts'
import type { Matter } from '../matter.ts'
import { Names, valid } from './check-names.ts'
import type { Findings } from './finding.ts'
import type { Parsed } from './parse.ts'
import type { Located } from './source.ts'

/** Answers that an expression reads. */
const answersOf = (expression: string): Set<string> =>
  new Set(
    [
      ...expression.matchAll(/\banswers(?:\.([a-z0-9]+)|\[\s*['"]([^'"]+)['"])|\banswer(?:Number|Yes|Day)\(\s*['"]([^'"]+)['"]/g),
    ].map(([, plain, quoted, called]) => (plain ?? quoted ?? called)!),
  )

export function checkAsked(parsed: Parsed, findings: Findings): void {
  const expressions = new Map(valid(parsed.rules).map(({ value }) => [value.id, value.expression]))
  for (const matter of valid(parsed.matters)) {
    checkConditions(matter, findings)
    checkRules(matter, expressions, findings)
  }
}

function checkConditions({ value, at }: Located<Matter>, findings: Findings): void {
  const onePage = value.outreach?.searched === true && value.outreach.one_page
  const codes = value.questions.map(({ code }) => code)
  const names = new Names('asked-unknown', codes, findings)
  value.questions.forEach((question, index) => {
    if (!question.asked_when) return
    const name = question.code
    if (onePage) findings.error('asked-one-page', at('questions', index, 'asked_when'), { name })
    for (const [code, values] of conditionsOf(question)) {
      const place = at('questions', index, 'asked_when', code)
      if (!names.require(code, place)) continue
      // Conditions look back only, so that none can wait for another in a circle.
      if (codes.indexOf(code) >= index) {
        findings.error('asked-circle', place, { name, on: code })
        continue
      }
      const { kind, options = [] } = value.questions[codes.indexOf(code)]!
      if (kind !== 'choice' && kind !== 'yes_no') {
        findings.error('asked-no-choice', place, { name, on: code })
        continue
      }
      const possible: readonly unknown[] = kind === 'choice' ? options.map((option) => option.value) : [true, false]
      for (const each of values)
        if (!possible.includes(each))
          findings.error('asked-value', place, { name, on: code, value: each, can: possible.join(', ') })
    }
  })
}

/** A rule that reads such an answer and not the one that it hangs on would wait for ever for what nobody was asked. */
function checkRules({ value, at }: Located<Matter>, expressions: ReadonlyMap<string, string>, findings: Findings): void {
  for (const rule of [...value.conditions, ...(value.amount ? [value.amount] : [])]) {
    const read = answersOf(expressions.get(rule) ?? '')
    value.questions.forEach((question, index) => {
      if (!read.has(question.code)) return
      for (const [code] of conditionsOf(question))
        if (!read.has(code))
          findings.error('rule-of-unasked', at('questions', index, 'asked_when'), { rule, name: question.code, on: code })
    })
  }
}
