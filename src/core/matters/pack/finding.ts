/**
 * What a check finds: where, what is wrong, and what to do. People who know the law read these, so both texts come
 * from the word lists and never from the validator.
 */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { OpenedFiles } from './source.ts'

export type Language = 'zh' | 'en'

/** A place in a file of the pack; `line` and `column` count from one. */
export interface Place {
  file: string
  line: number
  column?: number
}

export interface CheckError extends Place {
  /** An error keeps the pack out; a warning is shown and the pack is loaded. */
  severity: 'error' | 'warning'
  /** Stable, for machines and tests. */
  code: string
  message: string
  /** What to do next. */
  fix: string
}

type Words = Readonly<Record<string, string>>
/** Keys of word lists are global; the list of this room stands under one name. */
const wordsOf = (language: Language): Words =>
  parse(readFileSync(new URL(`./words/${language}.yaml`, import.meta.url), 'utf8'))['pack-check']
const catalogue: Record<Language, Words> = { zh: wordsOf('zh'), en: wordsOf('en') }

const fill = (text: string, params: Readonly<Record<string, unknown>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))

/** What is wrong with a file as a whole. */
const WHOLE: ReadonlySet<string> = new Set([
  'file-missing',
  'file-unreadable',
  'file-encoding',
  'file-too-large',
  'file-link',
  'file-empty',
  'file-not-list',
])

/** Collects findings in the order of files and lines. */
export class Findings {
  readonly #found: CheckError[] = []
  readonly #words: Words

  /** Files that need not be read again; a check adds its own. */
  readonly opened: OpenedFiles | undefined

  constructor(language: Language, opened?: OpenedFiles) {
    this.#words = catalogue[language]
    this.opened = opened
  }

  error(code: string, place: Place, params: Readonly<Record<string, unknown>> = {}): void {
    this.#add('error', code, place, params)
  }

  warn(code: string, place: Place, params: Readonly<Record<string, unknown>> = {}): void {
    this.#add('warning', code, place, params)
  }

  /** Something that another part found and has already put into words. */
  told(code: string, place: Place, message: string): void {
    this.#found.push({ severity: 'error', code, ...place, message, fix: this.#word(`${code}.fix`) })
  }

  /** A word of the list, for use inside a parameter. */
  word(key: string, params: Readonly<Record<string, unknown>> = {}): string {
    return fill(this.#word(key), params)
  }

  /** The same, for a key that may not be there. */
  has(key: string): string | undefined {
    return this.#words[key]
  }

  /** Whether an error already stands in this line, or anywhere in the file. */
  refused(file: string, line?: number): boolean {
    return this.#found.some(
      (each) => each.severity === 'error' && each.file === file && (line === undefined || each.line === line),
    )
  }

  /**
   * Whether a file as a whole could not be read, or one below a folder, or any: what it would have named is not missing
   * elsewhere, and saying so would bury the one line that is wrong.
   */
  unreadable(file = ''): boolean {
    return this.#found.some((each) => WHOLE.has(each.code) && each.file.startsWith(file))
  }

  sorted(): CheckError[] {
    return this.#found.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line))
  }

  #add(severity: CheckError['severity'], code: string, place: Place, params: Readonly<Record<string, unknown>>): void {
    const message = fill(this.#word(code), params)
    this.#found.push({ severity, code, ...place, message, fix: fill(this.#word(`${code}.fix`), params) })
  }

  #word(key: string): string {
    const text = this.#words[key]
    if (text === undefined) throw new Error(`No words for ${key}: add it to words/zh.yaml and words/en.yaml`)
    return text
  }
}
