/** 预警和提醒: who may issue one, and where it stands. Pure. */

import { lengthOf, levelOf } from '../../../core/areas/index.ts'
import type { BroadcastKind } from '../../../core/matters/index.ts'
import type { Post } from '../../../platform/actor.ts'

export const kept = ['draft', 'dropped', 'issued', 'corrected', 'withdrawn'] as const
export type Kept = (typeof kept)[number]
export type Standing = Kept | 'over'

export interface Broadcast {
  id: string
  area: string
  kind: string
  colour: string | null
  headline: string
  body: string
  headlineEn: string | null
  bodyEn: string | null
  issuer: string
  issuerNumber: string
  endsAt: Date
  status: Kept
  issuedAt: Date | null
  endedAt: Date | null
  corrects: string | null
}

/** What it is now: an issued one is over at its end time, whether anybody says so or not. */
export const standingOf = ({ status, endsAt }: Pick<Broadcast, 'status' | 'endsAt'>, now: Date): Standing =>
  status === 'issued' && endsAt <= now ? 'over' : status

/** A post issues what its own level may: not what is above it, nor for those below. */
export const levelFits = ({ levels }: BroadcastKind, post: Pick<Post, 'areas'>): boolean =>
  post.areas.some((area) => (levels as readonly string[]).includes(levelOf(area)))

/** Withdrawn or corrected it is by a level that may issue it, or by one above. */
export const mayEnd = ({ levels }: BroadcastKind, post: Pick<Post, 'areas'>): boolean =>
  post.areas.some((area) => levels.some((level) => area.length <= lengthOf[level]))

export const LONGEST_DAYS = 30
const DAY = 86_400_000

/** Why such an end is none; null when it is. */
export function endFault(endsAt: Date, now: Date): 'broadcast.ends_before' | 'broadcast.ends_late' | null {
  if (Number.isNaN(endsAt.getTime()) || endsAt <= now) return 'broadcast.ends_before'
  return endsAt.getTime() - now.getTime() > LONGEST_DAYS * DAY ? 'broadcast.ends_late' : null
}

/** In the reader's language where there is a text in it. */
export const wordsOf = (one: Pick<Broadcast, 'headline' | 'body' | 'headlineEn' | 'bodyEn'>, lang: 'zh' | 'en') =>
  lang === 'en' && one.headlineEn && one.bodyEn
    ? { headline: one.headlineEn, body: one.bodyEn, lang: 'en' as const }
    : { headline: one.headline, body: one.body, lang: 'zh-Hans' as const }

/** One paragraph a line. */
export const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)

/** What does not wait for the morning. */
export const isUrgent = (colour: string | null): boolean => colour === 'red' || colour === 'orange'
