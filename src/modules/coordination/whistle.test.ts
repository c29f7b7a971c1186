/** The status table of whistles, without a database. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { awaitsOf, mayOf, obstacleOf } from './possible.ts'
import { apply, type Fact, initial, isLate, partOf, rebuild, unitsToRate, type WhistleState } from './whistle.ts'

const blown: Extract<Fact, { fact: 'blown' }> = {
  fact: 'blown', by: 'dispatcher', kind: 'daily', what: '占道', leadUnitId: 'a', at: '2026-11-24T02:00:00Z', answerBy: '2026-11-25T02:00:00Z', dueProvisional: false,
  parts: [{ unitId: 'a', unitName: '甲', task: '清理' }, { unitId: 'b', unitName: '乙', task: '看守' }],
} // biome-ignore format: one whistle
const start = initial(blown)
const of = (...facts: Fact[]): WhistleState => facts.reduce(apply, start)
const working = { reportBy: '2026-12-01T02:00:00Z', dueProvisional: false }
const came = (part: number, at = '2026-11-24T03:00:00Z'): Fact => ({ fact: 'came', part, note: '', at, ...working })
const finished = (part: number): Fact => ({ fact: 'finished', part, note: '好了', at: '2026-11-26T03:00:00Z' })
const who = (organisationId: string, permissions: string[], officerId = 'somebody') => ({
  organisationId,
  permissions,
  officerId,
})
const superior = who('district', ['whistle.decide'])
const street = who('street', ['whistle.blow'], 'dispatcher')

test('a unit answers for its own part and once; the street waits until all are done', () => {
  const a = who('a', ['whistle.answer'])
  assert.equal(obstacleOf('come', start, a, { part: 1 }), null)
  assert.equal(obstacleOf('come', start, a, { part: 2 }), 'whistle.not_your_unit')
  assert.equal(obstacleOf('come', start, a, { part: 9 }), 'whistle.no_such_part')
  assert.equal(obstacleOf('come', of(came(1)), a, { part: 1 }), 'whistle.not_now')
  assert.equal(obstacleOf('finish', start, a, { part: 1 }), 'whistle.not_now')
  assert.equal(obstacleOf('close', of(came(1), finished(1)), street), 'whistle.not_now')
  assert.equal(obstacleOf('close', of(came(1), finished(1), came(2), finished(2)), street), null)
  assert.equal(of(came(1), came(2)).status, 'open')
})

test('a superior decides what is disputed or was not answered, and nobody who blew it', () => {
  const disputed = of({ fact: 'disputed', part: 2, reason: '不归我们', basis: '示例条例 三', at: '2026-11-24T05:00:00Z' })
  assert.equal(obstacleOf('decide', start, superior, { part: 2 }), 'whistle.not_yet')
  assert.equal(obstacleOf('decide', disputed, superior, { part: 2 }), null)
  assert.equal(
    obstacleOf('decide', disputed, { ...superior, officerId: 'dispatcher' }, { part: 2 }),
    'whistle.who_blew_never_decides',
  )
  assert.equal(obstacleOf('decide', disputed, { ...superior, organisationId: 'b' }, { part: 2 }), 'whistle.not_ones_own_matter')
  assert.equal(awaitsOf(disputed).decisionWanted, true)
  const escalated = of({ fact: 'escalated', part: 1, at: '2026-11-25T02:05:00Z' })
  assert.equal(obstacleOf('decide', escalated, superior, { part: 1 }), null)
  assert.equal(awaitsOf(escalated).answerDueAt, blown.answerBy, 'the other part still runs')
})

test('an answer after the escalation is late, and takes the decision away', () => {
  const late = of({ fact: 'escalated', part: 1, at: '2026-11-25T02:05:00Z' }, came(1, '2026-11-25T03:00:00Z'))
  assert.equal(isLate(partOf(late, 1)!), true)
  assert.equal(awaitsOf(late).decisionWanted, false)
  assert.equal(obstacleOf('decide', late, superior, { part: 1 }), 'whistle.not_now')
})

test('given to another, the lead goes with it; backed, the unit that is named is bound', () => {
  const decided = { part: 1, by: 'coordinator', reason: '按清单', at: '2026-11-24T06:00:00Z', unitId: 'c', unitName: '丙', answerBy: '2026-11-25T06:00:00Z', dueProvisional: false } // biome-ignore format: a decision
  const dispute: Fact = { fact: 'disputed', part: 1, reason: '不归我们', basis: '三', at: '2026-11-24T05:00:00Z' }
  const passed = of(dispute, { fact: 'decided', choice: 'goes_to', ...decided })
  assert.deepEqual([passed.leadUnitId, partOf(passed, 1)!.standing, partOf(passed, 3)!.standing], ['c', 'passed', 'called'])
  assert.equal(
    obstacleOf('dispute', passed, who('c', ['whistle.answer']), { part: 3 }),
    null,
    'it may say that it is not its own either',
  )
  const backed = of(dispute, { fact: 'decided', choice: 'backed', ...decided, ...working })
  assert.equal(partOf(backed, 3)!.backed, true)
  assert.equal(obstacleOf('dispute', backed, who('c', ['whistle.answer']), { part: 3 }), 'whistle.not_now')
})

test('each unit that did a part is rated once, and none by itself', () => {
  const done = of(came(1), finished(1), came(2), finished(2))
  assert.deepEqual(
    unitsToRate(done).map(({ unitId }) => unitId),
    ['a', 'b'],
  )
  assert.deepEqual(mayOf(done, street).rate, ['a', 'b'])
  assert.equal(obstacleOf('rate', done, { ...street, organisationId: 'a' }, { unitId: 'a' }), 'whistle.not_ones_own_unit')
  const rated = apply(done, { fact: 'rated', unitId: 'a', unitName: '甲', stars: 5, words: '快' })
  assert.equal(obstacleOf('rate', rated, street, { unitId: 'a' }), 'whistle.rated_already')
  assert.equal(obstacleOf('rate', rated, street, { unitId: 'z' }), 'whistle.not_a_unit_of_it')
  assert.throws(() => rebuild([came(1)]), /begins with the whistle/)
})
