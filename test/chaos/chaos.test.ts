import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { chaos } from './chaos.ts'

test('while people work, Node and PostgreSQL are killed up to twenty times: what was acknowledged is there, once', {
  timeout: 900_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kaifong-chaos-'))
  const { wrong, ...figures } = await chaos({ kills: 20, folder, withinS: 70, least: 6 })
  assert.deepEqual(wrong, [], `everything is in ${folder}`)
  assert.ok(figures.writes > 50, `${figures.writes} writes prove little`)
  assert.ok(figures.files_read > 0 && figures.audit_rows_verified > figures.writes)
  console.log(JSON.stringify(figures))
  rmSync(folder, { recursive: true, force: true })
})
