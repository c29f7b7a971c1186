import { type List, lists, type WorkList, type WorkListRow } from '../../../../core/cases/index.ts'
import type { LoadedPack, Matter } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import {
  DeskButton,
  DeskEmpty,
  DeskPager,
  DeskSearch,
  DeskTag,
  DueCell,
  Filter,
  Filters,
  KeyHints,
  Table,
  Tabs,
} from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, dueWords, formatDay, type Tone } from '../../../../ui/index.ts'
import type { Wait } from '../../../rooms.ts'
import { dueOfCase } from '../due.ts'
import { type DeskShell, shortArea } from '../shell.ts'
import { statusTone, stepName } from '../status.ts'
import { News, Waiting } from './waiting.tsx'
import { Stuck, Unprinted, type Watch } from './watch.tsx'

export interface WorkListProps extends DeskShell, Watch {
  /** Of her other lists. */
  waits: readonly Wait[]
  work: WorkList
  asked: { list: List; matter?: string; number?: string; area?: string; page: number }
  /** Matters of the post's lines. */
  matters: readonly Matter[]
  pack: LoadedPack
  now: Date
  mayReceive: boolean
}

const TONE: Partial<Record<List, Tone>> = { mine: 'warn', overdue: 'bad', today: 'warn' }
const PAGE = 25

/** Nobody needs a tab for what waits for nobody, and everything is what a search looks in. */
const shownAlways = (list: List, counts: WorkList['counts']): boolean =>
  list !== 'all' && (list !== 'mine' || (counts?.mine ?? 0) > 0)

const addressOf = (asked: WorkListProps['asked'], change: Partial<Record<'list' | 'page', string>>): string => {
  const { list, matter, number, area } = asked
  const all = { list, ...(matter ? { matter } : {}), ...(number ? { number } : {}), ...(area ? { area } : {}), ...change }
  const query = new URLSearchParams(Object.entries(all).filter(([name, value]) => !(name === 'list' && value === 'todo')))
  return query.size > 0 ? `/desk?${query}` : '/desk'
}

export function WorkListPage({
  work,
  asked,
  matters,
  pack,
  now,
  mayReceive,
  waits,
  unprinted,
  sending,
  news,
  ...shell
}: WorkListProps) {
  const { view } = shell
  const { t } = view
  const filtered = Boolean(asked.matter || asked.number || asked.area)
  const from = (asked.page - 1) * PAGE + 1
  const dueOf = (row: WorkListRow) => dueOfCase(view, pack, now, row)
  return (
    <DeskPage {...shell} title={t('desk.work.title')}>
      <DeskHead title={t('desk.work.title')} note={`${formatDay(view.today, view.lang)} · ${shell.post.scope}`}>
        <DeskSearch
          action="/desk"
          name="number"
          label={t('desk.work.find')}
          placeholder={t('desk.work.find')}
          value={asked.number}
        />
        {mayReceive && (
          <DeskButton kind="primary" href="/desk/window" keyHint="N">
            {t('desk.work.receive')}
          </DeskButton>
        )}
      </DeskHead>
      <News view={view} n={news ?? 0} />
      <Unprinted view={view} n={unprinted} />
      <Stuck view={view} sending={sending} />
      {waits.some(({ count }) => count > 0) && <Waiting view={view} waits={waits} title={t('desk.home.other_lists')} />}
      <Tabs
        label={t('desk.work.lists')}
        items={lists
          .filter((list) => list === asked.list || shownAlways(list, work.counts))
          .map((list) => ({
            href: addressOf(asked, { list }),
            label: t(`desk.list.${list}`),
            ...(work.counts ? { count: work.counts[list] } : {}),
            on: list === asked.list,
            ...(TONE[list] ? { tone: TONE[list] } : {}),
          }))}
      />
      <Filters
        view={view}
        action="/desk"
        keep={{ list: asked.list, ...(asked.number ? { number: asked.number } : {}) }}
        note={t('desk.work.order')}
      >
        <Filter
          name="matter"
          label={t('desk.work.matter')}
          all={t('desk.work.all_matters')}
          value={asked.matter}
          options={matters.map((m) => ({ value: m.code, label: pick(m.name, view.lang) }))}
        />
        {filtered && (
          <DeskButton kind="quiet" href={addressOf({ list: asked.list === 'all' ? 'todo' : asked.list, page: 1 }, {})}>
            {t('desk.work.clear')}
          </DeskButton>
        )}
      </Filters>
      {work.rows.length === 0 ? (
        <Empty filtered={filtered} asked={asked} shell={shell} watching={work.counts?.watching ?? null} />
      ) : (
        <>
          <div class="card">
            <Rows rows={work.rows} pack={pack} shell={shell} dueOf={dueOf} />
          </div>
          <DeskPager
            view={view}
            from={from}
            to={from + work.rows.length - 1}
            {...(filtered || !work.counts ? {} : { total: work.counts[asked.list] })}
            {...(asked.page > 1 ? { previous: addressOf(asked, { page: String(asked.page - 1) }) } : {})}
            {...(work.more ? { next: addressOf(asked, { page: String(asked.page + 1) }) } : {})}
          />
          <KeyHints
            hints={[
              { keys: ['J', 'K'], label: t('desk.keys.walk') },
              { keys: ['↵'], label: t('desk.keys.open') },
              { keys: ['/'], label: t('desk.keys.find') },
            ]}
          />
        </>
      )}
    </DeskPage>
  )
}

