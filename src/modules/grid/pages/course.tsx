/** The steps of an incident in words: who did it, when, and why where a reason is owed. */
import { type LoadedPack, organisationIn } from '../../../core/matters/index.ts'
import { dayOf } from '../../../platform/time.ts'
import { formatDate, formatDateTime, Timeline, type TimelineEntry, type View } from '../../../ui/index.ts'

export interface CourseStep {
  seq: number
  fact: string
  how: string | null
  unit: string | null
  reason?: string | undefined
  /** Until when a word is waited for. */
  until?: string | undefined
  by?: string | null
  recordedAt: Date
}

const STOPPED = new Set(['hung', 'not_filed', 'voided', 'closed_unsolved', 'unconfirmed'])

/** @param waits what is waited for now; null where it is over */
export function Course({
  view,
  pack,
  steps,
  waits,
}: {
  view: View
  pack: LoadedPack
  steps: readonly CourseStep[]
  waits: string | null
}) {
  const { t, lang, today } = view
  const named = (name: string): string => organisationIn(pack, view, name)
  const entries: TimelineEntry[] = steps.map((step) => {
    const { fact, how, unit, reason, until, by, recordedAt } = step
    return {
      state: STOPPED.has(fact) ? 'stopped' : 'done',
      title: t(`around.fact.${fact}`, { how: how ?? 'none', unit: unit ? named(unit) : 'none' }),
      note: [
        formatDateTime(recordedAt, lang, today),
        by && named(by),
        until && t('around.until', { on: formatDate(dayOf(new Date(until)), lang, today) }),
      ]
        .filter(Boolean)
        .join(' · '),
      ...(reason ? { children: <p class="k-quiet">{t('around.because', { reason })}</p> } : {}),
    }
  })
  return <Timeline view={view} entries={waits === null ? entries : [...entries, { state: 'now', title: waits }]} />
}
