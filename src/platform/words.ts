/**
 * The word catalogues: `src/**` + `/words/zh.yaml` and `en.yaml`, one pair a room, keys global and flattened with dots.
 * ICU messages (`{n, plural, …}`), read once at start. A catalogue that is not whole stops the start: a page in
 * production must never be the place where a missing text is found.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { parse } from 'yaml'

export type Lang = 'zh' | 'en'
export const LANGS: readonly Lang[] = ['zh', 'en']

export type Params = Readonly<Record<string, string | number>>
export type T = (key: string, params?: Params) => string

export interface Words {
  in(lang: Lang): T
  has(key: string): boolean
  keys(): readonly string[]
}

export interface WordsOptions {
  /** Throw on a missing key or parameter instead of showing `⟦key⟧`. On by itself under `node --test`. */
  strict?: boolean
  /** Where a missing text is reported when not strict. */
  report?: (message: string) => void
}

/** A text of the pack in both languages; Chinese prevails. */
export const pick = (text: { zh: string; en: string }, lang: Lang): string => text[lang]

const LOCALE = { zh: 'zh-Hans', en: 'en' } as const

interface Entry {
  /** Null where nothing is to be filled in: most texts, which are then neither compiled at the start nor formatted. */
  message: IntlMessageFormat | null
  text: string
  file: string
}

/** `rootFolder` is the folder that holds `src`. Throws one error that lists everything wrong in all catalogues. */
export function loadWords(rootFolder: string, options: WordsOptions = {}): Words {
  const strict = options.strict ?? process.env.NODE_TEST_CONTEXT !== undefined
  const report = options.report ?? ((message: string) => console.error(message))
  const problems: string[] = []
  const catalogues = { zh: new Map<string, Entry>(), en: new Map<string, Entry>() }

  for (const lang of LANGS) {
    const files = globSync(`src/**/words/${lang}.yaml`, { cwd: rootFolder }).sort()
    for (const file of files) readCatalogue(rootFolder, file, lang, catalogues[lang], problems)
  }
  if (catalogues.zh.size === 0) problems.push(`no words found under ${rootFolder}/src: is this the folder of the program?`)
  compare(catalogues.zh, catalogues.en, problems)
  if (problems.length > 0) throw new Error(`The word catalogues are not whole:\n  ${problems.join('\n  ')}`)

  const missing = (key: string, why: string): string => {
    const message = `words: ${key}: ${why}`
    if (strict) throw new Error(message)
    report(message)
    return `⟦${key}⟧`
  }
  const speak =
    (lang: Lang): T =>
    (key, params) => {
      const entry = catalogues[lang].get(key)
      if (!entry) return missing(key, `no text in ${lang}; add it to words/zh.yaml and words/en.yaml of its room`)
      try {
        return entry.message ? String(entry.message.format(params as Record<string, string | number>)) : entry.text
      } catch (error) {
        return missing(key, `${entry.file}: ${(error as Error).message}`)
      }
    }
  const speakers = { zh: speak('zh'), en: speak('en') }
  return {
    in: (lang) => speakers[lang],
    has: (key) => catalogues.zh.has(key),
    keys: () => [...catalogues.zh.keys()],
  }
}

/** What means something to ICU outside of a plural. */
const SIGNS = /[{}']/

function readCatalogue(root: string, file: string, lang: Lang, into: Map<string, Entry>, problems: string[]): void {
  let tree: unknown
  try {
    tree = parse(readFileSync(join(root, file), 'utf8'))
  } catch (error) {
    problems.push(`${file}: ${(error as Error).message}`)
    return
  }
  for (const [key, text] of flatten(tree, '', file, problems)) {
    const before = into.get(key)
    if (before) {
      problems.push(`${file}: ${key} is already defined in ${before.file}`)
      continue
    }
    try {
      // ignoreTag: texts are escaped by the page, so `<` is only ever a sign.
      const message = SIGNS.test(text) ? new IntlMessageFormat(text, LOCALE[lang], undefined, { ignoreTag: true }) : null
      into.set(key, { message, text, file })
    } catch (error) {
      problems.push(`${file}: ${key}: ${(error as Error).message}: ${text}`)
    }
  }
}

function* flatten(node: unknown, prefix: string, file: string, problems: string[]): Generator<[string, string]> {
  if (node === null || typeof node !== 'object' || Array.isArray(node)) {
    problems.push(`${file}: ${prefix || 'the file'} must hold keys, found ${Array.isArray(node) ? 'a list' : String(node)}`)
    return
  }
  for (const [name, value] of Object.entries(node)) {
    const key = prefix ? `${prefix}.${name}` : name
    if (typeof value === 'string') yield [key, value]
    // An unquoted yes, 12 or empty line is a slip of the pen, not a text.
    else if (value === null || typeof value !== 'object') problems.push(`${file}: ${key} is not a text; put it in quotes`)
    else yield* flatten(value, key, file, problems)
  }
}

function compare(zh: Map<string, Entry>, en: Map<string, Entry>, problems: string[]): void {
  for (const [key, entry] of zh) {
    const other = en.get(key)
    if (!other) {
      problems.push(`${entry.file}: ${key} has no English text`)
      continue
    }
    const [a, b] = [placeholders(entry.message), placeholders(other.message)]
    if (a !== b) problems.push(`${entry.file}: ${key} fills in {${a}} in Chinese but {${b}} in English`)
  }
  for (const [key, entry] of en) if (!zh.has(key)) problems.push(`${entry.file}: ${key} has no Chinese text`)
}

/** Names of the arguments, sorted; a plural's branches are looked into. */
function placeholders(message: IntlMessageFormat | null): string {
  const names = new Set<string>()
  const walk = (nodes: readonly unknown[]): void => {
    for (const node of nodes as { type: number; value?: string; options?: Record<string, { value: unknown[] }> }[]) {
      // ICU element types: 0 is a literal and 7 the `#` of a plural; every other one names an argument.
      if (node.type !== 0 && node.type !== 7 && node.value) names.add(node.value)
      for (const option of Object.values(node.options ?? {})) walk(option.value)
    }
  }
  if (message) walk(message.getAst())
  return [...names].sort().join(', ')
}
