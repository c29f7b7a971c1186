/** What the room of safety has to act on: one of each, made by the acts that lead there. */
import type { StaffPost } from './cast.ts'
import { place } from './scene.ts'

export interface SafetyStage {
  /** Reported once, and going on. */
  eventId: string
  /** Of its timeline: the entry that says who was told. */
  told: number
  /** Reported to the end, of a kind that may be closed at once. */
  finalEventId: string
  /** Written by another safety officer, and waiting. */
  draftId: string
  /** A warning that holds. */
  warningId: string
  cameraId: string
  dutyId: string
  planId: string
  drillId: string
  groupId: string
  patrolId: string
  /** An organ's request that waits, and one that was approved. */
  requestId: string
  approvedId: string
  /** A resident's own, who waits. */
  ownRequestId: string
  asker: { personId: string; accountId: string }
}

type Run = (operation: string, who: StaffPost | string, input: object) => Promise<Record<string, string>>

const UNKNOWN = {
  source: null,
  nature: null,
  dead: null,
  injured: null,
  missing: null,
  lossFen: null,
  trend: null,
  measures: null,
  leaders: null,
}
export const KNOWN = {
  place: '示例路 1 号',
  source: '居民电话',
  nature: '树倒压到车',
  dead: 0,
  injured: 0,
  missing: 0,
  lossFen: 100_000,
  trend: '已稳定',
  measures: '已清走',
  leaders: '区志良',
}
export const firstReport = (more: object = {}) => ({
  area: place.community, kind: 'natural', happenedAt: null, learntAt: '2026-11-24T01:30:00Z', found: { place: '示例路 1 号', ...UNKNOWN }, level: null, ...more,
}) // biome-ignore format: a form

export async function makeSafety(
  run: Run,
  officer: StaffPost,
  leader: StaffPost,
  asker: SafetyStage['asker'],
): Promise<SafetyStage> {
  const { id: eventId } = await run('safety.open-event', officer, firstReport())
  await run('safety.tell-event', officer, telling(eventId!))
  const { id: finalEventId } = await run('safety.open-event', officer, firstReport())
  await run('safety.report-event', officer, {
    id: finalEventId,
    report: 'final',
    after: 1,
    found: KNOWN,
    level: 'ordinary',
    why: '',
  })
  const { id: draftId } = await run('safety.draft-broadcast', officer, draft())
  const { id: warningId } = await run('safety.draft-broadcast', officer, draft())
  await run('safety.issue-broadcast', leader, { id: warningId })
  const { id: cameraId } = await run('safety.register-camera', officer, camera())
  const { id: requestId } = await run('safety.receive-footage-request', officer, request(cameraId!))
  const { id: approvedId } = await run('safety.receive-footage-request', officer, request(cameraId!))
  await run('safety.decide-footage', leader, { id: approvedId, outcome: 'approved', reasons: '手续齐全' })
  await run('safety.hand-out-footage', officer, handout(approvedId!))
  const { id: ownRequestId } = await run('safety.ask-footage', asker.accountId, own(cameraId!))
  const { id: dutyId } = await run('safety.set-duty', officer, duty())
  const { id: planId } = await run('safety.write-plan', officer, plan())
  await run('safety.record-drill', officer, drill(planId!))
  const { drills } = (await run('safety.read-plan', officer, { id: planId })) as unknown as { drills: { id: string }[] }
  const { id: groupId } = await run('safety.start-watch-group', officer, group())
  const { id: patrolId } = await run('safety.set-patrol', officer, patrol(groupId!))
  await run('safety.record-training', officer, training(groupId!))
  await run('safety.join-watch-group', asker.accountId, { id: groupId })
  await run('safety.take-patrol', asker.accountId, { id: patrolId })
  const watch = { groupId: groupId!, patrolId: patrolId! }
  const ready = { dutyId: dutyId!, planId: planId!, drillId: drills[0]!.id }
  const cameras = { cameraId: cameraId!, requestId: requestId!, approvedId: approvedId!, ownRequestId: ownRequestId!, asker }
  return {
    ...watch,
    ...ready,
    ...cameras,
    eventId: eventId!,
    told: 2,
    finalEventId: finalEventId!,
    draftId: draftId!,
    warningId: warningId!,
  }
}

export const draft = (more: object = {}) => ({
  area: place.street, kind: 'instruction', colour: null, headline: '今晚停水', body: '晚上十点到明早六点停水，请先存水。', headlineEn: null, bodyEn: null, issuer: '', issuerNumber: '',
  endsAt: '2026-11-25T02:00:00Z', visits: true, corrects: null, ...more,
}) // biome-ignore format: a form

export const telling = (id: string) => ({
  id, recipient: 'district-duty', name: '', means: 'phone', at: '2026-11-24T01:50:00Z', note: '',
}) // biome-ignore format: a form

export const camera = (more: object = {}) => ({
  area: place.community, place: '示例路 1 号门口', purpose: 'order', keeper: '示例派出所', contact: '020-00000000', retentionDays: 30, sign: true, basis: '示例依据', replaces: null, ...more,
}) // biome-ignore format: a form
export const own = (cameraId: string) => ({
  cameraId,
  from: '2026-11-23T01:00:00Z',
  to: '2026-11-23T02:00:00Z',
  reason: '在门口摔倒',
})
export const request = (cameraId: string) => ({ ...own(cameraId), organ: '示例派出所', organNumber: '示例〔2026〕1号' })
export const handout = (id: string) => ({ id, at: '2026-11-24T02:00:00Z', how: 'viewed', receiver: '示例民警' })

export const duty = (more: object = {}) => ({
  area: place.street,
  role: 'duty',
  name: '冯值班',
  contact: '020-00000000',
  from: '2026-11-24T00:00:00Z',
  to: '2026-11-25T00:00:00Z',
  ...more,
})
export const plan = (more: object = {}) => ({
  area: place.street,
  kind: 'all',
  title: '示例预案',
  body: '先救人',
  validFrom: '2026-11-01',
  replaces: null,
  ...more,
})
export const drill = (id: string, more: object = {}) => ({
  id,
  heldOn: '2026-11-20',
  tookPart: 20,
  findings: '喇叭没电',
  followUp: '换电池',
  followUpBy: '2026-12-01',
  ...more,
})

export const group = (more: object = {}) => ({ area: place.community, name: '示例守望队', about: '晚上在巷子里走一走', ...more })
export const patrol = (id: string, more: object = {}) => ({
  id,
  from: '2026-11-25T12:00:00Z',
  to: '2026-11-25T14:00:00Z',
  place: '示例一巷',
  needed: 2,
  ...more,
})
export const training = (id: string, more: object = {}) => ({
  id,
  heldOn: '2026-11-20',
  content: '用灭火器',
  tookPart: 12,
  ...more,
})
