/** One desk, one browser, two officers: what one of them typed is never sent in the name of the other. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from '../harness/form-browser.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene?.close())

/** The next one signs in in the browser that stands there: its own cookie stays, the session is hers. */
function sitDown(browser: FormBrowser, { cookie }: { cookie: string }): void {
  for (const pair of cookie.split('; ')) browser.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
}
const recorded = async () =>
  (
    await scene.owner.query(
      `select post_id from platform.audit where operation = 'people.record-dwelling' and outcome = 'done' order by at, id`,
    )
  ).rows.map((r) => r.post_id as string)

test('a form that outlived its session waits for who typed it, whoever signs in first', async () => {
  const [one, other] = [await scene.officer('window-clerk', [place.street]), await scene.officer('window-clerk', [place.street])]
  const lady = await scene.neighbour()
  const path = `/desk/people/${lady.personId}/dwelling`
  const browser = new FormBrowser(scene, one.cookie)
  const { html } = await browser.see(path)
  const typed = {
    community: place.community,
    address: '示例路 9 号',
    'since.year': '2026',
    'since.month': '11',
    'since.day': '1',
  }

  scene.at('2026-11-24T02:40:00Z')
  const kept = await browser.answer(html, path, typed)
  assert.equal(kept.status, 401)
  assert.match(kept.html, /示例路 9 号/, 'nothing is lost')

  await other.again()
  sitDown(browser, other)
  const refused = await browser.answer(kept.html, path)
  assert.equal(refused.status, 403)
  assert.match(refused.html, /另一个账号/)
  assert.deepEqual(await recorded(), [], 'nothing was done in the other’s name')

  await one.again()
  sitDown(browser, one)
  const sent = await browser.answer(kept.html, path)
  assert.equal(sent.status, 303, sent.html.slice(0, 2000))
  assert.deepEqual(await recorded(), [one.postId])
})

test('a page that was left open is not sent in the next one’s name either', async () => {
  const [one, other] = [await scene.officer('window-clerk', [place.street]), await scene.officer('window-clerk', [place.street])]
  const lady = await scene.neighbour()
  const path = `/desk/people/${lady.personId}/dwelling`
  const browser = new FormBrowser(scene, one.cookie)
  const { html } = await browser.see(path)
  sitDown(browser, other)
  const before = await recorded()
  const fields = {
    community: place.community,
    address: '示例路 8 号',
    'since.year': '2026',
    'since.month': '11',
    'since.day': '1',
  }
  assert.equal((await browser.answer(html, path, fields)).status, 403)
  assert.deepEqual(await recorded(), before)
  assert.equal((await browser.fill(path, path, fields)).status, 303, 'her own page is hers to send')
})

test('a page that was opened before signing in may be sent after it', async () => {
  const lady = await scene.resident()
  const browser = new FormBrowser(scene)
  const { html } = await browser.see('/d')
  sitDown(browser, lady)
  const action = /<form[^>]* action="(\/d[^"]*)"/.exec(html)![1]!
  assert.notEqual((await browser.answer(html, action, { number: '1' })).status, 403)
})
