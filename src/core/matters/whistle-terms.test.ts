import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { readChanged } from '../../../test/harness/changed-pack.ts'

const codesOf = (name: string, from: string, to: string): string[] =>
  readChanged((file) => {
    const text = readFileSync(file(name), 'utf8')
    assert.ok(text.includes(from))
    writeFileSync(file(name), text.replace(from, to))
  }).errors.map(({ code }) => code)

test('a kind stands once, a sample is never verified, and no role both blows and decides', () => {
  assert.deepEqual(codesOf('whistles.yaml', 'code: campaign', 'code: daily'), ['name-twice'])
  assert.deepEqual(codesOf('whistles.yaml', 'verified: false', 'verified: true'), ['demo-verified'])
  assert.deepEqual(codesOf('roles.yaml', 'whistle.read, whistle.decide', 'whistle.read, whistle.blow, whistle.decide'), [
    'role-blows-and-decides',
  ])
})
