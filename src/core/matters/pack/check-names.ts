/**
 * Every name that one part of a pack uses must be written in another, once.
 */
import type { Findings, Place } from './finding.ts'
import type { Parsed } from './parse.ts'
import type { Located } from './source.ts'

/** The name that is meant by a mistyped one, if one is near enough. */
function nearest(name: string, names: Iterable<string>): string | undefined {
  let best: { name: string; distance: number } | undefined
  for (const each of names) {
    const distance = editDistance(name, each)
    if (!best || distance < best.distance) best = { name: each, distance }
  }
  return best && best.distance <= Math.max(2, name.length / 3) ? best.name : undefined
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]!
}

/** Names in use with the finding's code for one that is not there. */
export class Names {
  readonly #names: Set<string>
  readonly #code: string
  readonly #findings: Findings
  readonly #lost: boolean
  /** @param file where the names are written; when it could not be read, none of them is called unknown */
  constructor(code: string, names: Iterable<string>, findings: Findings, file?: string) {
    this.#names = new Set(names)
    this.#lost = file !== undefined && findings.unreadable(file)
    this.#code = code
    this.#findings = findings
  }
  has(name: string): boolean {
    return this.#names.has(name)
  }
  require(name: string, place: Place): boolean {
    if (this.#lost || this.#names.has(name)) return true
    const meant = nearest(name, this.#names)
    const hint = meant ? this.#findings.word('did-you-mean', { name: meant }) : ''
    this.#findings.error(this.#code, place, { name, hint })
    return false
  }
}

/** Names of the parameters that an expression reads, in order. */
export const parametersOf = (expression: string): string[] =>
  [...expression.matchAll(/\bparam\(\s*(['"])([^'"]+)\1\s*\)/g)].map((match) => match[2]!)

const namesOf = <T>(items: readonly Located<T>[], key: keyof T & string): string[] =>
  items.map((item) => item.value?.[key]).filter((name) => typeof name === 'string')

export function checkNames(parsed: Parsed, permissions: Iterable<string> | undefined, findings: Findings): void {
  const documents = new Names('document-unknown', namesOf(parsed.bases, 'code'), findings, 'bases.yaml')
  const parameters = new Names('parameter-unknown', namesOf(parsed.parameters, 'id'), findings, 'parameters.csv')
  const rules = new Names('rule-unknown', namesOf(parsed.rules, 'id'), findings)
  const matters = new Names('matter-unknown', namesOf(parsed.matters, 'code'), findings, 'matters')

  once(parsed.bases, 'code', findings)
  once(parsed.rules, 'id', findings)
  once(parsed.roles, 'code', findings)
  once(parsed.matters, 'code', findings)
  if (parsed.pack?.valid) {
    for (const key of ['domains', 'groups'] as const) {
      onceIn(parsed.pack.value[key], 'code', (at) => parsed.pack!.at(key, at, 'code'), findings)
    }
    parsed.pack.value.often?.forEach((code, at) => {
      matters.require(code, parsed.pack!.at('often', at))
    })
    parsed.pack.value.remedies.forEach((remedy, at) => {
      documents.require(remedy.basis.document, parsed.pack!.at('remedies', at, 'basis', 'document'))
    })
  }

  for (const { value, at } of valid(parsed.bases)) {
    if (value.successor) documents.require(value.successor, at('successor'))
  }
  for (const { value, at } of valid(parsed.parameters)) {
    documents.require(value.basis.document, at())
    if (value.supersedes) parameters.require(value.supersedes, at())
  }
  for (const { value, at } of valid(parsed.rules)) {
    documents.require(value.basis.document, at('basis', 'document'))
    for (const name of parametersOf(value.expression)) parameters.require(name, at('expression'))
    if (value.ahead_of) rules.require(value.ahead_of, at('ahead_of'))
  }
  if (permissions) {
    const allowed = new Names('permission-unknown', permissions, findings)
    for (const { value, at } of valid(parsed.roles)) {
      value.permissions.forEach((name, index) => {
        allowed.require(name, at('permissions', index))
      })
    }
  }

  const domains = new Names(
    'domain-unknown',
    (parsed.pack?.value?.domains ?? []).map((each) => each?.code),
    findings,
  )
  const groups = new Names(
    'group-unknown',
    (parsed.pack?.value?.groups ?? []).map((each) => each?.code),
    findings,
  )
  for (const { value, at } of valid(parsed.matters)) {
    if (parsed.pack?.valid) {
      domains.require(value.domain, at('domain'))
      groups.require(value.group, at('group'))
    }
    value.bases.forEach((basis, index) => {
      documents.require(basis.document, at('bases', index, 'document'))
    })
    value.conditions.forEach((name, index) => {
      rules.require(name, at('conditions', index))
    })
    if (value.amount) rules.require(value.amount, at('amount'))
    for (const name of ['begins', 'yearly'] as const)
      if (value.payment?.[name]) rules.require(value.payment[name], at('payment', name))
    if (value.outreach?.searched && value.outreach.among) rules.require(value.outreach.among, at('outreach', 'among'))
    parameters.require(value.limits.promise, at('limits', 'promise'))
    parameters.require(value.limits.correction, at('limits', 'correction'))
    if (value.limits.legal) parameters.require(value.limits.legal, at('limits', 'legal'))
    // How long a list of people is kept.
    if (value.outreach?.searched) parameters.require('outreach.expiry', at('outreach'))
    value.steps.forEach((step, index) => {
      if (step.limit) parameters.require(step.limit, at('steps', index, 'limit'))
    })
    if (value.catalogue.fee) documents.require(value.catalogue.fee.basis.document, at('catalogue', 'fee', 'basis', 'document'))
    value.materials.forEach((material, index) => {
      if (material.basis) documents.require(material.basis.document, at('materials', index, 'basis', 'document'))
      if (material.obtain) matters.require(material.obtain, at('materials', index, 'obtain'))
    })
    const materials = new Names(
      'material-unknown',
      value.materials.map((each) => each.code),
      findings,
    )
    value.questions.forEach((question, index) => {
      question.materials?.forEach((name, nth) => {
        materials.require(name, at('questions', index, 'materials', nth))
      })
    })
    onceIn(value.materials, 'code', (index) => at('materials', index, 'code'), findings)
    onceIn(value.questions, 'code', (index) => at('questions', index, 'code'), findings)
    onceIn(value.steps, 'code', (index) => at('steps', index, 'code'), findings)
  }
  // A rule may ask whether somebody already receives a matter: `'some-matter' in person.receives`.
  for (const { value, at } of valid(parsed.rules)) {
    for (const match of value.expression.matchAll(/(['"])([^'"]+)\1\s+in\s+person\.receives\b/g)) {
      matters.require(match[2]!, at('expression'))
    }
  }
}

export const valid = <T>(items: readonly Located<T>[]): Located<T>[] => items.filter((item) => item.valid)

function once<T>(items: readonly Located<T>[], key: keyof T & string, findings: Findings): void {
  const sound = items.filter((item) => item.value !== null && typeof item.value === 'object')
  onceIn(
    sound.map((item) => item.value),
    key,
    (at) => sound[at]!.at(key),
    findings,
  )
}

function onceIn<T>(items: readonly T[], key: keyof T & string, place: (at: number) => Place, findings: Findings): void {
  const seen = new Map<unknown, Place>()
  items.forEach((item, at) => {
    const first = seen.get(item[key])
    if (!first) seen.set(item[key], place(at))
    else findings.error('name-twice', place(at), { name: item[key], first: `${first.file}:${first.line}` })
  })
}
