/** A form that is refused comes back to its page: nothing typed is lost, nothing is sent twice, nobody else sees it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openScene, type Scene } from '../../../../test/harness/scene.ts'
import { schedules } from '../../../schedules.ts'
import { type Browser, begin, browser, fillLongevity, textOf } from './scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene.close())

const WRONG = '6222 0211 1111 11'

test('the page of the form holds what was typed, at an address that tells none of it', async () => {
  const lady = await scene.resident()
  const b = browser(scene, lady)
  const draft = await begin(b, 'longevity-allowance')
  const page = `/apply/${draft}/account`
  const refused = await b.fill(page, { 'account-number': WRONG })
  assert.match(refused.back ?? '', new RegExp(`^${page}\\?again=[0-9a-f-]{36}$`))
  for (const look of [refused, await b.get(refused.back!)]) {
    assert.equal(look.status, 200)
    assert.match(look.html, /href="#account-number">少了 2 位/)
    assert.ok(look.html.includes(`value="${WRONG}"`), 'Back and Reload show it once more')
  }
  assert.match(refused.html, /back=%2Fapply[^"]+again%3D/, 'the elder version keeps it too')
  assert.ok(!(await b.get(page)).html.includes(WRONG), 'the plain address shows the page as it is')

  const { rows } = await scene.owner.query('select sealed, owner from platform.kept_form')
  assert.ok(rows.length > 0)
  for (const row of rows) assert.ok(!row.sealed.includes('6222') && !row.owner.includes(lady.cookie), 'sealed where it lies')
})

test('it is drawn for nobody else, on no other page, and not after a quarter of an hour', async () => {
  const person = await scene.neighbour()
  const b = browser(scene, await scene.resident({ person }))
  const draft = await begin(b, 'longevity-allowance')
  const back = (await b.fill(`/apply/${draft}/account`, { 'account-number': WRONG })).back!
  const id = back.split('again=')[1]!

  assert.ok(!(await b.get(`/apply/${draft}/note?again=${id}`)).html.includes(WRONG))
  assert.ok(!(await b.get(`/me/cases?again=${id}`)).html.includes(WRONG))
  scene.at('2026-11-24T02:02:00Z')
  const ownOtherBrowser = browser(scene, await scene.resident({ person, bound: false }))
  assert.ok(!(await ownOtherBrowser.get(back)).html.includes(WRONG), 'of the browser that it was typed into')
  const neighbour = browser(scene, await scene.resident({ name: '何大明' }))
  assert.equal((await neighbour.get(back)).status, 404)
  assert.equal((await b.get(`/apply/${draft}/account?again=nonsense`)).status, 200)

  scene.at('2026-11-24T02:16:00Z')
  const late = await b.get(back)
  assert.equal(late.status, 200)
  assert.ok(!late.html.includes(WRONG))
  const { platform } = scene.node
  await schedules.find((one) => one.name === 'forget-kept-forms')!.run(platform)
  const { rows } = await scene.owner.query('select count(*)::int as n from platform.kept_form')
  assert.equal(rows[0].n, 0, 'and it is gone')
})

test('a form whose address is not its page goes back to the page, and a row more is no form sent', async () => {
  const b = browser(scene, await scene.resident({ name: '苏桂兰' }))
  const draft = await fillLongevity(b)
  const undeclared = await b.fill(`/apply/${draft}/check`, {}, `/apply/${draft}/send`)
  assert.match(undeclared.back ?? '', new RegExp(`^/apply/${draft}/check\\?again=`))
  assert.match(textOf(undeclared.html), /请先看一遍，再勾选这一句/)

  const family = await begin(b, 'minimum-living-guarantee')
  const more = await b.fill(`/apply/${family}/members`, { more: 'row', 'members-1-name': '罗志荣' })
  assert.match(more.back ?? '', /\/members\?again=/)
  assert.doesNotMatch(more.html, /有 \d+ 处要改/)
  assert.match((await b.get(more.back!)).html, /name="members-5-name"/)
})

/** Signs in at the door that the browser was sent to, and comes out where it leads. */
async function signIn(b: Browser, door: string, phone: string) {
  assert.equal(door.split('?')[0], '/sign-in')
  const code = await b.fill(door, { phone }, '/sign-in')
  const { back, to } = await b.fill(code.to!, { code: scene.codeOf(phone) }, '/sign-in/code')
  return (back ?? to)!
}

test('a form that was sent after the session had ended comes back after signing in; to whoever else signs in it does not', async () => {
  const person = await scene.neighbour({ name: '邓惠芳' })
  const other = await scene.neighbour({ name: '何大明' })
  const b = browser(scene, await scene.resident({ person }))
  const draft = await begin(b, 'longevity-allowance')
  const page = `/apply/${draft}/note`
  const form = await b.hidden(page, page)
  await b.fill(page, {}, '/sign-out')
  const late = await b.post(page, { ...form, note: '白天打这个电话找我女儿' })
  assert.match(late.to ?? '', /^\/sign-in\?next=%2Fapply[^&]+again%3D/, textOf(late.html))

  scene.at('2026-11-24T02:20:00Z')
  const hers = await signIn(b, late.to!, other.phone)
  assert.ok(!(await b.get(hers)).html.includes('找我女儿'), 'the same browser, another account')
  await b.fill('/', {}, '/sign-out')

  const back = await signIn(b, late.to!, person.phone)
  const again = await b.get(back)
  assert.match(textOf(again.html), /您登录的时间到了，刚才这一次没有送出/)
  assert.ok(again.html.includes('找我女儿'))
  assert.equal((await b.fill(back, { note: '找我女儿' }, page)).to, `/apply/${draft}/check`)
})
