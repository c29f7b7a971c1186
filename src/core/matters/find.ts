/** Which matter somebody means. A first, plain version: words of the pack that stand in the text, then shared pairs of signs. */
import type { Matter } from './matter.ts'
import type { LoadedPack } from './packs.ts'

export interface FoundMatters {
  matches: { matter: Matter; score: number }[]
  none: boolean
}

const pairsOf = (text: string): Set<string> => new Set([...text.replace(/[\p{P}\s]/gu, '')].map((sign, at, all) => sign + (all[at + 1] ?? '')).filter((pair) => pair.length > 1))

export function findMatters(pack: LoadedPack, text: string): FoundMatters {
  const typed = text.trim().toLowerCase()
  const pairs = pairsOf(typed)
  const scoreOf = (matter: Matter): number => {
    const words = [...matter.find.words, matter.name.zh, matter.name.en.toLowerCase()].filter((word) => typed.includes(word)).length
    const closest = Math.max(0, ...matter.find.sentences.map((sentence) => [...pairsOf(sentence)].filter((pair) => pairs.has(pair)).length / Math.max(pairs.size, 1)))
    return words + (closest > 0.3 ? closest : 0)
  }
  const matches = pack.matters
    .map((matter) => ({ matter, score: scoreOf(matter) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
  return { matches, none: matches.length === 0 }
}
