/** What a worker takes along for a day without network. Nobody who reported is in it, nor a word of hers. */
import Type from 'typebox'
import { covers, postOf } from '../../../../core/access/index.ts'
import { levelOf } from '../../../../core/areas/index.ts'
import { sql } from '../../../../platform/database/tx.ts'
import { query } from '../../../../platform/use-case/use-case.ts'

export interface ToCheck {
  id: string
  number: string
  seq: number
  round: number
  classCode: string
  title: string | null
  area: string
  /** The nearest public point: the exact one, where somebody stood, stays with the node. */
  shownPlace: string | null
  handledAt: Date
}
export interface FieldDay {
  postId: string
  /** Supervision: she can have another's queue on this phone opened. */
  mayRecover: boolean
  at: Date
  checks: ToCheck[]
  classes: { code: string; name: { zh: string; en: string } }[]
  communities: { code: string; name: { zh: string; en: string } }[]
}
const MOST = 500

export const fieldDay = query({
  operation: 'grid.field-day',
  permission: 'incident.report',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<FieldDay>({}),
  async run({ tx, actor, now, call }) {
    const post = postOf(actor)
    const { packs, words } = call.platform.services
    const pack = packs.inForce()
    const inAreas = sql.join(
      post.areas.map((own) => sql`(area >= ${own} and area < ${`${own}~`})`),
      sql` or `,
    )
    const mayCheck = post.permissions.includes('incident.check')
    const checks = mayCheck
      ? await tx.rows(
          sql<ToCheck>`select id, number, seq, round, class_code as "classCode", title, area, shown_place as "shownPlace", handled_at as "handledAt" from grid.incident
            where open and status = 'handled' and (${inAreas}) and handled_by is distinct from ${post.officerId} and unit_id is distinct from ${post.organisationId}
            order by stage_due_at nulls last, id limit ${MOST}`,
        )
      : []
    const communities = pack.pack.areas.filter(
      ({ code, validTo }) => validTo === null && levelOf(code) === 'community' && covers(post, code),
    )
    return {
      postId: post.id,
      mayRecover: post.permissions.includes('incident.verify'),
      at: now,
      checks,
      classes: pack.incidents.classes.map(({ code, name }) => ({ code, name })),
      communities: communities.map(({ code }) => ({
        code,
        name: { zh: pack.areaIn(words.in('zh'), 'zh', code), en: pack.areaIn(words.in('en'), 'en', code) },
      })),
    }
  },
})
