/** Sample incidents in every state. Invented like everything here; each act is that of a demo post, or of a neighbour, on a past working day. */
import { newId } from '../platform/id.ts'
import type { Call } from '../platform/use-case/use-case.ts'
import { actOf, isOpen } from './act.ts'
import { type Ground, resident, type Teller } from './case-story.ts'
import { type DemoFacility, type DemoGround, insideOf } from './grids.ts'
import { chanceOf } from './random.ts'

interface Told {
  classCode: string
  /** Key of its words and its title. */
  key: string
  /** Which of the lattice's grids it lies in. */
  at: number
  facility?: DemoFacility
}
interface Reported {
  id: string
  token: string
  publicId: string
}
interface Act {
  run(call: Call, input: unknown): Promise<unknown>
}

/** @returns how many incidents there are */
export async function makeSampleIncidents(
  { platform, cast, street, ground, incidentOf }: Ground & { ground: DemoGround; incidentOf: (token: string) => Promise<string> },
  { instant, officer }: Teller,
): Promise<number> {
  if (!isOpen('grid.report')) return 0
  const say = (key: string) => platform.services.words.in('zh')(`demo.incident.${key}`)
  const chance = chanceOf(Number(street.street) + 3)
  const anybody = (at: Date): Call => ({ platform, actor: { kind: 'public' }, now: at, requestId: newId(at) })
  const unit = (post: string): string => cast.staff.flatMap((one) => one.posts).find((one) => one.code === post)!.organisationId
  let made = 0
  const sweep = (on: Date) =>
    actOf('grid.end-waiting').run(
      {
        platform,
        actor: { kind: 'system', schedule: 'demo', scope: street.street, domains: ['grid'] },
        now: on,
        requestId: newId(on),
      },
      {},
    )

  const report = async (ago: number, told: Told, who: (at: Date) => Call = anybody): Promise<Reported> => {
    const on = instant(ago)
    const [lon, lat] = insideOf(ground.grids[told.at % ground.grids.length]!, chance)
    const place = told.facility ? { facility: told.facility.token } : { lon, lat, crs: 'CGCS2000' as const }
    const done = await actOf('grid.report').run(who(on), { classCode: told.classCode, words: say(`${told.key}.words`), place })
    made += 1
    return { ...done, id: await incidentOf(done.token) }
  }
  const as = (post: string, ago: number, act: Act, input: object) => act.run(officer(post, instant(ago)), input)
  const verified = async (ago: number, told: Told, who?: (at: Date) => Call): Promise<Reported> => {
    const one = await report(ago, told, who)
    await as('grid-supervisor', ago, actOf('grid.verify'), { id: one.id, note: say('seen') })
    return one
  }
  const filed = async (ago: number, condition: string, told: Told, who?: (at: Date) => Call): Promise<Reported> => {
    const one = await verified(ago, told, who)
    const title = say(`${told.key}.title`)
    await as('grid-supervisor', ago, actOf('grid.file'), { id: one.id, classCode: told.classCode, condition, title, shown: true })
    return one
  }
  const sent = async (ago: number, condition: string, told: Told, to: string, who?: (at: Date) => Call): Promise<Reported> => {
    const one = await filed(ago, condition, told, who)
    await as('grid-dispatcher', ago, actOf('grid.dispatch'), { id: one.id, unitId: unit(to) })
    return one
  }
  const takenOn = async (ago: number, condition: string, told: Told, to: string, who?: (at: Date) => Call) => {
    const one = await sent(ago, condition, told, to, who)
    await as(to, ago, actOf('grid.take-on'), { id: one.id })
    return one
  }
  const handled = async (ago: number, then: number, condition: string, told: Told, to: string, who?: (at: Date) => Call) => {
    const one = await takenOn(ago, condition, told, to, who)
    await as(to, then, actOf('grid.hand-in'), { id: one.id, note: say('done') })
    return one
  }
  const fromPapers = (one: Reported, ago: number) =>
    as('grid-supervisor', ago, actOf('grid.pass-check'), { id: one.id, how: 'from_papers', note: say('papers') })
  const word = (one: Reported, ago: number, solved: boolean) =>
    actOf('grid.say').run(anybody(instant(ago)), { token: one.token, solved, ...(solved ? {} : { reason: say('again') }) })
  const object = (code: string) => {
    const facility = ground.facilities.find((one) => one.code === code)!
    return { at: ground.grids.indexOf(facility.grid), facility }
  }

  // Long ago first: numbers are given in the order of time.
  const silent = await handled(13, 12, 'heap', { classCode: 'litter', key: 'heap', at: 4 }, 'cleaning')
  await fromPapers(silent, 12)
  const seen = await handled(11, 10, 'one', { classCode: 'street-lamp', key: 'lamp_seen', ...object('L001') }, 'lamps')
  await as('grid-supervisor', 10, actOf('grid.pass-check'), { id: seen.id, how: 'on_site', note: say('on_site') })
  const bright = await handled(10, 9, 'three', { classCode: 'street-lamp', key: 'lamps_three', at: 9 }, 'lamps')
  await fromPapers(bright, 9)
  await word(bright, 8, true)
  const branch = await handled(9, 9, 'danger', { classCode: 'tree', key: 'branch', at: 14 }, 'cleaning')
  await fromPapers(branch, 9)
  await word(branch, 8, true)
  const sign = await takenOn(9, 'damaged', { classCode: 'traffic-sign', key: 'railing', at: 20 }, 'roads')
  await as('grid-dispatcher', 8, actOf('grid.hang'), {
    id: sign.id,
    why: 'parts',
    reason: say('hung'),
    basis: say('basis'),
    notice: say('notice'),
  })
  const facade = await takenOn(8, 'loose', { classCode: 'signboard', key: 'signboard', at: 11 }, 'patrol')
  await as('grid-dispatcher', 7, actOf('grid.hang'), {
    id: facade.id,
    why: 'owner',
    reason: say('hung_owner'),
    basis: say('basis'),
    notice: say('notice'),
  })
  await as('grid-supervisor', 3, actOf('grid.close-unsolved'), { id: facade.id, reason: say('unsolved') })
  const ads = await handled(8, 7, 'stuck', { classCode: 'small-ads', key: 'ads', at: 2 }, 'patrol')
  await as('grid-worker', 7, actOf('grid.pass-check'), { id: ads.id, how: 'on_site', note: say('on_site') })
  const late = await sent(7, 'one', { classCode: 'street-lamp', key: 'lamp_late', at: 6 }, 'lamps')
  await as('lamps', 6, actOf('grid.take-on'), { id: late.id })
  const hole = await takenOn(7, 'hole', { classCode: 'road-damage', key: 'hole', at: 1 }, 'roads')
  await as('roads', 6, actOf('grid.request-extension'), { id: hole.id, by: 3, why: 'weather', reason: say('rain') })
  await as('grid-dispatcher', 6, actOf('grid.approve-extension'), { id: hole.id })
  const notOurs = await verified(6, { classCode: 'something-else', key: 'lift', at: 3 })
  await as('grid-supervisor', 6, actOf('grid.refuse-filing'), { id: notOurs.id, reason: say('not_ours') })
  // Done and not done well: its second round is on its way.
  const again = await handled(6, 5, 'stall', { classCode: 'stall', key: 'stall', at: 8 }, 'patrol')
  await fromPapers(again, 5)
  const wrong = await report(5, { classCode: 'flooding', key: 'wrong', at: 16 })
  await as('grid-supervisor', 5, actOf('grid.void'), { id: wrong.id, reason: say('wrong.reason') })
  const sewage = await handled(4, 3, 'sewage', { classCode: 'litter', key: 'sewage', ...object('B001') }, 'cleaning')
  await fromPapers(sewage, 2)
  const lady = cast.residents.find((one) => one.code === 'he-meiling' || one.level === 'A1')
  const own = lady && {
    personId: lady.personId,
    name: lady.name,
    accountId: lady.accountId,
    area: street.persons.find((one) => one.id === lady.personId)!.home.area,
  }
  const byHer = own ? (at: Date) => resident(platform, own, at) : anybody
  const cover = await handled(
    3,
    2,
    'loose',
    { classCode: 'manhole-cover', key: 'cover_loose', ...object('M001') },
    'water',
    byHer,
  )
  await fromPapers(cover, 1)
  await word(again, 1, false)
  await as('grid-dispatcher', 1, actOf('grid.dispatch'), { id: again.id, unitId: unit('patrol') })
  await as('patrol', 1, actOf('grid.take-on'), { id: again.id })
  await takenOn(2, 'night', { classCode: 'noise-works', key: 'noise', at: 12 }, 'patrol')
  const bikes = await takenOn(2, 'piled', { classCode: 'parking', key: 'bikes', at: 7 }, 'patrol')
  await handled(2, 1, 'leak', { classCode: 'water-pipe', key: 'leak', at: 18 }, 'water')
  await handled(2, 1, 'found', { classCode: 'dead-animal', key: 'animal', at: 21 }, 'cleaning')
  await sent(1, 'hole', { classCode: 'road-damage', key: 'paving', at: 10 }, 'roads')
  await filed(1, 'dust', { classCode: 'noise-works', key: 'dust', at: 22 })
  const twice = await filed(1, 'piled', { classCode: 'parking', key: 'bikes_too', at: 7 })
  await as('grid-supervisor', 1, actOf('grid.link'), { id: bikes.id, children: [twice.id] })
  await filed(1, 'asks', { classCode: 'quarrel', key: 'quarrel', at: 5 })
  // Just now: on its way, and waiting to be looked at.
  await takenOn(0, 'missing', { classCode: 'manhole-cover', key: 'cover_missing', ...object('M003') }, 'water')
  await verified(0, { classCode: 'fire-exit', key: 'exit', at: 4 })
  await report(0, { classCode: 'street-lamp', key: 'lamp_new', ...object('L004') }, byHer)
  await report(0, { classCode: 'litter', key: 'heap_new', at: 15 })

  // A word is waited for as long as the receipt says, and not a day longer: the sweep runs each day.
  const ended = instant(0)
  for (let on = instant(12).getTime(); on < ended.getTime(); on += 86_400_000) await sweep(new Date(on))
  return made
}
