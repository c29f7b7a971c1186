/** A mobile number with a digit too few or too many is no landline. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { reachablePhone } from './reachable.ts'

const pack = { pack: { phone_pattern: '1[3-9][0-9]{9}' } } as LoadedPack
const takes = (typed: string): boolean => {
  try {
    return reachablePhone(pack, typed) === typed.trim()
  } catch {
    return false
  }
}

test('whole numbers as people write them are taken as they are', () => {
  for (const one of [
    '',
    '13800001234',
    '138 0000 1234',
    '+86 138-0000-1234',
    '020-12345678',
    '(020) 12345678',
    '12345678',
    '10000001234',
  ])
    assert.ok(takes(one), one)
})

test('one that breaks off or runs on is refused', () => {
  for (const one of ['1380000', '138-0000', '1380000123', '138000012345', '+86 1380000123', '12abc', '12345'])
    assert.ok(!takes(one), one)
})
