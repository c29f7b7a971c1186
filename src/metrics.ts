/** What the keeper of the box watches, gathered from the parts that know it. */
import type pg from 'pg'
import { countDispatches, sendingAlarms } from './core/messages/index.ts'
import type { Series } from './platform/http/metrics.ts'
import type { Jobs } from './platform/jobs.ts'
import type { Platform } from './platform/platform.ts'

/** Without the database only what this process knows by itself: `kaifong_ready` is 0 then. */
export async function gatherMetrics(platform: Platform, pool: pg.Pool, jobs: Jobs | null): Promise<Series[]> {
  const now = platform.clock()
  const gauge = (name: string, help: string, value: number): Series => ({ name, help, type: 'gauge', samples: [{ value }] })
  const known: Series[] = [
    gauge('process_resident_memory_bytes', 'Memory of the Node process', process.memoryUsage.rss()),
    gauge('kaifong_uptime_seconds', 'Since this process started', process.uptime()),
    {
      name: 'kaifong_database_connections',
      help: 'Connections of the pool, and requests that wait for one',
      type: 'gauge',
      samples: [
        { labels: { state: 'open' }, value: pool.totalCount },
        { labels: { state: 'idle' }, value: pool.idleCount },
        { labels: { state: 'waiting' }, value: pool.waitingCount },
      ],
    },
  ]
  try {
    const [seals, sending, dispatches, state] = await Promise.all([
      platform.services.seals.status(now),
      sendingAlarms(platform, now),
      countDispatches(platform, now),
      jobs?.state(),
    ])
    return [
      gauge('kaifong_ready', '1 when the database answers', 1),
      ...known,
      gauge('kaifong_seal_lag_seconds', 'Age of the oldest audit row without a seal', seals.lagSeconds),
      gauge('kaifong_alarms', 'What needs somebody; /readyz names it', seals.alarms.length + sending.length),
      {
        name: 'kaifong_messages',
        help: 'Messages on a channel out of the house: open ones now, settled ones of the last 24 hours',
        type: 'gauge',
        samples: dispatches.map(({ channel, state, count }) => ({ labels: { channel, state }, value: count })),
      },
      ...(state ? jobSeries(state, now) : []),
    ]
  } catch (err) {
    platform.log.warn({ err }, 'the metrics of the database could not be read')
    return [gauge('kaifong_ready', '1 when the database answers', 0), ...known]
  }
}

function jobSeries({ schedules, stuck }: Awaited<ReturnType<Jobs['state']>>, now: Date): Series[] {
  return [
    {
      name: 'kaifong_job_runs_total',
      help: 'Runs of a schedule since this process started',
      type: 'counter',
      samples: schedules.flatMap(({ name, done, failed }) => [
        { labels: { schedule: name, outcome: 'done' }, value: done },
        { labels: { schedule: name, outcome: 'failed' }, value: failed },
      ]),
    },
    {
      name: 'kaifong_job_failing_seconds',
      help: 'For how long every run of a schedule has failed; 0 when the last one went well',
      type: 'gauge',
      samples: schedules.map(({ name, failingSince }) => ({
        labels: { schedule: name },
        value: failingSince ? (now.getTime() - failingSince.getTime()) / 1000 : 0,
      })),
    },
    {
      name: 'kaifong_jobs_stuck',
      help: 'Rows of the queue that nobody takes: unknown tasks, and those tried as often as allowed',
      type: 'gauge',
      samples: [{ value: stuck }],
    },
  ]
}
