import type { Tone } from './tone.ts'

/** One cell a day up to here; more would be a comb, and becomes a bar. */
const MOST_CELLS = 31

/**
 * A promise as the days it is made of: gone, today, to come. No width is ever written into the page (the content
 * policy refuses style attributes): cells share the line evenly, a long one is a `<progress>`.
 */
export const Days = ({ total, used, tone, label }: { total: number; used: number; tone: Tone; label: string }) =>
  total > MOST_CELLS || total < 1 || !Number.isInteger(total) ? (
    <div class="k-days">
      <progress class={`is-${tone}`} value={Math.min(used, total)} max={Math.max(total, 1)} aria-label={label} />
      <p class="k-days__label num">{label}</p>
    </div>
  ) : (
    <div class="k-days">
      <div class={`k-cells is-${tone}`} aria-hidden="true">
        {Array.from({ length: total }, (_, at) => (
          <i key={at} class={at < used - 1 || used > total ? 'is-gone' : at === used - 1 ? 'is-today' : undefined} />
        ))}
      </div>
      <p class="k-days__label num">{label}</p>
    </div>
  )
