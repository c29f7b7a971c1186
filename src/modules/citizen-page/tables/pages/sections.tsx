/** A long form in parts that can be reached from its top, and what few people have folded away. */
import type { Table, TableQuestion } from '../../../../core/tables/index.ts'
import { pick } from '../../../../platform/words.ts'
import { Link, type View } from '../../../../ui/index.ts'

interface TableSection {
  title: TableQuestion['section']
  questions: TableQuestion[]
}

export const sectionId = (at: number): string => `section-${at + 1}`

/** A long form in parts, in their order: by the heading that a question names, or by the part of the table that it is a number of. */
export function sectionsOf({ lines, parts }: Table, asked: readonly TableQuestion[]): TableSection[] {
  const sections: TableSection[] = []
  for (const question of asked) {
    const part = lines.find((line) => line.answer === question.code)?.part
    const title = question.section ?? parts.find(({ code }) => code === part)?.name
    const last = sections.at(-1)
    if (last && last.title?.zh === title?.zh) last.questions.push(question)
    else sections.push({ title, questions: [question] })
  }
  return sections
}

/** Where to begin: nobody fills in all of a long form. */
export function Contents({ view, sections }: { view: View; sections: readonly TableSection[] }) {
  const { t, lang } = view
  if (sections.filter(({ title }) => title).length < 2) return null
  return (
    <nav aria-labelledby="contents">
      <h2 class="k-h2" id="contents">
        {t('tables.contents')}
      </h2>
      <ol class="govuk-list govuk-list--number">
        {sections.map(
          ({ title, questions }, at) =>
            title && (
              <li key={title.zh}>
                <Link href={`#${sectionId(at)}`}>
                  {t('tables.contents_of', { name: pick(title, lang), n: questions.length })}
                </Link>
              </li>
            ),
        )}
      </ol>
    </nav>
  )
}

/** Questions that stand together under one heading, in their order. */
export function foldsOf(questions: readonly TableQuestion[]): { fold: TableQuestion['fold']; questions: TableQuestion[] }[] {
  const folds: { fold: TableQuestion['fold']; questions: TableQuestion[] }[] = []
  for (const question of questions) {
    const last = folds.at(-1)
    if (last && last.fold?.zh === question.fold?.zh) last.questions.push(question)
    else folds.push({ fold: question.fold, questions: [question] })
  }
  return folds
}
