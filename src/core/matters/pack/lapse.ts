/**
 * Whether the official text under something is still in force on a day. A lapsed text stops nothing but the decision:
 * applications are received and keep their date, and a named officer records the basis before anything is decided.
 */
import { addDays } from '../../../platform/day.ts'
import type { Day } from '../../../platform/time.ts'
import type { Rule } from '../../rules/rule.ts'
import type { Matter } from '../matter.ts'
import type { OfficialDocument } from './schema.ts'

/** The part of an official text that its life depends on. */
export type Lasting = Pick<OfficialDocument, 'code' | 'valid_from' | 'valid_to' | 'successor'>

/** `since` is the first day without a text in force; null while one is. */
export type Lapse = { lapsed: true; since: Day } | { lapsed: false; since: null }

const inForce: Lapse = { lapsed: false, since: null }

/**
 * A text past its last day is lapsed unless a successor took its place. With `bases` the successor is followed too,
 * so that a chain ends lapsed when its last text does.
 */
export function lapseOf(basis: Lasting, on: Day, bases: readonly Lasting[] = []): Lapse {
  const seen = new Set<string>()
  let current = basis
  for (;;) {
    if (!current.valid_to || on <= current.valid_to) return inForce
    if (!current.successor) return { lapsed: true, since: addDays(current.valid_to, 1) }
    const next = bases.find((each) => each.code === current.successor)
    if (!next || seen.has(next.code)) return inForce
    seen.add(next.code)
    current = next
  }
}

export type MatterStatus =
  | { status: 'not_yet'; from: Day }
  | { status: 'in_force' }
  /** `documents` are the codes of the lapsed texts, `since` the earliest day without one of them. */
  | { status: 'lapsed'; since: Day; documents: readonly string[] }

/** What a matter is on a day: its own texts and those of its conditions and amount must all be in force. */
export function matterStatus(
  matter: Pick<Matter, 'valid_from' | 'bases' | 'conditions' | 'amount'>,
  pack: { bases: readonly Lasting[]; rules: readonly Pick<Rule, 'id' | 'basis'>[] },
  on: Day,
): MatterStatus {
  if (on < matter.valid_from) return { status: 'not_yet', from: matter.valid_from }
  const named = new Set([...matter.conditions, ...(matter.amount ? [matter.amount] : [])])
  const documents = new Set(matter.bases.map((basis) => basis.document))
  for (const rule of pack.rules) if (named.has(rule.id)) documents.add(rule.basis.document)

  const lapsed: { code: string; since: Day }[] = []
  for (const basis of pack.bases) {
    if (!documents.has(basis.code)) continue
    const { since } = lapseOf(basis, on, pack.bases)
    if (since) lapsed.push({ code: basis.code, since })
  }
  if (lapsed.length === 0) return { status: 'in_force' }
  const since = lapsed.map((each) => each.since).sort()[0]!
  return { status: 'lapsed', since, documents: lapsed.map((each) => each.code) }
}
