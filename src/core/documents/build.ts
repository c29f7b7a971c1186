/** From a kind of the pack and the values of a case to the document that is printed. */
import { Refusal } from '../../platform/refusal.ts'
import type { Day } from '../../platform/time.ts'
import type { Procedure } from '../matters/matter.ts'
import type { Block, DocumentForms, DocumentKind, DocumentLabels, DocumentModel, DocumentValues, Paragraph } from './document.ts'
import { findNumberFault, formatNumber } from './number.ts'
import { oneLine, paragraphsOf } from './plain-text.ts'

const PLACEHOLDER = /\{([a-z][a-z0-9_]*)\}/g
/** Of the language that documents issue in. What a person wrote may end in one, and the form goes on with its own. */
const FULL_STOP = '。'
const withoutStop = (text: string): string => text.trimEnd().replace(/[。.；;]+$/, '')
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

const inUse = (part: { if?: string; only?: readonly Procedure[] }, values: DocumentValues): boolean =>
  (part.only?.includes(values.procedure) ?? true) && (part.if === undefined || isGiven(values, part.if))

const isGiven = (values: DocumentValues, name: string): boolean => {
  const value = values.fill[name] ?? values.lists?.[name]
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
}

/** Throws `Refusal('document.values_missing')` with every name at once, never a document with a hole in it. */
export function buildDocument(kind: DocumentKind, values: DocumentValues, labels: DocumentLabels): DocumentModel {
  const missing = new Set<string>()
  const given = (name: string): string => {
    const value = values.fill[name]
    // An empty text is a hole too; a line that is to be written by hand has no placeholder.
    if (value === undefined || (typeof value === 'string' && paragraphsOf(value).length === 0)) missing.add(name)
    if (value === undefined) return ''
    return name.endsWith('_on') ? writeDay(String(value), labels, name) : String(value)
  }
  // One pass: braces in what a person wrote are text, not placeholders.
  const fill = (text: string): string =>
    text.replace(PLACEHOLDER, (placeholder: string, name: string, at: number) =>
      text[at + placeholder.length] === FULL_STOP ? withoutStop(given(name)) : given(name),
    )

  const paragraphs = kind.body.flatMap((part): Block[] => {
    if (typeof part === 'string') return paragraphsOf(fill(part))
    if (!inUse(part, values)) return []
    if ('text' in part) return paragraphsOf(fill(part.text))
    if ('facts' in part) return [{ facts: part.facts.map(([label, value]) => [label, oneLine(fill(value))]) }]
    const list = values.lists?.[part.list]?.map(oneLine).filter((item) => item !== '')
    if (!list || list.length === 0) missing.add(part.list)
    return [{ list: list ?? [] }]
  })
  const remedies = kind.remedies.flatMap((remedy) => {
    if (typeof remedy === 'string') return paragraphsOf(fill(remedy))
    return inUse(remedy, values) ? paragraphsOf(fill(remedy.text)) : []
  })
  const addressee = kind.addressee === undefined ? null : oneLine(fill(kind.addressee)) + labels.addressee_end
  if (missing.size > 0) {
    throw new Refusal('document.values_missing', 'invalid', { kind: kind.title.zh, names: [...missing].sort().join(', ') })
  }
  return {
    kind: kind.code,
    title: kind.title.zh,
    number: formatNumber(kind.number, {
      organ: values.organ,
      year: Number(values.issuedOn.slice(0, 4)),
      sequence: values.sequence,
    }),
    issuer: oneLine(values.issuer),
    addressee,
    paragraphs,
    basis: [
      ...(values.basis ?? []).map((one) => withoutStop(oneLine(one))),
      ...kind.basis.filter((one) => inUse(one, values)).map((one) => one.text),
    ],
    remedies,
    issuedOn: values.issuedOn,
    dated: writeDay(values.issuedOn, labels, 'issuedOn'),
    seal: labels.seal,
    verifyUrl: values.verifyUrl,
    footer: labels.footer,
    labels: { scan: labels.scan, number: labels.number, page: labels.page, basis: labels.basis, basisJoin: labels.basis_join },
  }
}

function writeDay(day: Day, labels: DocumentLabels, name: string): string {
  const [, year, month, date] = DAY.exec(day) ?? []
  if (!year) throw new RangeError(`documents: ${name} must be a day (YYYY-MM-DD), found “${day}”`)
  const parts: Record<string, string> = { year, month: String(Number(month)), day: String(Number(date)) }
  return labels.day.replace(PLACEHOLDER, (all, part: string) => parts[part] ?? all)
}

/** Names that a kind may ask for, lists included: what an office screen or a test must supply. */
export function placeholdersOf(kind: DocumentKind): { name: string; kind: 'text' | 'day' | 'list'; optional: boolean }[] {
  const found = new Map<string, { name: string; kind: 'text' | 'day' | 'list'; optional: boolean }>()
  const note = (name: string, optional: boolean, list = false) => {
    const before = found.get(name)
    const type = list ? 'list' : name.endsWith('_on') ? 'day' : 'text'
    found.set(name, { name, kind: type, optional: optional && (before?.optional ?? true) })
  }
  const scan = (text: string, optional: boolean) => {
    for (const [, name] of text.matchAll(PLACEHOLDER)) note(name!, optional)
  }
  const parts: readonly Paragraph[] = [...kind.body, ...kind.remedies, ...(kind.addressee ? [kind.addressee] : [])]
  for (const part of parts) {
    if (typeof part === 'string') scan(part, false)
    else if ('text' in part) scan(part.text, isConditional(part))
    else if ('list' in part) note(part.list, isConditional(part), true)
    else for (const [, value] of part.facts) scan(value, isConditional(part))
  }
  return [...found.values()]
}

const isConditional = (part: { if?: string; only?: readonly string[] }) => part.if !== undefined || part.only !== undefined

/** What `pack check` reports beyond the schema: place of the kind in the file, and what is wrong. `bases` are the codes of the pack, null when they could not be read. */
export function findFormFaults(forms: DocumentForms, bases: ReadonlySet<string> | null): { at: number; fault: string }[] {
  const faults: { at: number; fault: string }[] = []
  const seen = new Map<string, string>()
  for (const [at, kind] of forms.kinds.entries()) {
    const say = (what: string) => faults.push({ at, fault: `${kind.code}: ${what}` })
    for (const [what, value] of [
      ['code', kind.code],
      ['number pattern', kind.number],
    ] as const) {
      const before = seen.get(`${what} ${value}`)
      if (before) say(`has the same ${what} “${value}” as ${before}; two documents would be confused`)
      seen.set(`${what} ${value}`, kind.code)
    }
    const fault = findNumberFault(kind.number)
    if (fault) say(fault)
    if (!forms.retention.some((one) => one.code === kind.retention))
      say(`retention class “${kind.retention}” is not in this file`)
    for (const one of kind.basis) if (bases && !bases.has(one.document)) say(`basis “${one.document}” is not in bases.yaml`)
    for (const text of textsOf(kind)) {
      const left = text.replace(PLACEHOLDER, '').match(/[{}].{0,20}/)
      if (left) say(`“${left[0]}” is not a placeholder; write {lower_case}`)
    }
  }
  return faults
}

function* textsOf(kind: DocumentKind): Generator<string> {
  for (const part of [...kind.body, ...kind.remedies] as readonly Paragraph[]) {
    if (typeof part === 'string') yield part
    else if ('text' in part) yield part.text
    else if ('facts' in part) yield* part.facts.flat()
  }
}
