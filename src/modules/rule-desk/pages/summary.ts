/** What somebody reads beside the proposed files: each difference with its file and line, and what is still to be done by hand. */
import type { LoadedPack } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import { formatDate, type View } from '../../../ui/index.ts'
import type { Checked } from '../use-cases.ts'

export function summaryOf({ t, lang, today }: View, { proposal, differences }: Checked, { hash }: LoadedPack): string {
  const lines = [
    t('rules.summary.title', { rule: pick(proposal.rule.text, lang), id: proposal.rule.id }),
    t('rules.summary.made', { day: formatDate(today, lang, today), hash: hash.slice(0, 12) }),
    '',
    ...differences.flatMap(({ place, name, field, was, now }) => [
      `${place.file}:${place.line}  ${name} ${field}`,
      `  - ${was || t('rules.summary.none')}`,
      `  + ${now || t('rules.summary.none')}`,
    ]),
    ...(differences.length === 0 ? [t('rules.nothing_changed')] : []),
    '',
    ...proposal.broken.map(({ ruleId, examples }) =>
      t('rules.summary.broken', { id: ruleId, numbers: examples.map(({ index }) => index + 1).join(', ') }),
    ),
    t('rules.summary.next'),
    '',
  ]
  return lines.join('\n')
}
