/** One's own reports: where each stands, and what its reporter says of it. */
import Type from 'typebox'
import { sql, together } from '../../../platform/database/tx.ts'
import { Id } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { command, query } from '../../../platform/use-case/use-case.ts'
import { newRoundDue } from '../due.ts'
import type { Outcome, Status } from '../incident.ts'
import { givePhotos, PhotoIds } from './photos.ts'
import { anybody } from './public.ts'
import { REPORT_CONTEXT, type Said, saidAgainOf } from './report.ts'
import { type OwnPhoto, photosOfToken } from './see-photos.ts'

export interface FollowedFact {
  seq: number
  fact: string
  payload: { reason?: string; how?: string; until?: string; unit?: string }
  recordedAt: Date
  organisationName: string | null
}
export interface Followed {
  publicId: string
  number: string
  /** Of the incident that this one was linked to; null where it was not. */
  parentNumber: string | null
  area: string
  classCode: string
  title: string | null
  place: string | null
  /** Her own words, for whoever holds the token. */
  words: string
  /** Where, in her words; and the condition that she chose. */
  where: string
  condition: string | null
  /** The last digits of the phone that she left; null where she left none. */
  phoneEnd: string | null
  /** What she said each time that it was not solved. */
  saidAgain: { at: string; words: string }[]
  reportedAt: Date
  status: Status
  round: number
  dueAt: Date | null
  dueProvisional: boolean
  stageDueAt: Date | null
  handledAt: Date | null
  /** Its date went by before it was handed in, in whichever round. */
  wasLate: boolean
  wordBy: Date | null
  closedAt: Date | null
  outcome: Outcome | null
  /** Whether it is on the public page. */
  shown: boolean
  course: FollowedFact[]
  /** Her own, and those that an officer has cleared. */
  photos: OwnPhoto[]
  /** Whether hers was the first report of it. */
  own: boolean
  may: { confirm: boolean; reopen: boolean }
}
type FollowedRow = Omit<Followed, 'course' | 'photos' | 'may' | 'words' | 'where' | 'condition' | 'phoneEnd' | 'saidAgain'> & {
  sealed: Buffer
  saidAgain: Buffer | null
  early: boolean | null
}

/** The report of a token: where it stands, each step, and what its reporter may say now. */
export const followReport = query({
  operation: 'grid.follow',
  permission: null,
  actors: anybody,
  input: Type.Object({ token: Id }),
  output: Type.Unsafe<Followed>({}),
  async run({ tx, now, call }, { token }): Promise<Followed> {
    const { crypto, packs } = call.platform.services
    const [row, course, photos] = await together([
      tx.maybe(sql<FollowedRow>`select public_id as "publicId", number, parent_number as "parentNumber", area, class_code as "classCode", title, shown_place as place, sealed, reported_at as "reportedAt", status, round,
        due_at as "dueAt", due_provisional as "dueProvisional", stage_due_at as "stageDueAt", handled_at as "handledAt", was_late as "wasLate", word_by as "wordBy", closed_at as "closedAt", outcome, shown, own, early, said_again_sealed as "saidAgain" from grid.report_of_token(${token})`),
      tx.rows(
        sql<FollowedFact>`select seq, fact, payload, recorded_at as "recordedAt", organisation_name as "organisationName" from grid.course_of_token(${token})`,
      ),
      photosOfToken(tx, token),
    ])
    if (!row) throw new Refusal('incident.not_found', 'missing')
    const { sealed, saidAgain, own, early, ...rest } = row
    const said = JSON.parse(crypto.open(sealed, REPORT_CONTEXT)) as Said
    const inTime = row.closedAt !== null && row.closedAt >= reopenableSince(packs.inForce().incidents.reopen_days, now)
    return {
      ...rest,
      own,
      words: said.words,
      where: said.place,
      condition: said.condition ?? null,
      phoneEnd: said.phone.slice(-4) || null,
      saidAgain: saidAgainOf(crypto, saidAgain),
      course,
      photos,
      may: {
        confirm: own && (row.status === 'checked' || (row.outcome === 'unconfirmed' && inTime)),
        reopen: (own || early === true) && (row.status === 'checked' || (REOPENED.has(row.status) && inTime)),
      },
    }
  },
})

/** What ended and can begin anew. */
const REOPENED: ReadonlySet<Status> = new Set(['closed', 'not_filed', 'void'])

const reopenableSince = (days: number, now: Date): Date => new Date(now.getTime() - days * 86_400_000)

/**
 * A reporter says that it is solved, or that it is not, with the reason and photos of it; not solved begins another round.
 * @throws Refusal incident.not_found · incident.say_why · incident.not_asked_yet · incident.first_is_asked ·
 *   incident.too_late_to_say · photo.too_many · photo.gone
 */
export const sayOfReport = command({
  operation: 'grid.say',
  permission: null,
  actors: ['public', 'resident'],
  input: Type.Object({
    token: Id,
    solved: Type.Boolean(),
    reason: Type.Optional(Type.String({ maxLength: 500 })),
    /** That it is still there; nothing is shown of what is solved. */
    photos: Type.Optional(PhotoIds),
  }),
  output: Type.Object({ token: Id, status: Type.String() }),
  async run({ tx, now, call }, { token, solved, reason = '', photos = [] }) {
    if (!solved && !reason.trim()) throw new Refusal('incident.say_why', 'invalid', { fields: [{ path: '/reason' }] })
    const { crypto, packs } = call.platform.services
    const pack = packs.inForce()
    const since = reopenableSince(pack.incidents.reopen_days, now)
    const earlier = await tx.maybe(
      sql<{
        sealed: Buffer | null
        closedAt: Date | null
        status: Status
      }>`select said_again_sealed as sealed, closed_at as "closedAt", status from grid.report_of_token(${token})`,
    )
    const again = [...saidAgainOf(crypto, earlier?.sealed ?? null), { at: now.toISOString(), words: reason.trim() }]
    const said = await tx.maybe(
      sql<{
        status: string | null
      }>`select the_status as status from grid.reporter_says(${token}, ${solved ? 'solved' : 'not_solved'}, ${crypto.seal(JSON.stringify(again), REPORT_CONTEXT)}, ${since}, ${now}, ${JSON.stringify(newRoundDue(pack, now))}::jsonb)`,
    )
    if (!said) throw new Refusal('incident.not_found', 'missing')
    if (!said.status) throw new Refusal(`incident.${whyNot(earlier)}`, 'conflict')
    if (!solved) await givePhotos(tx, pack, token, photos, now)
    return { token, status: said.status }
  },
})

/** Nothing is asked before it is said to be done; then whoever reported it first is asked; after the days of the pack nobody is. */
function whyNot(stood: { closedAt: Date | null; status: Status } | undefined): string {
  if (stood?.status === 'checked') return 'first_is_asked'
  return stood?.closedAt === null ? 'not_asked_yet' : 'too_late_to_say'
}

export interface OwnReport {
  token: string
  reportedAt: Date
  classCode: string
  number: string
  status: Status
  outcome: Outcome | null
}
/** What this account has reported, the newest first. */
export const listOwnReports = query({
  operation: 'grid.list-own',
  permission: null,
  actors: ['resident'],
  level: 'A0',
  input: Type.Object({}),
  output: Type.Unsafe<{ rows: OwnReport[] }>({}),
  async run({ tx }) {
    return {
      rows: await tx.rows(sql<OwnReport>`select r.token, r.reported_at as "reportedAt", f.class_code as "classCode", f.number, f.status, f.outcome
        from grid.report r cross join lateral grid.report_of_token(r.token) f order by r.reported_at desc limit 100`),
    }
  },
})
