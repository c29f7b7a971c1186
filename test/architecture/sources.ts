/** The sources as the house tests read them: found from the folders themselves, never from a list. */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

export const root = join(import.meta.dirname, '../..')

export interface Source {
  /** From the root, with forward slashes. */
  path: string
  text: string
}

/** Throws when it finds nothing: a check that read no files has checked nothing. */
export function sources(pattern: string, least: number): Source[] {
  const found = globSync(pattern, { cwd: root }).sort()
  if (found.length < least) throw new Error(`${pattern}: read ${found.length} files, expected at least ${least}`)
  return found.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

export const isTest = (path: string): boolean => /\.test\.tsx?$|(^|\/)(test-\w+|\w+-scene|scene|fixtures)(\.ts|\/)/.test(path)

/** Comments as blanks, so that lines keep their numbers; strings and templates stay. */
export function withoutComments(text: string): string {
  let out = ''
  let i = 0
  let quote = ''
  const blank = (from: number, to: number) => text.slice(from, to).replace(/[^\n]/g, ' ')
  while (i < text.length) {
    const two = text.slice(i, i + 2)
    if (quote) {
      if (text[i] === '\\') {
        out += text.slice(i, i + 2)
        i += 2
        continue
      }
      if (text[i] === quote || (quote !== '`' && text[i] === '\n')) quote = ''
      out += text[i++]
    } else if (two === '//') {
      const end = text.indexOf('\n', i)
      const to = end < 0 ? text.length : end
      out += blank(i, to)
      i = to
    } else if (two === '/*') {
      const end = text.indexOf('*/', i + 2)
      const to = end < 0 ? text.length : end + 2
      out += blank(i, to)
      i = to
    } else {
      // An apostrophe after a letter is in running text of a page, not a quote.
      if (text[i] === '`' || text[i] === '"' || (text[i] === "'" && !/\w/.test(text[i - 1] ?? ''))) quote = text[i]!
      out += text[i++]
    }
  }
  return out
}

/** `path:line` of every match outside comments. */
export function matches(source: Source, pattern: RegExp): { at: string; line: string }[] {
  return withoutComments(source.text)
    .split('\n')
    .flatMap((line, i) => (pattern.test(line) ? [{ at: `${source.path}:${i + 1}`, line: line.trim() }] : []))
}

export interface Import {
  from: string
  /** From the root when it is a file of ours, else the package. */
  to: string
  typeOnly: boolean
}

export function importsOf(source: Source): Import[] {
  const text = withoutComments(source.text)
  const found: Import[] = []
  for (const m of text.matchAll(/(?:^|\n)\s*(import|export)\s+(type\s)?(?:[\w*{}\s,$]+?\sfrom\s+)?['"]([^'"]+)['"]/g)) {
    const [, , type, specifier] = m
    const to = specifier!.startsWith('.') ? relative(root, join(root, dirname(source.path), specifier!)) : specifier!
    found.push({ from: source.path, to, typeOnly: Boolean(type) })
  }
  for (const m of text.matchAll(/import\(\s*['"]([^'"]+)['"]\s*\)/g))
    found.push({
      from: source.path,
      to: m[1]!.startsWith('.') ? relative(root, join(root, dirname(source.path), m[1]!)) : m[1]!,
      typeOnly: false,
    })
  return found
}
