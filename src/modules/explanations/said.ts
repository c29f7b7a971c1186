/** An explanation as a page says it: conditions, their lines, and under each line what it rests on. Pure. */
import type { Why, WhyLine } from '../../core/cases/index.ts'
import type { LoadedPack, Matter } from '../../core/matters/index.ts'
import { type PlainLine, sayNumber, sayResult, saySource, twoLevels, type Voice } from '../../core/rules/index.ts'
import { pick } from '../../platform/words.ts'
import { formatDate, formatMoney } from '../../ui/format.ts'
import type { CheckState, View } from '../../ui/index.ts'
import { citedBy, voiceOf } from './voice.ts'

export interface SaidLine {
  /** Of its place in the rule. */
  key: string
  state: CheckState | 'plain'
  text: string
  /** Sources, numbers of the law, what would change it. */
  notes: string[]
  lines: SaidLine[]
}

export interface SaidRule {
  rule: string
  state: CheckState
  name: string
  /** The answer in a sentence, with the next step. */
  why: string
  clause: string
  lines: SaidLine[]
}

export interface SaidAmount {
  rule: string
  name: string
  /** Empty when it is unknown. */
  money: string
  why: string
  clause: string
  lines: SaidLine[]
}

export interface Said {
  rules: SaidRule[]
  amount: SaidAmount | null
}

export function saidOf(view: View, pack: LoadedPack, matter: Matter, why: Why, who: Voice['who'] = 'you'): Said {
  const voice = voiceOf(view, pack, matter, who)
  const clauseOf = ({ basis, verified }: WhyLine['explanation']): string => {
    const clause = citedBy(view, pack, basis)
    return verified || !clause ? clause : view.t('explanations.unverified', { clause })
  }
  const linesOf = (tree: PlainLine | undefined, wanted: (line: PlainLine) => boolean = () => true): SaidLine[] => {
    // A source is told at the first line that rests on it: graded amounts ask for the same age in every grade.
    const told = new Set<string>()
    return tree
      ? twoLevels(tree)
          .filter(wanted)
          .map((line) => saidLine(voice, line, told))
      : []
  }
  return {
    rules: why.lines.map((line) => ({
      rule: line.rule,
      state: line.result,
      name: pick(pack.rule(line.rule).text, view.lang),
      why: answerOf(view, line),
      clause: clauseOf(line.explanation),
      lines: line.explanation.sealed ? [] : linesOf(line.tree),
    })),
    amount: why.amount && {
      rule: why.amount.rule,
      name: pick(pack.rule(why.amount.rule).text, view.lang),
      money: why.amount.explanation.value === null ? '' : formatMoney(why.amount.explanation.value, view.lang),
      why: why.amount.explanation.value === null ? view.t('rule.amount_unknown') : '',
      clause: clauseOf(why.amount.explanation),
      // Of an amount that is not known yet, what it depends on is told, and none of what it might be.
      lines: linesOf(why.amount.tree, (line) => why.amount!.explanation.value !== null || line.saying.kind === 'condition'),
    },
  }
}

/** What came out, and from which day it will. */
function answerOf({ t, lang }: View, { explanation, ahead }: WhyLine): string {
  const said = explanation.text ? pick(explanation.text, lang) : ''
  if (ahead)
    return t('explanations.ahead', { why: ahead.text ? pick(ahead.text, lang) : said, day: formatDate(ahead.from, lang) })
  if (explanation.metFrom) return t('explanations.from', { why: said, day: formatDate(explanation.metFrom, lang) })
  return said
}

/** One line by itself, with what it rests on. */
export const saidAlone = (view: View, pack: LoadedPack, matter: Matter, line: PlainLine, who: Voice['who']): SaidLine =>
  saidLine(voiceOf(view, pack, matter, who), { ...line, lines: [] }, new Set())

function saidLine(voice: Voice, line: PlainLine, told: Set<string>): SaidLine {
  const notes = notesOf(voice, line).filter((note) => !told.has(note))
  for (const note of notes) told.add(note)
  return {
    key: line.key,
    state: line.state === 'value' ? 'plain' : line.state,
    text: sayResult(voice, line),
    notes,
    lines: line.lines.map((each) => saidLine(voice, each, told)),
  }
}

function notesOf(voice: Voice, line: PlainLine): string[] {
  const { kind } = line.saying
  if (kind === 'all' || kind === 'any' || kind === 'choice') return []
  const names = line.facts.filter((fact) => fact.name !== 'on')
  // That a fact is not on record, the line itself says.
  const known = names.filter((fact) => fact.value !== null || fact.none)
  const sources = known.map((fact) => {
    const source = saySource(voice, fact)
    return names.length === 1 ? source : voice.t('explanations.of_fact', { fact: voice.fact(fact.name), source })
  })
  const used = names.map((fact) => voice.fact(fact.name)).join(voice.t('plain.join'))
  const told = kind === 'withheld' ? [voice.t('explanations.used', { facts: used })] : sources
  const of = kind === 'condition' && line.saying.found.kind === 'age' ? 'age' : 'other'
  const changes = line.changes.flatMap((change) =>
    // What is not on record has not to change: that it is missing is said, with who sees to it.
    change.kind === 'time' || (change.kind === 'registration' && line.state === 'unknown')
      ? []
      : [voice.t(`change.${change.kind}`, { fact: voice.fact(change.fact) })],
  )
  return [...new Set([...told, ...line.parameters.map((each) => sayNumber(voice, each, of)), ...changes])]
}
