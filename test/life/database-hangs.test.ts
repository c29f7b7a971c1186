/** A database that hangs: connections stand, and nothing comes back. People are told within seconds, and limits hold meanwhile. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { FormBrowser } from '../harness/form-browser.ts'
import { cloneDatabase } from '../harness/postgres.ts'
import { openScene, type Scene } from '../harness/scene.ts'

const MOST = 12
let scene: Scene
let between: Server
/** The way to the database swallows what is said, and keeps the line open. */
let swallows = false
before(async () => {
  const database = await cloneDatabase()
  const real = new URL(database.ownerUrl)
  const folder = real.searchParams.get('host')
  between = createServer((near) => {
    const far = folder ? connect(`${folder}/.s.PGSQL.${real.port}`) : connect(Number(real.port), real.hostname)
    const pass = (from: Socket, to: Socket) => {
      from.on('data', (bytes) => {
        if (!swallows) to.write(bytes)
      })
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
    }
    pass(near, far)
    pass(far, near)
  }).listen(0, '127.0.0.1')
  await once(between, 'listening')
  const way = new URL(database.ownerUrl)
  way.searchParams.delete('host')
  way.hostname = '127.0.0.1'
  way.port = String((between.address() as AddressInfo).port)
  const filesDir = mkdtempSync(join(process.env.KAIFONG_TEST_FOLDER!, 'files-hang-'))
  scene = await openScene(undefined, { unsafePerMinute: MOST }, { ownerUrl: way.href, filesDir, drop: () => database.drop() })
})
after(async () => {
  swallows = false
  await scene?.close()
  between?.close()
})

const took = async <T>(work: Promise<T>): Promise<[T, number]> => {
  const began = performance.now()
  return [await work, performance.now() - began]
}

test('whoever waits is told with 503 and Retry-After, whoever comes next at once, and it goes on by itself', async () => {
  const lady = await scene.resident()
  const browser = new FormBrowser(scene, lady.cookie, '10.3.3.3')
  const { html } = await browser.see('/sign-in')
  swallows = true
  const [caught, first] = await took(browser.see('/me'))
  assert.equal(caught.status, 503, caught.html.slice(0, 300))
  assert.equal(caught.headers['retry-after'], '60')
  assert.ok(first < 9000, `the first one waited ${first} ms`)
  for (const url of ['/me', '/sign-in', '/readyz']) {
    const [answer, ms] = await took(browser.see(url))
    assert.ok(ms < 1000, `${url} took ${ms} ms`)
    if (url !== '/sign-in') assert.equal(answer.status, 503, url)
  }

  const statuses: number[] = []
  for (let n = 0; n <= MOST; n++) {
    const [answer, ms] = await took(browser.answer(html, '/sign-in', { phone: '10012345678' }))
    assert.ok(ms < 1000, `a form took ${ms} ms`)
    statuses.push(answer.status)
  }
  assert.deepEqual(new Set(statuses.slice(0, MOST)), new Set([503]))
  assert.equal(statuses.at(-1), 429, 'the limit holds from memory')

  swallows = false
  for (let n = 0; n < 100 && (await browser.see('/readyz')).status !== 200; n++) await wait(100)
  assert.equal((await browser.see('/me')).status, 200)
  assert.equal((await browser.answer(html, '/sign-in', { phone: '10012345678' })).status, 429, 'and nothing of it is forgotten')
})
