/** How sending stands, for whoever keeps the box: counts without anybody's name, and what needs somebody. */
import { sql } from '../../platform/database/tx.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Channel } from './demo-outbox.ts'
import { sweepScope } from './send.ts'

/** For so long a channel may fail before somebody is called. */
const ALARM_MS = 3_600_000
const DAY_MS = 24 * ALARM_MS

export type SendingAlarm = `${Channel}-stuck`

export interface SendingState {
  /** Open ones now, and settled ones of the last 24 hours. */
  counts: { channel: Channel; state: string; count: number }[]
  /** For an hour every try on the channel failed. */
  alarms: SendingAlarm[]
}

export async function sendingState(platform: Platform, now: Date): Promise<SendingState> {
  return platform.db.as(sweepScope(platform), async (tx) => {
    const counts = await tx.rows(sql<
      SendingState['counts'][number]
    >`select channel, state, count(*)::int as count from messages.dispatch
      where settled_at > ${new Date(now.getTime() - DAY_MS)} or state in ('due', 'sending') group by 1, 2 order by 1, 2`)
    const stuck = await tx.rows(sql<{ channel: Channel }>`select f.channel from (
        select channel, min(failing_since) as since from messages.dispatch where state = 'due' and failing_since is not null group by 1) f
      where f.since <= ${new Date(now.getTime() - ALARM_MS)}
        and not exists (select from messages.dispatch s where s.channel = f.channel and s.settled_at > f.since and s.state = 'sent') order by 1`)
    return { counts, alarms: stuck.map(({ channel }): SendingAlarm => `${channel}-stuck`) }
  })
}
