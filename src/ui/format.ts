/**
 * Days, times, money and counts as people read them. The shapes are locale conventions, like a decimal point, and
 * therefore here and not in a catalogue. Business days and clock times are those of the pack's time zone.
 */
import { type Day, dayOf, TIME_ZONE } from '../platform/time.ts'
import type { Lang } from '../platform/words.ts'
import type { View } from './view.ts'

const WEEKDAYS = {
  zh: ['一', '二', '三', '四', '五', '六', '日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** `11 月 24 日（周二）` / `Tue 24 Nov`; the year is shown when it is not that of `today`, or when `today` is not given. */
/** The language of a text of the register on this page: Chinese on an English page is said in Chinese. */
export const langOf = (lang: Lang, text: unknown): 'zh-Hans' | undefined =>
  lang === 'en' && typeof text === 'string' && /\p{Script=Han}/u.test(text) ? 'zh-Hans' : undefined

export function formatDay(day: Day, lang: Lang, today?: Day): string {
  const weekday = WEEKDAYS[lang][Temporal.PlainDate.from(day).dayOfWeek - 1]
  return lang === 'zh' ? `${formatDate(day, lang, today)}（周${weekday}）` : `${weekday} ${formatDate(day, lang, today)}`
}

/** The same without the weekday: `11 月 24 日` / `24 Nov`. */
export function formatDate(day: Day, lang: Lang, today?: Day): string {
  const { year, month, day: dayOfMonth } = Temporal.PlainDate.from(day)
  const withYear = today === undefined || !today.startsWith(day.slice(0, 5))
  if (lang === 'zh') return `${withYear ? `${year} 年 ` : ''}${month} 月 ${dayOfMonth} 日`
  return `${dayOfMonth} ${MONTHS[month - 1]}${withYear ? ` ${year}` : ''}`
}

/** `2026 年 10 月` / `Oct 2026`, for `2026-10` or a day in it. */
export function formatMonth(month: string, lang: Lang): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return lang === 'zh' ? `${year} 年 ${number} 月` : `${MONTHS[number - 1]} ${year}`
}

/** For dense tables: `11-24`, with the year when it is another one. */
export const formatShortDay = (day: Day, today?: Day): string => (today?.startsWith(day.slice(0, 5)) ? day.slice(5) : day)

/** `09:12` on a 24-hour clock. */
export const formatTime = (instant: Date): string =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(TIME_ZONE)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' })

/** `11 月 24 日 09:12` / `24 Nov, 09:12`. */
export const formatDateTime = (instant: Date, lang: Lang, today?: Day): string =>
  `${formatDate(dayOf(instant), lang, today)}${lang === 'zh' ? ' ' : ', '}${formatTime(instant)}`

/** For dense tables: `11-24 09:12`. */
export const formatShortDateTime = (instant: Date, today?: Day): string =>
  `${formatShortDay(dayOf(instant), today)} ${formatTime(instant)}`

const NUMBERS = new Intl.NumberFormat('en-US')

/** `1,200`. */
export const formatNumber = (n: number): string => NUMBERS.format(n)

/** Fen as yuan without the unit: `100`, `1,200.50`. Whole yuan lose the zeros. */
export function formatYuan(fen: number): string {
  if (!Number.isSafeInteger(fen)) throw new TypeError(`money must be whole fen, got ${fen}`)
  const sign = fen < 0 ? '-' : ''
  const [yuan, rest] = [Math.trunc(Math.abs(fen) / 100), Math.abs(fen) % 100]
  return `${sign}${NUMBERS.format(yuan)}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}`
}

/** `100 元` / `¥100`. */
export const formatMoney = (fen: number, lang: Lang): string =>
  lang === 'zh' ? `${formatYuan(fen)} 元` : formatYuan(fen).replace(/^-?/, (sign) => `${sign}¥`)

/** Hundredths of a square metre: `86.5 m²`. */
export const formatArea = (hundredths: number): string => `${NUMBERS.format(hundredths / 100)} m²`

const DIGITS = '零一二三四五六七八九'

/** `二十四`, `一百零二`, `一〇二` as a number, below a thousand: no law has more articles than that. */
function readChineseNumber(numeral: string): number {
  let [sum, digit] = [0, 0]
  for (const sign of numeral.replaceAll('〇', '零')) {
    const worth = { 十: 10, 百: 100 }[sign]
    if (!worth) digit = digit * 10 + DIGITS.indexOf(sign)
    else {
      sum += (digit || 1) * worth
      digit = 0
    }
  }
  return sum + digit
}

/** What the clause numbers of a text of the law count; undefined while nobody has read it. */
type Counted = 'article' | 'section' | 'item' | undefined

/**
 * Where in a text of the law, for the sentence `ui.clause`. `named`: it says itself what it counts (第二十四条第一款), and Chinese stays as it is.
 * Chinese numerals stay Chinese in Chinese; in English `九至十三` of articles is articles `9–13`, `第二十四条第一款` article `24(1)`.
 * @param clause one that `isClauseKnown`
 */
export function formatClause(clause: string, counted: Counted, lang: Lang): { kind: string; clause: string } {
  const named = /[第条]/u.test(clause)
  if (lang === 'zh') return { kind: named ? 'named' : (counted ?? 'clause'), clause }
  const english = clause
    .replace(/[〇零一二三四五六七八九十百]+/g, (numeral) => String(readChineseNumber(numeral)))
    .replace(/第?（?((?:\d+[、，至])*\d+)）?[款项]/g, (_, numbers: string) => numbers.replace(/\d+/g, '($&)'))
    .replace(/（(\d+)）/g, '($1)')
    .replace(/[第条]/g, '')
    .replace(/[至-]/g, '–')
    .replace(/[、，]/g, ', ')
  const kind = named ? 'article' : (counted ?? 'clause')
  // Two paragraphs of one article are one article.
  const many = /[\d)](?:–|, )\d/.test(english)
  return { kind: many ? `${kind}s` : kind, clause: english }
}

/** As it stands after the name of the text: 第十四条, article 14. */
export const clauseText = ({ t, lang }: Pick<View, 't' | 'lang'>, clause: string, counted: Counted): string =>
  t('ui.clause', formatClause(clause, counted, lang))
