import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actions, apply, type Fact, initial, permissionOf, possible, rebuild, statuses } from './incident.ts'
import { mayOf, obstacleOf } from './obstacle.ts'

const reported: Extract<Fact, { fact: 'reported' }> = { fact: 'reported', classCode: 'street-lamp', level: 'C', stageDueAt: null }
const filed: Fact[] = [
  reported,
  { fact: 'verified', by: 'anna', note: '', stageDueAt: null },
  {
    fact: 'filed',
    by: 'anna',
    classCode: 'street-lamp',
    condition: 'one',
    level: 'C',
    title: '路灯不亮',
    shown: true,
    stageDueAt: null,
  },
]
const dispatched: Fact[] = [
  ...filed,
  {
    fact: 'dispatched',
    by: 'ben',
    unitId: 'lights',
    unitName: '路灯所',
    dueAt: '2026-12-01T00:00:00.000Z',
    dueProvisional: false,
    stageDueAt: null,
  },
  { fact: 'taken_on', stageDueAt: null },
]
const handled: Fact[] = [
  ...dispatched,
  { fact: 'handed_in', by: 'carl', note: '换了灯泡', at: '2026-11-30T00:00:00.000Z', stageDueAt: null },
]
const post = (officerId: string, organisationId: string, ...permissions: string[]) => ({ officerId, organisationId, permissions })

test('every action is possible somewhere, and has a permission', () => {
  const somewhere = new Set(statuses.flatMap((status) => possible[status] as readonly string[]))
  for (const action of actions) assert.ok(somewhere.has(action) && permissionOf[action], action)
})

test('who verified or filed never sends out, also in a later round', () => {
  const state = rebuild(filed)
  assert.equal(
    obstacleOf('dispatch', state, post('anna', 'centre', 'incident.dispatch')),
    'incident.who_verifies_never_dispatches',
  )
  assert.equal(obstacleOf('dispatch', state, post('ben', 'centre', 'incident.dispatch')), null)
  const again = apply(rebuild(handled), {
    fact: 'reopened',
    to: 'filed',
    at: '2026-12-02T00:00:00.000Z',
    stageDueAt: '2026-12-02T00:30:00.000Z',
  })
  assert.equal(again.status, 'filed')
  assert.equal(again.round, 2)
  assert.equal(again.unitId, null)
  assert.equal(again.stageDueAt, '2026-12-02T00:30:00.000Z', 'it has its own time from her word on')
  assert.equal(
    obstacleOf('dispatch', again, post('anna', 'centre', 'incident.dispatch')),
    'incident.who_verifies_never_dispatches',
  )
})

test('nobody checks what she or her unit has done', () => {
  const state = rebuild(handled)
  assert.equal(obstacleOf('pass_check', state, post('carl', 'centre', 'incident.check')), 'incident.not_ones_own_work')
  assert.equal(obstacleOf('pass_check', state, post('dora', 'lights', 'incident.check')), 'incident.not_ones_own_work')
  assert.equal(obstacleOf('pass_check', state, post('dora', 'centre', 'incident.check')), null)
})

test('seen on site it is solved; by papers alone the reporter is asked, and her silence solves nothing', () => {
  const at = '2026-12-01T00:00:00.000Z'
  const seen = apply(rebuild(handled), { fact: 'check_passed', how: 'on_site', note: '', until: null, at })
  assert.deepEqual([seen.status, seen.outcome], ['closed', 'checked'])
  const asked = apply(rebuild(handled), {
    fact: 'check_passed',
    how: 'from_papers',
    note: '',
    until: '2026-12-08T00:00:00.000Z',
    at,
  })
  assert.deepEqual([asked.status, asked.outcome], ['checked', null])
  const silent = apply(asked, { fact: 'unconfirmed', at })
  assert.deepEqual([silent.status, silent.outcome], ['closed', 'unconfirmed'])
})

