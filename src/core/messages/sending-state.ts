/** How sending stands, for whoever keeps the box: counts without anybody's name, and what needs somebody. */
import { sql } from '../../platform/database/tx.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Channel } from './demo-outbox.ts'
import { sweepScope } from './send.ts'

/** For so long a channel may fail before somebody is called. */
const ALARM_MS = 3_600_000
const DAY_MS = 24 * ALARM_MS

export type SendingAlarm = `${Channel}-stuck`

/** Open ones now, and settled ones of the last 24 hours. */
export const countDispatches = (platform: Platform, now: Date): Promise<{ channel: Channel; state: string; count: number }[]> =>
  platform.db.as(sweepScope(platform), (tx) =>
    tx.rows(sql`select channel, state, count(*)::int as count from messages.dispatch
      where settled_at > ${new Date(now.getTime() - DAY_MS)} or state in ('due', 'sending') group by 1, 2 order by 1, 2`),
  )

/** Channels on which every try of the last hour failed. */
export async function sendingAlarms(platform: Platform, now: Date): Promise<SendingAlarm[]> {
  const stuck = await platform.db.as(sweepScope(platform), (tx) =>
    tx.rows(sql<{ channel: Channel }>`select f.channel from (
        select channel, min(failing_since) as since from messages.dispatch where state = 'due' and failing_since is not null group by 1) f
      where f.since <= ${new Date(now.getTime() - ALARM_MS)}
        and not exists (select from messages.dispatch s where s.channel = f.channel and s.settled_at > f.since and s.state = 'sent') order by 1`),
  )
  return stuck.map(({ channel }): SendingAlarm => `${channel}-stuck`)
}
