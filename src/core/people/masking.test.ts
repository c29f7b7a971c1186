import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maskIdNumber, maskName, maskPhone, surnameOf } from './masking.ts'

test('a masked name keeps the surname and not its length', () => {
  assert.equal(maskName('陈秀英'), '陈**')
  assert.equal(maskName('陈英'), '陈**')
  assert.equal(maskName('欧阳秀英'), '欧阳**')
  assert.equal(maskName('司徒英'), '司徒**')
  assert.equal(maskName('欧阳'), '欧**')
  assert.equal(maskName('𠮷田花子'), '𠮷**')
  assert.equal(maskName('阿依古丽·买买提'), '阿**')
  assert.equal(surnameOf(' 梁静 '), '梁')
})

test('a masked number hides the day of birth and all but the last two signs', () => {
  assert.equal(maskIdNumber('99999919461201002X'), '9999************2X')
  assert.equal(maskPhone('10012345678'), '100****5678')
})
