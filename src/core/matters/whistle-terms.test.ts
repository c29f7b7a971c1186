import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadWords } from '../../platform/words.ts'
import { readHousePack } from './index.ts'

const root = join(import.meta.dirname, '../../..')
const words = loadWords(root)

const codesOf = (name: string, from: string, to: string): string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'kaifong-whistles-'))
  try {
    cpSync(join(root, 'packs/guangzhou'), folder, { recursive: true })
    const text = readFileSync(join(folder, name), 'utf8')
    assert.ok(text.includes(from))
    writeFileSync(join(folder, name), text.replace(from, to))
    return readHousePack(folder, words, '2026-11-24').errors.map(({ code }) => code)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('a kind stands once, a sample is never verified, and no role both blows and decides', () => {
  assert.deepEqual(codesOf('whistles.yaml', 'code: campaign', 'code: daily'), ['name-twice'])
  assert.deepEqual(codesOf('whistles.yaml', 'verified: false', 'verified: true'), ['demo-verified'])
  assert.deepEqual(codesOf('roles.yaml', 'whistle.read, whistle.decide', 'whistle.read, whistle.blow, whistle.decide'), [
    'role-blows-and-decides',
  ])
})
