/**
 * The end of files. What somebody removed is marked and seen by nobody; after a time of grace its key is destroyed with its
 * row, and from then on its bytes say nothing to anybody. Bytes that no row names (those, and what was on the disk when a
 * transaction was undone) are marked when they are first seen, and removed when they are still named nowhere after the same
 * time: a transaction that has not committed, or a backup of yesterday's database, may name them.
 */
import Type from 'typebox'
import { sql, type Tx } from '../../platform/database/tx.ts'
import type { FileStore } from '../../platform/files/file-store.ts'
import { job } from '../../platform/use-case/use-case.ts'

const DAY_MS = 86_400_000
const GRACE_MS = 7 * DAY_MS

/** Asked of a function that sees every row: what a role does not see is not what no row names. */
const namedNowhere = async (tx: Tx, names: readonly string[]): Promise<string[]> =>
  (await tx.rows(sql<{ name: string }>`select name from documents.named_nowhere(${[...names]}::text[]) as found(name)`)).map(
    (r) => r.name,
  )

async function markNew(tx: Tx, files: FileStore, now: Date): Promise<number> {
  let marked = 0
  for await (const shelf of files.shelves()) {
    const names = await namedNowhere(tx, shelf)
    if (names.length > 0)
      marked += await tx.run(sql`insert into documents.unreferenced (stored_name, found_at)
        select name, ${now} from unnest(${names}::text[]) name on conflict do nothing`)
  }
  return marked
}

/** Bytes that were marked long enough ago. They go before their mark: whoever is cut off here finds the mark again, and nothing to remove. */
async function removeBytes(tx: Tx, files: FileStore, before: Date): Promise<number> {
  const due = await tx.rows(
    sql<{ name: string }>`select stored_name as name from documents.unreferenced where found_at < ${before} for update`,
  )
  const names = due.map((d) => d.name)
  const gone = await namedNowhere(tx, names)
  for (const name of gone) await files.remove(name)
  await tx.run(sql`delete from documents.unreferenced where stored_name = any(${names}::text[])`)
  return gone.length
}

/**
 * Keys first: the rows go now, and with their commit nobody can read the bytes. These are marked as old as the removal, and so go
 * with the next sweep: never before the rows are gone for good.
 */
async function erase(tx: Tx, before: Date, now: Date): Promise<number> {
  const due = (await tx.rows(sql<{ id: string }>`select id from documents.erasable(${before}) as found(id)`)).map((d) => d.id)
  const pictures = await tx.rows(
    sql<{
      file_id: string
      name: string
    }>`delete from documents.derivative where file_id = any(${due}::uuid[]) returning file_id, stored_name as name`,
  )
  // Of two sweeps at once each ends what it deleted itself.
  const ended = await tx.rows(sql<{ id: string; name: string; removed_at: Date; removed_by: string }>`delete from documents.file
    where id = any(${due}::uuid[]) returning id, stored_name as name, removed_at, removed_by`)
  for (const { id, name, removed_at, removed_by } of ended) {
    const names = [name, ...pictures.filter((one) => one.file_id === id).map((one) => one.name)]
    await tx.run(sql`insert into documents.unreferenced (stored_name, found_at)
      select name, ${removed_at} from unnest(${names}::text[]) name on conflict (stored_name) do update set found_at = excluded.found_at`)
    await tx.run(
      sql`insert into documents.erased (file_id, removed_at, removed_by, erased_at) values (${id}, ${removed_at}, ${removed_by}, ${now})`,
    )
  }
  return ended.length
}

export const sweepFiles = job({
  operation: 'documents.sweep-files',
  permission: null,
  output: Type.Object({ marked: Type.Integer(), removed: Type.Integer(), erased: Type.Integer() }),
  async run({ tx, now, call }) {
    const { files } = call.platform.services
    const before = new Date(now.getTime() - GRACE_MS)
    const removed = await removeBytes(tx, files, before)
    const erased = await erase(tx, before, now)
    const marked = await markNew(tx, files, now)
    await files.sweep(new Date(now.getTime() - DAY_MS))
    return { marked, removed, erased }
  },
})
