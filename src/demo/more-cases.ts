/** Sample cases of relief, disability, residence permits and work: one or two a matter, each where somebody has something to do. */
import * as cases from '../core/cases/index.ts'
import { addMonths, ageYears } from '../platform/day.ts'
import type { Ground, Step, Teller } from './case-story.ts'
import type { DemoPerson } from './demo-street.ts'

export interface Means {
  tell: Teller
  ground: Ground
  /** At the window, so many working days ago; then the steps. */
  open(person: DemoPerson, matterCode: string, ago: number, steps?: readonly Step[]): Promise<string>
  say(key: string): string
  accept(ago: number): Step
  review(ago: number): Step
  surveyed(ago: number): Step[]
  authorised(ago: number): Step[]
  checked(ago: number): Step
  /** Of a notice: when it was posted, and when it was taken down. */
  posted(ago: number): Step
  unposted(ago: number): Step
}

/** What the questions of these matters are answered with at the window. */
export const MORE_ANSWERS = {
  'card-by': 'post',
  'permit-ground': 'job',
  'disability-kind': 'physical',
  'disability-grade': '2',
  'low-income-family': 'no',
  'has-livelihood': 'no',
  'has-supporter': 'no',
  'wants-place': 'home',
  'relief-kind': 'urgent',
  'cannot-go-on': 'yes',
  'out-of-work-reason': 'employer-closed',
  'out-of-work-since': '2025-01-06',
  'has-work': 'no',
  'seeks-work': 'yes',
  'draws-pension': 'no',
  'unemployed-registered-on': '2025-02-10',
  hardship: 'long-registered',
  'insured-as': 'resident',
  'insured-by-employer': 'no',
  'living-area': '0',
  'housing-wish': 'home',
} as const

export async function makeMoreCases({ tell, ground, open, say, accept, review, surveyed, ...further }: Means): Promise<void> {
  const { street } = ground
  const today = street.asOf
  const age = (p: DemoPerson) => ageYears(p.bornOn, today)
  const here = (p: DemoPerson) => p.hukou.area === p.home.area && p.home.area.startsWith(street.street)
  const took = new Set<string>()
  /** Whoever fits, wherever in the street. */
  const anywhere = (fits: (p: DemoPerson) => boolean) => {
    const wanted = (p: DemoPerson) => p.home.area.startsWith(street.street) && !took.has(p.id) && fits(p)
    const areas = [...new Set(street.persons.filter(wanted).map((p) => p.home.area))]
    for (const area of areas) {
      try {
        const person = tell.take(area, wanted)
        took.add(person.id)
        return person
      } catch {
        // Who fits there has a part in another story.
      }
    }
    throw new Error('demo: nobody in the street fits a sample case')
  }

  const ofAge = (p: DemoPerson) => here(p) && age(p) >= 61 && age(p) < 69 && p.card === null
  await open(anywhere(ofAge), 'senior-card', 2, [accept(1)])
  await open(anywhere(ofAge), 'senior-card', 6, [
    accept(5),
    [4, 'district', cases.decideCase, { outcome: 'granted', reasons: '' }],
    [4, 'district', cases.issueDecision],
  ])

  const settled = (p: DemoPerson) =>
    p.permit === null && p.residenceSince !== null && addMonths(p.residenceSince, 7) < today && age(p) >= 18
  await open(anywhere(settled), 'residence-permit', 1)
  await open(anywhere(settled), 'residence-permit', 4, [accept(3), review(2)])
  await open(anywhere(settled), 'residence-permit', 7, [
    accept(6),
    review(5),
    [4, 'police', cases.decideCase, { outcome: 'granted', reasons: '' }],
    [4, 'police', cases.issueDecision],
  ])
  await open(
    anywhere((p) => p.permit !== null && p.permit.until <= addMonths(today, 1)),
    'permit-endorsement',
    0,
  )

  const grown = (p: DemoPerson) => here(p) && age(p) >= 18
  await open(
    anywhere((p) => grown(p) && age(p) < 60 && p.disability === null),
    'disability-certificate',
    3,
    [accept(2)],
  )
  const severe = (p: DemoPerson) => grown(p) && p.disability !== null && p.disability.grade <= 2
  await open(anywhere(severe), 'disability-care-subsidy', 4, [accept(3), review(2)])
  await open(anywhere(severe), 'disability-living-subsidy', 1)

  const alone = (p: DemoPerson) =>
    here(p) && age(p) >= 61 && !street.persons.some((q) => q !== p && q.home.dwellingId === p.home.dwellingId)
  await open(anywhere(alone), 'destitute-support', 5, [
    accept(4),
    [4, 'reviewer', cases.completeAuthorisation, { note: '' }],
    ...surveyed(2),
  ])
  const burnt = anywhere(grown)
  await open(burnt, 'temporary-relief', 1, [
    accept(1),
    [0, 'registrar', cases.decideCase, { outcome: 'granted', reasons: say('relief'), amountFen: 500_00 }],
  ])
  const working = (p: DemoPerson) => grown(p) && age(p) < 55
  await open(anywhere(working), 'unemployment-registration', 2, [
    [2, 'window', cases.registerCase, { reasons: '' }],
    [2, 'window', cases.issueDecision],
  ])
  await open(anywhere(working), 'hard-to-employ', 3, [accept(2), review(1)])

  await open(anywhere(working), 'medical-insurance', 5, [
    accept(4),
    review(3),
    [2, 'medical', cases.decideCase, { outcome: 'granted', reasons: '' }],
    [2, 'medical', cases.issueDecision],
  ])
  const { authorised, checked, posted, unposted } = further
  await open(anywhere(working), 'public-rental-housing', 19, [
    ...authorised(18),
    checked(15),
    review(14),
    posted(13),
    unposted(3),
    [2, 'housing', cases.decideCase, { outcome: 'granted', reasons: say('housing') }],
    [2, 'housing', cases.issueDecision],
  ])
}