test('what hangs has no date until it goes on', () => {
  const hung = apply(rebuild(dispatched), {
    fact: 'hung',
    why: 'parts',
    reason: '等材料',
    basis: '—',
    notice: '1',
    at: '2026-11-30T00:00:00.000Z',
  })
  assert.equal(hung.dueAt, null)
  const on = apply(hung, {
    fact: 'resumed',
    dueAt: '2026-12-09T00:00:00.000Z',
    dueProvisional: false,
    stageDueAt: null,
    at: '2026-12-05T00:00:00.000Z',
  })
  assert.equal(on.pauses[0]!.to, '2026-12-05T00:00:00.000Z')
})

test('what was sent wrongly is taken back by command before it is taken on, and its time goes on', () => {
  const sent = rebuild(dispatched.slice(0, -1))
  assert.equal(obstacleOf('recall', sent, post('ben', 'centre', 'incident.dispatch')), null)
  assert.equal(obstacleOf('recall', sent, post('anna', 'centre', 'incident.verify')), 'access.not_permitted')
  assert.equal(obstacleOf('recall', rebuild(dispatched), post('ben', 'centre', 'incident.dispatch')), 'incident.not_now')
  const by = '2026-11-29T01:00:00.000Z'
  const back = apply(sent, { fact: 'recalled', reason: '派错了', at: '2026-11-29T02:00:00.000Z', stageDueAt: by })
  assert.deepEqual([back.status, back.unitId, back.dueAt, back.stageDueAt], ['filed', null, null, by])
})

test('that its date went by is never taken away by a later one, by hanging or by sending it elsewhere', () => {
  const after = '2026-12-02T00:00:00.000Z'
  const before = '2026-11-30T00:00:00.000Z'
  const hung = (at: string): Fact => ({ fact: 'hung', why: 'parts', reason: '等备件', basis: '—', notice: '1', at })
  const back = (at: string): Fact => ({ fact: 'returned', reason: '不归我们', basis: '', at, stageDueAt: null })
  for (const fact of [hung, back]) {
    assert.equal(apply(rebuild(dispatched), fact(after)).wasLate, true)
    assert.equal(apply(rebuild(dispatched), fact(before)).wasLate, false)
  }
  const late = apply(rebuild(dispatched), { fact: 'handed_in', by: 'carl', note: '', at: after, stageDueAt: null })
  const again = apply(late, {
    fact: 'check_failed',
    reason: '还是黑的',
    dueAt: '2026-12-09T00:00:00.000Z',
    dueProvisional: false,
    stageDueAt: null,
  })
  assert.equal(again.wasLate, true)
  assert.equal(rebuild(handled).wasLate, false)
})

test('another unit sees no button of what it has not in hand', () => {
  const other = {
    ...post('eve', 'water', 'incident.handle'),
    id: 'p',
    officerName: '',
    role: '',
    areas: [],
    scope: '',
    domains: [],
    validFrom: '2026-01-01',
    validTo: null,
  }
  assert.deepEqual(mayOf(rebuild(dispatched), other), {
    hand_in: 'incident.not_your_unit',
    return: 'incident.not_your_unit',
    request_extension: 'incident.not_your_unit',
  })
  assert.deepEqual(mayOf(initial(reported), other), {})
})

test('what befalls an incident after its end does not make it late', () => {
  const unsolved = apply(rebuild([...handled]), { fact: 'closed_unsolved', reason: '归别人管', at: '2026-11-30T08:00:00.000Z' })
  const void_ = apply(rebuild(dispatched.slice(0, 4)), { fact: 'voided', reason: '报错了', at: '2026-11-30T08:00:00.000Z' })
  for (const ended of [unsolved, void_]) {
    const hidden = apply(ended, { fact: 'hidden', reason: '拍到了人', at: '2026-12-03T00:00:00.000Z' })
    const again = apply(hidden, { fact: 'reopened', to: 'filed', at: '2026-12-04T00:00:00.000Z', stageDueAt: null })
    assert.deepEqual([hidden.wasLate, again.wasLate], [false, false])
  }
  const late = apply(rebuild(dispatched.slice(0, 4)), { fact: 'voided', reason: '报错了', at: '2026-12-02T00:00:00.000Z' })
  assert.equal(late.wasLate, true)
})
