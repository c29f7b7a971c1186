/**
 * Form of the texts for people. A missing text is an error of shape; what is here only reads badly.
 */
import type { Findings } from './finding.ts'
import type { YamlSource } from './source.ts'

const halfWidth = /(?:\p{Script=Han}\s*([,;:?!()])|([,;:?!()])\s*\p{Script=Han}|\p{Script=Han}(\.)(?!\d))/u
const chinese = /[\p{Script=Han}，。；：？！（）、]/u

export function checkTexts(sources: readonly YamlSource[], findings: Findings): void {
  for (const source of sources) {
    for (const { language, text, place } of source.texts()) {
      if (text !== '' && text.trim() === '') findings.error('text-missing', place, { field: language, language })
      if (language === 'zh') {
        const found = halfWidth.exec(text)
        if (found) findings.warn('half-width', place, { mark: found[1] ?? found[2] ?? found[3] })
      } else if (chinese.test(text)) findings.warn('english-has-chinese', place)
    }
  }
}
