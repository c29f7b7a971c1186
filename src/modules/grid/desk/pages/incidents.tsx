import type { LoadedPack } from '../../../../core/matters/index.ts'
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
  Table,
  Tabs,
} from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, dueWords, formatDay } from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../../service-centre/index.ts'
import { type IncidentList, type IncidentRow, incidentLists } from '../../use-cases/look.ts'
import { className, dueOfStage, stepTone, stepWords } from './parts.tsx'

interface Asked {
  list: (typeof incidentLists)[number]
  classCode?: string
  number?: string
  page: number
}
interface Props extends DeskShell {
  pack: LoadedPack
  listed: IncidentList
  asked: Asked
  now: Date
  mayReport: boolean
}

const PAGE = 25
const addressOf = (asked: Asked, change: Partial<Record<keyof Asked, string>>): string => {
  const { list, classCode = '', number = '' } = asked
  const all = Object.entries({ list, classCode, number, ...change }).filter(
    ([name, value]) => value !== '' && !(name === 'list' && value === 'todo'),
  )
  const query = new URLSearchParams(all)
  return query.size > 0 ? `/desk/incidents?${query}` : '/desk/incidents'
}

/** What waits for this post, the step that is due first at the top. */
export function IncidentsPage({ pack, listed, asked, now, mayReport, ...shell }: Props) {
  const { view } = shell
  const { t, lang } = view
  const from = (asked.page - 1) * PAGE + 1
  return (
    <DeskPage {...shell} title={t('incident_desk.title')}>
      <DeskHead title={t('incident_desk.title')} note={`${formatDay(view.today, lang)} · ${shell.post.scope}`}>
        <DeskSearch
          action="/desk/incidents"
          name="number"
          label={t('incident_desk.find')}
          placeholder={t('incident_desk.find')}
          value={asked.number}
        />
        <DeskButton href="/desk/facilities">{t('facilities.title')}</DeskButton>
        {mayReport && (
          <DeskButton kind="primary" href="/desk/incidents/new" keyHint="N">
            {t('incident_desk.report')}
          </DeskButton>
        )}
      </DeskHead>
      <Tabs
        label={t('incident_desk.title')}
        items={incidentLists.map((list) => ({
          href: addressOf(asked, { list }),
          label: t(`incident_desk.list.${list}`),
          on: list === asked.list,
        }))}
      />
      <Filters
        view={view}
        action="/desk/incidents"
        keep={{ list: asked.list, ...(asked.number ? { number: asked.number } : {}) }}
        note={t('incident_desk.note')}
      >
        <Filter
          name="classCode"
          label={t('incident_desk.class')}
          all={t('incident_desk.all_classes')}
          value={asked.classCode}
          options={pack.incidents.classes.map(({ code, name }) => ({ value: code, label: pick(name, lang) }))}
        />
      </Filters>
      {listed.rows.length === 0 ? (
        <Empty view={view} list={asked.list} />
      ) : (
        <>
          <div class="card">
            <Rows {...shell} pack={pack} rows={listed.rows} list={asked.list} now={now} />
          </div>
          <DeskPager
            view={view}
            from={from}
            to={from + listed.rows.length - 1}
            {...(asked.page > 1 ? { previous: addressOf(asked, { page: String(asked.page - 1) }) } : {})}
            {...(listed.more ? { next: addressOf(asked, { page: String(asked.page + 1) }) } : {})}
          />
        </>
      )}
    </DeskPage>
  )
}

const Empty = ({ view: { t }, list }: Pick<DeskShell, 'view'> & { list: Asked['list'] }) =>
  list === 'todo' ? (
    <DeskEmpty title={t('incident_desk.none')} next={{ href: '/desk/incidents?list=open', label: t('incident_desk.see_open') }}>
      {t('incident_desk.none_why')}
    </DeskEmpty>
  ) : (
    <DeskEmpty title={t('incident_desk.none_list')} />
  )

function Rows({
  view,
  pack,
  rows,
  list,
  now,
}: DeskShell & { pack: LoadedPack; rows: readonly IncidentRow[]; list: Asked['list']; now: Date }) {
  const { t } = view
  const dueOf = (row: IncidentRow) => dueOfStage(view, pack, now, row)
  return (
    <Table
      caption={t('incident_desk.title')}
      keys
      stack
      rows={rows}
      keyOf={(row) => row.id}
      toneOf={(row) => {
        const { tone } = dueWords(view, dueOf(row))
        return tone === 'bad' || tone === 'warn' || tone === 'hold' ? tone : undefined
      }}
      columns={[
        { title: t('incident_desk.due'), cell: (row) => <DueCell view={view} due={dueOf(row)} /> },
        {
          title: t('incident_desk.what'),
          cell: (row) => (
            <>
              <a href={`/desk/incidents/${row.id}`}>{row.title ?? className(view, pack, row.classCode)}</a>
              {row.reports > 1 && <small> {t('incident_desk.times', { n: row.reports })}</small>}
            </>
          ),
        },
        {
          title: t('incident_desk.where'),
          cell: (row) => [shortArea(view, row.areaName), row.shownPlace].filter(Boolean).join(' · '),
        },
        { title: t('incident_desk.level'), cell: (row) => row.level },
        {
          title: t('incident_desk.status'),
          cell: (row) => (
            <>
              <DeskTag tone={stepTone(row)}>{stepWords(view, row)}</DeskTag>
              {row.round > 1 && <small> {t('incident_desk.round', { n: row.round })}</small>}
              {row.unitName && <small> {row.unitName}</small>}
            </>
          ),
        },
        { title: t('incident_desk.number'), cell: (row) => <span class="num">{row.number}</span> },
        {
          title: t('incident_desk.act'),
          silent: true,
          right: true,
          cell: (row) => (
            <DeskButton small href={`/desk/incidents/${row.id}`}>
              {t(list === 'todo' || list === 'overdue' ? 'incident_desk.handle' : 'incident_desk.view')}
              <span class="govuk-visually-hidden"> {row.number}</span>
            </DeskButton>
          ),
        },
      ]}
    />
  )
}
