/** What was found, in words: for her, or for whoever acts for her. Pure. */

import type { LoadedPack } from '../../../core/matters/index.ts'
import { changedSince, type OwnFound } from '../../../core/outreach/index.ts'
import { pick } from '../../../platform/words.ts'
import { type Check, formatDate, formatMoney, type View } from '../../../ui/index.ts'
import { checkOf } from '../front/conditions.ts'

type State = 'met' | 'unknown' | 'not_met'

const countOf = ({ checked }: OwnFound, state: State): number => checked.lines.filter(({ result }) => result === state).length
const worst = ({ standing }: OwnFound): State => (standing === 'gone' ? 'not_met' : 'unknown')

/** @param name of the principal, for a proxy; nothing for herself */
export function standingText({ t }: View, found: OwnFound, name?: string): string {
  const key = found.running ? 'running' : found.standing
  const params = { n: countOf(found, worst(found)), number: found.running?.number ?? '' }
  return name ? t(`found.proxy.standing.${key}`, { ...params, name }) : t(`found.standing.${key}`, params)
}

/** What is no longer as it was on the day of the search; null where it is. */
export function changeText({ t, lang, today }: View, found: OwnFound, name?: string): string | null {
  const changed = changedSince(found)
  if (!changed) return null
  const day = formatDate(found.day, lang, today)
  if (changed === 'amount')
    return t('found.changed.amount', {
      day,
      was: formatMoney(found.amountFen!, lang),
      now: formatMoney(found.checked.amountFen!, lang),
    })
  const params = { day, n: countOf(found, worst(found)) }
  return name && found.standing === 'gone'
    ? t('found.proxy.changed.gone', { ...params, name })
    : t(`found.changed.${found.standing}`, params)
}

/** Each month, as far as it is known and nothing speaks against it. */
export const monthlyFen = ({ standing, checked }: OwnFound): number | null =>
  standing === 'gone' || !checked.amountFen ? null : checked.amountFen

/** Applied for ahead of its time: from which day it is hers. */
export const fromDay = ({ checked }: OwnFound): string | null =>
  checked.lines
    .flatMap(({ ahead }) => (ahead ? [ahead.from] : []))
    .sort()
    .at(-1) ?? null

/** The conditions of one answer. The rules' own sentences speak to her; somebody else is told what is asked, and the answer. */
export const checksOf = (view: View, pack: LoadedPack, found: OwnFound, state: State, forProxy: boolean): Check[] =>
  found.checked.lines
    .filter(({ result }) => result === state)
    .map((line) => {
      const { why, ...check } = checkOf(view, pack, line)
      return forProxy || !why ? check : { ...check, why }
    })

export const nameOf = (view: View, pack: LoadedPack, code: string): string => {
  const matter = pack.matters.find((one) => one.code === code)
  return matter ? pick(matter.name, view.lang) : code
}
