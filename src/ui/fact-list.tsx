/** What is known, as names and values: a resident's facts and an officer's grid are the same list in two looks. */
import type { ComponentChildren } from 'preact'

export interface Fact {
  name: string
  value: ComponentChildren
  /** Where it is known from, or another second line. */
  source?: ComponentChildren
}

export const FactList = ({ facts, look }: { facts: readonly Fact[]; look: string }) => (
  <dl class={look}>
    {facts.map((fact) => (
      <div key={fact.name}>
        <dt>{fact.name}</dt>
        <dd>
          {fact.value}
          {fact.source && <small>{fact.source}</small>}
        </dd>
      </div>
    ))}
  </dl>
)
