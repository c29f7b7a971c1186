/**
 * The answer of one rule for one person, unit or case: yes, no or unknown; of an amount, the number or unknown.
 */

import { isDay } from '../../platform/day.ts'
import type { Day } from '../../platform/time.ts'
import { areaChain } from './area.ts'
import { compile } from './compile.ts'
import { type Facts, FactTypeError } from './facts.ts'
import { type ParameterReading, type Parameters, parameterOn } from './parameter.ts'
import type { Part, Problem, Scope } from './part.ts'
import type { Rule } from './rule.ts'
import { UNKNOWN } from './three.ts'

export type Verdict = boolean | number | 'unknown'
export type Judged = Pick<Rule, 'id' | 'expression' | 'returns'>

export interface Known {
  /** Read parameters as they were recorded by this day. */
  knownAt?: Day
  /** Ids of rules and parameters that are listed as unsettled: they answer unknown, whatever is written. */
  listed?: ReadonlySet<string>
}

/** A rule that the pack check would have refused. It cannot be in force; this says which one slipped through. */
export class RuleError extends Error {
  readonly ruleId: string
  readonly problems: readonly Problem[]
  constructor(ruleId: string, problems: readonly Problem[]) {
    super(
      `Rule ${ruleId} does not compile: ${problems.map((each) => `${each.code} ${JSON.stringify(each.params)}`).join('; ')}. Check the pack.`,
    )
    this.ruleId = ruleId
    this.problems = problems
  }
}

/** Throws `RuleError` for a rule that does not compile and `FactTypeError` for a fact of the wrong type. */
export function evaluate(rule: Judged, facts: Facts, parameters: Parameters, known: Known = {}): Verdict {
  const root = rootOf(rule)
  if (known.listed?.has(rule.id)) return 'unknown'
  const value = root.run(scopeOf(facts, parameters, known))
  return value === UNKNOWN ? 'unknown' : (value as boolean | number)
}

export function rootOf(rule: Judged): Part {
  const { root, type, problems } = compile(rule.expression)
  if (!root) throw new RuleError(rule.id, problems)
  if (type !== rule.returns) {
    throw new RuleError(rule.id, [
      { code: 'rule.returns', start: 0, end: rule.expression.length, params: { returns: rule.returns, type: type! } },
    ])
  }
  return root
}

export function scopeOf(facts: Facts, parameters: Parameters, known: Known, on: Day = facts.on): Scope {
  if (!isDay(on)) throw new FactTypeError('on', 'Day', on)
  let chain: string[] | undefined
  const parameter = (id: string, day: Day = on): ParameterReading => {
    if (known.listed?.has(id)) return { known: false, reason: 'listed', rows: [] }
    chain ??= areaChain(facts.area)
    return parameterOn(parameters, id, chain, day, known.knownAt)
  }
  return { facts, on, parameter, locals: [], faults: [] }
}
