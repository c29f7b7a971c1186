/**
 * Why something is not done. Codes are `noun.reason`; the words catalogue holds the text, which says what to do next.
 * One table (`http/problem.ts`) maps kinds to HTTP.
 */
export type RefusalKind = 'forbidden' | 'missing' | 'conflict' | 'invalid'

export class Refusal extends Error {
  readonly code: string
  readonly kind: RefusalKind
  readonly params: Readonly<Record<string, unknown>>
  constructor(code: string, kind: RefusalKind, params: Record<string, unknown> = {}) {
    super(code)
    this.code = code
    this.kind = kind
    this.params = params
  }
}
