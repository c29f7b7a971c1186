/** In a demo everything that would leave lies in an outbox that a page shows. The table refuses any other database. */
import type pg from 'pg'
import { type CodeProvider, maskEmail } from '../../platform/accounts/index.ts'
import { newId } from '../../platform/id.ts'
import type { MailProvider, TextProvider } from '../../platform/outbound/index.ts'

interface Seals {
  seal(plaintext: string, context: string): Buffer
  open(sealed: Uint8Array, context: string): string
  blind(value: string, context: string): Buffer
}
const CONTEXT = 'messages.demo_outbox'
const KEPT_MS = 30 * 60_000

export type Channel = 'sms' | 'email'

export interface OutboxLine {
  channel: Channel
  /** Last digits of a phone, or a masked address. */
  tail: string
  /** The code, or the text of a note. */
  text: string
  note: boolean
  sentAt: Date
}

export interface DemoOutbox {
  codes: CodeProvider
  emailCodes: CodeProvider
  texts: TextProvider
  mails: MailProvider
  list(): Promise<OutboxLine[]>
}

export function createDemoOutbox(pool: pg.Pool, crypto: Seals, clock: () => Date): DemoOutbox {
  /** @param reference the same one twice is one line */
  const put = async (channel: Channel, to: string, text: string, note: boolean, reference: string | null): Promise<string> => {
    const now = clock()
    const id = newId(now)
    await pool.query('delete from messages.demo_outbox where sent_at < $1', [new Date(now.getTime() - KEPT_MS)])
    const tail = channel === 'sms' ? to.slice(-4) : maskEmail(to)
    await pool.query(
      `insert into messages.demo_outbox (id, channel, tail, to_blind, text_sealed, note, sent_at, reference)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (reference) do nothing`,
      [id, channel, tail, crypto.blind(to, CONTEXT), crypto.seal(text, CONTEXT), note, now, reference],
    )
    return id
  }
  const codesOver = (channel: Channel): CodeProvider => ({
    available: true,
    send: async (to, code) => void (await put(channel, to, code, false, null)),
    tell: async (to, text) => void (await put(channel, to, text, true, null)),
  })
  return {
    codes: codesOver('sms'),
    emailCodes: codesOver('email'),
    texts: {
      honoursReferences: true,
      send: async ({ to, text, reference }) => ({ accepted: await put('sms', to, text, true, reference) }),
    },
    mails: {
      honoursReferences: true,
      send: async ({ to, subject, text, reference }) => ({
        accepted: await put('email', to, `${subject}\n\n${text}`, true, reference),
      }),
    },
    async list() {
      // Codes first to be found: a street's news must not push away the digits that somebody waits for.
      const { rows } = await pool.query<{ channel: Channel; tail: string; text_sealed: Buffer; note: boolean; sent_at: Date }>(
        `select channel, tail, text_sealed, note, sent_at from (
           (select * from messages.demo_outbox where not note order by sent_at desc limit 20)
           union all (select * from messages.demo_outbox where note order by sent_at desc limit 20)) o order by sent_at desc, id desc`,
      )
      return rows.map((r) => ({
        channel: r.channel,
        tail: r.tail,
        text: crypto.open(r.text_sealed, CONTEXT),
        note: r.note,
        sentAt: r.sent_at,
      }))
    },
  }
}
