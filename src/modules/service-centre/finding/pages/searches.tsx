/** What has been searched for, and asking for a search. */
import type { LoadedPack, Matter } from '../../../../core/matters/index.ts'
import type { Searches, SearchRow } from '../../../../core/outreach/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskCard, DeskEmpty, Note, Table, Two } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, formatDateTime, formatDay, type Problem, Select } from '../../../../ui/index.ts'
import type { DeskShell } from '../../desk/shell.ts'
import type { AreaChoice } from '../areas.ts'
import { Status } from './status.tsx'

interface Props extends DeskShell, Searches {
  pack: LoadedPack
  matters: readonly Matter[]
  areas: readonly AreaChoice[]
  typed: Readonly<Record<string, string>>
  newKey: string
  problem?: Problem
}

export function SearchesPage({ snapshot, rows, pack, matters, areas, typed, newKey, problem, ...shell }: Props) {
  const { view } = shell
  const { t, lang, today } = view
  const errors = problem && Object.keys(problem.errors).length > 0 ? { errors: problem.errors } : {}
  const nameOf = (code: string) => {
    const matter = pack.matters.find((one) => one.code === code)
    return matter ? pick(matter.name, lang) : code
  }
  return (
    <DeskPage {...shell} {...errors} title={t('finding.title')}>
      <DeskHead
        title={t('finding.title')}
        note={snapshot ? t('finding.facts_of', { day: formatDay(snapshot.day, lang, today) }) : undefined}
      />
      {problem && !errors.errors && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      <Two
        side={
          <DeskCard title={t('finding.ask')}>
            {!snapshot && <Note tone="warn">{t('search.no_snapshot')}</Note>}
            {matters.length === 0 ? (
              <p>{t('finding.no_matter')}</p>
            ) : (
              <Form view={view} action="/desk/searches" idempotencyKey={newKey}>
                <Select
                  view={view}
                  name="matter"
                  label={t('finding.matter')}
                  value={typed.matter}
                  options={matters.map(({ code, name }) => ({ value: code, label: pick(name, lang) }))}
                  {...errors}
                />
                <Select
                  view={view}
                  name="area"
                  label={t('finding.area')}
                  value={typed.area}
                  options={areas.map(({ code, name }) => ({ value: code, label: name }))}
                  {...errors}
                />
                <DeskButton kind="primary" {...(snapshot ? {} : { disabledBecause: t('search.no_snapshot') })}>
                  {t('finding.begin')}
                </DeskButton>
              </Form>
            )}
            <p>{t('finding.each_night')}</p>
            <p>{t('finding.part_first')}</p>
            <p>{t('finding.no_names')}</p>
          </DeskCard>
        }
      >
        {rows.length === 0 ? (
          <DeskEmpty title={t('finding.none')}>{t('finding.none_note')}</DeskEmpty>
        ) : (
          <DeskCard title={t('finding.searches')} flush>
            <Table<SearchRow>
              caption={t('finding.searches')}
              rows={rows}
              keyOf={(row) => row.id}
              keys
              columns={[
                { title: t('finding.matter'), cell: (row) => <a href={`/desk/searches/${row.id}`}>{nameOf(row.matterCode)}</a> },
                { title: t('finding.area'), cell: (row) => pack.areaName(row.area) || row.area },
                { title: t('finding.status'), cell: (row) => <Status view={view} search={row} /> },
                {
                  title: t('finding.asked_at'),
                  quiet: true,
                  cell: (row) =>
                    t(row.nightly ? 'finding.by_night' : 'finding.by_officer', {
                      at: formatDateTime(row.requestedAt, lang, today),
                    }),
                },
              ]}
            />
          </DeskCard>
        )}
      </Two>
    </DeskPage>
  )
}
