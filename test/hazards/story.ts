/** Words for stories about hazards: who acts, what is sent, what is written. */
import assert from 'node:assert/strict'
import { factsOf } from '../../src/core/timeline/index.ts'
import { type Fact, rebuild } from '../../src/modules/hazards/hazard.ts'
import { getHazard, listFacts } from '../../src/modules/hazards/store.ts'
import type { Scope } from '../../src/platform/actor.ts'
import { type Answer, type Client, place, type Scene } from '../harness/scene.ts'

export const LINES = ['fire', 'emergency', 'housing', 'market', 'urban-management', 'civil-affairs']
const wholeCity: Scope = { role: 'app_staff', area: place.city, domains: LINES, subjects: [], accountId: null }

export type Officer = Awaited<ReturnType<Scene['officer']>>
export const inspector = (scene: Scene, area: string = place.community) =>
  scene.officer('safety-inspector', [area], { domains: LINES })
export const officer = (scene: Scene, area: string = place.street) => scene.officer('safety-officer', [area], { domains: LINES })
export const supervisor = (scene: Scene, lines: readonly string[] = ['fire']) =>
  scene.officer('safety-supervisor', [place.district], { domains: lines })

export const seen = (more: object = {}) => ({
  kind: 'wiring',
  grade: 'general',
  placeKind: 'shop',
  place: '示例一巷 3 号',
  found: '线路老化，插座发烫',
  seenOn: '2026-11-24',
  ...more,
})
export const items = (more: object = {}) => ({
  person: '店主',
  measures: '请有证的电工换线',
  funds: '店主自己出',
  until: '2026-12-10',
  plan: '先拉闸；起火打 119',
  ...more,
})
const at = (id: string, path: string) => `/api/v1/hazards/${id}/${path}`
// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
export function ok({ status, body }: Answer): any {
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
export function refused({ status, body }: Answer, expected: number, code: string) {
  assert.equal(`${status} ${body.code}`, `${expected} ${code}`, JSON.stringify(body))
  return body.params
}
/** The codes of the fields that a refusal names. */
export const fieldsOf = (answer: Answer): string[] =>
  (refused(answer, 422, 'input.invalid').fields as { path: string; code?: string; keyword?: string }[]).map(
    (f) => `${f.path} ${f.code ?? f.keyword}`,
  )

export const acts = (id: string) => ({
  inspect: (who: Client, more = {}) => who.post(at(id, 'inspection'), seen(more)),
  dismiss: (who: Client, more: object = {}) => who.post(at(id, 'dismissal'), { reason: '看过，不是隐患', ...more }),
  tell: (who: Client, more: object = {}) => who.post(at(id, 'notice'), { text: '请换线', keeper: { name: '示例小店' }, ...more }),
  begin: (who: Client, more = {}) => who.post(at(id, 'repair'), items(more)),
  sayDone: (who: Client) => who.post(at(id, 'completion'), { said: 'keeper', note: '店主说换好了' }),
  recheck: (who: Client, more: object = { result: 'passed' }) => who.post(at(id, 'recheck'), { note: '看过', ...more }),
  strikeOff: (who: Client) => who.post(at(id, 'striking-off')),
  lookAgain: (who: Client, result = 'gone') => who.post(at(id, 'second-look'), { result, note: '回去看了' }),
  reopen: (who: Client) => who.post(at(id, 'reopening'), { note: '又拉了一条线' }),
  regrade: (who: Client, grade: string) => who.post(at(id, 'grade'), { grade, reason: '冒火花' }),
  order: (who: Client, more: object = { order: 'stop' }) => who.post(at(id, 'order'), { text: '立即停止使用', ...more }),
  transfer: (who: Client, line = 'fire') => who.post(at(id, 'transfer'), { line, reason: '重大，街道无权' }),
  acknowledge: (who: Client) => who.post(at(id, 'receipt'), { note: '' }),
  giveBack: (who: Client) => who.post(at(id, 'return'), { reason: '不归我们管' }),
  read: (who: Client) => who.get(`/api/v1/hazards/${id}`),
})

export async function registered(who: Client, more: object = {}): Promise<string> {
  return ok(await who.post('/api/v1/hazards', { area: place.community, ...seen(more) })).id
}

/** The row is what the timeline tells; read past no row security. */
export async function assertRebuilt(scene: Scene, id: string): Promise<void> {
  const { found, facts } = await scene.node.platform.db.as(wholeCity, async (tx) => ({
    found: await getHazard({ tx, actor: { kind: 'public' } }, id),
    facts: factsOf<Fact>(await listFacts(tx, id)),
  }))
  assert.deepEqual(rebuild(facts), found.state)
  assert.ok(facts.length > 0)
}
