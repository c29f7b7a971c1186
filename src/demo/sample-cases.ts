/**
 * Some forty cases of the invented residents, in every state that a case can be in. Nothing is written past the use cases:
 * each act is that of a demo post on a past working day, so that clocks, papers and messages are what they would be.
 * Whoever a newcomer applies as (the lady of eighty, the man who turns seventy …) is left without a case.
 */
import type pg from 'pg'
import * as cases from '../core/cases/index.ts'
import { bindAccount, fitsLuhn } from '../core/people/index.ts'
import { addDays, ageYears } from '../platform/day.ts'
import { dayOf } from '../platform/time.ts'
import { type Ground, type Holder, resident, type Step, teller } from './case-story.ts'
import type { DemoPerson } from './demo-street.ts'
import { MORE_ANSWERS, makeMoreCases } from './more-cases.ts'
import { makeSampleHazards } from './sample-hazards.ts'
import { makeSampleSafety } from './sample-safety.ts'
import { makeSampleWhistles } from './sample-whistles.ts'

const LONGEVITY = 'longevity-allowance'
const GUARANTEE = 'minimum-living-guarantee'
const RESIDENCE = 'residence-registration'

/** @returns how many cases there are */
export async function makeSampleCases(ground: Ground, owner: pg.Client): Promise<number> {
  const { platform, street } = ground
  const { packs, words, accounts } = platform.services
  const tell = teller(ground)
  const { walk, take, instant } = tell
  const pack = packs.inForce()
  const say = (key: string) => words.in('zh')(`demo.case.${key}`)
  let made = 0

  // The month before has no partition yet: nobody worked here then.
  for (const table of ['platform.audit', 'access.read_entry'])
    await owner.query('select platform.ensure_partitions($1::regclass, $2)', [table, tell.day(26)])

  const old = (p: DemoPerson) =>
    ageYears(p.bornOn, addDays(street.asOf, 50)) >= 70 && p.hukou.area === p.home.area && p.receipt === null
  const paid = (p: DemoPerson) => p.receipt?.matterCode === LONGEVITY
  const grown = (p: DemoPerson) =>
    ageYears(p.bornOn, street.asOf) >= 30 &&
    ageYears(p.bornOn, street.asOf) < 60 &&
    p.hukou.area === p.home.area &&
    p.account !== null
  const newcomer = (p: DemoPerson) =>
    p.hukou.householdId === null && p.residenceSince === null && ageYears(p.bornOn, street.asOf) >= 18

  const typedFor = (p: DemoPerson) => ({
    'about-you': 'yes',
    ...(p.account ? { account: 'stored' } : { account: 'other', 'account-number': accountNumberOf(p) }),
    'members-alone': 'yes',
    income: '600',
    property: 'none',
    'staff-relative': 'no',
    address: 'known',
    purpose: 'work',
    since: p.home.since,
    'what-happened': say('happened'),
    ...MORE_ANSWERS,
  })

  const open = async (person: DemoPerson, matterCode: string, ago: number, steps: readonly Step[] = []): Promise<string> => {
    const done = await cases.receiveAtWindow.run(tell.officer('window', instant(ago)), {
      personId: person.id,
      matterCode,
      typed: typedFor(person),
    })
    made += 1
    await walk(done.caseId, steps)
    return done.caseId
  }
  const byPhone = async (
    holder: Holder,
    matterCode: string,
    typed: object,
    ago: number,
    steps: readonly Step[] = [],
  ): Promise<string> => {
    const as = () => resident(platform, holder, instant(ago))
    const { draftId } = await cases.startDraft.run(as(), { matterCode })
    let next = pack.matter(matterCode).questions[0]?.code ?? null
    while (next) ({ next } = await cases.answerQuestion.run(as(), { draftId, question: next, typed }))
    const { caseId } = await cases.submitDraft.run(as(), { draftId, declared: 'yes' })
    made += 1
    await walk(caseId, steps)
    return caseId
  }
  /** A resident whose phone the window has bound. */
  const withPhone = async (person: DemoPerson, ago: number): Promise<Holder> => {
    const at = instant(ago)
    await bindAccount.run(tell.officer('window', at), { personId: person.id, phone: person.phone, documentSeen: 'id-card' })
    const { accountId } = await accounts.createResidentAccount(person.phone!, at)
    return { personId: person.id, name: person.name, accountId, area: person.home.area }
  }

  // Steps of the two benefits, up to a point.
  const accept = (ago: number): Step => [ago, 'window', cases.acceptCase]
  const confirm = (ago: number, post: string): Step => [ago, post, cases.confirmCase, { note: say('known') }]
  const review = (ago: number): Step => [ago, 'reviewer', cases.reviewCase, { note: say('reviewed') }]
  const decide = (ago: number, outcome: 'granted' | 'refused', reasons: string): Step[] => [
    ...(pack.lapseOf(LONGEVITY, tell.day(ago)).lapsed
      ? [[ago, 'district', cases.recordBasis, { basis: say('basis') }] as const]
      : []),
    [ago, 'district', cases.decideCase, { outcome, reasons }],
  ]
  const finish = (ago: number): Step[] => [
    [ago, 'district', cases.issueDecision],
    [ago, 'district', cases.deliverDecision, { how: 'post', to: say('self') }],
    [ago, 'district', cases.closeCase],
  ]
  const authorised = (ago: number): Step[] => [accept(ago), [ago, 'reviewer', cases.completeAuthorisation, { note: '' }]]
  const visited = (ago: number): Step => [
    ago,
    'reviewer',
    cases.recordSurvey,
    { note: say('visited'), visitedOn: tell.day(ago), secondOfficer: numberOf(ground, 'visitor') },
  ]
  const surveyed = (ago: number): Step[] => [visited(ago), [ago, 'visitor', cases.confirmSurvey, { presence: 'there', note: '' }]]
  const checked = (ago: number): Step => [
    ago,
    'reviewer',
    cases.recordDataCheck,
    { note: say('checked'), monthlyIncomeFen: 60_000, propertyOk: true },
  ]
  const posted = (ago: number): Step => [ago, 'reviewer', cases.publishNotice]
  const unposted = (ago: number): Step => [ago, 'reviewer', cases.endNotice, { note: '' }]
  const pause = (ago: number): Step => [
    ago,
    'reviewer',
    cases.pauseCase,
    { type: say('pause.type'), basis: say('pause.basis'), reason: say('pause.reason'), expectedOn: street.asOf },
  ]

  const { chashan, yuezhou, huagong, huanong, elsewhere } = placesOf(ground, old)
  // After a long holiday the last working day is too far back for a notice of seven days.
  const fresh = daysBetween(tell.day(1), dayOf(ground.now)) <= 4 ? 1 : 0

  await family(ground, byPhone, accept(2))

  await open(take(elsewhere[0]!, old), LONGEVITY, 0)
  await open(take(elsewhere[1]!, old), LONGEVITY, 1)
  await open(take(elsewhere[0]!, old), LONGEVITY, 2, [
    [1, 'window', cases.requestCorrection, { missing: ['bank-account'], text: say('correction.account') }],
  ])
  await open(take(huanong, old), LONGEVITY, 2, [accept(1)])
  await open(take(chashan, old), LONGEVITY, 3, [accept(2)])
  await open(take(yuezhou, old), LONGEVITY, 3, [accept(3), confirm(2, 'yuezhou')])
  await open(take(chashan, old), LONGEVITY, 9, [accept(9), confirm(8, 'chashan')]) // overdue
  await open(take(yuezhou, old), LONGEVITY, 4, [accept(4), confirm(3, 'yuezhou'), pause(2)])
  await open(take(chashan, old), LONGEVITY, 4, [accept(3), confirm(2, 'chashan'), review(1)])
  await open(take(yuezhou, old), LONGEVITY, 6, [accept(5), confirm(4, 'yuezhou'), review(3), ...decide(2, 'granted', '')])
  await open(take(chashan, old), LONGEVITY, 7, [
    accept(6),
    confirm(5, 'chashan'),
    review(4),
    ...decide(3, 'granted', ''),
    [2, 'district', cases.issueDecision],
  ])
  await open(take(chashan, paid), LONGEVITY, 8, [
    accept(7),
    confirm(6, 'chashan'),
    review(5),
    ...decide(4, 'refused', say('refused.paid')),
    ...finish(3),
  ])
  await open(take(huanong, grown), LONGEVITY, 3, [
    [2, 'window', cases.refuseCompetence, { organ: say('elsewhere.organ'), reason: say('elsewhere.reason') }],
  ])

  for (const [area, post, grade] of [
    [chashan, 'chashan', 1],
    [yuezhou, 'yuezhou', 2],
  ] as const) {
    const person = take(area, old)
    const holder = await withPhone(person, 12)
    const caseId = await byPhone(holder, LONGEVITY, typedFor(person), 11, [
      accept(10),
      confirm(9, post),
      review(8),
      ...decide(7, 'granted', ''),
      ...finish(6),
    ])
    await cases.rateCase.run(resident(platform, holder, instant(5)), { caseId, grade })
  }
  const changed = take(elsewhere[0]!, old)
  const holder = await withPhone(changed, 6)
  const taken = await byPhone(holder, LONGEVITY, typedFor(changed), 5)
  await cases.withdrawCase.run(resident(platform, holder, instant(4)), { caseId: taken, reason: say('withdrawn') })

  await open(take(huagong, grown), GUARANTEE, 2, [
    [1, 'window', cases.requestCorrection, { missing: ['income-proof'], text: say('correction.income') }],
  ])
  await open(take(huagong, grown), GUARANTEE, 4, authorised(3))
  await open(take(huanong, grown), GUARANTEE, 5, [...authorised(4), visited(1)]) // the second officer has to say so herself
  await open(take(huanong, grown), GUARANTEE, 6, [...authorised(5), ...surveyed(3)])
  await open(take(yuezhou, grown), GUARANTEE, 8, [...authorised(7), ...surveyed(5), checked(2)])
  await open(take(huagong, grown), GUARANTEE, 7, [...authorised(6), pause(4)])
  for (const area of [chashan, yuezhou])
    await open(take(area, grown), GUARANTEE, 12, [...authorised(11), ...surveyed(8), checked(4), review(2), posted(fresh)])
  // Its seven days are over: a newcomer sees how a notice ends without waiting for one.
  await open(take(yuezhou, grown), GUARANTEE, 19, [...authorised(18), ...surveyed(16), checked(14), review(13), posted(12)])
  await open(take(chashan, grown), GUARANTEE, 18, [
    ...authorised(17),
    ...surveyed(15),
    checked(13),
    review(12),
    posted(11),
    unposted(2),
  ])
  await open(take(huanong, grown), GUARANTEE, 25, [
    ...authorised(24),
    ...surveyed(22),
    checked(20),
    review(19),
    posted(18),
    unposted(9),
    [8, 'district', cases.decideCase, { outcome: 'granted', reasons: '' }],
    ...finish(7),
  ])

  const unneeded = pack
    .matter(RESIDENCE)
    .materials.filter((m) => m.source === 'upload')
    .map(({ code, required }) => ({ material: code, reason: say('without.reason'), basis: required ? say('without.basis') : '' }))
  const register = (ago: number): Step[] => [
    [ago, 'window', cases.registerCase, { reasons: '', without: unneeded }],
    [ago, 'window', cases.issueDecision],
  ]
  for (const [area, ago, steps] of [
    [huagong, 0, []],
    [huanong, 1, []],
    [huagong, 2, register(2)],
    [
      huanong,
      4,
      [...register(4), [4, 'window', cases.deliverDecision, { how: 'window', to: say('self') }], [4, 'window', cases.closeCase]],
    ],
  ] as [string, number, Step[]][]) {
    const person = take(area, newcomer)
    await open(person, RESIDENCE, ago, steps)
  }
  await makeMoreCases({ tell, ground, open, say, accept, review, surveyed, authorised, checked, posted, unposted })
  await makeSampleSafety(ground, tell)
  await makeSampleWhistles(ground, tell)
  await makeSampleHazards(ground, tell)
  return made
}

