import type { LoadedPack } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import {
  DeskButton,
  DeskEmpty,
  DeskPager,
  DeskSearch,
  DeskTag,
  DueCell,
  Filter,
  Filters,
  Table,
  Tabs,
} from '../../../ui/desk/index.ts'
import { DeskHead, DeskPage, dueWords, formatDate, formatDay } from '../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../service-centre/index.ts'
import { dueOf, kindName, statusTone } from '../desk/saying.ts'
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

const addressOf = ({ list, kind, grade, number }: Asked, change: Record<string, string> = {}): string => {
  const all = { list, ...(kind ? { kind } : {}), ...(grade ? { grade } : {}), ...(number ? { number } : {}), ...change }
  return `/desk/hazards?${new URLSearchParams(all)}`
}

/** What is due first; a home is shown without its address. */
export function HazardListPage({ pack, found, asked, now, mayRegister, ...shell }: ListProps) {
  const { view } = shell
  const { t, lang } = view
  const from = (asked.page - 1) * PAGE + 1
  return (
    <DeskPage {...shell} title={t('hazards.title')}>
      <DeskHead title={t('hazards.title')} note={`${formatDay(view.today, lang)} · ${shell.post.scope}`}>
        <DeskSearch
          action="/desk/hazards"
          name="number"
          label={t('hazards.find')}
          placeholder={t('hazards.find')}
          value={asked.number}
        />
        {mayRegister && (
          <DeskButton kind="primary" href="/desk/hazards/new" keyHint="N">
            {t('hazards.new')}
          </DeskButton>
        )}
      </DeskHead>
      <Tabs
        label={t('hazards.lists')}
        items={lists.map((list) => ({
          href: addressOf({ ...asked, list }),
          label: t(`hazards.list.${list}`),
          count: found.counts[list],
          on: list === asked.list,
          ...(list === 'overdue' ? { tone: 'bad' as const } : {}),
        }))}
      />
      <Filters view={view} action="/desk/hazards" keep={{ list: asked.list }} note={t('hazards.order_note')}>
        <Filter
          name="kind"
          label={t('hazards.field.kind')}
          all={t('hazards.all_kinds')}
          value={asked.kind}
          options={(pack.pack.hazards?.kinds ?? []).map(({ code, name }) => ({ value: code, label: pick(name, lang) }))}
        />
        <Filter
          name="grade"
          label={t('hazards.field.grade')}
          all={t('hazards.all_grades')}
          value={asked.grade}
          options={grades.map((grade) => ({ value: grade, label: t(`hazard.grade.${grade}`) }))}
        />
      </Filters>
      {found.rows.length === 0 ? (
        <DeskEmpty
          title={t('hazards.none')}
          {...(asked.list === 'todo' ? {} : { next: { href: '/desk/hazards', label: t('hazards.list.todo') } })}
        >
          {t('hazards.none_why')}
        </DeskEmpty>
      ) : (
        <>
          <div class="card">
            <Rows rows={found.rows} pack={pack} shell={shell} now={now} watching={asked.list === 'watching'} />
          </div>
          <DeskPager
            view={view}
            from={from}
            to={from + found.rows.length - 1}
            {...(asked.page > 1 ? { previous: addressOf(asked, { page: String(asked.page - 1) }) } : {})}
            {...(found.more ? { next: addressOf(asked, { page: String(asked.page + 1) }) } : {})}
          />
        </>
      )}
    </DeskPage>
  )
}

interface RowsProps {
  rows: readonly HazardRow[]
  pack: LoadedPack
  shell: DeskShell
  now: Date
  /** Says in whose hands each one is. */
  watching: boolean
}

function Rows({ rows, pack, shell, now, watching }: RowsProps) {
  const { view } = shell
  const { t, lang, today } = view
  const due = (row: HazardRow) =>
    row.endedAt
      ? ({ kind: 'none', note: formatDate(row.endedAt.toISOString().slice(0, 10), lang, today) } as const)
      : dueOf(pack, now, row)
  return (
    <Table
      caption={t('hazards.title')}
      keys
      stack
      rows={rows}
      keyOf={(row) => row.id}
      toneOf={(row) => {
        const { tone } = dueWords(view, due(row))
        return tone === 'bad' || tone === 'warn' ? tone : undefined
      }}
      columns={[
        { title: t('desk.work.due'), cell: (row) => <DueCell view={view} due={due(row)} /> },
        {
          title: t('hazards.field.kind'),
          cell: (row) => <a href={`/desk/hazards/${row.id}`}>{kindName(view, pack, row.kind)}</a>,
        },
        {
          title: t('hazards.field.place'),
          cell: (row) => `${shortArea(view, pack.areaName(row.area))} · ${row.place ?? t('hazard.place_kind.home')}`,
        },
        {
          title: t('hazards.status'),
          cell: (row) => (
            <>
              <DeskTag tone={statusTone(row.status)}>{t(`hazard.status.${row.status}`)}</DeskTag>{' '}
              {row.grade === 'serious' && <DeskTag tone="bad">{t('hazard.grade.serious')}</DeskTag>}
            </>
          ),
        },
        { title: t('desk.work.number'), cell: (row) => <span class="num">{row.number}</span> },
        ...(watching
          ? [{ title: t('hazards.with'), quiet: true, cell: (row: HazardRow) => pack.officeName(row.domain, row.handlingArea) }]
          : []),
      ]}
    />
  )
}
