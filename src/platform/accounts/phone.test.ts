import assert from 'node:assert/strict'
import { test } from 'node:test'
import { normaliseCode, normalisePhone } from './phone.ts'

const allowed = /^1[0-9]{10}$/

test('however a person writes the number, it is one number', () => {
  for (const typed of [
    '10012345678',
    ' 100 1234 5678 ',
    '100-1234-5678',
    '100—1234—5678',
    '１００１２３４５６７８',
    '+86 100 1234 5678',
    '＋８６－１００－１２３４－５６７８',
    '0086 10012345678',
    '86 10012345678',
    '(+86)100.1234.5678',
    '\u202a10012345678\u202c',
  ])
    assert.equal(normalisePhone(typed, allowed), '10012345678', typed)
})

test('what is no mobile number is refused with its own reason', () => {
  for (const typed of ['', '1001234567', '100123456789', '020-8888 8888', '1001234567a', '+1 415 555 0100', '1'.repeat(5000)])
    assert.throws(() => normalisePhone(typed, allowed), { code: 'account.phone_shape', kind: 'invalid' }, typed)
})

test('a pattern without anchors still has to fit the whole number', () => {
  assert.throws(() => normalisePhone('99910012345678', /1\d{10}/), { code: 'account.phone_shape' })
})

test('a code may be typed with spaces and full-width digits, and has six of them', () => {
  assert.equal(normaliseCode(' 012 345'), '012345')
  assert.equal(normaliseCode('０１２３４５'), '012345')
  for (const typed of ['12345', '1234567', 'abcdef', ''])
    assert.throws(() => normaliseCode(typed), { code: 'account.code_shape' })
})
