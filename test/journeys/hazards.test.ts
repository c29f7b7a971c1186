/** 隐患 in the browser: reported by a phone, registered and followed at the desk, handed over where the street may order nothing. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { officer, openBrowser, signInByPhone, type Walker, walker } from '../harness/browser.ts'
import { openStreet, type Street } from '../harness/street.ts'

let street: Street
let browser: Browser
let lady: Walker
before(async () => {
  browser = await openBrowser()
  street = await openStreet()
  lady = await walker(browser, street, { phone: true, script: false })
})
after(async () => {
  await browser?.close()
  await street?.close()
})

let number = ''

test('she reports from her phone; what is missing is told at its field; she holds a number', { timeout: 90_000 }, async () => {
  await lady.visit('/')
  await lady.link(/看见危险的地方/)
  await signInByPhone(lady, '10000000006')
  await lady.reads('报告安全隐患', '119')
  await lady.press('报告')
  await lady.reads('请选一个')
  await lady.picture('hazards-report-errors')
  await lady.choose(/消防通道/)
  await lady.type(/^查找社区/, '茶山社区')
  await lady.press('查找')
  await lady.choose(/五山街道.*茶山社区/)
  await lady.type(/^在哪里/, '示例三巷 5 号 2 楼楼道')
  await lady.type(/^看到什么/, '楼梯堆满纸箱')
  await lady.picture('hazards-report')
  await lady.press('报告')
  await lady.reads('等人去看', /H20261124-\d{4}/, '楼梯堆满纸箱', '天河区', '打 12345 问', '请转')
  number = /H20261124-\d{4}/.exec(await lady.page.locator('main').innerText())![0]
  await lady.picture('hazards-reported')
})

test('the inspector goes and looks, and registers it; the officer tells the keeper and writes five items', {
  timeout: 120_000,
}, async () => {
  const inspector = await officer(browser, street, 'inspector')
  await inspector.visit('/desk/hazards')
  await inspector.picture('hazards-desk-list')
  await inspector.visit(`/desk/hazards?number=${number}`)
  await inspector.link(/消防通道/)
  await inspector.reads('楼梯堆满纸箱', '谁报告的，这里看不到')
  await inspector.picture('hazards-desk-reported')
  await inspector.link(/去看过，是隐患/)
  await inspector.choose('一般')
  await inspector.choose('楼房公共部位')
  await inspector.type(/^看到什么/, '三楼楼梯堆满纸箱')
  for (const [part, value] of [['year', '2026'], ['month', '11'], ['day', '24']] as const) await inspector.page.locator(`input[name="seenOn.${part}"]`).fill(value) // biome-ignore format: a day
  await inspector.picture('hazards-desk-inspect')
  await inspector.press(/去看过，是隐患/, inspector.page.locator('main form'))
  await inspector.reads('已经办好', '已登记')

  const safety = await officer(browser, street, 'safety')
  await safety.visit(`/desk/hazards?number=${number}`)
  await safety.link(/消防通道/)
  await safety.reads('这一步街道无权责令', '天河区消防救援大队')
  await safety.picture('hazards-desk-registered')
  await safety.link('告知负责人')
  await safety.press('告知负责人', safety.page.locator('main form'))
  await safety.reads('请填写这一项')
  await safety.type(/^告诉负责人什么/, '今天清走纸箱')
  await safety.type(/^负责人姓名/, '示例物业')
  await safety.press('告知负责人', safety.page.locator('main form'))
  await safety.reads('已告知')
  await safety.link(/打开 安全隐患告知书/)
  await safety.reads('示例物业', '今天清走纸箱', '示例·无印章')
  await safety.picture('hazards-paper')
})

test('she sees what came of it, in both languages', { timeout: 60_000 }, async () => {
  await lady.visit('/me/hazards')
  await lady.reads('已经告诉负责人')
  await lady.picture('hazards-own')
  await lady.link(/消防通道/)
  await lady.reads('负责人已经知道要改')
  await lady.picture('hazards-own-one')
  await lady.visit('/settings?lang=en&back=/me/hazards')
  await lady.reads('Hazards that I reported')
  await lady.picture('hazards-own-en')
  await lady.visit('/me/hazards/report')
  await lady.picture('hazards-report-en')
})

test('a serious one at the street, and with the organ that may order', { timeout: 90_000 }, async () => {
  const safety = await officer(browser, street, 'safety')
  await safety.visit('/desk/hazards?grade=serious')
  await safety.link(/用电不安全/)
  await safety.reads('重大', '移送有权的部门')
  await safety.picture('hazards-desk-serious')
  await safety.link('移送有权的部门')
  await safety.page.locator('select[name="line"]').selectOption({ label: '天河区消防救援大队' })
  await safety.type(/^为什么/, '重大，街道无权责令')
  await safety.picture('hazards-desk-transfer')
  await safety.press('移送有权的部门', safety.page.locator('main form'))
  await safety.reads('已移送，等天河区消防救援大队签收')
  const fire = await officer(browser, street, 'fire')
  await fire.visit('/desk/hazards')
  await fire.picture('hazards-desk-fire')
  await fire.link(/电动自行车/)
  await fire.reads('责令停产停业、停止使用')
  await fire.picture('hazards-desk-ordered')
  await fire.visit('/settings?lang=en&back=/desk/hazards')
  await fire.picture('hazards-desk-en')
  assert.ok(number)
})

test('anybody reads what the work is appraised by, and what it is not', { timeout: 60_000 }, async () => {
  const anybody = await walker(browser, street, { phone: true, script: false })
  await anybody.visit('/')
  await anybody.link(/街道的工作按什么考核/)
  await anybody.reads('报上来的事真的解决了', '这些不许拿来考核', '打卡签到')
  await anybody.picture('indicators')
  await anybody.visit('/settings?lang=en&back=/indicators')
  await anybody.reads('Indicators of appraisal', 'check-ins')
  await anybody.picture('indicators-en')
})
