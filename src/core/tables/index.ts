/** Tables of the law: rules as lines that add up, each shown. Pure: no database, HTTP or clock. */
export { knownFact, type OwnFacts, type TableAnswer, type TableAnswers, tableFacts } from './answers.ts'
export { whyNotAssessed } from './assessed.ts'
export { type AroundTables, checkTables, type LocatedTable, type TableFinding } from './check.ts'
export { type Certainty, type JudgedLine, type JudgedPart, type Judgement, judgeTable } from './judge.ts'
export { endorseBetween, permitMonths, permitSpell } from './permit.ts'
export { Table, type TableQuestion, wholeTable } from './table.ts'
