/** incidents.yaml against itself and bases.yaml, by line. */
import { placesOfLines } from './check-agreement.ts'
import { IncidentTerms } from './incident-classes.ts'
import { type Beside, checkShape, YamlSource } from './pack/index.ts'

export function readIncidents(text: string, file: string, { findings, bases }: Beside): IncidentTerms | null {
  const source = new YamlSource(file, text, findings)
  if (!source.valid || !checkShape(IncidentTerms, source, findings)) return null
  const terms = source.value as IncidentTerms
  once(terms.lines, 'lines')
  once(terms.delays, 'delays')
  once(terms.groups, 'groups')
  once(terms.classes, 'classes')
  once(terms.admitted, 'admitted')
  const lines = new Set(terms.lines.map(({ code }) => code))
  const groups = new Set(terms.groups.map(({ code }) => code))
  terms.classes.forEach(({ group, line, conditions, attributes = [] }, at) => {
    if (!groups.has(group)) findings.error('incident-group-unknown', source.at('classes', at, 'group'), { name: group })
    if (!lines.has(line)) findings.error('incident-line-unknown', source.at('classes', at, 'line'), { name: line })
    once(conditions, 'classes', at, 'conditions')
    once(attributes, 'classes', at, 'attributes')
    attributes.forEach(({ code, kind, choices }, one) => {
      if ((kind === 'choice') !== Boolean(choices))
        findings.error('incident-choices', source.at('classes', at, 'attributes', one, 'code'), { name: code })
    })
  })
  if (!findings.unreadable('bases.yaml'))
    terms.admitted.forEach(({ basis }, at) => {
      if (!bases.has(basis.document))
        findings.error('document-unknown', source.at('admitted', at, 'basis', 'document'), { name: basis.document, hint: '' })
    })
  placesOfLines.set(
    terms,
    terms.admitted.flatMap(({ lines }, at) =>
      lines.map((line, one) => ({ line, place: source.at('admitted', at, 'lines', one) })),
    ),
  )
  const [west, south, east, north] = terms.bounds
  if (west >= east || south >= north) findings.error('incident-bounds', source.at('bounds'), {})
  return terms

  function once(items: readonly { code: string }[], ...path: (string | number)[]): void {
    const first = new Map<string, number>()
    items.forEach(({ code }, at) => {
      const before = first.get(code)
      if (before !== undefined)
        findings.error('name-twice', source.at(...path, at, 'code'), {
          name: code,
          first: `${file}:${source.at(...path, before, 'code').line}`,
        })
      first.set(code, before ?? at)
    })
  }
}
