/** What sample cases are told with: past days, officers in their posts, residents with a phone. Only through use cases. */
import { isWorkingDay } from '../core/clocks/index.ts'
import type { Actor } from '../platform/actor.ts'
import { addDays } from '../platform/day.ts'
import { newId } from '../platform/id.ts'
import type { Platform } from '../platform/platform.ts'
import { type Day, dayOf, instantAt } from '../platform/time.ts'
import type { Call } from '../platform/use-case/use-case.ts'
import type { DemoPerson, DemoStreet } from './demo-street.ts'
import type { Cast } from './fill.ts'
import type { DemoGround } from './grids.ts'

export interface Ground {
  platform: Platform
  street: DemoStreet
  cast: Cast
  now: Date
  /** Where the street lies, so far as it was drawn. */
  lattice?: DemoGround
}

type Act = { run(call: Call, input: unknown): Promise<unknown> }

/** Working days ago, post code, what was done, and its input besides the case. */
export type Step = readonly [ago: number, post: string, act: Act, input?: object]

export interface Teller {
  /** The `n`th working day before today; 0 is today, whatever it is. */
  day(n: number): Day
  instant(n: number): Date
  officer(post: string, at: Date): Call
  /** Runs the steps of a case one after another. */
  walk(caseId: string, steps: readonly Step[]): Promise<void>
  /** The next resident who fits and has no part in another story. */
  take(area: string, fits: (person: DemoPerson) => boolean): DemoPerson
}

export function teller({ platform, street, cast, now }: Ground): Teller {
  const { calendar, permissionsOf } = platform.services.packs.inForce()
  const days: Day[] = [dayOf(now)]
  const taken = new Set(Object.values(cast.persons))
  /** Acts of a working day lie behind one another, from nine o'clock on; those of today lie just behind us. */
  const acts = new Map<number, number>()

  const day = (n: number): Day => {
    while (days.length <= n) {
      let one = addDays(days.at(-1)!, -1)
      while (!isWorkingDay(one, calendar)) one = addDays(one, -1)
      days.push(one)
    }
    return days[n]!
  }
  const instant = (n: number): Date => {
    const before = acts.get(n) ?? 0
    acts.set(n, before + 1)
    if (n === 0) return new Date(now.getTime() - 3_600_000 + before * 60_000)
    return new Date(instantAt(day(n), '09:04').getTime() + before * 7 * 60_000)
  }
  const officer = (post: string, at: Date): Call => ({
    platform,
    actor: actorOf(cast, post, permissionsOf),
    now: at,
    requestId: newId(at),
  })

  return {
    day,
    instant,
    officer,
    async walk(caseId, steps) {
      for (const [ago, post, act, input = {}] of steps) await act.run(officer(post, instant(ago)), { caseId, ...input })
    },
    take(area, fits) {
      const found = street.persons.find((person) => person.home.area === area && !taken.has(person.id) && fits(person))
      if (!found) throw new Error(`demo: nobody in ${area} fits a sample case`)
      taken.add(found.id)
      return found
    },
  }
}

function actorOf(cast: Cast, code: string, permissionsOf: (role: string) => readonly string[]): Actor {
  for (const officer of cast.staff) {
    const post = officer.posts.find((one) => one.code === code)
    if (!post) continue
    const { id, role, organisationId, areas, scope, domains, validFrom, validTo } = post
    return {
      kind: 'staff',
      accountId: officer.accountId,
      post: {
        id,
        officerId: officer.id,
        officerName: officer.name,
        role,
        organisationId,
        areas,
        scope,
        domains,
        permissions: permissionsOf(role),
        validFrom,
        validTo,
      },
    }
  }
  throw new Error(`demo.yaml: the sample cases need a post ${code}`)
}

export interface Holder {
  personId: string
  name: string
  accountId: string
  area: string
}

export const resident = (platform: Platform, { accountId, personId, name, area }: Holder, at: Date): Call => ({
  platform,
  actor: { kind: 'resident', accountId, level: 'A1', personId, name, communityArea: area },
  now: at,
  requestId: newId(at),
})
