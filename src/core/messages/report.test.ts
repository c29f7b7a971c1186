/** Delivery reports over HTTP: taken from the gateway alone, once each, whenever they come. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type OutsideScene, openOutsideScene } from '../../../test/harness/outside.ts'
import { openScene } from '../../../test/harness/scene.ts'

let scene: OutsideScene
before(async () => {
  scene = await openOutsideScene()
})
after(() => scene?.close())

interface Letter {
  signedAt?: Date
  headers?: Record<string, string>
  body?: string
}
async function report(reports: unknown, { signedAt = scene.now(), headers = {}, body }: Letter = {}) {
  const payload = body ?? JSON.stringify({ reports })
  const response = await scene.node.app.inject({
    method: 'POST',
    url: '/api/v1/messages/receipts',
    payload,
    headers: { 'content-type': 'application/json', ...scene.gateway.sign(payload, signedAt), ...headers },
  })
  return { status: response.statusCode, body: response.json() }
}
async function sent() {
  const who = await scene.resident()
  scene.later(60)
  await scene.message(who.personId)
  await scene.sweep()
  return { who, reference: (await scene.rowsOf(who.personId))[0]!.parcel! }
}
const stateOf = async (personId: string) => {
  const [row] = await scene.rowsOf(personId)
  return [row!.delivered, row!.undelivered]
}

test('a report is noted once, and the inbox says that it arrived', async () => {
  const { who, reference } = await sent()
  assert.deepEqual(await report([{ reference, state: 'delivered' }]), { status: 200, body: { noted: 1, known: 0, unknown: 0 } })
  assert.match(String((await who.get('/me/messages')).body), /短信已送达/)
  assert.deepEqual((await report([{ reference, state: 'delivered' }])).body, { noted: 0, known: 1, unknown: 0 })
  assert.deepEqual(
    (await report([{ reference, state: 'undelivered' }])).body,
    { noted: 0, known: 1, unknown: 0 },
    'the first one stays',
  )
  assert.deepEqual(await stateOf(who.personId), [true, false])
  assert.deepEqual((await report([{ reference: randomUUID(), state: 'delivered' }])).body, { noted: 0, known: 0, unknown: 1 })
})

test('one that did not arrive says so, days later too, and twenty at once are one', async () => {
  const { who, reference } = await sent()
  scene.later(6 * 86_400)
  const ends = await Promise.all(Array.from({ length: 20 }, () => report([{ reference, state: 'undelivered' }])))
  assert.equal(
    ends.reduce((n, end) => n + end.body.noted, 0),
    1,
  )
  assert.match(String((await who.get('/me/messages')).body), /短信没有送到/)
})

test('a report that comes before the answer of the hand-over settles it', async () => {
  const who = await scene.resident()
  scene.later(60)
  await scene.message(who.personId)
  scene.gateway.beforeAnswer = async () => {
    const { reference } = scene.gateway.delivered.at(-1)!
    assert.equal((await report([{ reference, state: 'delivered' }])).body.noted, 1)
  }
  await scene.sweep()
  scene.gateway.beforeAnswer = null
  assert.deepEqual(await stateOf(who.personId), [true, false])
  const { asked } = scene.gateway
  scene.later(600)
  await scene.sweep()
  assert.equal(scene.gateway.asked, asked)
})

test('nobody else reports: no signature, another secret, another body, too old, from another place', async () => {
  const { who, reference } = await sent()
  const good = [{ reference, state: 'delivered' }]
  const refused: [string, Letter, string][] = [
    ['no signature', { headers: { 'x-kaifong-signature': '' } }, 'messages.report_unsigned'],
    ['a guess', { headers: { 'x-kaifong-signature': `sha256=${'0'.repeat(64)}` } }, 'messages.report_unsigned'],
    ['no time', { headers: { 'x-kaifong-timestamp': '' } }, 'messages.report_unsigned'],
    ['too old', { signedAt: new Date(scene.now().getTime() - 301_000) }, 'messages.report_stale'],
    ['from the future', { signedAt: new Date(scene.now().getTime() + 301_000) }, 'messages.report_stale'],
  ]
  for (const [what, letter, code] of refused) {
    const { status, body } = await report(good, letter)
    assert.deepEqual([status, body.code], [403, code], what)
  }
  const other = scene.gateway.sign('{"reports":[]}', scene.now())
  assert.equal((await report(good, { headers: other })).body.code, 'messages.report_unsigned')
  const session = await scene.node.app.inject({
    method: 'POST',
    url: '/api/v1/messages/receipts',
    payload: JSON.stringify({ reports: good }),
    headers: { 'content-type': 'application/json', cookie: who.cookie },
  })
  assert.equal(session.statusCode, 403, 'being signed in is no signature')
  assert.deepEqual(await stateOf(who.personId), [false, false])
})

test('what is signed and makes no sense is refused with what to do, and notes nothing', async () => {
  for (const body of ['', '{', 'null', '[]', '{"reports":[]}', '{"reports":[{"reference":"1","state":"delivered"}]}'])
    assert.equal((await report(null, { body })).status, 422, body)
  const { reference } = await sent()
  assert.equal((await report([{ reference, state: 'read' }])).status, 422)
  assert.equal((await report(Array.from({ length: 101 }, () => ({ reference, state: 'delivered' })))).status, 422)
  const large = await report(null, { body: `{"reports":[],"x":"${'x'.repeat(60_000)}"}` })
  assert.deepEqual([large.status, large.body.code], [422, 'request.too_large'])
})

test('without a gateway there is no such address', async () => {
  const bare = await openScene()
  try {
    assert.equal((await bare.stranger.post('/api/v1/messages/receipts', { reports: [] })).status, 404)
  } finally {
    await bare.close()
  }
})
