/** Which lists there are for the communities of a post. */
import type { LoadedPack } from '../../../../core/matters/index.ts'
import { GROUPS, type ToVisit } from '../../../../core/outreach/index.ts'
import { pick } from '../../../../platform/words.ts'
import { DeskEmpty } from '../../../../ui/desk/index.ts'
import { DeskHead, DeskPage, formatDay } from '../../../../ui/index.ts'
import { type DeskShell, shortArea } from '../../desk/shell.ts'

interface Props extends DeskShell {
  rows: readonly ToVisit[]
  pack: LoadedPack
}

export function VisitsPage({ rows, pack, ...shell }: Props) {
  const { view } = shell
  const { t, lang, today } = view
  const nameOf = (code: string) => {
    const matter = pack.matters.find((one) => one.code === code)
    return matter ? pick(matter.name, lang) : code
  }
  return (
    <DeskPage {...shell} title={t('finding.visits')}>
      <DeskHead title={t('finding.visits')} note={t('finding.visits_note')} />
      {rows.length === 0 ? (
        <DeskEmpty title={t('finding.no_lists')}>{t('finding.no_lists_note')}</DeskEmpty>
      ) : (
        <>
          <ul class="d-people">
            {rows.map((row) => (
              <li key={`${row.matterCode} ${row.area}`} class="card d-person">
                <h2>
                  <a href={`/desk/visits/${row.matterCode}/${row.area}`}>{nameOf(row.matterCode)}</a>{' '}
                  <small>{shortArea(view, pack.areaName(row.area) || row.area)}</small>
                </h2>
                <p>
                  {GROUPS.map((group) =>
                    t('finding.group_count', { group: t(`finding.group.${group}`), n: row.counts[group] }),
                  ).join(' · ')}
                </p>
                <p class="k-quiet">{t('finding.facts_of', { day: formatDay(row.day, lang, today) })}</p>
              </li>
            ))}
          </ul>
          <p class="k-quiet">{t('finding.each_night')}</p>
        </>
      )}
    </DeskPage>
  )
}
