/** What the form of a draft holds, by the names of its fields. */
import type { Rule } from '../../core/rules/index.ts'
import type { Fault, Typed } from './proposal.ts'
import { textsOf } from './proposal.ts'

type Body = Readonly<Record<string, string>>

const NUMBER = 'number.'
const FACT = 'fact.'

const under = (body: Body, prefix: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [])),
  )

export const readTyped = (body: Body, rule: Rule): Typed => ({
  expression: body.expression ?? '',
  texts: Object.fromEntries(textsOf(rule).map((name) => [name, { zh: body[`${name}.zh`] ?? '', en: body[`${name}.en`] ?? '' }])),
  examples: body.examples ?? '',
  numbers: under(body, NUMBER),
  from: (body.from ?? '').trim(),
})

/** Facts of somebody made up, by their names in the language of rules; empty is not on record. */
export const readFacts = (body: Body): Record<string, string> => under(body, FACT)

/** The first fault of each field, as an error that the form shows at it. */
export const fieldsOf = (faults: readonly Fault[], what: (fault: Fault) => string) => {
  const fields = new Map<string, { path: string; code: string; params: Record<string, string | number> }>()
  for (const fault of faults) {
    if (fields.has(fault.field)) continue
    const { line, column } = fault
    const placed = fault.field === 'expression' || fault.field === 'examples'
    fields.set(fault.field, {
      path: `/${fault.field}`,
      ...(placed && fault.code !== 'answer.missing'
        ? { code: 'rules.at', params: { line, column, what: what(fault) } }
        : { code: fault.code, params: { ...fault.params } }),
    })
  }
  return [...fields.values()]
}
