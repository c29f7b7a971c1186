/** Whether a search still says what it said when it was done: its hash from its rows, and its rows from the snapshot while that is still the same. */
import { createHash } from 'node:crypto'
import { sql, type Tx } from '../../platform/database/tx.ts'
import type { LoadedPack } from '../matters/index.ts'
import type { ParameterRow } from '../rules/index.ts'
import { headOf, rulesOf, searchOf } from './search.ts'
import { type Begun, judged, linkOf, partAfter, partOf, type RunStatus, snapshotOf } from './store.ts'

interface Done extends Begun {
  hash: string | null
  fits: number
  confirm: number
  parameters: ParameterRow[]
  startedAt: Date
}

export interface Verified {
  status: RunStatus
  matterCode: string
  area: string
  hash: string | null
  /** `gone`: its list was let go in time, or replaced by that of a later night. Null while it is not done. */
  rows: 'same' | 'differ' | 'gone' | null
  /** Judged anew: `moved` when the snapshot is another one by now, so that nobody can. */
  people: 'same' | 'differ' | 'moved' | null
}

/** Reads past row security: for the owner of the database, at the console. @returns null for a search that is not there */
export async function verifySearch(tx: Tx, packAt: (hash: string) => Promise<LoadedPack>, id: string): Promise<Verified | null> {
  const run = await tx.maybe(
    sql<Done>`select id, matter_code as "matterCode", area, status, pack_hash as "packHash", day, known_at as "knownAt", hash, fits, confirm, parameters, started_at as "startedAt"
      from outreach.run where id = ${id}`,
  )
  if (!run) return null
  const { status, matterCode, area, hash } = run
  if (status !== 'done') return { status, matterCode, area, hash, rows: null, people: null }
  const pack = await packAt(run.packHash)
  const matter = pack.matter(matterCode)
  const head = headOf({
    matter: matterCode,
    area,
    rules: rulesOf(pack, matter),
    parameters: run.parameters,
    day: run.day,
    knownAt: run.knownAt,
  })

  const written = await tx.rows(sql<{
    text: string
  }>`select ${linkOf(sql`(select * from outreach.found g where g.run_id = ${id} and ${partOf(sql`g.area`, area)} = parts.code)`)} as text
    from (select distinct ${partOf(sql`f.area`, area)} as code from outreach.found f where f.run_id = ${id}) parts order by parts.code`)
  const same =
    chained(
      head,
      written.map(({ text }) => text),
    ) === hash
  const rows = same ? 'same' : written.length === 0 && run.fits + run.confirm > 0 ? 'gone' : 'differ'

  const snapshot = await snapshotOf(tx)
  if (snapshot?.day !== run.day || +snapshot.knownAt !== +run.knownAt)
    return { status, matterCode, area, hash, rows, people: 'moved' }
  const search = searchOf(pack, matter, area, run.day)
  const anew: string[] = []
  for (let part = await partAfter(tx, area, ''); part; part = await partAfter(tx, area, part.code)) {
    const all = judged(search, matterCode, part, run.startedAt)
    const { text } = await tx.one(
      sql<{ text: string | null }>`select ${linkOf(sql`(select * from (${all}) a where a.list <> 'unfit')`)} as text`,
    )
    if (text !== null) anew.push(text)
  }
  return { status, matterCode, area, hash, rows, people: chained(head, anew) === hash ? 'same' : 'differ' }
}

const chained = (head: string, links: readonly string[]): string =>
  links
    .reduce((chain, link) => sha256(Buffer.concat([chain, Buffer.from(link, 'utf8')])), sha256(Buffer.from(head, 'utf8')))
    .toString('hex')

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()
