/** Rules: conditions and amounts of the law, evaluated and explained on three values. Pure: no database, HTTP or clock. */
export { areaChain } from './area.ts'
export { checkRules, type ExampleResult, factsOf, type KnownNames, type LocatedRule, runExamples } from './check.ts'
export { FUNCTIONS } from './environment.ts'
export { evaluate, type Judged, type Known, RuleError, rootOf, scopeOf, type Verdict } from './evaluate.ts'
export {
  type Change,
  type ExplainOptions,
  type Explanation,
  explain,
  type FactRead,
  factRead,
  type Line,
  type Missing,
  type ParameterRead,
  type Shown,
} from './explain.ts'
export { FACTS, type Facts, type FactType, FactTypeError, factNamed, type Sources, type UnitMember, unitOf } from './facts.ts'
export type { CheckError } from './finding.ts'
export { byParameterId, type ParameterReading, ParameterRow, type Parameters, parameterOn, rowsOf, Unit } from './parameter.ts'
export { checkParameters, type LocatedParameter, parameterFromCells } from './parameter-check.ts'
export { readNumber } from './parameter-read.ts'
export { MOST_ENTRIES, type Part, readsOf } from './part.ts'
export { lineOf, type PlainLine, plainOf, twoLevels } from './plain.ts'
export { sayLine, sayNumber, sayResult, saySource, type Voice } from './plain-text.ts'
export { Example, JudgedBy, Rule } from './rule.ts'
export { readRuleFile } from './rule-file.ts'
export { UNKNOWN, type Value } from './three.ts'
export { type Sign, sumText, type Working } from './working.ts'
