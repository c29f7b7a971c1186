/** The figures of finding in small: the statements that are compared find the same people, and whatever is measured can be. */
import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { outreachFigures } from '../../bench/outreach/figures.ts'
import { DAY } from '../../bench/outreach/six.ts'
import { readHousePack } from '../../src/core/matters/index.ts'
import { loadWords } from '../../src/platform/words.ts'
import { cloneDatabase, type TestDatabase } from '../harness/postgres.ts'

const root = join(import.meta.dirname, '../..')
let database: TestDatabase
let folder: string
before(async () => {
  database = await cloneDatabase()
  folder = mkdtempSync(join(tmpdir(), 'kaifong-figures-'))
  // The server reads what is filled in from there.
  chmodSync(folder, 0o755)
})
after(async () => {
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

test('the six searches and the statements by hand find the same, of people who are all there', async () => {
  const { pack } = readHousePack(join(root, 'packs/guangzhou'), loadWords(root), DAY)
  const said: string[] = []
  const { ratios, this_machine_today: today } = await outreachFigures({
    ownerUrl: database.ownerUrl,
    folder,
    pack: pack!,
    persons: 8000,
    registers: 4000,
    rounds: 1,
    keepTexts: false,
    say: (text) => said.push(text),
  })
  assert.ok(ratios.find_vs_sql.ratio > 0 && ratios.find_written_vs_sql.ratio > 0)
  const { longevity, senior_card, living_guarantee, disability_subsidy, permit_ending, aged_alone } = today.found
  for (const [name, count] of Object.entries({
    longevity,
    senior_card,
    living_guarantee,
    disability_subsidy,
    permit_ending,
    aged_alone,
  }))
    assert.ok(count! > 0 && count! < 4000, `${name}: ${count}`)
  assert.ok(today.snapshot_persons > 7800 && today.snapshot_refreshed >= 40 && said.length > 2)
})
