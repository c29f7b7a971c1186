import type { Checked } from '../../../core/cases/index.ts'
import { isClauseKnown, type LoadedPack } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import { type Check, clauseText, formatDate, type View } from '../../../ui/index.ts'

/** The conditions of a matter as they were answered for one person, each with its text and clause. */
export function checksOf(view: View, pack: LoadedPack, checked: Checked): Check[] {
  const { t, lang } = view
  return checked.lines.map(({ rule, result, explanation, ahead }) => {
    const text = pack.pack.bases.find((b) => b.code === explanation.basis.document)
    const clause = text
      ? t(isClauseKnown(explanation.clause) ? 'apply.clause' : 'apply.clause_open', {
          title: pick(text.title, lang),
          clause: clauseText(view, explanation.clause, text.clauses),
        })
      : ''
    const said = ahead
      ? t('front.check.ahead', { why: ahead.text ? pick(ahead.text, lang) : '', day: formatDate(ahead.from, lang) })
      : explanation.text && pick(explanation.text, lang)
    return {
      state: result,
      name: pick(pack.rule(rule).text ?? explanation.text ?? { zh: rule, en: rule }, lang),
      ...(said ? { why: said } : {}),
      ...(clause ? { clause: explanation.verified ? clause : t('apply.not_verified', { clause }) } : {}),
    }
  })
}
