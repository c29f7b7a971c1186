/** Why a matter's conditions came out as they did, part by part, for whoever may see which of the facts. Pure. */
import type { Day } from '../../platform/time.ts'
import type { LoadedPack, Matter } from '../matters/index.ts'
import { type Explanation, explain, type PlainLine, plainOf } from '../rules/index.ts'
import { type ConditionLine, checkOn, type Ground } from './ground.ts'

export interface WhyLine extends ConditionLine {
  /** The parts of the rule; none of a sealed ground. */
  tree?: PlainLine
}

export interface WhyAmount {
  rule: string
  explanation: Explanation
  tree?: PlainLine
}

export interface Why {
  matterCode: string
  /** Today, as a business day; a condition of applying is judged by the day of the application. */
  today: Day
  lines: WhyLine[]
  /** Null for a matter that pays nothing, and where the sum rests on what is known of others. */
  amount: WhyAmount | null
}

const SHOW_ALL = () => false

/** @param withheld facts that this reader is not shown; that they were used is said */
export function whyOn(
  pack: LoadedPack,
  matter: Matter,
  today: Day,
  ground: Ground,
  withheld: (fact: string) => boolean = SHOW_ALL,
): Why {
  const { on, facts, sources } = ground
  const treeOf = (rule: string): { tree?: PlainLine } => {
    const tree = plainOf(pack.rule(rule), facts(on(rule)), pack.parameters, { sources, withheld })
    return tree ? { tree } : {}
  }
  const lines = checkOn(pack, matter, ground).lines.map((line) => ({
    ...line,
    explanation: shownOf(line.explanation, withheld),
    ...treeOf(line.rule),
  }))
  const { amount } = matter
  if (!amount) return { matterCode: matter.code, today, lines, amount: null }
  const explanation = explain(pack.rule(amount), facts(on(amount)), pack.parameters, { sources })
  const rests = explanation.lines.some((line) => line.facts.some((fact) => withheld(fact.name)))
  return {
    matterCode: matter.code,
    today,
    lines,
    amount: rests ? null : { rule: amount, explanation, ...treeOf(amount) },
  }
}

/** The tree says every line that there is: of the explanation the answer stays, with what is missing for it. */
const shownOf = (explanation: Explanation, withheld: (fact: string) => boolean): Explanation => ({
  ...explanation,
  lines: explanation.lines.filter((line) => !line.facts.some((fact) => withheld(fact.name))),
})
