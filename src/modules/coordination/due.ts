/** By when a unit should have answered, and by when it should have done its part. Pure: the pack and the hour are given. */
import { dueOf } from '../../core/clocks/index.ts'
import type { LoadedPack } from '../../core/matters/index.ts'

function until(pack: LoadedPack, kind: string, clock: 'answer' | 'report', from: Date) {
  const { dueAt, provisional } = dueOf({ from, limit: pack.whistleKind(kind)[clock], calendar: pack.calendar })
  return { at: dueAt.toISOString(), dueProvisional: provisional }
}

export function answerDue(pack: LoadedPack, kind: string, from: Date): { answerBy: string; dueProvisional: boolean } {
  const { at, dueProvisional } = until(pack, kind, 'answer', from)
  return { answerBy: at, dueProvisional }
}

export function reportDue(pack: LoadedPack, kind: string, from: Date): { reportBy: string; dueProvisional: boolean } {
  const { at, dueProvisional } = until(pack, kind, 'report', from)
  return { reportBy: at, dueProvisional }
}
