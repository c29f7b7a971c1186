/** One hazard at every stage of its loop, each made by the acts that lead there. All lie in the community of the stages. */
import type { StaffPost } from './cast.ts'
import { place, type Scene } from './scene.ts'

export const hazardStages = ['reported', 'registered', 'told', 'rectifying', 'rectified', 'passed', 'struck_off', 'closed', 'serious', 'handed_over'] as const // biome-ignore format: a list
export type HazardStages = Readonly<Record<(typeof hazardStages)[number], string>>

export const seenHazard = {
  kind: 'building', grade: 'general', placeKind: 'building', place: '示例一巷 1 号', found: '外墙开裂', seenOn: '2026-11-24',
} as const // biome-ignore format: an inspection
export const fiveItemsOf = { person: '物业', measures: '加固', funds: '维修资金', until: '2026-12-10', plan: '先围起来' }
export const reportedHazard = { area: place.community, kind: 'building', place: '示例一巷 1 号', text: '墙裂了' }

type Run = (operation: string, who: StaffPost | string, input: object) => Promise<Record<string, string>>

export async function makeHazards(scene: Scene, run: Run, posts: Record<string, StaffPost>, reporter: string) {
  const inspector = posts['safety-inspector']!
  const street = posts['safety-officer']!
  const acts: readonly ((id: string) => Promise<unknown>)[] = [
    (id) => run('hazards.tell', street, { id, text: '请加固', keeper: { name: '示例物业' } }),
    (id) => run('hazards.begin', street, { id, ...fiveItemsOf }),
    (id) => run('hazards.say-done', inspector, { id, said: 'keeper', note: '说好了' }),
    (id) => run('hazards.recheck', street, { id, result: 'passed', note: '看过' }),
    (id) => run('hazards.strike-off', street, { id }),
    async (id) => {
      await scene.owner.query(`update hazards.hazard set look_from = '2026-11-01' where id = $1`, [id])
      return run('hazards.look-again', inspector, { id, result: 'gone', note: '没有再发生' })
    },
  ]
  const made = async (count: number, grade = 'general') => {
    const { id } = await run('hazards.register', inspector, { area: place.community, ...seenHazard, grade })
    for (const act of acts.slice(0, count)) await act(id!)
    return id!
  }
  const handedOver = await made(0, 'serious')
  await run('hazards.transfer', street, { id: handedOver, line: 'housing', reason: '重大' })
  const struckOff = await made(5)
  await scene.owner.query(`update hazards.hazard set look_from = '2026-11-01' where id = $1`, [struckOff])
  return {
    reported: (await run('hazards.report', reporter, reportedHazard)).id!,
    registered: await made(0),
    told: await made(1),
    rectifying: await made(2),
    rectified: await made(3),
    passed: await made(4),
    struck_off: struckOff,
    closed: await made(6),
    serious: await made(0, 'serious'),
    handed_over: handedOver,
  } satisfies HazardStages
}
