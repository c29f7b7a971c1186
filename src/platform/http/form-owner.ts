/**
 * For whom a form was drawn. On a shared desk a page outlives its session: whoever sits down next would send in her own name
 * what another typed. The token of a form carries a mark of its account; nobody who is signed in sends another's form. A form
 * that was drawn for nobody has no mark and may be sent by anybody.
 */
import { createHmac } from 'node:crypto'
import type { Actor } from '../actor.ts'
import { Refusal } from '../refusal.ts'

/** Stands in neither half: both are base64url. */
const SEPARATOR = '.'

interface Secrets {
  secret(use: string): Buffer
}

/** The mark of who acts; empty for nobody. It tells accounts apart, names none, and lasts as long as the sessions do. */
export const formMark = (crypto: Secrets, actor: Actor): string =>
  'accountId' in actor
    ? createHmac('sha256', crypto.secret('form owner')).update(actor.accountId).digest().subarray(0, 16).toString('base64url')
    : ''

export const marked = (token: string, mark: string): string => (mark ? `${token}${SEPARATOR}${mark}` : token)

/** Both halves of the field `_csrf` as it came. */
export function readToken(body: unknown): { token: string; mark: string } {
  const field = (body as Record<string, unknown> | null | undefined)?._csrf
  const [token = '', mark = ''] = typeof field === 'string' ? field.split(SEPARATOR) : []
  return { token, mark }
}

/** @throws Refusal `request.form_of_another` (forbidden) */
export function refuseAnothers(body: unknown, own: string): void {
  const { mark } = readToken(body)
  if (mark && own && mark !== own) throw new Refusal('request.form_of_another', 'forbidden')
}
