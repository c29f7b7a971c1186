/** Reads whistles.yaml: what is wrong in it, by line. */
import { type Beside, checkShape, YamlSource } from './pack/index.ts'
import { WhistleTerms } from './whistle-terms.ts'

export function readWhistles(text: string, file: string, { findings }: Beside): WhistleTerms | null {
  const source = new YamlSource(file, text, findings)
  if (!source.valid || !checkShape(WhistleTerms, source, findings)) return null
  const terms = source.value as WhistleTerms
  terms.kinds.forEach(({ code, demo, verified }, at) => {
    const first = terms.kinds.findIndex((one) => one.code === code)
    if (first < at)
      findings.error('name-twice', source.at('kinds', at, 'code'), {
        name: code,
        first: `${file}:${source.at('kinds', first, 'code').line}`,
      })
    if (demo && verified) findings.error('demo-verified', source.at('kinds', at, 'verified'), { name: code })
  })
  return terms
}
