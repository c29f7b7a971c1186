import { ageYears } from '../../platform/day.ts'
import type { Day } from '../../platform/time.ts'
import type { Table } from './table.ts'

/** Why a table of assessment is not filled in for an applicant; null where it is. An age or a limit that nobody knows is never “too young”. */
export function whyNotAssessed(
  { matters }: NonNullable<Table['assessment']>,
  fromAge: number | null,
  { matterCode, bornOn, on }: { matterCode: string; bornOn: Day | null; on: Day },
): 'other_matter' | 'age_unknown' | 'too_young' | null {
  if (!matters.includes(matterCode)) return 'other_matter'
  if (bornOn === null || fromAge === null) return 'age_unknown'
  return ageYears(bornOn, on) >= fromAge ? null : 'too_young'
}
