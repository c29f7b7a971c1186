import type { ComponentChildren } from 'preact'

export interface ScoreLine {
  name: string
  /** What it comes to, in words or as a number. */
  value: string
  /** It does not count, or is not known: drawn quieter. */
  quiet?: boolean
  /** How it came out, what limits it, why it is unknown, on what it rests; one a line. */
  notes?: readonly ComponentChildren[]
}

/** Lines that add up: the name beside what it comes to, the reasons under both, so that nothing is a column too many on a phone. */
export const Score = ({ lines }: { lines: readonly ScoreLine[] }) => (
  <ul class="k-score">
    {lines.map((line) => (
      <li key={line.name}>
        <p class="k-score__line">
          <b>{line.name}</b>
          <span class={`k-score__value num${line.quiet ? ' k-quiet' : ''}`}>{line.value}</span>
        </p>
        {line.notes?.map((note, at) => (
          <small key={at}>{note}</small>
        ))}
      </li>
    ))}
  </ul>
)
