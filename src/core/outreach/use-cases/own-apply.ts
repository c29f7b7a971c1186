/** 免申即享: an ordinary application of which she only confirms what is on record. */
import Type from 'typebox'
import { Id } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { command, type Work } from '../../../platform/use-case/use-case.ts'
import { type Answers, readAnswer, receive, refuseAll, tried } from '../../cases/index.ts'
import { getPerson } from '../../people/index.ts'
import { foundPage } from './own-found.ts'

export const Confirmed = Type.Object({
  matterCode: Type.String({ maxLength: 60 }),
  /** Of the page whose button was pressed. */
  mark: Type.String({ maxLength: 40 }),
  typed: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 20_000 })),
})
export const Applied = Type.Object({
  caseId: Id,
  number: Type.String(),
  status: Type.String(),
  documentId: Type.Union([Id, Type.Null()]),
})

/**
 * What does not go in one page goes the ordinary way: nothing here refuses an application.
 * Refusals: case.already_running · found.not_found · found.no_longer · found.not_one_page · found.account_first · found.changed
 */
export async function applyConfirmed(work: Work, { matterCode, mark, typed }: Type.Static<typeof Confirmed>) {
  const { found, page, mark: now } = await foundPage(work, matterCode)
  if (found.running) throw new Refusal('case.already_running', 'conflict', found.running)
  if (page === 'account') throw new Refusal('found.account_first', 'conflict')
  if (page === 'ordinary') throw new Refusal('found.not_one_page', 'conflict')
  if (found.standing === 'gone') throw new Refusal('found.no_longer', 'conflict')
  if (mark !== now) throw new Refusal('found.changed', 'conflict')
  const today = dayOf(work.now)
  const answers: Answers = {}
  for (const { code, kind } of page.confirmed)
    answers[code] =
      kind === 'bank_account'
        ? { kind, stored: true }
        : kind === 'address'
          ? { kind, known: true }
          : { kind: 'confirm', right: true }
  const wrong: Refusal[] = []
  for (const question of page.asked) {
    const answer = tried(() => readAnswer(question, typed, today, false))
    if (answer instanceof Refusal) wrong.push(answer)
    else if (answer) answers[question.code] = answer
  }
  refuseAll(wrong)
  const applicant = await getPerson(work.tx, (work.actor as { personId: string }).personId)
  const matter = work.call.platform.services.packs.inForce().matter(matterCode)
  return receive(work, { applicant, matter, channel: 'phone', answers, foundRun: found.runId })
}

export const applyFound = command({
  operation: 'outreach.apply-found',
  permission: null,
  actors: ['resident'],
  level: 'A1',
  input: Confirmed,
  output: Applied,
  run: (work, confirmed) => applyConfirmed(work, confirmed),
})
