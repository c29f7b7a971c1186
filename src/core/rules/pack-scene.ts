/** For tests: the rules and numbers of the pack that is in the house, as its own readers would hand them in. */
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Matter } from '../matters/matter.ts'
import type { Table } from '../tables/table.ts'
import type { LocatedRule } from './check.ts'
import type { Facts } from './facts.ts'
import type { ParameterRow } from './parameter.ts'
import { type LocatedParameter, parameterFromCells } from './parameter-check.ts'
import type { Rule } from './rule.ts'
import { readRuleFile } from './rule-file.ts'

const pack = new URL('../../../packs/guangzhou/', import.meta.url)

const read = (file: string): LocatedRule[] => readRuleFile(file, readFileSync(new URL(file, pack), 'utf8')).rules
/** The rules of another file of the pack, without its ending. */
export const rulesOf = (name: string): Rule[] => read(`rules/${name}.yaml`).map((each) => each.rule as Rule)
const filesIn = (folder: string): string[] =>
  readdirSync(new URL(folder, pack))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => `${folder}/${name}`)
/** Every rule of every file. */
export const allRules: Rule[] = filesIn('rules').flatMap((file) => read(file).map((each) => each.rule as Rule))
const parsed = <T>(folder: string): T[] => filesIn(folder).map((file) => parse(readFileSync(new URL(file, pack), 'utf8')) as T)
export const matters = parsed<Matter>('matters')
export const tables = parsed<Table>('tables')
export const located: LocatedRule[] = read('rules/longevity.yaml')
export const rules = located.map((each) => each.rule as Rule)
export const ruleNamed = (id: string): Rule => rules.find((each) => each.id === id)!

// The rows of the pack hold no quoted cells; the pack's own reader knows those.
const [header, ...lines] = readFileSync(new URL('parameters.csv', pack), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split(','))
export const locatedParameters: LocatedParameter[] = lines.map((cells, index) => ({
  row: parameterFromCells(Object.fromEntries(header!.map((name, at) => [name, cells[at]!]))),
  file: 'parameters.csv',
  line: index + 2,
}))
export const parameters = locatedParameters.map((each) => each.row as ParameterRow)

/** A row of a made-up number, with whatever a test is about. */
export const row = (given: Partial<ParameterRow>): ParameterRow => ({
  id: 'made.number',
  jurisdiction: '4401',
  value: 1,
  unit: 'count',
  judged_by: 'application',
  basis: { document: 'made', clause: '1' },
  valid_from: '2020-01-01',
  valid_to: null,
  recorded_at: '2020-01-01',
  supersedes: null,
  verified: false,
  demo: false,
  source: 'made',
  ...given,
})

export const TODAY = '2026-11-24'
export const facts = (given: Partial<Facts> = {}): Facts => ({ on: TODAY, area: '440106007002', ...given })
