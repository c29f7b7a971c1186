/** The minimum living guarantee: a husband's own word, two who visit, a notice, a neighbour who objects, and an answer. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { officer, openBrowser, signInByPhone, type Walker, walker } from '../harness/browser.ts'
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

let number = ''

const resident = async (phone: string): Promise<Walker> => {
  const who = await walker(browser, street, { phone: true, script: false })
  await signInByPhone(who, phone)
  return who
}

async function takes(username: string): Promise<Walker> {
  const who = await officer(browser, street, username)
  await who.page.locator('input[name="number"]').fill(number)
  await Promise.all([who.page.waitForEvent('load'), who.page.locator('input[name="number"]').press('Enter')])
  await who.link(new RegExp(number))
  return who
}

/** Opens an act of the case, fills it in and confirms it. */
async function does(who: Walker, act: string, fill: () => Promise<void> = async () => {}): Promise<void> {
  const main = who.page.locator('main')
  await who.link(new RegExp(`^${act}`), main)
  await fill()
  await who.press(new RegExp(`^(确定|看清楚再定)：${act}`), main)
  if (!(await who.text()).includes(`已办好：${act}`)) await who.press(new RegExp(`^确定：${act}`), main)
  await who.reads(`已办好：${act}`)
}

test('the leader sees how the street is doing', { timeout: 60_000 }, async () => {
  const leader = await officer(browser, street, 'leader')
  await leader.visit('/desk/figures')
  await leader.picture('desk-figures')
})

test('the husband agrees on his own account; before that nothing goes on', { timeout: 60_000 }, async () => {
  const husband = await resident('10000000005')
  await husband.link(/待我授权/)
  await husband.reads('必须您本人同意')
  await husband.picture('resident-authorisations')
  await husband.link('看清楚，再决定')
  number = /\d{8}-\d{4}/.exec(await husband.text())![0]
  const before = await takes('reviewer')
  await before.reads('等本人授权')
  await before.picture('desk-case-authorisation')
  await before.page.context().close()
  const wife = await resident('10000000004')
  await wife.visit('/me/cases')
  await wife.link(new RegExp(number))
  await wife.reads('还等这几位成年家人本人同意', '罗志荣')
  await wife.picture('resident-case-authorisation')
  await wife.page.context().close()
  await husband.reads('何美玲在 11 月', '到作出决定为止', '可以不同意')
  await husband.picture('resident-authorisation')
  await husband.press('我同意核对')
  await husband.reads('您同意过的', `办件 ${number}，11 月 24 日同意`)
  await husband.page.context().close()
})

test('two visit, one checks, the street forms its opinion and puts the notice up', { timeout: 60_000 }, async () => {
  const reviewer = await takes('reviewer')
  await does(reviewer, '授权齐了')
  await does(reviewer, '登记入户调查', async () => {
    for (const [label, value] of [['年', '2026'], ['月', '11'], ['日', '24']] as const) await reviewer.type(label, value) // biome-ignore format: a day
    await reviewer.page.getByLabel('另一位调查人').selectOption('D0233')
    await reviewer.type('调查看到的情况', '一家四口住在一起，两个孩子上学，和申报的一样')
    await reviewer.picture('desk-survey')
  })
  await reviewer.reads('等', '本人确认')
  await reviewer.picture('desk-survey-waits')
  const visitor = await officer(browser, street, 'visitor')
  await visitor.link(/^待您确认/)
  await visitor.picture('desk-work-list-visitor', { whole: false })
  await visitor.link(new RegExp(`办理 ?${number}`))
  await does(visitor, '确认入户调查', () => visitor.choose(/^在场/))
  await visitor.page.context().close()
  await reviewer.visit(reviewer.path().replace(/\?.*/, ''))
  await does(reviewer, '登记核对结果', async () => {
    await reviewer.type(/全家每月收入/, '3500')
    await reviewer.choose(/^符合/)
  })
  await does(reviewer, '通过，送下一步')
  await does(reviewer, '发布公示', () => reviewer.picture('desk-notice-before'))
  await reviewer.page.context().close()
})

test('a neighbour reads a surname and a number of people, and objects; her name goes nowhere', { timeout: 60_000 }, async () => {
  const neighbour = await resident('10000000001')
  await neighbour.visit('/notices')
  await neighbour.picture('resident-notices')
  await neighbour.link(/最低生活保障：何\*\*/)
  const text = await neighbour.text()
  assert.ok(!text.includes('何美玲') && !text.includes('罗志荣'), 'no full name on a notice')
  await neighbour.type(/您知道的情况/, '他们家好像还有一间铺面在出租')
  await neighbour.picture('resident-notice')
  await neighbour.press('提出异议')
  await neighbour.reads('您提的异议已经收到')
  await neighbour.page.context().close()
})

test('after the notice the objection is answered first; then the district decides', { timeout: 60_000 }, async () => {
  street.at('2026-12-03T01:30:00Z')
  const reviewer = await takes('reviewer')
  const main = reviewer.page.locator('main')
  assert.ok(!((await main.textContent()) ?? '').includes('陈'), 'who objected is not said')
  assert.equal(await main.getByRole('link', { name: /^公示结束/ }).count(), 0, 'not before the answer')
  await reviewer.picture('desk-case-objection')
  await reviewer.type('书面答复', '已到场核实：铺面是同名的另一户的，这一家没有出租的房屋。')
  await reviewer.press('答复这条异议')
  await does(reviewer, '公示结束')
  await reviewer.page.context().close()

  const district = await takes('district')
  await does(district, '作决定', () => district.choose(/^准予/))
  await does(district, '制作决定书')
  await does(district, '送达', async () => {
    await district.choose('网上送达')
    await district.type('交给谁', '本人')
  })
  await does(district, '办结')
  await district.page.context().close()
})

test('she reads her decision; to her neighbours and on the desk of the next street it is not there', {
  timeout: 60_000,
}, async () => {
  const mother = await resident('10000000004')
  await mother.visit('/me/cases')
  await mother.link(new RegExp(number))
  await mother.reads('同意了', '准予决定书')
  const own = mother.path()
  const papers = await mother.page.locator('a[href^="/documents/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')!))
  assert.ok(papers.length >= 4)
  for (const paper of papers) assert.equal((await mother.fetch(paper)).status, 200)

  const other = await resident('10000000002')
  for (const path of [own, ...papers]) assert.equal((await other.fetch(path)).status, 404, path)
  const next = await officer(browser, street, 'shipai')
  for (const path of [own.replace('/me/', '/desk/'), ...papers]) assert.equal((await next.fetch(path)).status, 404, path)
})
