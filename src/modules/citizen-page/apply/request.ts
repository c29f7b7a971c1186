/** From what a browser sent to what the use cases take, and from a refusal to what the page says. */
import { Refusal } from '../../../platform/refusal.ts'
import type { Call } from '../../../platform/use-case/use-case.ts'
import type { Errors, PageRequest, Problem, View } from '../../../ui/index.ts'

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** An id in the address. One that is no id answers like one that never existed. */
export function idIn(r: PageRequest, name: string, missing: string): string {
  const id = r.params[name] ?? ''
  if (!ID.test(id)) throw new Refusal(missing, 'missing')
  return id
}

export type Typed = Record<string, string>

/** A day's three fields are `since.year` on the page and `since-year` to the case room. */
export const typedIn = (r: PageRequest): Typed =>
  Object.fromEntries(Object.entries(r.body).map(([name, value]) => [name.replace(/\.(year|month|day)$/, '-$1'), value]))

/** What to mend; a refusal that names no field links to the page itself, one of a file says which file. */
export function errorsOf({ t }: Pick<View, 't'>, { refusal, errors, message }: Problem): Errors {
  const [field] = Object.keys(errors)
  if (!field) return { main: message }
  return refusal.code === 'file.too_large'
    ? { [field]: t('apply.file.refused', { name: String(refusal.params.name ?? ''), why: message }) }
    : errors
}

/** The largest file that may be given. */
export const megabytesOf = ({ call }: PageRequest): number => Math.floor(call.platform.services.upload.maxBytes / 1_048_576)

/** One form, several acts: each has a key of its own, made of the form's, so that sending it twice repeats none. */
export const nthCall = (call: Call, n: number): Call => (call.key ? { ...call, key: `${call.key}-${n}` } : call)

/** A page drawn again stands at another address: its settings links come back to `path`. */
export const at = <R extends PageRequest>(r: R, path: string): R => ({ ...r, view: { ...r.view, path } })

/** Was this act done already, under this form or another? Then the page says so instead of what to mend. */
export const isAlready = ({ code }: Refusal): boolean =>
  ['request.key_reused', 'draft.already_submitted', 'case.already_running', 'case.already_rated'].includes(code)

/** The case that came of the earlier sending, where the refusal tells it. */
export function caseOf({ params }: Refusal): string | null {
  const result = params.result as { caseId?: string } | undefined
  return typeof params.caseId === 'string' ? params.caseId : (result?.caseId ?? null)
}
