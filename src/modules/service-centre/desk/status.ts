/** Where a case stands, in one tag. */
import type { LoadedPack } from '../../../core/matters/index.ts'
import { pick } from '../../../platform/words.ts'
import type { Tone, View } from '../../../ui/index.ts'

const TONES: Readonly<Record<string, Tone>> = {
  received: 'plain',
  correcting: 'warn',
  accepted: 'info',
  paused: 'hold',
  decided: 'good',
  closed: 'good',
  not_accepted: 'plain',
  withdrawn: 'plain',
}
export const statusTone = (status: string): Tone => TONES[status] ?? 'plain'

/** The step's own name while a case is worked on; otherwise the status. */
export function stepName(
  view: Pick<View, 't' | 'lang'>,
  pack: LoadedPack,
  { matterCode, status, step }: { matterCode: string; status: string; step: string | null },
): string {
  const found = status === 'accepted' ? pack.matter(matterCode).steps.find((s) => s.code === step) : undefined
  return found ? pick(found.name, view.lang) : view.t(`case.status.${status}`)
}
