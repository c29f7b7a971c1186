/** What a guide says about money and law, read from the pack alone. Pure. */
import type { LoadedPack, Matter } from '../../../core/matters/index.ts'
import { evaluate, explain, type Facts, type ParameterRead, type Rule } from '../../../core/rules/index.ts'
import type { Day } from '../../../platform/time.ts'

/** Ages with the same amount, both included; `to` null: and over. */
export interface Tier {
  from: number
  to: number | null
  fen: number
}

export interface Amount {
  /** Empty where the amount rests on more than the age. */
  tiers: Tier[]
  /** The numbers of the law that the rule reads. */
  numbers: ParameterRead[]
}

const OLDEST = 120

/** Null for a matter that pays nothing. */
export function amountOf(pack: LoadedPack, matter: Matter, area: string, on: Day): Amount | null {
  if (!matter.amount) return null
  const rule = pack.rule(matter.amount)
  const factsAt = (age: number): Facts => ({
    on,
    area,
    person: { born_on: Temporal.PlainDate.from(on).subtract({ years: age }).toString() },
  })
  const conditions = matter.conditions.map((id) => pack.rule(id))
  const fenAt = (age: number): number | null => {
    const facts = factsAt(age)
    if (conditions.some((condition) => evaluate(condition, facts, pack.parameters) === false)) return null
    const value = evaluate(rule, facts, pack.parameters)
    return typeof value === 'number' ? value : null
  }
  const tiers = tiersOf(fenAt)
  const read =
    tiers.length > 0
      ? tiers.flatMap((tier) => numbersOf(rule, factsAt(tier.from), pack))
      : numbersOf(rule, { on, area, person: {} }, pack)
  return { tiers, numbers: [...new Map(read.map((number) => [number.id, number])).values()] }
}

function tiersOf(fenAt: (age: number) => number | null): Tier[] {
  const tiers: Tier[] = []
  for (let age = 0; age <= OLDEST; age++) {
    const fen = fenAt(age)
    const last = tiers.at(-1)
    if (fen === null) continue
    if (last && last.fen === fen && last.to === age - 1) last.to = age
    else tiers.push({ from: age, to: age, fen })
  }
  return tiers.map((tier) => (tier.to === OLDEST ? { ...tier, to: null } : tier))
}

const numbersOf = (rule: Rule, facts: Facts, pack: LoadedPack): ParameterRead[] =>
  explain(rule, facts, pack.parameters).lines.flatMap((line) => line.parameters)

export interface OfficialText {
  code: string
  title: { zh: string; en: string }
  number: string
  clause: string
  clauses: 'article' | 'section' | 'item' | undefined
  validTo: Day | null
  verified: boolean
}

/** The official text of a basis. */
export function officialText(pack: LoadedPack, { document, clause }: { document: string; clause: string }): OfficialText {
  const text = pack.pack.bases.find((base) => base.code === document)
  if (!text) throw new Error(`no official text ${document} in the pack`)
  return {
    code: text.code,
    title: text.title,
    number: text.number ?? '',
    clause,
    clauses: text.clauses,
    validTo: text.valid_to ?? null,
    verified: text.verified,
  }
}
