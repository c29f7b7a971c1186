import type { LoadedPack } from '../../../core/matters/index.ts'
import type { Rule } from '../../../core/rules/index.ts'
import { pick } from '../../../platform/words.ts'
import { DeskCard, DeskTag, Note, Table } from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage } from '../../../ui/index.ts'
import type { DeskShell } from '../../service-centre/index.ts'
import type { Group } from '../use-cases.ts'
import { RULES } from './rule.tsx'

export function ListPage({ groups, pack, ...shell }: DeskShell & { groups: readonly Group[]; pack: LoadedPack }) {
  const { view } = shell
  const { t, lang } = view
  const basisOf = ({ basis }: Rule) => {
    const document = pack.pack.bases.find(({ code }) => code === basis.document)
    return document ? pick(document.title, lang) : basis.document
  }
  return (
    <DeskPage {...shell} current={RULES} title={t('rules.list.title')}>
      <DeskHead title={t('rules.list.title')} note={t('rules.list.note')} />
      {groups.length === 0 && <Note tone="info">{t('rules.list.none')}</Note>}
      {groups.map(({ matter, rules }) => (
        <DeskCard key={matter.code} title={pick(matter.name, lang)} note={t('rules.list.count', { n: rules.length })} flush>
          <Table
            caption={pick(matter.name, lang)}
            stack
            rows={rules}
            keyOf={({ rule }) => rule.id}
            columns={[
              {
                title: t('rules.list.rule'),
                cell: ({ rule }) => (
                  <>
                    <a href={`${RULES}/${rule.id}`}>{pick(rule.text, lang)}</a>
                    <code class="d-id">{rule.id}</code>
                  </>
                ),
              },
              {
                title: t('rules.basis'),
                cell: ({ rule }) => (
                  <>
                    {basisOf(rule)}{' '}
                    {rule.verified ? (
                      <DeskTag tone="good">{t('rules.verified')}</DeskTag>
                    ) : (
                      <DeskTag tone="plain">{t('rules.unverified')}</DeskTag>
                    )}
                  </>
                ),
              },
              {
                title: t('rules.examples'),
                cell: ({ examples }) =>
                  t('rules.come_out', { n: examples.filter((one) => one.passed).length, all: examples.length }),
              },
            ]}
          />
        </DeskCard>
      ))}
    </DeskPage>
  )
}
