/**
 * Reading what people type: one spelling for one word, and the words of the pack in it. Pure; the spellings are the pack’s.
 */
import type { Speech } from './pack/schema.ts'

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** Longest first, so that `暂住证` is not read as `暂住`. */
const anyOf = (words: readonly string[]): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join('|')

const digits = '零一二三四五六七八九'
const decade = (age: number): string => (age >= 100 ? '一百岁' : age >= 20 ? `${digits[Math.floor(age / 10)]}十岁` : `${age}岁`)
const MEASURES =
  '块|元|蚊|文|万|千|分|斤|平|方|个|号|楼|栋|层|公里|米|天|路|度|次|条|人|家|户|年|月|级|后|岁|%|期|升|瓦|本|张|件|号|码|点|周岁'
const number = '(?<n>[1-9][0-9]|1[01][0-9]|[一二三四五六七八九]十[一二三四五六七八九]?|一百(?:零[一-九])?)'
const old =
  '(?<![0-9零一二三四五六七八九十百千第])(?<n>[6-9][0-9]|1[01][0-9]|[六七八九]十[一二三四五六七八九]?)(?![0-9零一二三四五六七八九十百])'
const AGES = [
  new RegExp(`${number}(?:多|几|来)? ?(?:周|虚)?岁`, 'gu'),
  // Of the old one says the number alone; of flats, money and house numbers one says what it counts.
  new RegExp(`${old}(?:有多|出头|多|几|来)?(?! ?(?:${MEASURES}))`, 'gu'),
  /(?:over|aged?|turn(?:ed|s|ing)?|older than) (?<n>[1-9][0-9]|1[01][0-9])(?![0-9])/gu,
  /(?<![0-9])(?<n>[1-9][0-9]|1[01][0-9]) ?(?:years? ?old|years? of age|year olds?|yo|y o)/gu,
]

function numberOf(text: string): number {
  if (/^[0-9]/.test(text)) return Number(text)
  if (text.startsWith('一百')) return 100
  return digits.indexOf(text[0]!) * 10
}

/** Every age becomes its decade, so that a pack can write `七十岁` for all from 70 to 79. */
export const agesByDecade = (text: string): string =>
  AGES.reduce(
    (read, pattern) => read.replace(pattern, (...all) => ` ${decade(numberOf((all.at(-1) as { n: string }).n))} `),
    text,
  )

