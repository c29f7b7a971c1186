/** The window (窗口): receive for a person who is there, without a phone. */
import Type from 'typebox'
import { together } from '../../../platform/database/tx.ts'
import { Id } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { command } from '../../../platform/use-case/use-case.ts'
import { covers, postOf } from '../../access/index.ts'
import { getPerson, personFacts } from '../../people/index.ts'
import { act } from '../act.ts'
import { type Answers, inOrder, readAnswer, refuseAll, tried } from '../answer.ts'
import { isAsked, openQuestions } from '../branch.ts'
import { originOf, receive } from '../receive.ts'
import { correctionAnswered } from './applicant.ts'
import { isKnown } from './draft.ts'
import { Done, Note, OnCase } from './shapes.ts'

export const receiveAtWindow = command({
  operation: 'cases.receive-at-window',
  permission: 'case.receive',
  actors: ['staff'],
  input: Type.Object({
    personId: Id,
    matterCode: Type.String({ maxLength: 60 }),
    typed: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 20_000 })),
  }),
  output: Done,
  async run(work, { personId, matterCode, typed }) {
    const post = postOf(work.actor)
    const matter = work.call.platform.services.packs.inForce().matter(matterCode)
    if (!post.domains.includes(matter.domain)) throw new Refusal('access.not_your_line', 'forbidden')
    const today = dayOf(work.now)
    const [person, facts] = await together([getPerson(work.tx, personId), personFacts(work.tx, personId, today)])
    if (![person.livingArea, person.hukouArea].some((area) => area !== null && covers(post, area)))
      throw new Refusal('person.not_found', 'missing')
    // She may live here and have her hukou elsewhere: what the hukou gives is asked for there.
    if (!covers(post, originOf(matter, person))) throw new Refusal('access.not_your_area', 'forbidden')
    const answers: Answers = {}
    const wrong: Refusal[] = []
    for (const question of matter.questions) {
      // All stand on the one page, and a choice cannot be taken back there: what is not asked of her is left out.
      if (!isAsked(matter, question.code, answers)) continue
      // At the window the officer sees the papers; what they hold is added to the case afterwards.
      if (question.kind === 'files') answers[question.code] = { kind: 'files' }
      else {
        const answer = tried(() => inOrder(question, readAnswer(question, typed, today, isKnown(question.kind, facts)), answers))
        if (answer instanceof Refusal) wrong.push(answer)
        else if (answer) answers[question.code] = answer
      }
    }
    // All questions are on one page: everything that is wrong is named at once.
    refuseAll(wrong)
    const open = openQuestions(matter, answers)
    if (open.length > 0)
      throw new Refusal('draft.incomplete', 'invalid', { fields: [{ path: `/${open[0]}`, code: 'answer.missing' }] })
    return receive(work, { applicant: person, matter, channel: 'window', answers })
  },
})

/** 窗口补正: what somebody without a phone answers and hands in herself, written down by the officer who has the case in hand. */
export const answerCorrectionAtWindow = command({
  operation: 'cases.answer-correction-at-window',
  permission: 'case.receive',
  actors: ['staff'],
  input: Type.Object({
    ...OnCase,
    typed: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 20_000 })),
    note: Note,
    /** She was there, it was read to her, and she said that it is so. */
    declared: Type.Optional(Type.Literal('yes')),
  }),
  output: Done,
  run: (work, { caseId, typed, note, declared }) =>
    act(work, caseId, 'answer_correction', (open) => correctionAnswered(open, typed, { note, declared: declared === 'yes' })),
})
