/**
 * `npm run bench -- --seals`: what sealing costs a create, and how long a row waits for its seal under that load. The sealer
 * runs in our node's process, as it does in service.
 */
import type { ChildProcess } from 'node:child_process'
import type pg from 'pg'
import type { RunningNode } from '../src/node.ts'

/** In service it seals every ten seconds; a window of the bench would rarely meet one. */
const OFTEN_MS = 1000
const IN_SERVICE_MS = 10_000
const LOAD_WINDOWS = 20

/** In the child: seals at the pace that it is told, from 0 on not at all. */
export function sealOnDemand(node: RunningNode): void {
  let everyMs = 0
  let timer: NodeJS.Timeout | undefined
  const beat = async (): Promise<void> => {
    await node.platform.services.seals.tick()
    if (everyMs > 0) timer = setTimeout(beat, everyMs)
  }
  process.on('message', async (message: { sealEveryMs?: number }) => {
    if (message.sealEveryMs === undefined) return
    clearTimeout(timer)
    everyMs = message.sealEveryMs
    await beat()
    process.send?.({ sealing: everyMs })
  })
}

const seal = (child: ChildProcess, everyMs: number): Promise<unknown> =>
  new Promise((done) => {
    child.once('message', done)
    child.send({ sealEveryMs: everyMs })
  })

export interface SealBench<R> {
  child: ChildProcess
  owner: pg.Client
  /** One window of creating: how many a second. */
  create: () => Promise<number>
  /** Creating, ours against the floor. */
  compare: () => Promise<R>
  rounds: number
}

const median = (numbers: number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!
const rounded = (n: number): number => Number(n.toFixed(3))

/** `create_sealing_vs_not` is ours against ours, windows in turn. Seconds from a row's own instant to that of its seal. */
export async function sealFigures<R>({ child, owner, create, compare, rounds }: SealBench<R>) {
  // What was written before is sealed first: that would be counted as if it had waited.
  await seal(child, 0)
  const ratios: number[] = []
  for (let i = 0; i < rounds; i++) {
    const without = await create()
    await seal(child, OFTEN_MS)
    ratios.push((await create()) / without)
    await seal(child, 0)
  }
  await seal(child, OFTEN_MS)
  const create_vs_floor_sealing = await compare()
  await seal(child, IN_SERVICE_MS)
  const { rows: begun } = await owner.query('select until::float8 as until from platform.seal order by number desc limit 1')
  for (let i = 0; i < LOAD_WINDOWS; i++) await create()
  await seal(child, 0)
  const { rows } = await owner.query<{ p50: number; p99: number; rows: number }>(
    `select percentile_cont(0.5) within group (order by lag) as p50, percentile_cont(0.99) within group (order by lag) as p99, count(*)::int as rows
     from (select extract(epoch from (s.body ->> 'at')::timestamptz - a.at) as lag
       from platform.seal s join platform.audit a on a.act >= (s.body ->> 'from')::bigint and a.act < s.until where a.act >= $1) waited`,
    [begun[0].until],
  )
  const { p50, p99 } = rows[0]!
  return {
    create_sealing_vs_not: { ratio: rounded(median(ratios)), range: [Math.min(...ratios), Math.max(...ratios)].map(rounded) },
    create_vs_floor_sealing,
    seal_lag_s: {
      p50: rounded(Number(p50)),
      p99: rounded(Number(p99)),
      rows: rows[0]!.rows,
      sealing_every_s: IN_SERVICE_MS / 1000,
    },
  }
}
