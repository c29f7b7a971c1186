/** A new colleague: invited by one administrator, approved by another, at work, and gone. Without a script; her phone is the small screen. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { officer, openBrowser, walker } from '../harness/browser.ts'
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

const password = 'four unrelated words'

test('陆小雨 is invited, sets her password, gets a post that two people made, works, and leaves', {
  timeout: 240_000,
}, async () => {
  const system = await officer(browser, street, 'system', undefined, { script: false })
  await system.reads('系统管理员', '不看居民资料')
  await system.visit('/desk/administration/officers')
  await system.reads('辖区内 14 人', '潘丽珊')
  await system.link('邀请新人')
  await system.press('生成链接')
  await system.reads('请选择')
  await system.type('姓名', '陆小雨')
  await system.type('工号', 'T0777')
  await system.type('用户名', 'lu.xiaoyu')
  await system.page.getByLabel('单位').selectOption({ label: '五山街道办事处' })
  await system.picture('desk-invite')
  await system.press('生成链接')
  await system.reads('链接只在这里显示一次', 'lu.xiaoyu')
  const link = await system.page.locator('#link').inputValue()
  await system.picture('desk-invited')

  // Whoever is signed in is not the one who was invited.
  await system.visit(link)
  await system.reads('您现在已经登录')
  await system.visit('/desk/administration/officers')
  await system.reads('还没用的邀请', '陆小雨')

  const her = await walker(browser, street, { phone: true, script: false })
  await her.visit(link)
  await her.reads('开通您的账号', '陆小雨', 'T0777', '五山街道办事处')
  await her.page.locator('input[name="password"]').fill('lu.xiaoyu 2026')
  await her.page.locator('input[name="again"]').fill('lu.xiaoyu 2026')
  await her.press('设好密码，去登录')
  await her.reads('密码里不要带自己的用户名或工号')
  await her.page.locator('input[name="password"]').fill(password)
  await her.page.locator('input[name="again"]').fill(password)
  await her.press('设好密码，去登录')
  await her.page.locator('input[name="password"]').fill(password)
  await her.press('登录', her.page.locator('main form'))
  await her.reads('您现在没有能用的岗位')
  const late = await walker(browser, street, { script: false })
  await late.visit(link)
  await late.reads('这个链接已经用过')
  assert.equal(await late.page.locator('input[name="password"]').count(), 0)

  await system.visit('/desk/administration/officers')
  await system.link('陆小雨')
  await system.link('申请岗位')
  await system.page.getByLabel('岗位').selectOption({ label: '窗口人员（街道）' })
  await system.press('下一步')
  await system.press('提交审批')
  await system.reads('请选')
  await system.choose('民政')
  await system.picture('desk-propose')
  await system.press('提交审批')
  await system.reads('安全管理员批准以后岗位才能用', '待审批')
  await her.visit('/desk/post')
  await her.reads('您现在没有能用的岗位')

  const security = await officer(browser, street, 'security', undefined, { script: false })
  await security.visit('/desk/administration/posts')
  await security.link('陆小雨')
  await security.press('不批准')
  await security.reads('不批准要写原因')
  await security.picture('desk-approval')
  await security.press('批准')
  await security.reads('已批准，岗位从起始日起能用')

  await her.visit('/desk/post')
  await her.press(/窗口人员/)
  await her.reads('待办', '新收件')

  // One post ends and the account stays.
  await system.visit('/desk/administration/officers')
  await system.link('何晓彤')
  await system.page.locator('.card', { hasText: '街道审核员' }).getByRole('link', { name: '停用这个岗位' }).click()
  await system.press('停用这个岗位', system.page.locator('main form'))
  await system.reads('请写为什么停用')
  await system.type('为什么停用', '代班结束')
  await system.press('停用这个岗位', system.page.locator('main form'))
  await system.reads('岗位已停用')
  await system.picture('desk-officer')

  const audit = await officer(browser, street, 'audit', undefined, { script: false, lang: 'en' })
  await audit.visit('/desk/administration/acts')
  await audit.reads('access.decide-post', 'access.propose-post', 'access.invite-officer', '杜佩珊')
  await audit.picture('desk-acts-en')
  const table = (await audit.fetch('/desk/administration/acts.csv')).bytes.toString()
  assert.match(table, /access\.decide-post,done,D0902,/)
  assert.ok(!table.includes('陈秀英'), 'nobody but officers')

  await system.visit('/desk/administration/officers')
  await system.link('陆小雨')
  await system.type('为什么停用', '调离')
  await system.press('停用账号', system.page.locator('main form'))
  await system.reads('账号已停用')
  await her.visit('/desk/sign-in')
  const gone = await her.fetch('/desk')
  assert.match(gone.bytes.toString(), /用单位配发的账号/, 'she is at the door again, signed in or not')
})

test('one of the three does not open the pages of another', { timeout: 120_000 }, async () => {
  const pages = {
    system: '/desk/administration/officers',
    security: '/desk/administration/posts',
    audit: '/desk/administration/acts',
  }
  for (const who of Object.keys(pages)) {
    const here = await officer(browser, street, who, undefined, { script: false })
    for (const [owner, path] of Object.entries(pages))
      assert.equal((await here.fetch(path)).status, owner === who ? 200 : 403, `${who} at ${path}`)
    assert.equal((await here.fetch('/api/v1/people?part=%E9%99%88%E7%A7%80')).status, 403, `${who} looking for people`)
  }
})
