/** How an explanation is spoken: days and money as the pages write them, names from the pack. */
import { ANOTHER } from '../../core/cases/index.ts'
import { documentNumber, isClauseKnown, type LoadedPack, type Matter } from '../../core/matters/index.ts'
import type { Voice } from '../../core/rules/index.ts'
import { pick } from '../../platform/words.ts'
import { clauseText, formatDate, formatMoney, formatNumber } from '../../ui/format.ts'
import type { View } from '../../ui/index.ts'

/** What is no register's word; the others are `people.source.*`. */
const OURS: ReadonlySet<string> = new Set(['answer', 'register', 'case-file', 'data-check', 'supposed'])

export function voiceOf(view: View, pack: LoadedPack, matter: Matter, who: Voice['who']): Voice {
  const { t, lang, today } = view
  return {
    t,
    who,
    today,
    day: (day) => formatDate(day, lang),
    money: (fen) => formatMoney(fen, lang),
    number: formatNumber,
    fact: (name) => factName(view, matter, name),
    code: (fact, code) => codeName(view, pack, matter, fact, code),
    source: (source) => (OURS.has(source) ? t(`plain.from.${source}`, { who }) : t(`people.source.${source}`)),
  }
}

const questionOf = (matter: Matter, fact: string) =>
  matter.questions.find(({ code }) => fact === `answers.${code}` || (fact === 'case.purpose' && code === 'purpose'))

/** An answer is called by its question. */
export function factName({ t, lang }: View, matter: Matter, fact: string): string {
  const question = fact.startsWith('answers.') ? questionOf(matter, fact) : undefined
  if (question) return t('explanations.asked', { question: pick(question.ask, lang) })
  return fact.startsWith('answers.') ? t('fact.answer') : t(`fact.${fact}`)
}

/** The value of a text fact as people call it. What has no name here is “another”: codes are nobody's words. */
export function codeName({ t, lang }: View, pack: LoadedPack, matter: Matter, fact: string, code: string): string {
  const question = questionOf(matter, fact)
  const option = question?.options?.find((each) => each.value === code)
  if (option) return pick(option.text, lang)
  if (question) return question.kind === 'date' ? formatDate(code, lang) : code
  if (fact.endsWith('_area')) return pack.areaRowIn(t, lang, code) || t('explanations.elsewhere')
  if (fact === 'person.receives') {
    const received = pack.matters.find((each) => each.code === code)
    return received ? pick(received.name, lang) : t('explanations.other_benefit')
  }
  if (code === ANOTHER) return t('explanations.another')
  if (fact === 'person.sex') return t(`document.sex.${code === 'male' || code === 'female' ? code : 'unknown'}`)
  if (fact === 'person.disability_kind' && KINDS.has(code)) return t(`people.disability.${code}`)
  return t('explanations.another')
}

const KINDS: ReadonlySet<string> = new Set(['sight', 'hearing', 'speech', 'physical', 'intellectual', 'multiple'])

/** An official text with its clause. */
export function citedBy(view: View, pack: LoadedPack, basis: { document: string; clause: string }): string {
  const { t, lang } = view
  const text = pack.pack.bases.find((each) => each.code === basis.document)
  if (!text) return ''
  const title = text.number
    ? t('explanations.text_numbered', { title: pick(text.title, lang), number: documentNumber(t, text.number) })
    : t('explanations.text', { title: pick(text.title, lang) })
  return isClauseKnown(basis.clause)
    ? t('explanations.clause', { title, clause: clauseText(view, basis.clause, text.clauses) })
    : t('explanations.clause_open', { title })
}
