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
}

type Run = (operation: string, who: StaffPost, input: object) => Promise<Record<string, string>>

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

export async function makeSafety(run: Run, officer: StaffPost, leader: StaffPost): Promise<SafetyStage> {
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
  return { eventId: eventId!, told: 2, finalEventId: finalEventId!, draftId: draftId!, warningId: warningId! }
}

export const draft = (more: object = {}) => ({
  area: place.street, kind: 'instruction', colour: null, headline: '今晚停水', body: '晚上十点到明早六点停水，请先存水。', headlineEn: null, bodyEn: null, issuer: '', issuerNumber: '',
  endsAt: '2026-11-25T02:00:00Z', corrects: null, ...more,
}) // biome-ignore format: a form

export const telling = (id: string) => ({
  id, recipient: 'district-duty', name: '', means: 'phone', at: '2026-11-24T01:50:00Z', note: '',
}) // biome-ignore format: a form
