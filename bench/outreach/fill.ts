/** The registers filled by COPY as their owner; triggers and indexes are back before anything is measured. */
import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { peopleOf, REGISTERS } from './people.ts'

/** @param folder that the server may read */
export async function fillRegisters(owner: pg.Client, folder: string, persons: number, on: string): Promise<void> {
  const { rows } = await owner.query<{ code: string }>(`select code from areas.area where level = 'community' order by code`)
  const back = await withoutIndexes(owner)
  // No note of what changed: the snapshot is made whole first. And keys are as the maker of the lines meant them.
  await owner.query(`set session_replication_role = replica`)
  const communities = rows.map((row) => row.code)
  for (const lines of peopleOf(persons, communities, on))
    for (const [register, columns] of REGISTERS) {
      if (lines[register].length === 0) continue
      const file = join(folder, `${register}.tsv`)
      writeFileSync(file, `${lines[register].join('\n')}\n`)
      chmodSync(file, 0o644)
      await owner.query(`copy people.${register} (${columns}) from '${file}'`)
      rmSync(file)
    }
  await owner.query(`set session_replication_role = origin`)
  for (const statement of back) await owner.query(statement)
  await owner.query('vacuum (analyze)')
}

/**
 * Indexes are quicker made whole than grown; the statements that bring them back. An exclusion comes back as its index alone: proving it
 * for each row takes ten times as long, and what is measured reads the index and writes none.
 */
async function withoutIndexes(owner: pg.Client): Promise<string[]> {
  const tables = REGISTERS.map(([name]) => `people.${name}`)
  const { rows } = await owner.query<{ drop: string; add: string }>(
    `select case when indisexclusion then format('alter table %s drop constraint %I', indrelid::regclass, (select conname from pg_constraint c where c.conindid = i.indexrelid))
         else format('drop index %s', indexrelid::regclass) end as drop, pg_get_indexdef(indexrelid) as add
     from pg_index i where indrelid = any($1::text[]::regclass[]) and not indisunique`,
    [tables],
  )
  for (const { drop } of rows) await owner.query(drop)
  await owner.query(`set maintenance_work_mem = '1GB'`)
  return rows.map(({ add }) => add)
}
