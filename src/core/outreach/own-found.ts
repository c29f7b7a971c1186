/** What a search found for one person, beside what the same rules say of her today. Pure. */

import type { Day } from '../../platform/time.ts'
import type { Checked } from '../cases/index.ts'

/** `gone`: found then, and by what is on record today no longer so. Nobody is refused by it. */
export type Standing = 'fits' | 'confirm' | 'gone'

/** A line of the newest finished search that covers her. */
export interface FoundLine {
  runId: string
  matterCode: string
  /** The day that the search asked about. */
  day: Day
  list: 'fits' | 'confirm'
  amountFen: number | null
}

export interface OwnFound extends FoundLine {
  standing: Standing
  /** By today's facts. */
  checked: Checked
  /** She has applied: the case that is open. */
  running: { caseId: string; number: string } | null
  /** 不要找我: she does not want to be found for this. */
  stopped: boolean
}

export function standingOf({ lines }: Pick<Checked, 'lines'>): Standing {
  if (lines.some(({ result }) => result === 'not_met')) return 'gone'
  return lines.every(({ result }) => result === 'met') ? 'fits' : 'confirm'
}

/** What has changed since the search, so that a page can say so. */
export function changedSince({
  list,
  standing,
  amountFen,
  checked,
}: Omit<OwnFound, 'running' | 'stopped'>): 'standing' | 'amount' | null {
  if (standing === 'gone') return 'standing'
  if (list !== standing) return 'standing'
  return amountFen !== null && checked.amountFen !== null && amountFen !== checked.amountFen ? 'amount' : null
}
