/** A whistle in words: what it is called, when it is due, what happened. Pure. */
import { type LoadedPack, organisationIn } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import { type Due, dueBy, formatDateTime, type Tone, type View } from '../../../ui/index.ts'
import type { TimelineRow } from '../store.ts'
import { isLate, isUnheard, type Part, type Standing, type Status, wantsDecision } from '../whistle.ts'

/** A code of a kind that the pack no longer has is shown as it stands. */
export function kindName({ lang }: View, pack: LoadedPack, code: string): string {
  const kind = pack.whistleKinds.find((one) => one.code === code)
  return kind ? pick(kind.name, lang) : code
}

type Stands = { status: Status; parts: readonly Pick<Part, 'standing'>[] }
/** Nobody works on it before somebody has answered. */
export const statusWords = ({ t }: View, of: Stands): string => t(`whistles.status.${isUnheard(of) ? 'unheard' : of.status}`)

const LONG = 20
/** A whistle has no name but what it is about. */
export const titleOf = (what: string): string => (what.length > LONG ? `${what.slice(0, LONG)}…` : what)

export const statusTone = (status: Status): Tone => (status === 'closed' ? 'good' : status === 'done' ? 'warn' : 'info')
const TONES: Readonly<Record<Standing, Tone>> = { called: 'warn', coming: 'info', disputed: 'bad', done: 'good', passed: 'plain' }

/** Where a part stands; what nobody answered in time is said first. */
export function standingOf({ t }: View, part: Part): { tone: Tone; words: string } {
  if (part.standing === 'called' && part.escalatedAt) return { tone: 'bad', words: t('whistles.escalated') }
  return { tone: TONES[part.standing], words: t(`whistles.standing.${part.standing}`) }
}

/** What a part waits for: of its unit, or of who rules. */
export function clockOf(part: Part): 'answer' | 'report' | 'ruling' | 'none' {
  if (wantsDecision(part) && part.decideBy) return 'ruling'
  return part.standing === 'called' ? 'answer' : part.standing === 'coming' ? 'report' : 'none'
}

/** An answer, a report or a ruling that is awaited. */
export function dueOfPart(now: Date, part: Part): Due {
  const at = { answer: part.answerBy, report: part.reportBy, ruling: part.decideBy, none: null }[clockOf(part)]
  return at ? dueBy(new Date(at), now, part.dueProvisional) : { kind: 'none' }
}
export const dueOfRow = (now: Date, at: Date | null): Due => (at ? dueBy(at, now) : { kind: 'none' })

/** When it answered and when it was done, late or not. */
export function answeredWords({ t, lang, today }: View, part: Part): string {
  const at = (instant: string) => formatDateTime(new Date(instant), lang, today)
  return [
    part.backed
      ? t('whistles.backed')
      : part.answeredAt
        ? t(isLate(part) ? 'whistles.answered_late' : 'whistles.answered', { at: at(part.answeredAt) })
        : '',
    part.doneAt
      ? t(part.reportBy && part.doneAt > part.reportBy ? 'whistles.done_late' : 'whistles.done_at', { at: at(part.doneAt) })
      : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

/** One line of the course: what, who and when, and what was written with it. */
export function courseLine(
  view: View,
  pack: LoadedPack,
  row: TimelineRow,
  parts: readonly Part[],
): { title: string; note: string; text?: string } {
  const { t, lang, today } = view
  const said = (name: string): string => (typeof row.payload[name] === 'string' ? (row.payload[name] as string) : '')
  const named = (name: string): string => organisationIn(pack, view, name)
  const unit = named(parts.find(({ n }) => n === row.payload.part)?.unitName ?? said('unitName'))
  const to = row.fact === 'decided' ? t(`whistles.choice.${said('choice')}`) : ''
  const text = [
    to && said('unitName') ? t('whistles.to_unit', { choice: to, unit: named(said('unitName')) }) : to,
    typeof row.payload.stars === 'number' ? t('whistles.stars_of', { n: row.payload.stars }) : '',
    said('basis'),
    said('reason') || said('note') || said('words') || said('what'),
  ].filter(Boolean)
  const who = row.officerName ?? t('whistles.by_itself')
  return {
    title: unit ? t('whistles.fact_of', { fact: t(`whistles.fact.${row.fact}`), unit }) : t(`whistles.fact.${row.fact}`),
    note: [who, named(row.organisationName ?? ''), formatDateTime(row.recordedAt, lang, today)].filter(Boolean).join(' · '),
    ...(text.length > 0 ? { text: text.join(' · ') } : {}),
  }
}
