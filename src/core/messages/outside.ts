/**
 * What a message says outside the house. Whoever looks over her shoulder, holds her old phone or reads her mail learns that there
 * is something to read or to do, perhaps until when, and nothing else: no name, matter, organ, address, amount, id or token. Pure.
 */
import type { Day } from '../../platform/time.ts'
import type { T, Words } from '../../platform/words.ts'

/** Of the account: told at any hour, because each hour counts if it was not she. */
const OF_ACCOUNT = [
  'account_bound',
  'account_unbound',
  'phone_changed',
  'bank_account_changed',
  'email_changed',
  'email_removed',
  'proxy_given',
  'proxy_taken',
  'proxy_ended',
] as const
/** What holds where she lives and may be dangerous: told at any hour, and nothing of her is in it. */
const OF_DANGER = ['warning_urgent'] as const
/** She is asked for something, by a day. */
const TO_DO = ['correction_requested', 'permit_ending'] as const

export type OutsideClass = 'news' | 'to_do' | 'account' | 'danger' | 'several'

/** Kinds that do not wait for the morning. */
export const urgentKinds: readonly string[] = [...OF_ACCOUNT, ...OF_DANGER]

/** A kind that is not known here is news: it says least. */
export function classOf(kind: string): Exclude<OutsideClass, 'several'> {
  if ((OF_ACCOUNT as readonly string[]).includes(kind)) return 'account'
  if ((OF_DANGER as readonly string[]).includes(kind)) return 'danger'
  return (TO_DO as readonly string[]).includes(kind) ? 'to_do' : 'news'
}

export interface Outside {
  /** Name of the text: what an operator approved beforehand. */
  template: OutsideClass
  params: Readonly<Record<string, string | number>>
}

/** The last day is the only thing that a message gives away. */
export function outsideOf(parcel: readonly { kind: string; lastDay: Day | null }[], publicUrl: string): Outside {
  const url = publicUrl
  const [first] = parcel
  if (!first) throw new Error('a parcel holds a message')
  if (parcel.length > 1) return { template: 'several', params: { n: parcel.length, url } }
  const template = classOf(first.kind)
  return { template, params: template === 'to_do' ? { by: first.lastDay ?? 'none', url } : { url } }
}

/** An SMS has one language: residents read Chinese first. */
export const smsText = (words: Words, { template, params }: Outside): string => say(words.in('zh'), template, params)

/** A letter has room for both. */
export function mailText(words: Words, { template, params }: Outside): { subject: string; text: string } {
  const [zh, en] = [words.in('zh'), words.in('en')]
  const part = (t: T) => `${say(t, template, params)}\n${t('outside.why')}`
  return { subject: `${zh('outside.subject')} · ${en('outside.subject')}`, text: `${part(zh)}\n\n${part(en)}\n` }
}

const say = (t: T, template: OutsideClass, params: Outside['params']): string => t(`outside.${template}`, params)
