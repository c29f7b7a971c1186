/** What one correction notice asks for, and where it is given. Pure. */
import { conditionsOf } from '../matters/asked-when.ts'
import type { Material, Matter } from '../matters/index.ts'

/** A file may be given for it: it is uploaded, or the registers need not hold it. */
const isAttached = ({ source, register }: Material): boolean => source === 'upload' || register !== undefined

type Asking = Pick<Matter, 'questions' | 'materials'>

/** A material that is an answer (an account to pay to) is asked for by its question: whoever lacks it can state it. */
export function withQuestions({ questions, materials }: Asking, missing: readonly string[]): string[] {
  const answers = materials.filter((m) => m.source === 'form' && missing.includes(m.code)).map((m) => m.code)
  const more = questions.filter((q) => q.kind !== 'files' && q.materials?.some((code) => answers.includes(code)))
  return [...new Set([...missing, ...more.map((q) => q.code)])]
}

/** Another answer to a question may be what others are asked for, or a day that others follow: they stand beside it, to be answered if it is. */
function withDependants(questions: Asking['questions'], missing: readonly string[]): Set<string> {
  const wanted = new Set(missing)
  for (const { code, not_before, ...question } of questions)
    if (conditionsOf(question).some(([other]) => wanted.has(other)) || (not_before && wanted.has(not_before))) wanted.add(code)
  return wanted
}

/** Questions that stand beside what was asked for. */
export const besideOf = ({ questions }: Pick<Asking, 'questions'>, missing: readonly string[]): string[] =>
  [...withDependants(questions, missing)].filter((code) => !missing.includes(code))

/** `questions` and `materials` are given on a page; `others` only at the window. */
export function askedFor({ questions, materials }: Asking, missing: readonly string[]) {
  const wanted = withDependants(questions, missing)
  const asked = questions.filter((q) => wanted.has(q.code))
  const stated = asked.filter((q) => q.kind !== 'files')
  const collected = new Set(asked.flatMap((q) => q.materials ?? []))
  return {
    questions: stated,
    materials: materials.filter((m) => isAttached(m) && (wanted.has(m.code) || collected.has(m.code))),
    others: materials.filter((m) => !isAttached(m) && wanted.has(m.code) && !collected.has(m.code)),
  }
}

/** At the window an officer takes what a page cannot: what she draws up herself is a file of hers. */
export function askedAtWindow(matter: Asking, missing: readonly string[]) {
  const { questions, materials, others } = askedFor(matter, missing)
  return { questions, materials: [...materials, ...others.filter((m) => m.source === 'officer')] }
}
