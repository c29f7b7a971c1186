/** What holds, as the head of a page says it. */
import type { Platform } from '../../../platform/platform.ts'
import type { Lang } from '../../../platform/words.ts'
import type { View } from '../../../ui/index.ts'
import { emergenciesIn } from '../pack.ts'
import { type Broadcast, wordsOf } from './broadcast.ts'
import { kindName, toneOf } from './pages/parts.tsx'
import { runningFor } from './shown.ts'

/** More would push the page itself out of sight: of all others their number is said. */
const MOST = 1

export async function runningWarnings(
  platform: Platform,
  area: string,
  now: Date,
  lang: Lang,
): Promise<NonNullable<View['warnings']>> {
  const { packs, words } = platform.services
  if (!packs.inForce().pack.emergencies) return []
  const running = await runningFor(platform, area, now)
  if (running.length === 0) return []
  const emergencies = emergenciesIn(packs.inForce())
  const t = words.in(lang)
  // The gravest colour first, and of two alike the newer one.
  const rank = ({ colour }: Broadcast) =>
    colour === null ? emergencies.colours.length : emergencies.colours.findIndex(({ code }) => code === colour)
  const shown = running
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, MOST)
    .map((one) => ({
      href: `/warnings/${one.id}`,
      label: wordsOf(one, lang).headline,
      kind: kindName({ lang, t }, emergencies, one),
      tone: toneOf(one),
    }))
  if (running.length <= MOST) return shown
  return [...shown, { href: '/warnings', label: t('broadcast.more', { n: running.length - MOST }), kind: '', tone: 'info' }]
}
