/** A photo with a report: chosen on a phone without script, seen again before it is sent, looked at and cleared at the desk, and hidden again. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { officer, openBrowser, type Walker, walker } from '../harness/browser.ts'
import { openStreet, type Street } from '../harness/street.ts'

let street: Street
let browser: Browser
let owner: pg.Client
before(async () => {
  browser = await openBrowser()
  street = await openStreet()
  owner = new pg.Client({ connectionString: street.ownerUrl })
  await owner.connect()
})
after(async () => {
  await owner?.end()
  await browser?.close()
  await street?.close()
})

/** A street at dusk and a lamp that is out, drawn; upright as phones take it. */
const lamp = (sky: string, width = 1200, height = 1600): Promise<Buffer> =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${sky}"/>
      <rect y="78%" width="100%" height="22%" fill="#3a3a3f"/><rect x="6%" y="34%" width="30%" height="46%" fill="#7c6a58"/><rect x="66%" y="22%" width="28%" height="58%" fill="#8a7f70"/>
      <rect x="48%" y="18%" width="3%" height="66%" fill="#1d1d20"/><ellipse cx="49.5%" cy="17%" rx="9%" ry="3%" fill="#111"/></svg>`),
  )
    .jpeg()
    .toBuffer()
const photo = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/jpeg', buffer })
const files = (who: Walker) => who.page.locator('input[type="file"]')

async function toMore(who: Walker, next: string): Promise<void> {
  await who.visit('/report?what=street-lamp')
  await who.page.locator('[name="where"]').fill(`示例五巷 ${Math.floor(Math.random() * 1000)} 号门口`)
  await who.page.locator('select[name="area"]').selectOption({ index: 1 })
  await who.press(next)
  const none = who.page.locator('input[name="joins"][value="none"]')
  if ((await none.count()) > 0) {
    await none.check()
    await who.press(next)
  }
}

let token: string
let incidentId: string
let publicId: string
test('on a phone, without script: what is no photo is said, and words and photos stay until it is sent', {
  timeout: 90_000,
}, async () => {
  const who = await walker(browser, street, { phone: true, script: false })
  await toMore(who, '下一步')
  await who.reads('照片', '拍摄地点和时间会去掉')
  await who.picture('photo-more')
  await who.page.getByLabel(/什么情况/).fill('黑了三天，晚上看不见路')
  await files(who).setInputFiles([photo('路灯.jpg', await lamp('#2d3a55')), photo('合同.jpg', Buffer.from('not a photo'))])
  await who.press('下一步')
  await who.reads('合同.jpg', '不是照片')
  await who.picture('photo-refused')
  assert.equal(await who.page.getByLabel(/什么情况/).inputValue(), '黑了三天，晚上看不见路')
  await files(who).setInputFiles([photo('近看.jpg', await lamp('#41506e', 1600, 1200))])
  await who.press('先传上去看看')
  assert.equal(await who.page.locator('.k-photos img').count(), 2)
  await who.picture('photo-chosen')
  await who.press(/拿掉.*照片 1/)
  assert.equal(await who.page.locator('.k-photos img').count(), 1)
  await files(who).setInputFiles([photo('路灯.jpg', await lamp('#2d3a55'))])
  await who.press('下一步')
  await who.press('下一步')
  await who.reads('看一遍，送出')
  assert.equal(await who.page.locator('.k-photos img').count(), 2)
  await who.picture('photo-check')
  await who.press('送出')
  await who.reads('收到了')
  await who.page.locator('.k-photos img').first().scrollIntoViewIfNeeded()
  await who.picture('photo-sent')
  token = /\/report\/([0-9a-f-]{36})/.exec(who.path())![1]!
  const { rows } = await owner.query(
    'select i.id, i.public_id from grid.report r join grid.incident i on i.id = r.incident_id where r.token = $1',
    [token],
  )
  incidentId = rows[0].id
  publicId = rows[0].public_id
  await who.page.context().close()
})

test('at the desk she looks, files it and clears one; everybody sees that one, until the whole is hidden', {
  timeout: 120_000,
}, async () => {
  const her = await officer(browser, street, 'grid.supervisor')
  const at = `/desk/incidents/${incidentId}`
  await her.visit(at)
  await her.reads('照片', '报的人拍的', '不对外显示')
  await her.page.locator('.k-photos img').first().scrollIntoViewIfNeeded()
  await her.page.waitForTimeout(400)
  await her.picture('photo-desk')
  const form = (act: string) => her.page.locator('form', { has: her.page.locator(`input[name="act"][value="${act}"]`) })
  await her.press('核实', form('verify'))
  await form('file').locator('[name="condition"]').first().check()
  await her.press('立案', form('file'))
  await her.press(/看不出是谁，对外显示.*照片 1/)
  await her.reads('收回，不再对外显示')
  await her.picture('photo-cleared')

  const outsider = await walker(browser, street, { phone: true })
  await outsider.visit(`/around/${publicId}`)
  assert.equal(await outsider.page.locator('.k-photos img').count(), 1)
  await outsider.page.locator('.k-photos img').first().scrollIntoViewIfNeeded()
  await outsider.page.waitForTimeout(400)
  await outsider.picture('photo-around')
  const large = await outsider.page.locator('.k-photos a').getAttribute('href')
  assert.equal((await outsider.fetch(large!)).status, 200)

  await her.visit(at)
  await her.page.getByText('不再对外显示', { exact: true }).first().click()
  await her.press('不再对外显示', form('hide'))
  await her.reads('请写为什么不再显示')
  await her.page.getByLabel('为什么不再显示').fill('拍到了人家的门牌')
  await her.picture('incident-hide')
  await her.press('不再对外显示', form('hide'))
  await her.reads('拍到了人家的门牌')
  await her.picture('incident-hidden')
  assert.equal((await outsider.fetch(large!)).status, 404)
  assert.equal((await outsider.fetch(`/around/${publicId}`)).status, 404)
  await outsider.visit(`/report/${token}`)
  assert.equal(await outsider.page.locator('.k-photos img').count(), 2)
  assert.ok(!(await outsider.text()).includes('门牌'))
  await her.page.context().close()
  await outsider.page.context().close()
})

test('it is still there: on her phone, in the elder version, without script, she shows it with her word', {
  timeout: 90_000,
}, async () => {
  const { rows } = await owner.query(
    `select r.token, i.id from grid.report r join grid.incident i on i.id = r.incident_id where i.status = 'checked' and r.account_id is null order by i.number limit 1`,
  )
  const { token: hers, id } = rows[0]
  const who = await walker(browser, street, { phone: true, script: false, elder: true })
  await who.visit(`/report/${hers}`)
  await who.reads('好了没有，您说了算', '拍一张现在的样子')
  await who.picture('word-elder')
  await files(who).setInputFiles([photo('还是黑的.jpg', await lamp('#1c2333'))])
  await who.press('没有解决')
  await who.reads('请写')
  await who.picture('word-mend-elder')
  assert.equal(await who.page.locator('.k-photos img').count(), 1)
  await who.page.locator('textarea[name="reason"]').fill('换了灯泡，第二天又黑了')
  await who.press('没有解决')
  await who.reads('记下了：您说没有解决', '说没有解决时拍的', '换了灯泡，第二天又黑了')
  await who.picture('word-sent-elder')
  await who.page.context().close()
  const english = await officer(browser, street, 'grid.supervisor', undefined, { lang: 'en' })
  await english.visit(`/desk/incidents/${id}`)
  await english.reads('With the word that it is not solved')
  await english.picture('word-desk-english')
  await english.page.context().close()
})

test('three calls in a row: the form is there again, and what one caller sent is with her report alone', {
  timeout: 120_000,
}, async () => {
  const clerk = await officer(browser, street, 'grid.supervisor', undefined, { script: false })
  await clerk.visit('/desk/incidents/new')
  await clerk.picture('call-empty')
  await clerk.choose('电话、来人')
  for (const [n, place] of ['示例一巷口', '示例二巷口', '示例三巷口'].entries()) {
    assert.ok(await clerk.page.getByLabel('电话、来人').isChecked())
    await clerk.page.locator('select[name="classCode"]').selectOption('street-lamp')
    if (n === 0) await clerk.page.locator('select[name="area"]').selectOption({ index: 1 })
    await clerk.page.locator('[name="words"]').fill(`第 ${n + 1} 位说灯不亮`)
    await files(clerk).setInputFiles([photo('微信图片.jpg', await lamp('#24304a', 1000 + n, 1400))])
    if (n === 0) {
      await clerk.press('上报', clerk.page.locator('main'))
      await clerk.picture('call-mend')
      assert.equal(await clerk.page.locator('.k-photos img').count(), 1)
    }
    await clerk.page.locator('[name="place"]').fill(place)
    await clerk.press('上报', clerk.page.locator('main'))
    await clerk.reads('已经上报', '接着可以报下一件')
    assert.equal(await clerk.page.locator('.k-photos img').count(), 0)
  }
  await clerk.picture('call-next')
  await clerk.page.context().close()
  const phone = await officer(browser, street, 'grid.worker', undefined, { phone: true, lang: 'en' })
  await phone.visit('/desk/incidents/new')
  await phone.picture('call-phone-english')
  await phone.page.context().close()
})

test('with the keyboard alone, in English, in the elder version', { timeout: 90_000 }, async () => {
  const who = await walker(browser, street, { lang: 'en' })
  await toMore(who, 'Next')
  await files(who).setInputFiles([photo('lamp.jpg', await lamp('#2d3a55'))])
  await who.press('Upload and see them first')
  await who.reads('More photos', 'Remove')
  await who.picture('photo-english')
  await who.reach(who.page.locator('button[name="drop"]'))
  await who.key('Enter')
  assert.equal(await who.page.locator('.k-photos img').count(), 0)
  await who.page.context().close()
  const old = await walker(browser, street, { phone: true, elder: true })
  await toMore(old, '下一步')
  await files(old).setInputFiles([photo('路灯.jpg', await lamp('#2d3a55'))])
  await old.press('先传上去看看')
  await old.picture('photo-elder')
  await old.page.context().close()
  const desk = await officer(browser, street, 'grid.supervisor', undefined, { lang: 'en', phone: true })
  await desk.visit(`/desk/incidents/${incidentId}`)
  await desk.page.locator('.k-photos img').first().scrollIntoViewIfNeeded()
  await desk.page.waitForTimeout(400)
  await desk.picture('photo-desk-english')
  await desk.page.context().close()
})
