import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pictographsIn } from './pictographs.ts'

test('what a screen shows and no paper prints is found, each once; words, numbers and rare characters are not', () => {
  assert.deepEqual(pictographsIn('五山路🏠1 号🏠😀'), ['🏠', '😀'])
  for (const address of ['五山路 381 号 2 栋 301', '𠮷祥里 5 号', '㐂楽街', '#3-2*', 'Tianhe Rd. 12–14, “A”', '珠江新城（西）'])
    assert.deepEqual(pictographsIn(address), [], address)
})
