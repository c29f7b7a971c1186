/** Answers as a paper prints them, by the names that its form asks for. Pure. */
import { answerName, type Matter } from '../matters/index.ts'
import type { Answer, Answers } from './answer.ts'

export const printedAnswers = ({ questions }: Pick<Matter, 'questions'>, answers: Answers): Record<string, string | number> =>
  Object.fromEntries(
    questions.flatMap((question) => {
      const answer = answers[question.code]
      const value = answer && printed(question, answer)
      return value === undefined ? [] : [[answerName(question), value]]
    }),
  )

function printed({ options }: Matter['questions'][number], answer: Answer): string | number | undefined {
  switch (answer.kind) {
    case 'choice':
      return options?.find(({ value }) => value === answer.value)?.text.zh
    case 'text':
      // A line of its own would read as the office's.
      return answer.text.replace(/\s*\n\s*/g, ' ')
    case 'number':
      return answer.number
    case 'date':
      return answer.day
    default:
      return undefined
  }
}
