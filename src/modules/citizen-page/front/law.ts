/** An official text as it is cited. */
import { documentNumber, isClauseKnown } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import { clauseText, type View } from '../../../ui/index.ts'
import type { OfficialText } from './guide.ts'

/** 《…》（文号）第一条 / “…” (number), article 1 */
export function clauseOf(view: View, text: OfficialText): string {
  const { t, lang } = view
  const title = text.number
    ? t('front.law.numbered', { title: pick(text.title, lang), number: documentNumber(t, text.number) })
    : t('front.law.plain', { title: pick(text.title, lang) })
  if (text.clause === 'promise') return title
  return isClauseKnown(text.clause)
    ? t('front.law.clause', { title, clause: clauseText(view, text.clause, text.clauses) })
    : t('front.law.clause_open', { title })
}
