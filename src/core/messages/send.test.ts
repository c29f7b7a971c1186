/** Messages leave the house once each, neutrally, at a decent hour, and to nobody who should not be written to. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { type OutsideScene, openOutsideScene, withEmail } from '../../../test/harness/outside.ts'
import { place } from '../../../test/harness/scene.ts'

let scene: OutsideScene
let refusal: { code: number; text: string } | null = null
before(async () => {
  scene = await openOutsideScene({ recipient: () => refusal })
})
after(() => scene?.close())
beforeEach(() => {
  refusal = null
  scene.gateway.instead = null
})

const textsTo = (phone: string) => scene.gateway.delivered.filter((one) => one.to === phone).map((one) => one.text)
const states = async (personId: string) =>
  (await scene.rowsOf(personId)).map((row) => `${row.channel} ${row.state} ${row.fault ?? ''}`.trim())

test('news leaves on both channels, once each, and the inbox says so', async () => {
  const who = await scene.resident()
  assert.equal((await withEmail(scene, who, 'chen@example.org')).status, 200)
  await scene.sweep()
  const before = [scene.mail.received.length, scene.gateway.delivered.length]
  scene.later(60)
  await scene.message(who.personId, 'accepted', { matter: 'longevity-allowance', number: 'A-7' })
  await scene.sweep()
  for (let n = 0; n < 3; n++) await scene.sweep()
  assert.deepEqual([scene.mail.received.length - before[0]!, scene.gateway.delivered.length - before[1]!], [1, 1])
  const [sms, letter] = [textsTo(who.phone).at(-1)!, scene.mail.received.at(-1)!]
  assert.equal(sms, '【街坊】您有 1 条新消息，请登录查看：http://127.0.0.1:8090')
  assert.match(letter.text, /您有 1 条新消息[\s\S]*You have 1 new message/)
  assert.deepEqual(letter.to, ['chen@example.org'])
  const inbox = (await who.get('/api/v1/me/messages')).body
  assert.deepEqual(inbox[0].outgone, [
    { channel: 'sms', state: 'sent' },
    { channel: 'email', state: 'sent' },
  ])
  assert.match(String((await who.get('/me/messages')).body), /短信已发出 · 邮件已发出/)
})

test('what was told before the house could send stays in the inbox, and so does what nobody carries', async () => {
  const { rows } = await scene.owner.query('select since from messages.sweep')
  const who = await scene.resident()
  await scene.owner.query(
    `insert into messages.message (id, person_id, kind, params, made_at) values ($1, $2, 'accepted', '{}', $3)`,
    ['019ac000-0000-7000-8000-000000000001', who.personId, new Date(rows[0].since.getTime() - 1000)],
  )
  await scene.sweep()
  assert.deepEqual(await scene.rowsOf(who.personId), [])
  const { outside } = scene.node.platform.services
  const held = { ...outside }
  try {
    Object.assign(outside, { sms: null, email: null })
    await scene.message(who.personId)
    assert.deepEqual(await scene.sweep(), { sent: 0, failed: 0, skipped: 0 })
    assert.deepEqual(await scene.rowsOf(who.personId), [])
  } finally {
    Object.assign(outside, held)
  }
})

test('the night is quiet from nine to eight, to the second; what waits leaves as one, and only the account is told at once', async () => {
  const who = await scene.resident()
  scene.at('2026-11-25T12:59:59Z') // 20:59:59
  await scene.message(who.personId)
  await scene.sweep()
  assert.equal(textsTo(who.phone).length, 1)
  scene.at('2026-11-25T13:00:00Z')
  for (const kind of ['step_done', 'correction_requested', 'issued'])
    await scene.message(who.personId, kind, { answerBy: '2026-12-01' })
  await scene.sweep()
  assert.equal(textsTo(who.phone).length, 1)
  await scene.message(who.personId, 'phone_changed', { on: '2026-11-25' })
  await scene.sweep()
  assert.match(textsTo(who.phone).at(-1)!, /账号有变动/)
  scene.at('2026-11-25T23:59:59Z') // 07:59:59
  await scene.sweep()
  assert.equal(textsTo(who.phone).length, 2)
  scene.at('2026-11-26T00:00:00Z')
  await scene.sweep()
  assert.deepEqual(textsTo(who.phone).slice(2), ['【街坊】您有 3 条新消息，请登录查看：http://127.0.0.1:8090'])
  assert.equal((await scene.rowsOf(who.personId)).filter((row) => row.state === 'sent').length, 5)
})

test('something to do names its last day', async () => {
  const who = await scene.resident()
  await scene.message(who.personId, 'correction_requested', { answerBy: '2026-12-15', missing: ['income-proof'] })
  await scene.sweep()
  assert.deepEqual(textsTo(who.phone), ['【街坊】有一件事要请您办，请在 2026-12-15 之前。请登录查看：http://127.0.0.1:8090'])
})

test('how she stands when it leaves decides: opted out, read meanwhile, doubted, unbound, leaving', async () => {
  const [out, read, doubted, unbound, leaving] = [
    await scene.resident(),
    await scene.resident(),
    await scene.resident(),
    await scene.resident(),
    await scene.resident(),
  ]
  // Written at night, sent in the morning: everything below happens in between.
  scene.at('2026-11-26T14:00:00Z')
  for (const who of [out, read, doubted, unbound, leaving]) await scene.message(who.personId)
  await scene.sweep()
  assert.equal((await out.post('/api/v1/me/channels', { sms: false, email: false })).status, 200)
  assert.equal((await read.post('/api/v1/me/messages/read')).status, 200)
  await scene.owner.query(
    `update auth.resident_phone set doubted_at = $2 where account_id = (select account_id::uuid from access.person_account where person_id = $1)`,
    [doubted.personId, scene.now()],
  )
  await scene.owner.query('update access.person_account set ended_at = $2 where person_id = $1', [unbound.personId, scene.now()])
  await scene.owner.query(
    `update auth."user" set deletion_asked_at = $2 where "id" = (select account_id::uuid from access.person_account where person_id = $1)`,
    [leaving.personId, scene.now()],
  )
  scene.at('2026-11-27T02:00:00Z')
  assert.deepEqual(await scene.sweep(), { sent: 0, failed: 0, skipped: 2 })
  assert.deepEqual(await states(leaving.personId), ['sms skipped leaving'])
  assert.deepEqual(await states(out.personId), ['sms skipped not-wanted'])
  assert.deepEqual(await states(read.personId), ['sms skipped read'])
  assert.deepEqual(await states(doubted.personId), ['sms skipped doubted'])
  assert.deepEqual(await states(unbound.personId), ['sms skipped no-account'])
  for (const { phone } of [out, read, doubted, unbound, leaving]) assert.deepEqual(textsTo(phone), [])
})

test('what concerns the account reaches the phone, though somebody read it first and switched everything off', async () => {
  const who = await scene.resident()
  await withEmail(scene, who, 'quiet@example.org')
  await scene.sweep()
  scene.later(60)
  const before = textsTo(who.phone).length
  assert.equal((await who.post('/api/v1/me/email/removal')).status, 200)
  assert.equal((await who.post('/api/v1/me/messages/read')).status, 200)
  assert.equal((await who.post('/api/v1/me/channels', { sms: false, email: false })).status, 200)
  await scene.sweep()
  assert.match(textsTo(who.phone).slice(before).join(), /账号有变动/)
})

test('whoever has a safety flag gets nothing outside unless she chose it herself', async () => {
  const who = await scene.resident()
  await scene.owner.query('update people.person set safety_flag = true where id = $1', [who.personId])
  await scene.message(who.personId)
  await scene.sweep()
  assert.deepEqual(await states(who.personId), ['sms skipped safety'])
  await who.post('/api/v1/me/channels', { sms: true, email: false })
  scene.later(60)
  await scene.message(who.personId)
  await scene.sweep()
  assert.equal(textsTo(who.phone).length, 1)
})

test('a phone that an officer unbound is told so, though it is nobody’s any more', async () => {
  const who = await scene.resident()
  const clerk = await scene.officer('window-clerk', [place.street])
  scene.later(60)
  const { status } = await clerk.post(`/api/v1/people/${who.personId}/account/removal`, { reason: '换了手机号' })
  assert.equal(status, 200)
  await scene.sweep()
  assert.match(textsTo(who.phone).at(-1)!, /账号有变动/)
  scene.later(60)
  await scene.message(who.personId)
  await scene.sweep()
  assert.equal(textsTo(who.phone).length, 1, 'and nothing else')
})

test('a letter that comes back ends the address: she is told, and proving it again begins anew', async () => {
  const who = await scene.resident()
  await withEmail(scene, who, 'gone@example.org')
  await scene.sweep()
  refusal = { code: 550, text: '5.1.1 no such user' }
  scene.later(60)
  await scene.message(who.personId)
  await scene.sweep()
  assert.deepEqual((await states(who.personId)).slice(-2), ['sms sent', 'email failed smtp-550'])
  assert.match(String((await who.get('/me/channels')).body), /g\*\*\*@example\.org 的信退回来了/)
  assert.match(String((await who.get('/me/messages')).body), /邮件没有送到/)
  refusal = null
  scene.later(60)
  await scene.message(who.personId)
  await scene.sweep()
  assert.equal((await states(who.personId)).at(-1), 'email skipped bounced')
  scene.later(3600)
  assert.equal((await withEmail(scene, who, 'gone@example.org')).status, 200)
  scene.later(60)
  await scene.message(who.personId)
  await scene.sweep()
  assert.equal((await states(who.personId)).at(-1), 'email sent')
})

test('greylisting: asked to come back, it comes back with a growing wait, and arrives once', async () => {
  const who = await scene.resident()
  await withEmail(scene, who, 'grey@example.org')
  await scene.sweep()
  refusal = { code: 450, text: '4.2.0 greylisted' }
  scene.later(60)
  await scene.message(who.personId)
  const before = scene.mail.received.length
  await scene.sweep()
  await scene.sweep()
  const row = async () => (await scene.rowsOf(who.personId)).at(-1)!
  assert.deepEqual([(await row()).attempts, (await row()).state, (await row()).fault], [1, 'due', 'smtp-450'])
  scene.later(60)
  await scene.sweep()
  scene.later(60)
  await scene.sweep()
  assert.equal((await row()).attempts, 2, 'twice as long after the second time')
  refusal = null
  scene.later(60)
  await scene.sweep()
  assert.deepEqual([(await row()).attempts, (await row()).state], [3, 'sent'])
  assert.equal(scene.mail.received.length - before, 1)
})

test('telling somebody is one insert: nothing of the sending hangs on it', async () => {
  const { rows } = await scene.owner.query(
    `select (select count(*)::int from pg_index where indrelid = 'messages.message'::regclass) as indexes,
       (select count(*)::int from pg_trigger where tgrelid = 'messages.message'::regclass and not tgisinternal) as triggers`,
  )
  // The key, one for the inbox, and two by which the end of its time is found.
  assert.deepEqual(rows, [{ indexes: 4, triggers: 0 }])
  // And what is new is found by the key that was there.
  await scene.owner.query('set enable_seqscan = off')
  const plan = await scene.owner.query(
    `explain select from messages.message m where m.id >= '019ac000-0000-7000-8000-000000000000' and m.made_at >= '2026-11-24'`,
  )
  await scene.owner.query('reset enable_seqscan')
  assert.match(JSON.stringify(plan.rows), /message_pkey|message_by_age/)
})
