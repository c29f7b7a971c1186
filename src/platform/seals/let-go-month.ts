/** Lets one month of a log go, as the sealer: first the record of what the seals lose, then the month and the record together. */
import type pg from 'pg'
import { newId } from '../id.ts'
import { hashOfRecord, LetGo, type LetGoRecord } from './let-go.ts'
import { rowsOf, type SealedLog } from './log.ts'
import { leafHash } from './merkle.ts'
import { monthAfter, startOfMonth } from './month.ts'
import type { Seal } from './seal.ts'
import { lastSeal, letGoTexts, sealOver, sealsFrom } from './store.ts'

/** @returns how many rows went; null while a seal over some of them is still to come */
export async function letGoMonth(client: pg.PoolClient, log: SealedLog, month: string, now: Date): Promise<number | null> {
  await client.query('begin isolation level repeatable read read only')
  let made: LetGoRecord | null
  try {
    made = await recordOf(client, log, month)
  } finally {
    await client.query('rollback')
  }
  if (!made) return null
  const text = JSON.stringify(made)
  await client.query('select platform.let_go_month($1, $2::regclass, $3, $4, $5, $6, $7, $8, $9, $10)', [
    log.name,
    log.table,
    month,
    made.number,
    text,
    hashOfRecord(text),
    made.rows,
    newId(now),
    newId(now),
    now,
  ])
  return made.rows
}

async function recordOf(client: pg.PoolClient, log: SealedLog, month: string): Promise<LetGoRecord | null> {
  const [first, after] = [startOfMonth(month), startOfMonth(monthAfter(month))]
  const { rows } = await client.query<{ rows: number; first: number | null; last: number | null }>(
    `select count(*)::float8 as rows, min(act)::float8 as first, max(act)::float8 as last from ${log.table} where at >= $1 and at < $2`,
    [first, after],
  )
  const found = rows[0]!
  const earlier = new LetGo(await letGoTexts(client))
  const record: LetGoRecord = {
    version: 1,
    number: (earlier.last?.number ?? 0) + 1,
    log: log.name,
    month,
    rows: found.rows,
    whole: [],
    edges: [],
    previous: earlier.last?.hash ?? null,
  }
  if (found.first === null || found.last === null) return record
  const last = await lastSeal(client)
  if (!last || last.body.until <= found.last) return null
  const begin = await sealOver(client, found.first)
  if (!begin) return null
  const walk = rowsOf(client, log, { from: begin.body.from, until: null })
  const each = oneByOne(walk)
  for await (const seals of sealsFrom(client, begin.body.number))
    for (const seal of seals) {
      if (seal.body.from > found.last) return record
      await addSeal(record, seal, each, earlier, (at) => at >= first && at < after)
    }
  return record
}

interface Each {
  /** The next row below an act number. */
  below(until: number): Promise<{ at: Date; line: string } | null>
}

function oneByOne(walk: ReturnType<typeof rowsOf>): Each {
  let batch: Awaited<ReturnType<typeof walk.next>>['value'] = []
  let place = 0
  return {
    async below(until) {
      while (batch && place === batch.length) {
        const got = await walk.next()
        batch = got.done ? undefined : got.value
        place = 0
      }
      const row = batch?.[place]
      if (!row || row.act >= until) return null
      place++
      return row
    },
  }
}

async function addSeal(record: LetGoRecord, seal: Seal, each: Each, earlier: LetGo, goes: (at: Date) => boolean): Promise<void> {
  const before = earlier.goneOf(seal.body, record.log)
  const gone: [number, string][] = []
  let place = 0
  let stay = before ? 1 : 0
  const pass = () => {
    while (before?.at.has(place)) place++
  }
  pass()
  for (let row = await each.below(seal.body.until); row; row = await each.below(seal.body.until)) {
    if (goes(row.at)) gone.push([place, leafHash(row.line).toString('hex')])
    else stay++
    place++
    pass()
  }
  if (stay > 0) {
    if (gone.length > 0) record.edges.push({ seal: seal.body.number, gone })
    return
  }
  const run = record.whole.at(-1)
  if (run && run[1] === seal.body.number - 1) run[1] = seal.body.number
  else record.whole.push([seal.body.number, seal.body.number])
}
