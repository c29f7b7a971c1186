/**
 * How an amount came out, as people write a sum: 1200 × 4 − 2100. Numbers of the law and facts keep their names, so that a
 * page can say beside each where it is from.
 */
import type { ParameterRead } from './explain.ts'
import type { Part, Scope } from './part.ts'
import { UNKNOWN } from './three.ts'

export type Sign = '+' | '-' | '*' | '/' | '%'

/** One token of the sum, in reading order. */
export type Working =
  | { kind: 'parameter'; read: ParameterRead }
  | { kind: 'fact'; name: string; value: number }
  | { kind: 'number'; value: number }
  | { kind: 'sign'; sign: Sign }
  | { kind: 'open' | 'close' }

const BINDS: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2 }

/** Empty when something in it is unknown. Of a choice only the branch that was taken is told. */
export function workingOf(root: Part, scope: Scope, read: (part: Part) => ParameterRead): Working[] {
  if (root.run(scope) === UNKNOWN) return []
  const tell = (part: Part): Working[] => {
    if (part.kind === 'choice') {
      const [condition, met, unmet] = part.parts as [Part, Part, Part]
      return tell(condition.run(scope) ? met : unmet)
    }
    if (part.kind === 'parameter') return [{ kind: 'parameter', read: read(part) }]
    const value = part.run(scope) as number
    if (part.kind === 'fact') return [{ kind: 'fact', name: part.name, value }]
    const [left, right] = part.parts
    if (part.kind !== 'arithmetic' || !left || !right) return [{ kind: 'number', value }]
    const within = BINDS[part.name]!
    const inner = (side: Part, loose: (binds: number) => boolean): Working[] =>
      side.kind === 'arithmetic' && loose(BINDS[side.name] ?? 0)
        ? [{ kind: 'open' }, ...tell(side), { kind: 'close' }]
        : tell(side)
    return [
      ...inner(left, (binds) => binds < within),
      { kind: 'sign', sign: part.name as Sign },
      // a − (b − c): what stands right keeps its brackets also where it binds as strongly.
      ...inner(right, (binds) => binds <= within),
    ]
  }
  return tell(root)
}

const SIGNS = { '+': '+', '-': '−', '*': '×', '/': '÷', '%': 'mod' } as const

type Mark = Extract<Working, { kind: 'sign' | 'open' | 'close' }>
const isMark = (token: { kind: string }): token is Mark => ['sign', 'open', 'close'].includes(token.kind)

/** A sum in one line, as people write it: 1,200 元 × 3 − 2,100 元. @param say what stands between the signs */
export const sumText = <T extends { kind: string }>(
  working: readonly (T | Mark)[],
  say: (token: Exclude<T, Mark>) => string,
): string =>
  working
    .map((token) => {
      if (!isMark(token)) return say(token as Exclude<T, Mark>)
      return token.kind === 'sign' ? SIGNS[token.sign] : token.kind === 'open' ? '(' : ')'
    })
    .join(' ')
