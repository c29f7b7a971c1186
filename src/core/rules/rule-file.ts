/**
 * A file of rules that remembers where everything stands, so that a finding names the line and column in the file, also
 * inside an expression that is folded over several lines.
 */
import { isScalar, LineCounter, type Node, parseDocument, Scalar, YAMLSeq } from 'yaml'
import type { LocatedRule } from './check.ts'
import type { CheckError, Place } from './finding.ts'

export function readRuleFile(file: string, text: string): { rules: LocatedRule[]; errors: CheckError[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const error = (code: string, offset: number, params: CheckError['params']): CheckError => ({
    code,
    file,
    ...place(offset),
    id: '',
    params,
  })
  if (document.errors.length > 0) {
    return {
      rules: [],
      errors: document.errors.map((each) => error('rule.file_unreadable', each.pos[0], { detail: each.message.split('\n')[0]! })),
    }
  }
  const list = document.contents as Node | null
  if (!(list instanceof YAMLSeq)) return { rules: [], errors: [error('rule.file_not_list', 0, {})] }

  const at =
    (index: number) =>
    (path: readonly (string | number)[], offset?: number): Place | undefined => {
      // The nearest part that is there: a missing one has the place of what should hold it.
      for (let length = path.length; length >= 0; length -= 1) {
        const node = document.getIn([index, ...path.slice(0, length)], true) as Node | undefined
        if (!node?.range) continue
        const inside = length === path.length && offset !== undefined && isScalar(node)
        return place(inside ? offsetInFile(text, node, offset) : node.range[0])
      }
      return undefined
    }
  const rules = list.items.map((item, index) => ({
    rule: (item as Node).toJS(document),
    file,
    line: place((item as Node).range![0]).line,
    at: at(index),
  }))
  return { rules, errors: [] }
}

/** Where a character of a scalar's value stands in the file. Escapes and blank lines in a fold can move it by a few columns. */
function offsetInFile(text: string, node: Scalar, offset: number): number {
  const [start, end] = node.range!
  if (node.type !== Scalar.BLOCK_FOLDED && node.type !== Scalar.BLOCK_LITERAL) {
    const quoted = node.type === Scalar.QUOTE_SINGLE || node.type === Scalar.QUOTE_DOUBLE
    return Math.min(start + (quoted ? 1 : 0) + offset, end)
  }
  // The block's own indent is that of its first line with text; what goes beyond it belongs to the value.
  let indent = -1
  let left = offset
  let at = text.indexOf('\n', start) + 1
  while (at > 0 && at < end) {
    const stop = text.indexOf('\n', at)
    const line = text.slice(at, stop < 0 ? end : stop)
    if (indent < 0 && line.trim() !== '') indent = line.length - line.trimStart().length
    const length = Math.max(line.length - Math.max(indent, 0), 0)
    if (left <= length) return at + Math.max(indent, 0) + left
    left -= length + 1
    if (stop < 0) break
    at = stop + 1
  }
  return start
}
