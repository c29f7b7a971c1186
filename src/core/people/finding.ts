import { Refusal } from '../../platform/refusal.ts'

/** A field that is wrong, as a refusal names it. */
export interface Finding {
  path: string
  code: string
  params?: Record<string, unknown>
}

/** What `read` makes of a field; a refusal of it is kept under the field's name, so that all that is wrong is told at once. */
export function wrongWhen<V>(wrong: Finding[], field: string, read: () => V): V | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    wrong.push({ path: `/${field}`, code: error.code, params: { ...error.params } })
    return undefined
  }
}

/** Ends the reading: whatever is wrong is refused together. */
export function refuseWrong(wrong: readonly Finding[]): void {
  if (wrong.length > 0) throw new Refusal('input.invalid', 'invalid', { fields: wrong })
}
