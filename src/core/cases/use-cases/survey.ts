/** 入户调查 by two: the first records the visit and names the second, who says herself that she was there. */
import Type from 'typebox'
import { sql } from '../../../platform/database/tx.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { command } from '../../../platform/use-case/use-case.ts'
import { postOf } from '../../access/index.ts'
import { act, type Open, stepDone } from '../act.ts'
import { permissionOf, type Surveyor } from '../case.ts'
import { Day, Done, Note, OnCase, realDay, Words } from './shapes.ts'

/** Somebody who may have come along: her number is what a form sends, name and office are what people know her by. */
export interface Colleague extends Surveyor {
  number: string
  organisation: string
}

/** Who could have visited as the second: another officer with a post in force for it, of this line, over this very area. */
export async function listColleagues({ work, found, newest, today }: Open): Promise<Colleague[]> {
  const posts = await work.tx.rows(
    sql<
      Colleague & { role: string }
    >`select officer_id as "officerId", number, name, organisation, role from cases.posts_over(${found.state.handlingArea}, ${found.domain}, ${today})`,
  )
  const own = postOf(work.actor).officerId
  const fit = posts.filter((p) => p.officerId !== own && newest.permissionsOf(p.role).includes(permissionOf.survey))
  return [...new Map(fit.map(({ role: _, ...who }) => [who.officerId, who])).values()]
}

/** The visit, as the first officer tells it. Recorded again, it replaces what nobody has confirmed yet. */
export const recordSurvey = command({
  operation: 'cases.record-survey',
  permission: 'case.survey',
  actors: ['staff'],
  input: Type.Object({
    ...OnCase,
    note: Words,
    visitedOn: Day,
    /** Her number. */
    secondOfficer: Type.String({ minLength: 1, maxLength: 40 }),
  }),
  output: Done,
  run: (work, { caseId, note, visitedOn, secondOfficer }) =>
    act(work, caseId, 'survey', async (open) => {
      refuseVisitDay(realDay('visitedOn', visitedOn), open)
      const { officerId, officerName } = postOf(work.actor)
      const { officerId: secondId, name } = await secondOfficerOf(open, secondOfficer.trim())
      return {
        facts: [
          {
            fact: 'survey_recorded',
            step: open.found.state.step ?? '',
            visitedOn,
            note,
            first: { officerId, name: officerName },
            second: { officerId: secondId, name },
          },
        ],
      }
    }),
})

function refuseVisitDay(visitedOn: string, { found, today }: Open): void {
  if (visitedOn > today)
    throw new Refusal('case.survey_in_the_future', 'invalid', { fields: [{ path: '/visitedOn', keyword: 'maximum' }] })
  if (visitedOn < dayOf(found.receivedAt))
    throw new Refusal('case.survey_before_receipt', 'invalid', {
      fields: [{ path: '/visitedOn', code: 'case.survey_before_receipt' }],
    })
}

async function secondOfficerOf(open: Open, number: string): Promise<Colleague> {
  const wrong = (code: string) => new Refusal(code, 'invalid', { fields: [{ path: '/secondOfficer', code }] })
  const own = await open.work.tx.maybe(
    sql`select from access.officer_of_post where post_id = ${postOf(open.work.actor).id} and officer_number = ${number}`,
  )
  if (own) throw wrong('case.second_officer_is_first')
  const fit = (await listColleagues(open)).find((who) => who.number === number)
  if (!fit) throw wrong('case.second_officer_not_here')
  return fit
}

/** The second officer's own word. Not there: the visit counts for nothing, and the first records it anew or goes again. */
export const confirmSurvey = command({
  operation: 'cases.confirm-survey',
  permission: 'case.survey',
  actors: ['staff'],
  input: Type.Object({ ...OnCase, presence: Type.Enum(['there', 'not_there']), note: Note }),
  output: Done,
  run: (work, { caseId, presence, note }) =>
    act(work, caseId, 'confirm_survey', (open) => {
      const { survey } = open.found.state
      if (!survey) throw new Refusal('case.not_this_step', 'conflict')
      if (presence === 'not_there') return { facts: [{ fact: 'survey_denied', note }] }
      const { visitedOn, first, second } = survey
      return {
        facts: [
          { fact: 'survey_confirmed', on: open.today, note },
          stepDone(open, survey.note, [first.name, second.name], { visitedOn }),
        ],
        message: { kind: 'step_done' },
      }
    }),
})
