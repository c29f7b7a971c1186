/**
 * The files of a pack's folder as texts. What is no text, too large or lies elsewhere is told by file and line and not
 * read: a file saved in another encoding would load with every name destroyed, and nobody would see it.
 */
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Place } from './finding.ts'
import type { RawPack } from './parse.ts'

/** The areas of a city are a quarter of this; a YAML of ten megabytes kept the parser busy for 86 s. */
const MOST_BYTES = 2_000_000
const utf8 = new TextDecoder('utf-8', { fatal: true })
/** Line ends and tabs are the only controls that a writer means. */
const CONTROL = /[^\P{Cc}\t\n\r]/u

/** Hidden files are left out. @throws when the folder itself cannot be read */
export function readRaw(folder: string): RawPack {
  const files = new Map<string, string>()
  const faults: { code: string; place: Place; params: Record<string, unknown> }[] = []
  const walk = (under: string) => {
    for (const entry of readdirSync(join(folder, under), { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue
      const file = under === '' ? entry.name : `${under}/${entry.name}`
      const refuse = (code: string, line = 1) => faults.push({ code, place: { file, line }, params: { file } })
      // A link may lead out of what was reviewed, and into another content on another machine.
      if (entry.isSymbolicLink()) refuse('file-link')
      else if (entry.isDirectory()) walk(file)
      else if (!entry.isFile() || lstatSync(join(folder, file)).size > MOST_BYTES) refuse('file-too-large')
      else {
        const { text, line } = textOf(readFileSync(join(folder, file)))
        if (text === undefined) refuse('file-encoding', line)
        else files.set(file, text)
      }
    }
  }
  walk('')
  return { files, faults }
}

function textOf(bytes: Buffer): { text: string; line?: undefined } | { text?: undefined; line: number } {
  try {
    const text = utf8.decode(bytes)
    const control = CONTROL.exec(text)
    return control ? { line: text.slice(0, control.index).split('\n').length } : { text }
  } catch {
    // No line of UTF-8 contains part of another: the first that cannot be read is the place.
    let line = 1
    for (let from = 0; from < bytes.length; line += 1) {
      const end = bytes.indexOf(10, from)
      const part = bytes.subarray(from, end < 0 ? bytes.length : end)
      try {
        utf8.decode(part)
      } catch {
        return { line }
      }
      from += part.length + 1
    }
    return { line: 1 }
  }
}
