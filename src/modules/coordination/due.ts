/** By when a unit should have answered and done its part, and by when a superior should have ruled. Pure: the pack and the hour are given. */
import { dueOf, type Limit } from '../../core/clocks/index.ts'
import type { LoadedPack, WhistleKind } from '../../core/matters/index.ts'

function until(pack: LoadedPack, from: Date, limit: Limit) {
  const { dueAt, provisional } = dueOf({ from, limit, calendar: pack.calendar })
  return { at: dueAt.toISOString(), dueProvisional: provisional }
}

/** Of one that was blown: a kind that has left the pack since goes on by the terms of the first one. */
const termsOf = (pack: LoadedPack, kind: string): WhistleKind =>
  pack.whistleKinds.find(({ code }) => code === kind) ?? pack.whistleKinds[0] ?? pack.whistleKind(kind)

export function answerDue(pack: LoadedPack, kind: string, from: Date): { answerBy: string; dueProvisional: boolean } {
  const { at, dueProvisional } = until(pack, from, termsOf(pack, kind).answer)
  return { answerBy: at, dueProvisional }
}

export function reportDue(pack: LoadedPack, kind: string, from: Date): { reportBy: string; dueProvisional: boolean } {
  const { at, dueProvisional } = until(pack, from, termsOf(pack, kind).report)
  return { reportBy: at, dueProvisional }
}

/** A kind that the pack no longer has, or one without a time for it, has none. */
export function rulingDue(pack: LoadedPack, kind: string, from: Date): { decideBy: string | null } {
  const limit = pack.whistleKinds.find(({ code }) => code === kind)?.ruling
  return { decideBy: limit ? until(pack, from, limit).at : null }
}
