/** Behind a proxy that speaks https: whose address counts, whose word about it is believed, and what the cookies say. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { openScene, place, type Scene } from './harness/scene.ts'

const PUBLIC = 'https://kaifong.example'
const MOST = 4
const DRAFT = JSON.stringify({ matterCode: 'longevity-allowance' })
/** Where requests come from that no proxy of ours has seen. */
const STRANGER = '198.51.100.20'
let scene: Scene
let proxy: Server
let origin: string
before(async () => {
  scene = await openScene(undefined, { publicUrl: PUBLIC, trustedProxies: ['127.0.0.1', '10.9.0.0/16'], unsafePerMinute: MOST })
  await scene.node.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = scene.node.app.server.address() as AddressInfo
  // As nginx is set up: adds the address that it sees, here named by a header of the test, and passes on what came before.
  proxy = createServer((incoming, outgoing) => {
    const { 'x-test-address': seen, ...headers } = incoming.headers
    const forwarded = [headers['x-forwarded-for'], seen].filter(Boolean).join(', ')
    const options = {
      host: '127.0.0.1',
      port,
      method: incoming.method,
      path: incoming.url,
      headers: { ...headers, host: 'kaifong.example', 'x-forwarded-for': forwarded, 'x-forwarded-proto': 'https' },
    }
    incoming.pipe(
      request(options, (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.headers)
        answer.pipe(outgoing)
      }),
    )
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  origin = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
})
after(async () => {
  proxy?.close()
  await scene?.close()
})

const through = (path: string, from: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
  fetch(`${origin}${path}`, { redirect: 'manual', ...init, headers: { ...init.headers, 'x-test-address': from } })
const sendsTo = (from: string, forged?: string) =>
  through('/api/v1/drafts', from, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(forged ? { 'x-forwarded-for': forged } : {}) },
    body: DRAFT,
  })
const direct = (forwarded: string) =>
  scene.node.app.inject({
    method: 'POST',
    url: '/api/v1/drafts',
    remoteAddress: STRANGER,
    headers: { 'content-type': 'application/json', 'x-forwarded-for': forwarded },
    payload: DRAFT,
  })
/** How often an address was counted; it is counted under a keyed hash. */
const hits = async (address: string): Promise<number> => {
  const key = scene.node.platform.services.crypto.blind(address, 'rate.unsafe').toString('hex')
  const { rows } = await scene.owner.query('select hits from auth.rate where key = $1', [`unsafe:${key}`])
  return rows[0]?.hits ?? 0
}

test('who stands behind the proxy is counted by her own address, and waits alone', async () => {
  const statuses = []
  for (let n = 0; n <= MOST; n++) statuses.push((await sendsTo('203.0.113.7')).status)
  assert.deepEqual(statuses.slice(-2), [401, 429])
  assert.equal((await sendsTo('203.0.113.8')).status, 401, 'her neighbour behind the same proxy does not wait')
  assert.deepEqual([await hits('203.0.113.7'), await hits('203.0.113.8')], [MOST + 1, 1])
})

test('an address that the sender wrote before the proxy’s is not believed', async () => {
  for (let n = 0; n <= MOST; n++) await sendsTo('203.0.113.9', `192.0.2.${n}`)
  assert.equal(await hits('203.0.113.9'), MOST + 1)
  for (let n = 0; n <= MOST; n++) assert.equal(await hits(`192.0.2.${n}`), 0)
})

test('two proxies of ours in a row lead to whom they serve', async () => {
  await sendsTo('10.9.3.4', '203.0.113.10')
  assert.equal(await hits('203.0.113.10'), 1)
})

test('one that is not listed speaks for nobody but itself', async () => {
  const statuses = []
  for (let n = 0; n <= MOST; n++) statuses.push((await direct(`192.0.2.${n}`)).statusCode)
  assert.deepEqual(statuses.slice(-2), [401, 429])
  assert.equal(await hits(STRANGER), MOST + 1)
})

test('cookies are for https alone, and so is everything that the page names', async () => {
  const page = await through('/sign-in', '203.0.113.20')
  assert.equal(page.status, 200)
  const cookies = page.headers.getSetCookie()
  assert.ok(cookies.length > 0)
  for (const cookie of cookies) assert.match(cookie, /^__Host-csrf=.*; Path=\/; HttpOnly; Secure; SameSite=Strict/)
  assert.equal(page.headers.get('strict-transport-security'), 'max-age=31536000; includeSubDomains')
  assert.match(page.headers.get('content-security-policy')!, /upgrade-insecure-requests/)
  for (const cookie of (await through('/settings?lang=en', '203.0.113.20')).headers.getSetCookie())
    assert.match(cookie, /; Secure/)
})

test('an officer signs in through the proxy, with a session that leaves by https only', async () => {
  const { username, password, code } = await scene.officer('window-clerk', [place.street])
  const jar = new Map<string, string>()
  const set: string[] = []
  const take = (answer: Response): Response => {
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair] = cookie.split(';')
      jar.set(pair!.slice(0, pair!.indexOf('=')), pair!)
      set.push(cookie)
    }
    return answer
  }
  const headers = () => ({ cookie: [...jar.values()].join('; ') })
  const fill = async (path: string, fields: Record<string, string>): Promise<Response> => {
    const form = take(await through(path, '203.0.113.21', { headers: headers() }))
    const token = /name="_csrf" value="([^"]+)"/.exec(await form.text())![1]!
    const body = String(new URLSearchParams({ _csrf: token, ...fields }))
    const sent = { 'content-type': 'application/x-www-form-urlencoded', origin: PUBLIC, 'sec-fetch-site': 'same-origin' }
    return take(await through(path, '203.0.113.21', { method: 'POST', headers: { ...headers(), ...sent }, body }))
  }
  const known = await fill('/desk/sign-in', { username, password })
  assert.deepEqual([known.status, known.headers.get('location')], [303, '/desk/sign-in/factor'])
  const done = await fill('/desk/sign-in/factor', { code: code() })
  assert.deepEqual([done.status, done.headers.get('location')], [303, '/desk'])
  const session = set.find((cookie) => cookie.includes('session_token='))
  assert.match(session!, /^__Host-/)
  for (const cookie of set) assert.match(cookie, /; HttpOnly/)
  for (const cookie of set) assert.match(cookie, /; Secure/)
  const desk = await through('/desk', '203.0.113.21', { headers: { cookie: session!.split(';')[0]! } })
  assert.deepEqual([desk.status, desk.headers.get('location')], [303, '/desk/post?next=%2Fdesk'], 'known, and asked for her post')
})

test('the API takes the public address for its own, and no other', async () => {
  const asks = (from: string, headers: Record<string, string>) =>
    through('/api/v1/drafts', from, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: DRAFT })
  assert.equal((await asks('203.0.113.30', { origin: PUBLIC })).status, 401)
  const foreign = await asks('203.0.113.31', { origin: 'https://elsewhere.example' })
  assert.deepEqual([foreign.status, (await foreign.json()).code], [403, 'request.foreign'])
})
