/** No busywork: an indicator that is fed by what people did, and not by what came of it, is refused with its clause. Pure. */
import { type Indicators, isBusywork, isResult, isWhole, resultSources, smuggled } from './indicators.ts'
import type { Findings, Language, Located, OfficialDocument, Place } from './pack/index.ts'

interface Places {
  of: Place
  among: Place
  name: Place
}
/** Where each indicator stands in its file; what the reader hands on is the pack's content alone. */
export const placesOfIndicators = new WeakMap<object, readonly Places[]>()

export function checkIndicators(
  read: Indicators | null,
  bases: readonly Located<OfficialDocument>[],
  findings: Findings,
  language: Language,
): void {
  const places = read && placesOfIndicators.get(read)
  if (!read || !places) return
  const rowOf = (source: string) => read.busywork.find(({ code }) => code === source)
  const clauseOf = (source: string): string => {
    const basis = rowOf(source)?.basis
    const text = bases.find(({ value }) => value?.code === basis?.document)?.value
    return text && basis ? `${text.title[language]} ${text.number} ${basis.clause}` : ''
  }
  const allowed = Object.entries(resultSources)
    .map(([of, among]) => `${of} / ${among}`)
    .join(', ')
  read.indicators.forEach((indicator, at) => {
    const { code: name, formula } = indicator
    const place = places[at]!
    const refused = (
      [
        [formula.of, place.of],
        [formula.among ?? '', place.among],
      ] as const
    ).filter(([source]) => isBusywork(source))
    for (const [source, where] of refused)
      findings.error('indicator-busywork', where, {
        name,
        counted: rowOf(source)?.name[language] ?? source,
        clause: clauseOf(source),
        instead: rowOf(source)?.instead ?? allowed,
      })
    if (refused.length > 0) return
    // How many there were, out of nothing: the count itself would be the aim.
    if (isWhole(formula.of) || (isResult(formula.of) && formula.among === undefined))
      findings.error('indicator-raw-count', place.of, { name, source: formula.of, clause: clauseOf('report_count'), allowed })
    else if (!isResult(formula.of)) findings.error('indicator-source-unknown', place.of, { name, source: formula.of, allowed })
    else if (formula.among !== resultSources[formula.of])
      findings.error('indicator-whole', place.among, { name, source: formula.of, whole: resultSources[formula.of] })
    const hidden = smuggled(indicator, read.busywork)
    if (hidden)
      findings.warn('indicator-smuggles', place.name, {
        name,
        word: hidden.word,
        clause: clauseOf(hidden.row.code),
        instead: hidden.row.instead,
      })
  })
}
