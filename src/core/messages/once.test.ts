/** Once each: with two nodes, with a process that is killed between hand-over and note, with a provider that is away for a day. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { type OutsideScene, openOutsideScene, withEmail } from '../../../test/harness/outside.ts'
import { openScene, place } from '../../../test/harness/scene.ts'
import { sendMessages } from './index.ts'

const root = join(import.meta.dirname, '../../..')
let scene: OutsideScene
let atLetter: (() => void) | null = null
before(async () => {
  scene = await openOutsideScene({
    taken: () => atLetter?.(),
  })
})
after(() => scene?.close())
beforeEach(() => {
  atLetter = null
  Object.assign(scene.gateway, { instead: null, beforeAnswer: null })
})

const textsTo = (phone: string) => scene.gateway.delivered.filter((one) => one.to === phone).map((one) => one.text)
async function residents(n: number) {
  const people: Awaited<ReturnType<typeof scene.resident>>[] = []
  while (people.length < n) people.push(await scene.resident())
  return people
}
const lettersTo = (email: string) => scene.mail.received.filter((one) => one.to.includes(email))

/** Sends in a process of its own, which ends by itself or is killed. */
function anotherProcess(): { child: ChildProcess; ended: Promise<unknown> } {
  const options = {
    at: scene.now(),
    ownerUrl: scene.ownerUrl,
    keysDir: join(process.env.KAIFONG_TEST_FOLDER!, 'keys'),
    filesDir: scene.filesDir,
    outbound: scene.outbound,
  }
  const child = spawn(process.execPath, ['--import', './bin/tsx-hook.mjs', 'test/harness/sending-process.ts'], {
    cwd: root,
    env: { ...process.env, KAIFONG_TEST_SENDER: JSON.stringify(options), NODE_TEST_CONTEXT: undefined },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return { child, ended: once(child, 'exit') }
}

test('two nodes that sweep at the same moment send each message once, and each parcel whole', async () => {
  const people = await residents(12)
  for (const { personId } of people) for (let n = 0; n < 3; n++) await scene.message(personId)
  const other = await openScene(
    scene.now().toISOString(),
    { outbound: scene.outbound },
    { ownerUrl: scene.ownerUrl, filesDir: scene.filesDir, drop: async () => {} },
  )
  try {
    const nodes = [scene.node, other.node, scene.node, other.node]
    const ends = await Promise.all(nodes.map((node) => sendMessages(node.platform)))
    assert.equal(
      ends.reduce((n, end) => n + end.sent, 0),
      12,
    )
    for (const { phone } of people)
      assert.deepEqual(textsTo(phone), ['【街坊】您有 3 条新消息，请登录查看：http://127.0.0.1:8090'])
  } finally {
    await other.close()
  }
})

test('killed between hand-over and note: the text is asked for again under its reference and reaches the phone once', async () => {
  const who = await scene.resident()
  await scene.message(who.personId)
  const { child, ended } = anotherProcess()
  scene.gateway.beforeAnswer = () => void child.kill('SIGKILL')
  await ended
  scene.gateway.beforeAnswer = null
  const [row] = await scene.rowsOf(who.personId)
  assert.equal(row!.state, 'sending', 'nobody noted how it ended')
  assert.equal(textsTo(who.phone).length, 1)

  scene.later(4 * 60)
  await scene.sweep()
  assert.equal((await scene.rowsOf(who.personId))[0]!.state, 'sending', 'it may still be under way')
  // What comes meanwhile waits for the one that is not cleared up.
  await scene.message(who.personId)
  await scene.sweep()
  scene.later(60)
  const { asked } = scene.gateway
  await scene.sweep()
  assert.equal(scene.gateway.asked - asked, 2)
  assert.equal(textsTo(who.phone).length, 2, 'the first one once, and the second')
  const rows = await scene.rowsOf(who.personId)
  assert.deepEqual(
    rows.map((r) => r.state),
    ['sent', 'sent'],
  )
  assert.equal(rows[0]!.parcel, row!.parcel)
})

test('a letter whose process was killed is not sent a second time; the inbox has it and says what is known', async () => {
  const who = await scene.resident()
  await withEmail(scene, who, 'once@example.org')
  await scene.sweep()
  await who.post('/api/v1/me/channels', { sms: false, email: true })
  const before = lettersTo('once@example.org').length
  scene.later(60)
  await scene.message(who.personId)
  const { child, ended } = anotherProcess()
  atLetter = () => void child.kill('SIGKILL')
  await ended
  atLetter = null
  scene.later(6 * 60)
  await scene.sweep()
  assert.equal(lettersTo('once@example.org').length - before, 1)
  const inbox = (await who.get('/api/v1/me/messages')).body
  assert.deepEqual(inbox[0].outgone, [{ channel: 'email', state: 'unclear' }])
  assert.match(String((await who.get('/me/messages')).body), /邮件可能没有送到/)
})

test('a reference that the gateway may have forgotten is not used again', async () => {
  const who = await scene.resident()
  await scene.message(who.personId)
  scene.gateway.instead = (request) => request.socket.destroy()
  await scene.sweep()
  scene.gateway.instead = null
  await scene.owner.query(
    `update messages.dispatch set state = 'sending', first_claimed_at = $2, claimed_at = $2 where person_id = $1`,
    [who.personId, new Date(scene.now().getTime() - 49 * 3_600_000)],
  )
  const { asked } = scene.gateway
  await scene.sweep()
  assert.equal(scene.gateway.asked, asked)
  assert.equal((await scene.rowsOf(who.personId))[0]!.state, 'unclear')
})

test('a provider that is away for a day: few are tried, somebody is called, and when it is back nobody gets a flood', async () => {
  const people = await residents(20)
  const keeper = await scene.officer('system-administrator', [place.district])
  scene.gateway.instead = (_request, response) => void response.writeHead(503).end()
  const alarms = async () => (await scene.stranger.get('/readyz')).body.alarms.filter((alarm: string) => alarm.endsWith('-stuck'))
  assert.deepEqual(await alarms(), [])
  const { asked } = scene.gateway
  for (const { personId } of people) await scene.message(personId)
  await scene.sweep()
  assert.ok(scene.gateway.asked - asked <= 8, 'nobody would be served: it is left in peace')
  for (let hour = 0; hour < 24; hour++) {
    scene.later(3600)
    for (const { personId } of people.slice(0, 10)) if (hour % 4 === 0) await scene.message(personId)
    for (let n = 0; n < 3; n++) await scene.sweep()
    scene.later(60)
    if (hour === 2) {
      assert.deepEqual(await alarms(), ['sms-stuck'])
      await keeper.again()
      assert.match(String((await keeper.get('/desk/administration/node')).body), /短信已经一个多小时没有发出去/)
    }
  }
  scene.gateway.instead = null
  // Back in the morning; those whose wait is not over come a little later.
  scene.at('2026-11-26T01:00:00Z')
  for (let hour = 0; hour < 6; hour++) {
    for (let n = 0; n < 2; n++) await scene.sweep()
    scene.later(3600)
  }
  for (const [at, { personId, phone }] of people.entries()) {
    const rows = await scene.rowsOf(personId)
    assert.deepEqual(
      rows.filter((row) => row.state !== 'sent'),
      [],
      `person ${at}`,
    )
    assert.ok(textsTo(phone).length <= 2, `person ${at} got ${textsTo(phone).length}`)
    assert.equal(
      scene.gateway.delivered.filter((one) => one.to === phone).reduce((n, one) => n + Number(one.params.n ?? 1), 0),
      rows.length,
    )
  }
  assert.deepEqual(await alarms(), [])
})

test('a copy that was set back sends nothing that may have left since', async () => {
  const who = await scene.resident()
  scene.at('2026-11-26T14:00:00Z')
  await scene.message(who.personId)
  await scene.sweep()
  assert.equal((await scene.rowsOf(who.personId))[0]!.state, 'due', 'it waits for the morning')
  // What a restore leaves: every table but the sweep's own.
  await scene.owner.query('delete from messages.sweep')
  scene.at('2026-11-27T02:00:00Z')
  await scene.sweep()
  assert.deepEqual(textsTo(who.phone), [])
  assert.equal((await scene.rowsOf(who.personId))[0]!.state, 'unclear')
  scene.later(60)
  await scene.message(who.personId)
  await scene.sweep()
  assert.equal(textsTo(who.phone).length, 1, 'what is told from now on leaves')
})

test('the keeper of the box sees how many, and of nobody', async () => {
  const text = (await scene.node.app.inject({ url: '/metrics', remoteAddress: '127.0.0.1' })).body
  const lines = text.split('\n').filter((line) => line.startsWith('kaifong_messages{'))
  assert.ok(
    lines.some((line) => /channel="sms",state="sent"\} [1-9]/.test(line)),
    text,
  )
  for (const line of lines) assert.match(line, /^kaifong_messages\{channel="(sms|email)",state="\w+"\} \d+$/)
})
