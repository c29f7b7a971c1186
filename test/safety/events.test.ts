/** An event from its first report to its end, and what late, wrong, repeated and simultaneous input comes to. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { apply, type Fact, NEW } from '../../src/modules/safety/events/event.ts'
import { firstReport, KNOWN, telling } from '../harness/safety-stages.ts'
import { type Answer, type Client, openScene, place, type Scene } from '../harness/scene.ts'

let scene: Scene
let officer: Client
let leader: Client
let community: Client
before(async () => {
  scene = await openScene('2026-11-24T02:00:00Z')
  officer = await scene.officer('safety-officer', [place.street])
  leader = await scene.officer('street-leader', [place.street])
  community = await scene.officer('community-officer', [place.community])
})
after(() => scene?.close())

const ok = (answer: Answer) => {
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const refused = (answer: Answer, status: number, code: string, fields?: string[]) => {
  assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body))
  if (fields)
    assert.deepEqual(
      answer.body.params.fields.map((one: { path: string }) => one.path),
      fields,
    )
}
const accident = (more: object = {}) =>
  firstReport({ kind: 'work-accident', learntAt: '2026-11-24T00:30:00Z', happenedAt: '2026-11-24T00:10:00Z', ...more })
const open = async (who = officer, input: object = accident()) => ok(await who.post('/api/v1/events', input)).id as string
const read = async (id: string, who = officer) => ok(await who.get(`/api/v1/events/${id}`))
const report = (id: string, after: number, more: object = {}, who = officer) =>
  who.post(`/api/v1/events/${id}/report`, { report: 'continued', after, found: KNOWN, level: 'ordinary', why: '', ...more })

test('an accident is reported with nothing known, told too late, finished and closed when its days are over', async () => {
  const id = await open(community)
  const first = await read(id)
  assert.equal(first.event.state.found.dead, null, 'unknown, not zero')
  assert.deepEqual(
    first.clocks.map((one: { standing: string }) => one.standing),
    ['overdue', 'waits', 'runs'],
  )

  ok(
    await officer.post(`/api/v1/events/${id}/telling`, {
      ...telling(id),
      recipient: 'district-emergency',
      at: '2026-11-24T01:45:00Z',
    }),
  )
  ok(await officer.post(`/api/v1/events/${id}/acknowledgement`, { told: 2, at: '2026-11-24T01:46:00Z', by: '值班员' }))
  assert.deepEqual(
    (await read(id)).clocks.map((one: { standing: string }) => one.standing),
    ['late', 'open', 'runs'],
  )
  refused(
    await officer.post(`/api/v1/events/${id}/acknowledgement`, { told: 2, at: '2026-11-24T01:47:00Z', by: '值班员' }),
    409,
    'event.acknowledged_already',
  )
  refused(
    await officer.post(`/api/v1/events/${id}/acknowledgement`, { told: 1, at: '2026-11-24T01:47:00Z', by: '值班员' }),
    409,
    'event.told_unknown',
  )

  refused(await report(id, 1, { found: { ...KNOWN, dead: 3 }, level: 'ordinary' }), 409, 'event.level_too_light', ['/level'])
  ok(await report(id, 1, { found: { ...KNOWN, dead: 3, injured: null }, level: 'large' }))
  refused(await report(id, 2, { found: { ...KNOWN, dead: 2 }, level: 'large' }), 422, 'event.lowered_why', ['/why'])
  refused(
    await report(id, 2, { report: 'final', found: { ...KNOWN, dead: 3, injured: null, trend: ' ' }, level: null }),
    422,
    'event.final_is_whole',
    ['/injured', '/trend', '/level'],
  )
  refused(
    await report(id, 2, {
      report: 'final',
      found: { ...KNOWN, dead: 3, nature: '还不清楚。', leaders: 'Not known yet' },
      level: 'large',
    }),
    422,
    'event.final_is_whole',
    ['/nature', '/leaders'],
  )
  ok(await leader.post(`/api/v1/events/${id}/response`, { response: '3', reason: '按预案' }))
  const graver = { report: 'final', found: { ...KNOWN, dead: 2 }, level: 'large', why: '一人救回' }
  refused(await report(id, 2, graver), 409, 'event.level_graver', ['/level'])
  ok(await report(id, 2, { report: 'final', found: { ...KNOWN, dead: 2 }, level: 'large', why: '一人救回', sure: true }))
  refused(await report(id, 3), 409, 'event.not_now')
  refused(await leader.post(`/api/v1/events/${id}/closing`, { note: '处置完' }), 409, 'event.figures_run')

  scene.at('2026-12-25T02:00:00Z')
  await (leader as Client & { again(): Promise<void> }).again()
  await (officer as Client & { again(): Promise<void> }).again()
  await (community as Client & { again(): Promise<void> }).again()
  ok(await leader.post(`/api/v1/events/${id}/closing`, { note: '处置完' }))
  ok(await report(id, 3, { report: 'supplement', found: { ...KNOWN, dead: 3 }, level: 'large' }))
  const end = await read(id)
  assert.equal(end.event.state.status, 'final', 'what came to light opened it again')
  const facts = end.facts.map((one: { fact: Fact }) => one.fact) as Fact[]
  assert.deepEqual(
    facts.flatMap((one) => (one.fact === 'reported' ? [one.found.dead] : [])),
    [null, 3, 2, 3],
    'every report stays',
  )
  assert.deepEqual(facts.reduce(apply, NEW), end.event.state, 'the row is what the timeline made of it')
  assert.equal(end.clocks[0].standing, 'late', 'late stays late')
  scene.at('2026-11-24T02:00:00Z')
})

test('wrong, early, late and endless input is refused, and nothing is written', async () => {
  const { rows } = await scene.owner.query('select count(*)::int as n from safety.event')
  const tried = async (more: object, status: number, code: string) =>
    refused(await officer.post('/api/v1/events', accident(more)), status, code)
  await tried({ area: place.nextStreet }, 403, 'event.not_your_area')
  await tried({ area: place.district }, 403, 'event.not_your_area')
  await tried({ area: '' }, 403, 'event.not_your_area')
  await tried({ kind: 'alien-landing' }, 422, 'event.kind_unknown')
  await tried({ level: 'worst' }, 422, 'event.level_unknown')
  await tried({ learntAt: '2026-11-24T02:10:00Z' }, 422, 'event.in_future')
  await tried({ learntAt: '1999-01-01T00:00:00Z' }, 422, 'event.too_long_ago')
  await tried({ happenedAt: '2026-11-24T01:00:00Z' }, 422, 'event.learnt_before')
  await tried({ learntAt: 'yesterday' }, 422, 'input.invalid')
  const found = accident().found
  await tried({ found: { ...found, place: '   ' } }, 422, 'event.say_something')
  for (const dead of [-1, 1.5, '3', 1e12, true]) await tried({ found: { ...found, dead } }, 422, 'input.invalid')
  await tried({ found: { ...found, measures: '长'.repeat(2001) } }, 422, 'input.invalid')
  await tried({ found: { ...found, trend: 'a\u0000b' } }, 422, 'request.unreadable')
  assert.deepEqual((await scene.owner.query('select count(*)::int as n from safety.event')).rows, rows)
})

test('the same form twice is one event; two who report at once do not undo each other', async () => {
  const input = accident()
  const [one, two] = await Promise.all([1, 2].map(() => officer.post('/api/v1/events', input, { key: 'the-same-form-0001' })))
  const ids = [one, two].filter((a) => a!.status === 200).map((a) => a!.body.id)
  assert.ok(ids.length >= 1 && new Set(ids).size === 1)
  const id = ids[0]
  const answers = await Promise.all(
    [1, 2, 3, 4].map((dead) => report(id, 1, { found: { ...KNOWN, dead }, level: 'special', sure: true })),
  )
  assert.deepEqual(answers.map((a) => a.status).sort(), [200, 409, 409, 409])
  assert.equal((await read(id)).event.state.reports, 2)
})

test('times: nobody is told before the street knew or in the future, and a minute ahead is this minute', async () => {
  const id = await open()
  const tell = (more: object) => officer.post(`/api/v1/events/${id}/telling`, { ...telling(id), ...more })
  refused(await tell({ at: '2026-11-24T00:29:00Z' }), 422, 'event.told_before', ['/at'])
  refused(await tell({ at: '2026-11-24T02:06:00Z' }), 422, 'event.in_future', ['/at'])
  refused(await tell({ recipient: 'the-king' }), 422, 'event.recipient_unknown', ['/recipient'])
  refused(await tell({ recipient: 'other' }), 422, 'event.say_something', ['/name'])
  ok(await tell({ at: '2026-11-24T02:01:00Z' }))
  const [, told] = (await read(id)).facts
  assert.equal(told.fact.at, '2026-11-24T02:00:00.000Z')
  assert.equal(told.recordedAt, '2026-11-24T02:00:00.000Z')
})

test('who sees it and who acts: its area and what lies in it, nobody beside', async () => {
  const whole = await open(officer, accident({ area: place.street }))
  const here = await open(community)
  assert.equal((await read(whole, community)).may.length, 0, 'a community reads what concerns its street')
  refused(await report(whole, 1, {}, community), 403, 'event.handled_above')
  const sibling = await scene.officer('community-officer', [place.sibling])
  refused(await sibling.get(`/api/v1/events/${here}`), 404, 'event.not_found')
  refused(await report(here, 1, {}, sibling), 404, 'event.not_found')
  const listed = ok(await sibling.get('/api/v1/events')).events.map((one: { id: string }) => one.id)
  assert.ok(listed.includes(whole) && !listed.includes(here))
  refused(await officer.post(`/api/v1/events/${here}/closing`, { note: '完' }), 403, 'access.not_permitted')
  refused(await scene.stranger.get(`/api/v1/events/${here}`), 401, 'account.sign_in_first')
})
