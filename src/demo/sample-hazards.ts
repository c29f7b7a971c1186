/** Sample hazards, one at nearly every stage. Invented like everything here; each act is that of a demo post on a past working day. */
import { addDays } from '../platform/day.ts'
import { dayOf } from '../platform/time.ts'
import { actOf, isOpen } from './act.ts'
import { type Ground, resident, type Teller } from './case-story.ts'

export async function makeSampleHazards({ platform, cast, street }: Ground, tell: Teller): Promise<void> {
  if (!isOpen('hazards.register')) return
  const say = (key: string) => platform.services.words.in('zh')(`demo.hazards.${key}`)
  const { instant, officer } = tell
  const area = cast.staff.flatMap((one) => one.posts).find((one) => one.code === 'inspector')!.areas[0]!
  type Act = { run(call: ReturnType<typeof officer>, input: unknown): Promise<unknown> }
  const as = (post: string, ago: number, act: Act, input: object) => act.run(officer(post, instant(ago)), input)
  const found = async (ago: number, kind: string, place: string, words: string, more: object = {}): Promise<string> => {
    const at = instant(ago)
    const { id } = await actOf('hazards.register').run(officer('inspector', at), {
      ...{
        area,
        kind,
        grade: 'general',
        placeKind: 'building',
        place: say(`place.${place}`),
        found: say(words),
        seenOn: dayOf(at),
      },
      ...more,
    })
    return id
  }
  const told = (id: string, what: string, ago: number, post = 'safety', keeper = 'keeper') =>
    as(post, ago, actOf('hazards.tell'), { id, text: say(`tell.${what}`), keeper: { name: say(keeper) } })
  const begun = (id: string, what: string, ago: number, until: string) =>
    as('safety', ago, actOf('hazards.begin'), {
      id,
      person: say(`person.${what}`),
      measures: say(`measures.${what}`),
      funds: say(`funds.${what}`),
      until,
      plan: say(`plan.${what}`),
    })
  const done = (id: string, ago: number) =>
    as('inspector', ago, actOf('hazards.say-done'), { id, said: 'keeper', note: say('done') })
  const passed = (id: string, ago: number) =>
    as('recheck', ago, actOf('hazards.recheck'), { id, result: 'passed', note: say('checked') })

  // Struck off so long ago that the second look is due.
  const stairs = await found(25, 'escape-route', 'stairs', 'stairs')
  await told(stairs, 'stairs', 25)
  await begun(stairs, 'stairs', 25, tell.day(20))
  await done(stairs, 24)
  await passed(stairs, 23)
  await as('safety', 23, actOf('hazards.strike-off'), { id: stairs })
  // The day that was given is over.
  const shop = await found(10, 'wiring', 'shop', 'shop', { placeKind: 'shop' })
  await told(shop, 'shop', 10, 'safety', 'shopkeeper')
  await begun(shop, 'shop', 9, tell.day(2))
  // Waits for somebody else to recheck it.
  const tiles = await found(8, 'falling', 'tiles', 'tiles')
  await told(tiles, 'tiles', 7)
  await begun(tiles, 'tiles', 6, addDays(street.asOf, 3))
  await done(tiles, 1)
  // Serious: handed over, acknowledged, ordered by who may.
  const bikes = await found(6, 'e-bike', 'bikes', 'bikes', { grade: 'serious' })
  await as('safety', 6, actOf('hazards.transfer'), { id: bikes, line: 'fire', reason: say('serious') })
  await as('fire', 5, actOf('hazards.acknowledge'), { id: bikes, note: '' })
  await told(bikes, 'bikes', 4, 'fire')
  await as('fire', 4, actOf('hazards.order'), { id: bikes, order: 'stop', text: say('stop') })
  // Serious, and still with the street.
  await found(1, 'wiring', 'lift', 'shop', { grade: 'serious' })
  await found(1, 'gas', 'gas', 'gas', { placeKind: 'home' })
  const reporter = cast.residents.find(({ personId }) => personId !== null)
  if (reporter?.personId)
    await actOf('hazards.report').run(
      resident(platform, { accountId: reporter.accountId, personId: reporter.personId, name: reporter.name, area }, instant(0)),
      { area, kind: 'escape-route', place: say('place.stairs'), text: say('words') },
    )
}
