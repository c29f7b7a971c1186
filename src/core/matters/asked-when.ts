/** Which questions of a matter are asked, by the answers to the ones before. Pure. */
import { type Lang, pick, type T } from '../../platform/words.ts'
import type { Matter, Question } from './matter.ts'

/** What an answer says where others hang on it: the value of a choice, or yes and no. */
export type Said = (code: string) => string | boolean | undefined

/** The values under which a question is asked, by the question that they answer. */
export const conditionsOf = ({ asked_when }: Pick<Question, 'asked_when'>): [code: string, values: (string | boolean)[]][] =>
  Object.entries(asked_when ?? {}).map(([code, value]) => [code, [value].flat()])

/** In their order. A condition names earlier questions only, and one that was not asked said nothing. */
export function questionsAsked({ questions }: Pick<Matter, 'questions'>, said: Said): Question[] {
  const asked = new Set<string>()
  return questions.filter((question) => {
    const is = conditionsOf(question).every(([code, values]) => asked.has(code) && values.includes(said(code) ?? ''))
    if (is) asked.add(question.code)
    return is
  })
}

/**
 * Who reads several questions on one page reads with each when it is meant; null of what everybody there is asked.
 * @param page the questions of the page: what is settled elsewhere is no condition on it
 */
export function whenAsked(
  t: T,
  lang: Lang,
  { questions }: Pick<Matter, 'questions'>,
  question: Question,
  page: readonly Question[] = questions,
): string | null {
  const conditions = conditionsOf(question).flatMap(([code, values]) => {
    const on = page.find((each) => each.code === code)
    if (!on) return []
    const texts = values.map((value) =>
      typeof value === 'boolean'
        ? t(`ui.field.answer_${value ? 'yes' : 'no'}`)
        : pick(on.options!.find((option) => option.value === value)!.text, lang),
    )
    return [t('matter.asked_when', { question: pick(on.ask, lang), answers: texts.join(t('matter.asked_when_or')) })]
  })
  return conditions.length > 0 ? t('matter.asked_only', { conditions: conditions.join(t('matter.asked_when_and')) }) : null
}
