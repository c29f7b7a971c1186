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
  code: string
  sentAt: Date
}

export const createDemoOutbox = (pool: pg.Pool, crypto: Seals, clock: () => Date) => ({
  available: true,
  async send(phone: string, code: string): Promise<void> {
    const now = clock()
    await pool.query('delete from messages.demo_outbox where sent_at < $1', [new Date(now.getTime() - 30 * 60_000)])
    await pool.query(
      'insert into messages.demo_outbox (id, phone_tail, phone_blind, code_sealed, sent_at) values ($1, $2, $3, $4, $5)',
      [newId(now), phone.slice(-4), crypto.blind(phone, CONTEXT), crypto.seal(code, CONTEXT), now],
    )
  },
  async list(): Promise<OutboxLine[]> {
    const { rows } = await pool.query<{ phone_tail: string; code_sealed: Buffer; sent_at: Date }>(
      'select phone_tail, code_sealed, sent_at from messages.demo_outbox order by sent_at desc limit 20',
    )
    return rows.map((r) => ({ phoneTail: r.phone_tail, code: crypto.open(r.code_sealed, CONTEXT), sentAt: r.sent_at }))
  },
})
export type DemoOutbox = ReturnType<typeof createDemoOutbox>
