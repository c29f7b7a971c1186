/**
 * One YAML file of a pack that remembers where everything stands, so that a finding can name a line.
 */
import { type Document, isMap, isPair, isScalar, LineCounter, type Node, parseDocument, type Range, Scalar, visit } from 'yaml'
import type { Findings, Place } from './finding.ts'

export type Path = readonly (string | number)[]

/** A value with the places of its parts. A part that is missing has the place of what should hold it. */
export interface Located<T> {
  value: T
  /** False when its shape is wrong: its name still counts as known, but nothing else is read from it. */
  valid: boolean
  at(...path: Path): Place
  /** The place of the key itself, for a key that should not be there. */
  keyAt(...path: Path): Place
  /** The place of a character of a text, also where the text is folded over lines. */
  inside(path: Path, offset: number): Place
}

/** Files that were read before, by their text: whoever checks a pack again and again reads only what changed. Nothing writes into one. */
export type OpenedFiles = Map<string, { document: Document.Parsed; lines: LineCounter }>

function opened(text: string, before: OpenedFiles | undefined): { document: Document.Parsed; lines: LineCounter } {
  const known = before?.get(text)
  if (known) return known
  const lines = new LineCounter()
  const read = { document: parseDocument(text, { lineCounter: lines, prettyErrors: false }), lines }
  before?.set(text, read)
  return read
}

export class YamlSource implements Located<unknown> {
  readonly value: unknown
  readonly valid: boolean
  readonly #file: string
  readonly #text: string
  readonly #document: Document.Parsed
  readonly #lines: LineCounter

  constructor(file: string, text: string, findings: Findings) {
    this.#file = file
    this.#text = text
    const { document, lines } = opened(text, findings.opened)
    this.#document = document
    this.#lines = lines
    const refuse = (place: Place, message: string) => findings.error('file-unreadable', place, { detail: message.split('\n')[0] })
    // The first only: what follows a wrong indent is wrong because of it. An unknown tag is a warning to the parser, which
    // then reads a text where something else was meant.
    const [broken] = [...this.#document.errors, ...this.#document.warnings]
    let value: unknown
    let valid = broken === undefined
    if (broken) refuse(this.#place(broken.pos[0]), broken.message)
    else if (text.trim() === '' || this.#document.contents === null) {
      findings.error('file-empty', { file, line: 1 }, { file })
      valid = false
    } else
      try {
        value = this.#document.toJS()
      } catch (error) {
        // Aliases of aliases, which would fill the memory.
        refuse(this.#firstAlias(), (error as Error).message)
        valid = false
      }
    this.valid = valid
    this.value = value
  }

  at(...path: Path): Place {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = (length === 0 ? this.#document.contents : this.#document.getIn(path.slice(0, length), true)) as
        | Node
        | undefined
      // A value that is left empty is a node of its own without range in flow maps; its key then gives the line.
      if (node?.range && !(isScalar(node) && node.range[0] === node.range[1] && length > 0)) return this.#place(node.range[0])
      if (node && length > 0) return this.keyAt(...path.slice(0, length))
    }
    return { file: this.#file, line: 1 }
  }

  keyAt(...path: Path): Place {
    const parent = path.length === 1 ? this.#document.contents : this.#document.getIn(path.slice(0, -1), true)
    if (isMap(parent)) {
      for (const pair of parent.items) {
        if (isScalar(pair.key) && pair.key.value === path.at(-1) && pair.key.range) return this.#place(pair.key.range[0])
      }
    }
    return this.at(...path.slice(0, -1))
  }

  inside(path: Path, offset: number): Place {
    const node = this.#document.getIn(path, true)
    if (!isScalar(node) || !node.range) return this.at(...path)
    return this.#place(offsetInFile(this.#text, node as Scalar & { range: Range }, offset))
  }

  /** A part of this file as a located value of its own. */
  part<T>(path: Path, valid: boolean): Located<T> {
    const value = path.reduce<unknown>((held, step) => (held as Record<string | number, unknown>)?.[step], this.value) as T
    return {
      value,
      valid,
      at: (...rest) => this.at(...path, ...rest),
      keyAt: (...rest) => this.keyAt(...path, ...rest),
      inside: (rest, offset) => this.inside([...path, ...rest], offset),
    }
  }

  /** Every text written under a language key. */
  texts(): { language: 'zh' | 'en'; text: string; place: Place }[] {
    const found: { language: 'zh' | 'en'; text: string; place: Place }[] = []
    visit(this.#document, {
      Pair: (_, pair) => {
        if (!isPair(pair) || !isScalar(pair.key) || !isScalar(pair.value) || typeof pair.value.value !== 'string') return
        const language = pair.key.value
        if (language !== 'zh' && language !== 'en') return
        found.push({ language, text: pair.value.value, place: this.#place(pair.value.range?.[0] ?? pair.key.range?.[0] ?? 0) })
      },
    })
    return found
  }

  #firstAlias(): Place {
    let found: Place = { file: this.#file, line: 1 }
    visit(this.#document, {
      Alias: (_, { range }) => {
        if (range) found = this.#place(range[0])
        return visit.BREAK
      },
    })
    return found
  }

  #place(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset)
    return { file: this.#file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
}

/** Where a character of a scalar's value stands in its file. Escapes and blank lines of a fold can move it by a few columns. */
function offsetInFile(text: string, { range: [start, end], type }: Scalar & { range: Range }, offset: number): number {
  if (type !== Scalar.BLOCK_FOLDED && type !== Scalar.BLOCK_LITERAL) {
    const quoted = type === Scalar.QUOTE_SINGLE || type === Scalar.QUOTE_DOUBLE
    return Math.min(start + (quoted ? 1 : 0) + offset, end)
  }
  let left = offset
  let line = text.indexOf('\n', start) + 1
  while (line > 0 && line < end) {
    const stop = text.indexOf('\n', line)
    const content = text.slice(line, stop < 0 ? end : stop)
    const indent = content.length - content.trimStart().length
    if (left <= content.length - indent) return line + indent + left
    left -= content.length - indent + 1
    if (stop < 0) break
    line = stop + 1
  }
  return start
}
