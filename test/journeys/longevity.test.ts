/** The main journey: an old lady with a phone and no script, and the officers of three levels. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { Browser } from 'playwright-core'
import { officer, openBrowser, pictures, signInByPhone, type Walker, walker } from '../harness/browser.ts'
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
let ownCase = ''

test('she finds the allowance in her own words, signs in by code, applies and holds a receipt', { timeout: 60_000 }, async () => {
  await lady.visit('/')
  await lady.picture('resident-home')
  await lady.page.locator('input[name="q"]').fill('老人每个月的钱')
  await lady.page.locator('input[name="q"]').press('Enter')
  await lady.page.waitForURL(/\/search/)
  await lady.look()
  await lady.picture('resident-search')
  await lady.link('看怎么办')
  await lady.reads('谁可以办', '依据的文件已经到期', '每月 100 元')
  await lady.picture('resident-guide-stranger')

  await lady.link('登录后申请')
  await lady.picture('resident-sign-in')
  await signInByPhone(lady, '10000000001')
  assert.equal(lady.path(), '/matters/longevity-allowance', 'she is back where she was')
  await lady.reads('按登记的资料，您符合条件')
  await lady.picture('resident-guide')

  await lady.press('开始申请')
  await lady.reads('第 1 步，共 4 步', '这些资料对吗')
  await lady.picture('resident-confirm')
  await lady.press('继续')
  await lady.reads('请选一个')
  await lady.picture('resident-confirm-error')
  await lady.choose('对')
  await lady.press('继续')
  await lady.reads('钱打到哪个账户')
  await lady.choose(/换一个账户/)
  await lady.type(/^(新账号|钱打到哪个账户)/, '6222 0211 1111 11')
  await lady.press('继续')
  await lady.reads('少了 2 位')
  await lady.picture('resident-account')
  await lady.type(/^(新账号|钱打到哪个账户)/, '6222 0211 1111 1111 112')
  await lady.press('继续')
  await lady.press('继续')
  await lady.reads('送出前再看一遍', '尾号 1112', '条件都符合')
  await lady.picture('resident-check')
  await lady.choose(/我填的都是真实的/)
  await lady.press('送出申请')

  await lady.reads('申请已经送出', /20261124-\d{4}/)
  number = /20261124-\d{4}/.exec(await lady.text())![0]
  assert.ok(await lady.page.getByRole('img', { name: '收件凭证的二维码' }).isVisible())
  await lady.picture('resident-receipt')
  await lady.link('看走到哪一步')
  ownCase = lady.path()
  await lady.reads('您现在不用做什么')
})

/** Opens her case from the work list and does the next thing. */
async function takes(username: string, post?: RegExp): Promise<Walker> {
  const who = await officer(browser, street, username, post)
  await who.picture(`desk-work-list-${username}`, { whole: false })
  await who.page.locator('input[name="number"]').fill(number)
  await Promise.all([who.page.waitForEvent('load'), who.page.locator('input[name="number"]').press('Enter')])
  await who.look()
  await who.link(new RegExp(number))
  return who
}

test('the window accepts, the community confirms, the street reviews', { timeout: 60_000 }, async () => {
  const window = await takes('window', /窗口人员/)
  await window.picture('desk-case-window')
  await window.link(/^受理/, window.page.locator('main'))
  await window.reads('从今天受理起算', '承诺在这一天前办结', '马上发出《受理通知书》')
  await window.picture('desk-accept')
  // The one question of the page has the focus: Enter is enough.
  await window.key('Enter')
  await window.reads('已办好：受理', '受理通知书')
  await window.page.context().close()

  const chashan = await takes('chashan')
  await chashan.link(/^确认/, chashan.page.locator('main'))
  await chashan.type(/说明|备注/, '见过本人，一直住在茶山')
  await chashan.picture('desk-act-confirm')
  await chashan.press(/确认/, chashan.page.locator('main'))
  await chashan.page.context().close()

  const reviewer = await takes('reviewer')
  await reviewer.picture('desk-case')
  await reviewer.link(/^通过，送下一步/, reviewer.page.locator('main'))
  await reviewer.press(/通过，送下一步/, reviewer.page.locator('main'))
  await reviewer.page.context().close()
})

test('the district records what it decides by, decides, makes the paper, delivers and closes', { timeout: 60_000 }, async () => {
  const district = await takes('district')
  const main = district.page.locator('main')
  await district.reads('请先由区经办人登记决定的依据')
  await district.link(/^登记决定依据/, main)
  await district.type('按什么作决定', '区民政局 2026 年 9 月 1 日的书面通知：新文件发布前照原标准执行')
  await district.press(/登记决定依据/, main)
  await district.link(/^作决定/, main)
  await district.reads('按规则算出：100 元')
  await district.press(/作决定/, main)
  await district.reads(/有 \d 处要改|请选一个/)
  await district.choose(/^准予/)
  await district.picture('desk-decide')
  await district.press(/作决定/, main)
  await district.reads('准予、每月 100 元', '下一步制作《准予决定书》')
  await district.picture('desk-decide-sure')
  await district.press(/^确定：作决定/, main)
  await district.link(/^制作决定书/, main)
  await district.press(/^确定：制作决定书/, main)
  await district.link(/^送达/, main)
  await district.choose('网上送达')
  await district.type('交给谁', '本人')
  await district.press(/送达/, main)
  await district.link(/^办结/, main)
  await district.press(/^确定：办结/, main)
  await district.reads('已办好：办结')
  await district.picture('desk-case-closed')
  await district.page.context().close()
})

test('she follows it, opens the decision, rates it once and sees everybody who looked', { timeout: 60_000 }, async () => {
  await lady.visit(ownCase)
  await lady.reads('这一件已经办结', '同意了', '每月', '100', '街道审核：办好了', '非常满意')
  await lady.picture('resident-case')
  await lady.page.getByText('每个月发多少').click()
  await lady.reads('在发', '还没到')
  await lady.picture('matters-months-resident')
  const paper = lady.page.getByRole('link', { name: /核定|决定书/ }).first()
  const { bytes } = await lady.fetch((await paper.getAttribute('href'))!)
  assert.equal(bytes.subarray(0, 4).toString(), '%PDF')
  writeFileSync(join(pictures, 'decision.pdf'), bytes)
  const text = await textOf(bytes)
  assert.match(text, /陈秀英/)
  assert.match(text, /每月 ?100(\.00)? ?元/)

  await lady.press('送出评价')
  await lady.reads('请选一个')
  await lady.choose('满意')
  await lady.press('送出评价')
  assert.doesNotMatch(await lady.text(), /送出评价/, 'once only')

  await lady.visit('/me/reads')
  await lady.reads('何晓彤', '潘丽珊', '冼文彬', '简雪莹', '办理您的长寿保健金')
  await lady.picture('resident-reads')
  await lady.visit('/me/messages')
  await lady.picture('resident-messages')
})

async function textOf(bytes: Buffer): Promise<string> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: true }).promise
  const pages = await Promise.all(
    Array.from({ length: pdf.numPages }, async (_, n) => (await pdf.getPage(n + 1)).getTextContent()),
  )
  return pages.flatMap((page) => page.items.map((item) => ('str' in item ? item.str : ''))).join('')
}
