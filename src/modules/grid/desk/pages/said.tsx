/** What reporters said, in their words; who they are is opened apart. */
import { pick } from '../../../../platform/words.ts'
import { DeskButton, DeskCard } from '../../../../ui/desk/index.ts'
import { formatDateTime } from '../../../../ui/index.ts'
import type { IncidentProps } from './incident.tsx'

export function Said({ view, pack, page, mayCall }: IncidentProps) {
  const { t, lang, today } = view
  const { attributes = [], conditions = [] } =
    pack.incidents.classes.find(({ code }) => code === page.found.state.classCode) ?? {}
  const conditionOf = (code: string | null) => conditions.find((one) => one.code === code)?.when
  return (
    <DeskCard
      title={t('incident_desk.said')}
      note={t('incident_desk.said_note')}
      {...(mayCall
        ? {
            aside: (
              <DeskButton small href={`/desk/incidents/${page.found.id}/reporters`}>
                {t('incident_desk.who')}
              </DeskButton>
            ),
          }
        : {})}
    >
      {page.reports.map((one) => (
        <div key={one.id}>
          <p>{one.words || <i>{t('incident_desk.said_nothing')}</i>}</p>
          {attributes.map(
            ({ code, name }) => one.attributes[code] && <p key={code}>{`${pick(name, lang)}: ${one.attributes[code]}`}</p>,
          )}
          {conditionOf(one.condition) && (
            <p>{t('incident_desk.said_condition', { when: pick(conditionOf(one.condition)!, lang) })}</p>
          )}
          {one.saidAgain.map(({ at, words }) => (
            <p key={at}>
              {t('incident_desk.said_again', { at: formatDateTime(new Date(at), lang, today) })} {words}
            </p>
          ))}
          <p class="k-quiet">
            {[t(`incident_desk.channel.${one.channel}`), one.linked, one.place, formatDateTime(one.reportedAt, lang, today)]
              .filter(Boolean)
              .join(' · ')}
            {Math.abs(one.seenAt.getTime() - one.reportedAt.getTime()) > 60_000 &&
              ` · ${t('incident_desk.seen_at', { at: formatDateTime(one.seenAt, lang, today) })}`}
          </p>
        </div>
      ))}
      {page.moreReports && <p>{t('incident_desk.more_reports', { n: page.reports.length })}</p>}
    </DeskCard>
  )
}
