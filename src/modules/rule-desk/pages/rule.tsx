import { isClauseKnown, type LoadedPack } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import { Datagrid, DeskButton, DeskCard, DeskTag, Note } from '../../../ui/desk/index.ts'
import { clauseText, DeskHead, DeskPage } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import { textsOf } from '../proposal.ts'
import type { ShownRule } from '../use-cases.ts'
import { Code, ExampleTable, NumberTable } from './parts.tsx'

export const RULES = '/desk/rules'

/** One rule as it is in force: what it says, on what it rests, which numbers it reads, and whether its examples come out. */
export function RulePage({ shown, pack, ...shell }: DeskShell & { shown: ShownRule; pack: LoadedPack }) {
  const { view } = shell
  const { t, lang } = view
  const { rule, matters, examples, typed, file } = shown
  const document = pack.pack.bases.find(({ code }) => code === rule.basis.document)
  return (
    <DeskPage {...shell} current={RULES} title={pick(rule.text, lang)}>
      <DeskHead title={pick(rule.text, lang)} crumbs={[{ href: RULES, label: t('rules.list.title') }]} note={rule.id} />
      <DeskCard title={t('rules.in_force')}>
        <Code>{typed.expression}</Code>
        <Datagrid
          facts={[
            { name: t('rules.matters'), value: matters.map(({ name }) => pick(name, lang)).join(t('desk.join')) },
            {
              name: t('rules.basis'),
              value: (
                <>
                  {document ? pick(document.title, lang) : rule.basis.document} ·{' '}
                  {isClauseKnown(rule.basis.clause)
                    ? clauseText(view, rule.basis.clause, document?.clauses)
                    : t('desk.case.clause_open')}{' '}
                  <DeskTag tone={rule.verified ? 'good' : 'plain'}>
                    {t(rule.verified ? 'rules.verified' : 'rules.unverified')}
                  </DeskTag>
                </>
              ),
            },
            { name: t('rules.judged_by'), value: t(`rules.judged.${rule.judged_by}`) },
            ...textsOf(rule).map((name) => ({ name: t(`rules.text.${name}`), value: pick(rule[name]!, lang) })),
            ...(file ? [{ name: t('rules.file'), value: <code class="d-id">{file}</code> }] : []),
          ]}
        />
        <p class="k-actions">
          <DeskButton kind="primary" href={`${RULES}/${rule.id}/draft`} keyHint="E">
            {t('rules.draft')}
          </DeskButton>
        </p>
      </DeskCard>
      <NumberTable view={view} pack={pack} rule={rule} />
      <DeskCard title={t('rules.examples')} flush>
        <ExampleTable view={view} rule={rule} examples={examples} />
      </DeskCard>
      <Note tone="info">{t('rules.past')}</Note>
    </DeskPage>
  )
}
