/** One whistle at every stage, each made by the acts that lead there: its first part is a street unit's, its second a district unit's. */
import { randomUUID } from 'node:crypto'
import type { StaffPost } from './cast.ts'
import { place, type Scene } from './scene.ts'

export const whistleStages = ['called', 'coming', 'disputed', 'done', 'closed'] as const
export type WhistleStages = Readonly<Record<(typeof whistleStages)[number] | 'unit' | 'districtUnit', string>>

export const whistleFor = ({ unit, districtUnit }: Pick<WhistleStages, 'unit' | 'districtUnit'>) => ({
  area: place.community,
  kind: 'daily',
  what: '夜市占道，灯也不亮',
  place: '示例一巷口',
  leadUnitId: unit,
  parts: [
    { unitId: unit, task: '修好三盏灯' },
    { unitId: districtUnit, task: '清出人行道' },
  ],
})

type Run = (operation: string, who: StaffPost | string, input: object) => Promise<Record<string, string>>

export async function makeWhistles(scene: Scene, run: Run, posts: Record<string, StaffPost>): Promise<WhistleStages> {
  const [dispatcher, street, district] = [posts['grid-dispatcher']!, posts['unit-officer']!, posts['district-unit-officer']!]
  const organisationOf = async ({ postId }: StaffPost): Promise<string> =>
    (await scene.owner.query<{ id: string }>('select organisation_id as id from access.post where id = $1', [postId])).rows[0]!.id
  const units = { unit: await organisationOf(street), districtUnit: await organisationOf(district) }
  const made = async (...acts: readonly (readonly [operation: string, who: StaffPost, input: object])[]): Promise<string> => {
    const { id } = await run('coordination.blow', dispatcher, whistleFor(units))
    for (const [operation, who, input] of acts) await run(operation, who, { id, ...input })
    return id!
  }
  const done = [
    ['coordination.come', street, { part: 1 }],
    ['coordination.come', district, { part: 2 }],
    ['coordination.finish', street, { part: 1, note: '修好了' }],
    ['coordination.finish', district, { part: 2, note: '清好了' }],
  ] as const
  return {
    ...units,
    called: await made(),
    coming: await made(done[0]),
    disputed: await made(['coordination.dispute', street, { part: 1, reason: '归物业', basis: '示例清单 第三项' }]),
    done: await made(...done),
    closed: await made(...done, ['coordination.close', dispatcher, { note: '看过' }]),
  }
}

interface Has {
  whistles: WhistleStages
}
const onWhistle =
  (stage: (typeof whistleStages)[number], more: object = {}) =>
  ({ whistles }: Has) => ({ id: whistles[stage], ...more })
/** A valid input of every operation of this room. */
export const whistleInputs = {
  'coordination.blow': ({ whistles }: Has) => whistleFor(whistles),
  'coordination.list-units': () => ({}),
  'coordination.list': () => ({}),
  'coordination.read-figures': () => ({}),
  'coordination.read': onWhistle('called'),
  'coordination.come': onWhistle('called', { part: 1 }),
  'coordination.dispute': onWhistle('called', { part: 1, reason: '归物业', basis: '示例清单 第三项' }),
  'coordination.finish': onWhistle('coming', { part: 1, note: '修好了' }),
  'coordination.decide': onWhistle('disputed', { part: 1, choice: 'stays', reason: '按清单归它' }),
  'coordination.send-back': onWhistle('done', { part: 1, reason: '还有一盏不亮' }),
  'coordination.close': onWhistle('done', { note: '看过' }),
  'coordination.rate': ({ whistles }: Has) => ({ id: whistles.closed, unitId: whistles.unit, stars: 4, words: '来得快' }),
  'coordination.withdraw': onWhistle('called', { reason: '另行解决' }),
  'coordination.escalate': () => ({}),
}
/** The same stages, none of which ever was. */
export const noWhistles = ({ whistles }: Has): WhistleStages => ({
  ...whistles,
  ...Object.fromEntries(whistleStages.map((stage) => [stage, randomUUID()])),
})
