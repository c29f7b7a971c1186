import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkCharacter, readIdNumber } from './id-number.ts'

const TODAY = '2026-11-24'
const numberOf = (day: string, sequence: string) => {
  const digits = `999999${day}${sequence}`
  return digits + checkCharacter(digits)
}
const wrong = (typed: string, params: object) =>
  assert.throws(
    () => readIdNumber(typed, TODAY),
    (error: { code: string; params: object }) => {
      assert.equal(error.code, 'person.id_number_wrong')
      assert.deepEqual(error.params, { digits: 18, position: 0, ...params })
      return true
    },
  )

test('the worked example of the standard fits, and tells birth and sex', () => {
  assert.deepEqual(readIdNumber('11010519491231002X', TODAY), {
    number: '11010519491231002X',
    bornOn: '1949-12-31',
    sex: 'female',
  })
  assert.equal(readIdNumber('440524188001010014', '1990-01-01').sex, 'male')
})

test('however it is typed, it is one number', () => {
  for (const typed of [
    '11010519491231002x',
    ' 110105 19491231 002X ',
    '１１０１０５１９４９１２３１００２Ｘ',
    '110105-19491231-002x',
  ])
    assert.equal(readIdNumber(typed, TODAY).number, '11010519491231002X')
})

test('what is wrong is named', () => {
  wrong('1101051949123100', { what: 'length', digits: 16 })
  wrong('11010519491231002X1', { what: 'length', digits: 19 })
  wrong('', { what: 'length', digits: 0 })
  wrong('110105491231002', { what: 'old', digits: 15 })
  wrong('11010519491231O02X', { what: 'digit', position: 15 })
  wrong('11010519491231002Y', { what: 'digit', position: 18 })
  wrong('X10105194912310021', { what: 'digit', position: 1 })
  wrong('110105194912310021', { what: 'check' })
})

test('the day must exist, have come, and lie in a lifetime', () => {
  for (const day of ['19490230', '19491301', '20250229', '20261125', '18751231', '00000000'])
    wrong(numberOf(day, '002'), { what: 'date' })
  assert.equal(readIdNumber(numberOf('20240229', '002'), TODAY).bornOn, '2024-02-29')
  assert.equal(readIdNumber(numberOf('20261124', '002'), TODAY).bornOn, TODAY)
})

test('one wrong digit or two neighbours swapped never pass', () => {
  const born = fc.date({ min: new Date('1930-01-01'), max: new Date('2020-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(born, fc.integer({ min: 1, max: 999 }), fc.nat(17), fc.integer({ min: 1, max: 9 }), (day, sequence, at, add) => {
      const right = numberOf(day.toISOString().slice(0, 10).replaceAll('-', ''), String(sequence).padStart(3, '0'))
      assert.equal(readIdNumber(right, TODAY).number, right)
      const signs = [...right]
      signs[at] = signs[at] === 'X' ? '3' : String((Number(signs[at]) + add) % 10)
      assert.throws(() => readIdNumber(signs.join(''), TODAY), { code: 'person.id_number_wrong' })
      const swapped = [...right]
      ;[swapped[at], swapped[at - 1]] = [swapped[at - 1]!, swapped[at]!]
      if (at > 0 && swapped.join('') !== right)
        assert.throws(() => readIdNumber(swapped.join(''), TODAY), { code: 'person.id_number_wrong' })
    }),
  )
})
