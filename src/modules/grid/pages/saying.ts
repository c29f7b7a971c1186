/** How pages for people say where an incident stands, and when. Pure. */
import type { LoadedPack } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import { dueBy, dueWords, formatDateTime, type Tone, type View } from '../../../ui/index.ts'
import type { Outcome, Status } from '../incident.ts'
import type { Followed } from '../use-cases/follow.ts'
import type { ListedIncident } from '../use-cases/public.ts'

/** A date of an incident against the hour that it is. */
export const dueAgainst = (view: View, dueAt: Date, now: Date): Stand => dueWords(view, dueBy(dueAt, now))

export const isOverdue = (dueAt: Date | null, now: Date): boolean => dueAt !== null && dueAt < now

/** The name of a class of the pack; one that left it is called by its code. */
export function className(pack: LoadedPack, code: string, { lang }: Pick<View, 'lang'>): string {
  const found = pack.pack.incidents?.classes.find((one) => one.code === code)
  return found ? pick(found.name, lang) : code
}

export interface Stand {
  words: string
  tone: Tone
}
type Standing = { status: Status; outcome: Outcome | null; dueAt: Date | null }

/** Its status in a word or two; each way of ending has its own. */
export function standOf({ t }: View, { status, outcome, dueAt }: Standing, now: Date): Stand {
  if (status === 'closed' && outcome) return { words: t(`around.outcome.${outcome}`), tone: OUTCOME_TONE[outcome] }
  if (isOverdue(dueAt, now) && RUNNING.has(status)) return { words: t('around.overdue'), tone: 'bad' }
  return { words: t(`around.status.${status}`), tone: STATUS_TONE[status] }
}

/** While these last, the date of the handling is the date that counts. */
const RUNNING = new Set<Status>(['dispatched', 'handling'])
const OUTCOME_TONE = { confirmed: 'good', checked: 'good', unconfirmed: 'hold', not_solved: 'bad' } as const satisfies Record<
  Outcome,
  Tone
>
const STATUS_TONE = {
  reported: 'info',
  verified: 'info',
  filed: 'info',
  dispatched: 'info',
  handling: 'info',
  hung: 'hold',
  handled: 'info',
  checked: 'warn',
  closed: 'plain',
  not_filed: 'plain',
  void: 'plain',
  linked: 'plain',
} as const satisfies Record<Status, Tone>

/** What a code of the pack's delays means; nothing where there is none. */
export const delayName = (pack: LoadedPack, code: string | null | undefined, { lang }: Pick<View, 'lang'>): string => {
  const found = pack.incidents.delays.find((one) => one.code === code)
  return found ? pick(found.name, lang) : ''
}

/** For whoever reported it: what was promised, and how late it was; a date that went by is said for good. */
export function latenessOf(view: View, { wasLate, dueAt, handledAt, outcome }: Followed): string {
  const { t, lang, today } = view
  if (!wasLate) return ''
  if (!dueAt || (handledAt && handledAt <= dueAt)) return t('follow.late_before')
  const by = formatDateTime(dueAt, lang, today)
  if (handledAt) return t('follow.done_late', { by, words: dueAgainst(view, dueAt, handledAt).words })
  return t(outcome === 'not_solved' ? 'follow.never_in_time' : 'follow.late_before', { by })
}

type Dated = Pick<
  ListedIncident,
  'status' | 'outcome' | 'dueAt' | 'stageDueAt' | 'wordBy' | 'closedAt' | 'wasLate' | 'why' | 'goesOnAs'
>

/** The second line: what is left of the time, or why none runs; a date that went by is said for good. */
export function dueLine(view: View, pack: LoadedPack, one: Dated, now: Date): string {
  const { t } = view
  const late = one.wasLate && !(one.dueAt && RUNNING.has(one.status) && isOverdue(one.dueAt, now))
  return [
    one.goesOnAs && t('around.goes_on_as', { number: one.goesOnAs.number }),
    whenOf(view, pack, one, now),
    late && t(`around.${one.outcome === 'not_solved' ? 'never_in_time' : one.outcome ? 'was_late' : 'late_before'}`),
  ]
    .filter(Boolean)
    .join(t('around.then'))
}

function whenOf(view: View, pack: LoadedPack, one: Dated, now: Date): string {
  const { t, lang, today } = view
  const at = (when: Date): string => formatDateTime(when, lang, today)
  if (one.closedAt) return t('around.ended_on', { on: at(one.closedAt) })
  if (one.status === 'checked' && one.wordBy) return t('around.word_by', { by: at(one.wordBy) })
  const why = delayName(pack, one.why, view)
  if (one.status === 'hung') return why ? t('around.hung_why', { why }) : t('around.hung')
  if (one.dueAt && RUNNING.has(one.status)) {
    const line = t(isOverdue(one.dueAt, now) ? 'around.late_line' : 'around.due_line', {
      words: dueAgainst(view, one.dueAt, now).words,
      by: at(one.dueAt),
    })
    return why ? `${line}${t('around.then')}${t('around.extended_why', { why })}` : line
  }
  if (!one.stageDueAt) return ''
  const name = one.status === 'filed' ? 'dispatch' : one.status === 'handled' ? 'check' : 'look'
  return t(`around.${isOverdue(one.stageDueAt, now) ? 'was_to' : 'is_to'}_${name}`, { by: at(one.stageDueAt) })
}
