import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAccountNumber } from './account-number.ts'

// 000000 belongs to no bank.
const CARD = '0000000000000000018'

test('a card number may be typed in groups and with full-width digits', () => {
  for (const typed of [CARD, '0000 0000 0000 0000 018', '0000-0000-0000-0000-018', '００００００００００００００００ 018'])
    assert.deepEqual(readAccountNumber(typed), { number: CARD, lastFour: '0018' })
  assert.equal(readAccountNumber('4111 1111 1111 1111').lastFour, '1111')
})

test('what is wrong is named, with the number of digits that are missing', () => {
  const wrong = (typed: string, params: object) =>
    assert.throws(() => readAccountNumber(typed), { code: 'account_number.wrong', kind: 'invalid', params })
  wrong('4111 1111 1111 11', { what: 'short', digits: 14, missing: 2, extra: 0 })
  wrong('', { what: 'short', digits: 0, missing: 16, extra: 0 })
  wrong(`${CARD}01`, { what: 'long', digits: 21, missing: 0, extra: 2 })
  wrong('4111 1111 1111 111l', { what: 'digit', digits: 16, missing: 0, extra: 0 })
  wrong('4111 1111 1111 1112', { what: 'check', digits: 16, missing: 0, extra: 0 })
  wrong('0000000000000000108', { what: 'check', digits: 19, missing: 0, extra: 0 })
})
