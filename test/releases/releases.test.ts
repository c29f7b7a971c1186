/** Steps go forwards only, and from every version that was released, with its data. */
import assert from 'node:assert/strict'
import { chmodSync, cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openKeys } from '../../src/platform/crypto/keys.ts'
import { findMigrations } from '../../src/platform/database/migrate.ts'
import { ask, bringBack, emptyPlace, folderOf, guards, root } from '../backup/kept.ts'
import { cloneDatabase } from '../harness/postgres.ts'

const releases = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

test('there is a copy of a release to begin from', () => assert.ok(releases.length > 0))

for (const version of releases)
  test(`${version} comes up to today's schema with everything in it`, async () => {
    const folder = join(import.meta.dirname, version)
    // A clone of the repository keeps no modes, and keys that others can read are refused.
    const keysDir = folderOf('keys')
    cpSync(join(folder, 'keys'), keysDir, { recursive: true })
    chmodSync(keysDir, 0o700)
    for (const name of readdirSync(keysDir)) chmodSync(join(keysDir, name), 0o600)
    await openKeys(keysDir, { create: false })

    const [there, fresh] = [await emptyPlace(), await cloneDatabase()]
    const proved = await bringBack(folder, 'backup', there, { keysDir })
    assert.ok(proved.length >= 3)
    assert.deepEqual(
      proved.flatMap((p) => p.found),
      [],
    )
    const steps = findMigrations(join(root, 'src')).map((m) => m.number)
    assert.deepEqual(
      (await ask<{ number: number }>(there.ownerUrl, 'select number from platform.migration order by 1')).map((r) => r.number),
      steps,
    )
    // Parts of months aside, which a start makes, and which differ with the day.
    const lasting = async (url: string) => (await guards(url)).filter((what) => !/_[0-9]{6}/.test(what))
    assert.deepEqual(await lasting(there.ownerUrl), await lasting(fresh.ownerUrl))
    const kept = await ask(there.ownerUrl, `select status, count(*)::int as n from cases.case group by 1 order by 1`)
    assert.deepEqual(kept, JSON.parse(readFileSync(join(folder, 'holds.json'), 'utf8')).cases)
    await Promise.all([there.drop(), fresh.drop()])
  })
