/** Reads hazards.yaml: what is wrong in it, by line. */
import { placesOfLines } from './check-agreement.ts'
import { type Hazards, Hazards as HazardsShape, hazardLimits } from './hazards.ts'
import { type Beside, checkShape, YamlSource } from './pack/index.ts'

export function readHazards(text: string, file: string, { findings, bases }: Beside): Hazards | null {
  const source = new YamlSource(file, text, findings)
  if (!source.valid || !checkShape(HazardsShape, source, findings)) return null
  const read = source.value as Hazards
  const once = (part: 'limits' | 'kinds' | 'powers', nameOf: (at: number) => string, field: string) => {
    const first = new Map<string, number>()
    read[part].forEach((_, at) => {
      const name = nameOf(at)
      const before = first.get(name)
      if (before === undefined) first.set(name, at)
      else
        findings.error('name-twice', source.at(part, at, field), {
          name,
          first: `${file}:${source.at(part, before, field).line}`,
        })
    })
  }
  once('limits', (at) => read.limits[at]!.code, 'code')
  once('kinds', (at) => read.kinds[at]!.code, 'code')
  once('powers', (at) => `${read.powers[at]!.order} ${read.powers[at]!.line} ${read.powers[at]!.level}`, 'order')
  for (const code of hazardLimits)
    if (!read.limits.some((limit) => limit.code === code))
      findings.error('hazard-limit-missing', source.at('limits'), { name: code })
  read.limits.forEach(({ code, demo, verified }, at) => {
    if (demo && !verified) findings.warn('sample-row', source.at('limits', at, 'code'), { name: code })
    if (demo && verified) findings.error('demo-verified', source.at('limits', at, 'verified'), { name: code })
  })
  for (const part of ['limits', 'kinds', 'powers'] as const)
    read[part].forEach(({ basis }, at) => {
      if (!findings.unreadable('bases.yaml') && !bases.has(basis.document))
        findings.error('document-unknown', source.at(part, at, 'basis', 'document'), { name: basis.document, hint: '' })
    })
  placesOfLines.set(read, [
    ...read.kinds.flatMap(({ lines }, at) => lines.map((line, n) => ({ line, place: source.at('kinds', at, 'lines', n) }))),
    ...read.powers.map(({ line }, at) => ({ line, place: source.at('powers', at, 'line') })),
  ])
  return read
}
