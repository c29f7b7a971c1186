import type { LoadedPack } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import { type Column, DeskButton, DeskEmpty, DeskTag } from '../../../ui/desk/index.ts'
import { DeskList } from '../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../service-centre/index.ts'
import { dueOfRow, kindName, statusTone, statusWords, titleOf } from '../desk/saying.ts'
import { type List, lists, PAGE, type WhistleList, type WhistleRow } from '../use-cases/look.ts'

export interface Asked {
  list: List
  kind?: string
  number?: string
  page: number
}
interface ListProps extends DeskShell {
  pack: LoadedPack
  found: WhistleList
  asked: Asked
  now: Date
  mayBlow: boolean
}

/** What waits for this post first; what is due first at the top. */
export function WhistleListPage({ pack, found, asked, now, mayBlow, ...shell }: ListProps) {
  const { view } = shell
  const { t, lang } = view
  return (
    <DeskList
      shell={shell}
      title={t('whistles.title')}
      base="/desk/whistles"
      asked={asked}
      find={t('whistles.find')}
      actions={
        <>
          <DeskButton href="/desk/whistles/figures">{t('whistles.figures')}</DeskButton>
          {mayBlow && (
            <DeskButton kind="primary" href="/desk/whistles/new" keyHint="N">
              {t('whistles.blow')}
            </DeskButton>
          )}
        </>
      }
      lists={lists}
      listName={(list) => t(`whistles.list.${list}`)}
      counts={found.counts}
      filters={[
        {
          name: 'kind',
          label: t('whistles.field.kind'),
          all: t('whistles.all_kinds'),
          options: pack.whistleKinds.map(({ code, name }) => ({ value: code, label: pick(name, lang) })),
        },
      ]}
      note={t('whistles.order_note')}
      pageSize={PAGE}
      more={found.more}
      due={{ title: t('desk.work.due'), of: (row) => dueOfRow(now, row.dueAt) }}
      rows={found.rows}
      keyOf={(row) => row.id}
      columns={columnsOf(shell, pack)}
      empty={
        <DeskEmpty
          title={t('whistles.none')}
          {...(asked.list === 'open' ? {} : { next: { href: '/desk/whistles?list=open', label: t('whistles.list.open') } })}
        >
          {t('whistles.none_why')}
        </DeskEmpty>
      }
    />
  )
}

function columnsOf({ view }: DeskShell, pack: LoadedPack): Column<WhistleRow>[] {
  const { t, lang } = view
  const answered = ({ parts }: WhistleRow) => {
    const own = parts.filter(({ standing }) => standing !== 'passed')
    return t('whistles.parts_done', { done: own.filter(({ standing }) => standing === 'done').length, of: own.length })
  }
  return [
    {
      title: t('whistles.field.what'),
      cell: (row) => (
        <>
          <a href={`/desk/whistles/${row.id}`}>{titleOf(row.what)}</a>{' '}
          <span class="k-quiet">{kindName(view, pack, row.kind)}</span>
        </>
      ),
    },
    { title: t('whistles.field.place'), cell: (row) => shortArea(view, pack.areaIn(t, lang, row.area)) },
    {
      title: t('whistles.status_title'),
      cell: (row) => (
        <>
          <DeskTag tone={row.decisionWanted ? 'bad' : statusTone(row.status)}>
            {row.decisionWanted ? t('whistles.decision_wanted') : statusWords(view, row)}
          </DeskTag>{' '}
          <span class="k-quiet">{answered(row)}</span>
        </>
      ),
    },
    { title: t('whistles.number'), cell: (row) => <span class="num">{row.number}</span> },
  ]
}
