/** The loop alone: what runs, who is waited for, and that nothing begins without its five items. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actions, apply, awaits, type Fact, type HazardState, possible, rebuild, runs, statuses } from './hazard.ts'
import { obstacleOf } from './possible.ts'

const STREET = '440106001'
const registered: Fact[] = [
  { fact: 'inspected', seenOn: '2026-11-24', handlingArea: STREET },
  {
    fact: 'registered',
    kind: 'wiring',
    line: 'fire',
    grade: 'general',
    placeKind: 'shop',
    place: '示例一巷 3 号',
    found: '线路老化',
    by: 'a',
  },
]
const items = { person: '店主', measures: '换线', funds: '店主出', until: '2026-12-10', plan: '拉闸，打 119' }
const at = '2026-11-24T02:00:00.000Z'
const course: Fact[] = [
  ...registered,
  { fact: 'told', how: 'paper', paper: 'H-1', text: '请换线' },
  { fact: 'begun', items },
  { fact: 'said_done', said: 'keeper', note: '换了', by: 'b' },
  { fact: 'rechecked', passed: true, note: '看过', by: 'c' },
  { fact: 'struck_off', lookFrom: '2026-12-24', at },
  { fact: 'looked_again', gone: true, note: '没有再发生', at },
]
const after = (n: number): HazardState => rebuild(course.slice(0, n))
const transfer = { line: 'fire', organ: '消防', reason: '重大', sentOn: '2026-11-24', receipt: null }

test('the loop goes on by the act that it waits for, and a limit runs at each stage until its end', () => {
  assert.deepEqual(
    course.slice(1).map((_, n) => [after(n + 2).status, awaits(after(n + 2))[0] ?? null, runs(after(n + 2))]),
    [
      ['registered', 'tell', 'tell'],
      ['told', 'begin', 'begin'],
      ['rectifying', 'say_done', 'until'],
      ['rectified', 'recheck', 'recheck'],
      ['passed', 'strike_off', 'strike_off'],
      ['struck_off', 'look_again', 'look_within'],
      ['closed', null, null],
    ],
  )
})

test('a recheck that is not passed goes back with a new day; what came back begins anew and is counted', () => {
  const failed = apply(after(5), { fact: 'rechecked', passed: false, note: '还没换', until: '2026-12-20' })
  assert.deepEqual([failed.status, failed.items?.until, failed.failed, failed.saidDoneBy], ['rectifying', '2026-12-20', 1, null])
  const back = apply(after(7), { fact: 'looked_again', gone: false, note: '又拉线', by: 'd' })
  assert.deepEqual([back.status, back.items, back.cameBack, back.registeredBy], ['registered', null, 1, 'd'])
  assert.equal(apply(after(8), { fact: 'reopened', note: '又拉线', by: 'd' }).endedAt, null)
})

test('a serious one waits to be handed over, then for the receipt, then goes on with the organ', () => {
  const serious = apply(after(3), { fact: 'regraded', grade: 'serious', was: 'general', reason: '冒火花' })
  assert.deepEqual([awaits(serious), runs(serious)], [['transfer'], 'transfer'])
  assert.equal(obstacleOf('begin', serious, '2026-11-24'), 'hazard.hand_over_first')
  assert.equal(obstacleOf('regrade', serious, '2026-11-24'), 'hazard.organ_lowers')
  const sent = apply(serious, { fact: 'transferred', to: '440106', transfer })
  assert.deepEqual([awaits(sent), runs(sent)], [['acknowledge'], 'acknowledge'])
  assert.equal(obstacleOf('begin', sent, '2026-11-24'), 'hazard.under_way')
  const there = apply(sent, { fact: 'acknowledged', receipt: 'R', note: '' })
  assert.deepEqual([awaits(there), runs(there)], [['begin'], 'begin'])
  assert.equal(obstacleOf('transfer', there, '2026-11-24'), 'hazard.with_the_organ')
  const returned = apply(sent, { fact: 'returned', to: STREET, organ: '消防', reason: '不是消防的事' })
  assert.deepEqual([returned.handlingArea, awaits(returned)], [STREET, ['transfer']])
})

test('nothing is possible where the table says nothing, and 回头看 has its time', () => {
  for (const status of statuses)
    for (const action of actions)
      if (!(possible[status] as readonly string[]).includes(action))
        assert.equal(obstacleOf(action, { ...after(2), status }, '2026-11-24'), 'hazard.not_now', `${status} ${action}`)
  assert.equal(obstacleOf('look_again', after(7), '2026-12-23'), 'hazard.too_early')
  assert.equal(obstacleOf('look_again', after(7), '2026-12-24'), null)
})
