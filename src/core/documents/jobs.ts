/**
 * Bytes that no row names: of a file that somebody took back before sending, or of a transaction that was undone after
 * its bytes were on the disk. They are marked when they are first seen, and removed when they are still named nowhere after
 * a time of grace: a transaction that has not committed, or a backup of yesterday's database, may name them.
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

export const sweepFiles = job({
  operation: 'documents.sweep-files',
  permission: null,
  output: Type.Object({ marked: Type.Integer(), removed: Type.Integer() }),
  async run({ tx, now, call }) {
    const { files } = call.platform.services
    const due = await tx.rows(
      sql<{
        name: string
      }>`select stored_name as name from documents.unreferenced where found_at < ${new Date(now.getTime() - GRACE_MS)} for update`,
    )
    const names = due.map((d) => d.name)
    const gone = await namedNowhere(tx, names)
    // The bytes first: whoever is cut off here finds the mark again, and nothing to remove.
    for (const name of gone) await files.remove(name)
    await tx.run(sql`delete from documents.unreferenced where stored_name = any(${names}::text[])`)
    const marked = await markNew(tx, files, now)
    await files.sweep(new Date(now.getTime() - DAY_MS))
    return { marked, removed: gone.length }
  },
})