/** The mother has applied with her phone; her case waits until her husband agrees on his. */
async function family(
  { cast, street, platform }: Ground,
  byPhone: (holder: Holder, matterCode: string, typed: object, ago: number, steps: readonly Step[]) => Promise<string>,
  accepted: Step,
): Promise<void> {
  const { words } = platform.services
  const mother = cast.residents.find((one) => one.code === 'he-meiling')
  if (!mother) return
  const of = (code: string) => street.persons.find((person) => person.id === cast.persons[code])!
  const members = ['luo-zhirong', 'luo-ziqing', 'luo-letian'].map(of).flatMap((person, at) => {
    const row = `members-${at + 1}`
    return [
      [`${row}-name`, person.name],
      [`${row}-relation`, words.in('zh')(`people.relation.${person.hukou.relation}`)],
      [`${row}-born`, person.bornOn],
      [`${row}-id`, person.idNumber],
    ]
  })
  const typed = {
    'about-you': 'yes',
    ...Object.fromEntries(members),
    income: '3500',
    property: 'none',
    account: 'stored',
    'staff-relative': 'no',
  }
  const { personId, name, accountId } = mother
  await byPhone({ personId, name, accountId, area: of('he-meiling').home.area }, GUARANTEE, typed, 3, [accepted])
}

