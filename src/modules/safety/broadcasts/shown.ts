/** What holds now, for the head of every page: asked of the database at most every ten seconds, and at once after an act of this process. */
import type { Scope } from '../../../platform/actor.ts'
import type { Platform } from '../../../platform/platform.ts'
import { type Broadcast, standingOf } from './broadcast.ts'
import { listShown } from './store.ts'

const NOBODY: Scope = { role: 'app_public', area: '', domains: [], subjects: [], accountId: null }
const FRESH = 10_000
const known = new WeakMap<object, { at: number; rows: Promise<Broadcast[]> }>()

export const forgetShown = ({ services }: Platform): void => void known.delete(services)

/** @param area of whom the page is for; '' for somebody whose area is not known, who is shown all */
export async function runningFor(platform: Platform, area: string, now: Date): Promise<Broadcast[]> {
  const { services } = platform
  let held = known.get(services)
  if (!held || Math.abs(now.getTime() - held.at) > FRESH) {
    const rows = platform.db.as(NOBODY, (tx) => listShown(tx, now))
    // A database that is away must not be remembered for ten seconds.
    rows.catch(() => known.delete(services))
    held = { at: now.getTime(), rows }
    known.set(services, held)
  }
  const rows = await held.rows
  return rows.filter(
    (one) => standingOf(one, now) === 'issued' && (area === '' || area.startsWith(one.area) || one.area.startsWith(area)),
  )
}
