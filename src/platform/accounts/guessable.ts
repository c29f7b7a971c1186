/**
 * Passwords that are guessed first: those that many people have, rows of the keyboard, repeats, dates, and the words around
 * their owner. No rule says which signs a password must hold (NIST SP 800-63B): a list and an estimate, nothing else.
 */
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

/** Of 0 to 4. Four: more than ten thousand million guesses. */
const ENOUGH = 4
/** Shorter ones would be found in half of all words. */
const SHORTEST_WORD = 2

let estimate: ZxcvbnFactory | undefined

/** @param words names, numbers and places around whoever sets it, as they are written */
export function isGuessable(password: string, words: readonly string[]): boolean {
  estimate ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  const around = words.flatMap(spellings).filter((word) => [...word].length >= SHORTEST_WORD)
  return estimate.check(password, around).score < ENOUGH
}

/** As it is written, without its punctuation, and each of its parts: zhao.xiaoyan is tried as zhaoxiaoyan and as xiaoyan. */
function spellings(word: string): string[] {
  const written = word.trim().toLowerCase()
  const parts = written.split(/[^\p{L}\p{N}]+/u)
  return [...new Set([written, parts.join(''), ...parts])]
}
