/** Figures, clocks and the course of an event, as its pages show them. */
import type { Emergencies, LoadedPack } from '../../../../core/matters/index.ts'
import { dayOf } from '../../../../platform/time.ts'
import { pick } from '../../../../platform/words.ts'
import { Datagrid, DeskSign, DeskTimeline } from '../../../../ui/desk/index.ts'
import { clauseText, formatDateTime, formatDay, formatMoney, formatNumber, type Tone, type View } from '../../../../ui/index.ts'
import type { ClockStanding } from '../clocks.ts'
import { isWrittenLater } from '../clocks.ts'
import { type Findings, figureNames, type Status, textNames } from '../event.ts'
import type { FactRow } from '../store.ts'

export const STATUS_TONE = { open: 'warn', final: 'info', closed: 'plain' } as const satisfies Record<Status, Tone>
const CLOCK_TONE = {
  waits: 'plain',
  open: 'warn',
  kept: 'good',
  late: 'bad',
  overdue: 'bad',
  runs: 'info',
  over: 'plain',
} as const satisfies Record<ClockStanding['standing'], Tone>

/** What is not known is said in words, so that nobody reads a zero. */
export const figure = ({ t }: View, n: number | null): string => (n === null ? t('event.not_known') : formatNumber(n))

export function FindingsGrid({ view, found }: { view: View; found: Findings }) {
  const { t, lang } = view
  const shown = (name: keyof Findings) => {
    const value = found[name]
    if (value === null) return <i>{t('event.not_known')}</i>
    if (name === 'lossFen') return formatMoney(value as number, lang)
    return typeof value === 'number' ? t('event.n_persons', { n: value }) : value
  }
  return (
    <Datagrid
      facts={(['place', ...figureNames, ...textNames] as const).map((name) => ({
        name: t(`event.field.${name}`),
        value: shown(name),
      }))}
    />
  )
}

/** Each clock with whose it is, whether it is law or promise, and whether it was kept. */
export function Clocks({ view, pack, clocks }: { view: View; pack: LoadedPack; clocks: readonly ClockStanding[] }) {
  const { t, lang, today } = view
  const basisOf = ({ clock: { basis, verified } }: ClockStanding) => {
    if (!basis) return t('event.promise')
    const text = pack.pack.bases.find(({ code }) => code === basis.document)
    return t(verified ? 'event.by_law' : 'event.by_law_unverified', {
      law: text ? pick(text.title, lang) : basis.document,
      clause: clauseText(view, basis.clause, text?.clauses),
    })
  }
  // Days end with their day, not at the first minute of the next.
  const dueIn = ({ clock: { unit }, dueAt }: ClockStanding) =>
    unit === 'calendar_days' ? formatDay(dayOf(new Date(dueAt!.getTime() - 1)), lang, today) : formatDateTime(dueAt!, lang, today)
  return (
    <ul class="d-checks">
      {clocks.map((one) => (
        <li key={one.clock.code}>
          <DeskSign tone={CLOCK_TONE[one.standing]} />
          <span>
            <span class={`d-word is-${CLOCK_TONE[one.standing]}`}>{t(`event.clock.${one.standing}`)} </span>
            {pick(one.clock.name, lang)} {t(`event.within.${one.clock.unit}`, { n: one.clock.within })}
            <br />
            <small>
              {[
                one.dueAt && t('event.due', { at: dueIn(one) }),
                one.metAt && t('event.met', { at: formatDateTime(one.metAt, lang, today) }),
                t('event.whose', { who: pick(one.clock.who, lang) }),
                basisOf(one),
              ]
                .filter(Boolean)
                .join(t('event.stop'))}
            </small>
          </span>
        </li>
      ))}
    </ul>
  )
}

interface CourseProps {
  view: View
  emergencies: Emergencies
  facts: readonly FactRow[]
}

/** Everything, the newest first as on every page of the desk, with the figures that each report had. */
export const Course = (props: CourseProps) => (
  <DeskTimeline
    view={props.view}
    entries={props.facts.map((row) => ({ state: 'done' as const, ...entryOf(props, row) })).reverse()}
  />
)

function entryOf({ view, emergencies, facts }: CourseProps, { seq, fact, officerName, recordedAt }: FactRow) {
  const { t, lang, today } = view
  const at = (instant: Date) => formatDateTime(instant, lang, today)
  const note = `${at(recordedAt)} · ${officerName}`
  const said = (parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(t('event.stop'))
  switch (fact.fact) {
    case 'reported': {
      const n = facts.filter((one) => one.fact.fact === 'reported' && one.seq <= seq).length
      const { dead, injured, missing } = fact.found
      const level = emergencies.levels.find(({ code }) => code === fact.level)
      const figures = { dead: figure(view, dead), injured: figure(view, injured), missing: figure(view, missing) }
      return {
        title: t('event.reported', { kind: t(`event.report.${fact.report}`), n }),
        note,
        text: said([
          t('event.figures', figures),
          level && pick(level.name, lang),
          fact.why ? t('event.because', { why: fact.why }) : undefined,
        ]),
      }
    }
    case 'told': {
      const answer = facts.find((one) => one.fact.fact === 'acknowledged' && one.fact.told === seq)?.fact
      const told = new Date(fact.at)
      const who = recipientName(view, emergencies, fact)
      return {
        title: t('event.told', { who, means: t(`event.means.${fact.means}`), at: at(told) }),
        note: isWrittenLater(told, recordedAt) ? t('event.written_later', { by: note }) : note,
        text: said([
          answer?.fact === 'acknowledged'
            ? t('event.answered', { at: at(new Date(answer.at)), by: answer.by })
            : t('event.no_answer'),
          fact.note,
        ]),
      }
    }
    case 'acknowledged':
      return { title: t('event.acknowledged', { by: fact.by }), note }
    case 'response_set': {
      const response = emergencies.responses.find(({ code }) => code === fact.response)
      const title = response ? t('event.response_begun', { level: pick(response.name, lang) }) : t('event.response_ended')
      return { title, note, text: fact.reason }
    }
    default:
      return { title: t('event.closed'), note, text: fact.note }
  }
}

export function recipientName(
  { lang }: View,
  { recipients }: Emergencies,
  { recipient, name }: { recipient: string; name: string },
): string {
  const known = recipients.find(({ code }) => code === recipient)
  return [known && pick(known.name, lang), name].filter(Boolean).join(' ')
}

/** Whom the first report goes to. */
export const firstOf = ({ t, lang }: View, { recipients }: Emergencies): string =>
  recipients
    .filter(({ step }) => step === 'first')
    .map(({ name }) => pick(name, lang))
    .join(t('event.join'))
