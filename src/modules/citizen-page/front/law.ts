/** An official text as it is cited. */
import { isClauseKnown } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import { formatClause, type View } from '../../../ui/index.ts'
import type { OfficialText } from './guide.ts'

/** 《…》（文号）条款一 / “…” (number), clause 1 */
export function clauseOf({ t, lang }: View, text: OfficialText): string {
  const title = text.number
    ? t('front.law.numbered', { title: pick(text.title, lang), number: text.number })
    : t('front.law.plain', { title: pick(text.title, lang) })
  if (text.clause === 'promise') return title
  return isClauseKnown(text.clause)
    ? t('front.law.clause', { title, ...formatClause(text.clause, lang) })
    : t('front.law.clause_open', { title })
}
