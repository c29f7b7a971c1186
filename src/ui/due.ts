/** When something is due, in words: “2 working days left”, “paused”. Colour follows from the kind. */
import { numberOf } from '../platform/day.ts'
import { type Day, dayOf } from '../platform/time.ts'
import { formatDay, formatShortDay, formatTime } from './format.ts'
import type { Tone } from './tone.ts'
import type { View } from './view.ts'

export type Unit = 'working_day' | 'calendar_day' | 'hour' | 'working_hour'

export type Due =
  /** Hours are whole ones that have gone by or are left: 0 is less than one. `time`: the hour, for a limit that is shorter than days. */
  | { kind: 'overdue'; by: number; unit: Unit; on: Day; time?: string }
  /** `time`: the hour at which the day's work ends, `17:30`. */
  | { kind: 'today'; on: Day; time?: string }
  /** `provisional`: past the published calendar; the day may still move later. */
  | { kind: 'left'; n: number; unit: Unit; on: Day; time?: string; provisional?: boolean }
  /** The clock was stopped by a notice. */
  | { kind: 'paused'; note?: string }
  /** Time that does not count towards the limit: somebody's answer is waited for. */
  | { kind: 'excluded'; note?: string }
  | { kind: 'done'; on: Day; late?: boolean }
  /** No limit runs at all; `note` says why. Not a pause, whose clock goes on. */
  | { kind: 'none'; note?: string }

export interface DueWords {
  words: string
  /** The date or the reason, in a second voice. */
  note: string
  tone: Tone
}

const SOON = 1
const HOUR_MS = 3_600_000
/** Up to here hours are counted, from here days. */
const MOST_HOURS = 48

/**
 * An hour by which something is due, or was: whole hours while it is near, days of the calendar when it is far, as `remaining` counts
 * them: what was due on Friday evening is three days late on Monday morning.
 */
export function dueBy(dueAt: Date, now: Date, provisional = false): Due {
  const left = dueAt.getTime() - now.getTime()
  const hours = Math.floor(Math.abs(left) / HOUR_MS)
  const [n, unit] =
    hours < MOST_HOURS
      ? ([hours, 'hour'] as const)
      : ([Math.abs(numberOf(dayOf(now)) - numberOf(dayOf(dueAt))), 'calendar_day'] as const)
  const at = { unit, on: dayOf(dueAt), time: formatTime(dueAt) }
  return left < 0 ? { kind: 'overdue', by: n, ...at } : { kind: 'left', n, ...at, ...(provisional ? { provisional } : {}) }
}

const dayAndTime = ({ on, time }: { on: Day; time?: string }, today: Day): string =>
  time ? `${formatShortDay(on, today)} ${time}` : formatShortDay(on, today)

/** Short words for a dense table. */
export function dueWords(view: Pick<View, 't' | 'today'>, due: Due): DueWords {
  const { t, today } = view
  switch (due.kind) {
    case 'overdue':
      return {
        words: due.by === 0 ? t('ui.due.overdue.under_an_hour') : t(`ui.due.overdue.${due.unit}`, { n: due.by }),
        note: dayAndTime(due, today),
        tone: 'bad',
      }
    case 'today':
      return { words: due.time ? t('ui.due.today_at', { time: due.time }) : t('ui.due.today'), note: '', tone: 'warn' }
    case 'left':
      return {
        words: due.provisional
          ? t('ui.due.provisional')
          : due.n === 0
            ? t('ui.due.left.under_an_hour')
            : t(`ui.due.left.${due.unit}`, { n: due.n }),
        note: due.provisional ? t('ui.due.provisional_note', { day: formatShortDay(due.on, today) }) : dayAndTime(due, today),
        tone: !due.provisional && (due.n === 0 || (due.n <= SOON && due.unit.endsWith('day'))) ? 'warn' : 'plain',
      }
    case 'paused':
      return { words: t('ui.due.paused'), note: due.note ?? '', tone: 'hold' }
    case 'done':
      return {
        words: t(due.late ? 'ui.due.done_late' : 'ui.due.done'),
        note: formatShortDay(due.on, today),
        tone: due.late ? 'bad' : 'good',
      }
    case 'excluded':
      return { words: t('ui.due.excluded'), note: due.note ?? '', tone: 'hold' }
    case 'none':
      return { words: t('ui.due.none'), note: due.note ?? '', tone: 'plain' }
  }
}

/** The same for a resident: the day in full comes first, the words second; without a day, the words and their reason. */
export function dueSentence(view: View, due: Due): DueWords {
  const { words, note, tone } = dueWords(view, due)
  if (!('on' in due)) return { words, note, tone }
  const second = due.kind === 'left' && due.provisional ? view.t('ui.due.provisional_why') : words
  return { words: formatDay(due.on, view.lang, view.today), note: second, tone }
}
