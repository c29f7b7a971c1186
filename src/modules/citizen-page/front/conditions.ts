/** A condition as a resident reads it: the answer, what it rests on, and what would change it. */
import type { ConditionLine } from '../../../core/cases/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import type { Change } from '../../../core/rules/index.ts'
import { pick } from '../../../platform/words.ts'
import { type Check, formatDate, type View } from '../../../ui/index.ts'
import { officialText } from './guide.ts'
import { clauseOf } from './law.ts'

export function checkOf(view: View, pack: LoadedPack, { rule: id, result, explanation, ahead }: ConditionLine): Check {
  const { t, lang } = view
  const rule = pack.rule(id)
  const said = explanation.text ? pick(explanation.text, lang) : ''
  const changes = [...new Set(explanation.lines.flatMap((line) => line.changes).map((change) => sayChange(view, change)))]
  const text = officialText(pack, explanation.basis)
  const clause = clauseOf(view, text)
  return {
    state: result,
    name: pick(rule.text, lang),
    why: ahead
      ? t('front.check.ahead', { why: ahead.text ? pick(ahead.text, lang) : said, day: formatDate(ahead.from, lang) })
      : changes.length > 0 && result === 'not_met'
        ? t('front.check.change', { why: said, change: changes.join(t('front.check.join')) })
        : said,
    clause: explanation.verified ? clause : t('front.unverified_text', { text: clause }),
  }
}

function sayChange({ t, lang, today }: View, change: Change): string {
  if (change.kind === 'time') return t('change.time', { on: formatDate(change.on, lang, today) })
  const fact = change.fact.startsWith('answers.') ? t('fact.answer') : t(`fact.${change.fact}`)
  return t(`change.${change.kind}`, { fact })
}
