/** `pack import-hazards`: a city's own kinds of hazards, as the text of a hazards.yaml. Touches no database and no pack. */
import { join } from 'node:path'
import { parse } from 'yaml'
import { importHazards } from '../core/matters/index.ts'
import { loadWords } from '../platform/words.ts'
import { warn } from './console.ts'
import { giveOut, readBoth, textOf } from './import-file.ts'

interface Names {
  code: string
  name?: { zh: string }
  short?: string
  number?: string
  title?: { zh: string }
}
const called = (all: readonly Names[]) =>
  all.map(({ code, name, short, number, title }) => ({
    code,
    names: [name?.zh, short, number, title?.zh].flatMap((one) => (one ? [one] : [])),
  }))

/** @param to a file that is not there yet; without it the text goes out */
export function importHazardsFile(root: string, csv: string, folder: string, to?: string): void {
  const base = readBoth(csv, folder, 'hazards.yaml', 'kinds of hazards', to)
  const lines = called(parse(textOf(join(folder, 'pack.yaml'))).domains)
  const documents = called(parse(textOf(join(folder, 'bases.yaml'))))
  const found = importHazards(textOf(csv), csv, base, { lines, documents }, loadWords(root).in('zh'))
  if (!giveOut(csv, found, to)) return
  warn(`${found.kinds} kinds; ${found.untranslated} texts have no English yet`)
}
