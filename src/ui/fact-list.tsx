/** What is known, as names and values: a resident's facts and an officer's grid are the same list in two looks. */
import type { ComponentChildren } from 'preact'
import { useContext } from 'preact/hooks'
import { langOf } from './format.ts'
import { PageLang } from './layout/page-lang.ts'

export interface Fact {
  name: string
  value: ComponentChildren
  /** Where it is known from, or another second line. */
  source?: ComponentChildren
}

export function FactList({ facts, look }: { facts: readonly Fact[]; look: string }) {
  const page = useContext(PageLang)
  return (
    <dl class={look}>
      {facts.map(({ name, value, source }) => {
        // A text of the register is read out in its own language.
        const lang = langOf(page, value)
        return (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {lang ? <span lang={lang}>{value}</span> : value}
              {source && <small>{source}</small>}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
