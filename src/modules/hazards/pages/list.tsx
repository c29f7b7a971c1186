import { type LoadedPack, officeIn } from '../../../core/matters/index.ts'
import { dayOf } from '../../../platform/time.ts'
import { pick } from '../../../platform/words.ts'
import { type Column, DeskButton, DeskEmpty, DeskTag } from '../../../ui/desk/index.ts'
import { DeskList, formatDate } from '../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../service-centre/index.ts'
import { dueOf, kindName, stageWords, statusTone } from '../desk/saying.ts'
import { grades } from '../hazard.ts'
import { type HazardList, type HazardRow, type List, lists, PAGE } from '../use-cases/look.ts'

export interface Asked {
  list: List
  kind?: string
  grade?: 'general' | 'serious'
  number?: string
  page: number
}
interface ListProps extends DeskShell {
  pack: LoadedPack
  found: HazardList
  asked: Asked
  now: Date
  mayRegister: boolean
}

/** What is due first; a home is shown without its address. */
export function HazardListPage({ pack, found, asked, now, mayRegister, ...shell }: ListProps) {
  const { view } = shell
  const { t, lang, today } = view
  return (
    <DeskList
      shell={shell}
      title={t('hazards.title')}
      base="/desk/hazards"
      asked={asked}
      find={t('hazards.find')}
      actions={
        mayRegister && (
          <DeskButton kind="primary" href="/desk/hazards/new" keyHint="N">
            {t('hazards.new')}
          </DeskButton>
        )
      }
      lists={lists}
      listName={(list) => t(`hazards.list.${list}`)}
      counts={found.counts}
      urgent={['overdue']}
      filters={[
        {
          name: 'kind',
          label: t('hazards.field.kind'),
          all: t('hazards.all_kinds'),
          options: (pack.pack.hazards?.kinds ?? []).map(({ code, name }) => ({ value: code, label: pick(name, lang) })),
        },
        {
          name: 'grade',
          label: t('hazards.field.grade'),
          all: t('hazards.all_grades'),
          options: grades.map((grade) => ({ value: grade, label: t(`hazard.grade.${grade}`) })),
        },
      ]}
      note={t('hazards.order_note')}
      pageSize={PAGE}
      more={found.more}
      due={{
        title: t('desk.work.due'),
        of: (row) => (row.endedAt ? { kind: 'none', note: formatDate(dayOf(row.endedAt), lang, today) } : dueOf(now, row)),
      }}
      rows={found.rows}
      keyOf={(row) => row.id}
      columns={columnsOf(shell, pack, asked.list)}
      empty={
        <DeskEmpty
          title={t('hazards.none')}
          {...(asked.list === 'todo' ? {} : { next: { href: '/desk/hazards', label: t('hazards.list.todo') } })}
        >
          {t('hazards.none_why')}
        </DeskEmpty>
      }
    />
  )
}

/** Of one's own what is to be done; of the others in whose hands each one is. */
function columnsOf({ view }: DeskShell, pack: LoadedPack, list: Asked['list']): Column<HazardRow>[] {
  const { t, lang } = view
  const mine = list === 'todo' || list === 'overdue'
  return [
    {
      title: t('hazards.field.kind'),
      cell: (row) => <a href={`/desk/hazards/${row.id}`}>{kindName(view, pack, row.kind)}</a>,
    },
    {
      title: t('hazards.field.place'),
      cell: (row) => `${shortArea(view, pack.areaIn(t, lang, row.area))} · ${row.place ?? t('hazard.place_kind.home')}`,
    },
    {
      title: t('hazards.status'),
      cell: (row) => (
        <>
          <DeskTag tone={statusTone(row.status)}>{stageWords(view, pack, row)}</DeskTag>{' '}
          {row.grade === 'serious' && <DeskTag tone="bad">{t('hazard.grade.serious')}</DeskTag>}
          {mine && row.awaits[0] && (
            <div class="k-quiet">{t('hazards.next_is', { act: t(`hazard.action.${row.awaits[0]}`) })}</div>
          )}
        </>
      ),
    },
    { title: t('desk.work.number'), cell: (row) => <span class="num">{row.number}</span> },
    ...(list === 'watching'
      ? [{ title: t('hazards.with'), quiet: true, cell: (row: HazardRow) => officeIn(pack, view, row.domain, row.handlingArea) }]
      : []),
  ]
}
