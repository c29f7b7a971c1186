/** What is sent is read only once it is known from whom, how large, and that the form is ours; and whoever stops is hung up on. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { type AddressInfo, connect } from 'node:net'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { FormBrowser } from '../harness/form-browser.ts'
import { openScene, type Scene } from '../harness/scene.ts'

const KILOBYTE = 1024
const BUDGET = 100 * KILOBYTE
let scene: Scene
let port: number
before(async () => {
  scene = await openScene(undefined, { unsafePerMinute: 10_000, bytesPerDay: { stranger: BUDGET } })
  await scene.node.app.listen({ port: 0, host: '127.0.0.1' })
  port = (scene.node.app.server.address() as AddressInfo).port
})
after(() => scene?.close())

const EDGE = 'edge'
const TYPE = `multipart/form-data; boundary=${EDGE}`
const head = (length: number | null, more = '') =>
  `POST /report HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: ${TYPE}\r\n${more}${
    length === null ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`
  }\r\n\r\n`
/** The status that comes back, without the body ever being sent whole; and after how long. */
const speak = (text: string): Promise<{ status: number; ms: number }> =>
  new Promise((resolve, reject) => {
    const began = performance.now()
    let heard = ''
    const socket = connect({ port, host: '127.0.0.1', localAddress: `127.4.${Math.floor(Math.random() * 250)}.9` }, () =>
      socket.write(text),
    )
    const tell = () => resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(heard)?.[1] ?? 0), ms: performance.now() - began })
    socket.on('data', (bytes) => {
      heard += bytes
      if (/\r\n\r\n/.test(heard)) {
        tell()
        socket.destroy()
      }
    })
    socket.on('error', reject)
    socket.on('close', tell)
  })
const spooled = () => readdirSync(`${scene.filesDir}-incoming`, { recursive: true }).length

test('a size that is not said, or too large, is refused before anything is read', async () => {
  assert.equal((await speak(head(null))).status, 411)
  assert.equal((await speak(head(200_000_000))).status, 413)
})

test('the first file is read after the proof that the form is ours, and not before', async () => {
  const before = spooled()
  const file = `--${EDGE}\r\ncontent-disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n`
  const one = await speak(head(50_000) + file + 'x'.repeat(1000))
  assert.equal(one.status, 403, 'answered while 49 000 bytes are still to come')
  const late = `--${EDGE}\r\ncontent-disposition: form-data; name="_csrf"\r\n\r\nforged\r\n`
  assert.equal((await speak(head(50_000) + late + file + 'x'.repeat(1000))).status, 403)
  assert.equal(spooled(), before, 'and nothing of it lies on the disk')
})

test('what goes to an address that is not there is read by nobody', async () => {
  const answer = await speak(head(50_000).replace('/report', '/nowhere'))
  assert.equal(answer.status, 404)
})

test('a body that stops is hung up on', { timeout: 30_000 }, async () => {
  const { status, ms } = await speak(`${head(20_000)}--${EDGE}\r\n`)
  assert.ok(status === 408 || status === 0, String(status))
  assert.ok(ms > 5000 && ms < 15_000, `${ms} ms`)
})

test('of one client only a few bodies are on their way at a time, and nobody else waits for them', async () => {
  const from = '127.5.5.5'
  const begin = () => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: from }, () => socket.write(head(20_000)))
    socket.on('error', () => {})
    return socket
  }
  const open = [begin(), begin(), begin(), begin()]
  await new Promise((done) => setTimeout(done, 300))
  const heard = await new Promise<string>((done) => {
    const fifth = begin()
    fifth.once('data', (bytes) => done(String(bytes)))
  })
  assert.match(heard, /^HTTP\/1\.1 429/)
  assert.equal((await speak(head(null))).status, 411, 'another address is heard')
  for (const socket of open) socket.destroy()
})

test('a day’s budget of bytes ends, and a form without files goes on', async () => {
  const browser = new FormBrowser(scene, '', '10.4.4.4')
  const { html } = await browser.see('/report?what=street-lamp')
  const form = /name="_csrf"/.test(html) ? html : (await browser.see('/sign-in')).html
  const action = /<form method="post" action="([^"]+)"/.exec(form)![1]!
  const statuses: number[] = []
  for (let n = 0; n < 4; n++) {
    const file = { field: 'photos', name: 'a.jpg', bytes: Buffer.alloc(30 * KILOBYTE, n) }
    statuses.push((await browser.answer(form, action, {}, { files: [file] })).status)
  }
  assert.equal(statuses.at(-1), 429, String(statuses))
  assert.ok(
    statuses.slice(0, 3).every((one) => one !== 429),
    String(statuses),
  )
  assert.notEqual((await browser.answer(form, action, {})).status, 429)
})

test('a form that another site sends is refused, token or not', async () => {
  const browser = new FormBrowser(scene, '', '10.4.4.5')
  const { html } = await browser.see('/sign-in')
  const token = /name="_csrf" value="([^"]+)"/.exec(html)![1]!
  const send = (headers: Record<string, string>) =>
    scene.node.app.inject({
      method: 'POST',
      url: '/sign-in',
      remoteAddress: '10.4.4.5',
      headers: {
        cookie: [...browser.cookies].map(([k, v]) => `${k}=${v}`).join('; '),
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      payload: String(new URLSearchParams({ _csrf: token, phone: '1' })),
    })
  for (const foreign of [
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://127.0.0.1:8090', 'sec-fetch-site': 'cross-site' },
  ])
    assert.equal((await send(foreign as unknown as Record<string, string>)).statusCode, 403, JSON.stringify(foreign))
  for (const own of [{}, { origin: 'http://127.0.0.1:8090' }, { origin: 'null', 'sec-fetch-site': 'same-origin' }])
    assert.notEqual((await send(own as Record<string, string>)).statusCode, 403, JSON.stringify(own))
})

test('photos that belong to nothing have an end, for each who leaves them', async () => {
  const jpeg = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .jpeg()
    .toBuffer()
  const { leavePhoto } = await import('../../src/modules/grid/use-cases/photos.ts')
  const { platform } = scene.node
  const leave = (client: string) =>
    leavePhoto.run({ platform, actor: { kind: 'public' }, now: scene.now(), requestId: 'r', client }, { bytes: jpeg })
  for (let n = 0; n < 30; n++) await leave('one')
  await assert.rejects(leave('one'), { code: 'photo.too_many_waiting' })
  await leave('another')
  const { rows } = await scene.owner.query(`select count(*)::int as n from grid.photo where left_by = 'one'`)
  assert.equal(rows[0].n, 30)
  scene.at('2026-11-25T02:30:00Z')
  const { endWaiting } = await import('../../src/modules/grid/index.ts')
  await endWaiting.run(
    {
      platform,
      actor: { kind: 'system', schedule: 'end-waiting', scope: '4401', domains: [] },
      now: scene.now(),
      requestId: 'r',
    },
    {},
  )
  assert.equal(
    (await scene.owner.query('select 1 from grid.photo where incident_id is null')).rows.length,
    0,
    'swept after a day',
  )
})
