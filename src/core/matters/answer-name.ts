import type { Question } from './matter.ts'

/** What the answer to a question is called on a paper: `answer_lease_from_on` of a day, which is written out as one. */
export const answerName = ({ code, kind }: Pick<Question, 'code' | 'kind'>): string =>
  `answer_${code.replaceAll(/[-.]/g, '_')}${kind === 'date' ? '_on' : ''}`
