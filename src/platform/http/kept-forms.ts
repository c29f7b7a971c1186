/**
 * What was typed into a form that came back. The browser is sent to the page again by redirect, so that Back and Reload
 * show it instead of asking to send it once more; until it is mended the words lie here and in no address and no cookie.
 */
import type pg from 'pg'
import { newPublicId } from '../id.ts'

export interface KeptForm {
  /** Path of the page that the form stands on: it is drawn there and nowhere else. */
  page: string
  /** The route that it was sent to, and what stood in its address. */
  route: string
  params: Record<string, string>
  body: Record<string, string>
  /** Null where nothing was wrong and only more room was asked for. */
  refusal: { code: string; kind: 'invalid' | 'conflict'; params: Readonly<Record<string, unknown>> } | null
}

export interface KeptForms {
  /** @returns a public id, or null for more than a person types: that is answered without being kept. */
  keep(owner: string, form: KeptForm, now: Date): Promise<string | null>
  /** Null when there is none, when it is too old, and when it is somebody else's: alike. */
  find(id: string, owner: string, now: Date): Promise<KeptForm | null>
}

interface Seals {
  seal(plaintext: string, context: string): Buffer
  open(sealed: Uint8Array, context: string): string
  blind(value: string, context: string): Buffer
  blinds(value: string, context: string): Buffer[]
}

const CONTEXT = 'platform.kept_form'
const KEPT_MS = 15 * 60_000
/** Characters. The longest honest form is a dozen family members or a page of text. */
const MOST = 40_000
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const createKeptForms = (pool: pg.Pool, crypto: Seals): KeptForms => ({
  async keep(owner, form, now) {
    const text = JSON.stringify(form)
    if (text.length > MOST) return null
    const id = newPublicId()
    await pool.query({
      name: 'platform.kept_form.keep',
      text: 'insert into platform.kept_form (id, owner, sealed, kept_at) values ($1, $2, $3, $4)',
      values: [id, crypto.blind(owner, CONTEXT), crypto.seal(text, CONTEXT), now],
    })
    return id
  },
  async find(id, owner, now) {
    if (!ID.test(id)) return null
    const { rows } = await pool.query<{ sealed: Buffer }>({
      name: 'platform.kept_form.find',
      text: 'select sealed from platform.kept_form where id = $1 and owner = any($2) and kept_at > $3',
      values: [id, crypto.blinds(owner, CONTEXT), new Date(now.getTime() - KEPT_MS)],
    })
    return rows[0] ? (JSON.parse(crypto.open(rows[0].sealed, CONTEXT)) as KeptForm) : null
  },
})

/** Takes away what nobody can open any more; for a schedule. */
export const forgetKeptForms = (pool: pg.Pool, now: Date): Promise<unknown> =>
  pool.query({
    name: 'platform.kept_form.forget',
    text: 'delete from platform.kept_form where kept_at <= $1',
    values: [new Date(now.getTime() - KEPT_MS)],
  })
