/**
 * The finder: a resident says in plain words what is wanted, and the matter of the pack comes first, or it says that there
 * is none. Words, their spellings and what is done elsewhere are the pack’s; here is only how evidence is weighed.
 *
 * A matter and a topic of `elsewhere` compete in one index, because a wish for something else usually shares words with a
 * matter (“结婚登记”, “公租房”): without the rival, any threshold either lets it in or keeps the matter out.
 */
import MiniSearch, { type SearchResult } from 'minisearch'
import type { Matter } from './matter.ts'
import type { Elsewhere } from './pack/schema.ts'
import type { LoadedPack } from './packs.ts'
import { Alphabet, type Hit, Lexicon } from './speech.ts'

export interface FoundMatters {
  /** Every matter with any evidence, best first. A score of 1 is one clear word of two characters. */
  matches: { matter: Matter; score: number }[]
  /** Nothing in the pack is what was asked for; `matches` then are only the nearest. */
  none: boolean
  /** Of `none`: what shares a whole word with what was typed, alike near. “失业” alone is a word of several matters and means one of them. */
  maybe: Matter[]
  /** Where to go instead, if the pack knows; beside a matter, where it is as likely meant. */
  elsewhere: Pick<Elsewhere, 'about' | 'go' | 'page'> | null
}

/** Characters of the input that are read; what a person wants is said by then. */
const READ = 200
/** Least score of a matter, and of a topic elsewhere, in clear words. */
const ENOUGH = 0.65
/** A clear word by its length; longer ones say more. */
const LENGTH_WEIGHT = [0, 0.7, 1, 1.4, 1.8, 2.1]
const WEAK = 0.42
/** How near the nearest others are that are named with it. */
const ALIKE = 0.75
const SOUND = 0.85
const PAIR = 0.16

interface Entry {
  id: number
  words: string[]
  text: string[]
}

class Finder {
  readonly #matters: readonly Matter[]
  readonly #topics: readonly Elsewhere[]
  readonly #alphabet: Alphabet
  readonly #lexicon: Lexicon
  readonly #weak: ReadonlySet<string>
  readonly #words: ReadonlySet<string>
  /** The matters that have a word as their name. */
  readonly #named = new Map<string, number[]>()
  readonly #index: MiniSearch<Entry>
  /** Score of a term that one entry alone has: what scores are counted in, so that they do not depend on the pack’s size. */
  readonly #unit: number

  constructor({ pack }: LoadedPack) {
    const topics = pack.elsewhere ?? []
    this.#matters = pack.matters
    this.#topics = topics
    this.#alphabet = new Alphabet(pack.speech)
    const read = (words: readonly string[]) => [
      ...new Set(words.map((word) => this.#alphabet.read(word)).filter((word) => word !== '')),
    ]
    const spoken = [
      ...pack.matters.map((m) => read([m.name.zh, m.name.en, ...m.find.words])),
      ...topics.map((t) => read([t.about.zh, t.about.en, ...t.words])),
    ]
    for (const [id, { name }] of pack.matters.entries())
      for (const word of read([name.zh, name.en])) this.#named.set(word, [...(this.#named.get(word) ?? []), id])
    this.#weak = new Set(read(pack.speech?.weak ?? []))
    this.#words = new Set(spoken.slice(0, pack.matters.length).flat())
    this.#lexicon = new Lexicon(new Set(spoken.flat()), this.#alphabet, read(pack.speech?.skip ?? []))
    const texts = [
      ...pack.matters.map((m) => [m.name, m.summary, m.who].flatMap((t) => [t.zh, t.en]).concat(m.find.words, m.find.sentences)),
      ...topics.map((t) => [t.about.zh, t.about.en, ...t.words]),
    ]
    this.#index = new MiniSearch<Entry>({
      fields: ['words', 'text'],
      extractField: (entry, field) =>
        field === 'id' ? (entry.id as never) : (entry[field as 'words' | 'text'].join('\n') as never),
      tokenize: (text) => text.split('\n'),
      processTerm: (term) => term || null,
    })
    this.#index.addAll(
      spoken.map((words, id) => ({
        id,
        words: words.flatMap((word) => [`=${word}`, `~${this.#alphabet.sound(word)}`]),
        text: texts[id]!.flatMap((text) => this.#lexicon.pieces(this.#alphabet.read(text))),
      })),
    )
    this.#unit = Math.log(1 + (spoken.length - 0.5) / 1.5)
  }

