/** GB/T 42195: the score makes a level, and what is beside it changes it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LoadedPack } from '../../core/matters/index.ts'
import { parameters, tables } from '../../core/rules/pack-scene.ts'
import { adjust, refuseUnfit, type Seen, scoreOf, standingOf, type View } from './assessment.ts'

const table = tables.find((each) => each.assessment)!
const pack = { tables, parameters, rule: () => assert.fail('the items are no rules') } as unknown as LoadedPack

/** The best score with so much taken off, item after item. */
function scores(total: number): Record<string, number> {
  let left = 90 - total
  return Object.fromEntries(
    table.questions.map(({ code, options }) => {
      const most = Math.max(...options!.map((option) => Number(option.value)))
      const off = Math.min(most, left)
      left -= off
      return [code, most - off]
    }),
  )
}
const seen = (total: number, more: Partial<Seen> = {}): Seen => ({
  assessedOn: '2026-11-24',
  scores: scores(total),
  coma: false,
  mental: false,
  events: 0,
  ...more,
})
const level = (total: number, more: Partial<Seen> = {}) => scoreOf(pack, seen(total, more), '440106001').level

test('the examples of the standard', () => {
  assert.equal(scoreOf(pack, seen(89), '440106001').total, 89)
  assert.equal(level(90), 0)
  assert.equal(level(89), 1)
  assert.equal(level(89, { mental: true }), 2)
  assert.equal(level(90, { events: 2 }), 1)
  assert.equal(level(90, { events: 1 }), 0, 'one fall changes nothing')
  assert.deepEqual([level(66), level(65), level(46), level(45), level(30), level(29), level(0)], [1, 2, 2, 3, 3, 4, 4])
  assert.equal(level(70, { coma: true }), 4)
  assert.equal(level(20, { mental: true }), 4, 'there is no worse level')
  assert.equal(scoreOf(pack, seen(89), '440106001').nextOn, '2027-11-24')
})

test('whether two reasons add up is not confirmed: open where it matters, and only there', () => {
  assert.equal(level(89, { mental: true, events: 2 }), null)
  assert.equal(level(40, { mental: true, events: 2 }), 4, 'once or twice, it is the worst')
  assert.equal(level(70, { mental: true, events: 5, coma: true }), 4, 'coma settles it')
  const both = { coma: false, mental: true, risky: true }
  const law = { raise: 1, comaLevel: 4 }
  assert.equal(adjust(1, 4, both, { ...law, addUp: 1 }).level, 3)
  assert.equal(adjust(1, 4, both, { ...law, addUp: 0 }).level, 2)
  assert.equal(adjust(1, 4, { ...both, coma: true }, { ...law, comaLevel: null, addUp: 1 }).level, null)
  assert.equal(adjust(null, 4, { coma: false, mental: false, risky: false }, { ...law, addUp: 1 }).level, null)
})

test('an item that is missing, or a grade that it does not have, is named', () => {
  const { 'care-eating': _, ...rest } = scores(90)
  const refusal = (given: Record<string, number>, assessedOn = '2026-11-24') => {
    try {
      refuseUnfit(table, { scores: given, assessedOn }, { from: '2026-11-20', to: '2026-11-24' })
    } catch (error) {
      return (error as { params: { fields: { path: string }[] } }).params.fields.map((field) => field.path)
    }
    return []
  }
  assert.deepEqual(refusal(rest), ['/care-eating'])
  assert.deepEqual(refusal({ ...rest, 'care-eating': 5 }), ['/care-eating'])
  assert.deepEqual(refusal(scores(90)), [])
  assert.deepEqual(refusal(scores(90), '2026-11-20'), [])
  for (const day of ['0001-01-01', '2026-11-19', '2026-11-25', '2027-01-01'])
    assert.deepEqual(refusal(rest, day), ['/assessedOn', '/care-eating'])
})

test('two people sign one view; where they differ a third says whose, and nothing is averaged', () => {
  const view = (part: View['part'], says: View['says']): View => ({
    part,
    says,
    officerId: part,
    officerName: part,
    recordedAt: new Date(0),
    documentId: null,
    seen: says === 'own' ? seen(80) : null,
  })
  const [first, same, other] = [view('first', 'own'), view('second', 'same'), view('second', 'own')]
  assert.equal(standingOf([]).status, 'none')
  assert.equal(standingOf([first]).status, 'waits_second')
  assert.deepEqual(standingOf([first, same]), { status: 'settled', signed: first, by: [first, same] })
  assert.equal(standingOf([first, other]).status, 'differs')
  const third = view('third', 'second')
  assert.deepEqual(standingOf([third, other, first]), { status: 'settled', signed: other, by: [other, third] })
})
