/** Where a case stands: conditions, verdict, promise, timeline. */
import type { ComponentChildren } from 'preact'
import type { Day } from '../../platform/time.ts'
import { Days } from '../days.tsx'
import { type Due, dueSentence, type Unit } from '../due.ts'
import { formatDay } from '../format.ts'
import { type CheckState, TONE_OF, type Tone } from '../tone.ts'
import type { View } from '../view.ts'
import { Sign } from './controls.tsx'

export interface Check {
  state: CheckState
  name: string
  /** The value it was judged on, or what is missing. */
  why?: ComponentChildren
  /** Document and clause. */
  clause?: string
}

/** Conditions one by one. `plain`: without the word, for a list in which all is there. */
export const CheckList = ({ view, checks, plain }: { view: View; checks: readonly Check[]; plain?: boolean }) => (
  <ul class="k-checks">
    {checks.map((check) => (
      <li key={check.name}>
        <Sign kind={check.state === 'unknown' ? 'unknown' : TONE_OF[check.state]} />
        <div>
          <b>{check.name}</b>
          {plain && check.state === 'met' ? (
            <>
              <span class="govuk-visually-hidden">{view.t('ui.check.met')} </span>
              {check.why && <small>{check.why}</small>}
            </>
          ) : (
            <p>
              <span class={`k-word is-${TONE_OF[check.state]}`}>{view.t(`ui.check.${check.state}`)}</span>
              {check.why && (
                <>
                  {view.t('ui.colon')}
                  {check.why}
                </>
              )}
            </p>
          )}
          {check.clause && <span class="k-clause">{check.clause}</span>}
        </div>
      </li>
    ))}
  </ul>
)

/** How many are met, unknown and not met. */
export const CheckCount = ({ view, checks }: { view: View; checks: readonly Check[] }) => (
  <ul class="k-count num">
    {(['met', 'unknown', 'not_met'] as const).map((state) => (
      <li key={state}>
        <b class={`is-${TONE_OF[state]}`}>{checks.filter((check) => check.state === state).length}</b>
        {view.t(`ui.check.${state}`)}
      </li>
    ))}
  </ul>
)

/** The answer, before its reasons. `live`: just happened, read out at once. */
export const Verdict = ({
  tone,
  title,
  live,
  children,
}: {
  tone: Tone
  title: string
  live?: boolean
  children?: ComponentChildren
}) => (
  <section class={`k-verdict is-${tone}`} role={live ? 'status' : undefined}>
    <h2>{title}</h2>
    {children}
  </section>
)

export interface ClockProps {
  view: View
  due: Due
  /** Days promised and days gone, in `unit`. */
  total: number
  used: number
  unit: Unit
  /** Last day by law. Only for a limit whose text is verified. */
  legal?: { on: Day; left: number; unit: Unit }
}

/** Our promise, day by day, and the day it ends. */
export function Clock({ view, due, total, used, unit, legal }: ClockProps) {
  const { t } = view
  const { words, note, tone } = dueSentence(view, due)
  return (
    <div class={`k-clock is-${tone}`}>
      <Days total={total} used={used} tone={tone} label={t(`ui.clock.used.${unit}`, { used, total })} />
      <dl>
        <div>
          <dt>{t('ui.clock.promise')}</dt>
          <dd class="num">
            <b>{words}</b>
            {note}
          </dd>
        </div>
        {legal && (
          <div>
            <dt>{t('ui.clock.legal')}</dt>
            <dd class="num">
              <b>{formatDay(legal.on, view.lang, view.today)}</b>
              {t(`ui.due.left.${legal.unit}`, { n: legal.left })}
            </dd>
          </div>
        )}
      </dl>
    </div>
  )
}

export interface TimelineEntry {
  state: 'done' | 'now' | 'next' | 'stopped'
  title: ComponentChildren
  note?: ComponentChildren
  /** Documents that came of it. */
  children?: ComponentChildren
}

/** What has happened, what happens now, what comes. */
export const Timeline = ({ view, entries }: { view: View; entries: readonly TimelineEntry[] }) => (
  <ol class="k-timeline">
    {entries.map((entry, at) => (
      <li key={at} class={`is-${entry.state}`} aria-current={entry.state === 'now' ? 'step' : undefined}>
        {entry.state === 'done' ? (
          <Sign kind="good" />
        ) : entry.state === 'now' ? (
          <Sign kind="info" icon="clock" />
        ) : entry.state === 'stopped' ? (
          <Sign kind="hold" icon="pause" />
        ) : (
          <Sign kind="plain" />
        )}
        <b>
          {entry.title}
          <span class="govuk-visually-hidden"> {view.t(`ui.timeline.${entry.state}`)}</span>
        </b>
        {entry.note && <small class="num">{entry.note}</small>}
        {entry.children && <div class="k-docs">{entry.children}</div>}
      </li>
    ))}
  </ol>
)
