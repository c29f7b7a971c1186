import { Refusal } from '../../../platform/refusal.ts'
import type { PageRequest } from '../../../ui/index.ts'

/** A mistyped address is a community that is not there. */
export function areaOf({ params: { area = '' } }: PageRequest): string {
  if (!/^[0-9]{12}$/.test(area)) throw new Refusal('border.not_your_area', 'missing')
  return area
}
