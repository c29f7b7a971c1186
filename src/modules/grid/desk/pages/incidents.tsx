import { type LoadedPack, organisationIn } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { type Column, DeskButton, DeskEmpty, DeskTag } from '../../../../ui/desk/index.ts'
import { DeskList } from '../../../../ui/index.ts'
import type { DeskShell } from '../../../service-centre/index.ts'
import { areaLabel } from '../../pages/report-where.tsx'
import { COUNTED, type IncidentList, type IncidentRow, incidentLists } from '../../use-cases/look.ts'
import { className, dueOfStage, nextOf, stepTone, stepWords } from './parts.tsx'

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

/** What waits for this post, the step that is due first at the top. */
export function IncidentsPage({ pack, listed, asked, now, mayReport, ...shell }: Props) {
  const { view } = shell
  const { t, lang } = view
  return (
    <DeskList
      shell={shell}
      title={t('incident_desk.title')}
      base="/desk/incidents"
      asked={asked}
      find={t('incident_desk.find')}
      actions={
        <>
          <DeskButton href="/desk/incidents/notes">{t('field_notes.title')}</DeskButton>
          <DeskButton href="/desk/facilities">{t('facilities.title')}</DeskButton>
          {mayReport && (
            <DeskButton kind="primary" href="/desk/incidents/new" keyHint="N">
              {t('incident_desk.report')}
            </DeskButton>
          )}
        </>
      }
      lists={incidentLists}
      listName={(list) => t(`incident_desk.list.${list}`)}
      counts={listed.counts}
      counted={COUNTED}
      urgent={['overdue']}
      filters={[
        {
          name: 'classCode',
          label: t('incident_desk.class'),
          all: t('incident_desk.all_classes'),
          options: pack.incidents.classes.map(({ code, name }) => ({ value: code, label: pick(name, lang) })),
        },
      ]}
      note={t(asked.list === 'overdue' ? 'incident_desk.note_overdue' : 'incident_desk.note')}
      pageSize={PAGE}
      more={listed.more}
      due={{ title: t('incident_desk.due'), of: (row) => dueOfStage(view, pack, now, row) }}
      rows={listed.rows}
      keyOf={(row) => row.id}
      columns={columnsOf(shell, pack, asked.list)}
      empty={<Empty view={view} list={asked.list} />}
    />
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

function Together({ view, pack, row }: Pick<DeskShell, 'view'> & { pack: LoadedPack; row: IncidentRow }) {
  const next = nextOf(row.status, row.whistle)
  if (!next) return null
  return (
    <div class="k-quiet">
      {view.t(`incident_desk.whistle_next.${next}`, { unit: organisationIn(pack, view, row.unitName ?? '') })}
    </div>
  )
}

function columnsOf({ view }: DeskShell, pack: LoadedPack, list: Asked['list']): Column<IncidentRow>[] {
  const { t } = view
  return [
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
      cell: (row) => [areaLabel(view, pack, row.area), row.shownPlace].filter(Boolean).join(' · '),
    },
    { title: t('incident_desk.level'), cell: (row) => row.level },
    {
      title: t('incident_desk.status'),
      cell: (row) => (
        <>
          <DeskTag tone={stepTone(row)}>{stepWords(view, row)}</DeskTag>
          {row.round > 1 && <small> {t('incident_desk.round', { n: row.round })}</small>}
          {row.unitName && <small> {organisationIn(pack, view, row.unitName)}</small>}
          <Together view={view} pack={pack} row={row} />
          {row.hiddenWith && <div class="k-quiet">{t('incident_desk.hidden_with_row')}</div>}
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
          {t(list === 'todo' ? 'incident_desk.handle' : 'incident_desk.view')}
          <span class="govuk-visually-hidden"> {row.number}</span>
        </DeskButton>
      ),
    },
  ]
}
