/** Reads indicators.yaml: what is wrong in it alone, by line. What its clauses are called is asked beside bases.yaml. */
import { placesOfIndicators } from './check-indicators.ts'
import { busyworkSources, type Indicators, Indicators as IndicatorsShape } from './indicators.ts'
import { type Beside, checkShape, YamlSource } from './pack/index.ts'

export function readIndicators(text: string, file: string, { findings, bases }: Beside): Indicators | null {
  const source = new YamlSource(file, text, findings)
  if (!source.valid || !checkShape(IndicatorsShape, source, findings)) return null
  const read = source.value as Indicators
  for (const part of ['indicators', 'busywork'] as const) {
    const first = new Map<string, number>()
    read[part].forEach(({ code, basis }, at) => {
      const before = first.get(code)
      if (before === undefined) first.set(code, at)
      else
        findings.error('name-twice', source.at(part, at, 'code'), {
          name: code,
          first: `${file}:${source.at(part, before, 'code').line}`,
        })
      if (!findings.unreadable('bases.yaml') && !bases.has(basis.document))
        findings.error('document-unknown', source.at(part, at, 'basis', 'document'), { name: basis.document, hint: '' })
    })
  }
  for (const code of busyworkSources)
    if (!read.busywork.some((row) => row.code === code)) findings.error('busywork-missing', source.at('busywork'), { name: code })
  read.indicators.forEach(({ code, demo, verified, valid_from, valid_to }, at) => {
    if (demo && !verified) findings.warn('sample-row', source.at('indicators', at, 'code'), { name: code })
    if (demo && verified) findings.error('demo-verified', source.at('indicators', at, 'verified'), { name: code })
    if (valid_to && valid_to < valid_from)
      findings.error('dates-reversed', source.at('indicators', at, 'valid_to'), { from: valid_from, to: valid_to })
  })
  placesOfIndicators.set(
    read,
    read.indicators.map((_, at) => ({
      of: source.at('indicators', at, 'formula', 'of'),
      among: source.at('indicators', at, 'formula', 'among'),
      name: source.at('indicators', at, 'name'),
    })),
  )
  return read
}
