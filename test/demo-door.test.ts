/** A demo under another name, behind a proxy or after DNS rebinding: its doors are shut, and the page says what to do instead. */
import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { FormBrowser } from './harness/form-browser.ts'
import { cloneDatabase } from './harness/postgres.ts'
import { openScene, type Scene } from './harness/scene.ts'

let scene: Scene
before(async () => {
  const database = await cloneDatabase()
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query(`insert into platform.setting (name, value, at) values ('demo', '1', '2026-11-24T02:00:00Z')`)
  await owner.end()
  const filesDir = mkdtempSync(join(process.env.KAIFONG_TEST_FOLDER!, 'files-demo-'))
  scene = await openScene(undefined, {}, { ...database, filesDir })
})
after(() => scene?.close())

const ELSEWHERE: Record<string, string>[] = [
  { host: 'street.example.org' },
  { host: 'rebound.example:8090' },
  { host: '127.0.0.1', 'x-forwarded-for': '203.0.113.7' },
  { host: '127.0.0.1', forwarded: 'for=203.0.113.7' },
  { host: 'localhost', 'x-forwarded-proto': 'https' },
]
const ask = (url: string, headers: Record<string, string>, method: 'GET' | 'POST' = 'GET') =>
  scene.node.app.inject({ method, url, headers, ...(method === 'POST' ? { payload: 'phone=10000000001' } : {}) })

test('whoever sits at the machine sees the demo as ever', async () => {
  assert.equal(scene.node.demo, true)
  for (const host of ['127.0.0.1:8090', 'localhost:8090', '[::1]:8090'])
    for (const url of ['/', '/sign-in', '/desk/sign-in', '/demo/outbox'])
      assert.equal((await ask(url, { host })).statusCode, 200, url)
})

test('from elsewhere no door is open, and the page says what to do instead', async () => {
  for (const headers of ELSEWHERE) {
    for (const url of ['/', '/sign-in', '/desk/sign-in', '/demo/outbox', '/report']) {
      const answer = await ask(url, headers)
      assert.equal(answer.statusCode, 403, `${url} ${JSON.stringify(headers)}`)
      assert.match(answer.body, /KAIFONG_PUBLIC_URL/)
      assert.ok(!/<form|outbox/.test(answer.body), url)
    }
    const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' }
    for (const url of ['/sign-in', '/desk/sign-in']) assert.equal((await ask(url, form, 'POST')).statusCode, 403)
    const api = await ask('/api/v1/public/matters', headers)
    assert.deepEqual([api.statusCode, api.json().code], [403, 'demo.not_from_elsewhere'])
    assert.equal((await ask('/healthz', headers)).statusCode, 200)
  }
})

test('who is signed in at the machine is nobody under another name', async () => {
  const lady = await scene.resident()
  const browser = new FormBrowser(scene, lady.cookie)
  assert.equal((await browser.see('/me')).status, 200)
  const elsewhere = await browser.send('GET', '/me', undefined, 'rebound.example')
  assert.deepEqual([elsewhere.status, elsewhere.html.includes(lady.name)], [403, false])
})
