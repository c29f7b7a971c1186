/** Steps go forwards only, and from every version that was released, with its data. */
import assert from 'node:assert/strict'
import { chmodSync, cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { findMigrations } from '../../src/platform/database/migrate.ts'
import { ask, backup, bringBack, emptyPlace, folderOf, guards, root } from '../backup/kept.ts'
import { cloneDatabase } from '../harness/postgres.ts'
import { openScene } from '../harness/scene.ts'

const steps = findMigrations(join(root, 'src'))

test('what this version keeps is brought up by a step of the next, which finds its rows', async (t) => {
  const scene = await openScene()
  // Also when it fails: a node that stays open would keep the whole run waiting.
  t.after(() => scene.close())
  const people = [await scene.neighbour(), await scene.neighbour({ name: '李小明' })]
  const { dir, manifest } = await backup(scene, folderOf('backups'))
  const there = await emptyPlace()
  t.after(() => there.drop())
  const next = {
    number: 9998,
    name: 'length-of-names',
    file: 'none',
    hash: 'none',
    sql: 'alter table people.person add name_length int; update people.person set name_length = length(name); alter table people.person alter name_length set not null',
  }
  const proved = await bringBack(dir, 'backup', there, { migrations: [...steps, next] })
  assert.deepEqual(
    proved.flatMap((p) => p.found),
    [],
  )
  const found = await ask(there.ownerUrl, 'select id, name_length from people.person order by recorded_at, id')
  assert.deepEqual(
    new Map(found.map((row) => [row.id, row.name_length])),
    new Map(people.map((person) => [person.personId, person.name.length])),
  )
  assert.deepEqual(
    (await ask<{ number: number }>(there.ownerUrl, 'select number from platform.migration order by 1')).map((r) => r.number),
    [...manifest.steps.map((s) => s.number), 9998],
  )
  await assert.rejects(
    backup(there, folderOf('backups')).then(({ dir: later }) => bringBack(later, 'backup', there)),
    /step 9998 .*newer program/,
  )
})

const releases = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory())
/** One copy a release, written by scripts/make-release-copy.ts: a released step is never edited, or this says so. */
for (const { name: version } of releases)
  test(`${version} comes up to today's schema with everything in it`, async () => {
    const folder = join(import.meta.dirname, version)
    // A clone of the repository keeps no modes, and keys that others can read are refused.
    const keysDir = folderOf('keys')
    cpSync(join(folder, 'keys'), keysDir, { recursive: true })
    chmodSync(keysDir, 0o700)
    for (const name of readdirSync(keysDir)) chmodSync(join(keysDir, name), 0o600)

    const [there, fresh] = [await emptyPlace(), await cloneDatabase()]
    const proved = await bringBack(folder, 'backup', there, { keysDir })
    assert.ok(proved.length >= 3)
    assert.deepEqual(
      proved.flatMap((p) => p.found),
      [],
    )
    // Parts of months aside, which a start makes, and which differ with the day.
    const lasting = async (url: string) => (await guards(url)).filter((what) => !/_[0-9]{6}/.test(what))
    assert.deepEqual(await lasting(there.ownerUrl), await lasting(fresh.ownerUrl))
    const kept = await ask(there.ownerUrl, `select status, count(*)::int as n from cases.case group by 1 order by 1`)
    assert.deepEqual(kept, JSON.parse(readFileSync(join(folder, 'holds.json'), 'utf8')).cases)
    await Promise.all([there.drop(), fresh.drop()])
  })
