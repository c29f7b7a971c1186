/** An explanation as a page says it: conditions, their lines, and under each line what it rests on. Pure. */
import type { Why, WhyLine } from '../../core/cases/index.ts'
import type { LoadedPack, Matter } from '../../core/matters/index.ts'
import { type PlainLine, sayLine, sayNumber, saySource, twoLevels, type Voice } from '../../core/rules/index.ts'
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
  const linesOf = (tree: PlainLine | undefined): SaidLine[] => (tree ? twoLevels(tree).map((line) => saidLine(voice, line)) : [])
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
      name: pick(pack.rule(why.amount.rule).text, view.lang),
      money: why.amount.explanation.value === null ? '' : formatMoney(why.amount.explanation.value, view.lang),
      why: why.amount.explanation.value === null ? view.t('rule.amount_unknown') : '',
      clause: clauseOf(why.amount.explanation),
      lines: linesOf(why.amount.tree),
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

function saidLine(voice: Voice, line: PlainLine): SaidLine {
  return {
    key: line.key,
    state: line.state === 'value' ? 'plain' : line.state,
    text: sayLine(voice, line),
    notes: notesOf(voice, line),
    lines: line.lines.map((each) => saidLine(voice, each)),
  }
}

function notesOf(voice: Voice, line: PlainLine): string[] {
  const { kind } = line.saying
  if (kind === 'all' || kind === 'any' || kind === 'choice') return []
  const facts = line.facts.filter((fact) => fact.name !== 'on')
  const told = facts.map((fact) => {
    const source = saySource(voice, fact)
    return facts.length === 1 && !fact.withheld
      ? source
      : voice.t('explanations.of_fact', { fact: voice.fact(fact.name), source })
  })
  const changes = line.changes.flatMap((change) =>
    change.kind === 'time' ? [] : [voice.t(`change.${change.kind}`, { fact: voice.fact(change.fact) })],
  )
  return [...new Set([...told, ...line.parameters.map((each) => sayNumber(voice, each)), ...changes])]
}
