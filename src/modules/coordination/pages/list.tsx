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
import { DeskHead, DeskPage, dueWords, formatDay } from '../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../service-centre/index.ts'
import { dueOfRow, kindName, statusTone } from '../desk/saying.ts'
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

const addressOf = ({ list, kind, number }: Asked, change: Record<string, string> = {}): string =>
  `/desk/whistles?${new URLSearchParams({ list, ...(kind ? { kind } : {}), ...(number ? { number } : {}), ...change })}`

/** What waits for this post first; what is due first at the top. */
export function WhistleListPage({ pack, found, asked, now, mayBlow, ...shell }: ListProps) {
  const { view } = shell
  const { t, lang } = view
  const from = (asked.page - 1) * PAGE + 1
  return (
    <DeskPage {...shell} title={t('whistles.title')}>
      <DeskHead title={t('whistles.title')} note={`${formatDay(view.today, lang)} · ${shell.post.scope}`}>
        <DeskSearch
          action="/desk/whistles"
          name="number"
          label={t('whistles.find')}
          placeholder={t('whistles.find')}
          value={asked.number}
        />
        <DeskButton href="/desk/whistles/figures">{t('whistles.figures')}</DeskButton>
        {mayBlow && (
          <DeskButton kind="primary" href="/desk/whistles/new" keyHint="N">
            {t('whistles.blow')}
          </DeskButton>
        )}
      </DeskHead>
      <Tabs
        label={t('whistles.title')}
        items={lists.map((list) => ({
          href: addressOf({ list, page: 1 }),
          label: t(`whistles.list.${list}`),
          count: found.counts[list],
          on: list === asked.list,
        }))}
      />
      <Filters view={view} action="/desk/whistles" keep={{ list: asked.list }} note={t('whistles.order_note')}>
        <Filter
          name="kind"
          label={t('whistles.field.kind')}
          all={t('whistles.all_kinds')}
          value={asked.kind}
          options={pack.whistleKinds.map(({ code, name }) => ({ value: code, label: pick(name, lang) }))}
        />
      </Filters>
      {found.rows.length === 0 ? (
        <DeskEmpty
          title={t('whistles.none')}
          {...(asked.list === 'open' ? {} : { next: { href: '/desk/whistles?list=open', label: t('whistles.list.open') } })}
        >
          {t('whistles.none_why')}
        </DeskEmpty>
      ) : (
        <>
          <div class="card">
            <Rows rows={found.rows} pack={pack} shell={shell} now={now} />
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

function Rows({ rows, pack, shell, now }: { rows: readonly WhistleRow[]; pack: LoadedPack; shell: DeskShell; now: Date }) {
  const { view } = shell
  const { t } = view
  const answered = ({ parts }: WhistleRow) => {
    const own = parts.filter(({ standing }) => standing !== 'passed')
    return t('whistles.parts_done', { done: own.filter(({ standing }) => standing === 'done').length, of: own.length })
  }
  return (
    <Table
      caption={t('whistles.title')}
      keys
      stack
      rows={rows}
      keyOf={(row) => row.id}
      toneOf={(row) => {
        const { tone } = dueWords(view, dueOfRow(pack, now, row.dueAt))
        return tone === 'bad' || tone === 'warn' ? tone : undefined
      }}
      columns={[
        { title: t('desk.work.due'), cell: (row) => <DueCell view={view} due={dueOfRow(pack, now, row.dueAt)} /> },
        {
          title: t('whistles.field.what'),
          cell: (row) => (
            <>
              <a href={`/desk/whistles/${row.id}`}>{shortOf(row.what)}</a>{' '}
              <span class="k-quiet">{kindName(view, pack, row.kind)}</span>
            </>
          ),
        },
        { title: t('whistles.field.place'), cell: (row) => shortArea(view, pack.areaName(row.area)) },
        {
          title: t('whistles.status_title'),
          cell: (row) => (
            <>
              <DeskTag tone={row.decisionWanted ? 'bad' : statusTone(row.status)}>
                {t(row.decisionWanted ? 'whistles.decision_wanted' : `whistles.status.${row.status}`)}
              </DeskTag>{' '}
              <span class="k-quiet">{answered(row)}</span>
            </>
          ),
        },
        { title: t('whistles.number'), cell: (row) => <span class="num">{row.number}</span> },
      ]}
    />
  )
}

const LONG = 20
const shortOf = (what: string): string => (what.length > LONG ? `${what.slice(0, LONG)}…` : what)
