/** 入格事项清单: what may be asked of grid workers, by whom, on what basis; and how something else comes onto it. */
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskCard, DeskTag, Note, Table, Two } from '../../../../ui/desk/index.ts'
import { clauseText, DeskHead, DeskPage, formatDate } from '../../../../ui/index.ts'
import type { DeskShell } from '../../../service-centre/index.ts'
import type { AdmissionList } from '../use-cases.ts'
import { HowToApply, lineName } from './parts.tsx'

interface Props extends DeskShell, AdmissionList {
  pack: LoadedPack
}

export function AdmissionPage({ pack, items, ...shell }: Props) {
  const { view } = shell
  const { t, lang, today } = view
  const { admission } = pack.incidents
  const basisOf = ({ document, clause }: AdmissionList['items'][number]['basis']) => {
    const text = pack.pack.bases.find(({ code }) => code === document)
    return t('tasks.basis_of', {
      document: text ? pick(text.title, lang) : document,
      clause: clauseText(view, clause, text?.clauses),
    })
  }
  return (
    <DeskPage {...shell} title={t('tasks.admission')} current="/desk/tasks">
      <DeskHead
        crumbs={[{ href: '/desk/tasks', label: t('tasks.title') }]}
        title={t('tasks.admission')}
        note={t('tasks.items_n', { n: items.filter(({ off }) => !off).length })}
      />
      {!admission.verified && <Note>{pick(admission.note, lang)}</Note>}
      <Two side={<HowToApply view={view} pack={pack} />}>
        <DeskCard title={t('tasks.admission')} flush>
          <Table
            caption={t('tasks.admission')}
            rows={items}
            keyOf={({ code }) => code}
            stack
            columns={[
              {
                title: t('tasks.item'),
                cell: (item) => (
                  <>
                    {pick(item.name, lang)}{' '}
                    {item.off && (
                      <DeskTag tone="bad">
                        {t('tasks.off_from', { day: formatDate(item.off_from ?? today, lang, today) })}
                      </DeskTag>
                    )}{' '}
                    {item.demo && <DeskTag>{t('tasks.sample')}</DeskTag>}
                  </>
                ),
              },
              {
                title: t('tasks.lines'),
                cell: ({ lines }) => lines.map((line) => lineName(view, pack, line)).join(t('desk.join')),
              },
              { title: t('tasks.basis'), quiet: true, cell: ({ basis }) => <span lang="zh-Hans">{basisOf(basis)}</span> },
              { title: t('tasks.running'), right: true, cell: ({ open }) => t('tasks.running_n', { n: open }) },
            ]}
          />
        </DeskCard>
      </Two>
    </DeskPage>
  )
}
