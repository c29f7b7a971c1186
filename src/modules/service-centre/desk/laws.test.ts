/** To an English reader the laws of a matter stand by their English titles. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from '../../../../test/harness/form-browser.ts'
import { openScene, place, type Scene } from '../../../../test/harness/scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene.close())

test('an English case page names the law in English', async () => {
  const { personId } = await scene.neighbour({ bornOn: '1946-11-30' })
  const clerk = await scene.officer('window-clerk', [place.street])
  const typed = { 'about-you': 'yes', 'account-number': '6222021111111111112' }
  const { caseId } = (await clerk.post('/api/v1/window/cases', { personId, matterCode: 'longevity-allowance', typed })).body
  const desk = new FormBrowser(scene, `${clerk.cookie}; lang=en`, clerk.address)
  const { html } = await desk.see(`/desk/cases/${caseId}`)
  assert.match(html, /Basis: Measures on the longevity allowance of Guangzhou/)
  assert.doesNotMatch(html, /Basis: 《/)
})
