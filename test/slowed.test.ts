/** Who is counted for what is sent too often: each officer by herself, although her office has one address. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from './harness/form-browser.ts'
import { openScene, place, type Scene } from './harness/scene.ts'

const MOST = 3
let scene: Scene
before(async () => {
  scene = await openScene(undefined, { unsafePerMinute: MOST })
})
after(() => scene.close())

test('two officers behind one address do not lock each other out, and what was typed by the one who waits is kept', async () => {
  const [one, two] = await Promise.all(
    [1, 2].map(async () => new FormBrowser(scene, (await scene.officer('window-clerk', [place.street])).cookie, '10.9.9.9')),
  )
  const send = (who: FormBrowser) => who.fill('/desk/window', '/desk/window', { idNumber: '4401' })
  for (let n = 0; n < MOST; n++) for (const who of [one!, two!]) assert.notEqual((await send(who)).status, 429)
  const slowed = await send(one!)
  assert.equal(slowed.status, 429)
  assert.match(slowed.html, /<form method="post" action="\/desk\/window"/, 'it goes again to where it went')
  assert.match(slowed.html, /name="idNumber" value="4401"/)
  assert.match(slowed.html, /请过 1 分钟/)
})
