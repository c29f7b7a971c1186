import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadWords } from '../../platform/words.ts'
import { documentNumber, isClauseKnown } from './clause.ts'

const words = loadWords(join(import.meta.dirname, '../../..'))

test('a number that nobody has checked says so in the language of the page; one that is known stays as it is written', () => {
  const [zh, en] = [words.in('zh'), words.in('en')]
  assert.equal(documentNumber(zh, '文号待核（2024 年）'), '文号待核（2024 年）')
  assert.equal(documentNumber(en, '文号待核（2024 年）'), 'number not yet checked, 2024')
  assert.equal(documentNumber(en, '文号待核'), 'number not yet checked')
  assert.equal(documentNumber(en, '穗府规〔2021〕7号'), '穗府规〔2021〕7号')
})

test('a clause in words is one that is still to be looked up', () => {
  assert.deepEqual(['第三条第一款', '条款号待核'].map(isClauseKnown), [true, false])
})
