import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadWords } from '../../platform/words.ts'
import { readHousePack } from '../matters/index.ts'
import { placeWords } from './around.ts'

const root = join(import.meta.dirname, '../../..')

test('a place is known as it is written, without its ending, and in plain letters', () => {
  const { pack } = readHousePack(join(root, 'packs/guangzhou'), loadWords(root), '2026-11-24')
  const words = new Set(placeWords({ pack: pack! }))
  for (const word of ['广州市', '广州', '天河区', '天河', '五山街道', '五山', 'Guangzhou', 'Tianhe'])
    assert.ok(words.has(word), word)
  assert.ok(!words.has('翠洲社区居民委员会'), 'no community')
})
