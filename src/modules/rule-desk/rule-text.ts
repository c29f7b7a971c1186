/**
 * A file of the pack with one rule or some numbers written otherwise. Only the characters of what changed are replaced: every comment,
 * every quote and the order of everything else stay as somebody wrote them, so that the proposal reads as a small change.
 */
import { isDeepStrictEqual } from 'node:util'
import { Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Range, Scalar, type YAMLMap } from 'yaml'
import type { Rule } from '../../core/rules/index.ts'
import { readCsv } from '../../platform/csv.ts'
import { addDays } from '../../platform/day.ts'
import type { Day } from '../../platform/time.ts'

export const TEXTS = ['text', 'met', 'not_met', 'unknown'] as const
export type TextName = (typeof TEXTS)[number]

/** What an author writes: as it stands in her form. */
export interface Written {
  /** May be broken into lines; they are one line to the rule. */
  expression: string
  texts: Partial<Record<TextName, { zh: string; en: string }>>
  /** YAML: a list, one example an entry. */
  examples: string
}

/** The expression that lines come to: a break is a space. */
export const joined = (expression: string): string => linesOf(expression).join(' ')

const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** A rule of a file as it is written there, for the form. Undefined where the file has no such rule. */
export function writtenIn(text: string, id: string): Written | undefined {
  const rule = ruleIn(parseDocument(text), id)
  if (!rule) return undefined
  const expression = rule.get('expression', true) as Scalar & { range: Range }
  const examples = rule.get('examples', true) as Node & { range: Range }
  const texts = Object.fromEntries(
    TEXTS.flatMap((name) => {
      const held = rule.get(name)
      return isMap(held) ? [[name, held.toJSON() as { zh: string; en: string }]] : []
    }),
  )
  return {
    expression: isBlock(expression) ? linesOf(blockOf(text, expression.range)).join('\n') : String(expression.value),
    texts,
    examples: outdented(text, examples.range),
  }
}

/** @throws Error when the file has no such rule */
export function withRule(text: string, id: string, written: Written): string {
  const lines = new LineCounter()
  const rule = ruleIn(parseDocument(text, { lineCounter: lines }), id)
  if (!rule) throw new Error(`no rule ${id} in the file`)
  const before = writtenIn(text, id)!
  const columnOf = (offset: number) => lines.linePos(offset).col - 1
  const edits: { range: Range; put: string }[] = []
  if (linesOf(written.expression).join('\n') !== before.expression) {
    const { range } = rule.get('expression', true) as Scalar & { range: Range }
    edits.push({ range, put: expressionText(written.expression, columnOf((rule.items[0]!.key as Node).range![0]) + 2) })
  }
  for (const [name, put] of Object.entries(written.texts)) {
    const held = rule.get(name)
    if (!isMap(held)) continue
    for (const lang of ['zh', 'en'] as const) {
      const node = held.get(lang, true) as (Scalar & { range: Range }) | undefined
      if (node?.range && node.value !== put[lang]) edits.push({ range: node.range, put: flowText(put[lang]) })
    }
  }
  if (trimmed(written.examples) !== trimmed(before.examples)) {
    const { range } = rule.get('examples', true) as Node & { range: Range }
    edits.push({ range, put: indented(written.examples, columnOf(range[0])) })
  }
  return edits
    .sort((a, b) => b.range[0] - a.range[0])
    .reduce((whole, { range: [start, end], put }) => {
      const ended = whole.slice(start, end).endsWith('\n') ? '\n' : ''
      return whole.slice(0, start) + put + ended + whole.slice(end)
    }, text)
}

/** Whether a file with a rule put in reads as the file before with just that rule, and that rule as it was judged. */
export function readsAs(before: string, after: string, rule: Rule): boolean {
  const document = parseDocument(after)
  if (document.errors.length > 0 || document.warnings.length > 0) return false
  const was = parseDocument(before).toJS() as Rule[]
  try {
    const told = (document.toJS({ maxAliasCount: 0 }) as Rule[]).map((each) =>
      each.id === rule.id ? { ...each, expression: each.expression.trim() } : each,
    )
    return isDeepStrictEqual(
      told,
      was.map((each) => (each.id === rule.id ? rule : each)),
    )
  } catch (error) {
    if (error instanceof ReferenceError) return false
    throw error
  }
}

function ruleIn(document: Document.Parsed, id: string): YAMLMap | undefined {
  const list = document.contents
  return isSeq(list)
    ? (list.items.find((item) => isMap(item) && (item as YAMLMap).get('id') === id) as YAMLMap | undefined)
    : undefined
}

const isBlock = (node: Node): boolean =>
  isScalar(node) && (node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL)

const blockOf = (text: string, [start, end]: Range): string => text.slice(text.indexOf('\n', start) + 1, end)

/** The lines of a node as if it began in the first column. */
function outdented(text: string, [start, end]: Range): string {
  const column = start - (text.lastIndexOf('\n', start - 1) + 1)
  return text
    .slice(start, end)
    .split('\n')
    .map((line, at) => (at === 0 || line.slice(0, column).trim() !== '' ? line : line.slice(column)))
    .join('\n')
    .trimEnd()
}

const trimmed = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd()

const indented = (text: string, column: number): string =>
  trimmed(text)
    .split('\n')
    .map((line, at) => (at === 0 || line.trim() === '' ? line : ' '.repeat(column) + line))
    .join('\n')

function expressionText(expression: string, column: number): string {
  const lines = linesOf(expression)
  if (lines.length < 2) return scalarText(lines[0] ?? '')
  return `>-\n${lines.map((line) => ' '.repeat(column) + line).join('\n')}`
}

/** As YAML quotes it when it must. */
const scalarText = (value: string): string => new Document(value).toString({ lineWidth: 0 }).trimEnd()

/** The same inside braces, where commas and brackets count. */
function flowText(value: string): string {
  const document = parseDocument('{ a: b }')
  ;(document.contents as unknown as YAMLMap).set('a', new Scalar(value))
  return document.toString({ lineWidth: 0 }).trim().slice('{ a: '.length, -' }'.length)
}

export interface NumberChange {
  /** Of the row that is in force. */
  id: string
  jurisdiction: string
  validFrom: Day
  recordedAt: Day
  value: number
  /** First day of the new value. */
  from: Day
}

/** The old row ends the day before; the new one stands under it, as somebody has yet to confirm it. */
export function withNumbers(text: string, changes: readonly NumberChange[], today: Day): string {
  const rows = readCsv(text, 'parameters.csv')
  const names = Object.keys(rows[0]?.row ?? {})
  const lineOf = (row: Readonly<Record<string, string>>) =>
    names.map((name) => (/[",\n]/.test(row[name]!) ? `"${row[name]!.replaceAll('"', '""')}"` : row[name])).join(',')
  const lines = text.split('\n')
  for (const change of changes.toReversed()) {
    const held = rows.find(
      ({ row }) =>
        row.id === change.id &&
        row.jurisdiction === change.jurisdiction &&
        row.valid_from === change.validFrom &&
        row.recorded_at === change.recordedAt,
    )
    if (!held) throw new Error(`no row of ${change.id} that begins on ${change.validFrom}`)
    const { row, line } = held
    const ended = { ...row, valid_to: addDays(change.from, -1) }
    const begun = {
      ...row,
      ...{ value: String(change.value), valid_from: change.from, recorded_at: today, supersedes: '', verified: 'false' },
      source: 'proposal',
    }
    lines.splice(line - 1, 1, lineOf(ended), lineOf(begun))
  }
  return lines.join('\n')
}
