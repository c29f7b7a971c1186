/** 吹哨报到 in the browser: blown by the street, answered by a unit, decided by the district, with pictures in both languages. */
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { officer, openBrowser } from '../harness/browser.ts'
import { openStreet, type Street } from '../harness/street.ts'

let street: Street
let browser: Browser
before(async () => {
  browser = await openBrowser()
  street = await openStreet()
})
after(async () => {
  await browser?.close()
  await street?.close()
})

let address = ''

test('the street blows; what is missing is told at its field', { timeout: 120_000 }, async () => {
  const dispatcher = await officer(browser, street, 'grid.dispatcher')
  await dispatcher.visit('/desk/whistles?list=open')
  await dispatcher.reads('空地', '等区里裁定')
  await dispatcher.picture('whistles-list')
  await dispatcher.visit('/desk/incidents?list=open')
  await dispatcher.page.locator('table a[href^="/desk/incidents/"]').first().click()
  await dispatcher.link(/要几家一起办/)
  await dispatcher.reads('来自事件')
  await dispatcher.picture('whistles-from-incident')
  await dispatcher.visit('/desk/whistles/new')
  await dispatcher.press('吹哨', dispatcher.page.locator('main form'))
  await dispatcher.reads('请填写这一项')
  await dispatcher.picture('whistles-new-errors')
  await dispatcher.page.locator('select[name="area"]').selectOption({ index: 2 })
  await dispatcher.choose(/^日常哨/)
  await dispatcher.type(/^什么事/, '井盖响，灯也不亮')
  await dispatcher.type(/^在哪里/, '示例二巷口')
  await dispatcher.page.locator('select[name="unit1"]').selectOption({ label: '示例市政养护队' })
  await dispatcher.type(/^牵头单位办什么/, '固定井盖')
  await dispatcher.page.locator('select[name="unit2"]').selectOption({ label: '示例路灯所' })
  await dispatcher.type(/^第 2 个单位办什么/, '修好路灯')
  await dispatcher.press('吹哨', dispatcher.page.locator('main form'))
  await dispatcher.reads('已经办好', '井盖响，灯也不亮', '等应哨')
  await dispatcher.picture('whistles-blown')
  address = new URL(dispatcher.page.url()).pathname
  await dispatcher.visit('/desk/whistles/figures')
  await dispatcher.picture('whistles-figures')
})

test('a unit says that it is not its own, the district decides', { timeout: 120_000 }, async () => {
  const lamps = await officer(browser, street, 'lamps')
  await lamps.visit(address)
  await lamps.page.setViewportSize({ width: 390, height: 844 })
  await lamps.visit(address)
  await lamps.picture('whistles-unit')
  await lamps.visit('/desk/whistles')
  await lamps.picture('whistles-unit-list')
  await lamps.page.setViewportSize({ width: 1280, height: 800 })
  await lamps.visit(address)
  await lamps.link('不归我们')
  await lamps.type(/^理由/, '巷里的灯归小区')
  await lamps.type(/^依据哪一条/, '示例清单 第三项')
  await lamps.picture('whistles-dispute')
  await lamps.press('不归我们', lamps.page.locator('main form'))
  await lamps.reads('说不归它，等裁定')

  const coordinator = await officer(browser, street, 'coordinator')
  await coordinator.visit('/desk/whistles')
  await coordinator.picture('whistles-coordinator')
  await coordinator.visit(address)
  await coordinator.link('裁定')
  await coordinator.choose(/区里兜底/)
  await coordinator.page.locator('select[name="unit_backed"]').selectOption({ label: '示例区水务所' })
  await coordinator.type(/^理由/, '没人管，区里先修好')
  await coordinator.picture('whistles-decide')
  await coordinator.press('裁定', coordinator.page.locator('main form'))
  await coordinator.reads('已转给别的单位', '示例区水务所')
  await coordinator.visit(`/settings?lang=en&back=${address}`)
  await coordinator.reads('Given to another unit')
  await coordinator.picture('whistles-one-en')
  await coordinator.visit('/desk/whistles/figures')
  await coordinator.picture('whistles-figures-en')
  await coordinator.visit('/settings?lang=zh&back=/desk')
  await coordinator.reads('等您办的吹哨')
  await coordinator.picture('whistles-first-page')
  await coordinator.visit('/desk/figures')
  await coordinator.reads('等区里裁定')
  await coordinator.picture('whistles-work-figures')
})
