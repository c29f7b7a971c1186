/** 送达: nothing is delivered online to somebody who does not sign in. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from '../harness/form-browser.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'
import { apply, ok, onCase, refused } from './story.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene?.close())

test('the form does not offer it, the act refuses it and says how instead', async () => {
  const lady = await scene.resident({ name: '莫四', bornOn: '1946-11-30' })
  const typed = { 'about-you': 'yes', account: 'other', 'account-number': '6222021111111111112' }
  const { caseId } = await apply(scene, lady, 'longevity-allowance', typed)
  const act = onCase(caseId)
  const district = await scene.officer('district-officer', [place.district])
  ok(await act(await scene.officer('window-clerk', [place.street]), 'acceptance'))
  ok(await act(await scene.officer('community-officer', [place.community]), 'confirmation', { note: '' }))
  ok(await act(await scene.officer('street-reviewer', [place.street]), 'review', { note: '' }))
  ok(await act(district, 'basis', { basis: '区民政局 2026 年 9 月 1 日通知' }))
  ok(await act(district, 'decision', { outcome: 'granted', reasons: '' }))
  ok(await act(district, 'issue'))
  const pages = new FormBrowser(scene, district.cookie, district.address)
  const course = (await pages.see(`/desk/cases/${caseId}`)).html
  assert.match(course, /转到天河区民政局/, 'the bureau has it, not the district')
  assert.match(course, /转到茶山社区居委会/, 'a committee is no organ: by its own name')
  const form = `/desk/cases/${caseId}/act/deliver`
  const open = await pages.see(form)
  assert.match(open.html, /name="how"[^>]*value="online"/, 'she signs in')
  await scene.owner.query(`update access.person_account set ended_at = $2 where person_id = $1`, [lady.personId, scene.now()])
  const closed = await pages.see(form)
  assert.doesNotMatch(closed.html, /value="online"/)
  assert.match(closed.html, /不能网上送达/)
  // The page was opened before her phone was unbound.
  const back = await pages.answer(open.html, form, { how: 'online', to: '本人' })
  const late = await pages.see(back.to!)
  assert.match(late.html, /href="#how"/)
  assert.match(late.html, /网上送达收不到。请交给本人/)
  assert.match(late.html, /value="本人"/, 'what was typed is kept')
  refused(await act(district, 'delivery', { how: 'online', to: '本人' }), 422, 'case.no_account_online')
  ok(await act(district, 'delivery', { how: 'post', to: '本人' }))
})
