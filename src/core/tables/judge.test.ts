/** The residence points of the pack, by hand: each line, its cap, and what stays open. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parameters, rulesOf, tables } from '../rules/pack-scene.ts'
import { tableFacts } from './answers.ts'
import { type Judgement, judgeTable } from './judge.ts'
import type { Table } from './table.ts'

const table = tables.find((each) => each.code === 'residence-points')!
const rules = new Map(rulesOf('residence-points').map((rule) => [rule.id, rule]))
const ON = '2026-11-24'

type Answers = Parameters<typeof tableFacts>[1]
function judged(answers: Answers, rest: { restNone?: boolean; part?: number; on?: string } = {}): Judgement {
  const facts = tableFacts(table, answers, { on: rest.on ?? ON, area: '4401', restNone: rest.restNone ?? false })
  const law = parameters.map((row) => (row.id === 'points.b3_part_counts' ? { ...row, value: rest.part ?? row.value } : row))
  return judgeTable(table, facts, { rules: (id) => rules.get(id)!, parameters: law })
}
const lineOf = (found: Judgement, id: string) =>
  found.parts.flatMap((part) => part.lines).find((line) => line.id === `points.${id}`)!
const counted = (found: Judgement, id: string) => [lineOf(found, id).state, lineOf(found, id).counted]

test('a year has not passed since forty: by the words a part counts, otherwise only the birthday does', () => {
  const points = (born: string, part: number, on = ON) => lineOf(judged({ 'points-born': born }, { part, on }), 'b3').counted
  assert.deepEqual([points('1986-11-24', 1), points('1986-11-24', 0)], [30, 30], '40 today')
  assert.deepEqual([points('1986-11-23', 1), points('1986-11-23', 0)], [28, 30], '40 years and a day')
  assert.deepEqual([points('1985-11-24', 1), points('1985-11-24', 0)], [28, 28], '41 today')
  assert.deepEqual([points('1985-11-23', 1), points('1985-11-23', 0)], [26, 28], '41 years and a day')
  assert.deepEqual([points('1984-02-29', 1, '2025-03-01'), points('1984-02-29', 0, '2025-03-01')], [28, 28], 'a leap day')
  assert.deepEqual([points('2008-11-24', 1), points('2008-11-25', 1), points('1955-01-01', 1)], [30, 0, 0])
})

test('nothing is answered: nothing is nothing, and the sum is before deductions', () => {
  const found = judged({})
  assert.deepEqual(found.total, { value: 0, certainty: 'before_deductions' })
  assert.ok(found.parts.flatMap((part) => part.lines).every((line) => line.state === 'unknown'))
  assert.equal(found.gates[0]!.explanation.result, 'unknown')
})

test('what is ticked as none is none; education is, an unknown birthday is not', () => {
  const found = judged({}, { restNone: true })
  assert.deepEqual(counted(found, 'a1'), ['counted', 0])
  assert.deepEqual(counted(found, 'b3'), ['unknown', 0])
  assert.deepEqual(counted(found, 'b1a'), ['unknown', 0])
  assert.deepEqual(found.total, { value: 0, certainty: 'at_least' })
})

test('tax that was paid stays open, and the sum is at least', () => {
  const found = judged({ 'points-tax': 1, 'points-born': '1990-05-01' }, { restNone: true })
  assert.deepEqual(counted(found, 'a6'), ['unknown', 0])
  assert.deepEqual(lineOf(found, 'a6').missing, [{ kind: 'parameter', id: 'points.a6', reason: 'unconfirmed' }])
  assert.deepEqual(found.total, { value: 30, certainty: 'at_least' })
})

test('one home counts, the one that is chosen, and no more than its cap', () => {
  const found = judged({ 'points-home': 'rent', 'points-rent-years': 9 }, { restNone: true })
  assert.deepEqual(counted(found, 'b1b-rent'), ['counted', 20])
  assert.equal(lineOf(found, 'b1b-rent').value, 45)
  assert.deepEqual(counted(found, 'b1b-own'), ['not_chosen', 0])
  assert.equal(counted(judged({ 'points-rent-years': 9 }), 'b1b-rent')[0], 'unknown', 'nothing is chosen')
})

test('the sum is never below nothing', () => {
  const found = judged({ 'points-penalty': 3, 'points-blood': 1, 'points-born': '1950-01-01' }, { restNone: true })
  assert.deepEqual(
    found.parts.map((part) => part.sum),
    [0, 2, 30],
  )
  assert.equal(found.total.value, 0)
})

test('what a register knows outweighs what is typed', () => {
  const facts = tableFacts(
    table,
    { 'points-born': '1950-01-01' },
    { on: ON, area: '4401', own: { person: { born_on: '1990-05-01' } } },
  )
  assert.equal(facts.person?.born_on, '1990-05-01')
})

test('of a set the highest counts; one that can be no more is settled without being known', () => {
  const two: Table = {
    ...table,
    parts: [{ code: 'add', name: table.name, sign: 'add' }],
    sets: [{ code: 'one', name: table.name, counts: 'highest' }],
    lines: [
      { rule: 'points.a1', part: 'add', set: 'one', cap: 'points.a1_bachelor' },
      { rule: 'points.a5a', part: 'add', set: 'one', cap: 'points.a5a_most' },
    ],
    gates: [],
  }
  const states = (answers: Answers) =>
    judgeTable(two, tableFacts(two, answers, { on: ON, area: '4401' }), {
      rules: (id) => rules.get(id)!,
      parameters,
    }).parts[0]!.lines.map((line) => `${line.state} ${line.counted}`)
  assert.deepEqual(states({ 'points-education': 'college', 'points-blood': 3 }), ['counted 20', 'lower 0'])
  assert.deepEqual(states({ 'points-education': 'college' }), ['counted 20', 'lower 0'], 'blood is 10 at most')
  assert.deepEqual(states({ 'points-blood': 3 }), ['unknown 0', 'counted 6'], 'education may be more')
})
