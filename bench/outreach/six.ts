/** The six rules after which the figures are named: those of the pack where it has them, else those of `six-rules.yaml`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReadPack } from '../../src/core/matters/index.ts'
import { cheapestFirst, type Ground, SNAPSHOT_COLUMNS, toSql } from '../../src/core/outreach/index.ts'
import { sourceOf } from '../../src/core/rules/compile.ts'
import { byParameterId, type Part, type Rule, readRuleFile, rootOf } from '../../src/core/rules/index.ts'

export const DAY = '2026-10-01'
export const CITY = '4401'

interface Search {
  name: string
  /** All of them are met by whoever is found. */
  conditions: readonly string[]
  amount?: string
}

export const SIX: readonly Search[] = [
  {
    name: 'longevity',
    conditions: ['longevity.hukou', 'longevity.age', 'longevity.once'],
    amount: 'longevity.amount',
  },
  { name: 'senior_card', conditions: ['bench.senior-card'] },
  { name: 'living_guarantee', conditions: ['mlg.hukou', 'mlg.income', 'bench.guarantee-once'], amount: 'mlg.amount' },
  { name: 'disability_subsidy', conditions: ['bench.disability-subsidy'] },
  { name: 'permit_ending', conditions: ['bench.permit-ending'] },
  { name: 'aged_alone', conditions: ['bench.aged-alone'] },
]

export function rulesOf(pack: ReadPack): ReadonlyMap<string, Rule> {
  const file = join(import.meta.dirname, 'six-rules.yaml')
  const own = readRuleFile('six-rules.yaml', readFileSync(file, 'utf8'))
  if (own.errors.length > 0) throw new Error(`six-rules.yaml: ${JSON.stringify(own.errors)}`)
  return new Map([...pack.rules, ...own.rules.map((each) => each.rule as unknown as Rule)].map((rule) => [rule.id, rule]))
}

const groundOf = (pack: ReadPack): Ground => ({
  on: DAY,
  parameters: byParameterId(pack.parameters),
  known: {},
  area: CITY,
  areaOf: 'p.area',
  columns: SNAPSHOT_COLUMNS,
})

export interface Found {
  name: string
  fits: string
  /** What days and numbers alone say of whoever fits; one pass for all six looks at nobody else. */
  narrow: string
  amount: string | undefined
}

export function foundBy(pack: ReadPack): Found[] {
  const [rules, ground] = [rulesOf(pack), groundOf(pack)]
  const told = (id: string) => toSql(rules.get(id)!, ground)
  const narrow = (id: string): string | undefined => {
    const { expression } = rules.get(id)!
    const of = (part: Part): string | undefined => {
      const halves = part.kind === 'and' || part.kind === 'or' ? part.parts.map(of) : []
      if (part.kind === 'or') return halves.includes(undefined) ? undefined : `(${halves.join(' or ')})`
      if (part.kind === 'and') return halves.filter((each) => each !== undefined).join(' and ') || undefined
      const text = toSql({ id, expression: sourceOf(expression, part.start, part.end), returns: 'bool' }, ground)
      return /any\(|_area|_kind|outreach\./.test(text) ? undefined : text
    }
    return of(rootOf(rules.get(id)!))
  }
  return SIX.map(({ name, conditions, amount }) => ({
    name,
    fits: cheapestFirst(conditions.map((id) => rules.get(id)!))
      .map((rule) => told(rule.id))
      .join(' and '),
    narrow:
      conditions
        .map(narrow)
        .filter((each) => each !== undefined)
        .join(' and ') || 'true',
    amount: amount && told(amount),
  }))
}

/** How many each of them finds, and the sum of its amounts. */
export const countsOf = (found: readonly Found[]): string =>
  `select\n${found
    .flatMap(({ name, fits, amount }) => [
      `  count(*) filter (where ${fits}) as ${name}`,
      ...(amount ? [`  sum(${amount}) filter (where ${fits}) as ${name}_fen`] : []),
    ])
    .join(',\n')}\nfrom outreach.person p\nwhere ${found.map(({ narrow }) => narrow).join(' or ')}\n`

/** Everybody whom they find, written down. */
export const listsOf = (found: readonly Found[]): string =>
  `insert into bench.found (rule, person_id, fen)\n${found
    .map(({ name, fits, amount }) => `select '${name}', p.person_id, ${amount ?? 'null'} from outreach.person p where ${fits}`)
    .join('\nunion all\n')}\n`
