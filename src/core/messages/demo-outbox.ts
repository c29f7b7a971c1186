/** In demo the codes that an SMS provider would send lie in an outbox that a page shows. The table refuses any other database. */
import type pg from 'pg'
import { newId } from '../../platform/id.ts'

interface Seals {
  seal(plaintext: string, context: string): Buffer
  open(sealed: Uint8Array, context: string): string
  blind(value: string, context: string): Buffer
}
const CONTEXT = 'messages.demo_outbox'

export interface OutboxLine {
  phoneTail: string
  /** The code, or the sentence of a note. */
  text: string
  note: boolean
  sentAt: Date
}

async function put(pool: pg.Pool, crypto: Seals, phone: string, text: string, note: boolean, now: Date): Promise<void> {
  await pool.query('delete from messages.demo_outbox where sent_at < $1', [new Date(now.getTime() - 30 * 60_000)])
  await pool.query(
    'insert into messages.demo_outbox (id, phone_tail, phone_blind, code_sealed, note, sent_at) values ($1, $2, $3, $4, $5, $6)',
    [newId(now), phone.slice(-4), crypto.blind(phone, CONTEXT), crypto.seal(text, CONTEXT), note, now],
  )
}

export const createDemoOutbox = (pool: pg.Pool, crypto: Seals, clock: () => Date) => ({
  available: true,
  send: (phone: string, code: string): Promise<void> => put(pool, crypto, phone, code, false, clock()),
  tell: (phone: string, text: string): Promise<void> => put(pool, crypto, phone, text, true, clock()),
  async list(): Promise<OutboxLine[]> {
    const { rows } = await pool.query<{ phone_tail: string; code_sealed: Buffer; note: boolean; sent_at: Date }>(
      'select phone_tail, code_sealed, note, sent_at from messages.demo_outbox order by sent_at desc limit 20',
    )
    return rows.map((r) => ({
      phoneTail: r.phone_tail,
      text: crypto.open(r.code_sealed, CONTEXT),
      note: r.note,
      sentAt: r.sent_at,
    }))
  },
})
export type DemoOutbox = ReturnType<typeof createDemoOutbox>
