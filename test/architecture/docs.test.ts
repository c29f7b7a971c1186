import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeDocs } from '../../scripts/make-docs.ts'
import { declared } from '../../src/platform/use-case/use-case.ts'
import { openScene } from '../harness/scene.ts'
import { root } from './sources.ts'

test('the written lists of operations and paths are those of the code', async () => {
  for (const [path, text] of Object.entries(await makeDocs()))
    assert.ok(
      readFileSync(join(root, path), 'utf8') === text,
      `${path} is stale: node_modules/node/bin/node --import ./bin/tsx-hook.mjs scripts/make-docs.ts`,
    )
})

test('every operation is listed, and what the node serves is what is written', async () => {
  const events = readFileSync(join(root, 'docs/audit-events.md'), 'utf8')
  assert.ok(declared.size > 40)
  for (const { operation } of declared.values()) assert.ok(events.includes(`| \`${operation}\` |`), operation)
  const scene = await openScene()
  try {
    const served = (await scene.stranger.get('/api/openapi.json')).body
    assert.deepEqual(served, JSON.parse(readFileSync(join(root, 'docs/openapi.json'), 'utf8')))
    // Every act goes through a use case: no path of the API is without one.
    const operations = Object.values(served.paths as Record<string, Record<string, { operationId: string }>>).flatMap((path) =>
      Object.values(path).map((each) => each.operationId),
    )
    assert.deepEqual(
      operations.filter((id) => !declared.has(id)),
      [],
    )
  } finally {
    await scene.close()
  }
})
