/** A daughter sends the guarantee for her mother: the mother gives her own word, the daughter goes on with what she sent, an officer sees both. */
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { Browser } from 'playwright-core'
import { officer, openBrowser, signInByPhone, type Walker, walker } from '../harness/browser.ts'
import { codeAt } from '../harness/staff-door.ts'
import { openStreet, type Street } from '../harness/street.ts'

let street: Street
let browser: Browser
let daughter: Walker
let home = ''
before(async () => {
  browser = await openBrowser()
  street = await openStreet()
  daughter = await walker(browser, street, { phone: true, script: false })
  const owner = new pg.Client({ connectionString: street.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query(
    `insert into access.proxy (id, principal_id, proxy_id, matters, valid_from, valid_to, given_at, given_how, code_until, accepted_at)
     select gen_random_uuid(), m.id, d.id, '{minimum-living-guarantee}', '2026-01-01', '2027-06-30', $1, 'own', $1, $1
     from people.person m, people.person d where m.name = '陈秀英' and d.name = '韦海燕' returning id, principal_id`,
    [street.now()],
  )
  await owner.query(
    `insert into people.bank_account (id, person_id, account_sealed, last_four, bank, during, source, method, recorded_at)
     select gen_random_uuid(), $1, '\\x00', '4321', '示例银行', '[2026-01-01,)', 'self', 'declared', $2
     where not exists (select from people.bank_account where person_id = $1)`,
    [rows[0].principal_id, street.now()],
  )
  await owner.end()
  home = `/for/${rows[0].id}`
})
after(async () => {
  await browser?.close()
  await street?.close()
})

let ofDaughter = ''
let ofMother = ''
const pick = (name: string, value: string) => daughter.page.locator(`input[name="${name}"][value="${value}"]`).check()

test('she fills it in and sends it; a correction comes, and she answers it', { timeout: 120_000 }, async () => {
  await signInByPhone(daughter, '10000000003')
  await daughter.visit('/me/security/app')
  const key = ((await daughter.page.locator('code.num').textContent()) ?? '').replaceAll(' ', '')
  await daughter.page.locator('input[name="code"]').fill(codeAt(key, street.now()))
  await daughter.press(/./, daughter.page.locator('main form'))
  street.at(new Date(street.now().getTime() + 61_000).toISOString())
  await daughter.visit(home)
  await daughter.press('最低生活保障')
  await daughter.page.locator('input[name="code"]').fill(codeAt(key, street.now()))
  await daughter.press(/./, daughter.page.locator('main form'))
  await pick('about-you', 'yes')
  await daughter.press('继续')
  await pick('members-alone', 'yes')
  await daughter.press('继续')
  await daughter.page.locator('input[name="income"]').fill('0')
  await daughter.press('继续')
  await pick('property', 'none')
  await daughter.press('继续')
  await daughter.press('继续')
  await pick('account', 'stored')
  await daughter.press('继续')
  await pick('staff-relative', 'no')
  await daughter.press('继续')
  await daughter.page.locator('input[name="declared"]').check()
  await daughter.press('送出申请')
  await daughter.reads('已经替陈秀英申请了')
  await daughter.picture('sent-for-home')
  await daughter.link(/看这一件/)
  ofDaughter = daughter.path()
  ofMother = `/me/cases/${ofDaughter.split('/').at(-1)}`
  await daughter.reads('有进展会告诉陈秀英本人')
  await daughter.picture('sent-for-case')

  const clerk = await officer(browser, street, 'window', /窗口人员/)
  await clerk.visit(`/desk/cases/${ofDaughter.split('/').at(-1)}`)
  await clerk.reads('代办人送来的，等申请人本人同意', '代办人不能替申请人同意核对')
  await clerk.picture('sent-desk-open')
  await clerk.visit(`${clerk.path()}/act/request_correction`)
  await clerk.page.locator('input[name="missing"][value="income-proof"]').check()
  await clerk.page.locator('input[name="missingQuestions"][value="property"]').check()
  await clerk.page.locator('textarea[name="text"]').fill('请补收入证明，再说一次有没有别的房子')
  await clerk.press(/告知|看|确认/, clerk.page.locator('main'))
  await clerk.press(/确认|发出|告知/, clerk.page.locator('main'))

  await daughter.visit(ofDaughter)
  await daughter.picture('sent-for-correcting')
  await daughter.link('去补材料')
  await daughter.picture('sent-for-correction')
  await daughter.press('送出补的材料')
  await daughter.reads('收入证明：')
  await daughter.picture('sent-for-correction-missing')
  await pick('property', 'none')
  await daughter.page
    .locator('input[type="file"]')
    .first()
    .setInputFiles({
      name: '收入证明.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(
        '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n',
      ),
    })
  await daughter.press('送出补的材料')
  await daughter.reads('补的材料送出了')
  await daughter.picture('sent-for-corrected')
  await daughter.link('撤回这次申请')
  await daughter.picture('sent-for-withdrawal')
})

test('the mother reads that her own word is needed, and gives it', { timeout: 120_000 }, async () => {
  const mother = await walker(browser, street, { phone: true, script: false })
  await signInByPhone(mother, '10000000001')
  await mother.visit('/me/messages')
  await mother.picture('sent-own-messages')
  await mother.visit(ofMother)
  await mother.reads('请您本人说：同不同意核对')
  await mother.picture('sent-own-word')
  const english = await walker(browser, street, { lang: 'en' })
  await english.page
    .context()
    .addCookies((await mother.page.context().cookies()).filter(({ name }) => !['lang', 'mode', 'theme'].includes(name)))
  await english.visit(ofMother)
  await english.picture('sent-own-word-en')
  await mother.press('我同意核对')
  await mother.reads('申请人本人同意核对收入和财产')
  await mother.picture('sent-own-agreed')
})
