import type { IncidentClass } from './incident-classes.ts'

/** By any of the words that people say, in either direction: “路灯黑了” has the word, “灯” is in it. */
export function findClasses(classes: readonly IncidentClass[], asked: string): IncidentClass[] {
  const typed = asked.toLowerCase()
  return classes.filter(({ name, words }) =>
    [name.zh, name.en, ...words].some((word) => {
      const known = word.toLowerCase()
      return (
        typed.includes(known) || (typed.length > 1 && known.includes(typed)) || (typed.length === 1 && known.startsWith(typed))
      )
    }),
  )
}