/** The communities whose posts have a part in the stories, and the two others of the street where most could apply. */
function placesOf({ cast, street }: Ground, fits: (person: DemoPerson) => boolean) {
  const areaOf = (post: string) => cast.staff.flatMap((officer) => officer.posts).find((one) => one.code === post)!.areas[0]!
  const homeOf = (code: string) => street.persons.find((one) => one.id === cast.persons[code])!.home.area
  const named = {
    chashan: areaOf('chashan'),
    yuezhou: areaOf('yuezhou'),
    huagong: homeOf('wei-haiyan'),
    huanong: homeOf('ye-jinrong'),
  }
  const many = new Map<string, number>()
  for (const { home, ...person } of street.persons) {
    if (home.area.startsWith(street.street) && !Object.values(named).includes(home.area) && fits({ home, ...person }))
      many.set(home.area, (many.get(home.area) ?? 0) + 1)
  }
  const elsewhere = [...many].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([area]) => area)
  return { ...named, elsewhere }
}

/** A number that passes the check, with the prefix that no bank has. */
function accountNumberOf({ idNumber }: DemoPerson): string {
  const most = `000000${idNumber.slice(5, 17)}`
  const last = [...'0123456789'].find((digit) => fitsLuhn(most + digit))
  return most + last
}

const numberOf = ({ cast }: Ground, username: string): string => cast.staff.find((one) => one.username === username)!.number

const daysBetween = (from: string, to: string): number => Temporal.PlainDate.from(from).until(to).days
