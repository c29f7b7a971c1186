/** A thing that is wrong with the street: reported on a phone without a sign-in, followed by its address, not solved and sent out again; and what everybody sees of it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { Browser } from 'playwright-core'
import { officer, openBrowser, signInByPhone, walker } from '../harness/browser.ts'
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

test('on a phone, without script: one question a page, a number at the end, and nothing typed is lost on the way', {
  timeout: 90_000,
}, async () => {
  const who = await walker(browser, street, { phone: true, script: false })
  await who.visit('/')
  await who.link(/看一看，报一件/)
  await who.reads('身边的事', '井盖丢失', '解决了，报的人确认', '已处置、未确认')
  await who.picture('around-phone')
  await who.link(/我要报一件/)
  await who.reads('报一件事', '打 119')
  await who.picture('report-what')
  await who.page.getByRole('searchbox').fill('巷口的路面有个坑')
  await who.press('搜索')
  await who.link('路面破损', who.page.getByRole('region', { name: '是不是这个' }))
  await who.reads('在哪里')
  await who.page.getByLabel('具体在哪里').fill('示例三巷 5 号门口')
  await who.press('下一步')
  await who.reads('请选一个社区')
  assert.equal(await who.page.getByLabel('具体在哪里').inputValue(), '示例三巷 5 号门口', 'what was typed stands')
  await who.picture('report-where-mend')
  await who.page.getByLabel('哪个社区').selectOption({ label: '岳洲社区' })
  await who.press('下一步')
  await who.reads('是不是其中一件', '我也附议：路面坑洞')
  await who.picture('report-same')
  await who.page.getByLabel(/都不是，我另报一件/).check()
  await who.press('下一步')
  await who.reads('说说怎么回事')
  await who.page.getByLabel(/什么情况/).fill('下雨积水，看不见坑')
  await who.picture('report-more')
  await who.press('下一步')
  await who.reads('怎么找到您', '只有网格监督员能看')
  await who.picture('report-you')
  await who.page.getByLabel(/怎么称呼/).fill('街坊阿明')
  await who.press('下一步')
  await who.reads('看一遍，送出', '下雨积水，看不见坑', '街坊阿明', '岳洲')
  await who.picture('report-check')
  await who.press('改情况')
  await who.page.getByLabel(/什么情况/).fill('下雨积水，看不见坑，很深')
  await who.press('下一步')
  await who.press('下一步')
  await who.reads('很深')
  await who.press('送出')
  await who.reads('收到了', /W20261124-\d{4}/, '接下来', '有人核实')
  await who.reads('在哪里：示例三巷 5 号门口', '没有留电话')
  await who.picture('report-sent')
  const sent = who.path()
  await who.page.goBack()
  await who.press('送出')
  assert.equal(who.path(), sent, 'what is sent again after going back is what was sent')
  await who.page.context().close()
})

test('what happens between people is said to be kept from the public on every page; what fits is offered, wrong numbers are told', {
  timeout: 60_000,
}, async () => {
  const who = await walker(browser, street, { phone: true, script: false })
  await who.visit(`/search?q=${encodeURIComponent('好几天没见到隔壁老人')}`)
  await who.link('老人、孩子可能有事')
  await who.reads('这一类不在网上公开', '打 120')
  await who.page.getByLabel('哪个社区').selectOption({ label: '岳洲社区' })
  await who.page.getByLabel('具体在哪里').fill('示例三巷 6 号 502')
  await who.press('下一步')
  await who.press('下一步')
  await who.page.getByLabel(/电话/).fill('12abc')
  await who.press('下一步')
  await who.reads('电话写得不对')
  assert.equal(await who.page.getByLabel(/电话/).inputValue(), '12abc')
  await who.page.getByLabel(/电话/).fill('020-12345678')
  await who.press('下一步')
  await who.reads('不公开')
  await who.press('送出')
  await who.reads('收到了', '尾号 5678')
  await who.visit(`/search?q=${encodeURIComponent('井盖坏了')}`)
  await who.reads('坏了、脏了、不对劲？报一件', '井盖破损、丢失')
  await who.picture('search-report')
  await who.link('井盖破损、丢失')
  await who.page.getByLabel('哪个社区').selectOption({ label: '岳洲社区' })
  await who.page.getByLabel('具体在哪里').fill('示例三巷口')
  await who.press('下一步')
  if ((await who.text()).includes('是不是其中一件')) {
    await who.page.getByLabel(/都不是，我另报一件/).check()
    await who.press('下一步')
  }
  await who.reads('是哪种情况', '说不准')
  await who.page.getByLabel(/松动、作响/).check()
  await who.picture('report-which')
  await who.press('下一步')
  await who.press('下一步')
  await who.reads('松动、作响')
  await who.press('送出')
  await who.reads('收到了', '松动、作响')
  await who.page.context().close()
})

test('the code on a lamp opens the page filled in, in English and in the elder version', { timeout: 60_000 }, async () => {
  const { rows } = await owner.query(`select token from grid.facility where code = 'M002'`)
  const who = await walker(browser, street, { lang: 'en' })
  await who.visit(`/r/${rows[0].token}`)
  await who.reads('What is wrong?', 'Manhole cover broken or missing')
  await who.picture('report-object-english')
  await who.press('Next')
  await who.press('Next')
  await who.reads('Check and send', 'M002')
  await who.press('Send')
  await who.reads('We have it', 'What comes next')
  await who.picture('report-sent-english')
  await who.page.context().close()
  const old = await walker(browser, street, { phone: true, elder: true })
  await old.visit('/report')
  await old.picture('report-what-elder')
  await old.page.context().close()
})

test('adding one’s voice: a token of one’s own, and the same course', { timeout: 60_000 }, async () => {
  const who = await walker(browser, street, { phone: true })
  await who.visit('/around')
  await who.link(/我也附议.*井盖丢失/)
  await who.reads('您知道的情况，可以补充')
  await who.press('下一步')
  await who.press('下一步')
  await who.press('送出附议')
  await who.reads('收到了', '已经记下您的附议', '派给示例区水务所')
  await who.picture('report-joined')
  await who.page.context().close()
})

test('said to be done and is not: who reported it says so, and it goes out again', { timeout: 60_000 }, async () => {
  const { rows } = await owner.query(
    `select r.token, i.number from grid.report r join grid.incident i on i.id = r.incident_id where i.title = '垃圾投放点污水'`,
  )
  const { token, number } = rows[0]
  const who = await walker(browser, street, { phone: true, script: false })
  await who.visit(`/report/${token}`)
  await who.reads('等人确认', '您不说，也不会算成解决', number)
  await who.picture('follow-word')
  await who.press('没有解决')
  await who.reads('写一句')
  await who.page.getByLabel('哪里没有办好').fill('今天早上又流出来了')
  await who.press('没有解决')
  await who.reads('已立案', '报的人说没有解决', '今天早上又流出来了', '这是第 2 次办')
  await who.picture('follow-again')
  await who.page.context().close()
  const desk = await walker(browser, street, {})
  await desk.visit('/around')
  await desk.reads('垃圾投放点污水')
  await desk.picture('around-desktop')
  await desk.visit('/around?list=ended')
  await desk.reads('已处置、未确认', '解决了，现场看过', '没有解决')
  await desk.picture('around-ended')
  await desk.link('巷口垃圾堆积')
  await desk.reads('所以不算解决')
  await desk.picture('around-one')
  await desk.visit('/around')
  await desk.page.getByLabel('找一个地方、一件事').fill('示例横街')
  await desk.press('搜索')
  await desk.reads('有“示例横街”的。', '工地扬尘')
  assert.ok(!(await desk.text()).includes('护栏被撞歪'))
  await desk.picture('around-searched')
  await desk.page.getByLabel('找一个地方、一件事').fill('不会有这样的地方')
  await desk.press('搜索')
  await desk.reads('换个说法')
  await desk.page.context().close()
  const english = await walker(browser, street, { phone: true, lang: 'en' })
  await english.visit('/around?list=overdue')
  await english.reads('Overdue')
  await english.picture('around-english')
  await english.page.context().close()
})

test('the map that moves opens on its own page; without script the drawing is there', { timeout: 60_000 }, async () => {
  const who = await walker(browser, street, {})
  await who.visit('/around')
  await who.link('打开能放大的地图')
  await who.page.locator('.k-moving canvas').waitFor()
  await who.page.waitForTimeout(1500)
  assert.equal(await who.page.locator('[data-drawing]').isVisible(), false)
  assert.ok((await who.page.locator('.k-pin').count()) > 5)
  await who.picture('around-map')
  const [list, map] = [await who.page.locator('ol.k-around').boundingBox(), await who.page.locator('#ground').boundingBox()]
  assert.ok(list && map && list.x + list.width <= map.x, 'beside each other on a desk')
  await who.page.context().close()
  const plain = await walker(browser, street, { phone: true, script: false })
  await plain.visit('/around/map')
  assert.equal(await plain.page.locator('[data-drawing]').isVisible(), true)
  await plain.picture('around-map-phone')
  await plain.page.context().close()
})

test('where the phone is: the community comes of itself, and outsiders see the crossing alone', { timeout: 60_000 }, async () => {
  const who = await walker(browser, street, { phone: true })
  await who.page.context().grantPermissions(['geolocation'])
  await who.page.context().setGeolocation({ longitude: 113.3345, latitude: 23.1662, accuracy: 12 })
  await who.visit('/report?what=tree')
  await who.page.getByRole('button', { name: '用我现在的位置' }).click()
  await who.page.getByText('误差大约 12 米').waitFor()
  await who.picture('report-where-position')
  await who.press('下一步')
  await who.press('下一步')
  await who.press('下一步')
  await who.reads('看一遍，送出', '岳洲社区', '位置已经记下', /示例.+路口/)
  await who.page.context().close()
})

test('the codes of objects lie ready to be printed at the desk', { timeout: 60_000 }, async () => {
  const who = await officer(browser, street, 'grid.supervisor')
  await who.visit('/desk/facilities')
  await who.reads('设施二维码', '坏了？扫一扫', 'M001')
  await who.picture('facilities')
  await who.page.context().close()
})

test('her own reports are in one list, and the news of them lead there', { timeout: 60_000 }, async () => {
  const who = await walker(browser, street, { phone: true })
  await signInByPhone(who, '10000000001')
  await who.visit('/my/reports')
  await who.picture('own-reports')
  await who.visit('/me/messages')
  await who.picture('own-reports-messages')
  await who.page.context().close()
})

test('the public page is small, its feed is XML that holds no words of a reporter', async () => {
  const answer = await fetch(`${street.url}/around`)
  const html = await answer.text()
  const css = /href="(\/assets\/[^"]+[.]css)"/.exec(html)![1]!
  const style = await (await fetch(street.url + css, { headers: { 'accept-encoding': 'identity' } })).arrayBuffer()
  const bytes = Buffer.byteLength(html) + style.byteLength
  console.info(`around: ${Buffer.byteLength(html)} of page and ${style.byteLength} of style, unpacked`)
  assert.ok(bytes < 200_000, `${bytes} bytes`)
  assert.ok(!/<script/.test(html))
  const feed = await (await fetch(`${street.url}/around/feed.atom?area=440106001`)).text()
  // Read by a browser's own XML parser.
  const page = await browser.newPage()
  const read = await page.evaluate((text) => {
    const xml = new DOMParser().parseFromString(text, 'application/xml')
    const of = (entry: Element, name: string) => entry.getElementsByTagName(name)[0]?.textContent ?? ''
    return {
      broken: xml.getElementsByTagName('parsererror').length,
      entries: [...xml.getElementsByTagName('entry')].map((entry) =>
        ['id', 'title', 'published', 'updated', 'summary'].map((name) => of(entry, name)),
      ),
    }
  }, feed)
  await page.close()
  assert.equal(read.broken, 0)
  assert.ok(read.entries.length > 10)
  for (const entry of read.entries) assert.ok(entry.every((text) => text !== ''))
  assert.ok(!feed.includes('睡不着') && !html.includes('睡不着'))
})
