/** Words for stories about cases: apply, act, look at what is written. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { factsOf, getCase, listTimeline, rebuild } from '../../src/core/cases/index.ts'
import { MODEL_CONTEXT } from '../../src/core/documents/issue.ts'
import type { Actor, Scope } from '../../src/platform/actor.ts'
import { newId } from '../../src/platform/id.ts'
import { declared } from '../../src/platform/use-case/use-case.ts'
import { actorOf } from '../harness/cast.ts'
import { type Answer, type Client, type Neighbour, place, type Scene, type SignsIn } from '../harness/scene.ts'
import { DOMAINS, PDF } from '../harness/stages.ts'

const pack = readFileSync(new URL('../../packs/guangzhou/pack.yaml', import.meta.url), 'utf8')
/** Every office line that the pack has. */
const LINES = (parse(pack).domains as { code: string }[]).map((each) => each.code)
export const wholeCity: Scope = { role: 'app_staff', area: place.city, domains: LINES, subjects: [], accountId: null }
export type Resident = Client & Neighbour & SignsIn

/** Answers every question that `typed` has something for, sends it, and says which case it became. */
export async function apply(
  scene: Scene,
  who: Resident,
  matterCode: string,
  typed: Record<string, string>,
  files: readonly string[] = [],
): Promise<{ caseId: string; number: string }> {
  const { draftId } = ok(await who.post('/api/v1/drafts', { matterCode }))
  for (const material of files) await giveFile(scene, who, draftId, material)
  const { questions } = scene.node.platform.services.packs.inForce().matter(matterCode)
  for (const { code, kind } of questions) {
    if (
      kind === 'files' ? files.length === 0 : !Object.keys(typed).some((field) => field === code || field.startsWith(`${code}-`))
    )
      continue
    const answered = await who.post(`/api/v1/drafts/${draftId}/answers/${code}`, { typed })
    // The pages of papers go by what was answered before.
    if (kind === 'files' && answered.body.code === 'draft.question_not_asked') continue
    ok(answered)
  }
  return ok(await who.post(`/api/v1/drafts/${draftId}/submission`, { declared: 'yes' }))
}

/** Files come by the page's form; here by the use case behind it. */
export async function giveFile(scene: Scene, who: Resident, draftId: string, material: string): Promise<void> {
  await run(scene, 'documents.add-draft-file', await residentOf(scene, who), {
    draftId,
    material,
    fileName: 'a.pdf',
    bytes: new Uint8Array(PDF),
  })
}

export async function residentOf(scene: Scene, who: Resident): Promise<Actor> {
  const { rows } = await scene.owner.query(
    'select account_id from access.person_account where person_id = $1 and ended_at is null',
    [who.personId],
  )
  return actorOf(scene, 'resident', rows[0].account_id, null, scene.now())
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
export const run = (scene: Scene, operation: string, actor: Actor, input: object = {}): Promise<any> =>
  declared.get(operation)!.run({ platform: scene.node.platform, actor, now: scene.now(), requestId: newId(scene.now()) }, input)

/** A sweep, as its schedule runs it: the whole city, every line. */
export const sweep = (scene: Scene, operation: string) =>
  run(scene, operation, { kind: 'system', schedule: 'test', scope: place.city, domains: DOMAINS })

/** The clock moves and these sign in anew, one after the other. */
export async function later(scene: Scene, instant: string, ...who: readonly SignsIn[]): Promise<void> {
  scene.at(instant)
  for (const each of who) await each.again()
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
export function ok(answer: Answer): any {
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}

export function refused(answer: Answer, status: number, code: string): void {
  assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body))
}

/** Acts on one case. */
export const onCase =
  (caseId: string) =>
  (who: Client, path: string, body: object = {}, key?: string) =>
    who.post(`/api/v1/cases/${caseId}/${path}`, body, key ? { key } : {})

/** What a paper of a case says, as it was fixed in the act. */
export async function paper(scene: Scene, caseId: string, kind: string): Promise<string> {
  const { rows } = await scene.owner.query(
    'select model_sealed from documents.document where case_id = $1 and kind = $2 order by issued_at desc limit 1',
    [caseId, kind],
  )
  assert.ok(rows[0], `there is no ${kind}`)
  return scene.node.platform.services.crypto.open(rows[0].model_sealed, MODEL_CONTEXT)
}

export const stateOf = async (scene: Scene, caseId: string) =>
  (await scene.node.platform.db.as(wholeCity, (tx) => getCase(tx, caseId))).state

/** Every case of the scene is what its timeline tells, and the timeline has no gap. */
export async function assertRebuilt(scene: Pick<Scene, 'node' | 'owner'>): Promise<void> {
  const { rows } = await scene.owner.query<{ id: string }>('select id from cases.case')
  assert.ok(rows.length > 0, 'there are cases')
  for (const { id } of rows) {
    const [found, timeline] = await scene.node.platform.db.as(
      wholeCity,
      async (tx) => [await getCase(tx, id), await listTimeline(tx, id)] as const,
    )
    assert.deepEqual(
      JSON.parse(JSON.stringify(rebuild(factsOf(timeline)))),
      JSON.parse(JSON.stringify(found.state)),
      `${found.matterCode} ${found.number}`,
    )
    assert.deepEqual(
      timeline.map((t) => t.seq),
      timeline.map((_, i) => i + 1),
      `${found.number}: no gap`,
    )
  }
}

export const day = (date: string, hour = 2): string => `${date}T${String(hour).padStart(2, '0')}:00:00Z`
