import type { CaseWhy } from '../../../core/cases/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import { Card, Facts, formatDate, Inset, PageHead, ResidentPage, Text, type View } from '../../../ui/index.ts'
import { objectedLine } from '../objected-line.ts'
import { saidOf } from '../said.ts'
import { Answer } from './answer.tsx'
import { type ObjectionLink, WhyList } from './why-list.tsx'

interface OwnWhyProps {
  view: View
  pack: LoadedPack
  why: CaseWhy
}

/** Why one's own case stands as it does: each condition, what it was judged on, and where a wrong record is put right. */
export function OwnWhyPage({ view, pack, why }: OwnWhyProps) {
  const { t, lang } = view
  const matter = pack.matter(why.matterCode)
  const name = pick(matter.name, lang)
  const hidden = why.lines.some(({ tree }) => tree && readsWithheld(tree))
  const objection: ObjectionLink = (rule, line) => {
    const running = why.objections[`${rule}/${line}`]
    if (running) return { href: `/me/cases/${running}`, label: t('explanations.line.running') }
    return why.open
      ? { href: `/me/cases/${why.caseId}/why/${rule}/${line}/objection`, label: t('explanations.line.object') }
      : undefined
  }
  return (
    <ResidentPage
      view={view}
      title={t('explanations.own.title')}
      back={{ href: `/me/cases/${why.caseId}`, label: t('own.back_to_case') }}
    >
      <PageHead title={t('explanations.own.title')} caption={`${name} · ${why.number}`} lead={t('explanations.own.lead')} />
      {!why.decidedOn && why.lines.length > 0 && <Answer view={view} why={why} applied />}
      {why.decidedOn && <Inset>{t('explanations.own.decided', { day: formatDate(why.decidedOn, lang) })}</Inset>}
      {why.otherwise.map(({ rule, result }) => (
        <Card key={rule}>
          <h2>{t('explanations.own.otherwise')}</h2>
          <p>{t('explanations.own.otherwise_text', { name: pick(pack.rule(rule).text, lang), was: t(`ui.check.${result}`) })}</p>
        </Card>
      ))}
      {why.objection && (
        <Card>
          <Facts facts={objectedLine({ view, pack, objection: why.objection, who: 'you' })} />
        </Card>
      )}
      <WhyList view={view} said={saidOf(view, pack, matter, why)} objection={objection} />
      {hidden && <Text quiet>{t('explanations.own.others')}</Text>}
      <Card>
        <h2>{t('explanations.own.wrong')}</h2>
        <p>{t('explanations.own.wrong_text')}</p>
      </Card>
    </ResidentPage>
  )
}

type Tree = NonNullable<CaseWhy['lines'][number]['tree']>

const readsWithheld = (tree: Tree): boolean => tree.facts.some((fact) => fact.withheld)
