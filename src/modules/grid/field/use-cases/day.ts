/** What a worker takes along for a day without network. Nobody who reported is in it, nor a word of hers. */
import Type from 'typebox'
import { covers, postOf } from '../../../../core/access/index.ts'
import { levelOf } from '../../../../core/areas/index.ts'
import { sql, together } from '../../../../platform/database/tx.ts'
import { type Day, dayOf } from '../../../../platform/time.ts'
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
/** A task that is hers to do. */
export interface ToDo {
  id: string
  seq: number
  name: Text
  what: string
  area: string
  dueOn: Day
  /** Who asked for it. */
  organisation: string
  /** Off the admission list meanwhile: it goes on. */
  off: boolean
}
type Text = { zh: string; en: string }
export interface FieldDay {
  postId: string
  /** Supervision: she can have another's queue on this phone opened. */
  mayRecover: boolean
  at: Date
  checks: ToCheck[]
  tasks: ToDo[]
  /** There is more than a phone takes along: the most urgent are here. */
  more: boolean
  /** Those that she looks after. */
  grids: { code: string; name: string }[]
  classes: { code: string; name: Text }[]
  communities: { code: string; name: Text }[]
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
    const [mayCheck, mayDo] = ['incident.check', 'task.do'].map((one) => post.permissions.includes(one))
    const [checks, tasks, grids] = await together([
      tx.rows(
        sql<ToCheck>`select id, number, seq, round, class_code as "classCode", title, area, shown_place as "shownPlace", handled_at as "handledAt" from grid.incident
            where ${mayCheck} and open and status = 'handled' and (${inAreas}) and handled_by is distinct from ${post.officerId} and unit_id is distinct from ${post.organisationId}
            order by stage_due_at nulls last, id limit ${MOST + 1}`,
      ),
      tx.rows(
        sql<
          Omit<ToDo, 'name' | 'off'> & { itemCode: string }
        >`select id, seq, item_code as "itemCode", what, area, due_on as "dueOn", (select g.name from access.organisation g where g.id = organisation_id) as organisation
            from grid.task where ${mayDo} and status = 'given' and worker_id = ${post.id} and (${inAreas}) order by due_on, id limit ${MOST + 1}`,
      ),
      tx.rows(
        sql<{
          code: string
          name: string
        }>`select code, name from grid.grid where valid_to is null and code in (select grid_code from grid.assignment where post_id = ${post.id} and ended_at is null) order by code limit ${MOST}`,
      ),
    ])
    const admitted = new Set(pack.admittedOn(dayOf(now)).map(({ code }) => code))
    const nameOf = (code: string): Text =>
      pack.incidents.admitted.find((one) => one.code === code)?.name ?? { zh: code, en: code }
    const communities = pack.pack.areas.filter(
      ({ code, validTo }) => validTo === null && levelOf(code) === 'community' && covers(post, code),
    )
    return {
      postId: post.id,
      mayRecover: post.permissions.includes('incident.verify'),
      at: now,
      checks: checks.slice(0, MOST),
      tasks: tasks
        .slice(0, MOST)
        .map(({ itemCode, ...one }) => ({ ...one, name: nameOf(itemCode), off: !admitted.has(itemCode) })),
      more: checks.length > MOST || tasks.length > MOST,
      grids,
      classes: pack.incidents.classes.map(({ code, name }) => ({ code, name })),
      communities: communities.map(({ code }) => ({
        code,
        name: { zh: pack.areaIn(words.in('zh'), 'zh', code), en: pack.areaIn(words.in('en'), 'en', code) },
      })),
    }
  },
})
