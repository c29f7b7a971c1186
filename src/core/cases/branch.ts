/** The questions that are asked of one applicant, by what she answered before. Pure. */
import { questionsAsked } from '../matters/asked-when.ts'
import type { Matter, Question } from '../matters/matter.ts'
import type { Answers } from './answer.ts'

type Asking = Pick<Matter, 'questions'>

export const questionsFor = (matter: Asking, answers: Answers): Question[] =>
  questionsAsked(matter, (code) => {
    const answer = answers[code]
    return answer?.kind === 'choice' ? answer.value : answer?.kind === 'yes_no' ? answer.yes : undefined
  })

export const isAsked = (matter: Asking, code: string, answers: Answers): boolean =>
  questionsFor(matter, answers).some((question) => question.code === code)

/** Without what is no longer asked: nobody is judged by an answer to another question than hers. */
export function answersAsked(matter: Asking, answers: Answers): Answers {
  const asked = new Set(questionsFor(matter, answers).map(({ code }) => code))
  return Object.fromEntries(
    Object.entries(answers).filter(([code]) => asked.has(code) || !matter.questions.some((question) => question.code === code)),
  )
}

/** Materials that only questions collect which are not asked. */
export function materialsNotAsked(matter: Asking, answers: Answers): Set<string> {
  const asked = questionsFor(matter, answers)
  const collected = new Set(asked.flatMap(({ materials = [] }) => materials))
  const hidden = matter.questions.filter((question) => !asked.includes(question)).flatMap(({ materials = [] }) => materials)
  return new Set(hidden.filter((code) => !collected.has(code)))
}

/** Codes of the required questions that are still open. */
export const openQuestions = (matter: Asking, answers: Answers): string[] =>
  questionsFor(matter, answers).flatMap(({ required, code }) => (required && !answers[code] ? [code] : []))
