/** What becomes of a message on its way out: when it is tried again, and when it is over. Pure. */
import type { ProviderFault } from '../../platform/outbound/index.ts'
import type { Channel } from './demo-outbox.ts'

export const CHANNELS: readonly Channel[] = ['sms', 'email']

/** About 28 hours: 1, 2, 4 … 128 minutes, then every four hours. A provider may be away for a day. */
export const MOST_ATTEMPTS = 14
const LONGEST_MINUTES = 240

/** After the attempt of that number, counted from one. */
export const waitMs = (attempts: number): number => Math.min(2 ** (attempts - 1), LONGEST_MINUTES) * 60_000

/** A process that claimed and was not heard of for so long has died between hand-over and note. */
export const LOST_MS = 5 * 60_000
/** A gateway remembers references for three days (docs/sms-gateway.md); well before that nothing is sent again under one. */
export const REMEMBERED_MS = 48 * 3_600_000

export type Ending =
  /** Over: to this address it will not go, or has not gone in all tries. */
  | { state: 'failed' }
  /** It may have arrived, and asking again might bring it twice. The inbox has it. */
  | { state: 'unclear' }
  /** Once more. `together`: under the same reference and word for word, because it may have arrived; otherwise with whatever else waits by then. */
  | { state: 'due'; together: boolean; waitMs: number }

/**
 * What follows from a fault after `attempts` tries. SMS through a gateway that honours references goes again under the same one.
 * A letter that may have arrived is not sent again: no mail server has to know a Message-ID again, the inbox has the message all
 * the same, and two equal letters make people doubt both.
 */
export function after(fault: Pick<ProviderFault, 'permanent' | 'unclear'>, attempts: number, honoursReferences: boolean): Ending {
  if (fault.permanent) return { state: 'failed' }
  if (fault.unclear && !honoursReferences) return { state: 'unclear' }
  if (attempts >= MOST_ATTEMPTS) return { state: fault.unclear ? 'unclear' : 'failed' }
  return { state: 'due', together: fault.unclear, waitMs: waitMs(attempts) }
}

/** Why something was not sent; kept as `fault` of a skipped row. */
export type Skip = 'no-account' | 'safety' | 'not-wanted' | 'read' | 'no-address' | 'doubted' | 'bounced' | 'leaving'

export interface Standing {
  accountId: string | null
  safety: boolean
  /** Null: she never chose. */
  wanted: boolean | null
  read: boolean
  urgent: boolean
  channel: Channel
}

/** As she stands when it leaves, whatever stood when it was written. */
export function skipOf({ accountId, safety, wanted, read, urgent, channel }: Standing): Skip | null {
  if (accountId === null) return 'no-account'
  if (safety && wanted !== true) return 'safety'
  // What concerns the account itself goes to the phone, whatever was chosen.
  const always = urgent && channel === 'sms'
  if (!always && !(wanted ?? channel === 'sms')) return 'not-wanted'
  return read && !urgent ? 'read' : null
}
