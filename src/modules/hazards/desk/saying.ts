/** A hazard in words: what it is called, when it is due, what happened. Pure. */
import { hazardKind, type LoadedPack, officeIn, organisationIn } from '../../../core/matters/index.ts'
import type { TimelineRow } from '../../../core/timeline/index.ts'
import { pick } from '../../../platform/words.ts'
import { type Due, dueBy, formatDate, formatDateTime, type Tone, type View } from '../../../ui/index.ts'
import type { Fact, Status } from '../hazard.ts'
import { type Stands, stageOf } from '../possible.ts'

/** A code of a kind that the pack no longer has is shown as it stands. */
export const kindName = (view: View, pack: LoadedPack, code: string): string => {
  const kind = hazardKind(pack, code)
  return kind ? pick(kind.name, view.lang) : code
}

/** Where it stands; what was handed over names whose turn it is. */
export const stageWords = (view: View, pack: LoadedPack, row: Stands & { domain: string; handlingArea: string }): string =>
  view.t(`hazard.stage.${stageOf(row)}`, { organ: officeIn(pack, view, row.domain, row.handlingArea) })

export const statusTone = (status: Status): Tone =>
  status === 'closed' || status === 'passed' ? 'good' : status === 'reported' || status === 'registered' ? 'warn' : 'info'

export const dueOf = (now: Date, of: { dueAt: Date | null; dueProvisional: boolean }): Due =>
  of.dueAt ? dueBy(of.dueAt, now, of.dueProvisional) : { kind: 'none' }

/** How a fact is called: some say two things. */
export function factName(row: Pick<TimelineRow<Fact>, 'fact' | 'payload'>): string {
  if (row.fact === 'rechecked') return row.payload.passed ? 'rechecked_passed' : 'rechecked_failed'
  if (row.fact === 'looked_again') return row.payload.gone ? 'looked_again_gone' : 'looked_again_back'
  return row.fact
}

/** One line of the course: what, who and when, and what was written with it. Of a report nobody’s name. */
export function courseLine(view: View, pack: LoadedPack, row: TimelineRow<Fact>): { title: string; note: string; text?: string } {
  const { t, lang, today } = view
  const who = row.officerName ?? t(row.fact === 'reported' ? 'hazards.a_resident' : 'hazards.by_itself')
  const text = textOf(view, pack, row)
  return {
    title: t(`hazard.fact.${factName(row)}`),
    note: [who, organisationIn(pack, view, row.organisationName ?? ''), formatDateTime(row.recordedAt, lang, today)]
      .filter(Boolean)
      .join(' · '),
    ...(text ? { text } : {}),
  }
}

function textOf(view: View, pack: LoadedPack, { fact, payload }: TimelineRow<Fact>): string {
  const { t, lang, today } = view
  const said = (name: string): string => (typeof payload[name] === 'string' ? (payload[name] as string) : '')
  switch (fact) {
    case 'inspected':
      return t('hazards.said.seen', { day: formatDate(said('seenOn'), lang, today) })
    case 'told':
      return t(`hazards.said.told_${said('how')}`, { paper: said('paper') })
    case 'said_done':
      return `${t(`hazard.said.${said('said')}`)} · ${said('note')}`
    case 'regraded':
      return `${t(`hazard.grade.${said('grade')}`)} · ${said('reason')}`
    case 'ordered':
      return [t(`hazard.order.${said('order')}`), said('paper'), said('basis'), said('text')].filter(Boolean).join(' · ')
    case 'transferred': {
      const { organ, reason } = payload.transfer as { organ: string; reason: string }
      return `${organisationIn(pack, view, organ)} · ${reason}`
    }
    case 'acknowledged':
      return [t('hazards.said.receipt', { receipt: said('receipt') }), said('note')].filter(Boolean).join(' · ')
    case 'returned':
      return `${organisationIn(pack, view, said('organ'))} · ${said('reason')}`
    default:
      return said('note') || said('reason')
  }
}

interface Powers {
  orders: Readonly<Record<string, true | { organ: string; basis: string }>>
  found: { state: { lookFrom: string | null } }
}

/** What a refusal's sentence names: who may order it, and from when it may be looked at again. */
export function whyParams(
  view: View,
  pack: LoadedPack,
  { orders, found }: Powers,
): { organ: string; basis: string; day: string } {
  const named = Object.values(orders).find((one): one is { organ: string; basis: string } => one !== true)
  const organ = named ? organisationIn(pack, view, named.organ) : 'none'
  return { organ, basis: named?.basis || 'none', day: found.state.lookFrom ?? '' }
}
