import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keptFields } from './kept-form.tsx'

test('a form that comes back holds what was typed, and no password, code or token, whatever its field is called', () => {
  const typed = {
    _csrf: 'x',
    _key: 'k',
    old: 'o',
    password: 'p',
    again: 'a',
    new_password: 'n',
    code: 'c',
    token: 't',
    factor: 'f',
    note: '家里没人',
  }
  assert.deepEqual(keptFields(typed), { _key: 'k', note: '家里没人' })
  assert.equal(keptFields({ _csrf: 'x', _key: 'k', old: 'o', password: 'p' }), null)
})