interface EmptyProps {
  filtered: boolean
  asked: WorkListProps['asked']
  shell: DeskShell
  /** Null where nobody counted. */
  watching: number | null
}

function Empty({ filtered, asked, shell, watching }: EmptyProps) {
  const { t } = shell.view
  if (filtered)
    return (
      <DeskEmpty
        title={t('desk.empty.filtered')}
        next={{ href: addressOf({ list: asked.list === 'all' ? 'todo' : asked.list, page: 1 }, {}), label: t('desk.work.clear') }}
      >
        {t('desk.empty.filtered_why')}
      </DeskEmpty>
    )
  const seeWatching = watching === null ? t('desk.empty.see_others') : t('desk.empty.see_watching', { n: watching })
  return asked.list === 'todo' ? (
    <DeskEmpty
      title={t('desk.empty.all')}
      {...(watching === 0 ? {} : { next: { href: '/desk?list=watching', label: seeWatching } })}
    >
      {t('desk.empty.all_why')}
    </DeskEmpty>
  ) : (
    <DeskEmpty title={t('desk.empty.list')} next={{ href: '/desk', label: t('desk.empty.see_all') }} />
  )
}

function Rows({
  rows,
  pack,
  shell,
  dueOf,
}: {
  rows: readonly WorkListRow[]
  pack: LoadedPack
  shell: DeskShell
  dueOf: (row: WorkListRow) => ReturnType<typeof dueOfCase>
}) {
  const { view } = shell
  const { t, lang } = view
  return (
    <Table
      caption={t('desk.work.title')}
      keys
      stack
      rows={rows}
      keyOf={(row) => row.id}
      toneOf={(row) => {
        const { tone } = dueWords(view, dueOf(row))
        return tone === 'bad' || tone === 'warn' || tone === 'hold' ? tone : undefined
      }}
      columns={[
        { title: t('desk.work.due'), cell: (row) => <DueCell view={view} due={dueOf(row)} /> },
        {
          title: t('desk.work.matter'),
          cell: (row) => <a href={`/desk/cases/${row.id}`}>{pick(pack.matter(row.matterCode).name, lang)}</a>,
        },
        { title: t('desk.work.applicant'), cell: (row) => `${row.surname}**` },
        { title: t('desk.work.community'), cell: (row) => shortArea(view, row.originName) },
        {
          title: t('desk.work.step'),
          cell: (row) => <DeskTag tone={statusTone(row.status)}>{stepName(view, pack, row)}</DeskTag>,
        },
        { title: t('desk.work.channel'), quiet: true, cell: (row) => t(`case.channel.${row.channel}`) },
        { title: t('desk.work.number'), cell: (row) => <span class="num">{row.number}</span> },
        {
          title: t('desk.work.open'),
          silent: true,
          right: true,
          cell: (row) => (
            <DeskButton small href={`/desk/cases/${row.id}`}>
              {t(row.handling ? 'desk.work.handle' : 'desk.work.view')}
              <span class="govuk-visually-hidden"> {row.number}</span>
            </DeskButton>
          ),
        },
      ]}
    />
  )
}
