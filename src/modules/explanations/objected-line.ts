import type { CaseWhy } from '../../core/cases/index.ts'
import type { LoadedPack } from '../../core/matters/index.ts'
import { pick } from '../../platform/words.ts'
import type { Fact, View } from '../../ui/index.ts'
import { saidAlone } from './said.ts'

interface LineProps {
  view: View
  pack: LoadedPack
  objection: NonNullable<CaseWhy['objection']>
  who: 'you' | 'applicant'
}

/** The line that an objection is about, as she saw it, and what she says against it. */
export function objectedLine({ view, pack, objection: { line, words }, who }: LineProps): Fact[] {
  const { t, lang } = view
  const matter = pack.matter(line.matterCode)
  const said = saidAlone(view, pack, matter, line.line, who)
  return [
    { name: t('explanations.line.case'), value: `${pick(matter.name, lang)} · ${line.number}` },
    { name: t('explanations.line.condition'), value: pick(pack.rule(line.rule).text, lang) },
    { name: t('explanations.line.line'), value: said.text, source: said.notes.join(t('explanations.line.join')) },
    ...(words ? [{ name: t('explanations.line.words'), value: words }] : []),
  ]
}
