/** What every page is given. Passed as a plain prop: a part shows where its texts come from, and a test makes one in a line. */
import type { Day } from '../platform/time.ts'
import type { Lang, T } from '../platform/words.ts'
import type { Assets } from './assets.ts'
import type { Tone } from './tone.ts'

export type Mode = 'standard' | 'elder'
export type Theme = 'light' | 'contrast'

export interface View {
  lang: Lang
  t: T
  mode: Mode
  theme: Theme
  /** Path and query of this page: where a settings link comes back to. */
  path: string
  /** The token of this page's forms, with the mark of the account that they are drawn for. */
  csrf: string
  today: Day
  demo: boolean
  assets: Assets
  /** Shown name of the person who is signed in, already masked as it should be; null when nobody is. */
  who: string | null
  /** Name of the street, in English where there is one. */
  street: string | null
  /** Telephone of the pack's service hotline, shown in the footer when given. */
  hotline?: string | null
  /** What holds where the reader lives: warnings that head every page of residents. */
  warnings?: readonly { href: string; label: string; kind: string; tone: Tone }[]
  /** More links for the footer of residents' pages. */
  footer?: readonly { href: string; label: string }[]
}

/** Field name → what to do about it. Keys are the `name` of a field; the summary links to the field of that name. */
export type Errors = Readonly<Record<string, string>>