  find(typed: string): FoundMatters {
    const text = this.#alphabet.read(typed.slice(0, READ))
    const { hits, rest } = this.#lexicon.hits(text)
    const named = new Set(hits.flatMap(({ word }) => this.#named.get(word) ?? []))
    const weights = new Map<string, number>()
    for (const hit of hits) weights.set(hit.term, Math.max(weights.get(hit.term) ?? 0, this.#weightOf(hit)))
    for (const piece of this.#lexicon.pieces(rest)) weights.set(piece, PAIR * (isLatin(piece) ? 4 : 1))
    if (weights.size === 0) return { matches: [], none: true, maybe: [], elsewhere: null }

    const results = this.#index.search([...weights.keys()].join('\n'), {
      // Lengths of the entries say how well a topic is described, not how well it fits.
      bm25: { k: 1.2, b: 0, d: 0 },
      boostTerm: (term) => weights.get(term) ?? 0,
      fuzzy: (term) => (isLatin(term) && term.length > 4 ? 1 : false),
    })
    const scored = results
      .map((r) => ({ id: r.id as number, score: round(plain(r) / this.#unit) }))
      // Of two that have the word alike, it is the name of one.
      .sort((a, b) => b.score - a.score || Number(named.has(b.id)) - Number(named.has(a.id)) || a.id - b.id)
    const matches = scored
      .filter((r) => r.id < this.#matters.length)
      .map((r) => ({ matter: this.#matters[r.id]!, score: r.score }))
    const rival = scored.find((r) => r.id >= this.#matters.length)
    const score = matches[0]?.score ?? 0
    const none = score < ENOUGH || (rival !== undefined && rival.score > score)
    const shared = none ? hits.filter(({ word, bySound }) => !bySound && word.length > 1 && this.#words.has(word)) : []
    // Alike near, and the one that has the word in its name is meant first.
    const isNamed = ({ name }: Matter) =>
      shared.some(({ word }) => [name.zh, name.en].some((each) => this.#alphabet.read(each).includes(word)))
    const maybe = (shared.length > 0 ? matches.filter((one) => one.score >= score * ALIKE) : [])
      .map(({ matter }) => matter)
      .sort((a, b) => Number(isNamed(b)) - Number(isNamed(a)))
    // As likely one as the other: both are shown, and the reader knows which she meant.
    const told = rival && rival.score >= ENOUGH && (none || rival.score === score)
    const topic = told ? this.#topics[rival.id - this.#matters.length]! : null
    return {
      matches,
      none,
      maybe: maybe.slice(0, 5),
      elsewhere: topic && { about: topic.about, go: topic.go, ...(topic.page && { page: topic.page }) },
    }
  }

  #weightOf({ word, bySound }: Hit): number {
    if (this.#weak.has(word)) return bySound ? 0 : WEAK
    const length = isLatin(word) ? word.split(' ').length + 1 : [...word].length
    return (LENGTH_WEIGHT[length] ?? LENGTH_WEIGHT.at(-1)!) * (bySound ? SOUND : 1)
  }
}

const isLatin = (term: string): boolean => /^[a-z]/.test(term)
/** MiniSearch multiplies by the number of terms that met, which would make three weak words stronger than a clear one. */
const plain = (result: SearchResult): number => result.score / (result.queryTerms.length || 1)
const round = (score: number): number => Math.round(score * 1000) / 1000

const finders = new WeakMap<LoadedPack, Finder>()

/** Never throws, whatever is typed; the same text gives the same answer. */
export function findMatters(pack: LoadedPack, text: string): FoundMatters {
  let finder = finders.get(pack)
  if (!finder) {
    finder = new Finder(pack)
    finders.set(pack, finder)
  }
  return finder.find(text)
}
