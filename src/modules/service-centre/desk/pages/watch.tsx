import type { SendingAlarm } from '../../../../core/messages/index.ts'
import type { SealStatus } from '../../../../platform/seals/index.ts'
import { DeskCard, Lines, Note } from '../../../../ui/desk/index.ts'
import { formatNumber, formatShortDateTime, type View } from '../../../../ui/index.ts'

/** What the post keeps an eye on; absent where it is none of its business. */
export interface Watch {
  /** Changes to her own sign-in that she has not said she has seen. */
  news?: number
  /** Papers of its areas that did not print and still wait. */
  unprinted?: number
  /** Channels out of the house on which nothing got out for an hour. */
  sending?: readonly SendingAlarm[]
  seals?: SealStatus
}

/** Said to leaders and to the system administrator only while there is something to say. */
export const Unprinted = ({ view, n }: { view: View; n: number | undefined }) =>
  n ? <Note tone="bad">{view.t('desk.watch.unprinted', { n })}</Note> : null

/** Said while it is so: messages wait in the inboxes, and nobody is told that they do. */
export const Stuck = ({ view, sending = [] }: { view: View; sending: Watch['sending'] }) => (
  <>
    {sending.map((alarm) => (
      <Note key={alarm} tone="bad">
        {view.t(`desk.watch.${alarm}`)}
      </Note>
    ))}
  </>
)

/** How the seals over the audit and the looks stand: the last one, what waits, what is wrong. */
export function Seals({ view, seals }: { view: View; seals: SealStatus }) {
  const { t, today } = view
  const logs = Object.values(seals.logs)
  const sum = (of: 'sealed' | 'waiting') => formatNumber(logs.reduce((n, log) => n + log[of], 0))
  const at = seals.at && new Date(seals.at)
  return (
    <DeskCard title={t('desk.watch.seals')} note={t('desk.watch.seals_note')}>
      {seals.alarms.length === 0 ? (
        <Note tone="good">{t('desk.watch.well')}</Note>
      ) : (
        <Note tone="bad">
          {seals.alarms.map((alarm) => (
            <p key={alarm}>{t(`desk.watch.alarm.${alarm}`)}</p>
          ))}
        </Note>
      )}
      <Lines
        items={[
          {
            name: t('desk.watch.last'),
            value: at
              ? t('desk.watch.last_is', { number: seals.number, at: formatShortDateTime(at, today) })
              : t('desk.watch.none_yet'),
          },
          { name: t('desk.watch.sealed'), value: sum('sealed') },
          { name: t('desk.watch.waiting'), value: sum('waiting') },
          ...(seals.lagSeconds > 0
            ? [{ name: t('desk.watch.oldest'), value: t('desk.watch.seconds', { n: Math.round(seals.lagSeconds) }) }]
            : []),
        ]}
      />
    </DeskCard>
  )
}
