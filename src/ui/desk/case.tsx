/** The page of a case: facts, checks, documents, course, clock. */
import type { ComponentChildren } from 'preact'
import { Days } from '../days.tsx'
import { type Due, dueWords, type Unit } from '../due.ts'
import { type Fact, FactList } from '../fact-list.tsx'
import { Icon } from '../icons.tsx'
import type { Check } from '../resident/course.tsx'
import { TONE_OF, type Tone } from '../tone.ts'
import type { View } from '../view.ts'

export interface DeskCardProps {
  title?: string
  /** Quiet words after the title. */
  note?: ComponentChildren
  /** Tag or button at the end of the head. */
  aside?: ComponentChildren
  /** The content brings its own edges (table, list). */
  flush?: boolean
  /** Stands out: something must be answered here. */
  raised?: boolean
  children: ComponentChildren
}

export const DeskCard = ({ title, note, aside, flush, raised, children }: DeskCardProps) => (
  <section class={`card${raised ? ' card--raised' : ''}`}>
    {title && (
      <div class="card-header">
        <h2 class="d-h">
          {title}
          {note && <span class="k-quiet">{note}</span>}
        </h2>
        {aside && <div class="d-aside">{aside}</div>}
      </div>
    )}
    {flush ? children : <div class="card-body">{children}</div>}
  </section>
)

/**
 * Main column and a narrow one beside it; one under the other on a small window. `first` is what there is to do: it heads the
 * narrow column, and comes before everything on a small window and for the keyboard.
 */
export const Two = ({
  first,
  side,
  children,
}: {
  first?: ComponentChildren
  side: ComponentChildren
  children: ComponentChildren
}) => (
  <div class={first ? 'd-two d-two--first' : 'd-two'}>
    {first && <div class="d-col d-two__first">{first}</div>}
    <div class="d-col">{children}</div>
    <div class="d-col">{side}</div>
  </div>
)

export const Datagrid = ({ facts }: { facts: readonly Fact[] }) => <FactList facts={facts} look="datagrid" />

/** A fact that is sent masked. The full value is not in the page. */
export const Masked = ({ children }: { children: string }) => <span class="d-mask num">{children}</span>

/** A fact that a purpose opens. */
export const Locked = ({ children }: { children: string }) => (
  <span class="d-lock">
    <Icon name="lock" />
    {children}
  </span>
)

const SIGNS = { good: <Icon name="check" />, bad: <Icon name="x" />, warn: '?', info: '·', hold: '·', plain: '·' } as const
export const DeskSign = ({ tone }: { tone: Tone }) => (
  <span class={`d-sign is-${tone}`} aria-hidden="true">
    {SIGNS[tone]}
  </span>
)

export const DeskChecks = ({
  view,
  checks,
}: {
  view: View
  checks: readonly (Check & { action?: { href: string; label: string } })[]
}) => (
  <ul class="d-checks">
    {checks.map((check) => (
      <li key={check.name}>
        <DeskSign tone={TONE_OF[check.state]} />
        <span>
          <span class={check.state === 'met' ? 'govuk-visually-hidden' : `d-word is-${TONE_OF[check.state]}`}>
            {view.t(`ui.check.${check.state}`)}{' '}
          </span>
          {check.name} {check.why && <small>{check.why}</small>}
        </span>
        {check.action ? (
          <a class="btn btn-sm" href={check.action.href}>
            {check.action.label}
          </a>
        ) : (
          <small>{check.clause}</small>
        )}
      </li>
    ))}
  </ul>
)

/** Names and figures, line by line. */
interface LinesProps {
  items: readonly { name: ComponentChildren; value: ComponentChildren }[]
  /** On a phone a long value stands below its name. */
  stacks?: boolean
}

export const Lines = ({ items, stacks }: LinesProps) => (
  <ul class={`d-checks d-checks--plain num${stacks ? ' d-checks--stacks' : ''}`}>
    {items.map((item, at) => (
      <li key={at}>
        <span>{item.name}</span>
        <span>{item.value}</span>
      </li>
    ))}
  </ul>
)

export interface DocumentLine {
  title: string
  number?: string
  /** Where it is opened. */
  href?: string
  open?: string
  /** When it will be there, or that another took its place. */
  note?: string
}

export const DocumentList = ({ documents }: { documents: readonly DocumentLine[] }) => (
  <ul class="d-docs">
    {documents.map((one) => (
      <li key={`${one.title}${one.number ?? ''}`}>
        <Icon name="file" />
        <span>
          {one.title} {one.number && <span class="k-quiet num">{one.number}</span>}
          {one.href && one.note && <span class="k-quiet"> · {one.note}</span>}
        </span>
        {one.href ? (
          <a class="btn btn-sm" href={one.href}>
            {one.open}
            <span class="govuk-visually-hidden"> {one.title}</span>
          </a>
        ) : (
          <span class="k-quiet">{one.note}</span>
        )}
      </li>
    ))}
  </ul>
)

export const DeskTimeline = ({
  view,
  entries,
}: {
  view: View
  entries: readonly {
    state: 'done' | 'now' | 'next' | 'stopped'
    title: ComponentChildren
    note?: ComponentChildren
    text?: ComponentChildren
  }[]
}) => (
  <ol class="d-time num">
    {entries.map((entry, at) => (
      <li key={at} class={`is-${entry.state}`} aria-current={entry.state === 'now' ? 'step' : undefined}>
        <b>
          {entry.title}
          {entry.state !== 'done' && <span class="govuk-visually-hidden"> {view.t(`ui.timeline.${entry.state}`)}</span>}
        </b>
        {entry.note && <small>{entry.note}</small>}
        {entry.text && <p>{entry.text}</p>}
      </li>
    ))}
  </ol>
)

/** The clock of a case, for the right of `DeskHead`. */
export function DeskClock({
  view,
  due,
  total,
  used,
  unit,
  note,
}: {
  view: View
  due: Due
  total: number
  used: number
  unit: Unit
  note?: string
}) {
  const { words, note: date, tone } = dueWords(view, due)
  return (
    <div class="d-clock">
      <p class={`d-due is-${tone}`}>
        <span>{view.t('ui.clock.promise')}</span> <b>{words}</b> {date && <span class="num">{date}</span>}
      </p>
      <Days
        total={total}
        used={used}
        tone={tone}
        label={[view.t(`ui.clock.used.${unit}`, { used, total }), note].filter(Boolean).join(' · ')}
      />
    </div>
  )
}

/** A remark that stays: what is missing, what has just been done. `live`: read out at once. */
export const Note = ({ tone = 'info', live, children }: { tone?: Tone; live?: boolean; children: ComponentChildren }) => (
  <div class={`d-note is-${tone}`} role={live ? 'status' : undefined}>
    {children}
  </div>
)

/** Where the window is in taking in a case. */
export const StepBar = ({ view, steps, at }: { view: View; steps: readonly string[]; at: number }) => (
  <ol class="d-steps">
    {steps.map((step, index) => (
      <li key={step} class={index < at ? 'is-done' : undefined} aria-current={index === at ? 'step' : undefined}>
        {step}
        {index < at && <span class="govuk-visually-hidden"> {view.t('ui.timeline.done')}</span>}
      </li>
    ))}
  </ol>
)
