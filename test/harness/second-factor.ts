/** A resident's second factor over pages, for stories that need A2. */
import assert from 'node:assert/strict'
import type { Browser } from '../../src/modules/citizen-page/apply/scene.ts'
import type { Scene } from './scene.ts'
import { codeAt } from './staff-door.ts'

/** An app of hers; `again` shows what it shows a minute later, and is back at `next`. */
export async function secondFactor(scene: Scene, b: Browser) {
  const page = await b.get('/me/security/app')
  const own = /<code class="num">([A-Z2-7 ]+)<\/code>/.exec(page.html)![1]!.replaceAll(' ', '')
  // Each look at this page makes a key of its own: the form is sent from the page that was read.
  const form = page.html.split('<form').find((part) => part.includes('action="/me/security/app"'))!
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map((m) => [m[1]!, m[2]!])
  await b.post('/me/security/app', { ...Object.fromEntries(hidden), code: codeAt(own, scene.now()) })
  return {
    async again(next: string) {
      scene.at(new Date(scene.now().getTime() + 61_000).toISOString())
      const to = `/me/confirm?next=${encodeURIComponent(next)}`
      assert.equal((await b.fill(to, { code: codeAt(own, scene.now()), next }, '/me/confirm')).to, next)
    },
  }
}
