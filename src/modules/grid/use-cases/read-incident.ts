/** One incident as an officer reads it, without who reported; and, with a record of it, who did. */
import Type from 'typebox'
import { postOf } from '../../../core/access/index.ts'
import type { Post } from '../../../platform/actor.ts'
import { sql, together } from '../../../platform/database/tx.ts'
import { Id } from '../../../platform/id.ts'
import { recordAudit } from '../../../platform/use-case/audit.ts'
import { personRead, query } from '../../../platform/use-case/use-case.ts'
import { type May, mayOf } from '../obstacle.ts'
import { type Alike, alike, type Found, getIncident, listTimeline, type TimelineRow, type Unit, unitsThatCan } from '../store.ts'
import { isPrivate } from './hide.ts'
import { REPORT_CONTEXT, type Said, saidAgainOf } from './report.ts'
import { type DeskPhoto, photosOfIncident } from './see-photos.ts'
import { type WhistleOf, whistlesOf } from './whistles.ts'

const FIRST_REPORTS = 50

export interface IncidentPage {
  found: Found
  areaName: string
  unitName: string | null
  timeline: TimelineRow[]
  /** What reporters wrote, without who they are, and those of linked ones who say that it is not solved; the first of them: of a thousand nobody reads each here. */
  reports: {
    id: string
    channel: string
    words: string
    place: string
    attributes: Record<string, string>
    condition: string | null
    saidAgain: { at: string; words: string }[]
    /** Of a linked one, whose reporter says that it is not solved; null for those of this one. */
    linked: string | null
    seenAt: Date
    reportedAt: Date
  }[]
  moreReports: boolean
  photos: DeskPhoto[]
  children: { id: string; number: string; reportedAt: Date }[]
  parent: { id: string; number: string } | null
  alike: Alike[]
  units: Unit[]
  /** The newest first; `mayRead` where this post may open it. */
  whistles: (Pick<WhistleOf, 'id' | 'number' | 'status'> & { mayRead: boolean })[]
  may: May
}

/** As its own room says: who blows or rules sees all of her areas, a unit what it was called by. */
const seesWhistle = ({ permissions, organisationId }: Post, unitIds: readonly string[]): boolean =>
  permissions.includes('whistle.read') &&
  (permissions.includes('whistle.blow') || permissions.includes('whistle.decide') || unitIds.includes(organisationId))

export const readIncident = query({
  operation: 'grid.read',
  permission: 'incident.read',
  actors: ['staff'],
  input: Type.Object({ id: Id }),
  output: Type.Unsafe<IncidentPage>({}),
  async run(work, { id }) {
    const { tx } = work
    const { crypto, packs } = work.call.platform.services
    const found = await getIncident(work, id)
    const { point, state } = found
    const post = postOf(work.actor)
    const may = mayOf(state, post)
    if (may.show === true && isPrivate(packs.inForce(), state.classCode)) may.show = 'incident.never_shown'
    const [timeline, names, sealed, children, parent, whistles] = await together([
      listTimeline(tx, id),
      tx.one(
        sql<{
          area: string
          unit: string | null
        }>`select a.name as area, (select name from grid.unit where id = ${state.unitId}::uuid) as unit from areas.area a where a.code = ${found.area}`,
      ),
      tx.rows(
        sql<{
          id: string
          channel: string
          sealed: Buffer
          again: Buffer | null
          linked: string | null
          seenAt: Date
          reportedAt: Date
        }>`select r.id, r.channel, r.sealed, r.said_again_sealed as "again", case when i.id <> ${id} then i.number end as linked, r.seen_at as "seenAt", r.reported_at as "reportedAt"
          from grid.report r join grid.incident i on i.id = r.incident_id where i.id = ${id} or (i.parent_id = ${id} and r.said_again_sealed is not null) order by r.reported_at, r.id limit ${FIRST_REPORTS + 1}`,
      ),
      tx.rows(
        sql<{
          id: string
          number: string
          reportedAt: Date
        }>`select id, number, reported_at as "reportedAt" from grid.incident where parent_id = ${id} order by number limit 1000`,
      ),
      tx.maybe(sql<{ id: string; number: string }>`select id, number from grid.incident where id = ${state.parentId}::uuid`),
      whistlesOf(work, id),
    ])
    const waits = state.status === 'reported' || state.status === 'verified' || state.status === 'filed'
    const near = point && waits ? await alike(work, packs.inForce(), { ...found, point, classCode: state.classCode }) : []
    const reports = sealed.slice(0, FIRST_REPORTS).map(({ sealed: bytes, again, ...row }) => {
      const { words, place, attributes, condition = null } = JSON.parse(crypto.open(bytes, REPORT_CONTEXT)) as Said
      return { ...row, words, place, attributes, condition, saidAgain: saidAgainOf(crypto, again) }
    })
    return {
      found,
      areaName: names.area,
      unitName: names.unit,
      timeline,
      reports,
      moreReports: sealed.length > FIRST_REPORTS,
      photos: await photosOfIncident(work, id),
      children,
      parent: parent ?? null,
      alike: near,
      units: may.dispatch === true ? await unitsThatCan(work, packs.inForce(), found.area, state.classCode) : [],
      whistles: whistles.map(({ id, number, status, unitIds }) => ({ id, number, status, mayRead: seesWhistle(post, unitIds) })),
      may,
    }
  },
})

export interface Reporter {
  reportId: string
  name: string
  phone: string
  email: string
  reportedAt: Date
}

/** Who reported and how to call her: for supervision alone, and on record for her if she is known here. */
export const readReporters = personRead({
  operation: 'grid.read-reporters',
  permission: 'incident.read-reporter',
  actors: ['staff'],
  input: Type.Object({ id: Id }),
  output: Type.Unsafe<{ reporters: Reporter[] }>({}),
  async about(work, { id }) {
    await getIncident(work, id)
    // Also where nobody of it is known here: supervision opened names and phones.
    recordAudit(work.tx, work.call, 'grid.read-reporters', 'done', { id, person: false })
    const rows = await work.tx.rows(
      sql<{
        personId: string
      }>`select distinct r.person_id as "personId" from grid.report r where r.incident_id = ${id} and r.person_id is not null limit 1000`,
    )
    return { personIds: rows.map(({ personId }) => personId), purpose: 'incident', caseId: null }
  },
  async run(work, { id }) {
    const { crypto } = work.call.platform.services
    await getIncident(work, id)
    const rows = await work.tx.rows(
      sql<{
        id: string
        sealed: Buffer
        reportedAt: Date
      }>`select r.id, r.sealed, r.reported_at as "reportedAt" from grid.report r where r.incident_id = ${id} order by r.reported_at, r.id limit 1000`,
    )
    return {
      reporters: rows.map(({ id: reportId, sealed, reportedAt }) => {
        const { name, phone, email = '' } = JSON.parse(crypto.open(sealed, REPORT_CONTEXT)) as Said
        return { reportId, name, phone, email, reportedAt }
      }),
    }
  },
})