export class Alphabet {
  readonly #simplified: ReadonlyMap<string, string>
  readonly #same: ReadonlyMap<string, string>
  readonly #others: RegExp | null
  readonly #sounds: ReadonlyMap<string, string>
  constructor(speech: Speech | undefined) {
    this.#simplified = new Map(
      (speech?.simplified ?? '')
        .split(/\s+/)
        .filter((p) => p !== '')
        .map((p) => [[...p][0]!, [...p][1] ?? '']),
    )
    const plain = (word: string): string => this.#letters(word).trim()
    // The first of a group stands for itself, so that `妈` is not found inside `妈妈`.
    this.#same = new Map(
      (speech?.same ?? []).flatMap(([first, ...others]) =>
        [first!, ...others].map((word) => [plain(word), plain(first!)] as const),
      ),
    )
    this.#others = this.#same.size > 0 ? new RegExp(anyOf([...this.#same.keys()]), 'gu') : null
    this.#sounds = new Map((speech?.sounds ?? []).flatMap((group) => [...group].map((sign) => [sign, [...group][0]!] as const)))
  }
  /** Letters and digits alone, small, in one width and script, with a space where anything else stood. */
  #letters(text: string): string {
    const plain = text.normalize('NFKC').toLowerCase().replace(/['’]/gu, '')
    return [...plain]
      .map((sign) => this.#simplified.get(sign) ?? sign)
      .join('')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
  }
  read(text: string): string {
    let read = this.#letters(text)
    // Twice: 冇钱 is first 没有钱, then 没钱.
    if (this.#others) for (let i = 0; i < 2; i++) read = read.replace(this.#others, (other) => this.#same.get(other)!)
    return agesByDecade(read).replace(/ +/g, ' ').trim()
  }
  /** One sign for all that sound alike; as long as the text. */
  sound(text: string): string {
    return Array.from(text, (sign) => this.#sounds.get(sign) ?? sign).join('')
  }
}

export interface Hit {
  word: string
  /** How the index has it. */
  term: string
  bySound: boolean
}

/** The words of a pack, found in a text. */
export class Lexicon {
  readonly #alphabet: Alphabet
  readonly #words: ReadonlySet<string>
  /** By sound to one word that sounds so. */
  readonly #sounding: ReadonlyMap<string, string>
  /** By first sign: the longest word that begins so. Most signs begin none, which is what makes a long text cheap. */
  readonly #longest = new Map<string, number>()
  readonly #skip: RegExp
  constructor(words: ReadonlySet<string>, alphabet: Alphabet, skip: readonly string[]) {
    this.#alphabet = alphabet
    this.#words = words
    this.#sounding = new Map(
      [...words].filter((word) => /^\p{Script=Han}{2,}$/u.test(word)).map((word) => [alphabet.sound(word), word]),
    )
    for (const word of [...words, ...this.#sounding.keys()])
      this.#longest.set(word[0]!, Math.max(this.#longest.get(word[0]!) ?? 0, word.length))
    const han = skip.filter((word) => !/[a-z]/.test(word))
    const latin = skip.filter((word) => /[a-z]/.test(word))
    this.#skip = new RegExp(`${anyOf(han) || '(?!)'}|\\b(?:${anyOf(latin) || '(?!)'})\\b`, 'gu')
  }

  /** Words in the text, longest first at each place, none inside another; `rest` is what no word covers. */
  hits(text: string): { hits: Hit[]; rest: string } {
    const covered = new Array<boolean>(text.length).fill(false)
    const exact = (part: string): Hit | undefined =>
      this.#words.has(part) ? { word: part, term: `=${part}`, bySound: false } : undefined
    const hits = this.#pass(text, covered, (part) => (part.length > 1 ? exact(part) : undefined))
    const sound = this.#alphabet.sound(text)
    if (sound.length === text.length) {
      hits.push(
        ...this.#pass(sound, covered, (part) => {
          const word = this.#sounding.get(part)
          return word === undefined ? undefined : { word, term: `~${part}`, bySound: true }
        }),
      )
    }
    // A word of one sign comes last: 住 must not break 赞住证, which sounds like 暂住证.
    hits.push(...this.#pass(text, covered, exact, 1))
    return {
      hits,
      rest: [...text].length === text.length ? Array.from(text, (sign, i) => (covered[i] ? ' ' : sign)).join('') : text,
    }
  }

  #pass(text: string, covered: boolean[], hitOf: (part: string) => Hit | undefined, most = Number.POSITIVE_INFINITY): Hit[] {
    const before = [...covered]
    const hits: Hit[] = []
    let end = 0
    for (let i = 0; i < text.length; i++) {
      for (let j = Math.min(text.length, i + Math.min(most, this.#longest.get(text[i]!) ?? 0)); j > Math.max(i, end); j--) {
        const hit = hitOf(text.slice(i, j))
        if (!hit || !isWhole(text, i, j) || before.slice(i, j).some(Boolean)) continue
        hits.push(hit)
        covered.fill(true, i, j)
        end = j
        break
      }
    }
    return hits
  }

  /** Pairs of Chinese characters and whole words of other scripts, without what says nothing. */
  pieces(text: string): string[] {
    const pieces: string[] = []
    for (const run of text.replace(this.#skip, ' ').match(/\p{Script=Han}+|[^\p{Script=Han} ]+/gu) ?? []) {
      if (!/\p{Script=Han}/u.test(run)) {
        if (run.length > 2) pieces.push(run)
        continue
      }
      const signs = [...run]
      for (let i = 0; i + 1 < signs.length; i++) pieces.push(signs[i]! + signs[i + 1]!)
    }
    return pieces
  }
}

const letter = /[a-z0-9]/
/** A word in Latin letters ends where letters end. */
const isWhole = (text: string, from: number, to: number): boolean =>
  !(letter.test(text[from]!) && from > 0 && letter.test(text[from - 1]!)) &&
  !(letter.test(text[to - 1]!) && to < text.length && letter.test(text[to]!))
