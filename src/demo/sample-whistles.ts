/** Sample whistles: closed and rated, disputed, gone up unanswered, just blown. Invented like everything here; each act is that of a demo post on a past working day. */
import type { Call } from '../platform/use-case/use-case.ts'
import { actOf, isOpen } from './act.ts'
import type { Ground, Teller } from './case-story.ts'

interface Act {
  run(call: Call, input: unknown): Promise<unknown>
}

export async function makeSampleWhistles({ platform, cast, street }: Ground, { instant, officer }: Teller): Promise<void> {
  if (!isOpen('coordination.blow')) return
  const say = (key: string) => platform.services.words.in('zh')(`demo.whistle.${key}`)
  const post = (code: string) => cast.staff.flatMap((one) => one.posts).find((one) => one.code === code)!
  const area = post('grid-worker').areas[0] ?? street.street
  const act = (ago: number, who: string, one: Act, input: object) => one.run(officer(who, instant(ago)), input)
  const blow = async (ago: number, kind: string, key: string, units: readonly string[]): Promise<string> => {
    const { id } = await actOf('coordination.blow').run(officer('grid-dispatcher', instant(ago)), {
      area,
      kind,
      what: say(`${key}.what`),
      place: say(`${key}.place`),
      leadUnitId: post(units[0]!).organisationId,
      parts: units.map((unit) => ({ unitId: post(unit).organisationId, task: say(`${key}.${unit}`) })),
    })
    return id
  }

  const market = await blow(12, 'daily', 'market', ['patrol', 'lamps'])
  await act(12, 'patrol', actOf('coordination.come'), { id: market, part: 1 })
  await act(11, 'lamps', actOf('coordination.come'), { id: market, part: 2 })
  await act(10, 'lamps', actOf('coordination.finish'), { id: market, part: 2, note: say('market.lamps_done') })
  await act(9, 'patrol', actOf('coordination.finish'), { id: market, part: 1, note: say('market.patrol_done') })
  await act(8, 'grid-dispatcher', actOf('coordination.close'), { id: market, note: say('market.closed') })
  for (const [unit, stars] of [['patrol', 5], ['lamps', 4]] as const)
    await act(8, 'grid-dispatcher', actOf('coordination.rate'), { id: market, unitId: post(unit).organisationId, stars, words: say(`market.${unit}_rated`) }) // biome-ignore format: one rating

  const flood = await blow(5, 'campaign', 'flood', ['roads', 'water'])
  await act(5, 'roads', actOf('coordination.come'), { id: flood, part: 1 })
  await act(4, 'water', actOf('coordination.dispute'), {
    id: flood,
    part: 2,
    reason: say('flood.not_ours'),
    basis: say('flood.basis'),
  })

  const yard = await blow(3, 'daily', 'yard', ['cleaning', 'patrol'])
  await act(3, 'patrol', actOf('coordination.come'), { id: yard, part: 2 })
  const { pack } = platform.services.packs.inForce()
  const actor = { kind: 'system', schedule: 'escalate-unanswered', scope: pack.area, domains: pack.domains.map(({ code }) => code) } as const // biome-ignore format: one sweep
  await actOf('coordination.escalate').run({ platform, actor, now: instant(1), requestId: 'demo' }, {})

  await blow(0, 'daily', 'smoke', ['patrol', 'cleaning'])
}
