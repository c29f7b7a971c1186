import assert from 'node:assert/strict'
import { test } from 'node:test'
import { questionsAsked, type Said } from './asked-when.ts'
import type { Question } from './matter.ts'

const question = (code: string, asked_when?: Question['asked_when']): Question => ({
  code,
  kind: 'text',
  ask: { zh: code, en: code },
  required: true,
  ...(asked_when && { asked_when }),
})
const matter = {
  questions: [
    question('side'),
    question('agrees', { side: ['sublets', 'acts'] }),
    question('paper', { agrees: true }),
    question('why', { side: 'acts', agrees: false }),
  ],
}
const asked = (said: Record<string, string | boolean>) =>
  questionsAsked(matter, ((code) => said[code]) satisfies Said).map(({ code }) => code)

test('what hangs on an answer is asked once the answer is there, in the order of the form', () => {
  assert.deepEqual(asked({}), ['side'])
  assert.deepEqual(asked({ side: 'landlord' }), ['side'])
  assert.deepEqual(asked({ side: 'sublets' }), ['side', 'agrees'])
  assert.deepEqual(asked({ side: 'sublets', agrees: true }), ['side', 'agrees', 'paper'])
  assert.deepEqual(asked({ side: 'acts', agrees: false }), ['side', 'agrees', 'why'], 'of several conditions all hold')
})

test('a question that is not asked says nothing, whatever was answered before', () => {
  assert.deepEqual(asked({ side: 'landlord', agrees: true }), ['side'])
})
