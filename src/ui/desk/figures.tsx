/** Figures: value, target and course; what is left out stays visible. */
import type { ComponentChildren } from 'preact'
import type { View } from '../view.ts'
import { DeskTag } from './list.tsx'

export interface KpiProps {
  view: View
  title: string
  /** As shown, with its unit: `98.5%`. */
  shown: string
  target?: { value: number; shown: string; met: boolean }
  /** Values of the last periods, oldest first; numbers are places on the scale, not texts. */
  series?: { values: readonly number[]; label: string }
  /** Numerator and denominator, cases left out with their link. */
  children?: ComponentChildren
}

export const Kpi = ({ view, title, shown, target, series, children }: KpiProps) => (
  <section class="card d-kpi">
    <h2>
      {title}
      {target && (
        <DeskTag tone={target.met ? 'good' : 'bad'}>
          {view.t(target.met ? 'ui.desk.target_met' : 'ui.desk.target_missed')}
        </DeskTag>
      )}
    </h2>
    <p class="d-kpi__value num">
      {shown}
      {target && <small>{view.t('ui.desk.target', { target: target.shown })}</small>}
    </p>
    {series && (
      <Sparkline values={series.values} label={series.label} target={target?.value} bad={target ? !target.met : false} />
    )}
    {children && <p class="num">{children}</p>}
  </section>
)

export const Kpis = ({ children }: { children: ComponentChildren }) => <div class="d-kpis">{children}</div>

const [WIDTH, HEIGHT, PAD] = [222, 44, 4]

/** The course of a figure with its target line. One value alone is a point. */
export function Sparkline({
  values,
  target,
  label,
  bad,
}: {
  values: readonly number[]
  target?: number
  label: string
  bad?: boolean
}) {
  if (values.length === 0) return null
  const all = target === undefined ? values : [...values, target]
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const span = high - low || 1
  const x = (at: number) => (values.length === 1 ? WIDTH - PAD : PAD + (at * (WIDTH - 2 * PAD)) / (values.length - 1))
  const y = (value: number) => HEIGHT - PAD - ((value - low) / span) * (HEIGHT - 2 * PAD)
  const last = values.length - 1
  return (
    <svg
      class={`d-spark${bad ? ' is-bad' : ''}`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {target !== undefined && (
        <line class="d-spark__target" x1="0" x2={WIDTH} y1={y(target)} y2={y(target)} vector-effect="non-scaling-stroke" />
      )}
      <polyline
        points={values.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ')}
        vector-effect="non-scaling-stroke"
      />
      {/* A line of no length with round ends stays round however the picture is stretched. */}
      <path
        class="d-spark__dot"
        d={`M${x(last).toFixed(1)} ${y(values[last] ?? low).toFixed(1)}h.01`}
        vector-effect="non-scaling-stroke"
      />
    </svg>
  )
}

/** A dot on a scale that does not start at 0, with the target drawn. */
export function DotMeter({
  value,
  target,
  from,
  to,
  shown,
  label,
}: {
  value: number
  target: number
  from: number
  to: number
  shown: string
  label: string
}) {
  const place = (n: number) => `${(2 + 96 * Math.min(1, Math.max(0, (n - from) / (to - from)))).toFixed(2)}%`
  const missed = value < target
  return (
    <span class={`d-meter${missed ? ' is-bad' : ''}`}>
      <b class="num">{shown}</b>
      <svg height="20" role="img" aria-label={label}>
        <line class="d-meter__axis" x1="0" x2="100%" y1="10" y2="10" />
        <circle cx={place(value)} cy="10" r="5.5" />
        <line class="d-meter__target" x1={place(target)} x2={place(target)} y1="2" y2="18" />
      </svg>
    </span>
  )
}

/** A document as it will be printed. The seal is never drawn: `unsealed` says so in words. */
export const Paper = ({
  title,
  facts,
  unsealed,
  body,
  children,
}: {
  title: string
  facts: readonly { name: string; value: ComponentChildren }[]
  unsealed?: string
  /** Paragraphs under the facts. */
  body?: ComponentChildren
  children?: ComponentChildren
}) => (
  <div class="d-paper">
    <h3>{title}</h3>
    <dl class="num">
      {facts.map((fact) => (
        <div key={fact.name}>
          <dt>{fact.name}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
    {body}
    {(children || unsealed) && (
      <div class="d-paper__foot">
        {children}
        {unsealed && <span class="d-seal">{unsealed}</span>}
      </div>
    )}
  </div>
)
