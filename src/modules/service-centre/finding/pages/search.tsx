/** One search: how far it is, then how many by area. Leaders see no names. */
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { amongOf, COUNTED, type CountRow, type SearchPage as Search } from '../../../../core/outreach/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskCard, Lines, Note, Table, Two } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, Form, formatDateTime, formatDay, formatNumber, type Problem } from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../desk/shell.ts'
import { Status } from './status.tsx'

interface Props extends DeskShell {
  page: Search
  pack: LoadedPack
  mayStop: boolean
  newKey: string
  problem?: Problem
}

const COLUMNS = [...COUNTED, 'applied'] as const

export function SearchPage({ page: { search, areas, isOfPart, counts }, pack, mayStop, newKey, problem, ...shell }: Props) {
  const { view } = shell
  const { t, lang, today } = view
  const matter = pack.matters.find((one) => one.code === search.matterCode)
  const among = matter && amongOf(pack, matter)
  const nameOf = (code: string) => pack.areaName(code) || code
  const title = t('finding.search_of', {
    matter: matter ? pick(matter.name, lang) : search.matterCode,
    area: areas.map(nameOf).join(t('finding.and')),
  })
  const open = search.status === 'waiting' || search.status === 'running'
  const shown = (n: number | null) =>
    n === null ? (
      <>
        <span aria-hidden="true">＊</span>
        <span class="govuk-visually-hidden">{t('finding.withheld_sign')}</span>
      </>
    ) : (
      formatNumber(n)
    )
  return (
    <DeskPage {...shell} title={title} current="/desk/searches">
      <DeskHead title={title} crumbs={[{ href: '/desk/searches', label: t('finding.title') }]} />
      {problem && (
        <Note tone="bad" live>
          {problem.message}
        </Note>
      )}
      {search.status === 'failed' && <Note tone="bad">{t(`finding.why.${search.why ?? 'broken'}`)}</Note>}
      {search.status === 'cancelled' && <Note tone="warn">{t('finding.stopped')}</Note>}
      <Two
        side={
          <DeskCard title={t('finding.about')}>
            <Lines
              items={[
                { name: t('finding.over'), value: nameOf(search.area) },
                { name: t('finding.status'), value: <Status view={view} search={search} /> },
                ...(search.day ? [{ name: t('finding.day'), value: formatDay(search.day, lang, today) }] : []),
                { name: t('finding.asked_at'), value: formatDateTime(search.requestedAt, lang, today) },
                ...(search.finishedAt
                  ? [{ name: t('finding.finished_at'), value: formatDateTime(search.finishedAt, lang, today) }]
                  : []),
                ...(search.expiresOn ? [{ name: t('finding.kept_until'), value: formatDay(search.expiresOn, lang, today) }] : []),
              ]}
            />
            {open && mayStop && !search.nightly && (
              <Form view={view} action={`/desk/searches/${search.id}/stop`} idempotencyKey={newKey}>
                <DeskButton kind="danger">{t('finding.stop')}</DeskButton>
              </Form>
            )}
            <p>{t('finding.no_decision')}</p>
          </DeskCard>
        }
      >
        {open && (
          <DeskCard title={t('finding.how_far')}>
            <progress class="d-progress" value={search.done} max={Math.max(1, search.total)} aria-label={t('finding.how_far')} />
            <p>
              {t(search.status === 'waiting' ? 'finding.waits' : 'finding.running_note', {
                done: search.done,
                total: search.total,
              })}
            </p>
          </DeskCard>
        )}
        {isOfPart && <Note tone="info">{t('finding.of_part', { area: nameOf(search.area) })}</Note>}
        {counts && (
          <DeskCard title={t('finding.how_many')} note={t('finding.withheld')} flush>
            <Table<CountRow>
              caption={t('finding.how_many_in', { area: areas.map(nameOf).join(t('finding.and')) })}
              rows={[...counts.rows, { code: '', counts: counts.total }]}
              keyOf={(row) => row.code}
              columns={[
                {
                  title: t('finding.area'),
                  cell: (row) => (row.code === '' ? <b>{t('finding.total')}</b> : shortArea(view, nameOf(row.code))),
                },
                ...COLUMNS.map((list, at) => ({
                  title: t(`finding.column.${list}`),
                  right: true,
                  cell: (row: CountRow) => shown(row.counts[at] ?? null),
                })),
              ]}
            />
          </DeskCard>
        )}
        {counts && (
          <DeskCard title={t('finding.what_is_counted')}>
            {COLUMNS.map((list) => (
              <p key={list}>
                <b>{t(`finding.column.${list}`)}</b> {t(`finding.meaning.${list}`)}
              </p>
            ))}
            {among && <p>{t('finding.among', { whom: pick(among.text, lang) })}</p>}
            <p>{t('finding.not_counted')}</p>
          </DeskCard>
        )}
      </Two>
    </DeskPage>
  )
}
