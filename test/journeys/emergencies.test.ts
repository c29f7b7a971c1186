/** An emergency at the desk: reported with what is known, told, gone on with; on a phone and on a large screen, in both languages. */
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { officer, openBrowser, signInByPhone, walker } from '../harness/browser.ts'
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

test('the officer of 茶山 reports what she knows from her phone, the street tells the district and finishes it', {
  timeout: 120_000,
}, async () => {
  const chashan = await officer(browser, street, 'chashan', undefined, { phone: true, script: false })
  await chashan.visit('/desk/events')
  await chashan.reads('突发事件', '火灾', '已结束')
  await chashan.picture('events-phone')
  await chashan.link('报一件事')
  await chashan.picture('event-new-phone')
  await chashan.press('首报')
  await chashan.reads('请选一种事件', '请写在哪里')
  await chashan.page.getByLabel('自然灾害').check()
  await chashan.page.getByLabel('地点').fill('示例一巷 3 号门口')
  await chashan.page.getByLabel('什么情况').fill('大树倒了，压住电线')
  await chashan.page.getByLabel('死亡').fill('没有')
  await chashan.press('首报')
  await chashan.reads('请填整数')
  await chashan.picture('event-new-mend-phone')
  await chashan.page.getByLabel('死亡').fill('0')
  await chashan.press('首报')
  await chashan.reads('记下了', '还不清楚', '还没报', '这是预案的承诺')
  await chashan.picture('event-phone')
  const path = new URL(chashan.page.url()).pathname
  await chashan.page.context().close()

  for (const lang of ['zh', 'en'] as const) {
    const safety = await officer(browser, street, 'safety', undefined, { lang, script: false })
    await safety.visit(path)
    if (lang === 'zh') {
      await safety.press('记一次通知')
      await safety.reads('电话通知区总值班室', '按时')
    }
    await safety.picture(`event-${lang}`)
    await safety.visit('/desk/events')
    await safety.picture(`events-${lang}`)
    await safety.link(lang === 'zh' ? '火灾' : 'Fire', safety.page.locator('main'))
    await safety.reads(lang === 'zh' ? '迟报' : 'Late')
    await safety.picture(`event-closed-${lang}`)
    await safety.page.context().close()
  }
})

test('a warning heads the pages where it holds; whom to knock at, what came of it', { timeout: 120_000 }, async () => {
  for (const [lang, settings] of [
    ['zh', { phone: true }],
    ['en', {}],
    ['zh', { phone: true, elder: true }],
  ] as const) {
    const name = `${lang}${'phone' in settings ? '-phone' : ''}${'elder' in settings ? '-elder' : ''}`
    const she = await walker(browser, street, { lang, script: false, ...settings })
    await she.visit('/')
    await she.picture(`warning-home-${name}`)
    await she.link(lang === 'zh' ? /台风黄色预警/ : /Typhoon warning/)
    await she.reads(lang === 'zh' ? '给喇叭和楼栋念的' : 'To read out')
    await she.picture(`warning-${name}`)
    await she.visit('/warnings')
    await she.picture(`warnings-${name}`)
    await she.page.context().close()
  }
  const chashan = await officer(browser, street, 'chashan', undefined, { phone: true, script: false })
  await chashan.visit('/desk/warnings')
  await chashan.link(/台风/, chashan.page.locator('main'))
  await chashan.picture('broadcast-phone')
  await chashan.link('要上门的人')
  await chashan.picture('lookup-phone')
  await chashan.press('需要：药', chashan.page.locator('.d-person').first())
  await chashan.reads('记下了', '需要帮忙')
  await chashan.page.context().close()
  const safety = await officer(browser, street, 'safety', undefined, { script: false })
  await safety.visit('/desk/warnings/new')
  await safety.press('交给负责人发布')
  await safety.reads('请写一句话')
  await safety.picture('broadcast-new')
  await safety.page.context().close()
  const leader = await officer(browser, street, 'leader', undefined, { script: false, lang: 'en' })
  await leader.visit('/desk/warnings')
  await leader.picture('broadcasts-en')
  await leader.link(/台风/, leader.page.locator('main'))
  await leader.picture('broadcast-en')
  await leader.page.context().close()
})

test('the register of cameras on a phone, a request of her own, and its decision at the desk', { timeout: 120_000 }, async () => {
  const she = await walker(browser, street, { phone: true, script: false })
  await she.visit('/cameras')
  await she.reads('公共摄像头', '没有标识', '1 到 9 不显示')
  await she.picture('cameras-phone')
  await she.link(/消防通道/)
  await she.picture('camera-phone')
  await she.page.context().close()
  const guest = await walker(browser, street, { lang: 'en', script: false })
  await guest.visit('/cameras')
  await guest.picture('cameras-en')
  await guest.page.context().close()
  const lady = await walker(browser, street, { phone: true, script: false })
  await signInByPhone(lady, '10000000001')
  await lady.visit('/cameras')
  await lady.link(/社区正门/)
  await lady.link('申请看录像')
  await lady.press('提交申请')
  await lady.reads('请选日期和时间', '请写一句话')
  await lady.page.getByLabel('从什么时候').fill('2026-11-23T09:00')
  await lady.page.getByLabel('到什么时候').fill('2026-11-23T10:00')
  await lady.page.getByLabel('为什么要').fill('在门口被电动车碰倒')
  await lady.press('提交申请')
  await lady.reads('我的录像申请', '等答复', '最迟答复')
  await lady.picture('footage-own-phone')
  await lady.page.context().close()
  const leader = await officer(browser, street, 'leader', undefined, { script: false })
  await leader.visit('/desk/footage')
  await leader.reads('示例交警大队', '居民本人')
  await leader.picture('footage-list')
  await leader.link(/社区正门/, leader.page.locator('main'))
  await leader.picture('footage-one')
  await leader.page.context().close()
  const safety = await officer(browser, street, 'safety', undefined, { lang: 'en', script: false })
  await safety.visit('/desk/cameras')
  await safety.picture('desk-cameras-en')
  await safety.link(/社区正门/, safety.page.locator('main'))
  await safety.picture('desk-camera-en')
  await safety.visit('/desk/cameras/new')
  await safety.press('Register')
  await safety.picture('desk-camera-new-en')
  await safety.page.context().close()
})

test('duty, plans and drills at the desk', { timeout: 120_000 }, async () => {
  const safety = await officer(browser, street, 'safety', undefined, { script: false })
  await safety.visit('/desk/duty')
  await safety.reads('现在带班领导', '现在值班人员', '值班人员空缺')
  await safety.picture('duty')
  await safety.press('排一班', safety.page.locator('main'))
  await safety.reads('请选带班还是值班')
  await safety.visit('/desk/plans')
  await safety.picture('plans')
  await safety.link(/防台风/, safety.page.locator('main'))
  await safety.reads('喇叭', '前做完')
  await safety.picture('plan')
  await safety.page.context().close()
  const chashan = await officer(browser, street, 'chashan', undefined, { phone: true, lang: 'en', script: false })
  await chashan.visit('/desk/duty')
  await chashan.picture('duty-phone-en')
  await chashan.visit('/desk/plans')
  await chashan.picture('plans-phone-en')
  await chashan.page.context().close()
})
