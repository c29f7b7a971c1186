/** Pictures made from photos: kept beside the file, and made anew when the recipe changes. */
import Type from 'typebox'
import { sql, type Tx } from '../../platform/database/tx.ts'
import type { FileStore } from '../../platform/files/file-store.ts'
import { job, type Work } from '../../platform/use-case/use-case.ts'
import { type Derivatives, derive, RECIPE } from './intake.ts'

export type DerivativeKind = 'shown' | 'preview'
const KINDS: readonly DerivativeKind[] = ['shown', 'preview']

/** Larger than any picture of 2000 pixels a side. */
const LARGEST = 20_000_000

/** In the store, each as a file of its own, and not named by a row yet. */
export const storeDerivatives = (files: FileStore, derivatives: Derivatives) =>
  Promise.all(
    KINDS.map(async (kind) => {
      const { bytes, width, height } = derivatives[kind]
      return { kind, width, height, ...(await files.put(bytes, { limit: LARGEST })) }
    }),
  )

type StoredDerivative = Awaited<ReturnType<typeof storeDerivatives>>[number]

/** What was there before is named by no row afterwards, and swept. */
export async function keepDerivatives(tx: Tx, fileId: string, made: readonly StoredDerivative[], now: Date): Promise<void> {
  for (const { kind, storedName, wrappedKey, sha256, size, width, height } of made)
    await tx.run(sql`insert into documents.derivative (file_id, kind, recipe, stored_name, wrapped_key, sha256, size, width, height, made_at)
      values (${fileId}, ${kind}, ${RECIPE}, ${storedName}, ${wrappedKey}, ${Buffer.from(sha256, 'hex')}, ${size}, ${width}, ${height}, ${now})`)
}

async function renew({ tx, now, call }: Work, fileId: string): Promise<void> {
  const { files, upload } = call.platform.services
  const row = await tx.maybe(
    sql<{ stored_name: string; wrapped_key: Buffer }>`select stored_name, wrapped_key from documents.file where id = ${fileId}`,
  )
  if (!row) return // Removed meanwhile.
  const made = await storeDerivatives(files, await derive(await files.read(row.stored_name, row.wrapped_key), upload.maxPixels))
  for (const { kind, storedName, wrappedKey, sha256, size, width, height } of made) {
    const values = sql`recipe = ${RECIPE}, stored_name = ${storedName}, wrapped_key = ${wrappedKey}, sha256 = ${Buffer.from(sha256, 'hex')}, size = ${size},
      width = ${width}, height = ${height}, made_at = ${now}, tried_at = null`
    const found = await tx.run(sql`update documents.derivative set ${values} where file_id = ${fileId} and kind = ${kind}`)
    if (found === 0)
      await keepDerivatives(
        tx,
        fileId,
        made.filter((one) => one.kind === kind),
        now,
      )
  }
}

const AT_ONCE = 20

/**
 * Pictures of another recipe than today's, of cases; a draft's come when it is sent. Each in a transaction of its own: one that
 * fails is logged, keeps its earlier picture, and is tried again after all others.
 */
export const renewDerivatives = job({
  operation: 'documents.renew-derivatives',
  permission: null,
  output: Type.Object({ renewed: Type.Integer(), failed: Type.Integer() }),
  async run(work) {
    const { tx, now, call, scope } = work
    const { db, log } = call.platform
    const old = await tx.rows(sql<{ id: string }>`select d.file_id as id from documents.derivative d
      where d.kind = 'shown' and d.recipe <> ${RECIPE} and (d.tried_at is null or d.tried_at < ${new Date(now.getTime() - 86_400_000)})
      order by d.tried_at nulls first, d.file_id limit ${AT_ONCE}`)
    let failed = 0
    for (const { id } of old)
      try {
        await db.as(scope, (own) => renew({ ...work, tx: own }, id))
      } catch (err) {
        failed++
        log.error({ err, fileId: id }, 'the pictures of a file could not be made anew; the earlier ones stay')
        await db.as(scope, (own) => own.run(sql`update documents.derivative set tried_at = ${now} where file_id = ${id}`))
      }
    return { renewed: old.length - failed, failed }
  },
})
