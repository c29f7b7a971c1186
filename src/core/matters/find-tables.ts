/**
 * The tables that plain words mean. They compete with no matter: a table is no application, and is shown beside what was found.
 */
import type { Table } from '../tables/index.ts'
import type { LoadedPack } from './packs.ts'
import { Alphabet } from './speech.ts'

const READ = 200
const MOST = 3

interface Spoken {
  alphabet: Alphabet
  tables: { table: Table; words: string[] }[]
}
const spoken = new WeakMap<LoadedPack, Spoken>()

function spokenIn(loaded: LoadedPack): Spoken {
  const known = spoken.get(loaded)
  if (known) return known
  const alphabet = new Alphabet(loaded.pack.speech)
  const tables = loaded.tables.map((table) => ({
    table,
    words: [table.name.zh, table.name.en, ...(table.find?.words ?? [])].map((word) => alphabet.read(word)),
  }))
  const made = { alphabet, tables }
  spoken.set(loaded, made)
  return made
}

/** Latin words are whole words; Chinese ones stand anywhere. */
const says = (text: string, word: string): boolean =>
  word !== '' && (/^[a-z]/.test(word) ? ` ${text} `.includes(` ${word} `) : text.includes(word))

/** Best first, by the longest word that was said. Never throws; the same text gives the same answer. */
export function findTables(loaded: LoadedPack, typed: string): Table[] {
  const { alphabet, tables } = spokenIn(loaded)
  const text = alphabet.read(typed.slice(0, READ))
  return tables
    .map(({ table, words }) => ({
      table,
      longest: Math.max(0, ...words.filter((word) => says(text, word)).map((word) => word.length)),
    }))
    .filter(({ longest }) => longest > 0)
    .sort((a, b) => b.longest - a.longest)
    .slice(0, MOST)
    .map(({ table }) => table)
}
