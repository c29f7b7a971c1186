/** What a broadcast is called and how grave it is: a word always stands beside the colour. */
import type { Emergencies, LoadedPack } from '../../../../core/matters/index.ts'
import { pick } from '../../../../platform/words.ts'
import { formatDateTime, type Tone, type View } from '../../../../ui/index.ts'
import { shortArea } from '../../../service-centre/index.ts'
import { type Broadcast, isUrgent, type Standing } from '../broadcast.ts'

export const STANDING_TONE = {
  draft: 'warn',
  dropped: 'plain',
  issued: 'good',
  corrected: 'plain',
  withdrawn: 'bad',
  over: 'plain',
} as const satisfies Record<Standing, Tone>

/** 台风橙色预警 is written in the headline; here “橙色预警”, or what kind it is. */
export function kindName(
  { lang, t }: Pick<View, 'lang' | 't'>,
  pack: Emergencies,
  { kind, colour }: Pick<Broadcast, 'kind' | 'colour'>,
): string {
  const named = pack.broadcasts.find(({ code }) => code === kind)
  const shade = pack.colours.find(({ code }) => code === colour)
  const name = named ? pick(named.name, lang) : kind
  return shade
    ? t(named?.passed_on ? 'broadcast.coloured_passed_on' : 'broadcast.coloured', { colour: pick(shade.name, lang), kind: name })
    : name
}

export const toneOf = ({ colour }: Pick<Broadcast, 'colour'>): Tone =>
  isUrgent(colour) ? 'bad' : colour === null || colour === 'blue' ? 'info' : 'warn'

/** From whom, from when until when, where. */
export function sayings(view: View, pack: LoadedPack, one: Broadcast): string[] {
  const { t, lang, today } = view
  const at = (instant: Date) => formatDateTime(instant, lang, today)
  return [
    t('broadcast.where', { area: shortArea(view, pack.areaIn(t, lang, one.area) || one.area) }),
    ...(one.issuedAt ? [t('broadcast.from', { at: at(one.issuedAt) })] : []),
    t('broadcast.until', { at: at(one.endsAt) }),
    ...(one.issuer ? [t('broadcast.issuer', { issuer: one.issuer, number: one.issuerNumber })] : []),
  ]
}

const LONG = String.raw`0\d{2,3}[- ]?\d{7,8}|1[3-9]\d{9}|12\d{3}`
/** Three digits before a word count something: 120 people are nobody's number. */
const NUMBERS = new RegExp(String.raw`(?<!\d)(${LONG}|1(?:10|19|20|22)(?!\s?[\p{L}\d]))(?!\d)`, 'u')
const SHORT = new RegExp(String.raw`(?<!\d)(${LONG}|1(?:10|19|20|22))(?!\d)`, 'u')

/** A line with each number that can be called as a link that calls it. @param emergency every three digits of it are a number to call */
export const Called = ({ text, emergency = false }: { text: string; emergency?: boolean }) => (
  <>
    {text.split(emergency ? SHORT : NUMBERS).map((part, at) =>
      at % 2 === 1 ? (
        <a key={at} class="num" href={`tel:${part.replaceAll(/[- ]/g, '')}`}>
          {part}
        </a>
      ) : (
        part
      ),
    )}
  </>
)
