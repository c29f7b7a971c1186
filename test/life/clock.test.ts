/** The machine's clock jumps: whoever is in the middle of something goes on, and nothing that ended comes back. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { apply, assertRebuilt, later, ok, onCase } from '../cases/story.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene('2026-11-24T02:00:00Z')
})
after(() => scene.close())

const typed = { 'about-you': 'yes', account: 'other', 'account-number': '6222021111111111112' }

test('a day forward: the officer signs in anew, the resident goes on', async () => {
  const lady = await scene.resident({ bornOn: '1946-11-30' })
  const clerk = await scene.officer('window-clerk', [place.street])
  const { caseId } = await apply(scene, lady, 'longevity-allowance', typed)
  scene.at('2026-11-25T02:00:00Z')
  assert.equal((await clerk.get('/api/v1/work')).status, 401)
  ok(await lady.get(`/api/v1/me/cases/${caseId}`))
  await later(scene, '2026-11-25T02:00:00Z', clerk)
  ok(await onCase(caseId)(clerk, 'acceptance'))
})

test('an hour back: acts keep their order, sessions hold, and a code that was used is not taken again', async () => {
  scene.at('2026-11-26T02:00:00Z')
  const man = await scene.resident({ name: '梁国强', bornOn: '1946-12-30' })
  const clerk = await scene.officer('window-clerk', [place.street])
  const { caseId, number } = await apply(scene, man, 'longevity-allowance', typed)
  const used = scene.codeOf(man.phone)
  scene.at('2026-11-26T01:00:00Z')
  ok(await onCase(caseId)(clerk, 'acceptance'))
  ok(await man.post(`/api/v1/me/cases/${caseId}/withdrawal`, { reason: '先不办了' }))
  const next = await apply(scene, man, 'longevity-allowance', typed)
  assert.ok(next.number > number, 'numbers go on')
  const { accounts } = scene.node.platform.services
  await assert.rejects(accounts.verifyPhoneCode(man.phone, used, new Headers(), scene.now(), man.address), /account\.code_/)
  await assertRebuilt(scene)
})
