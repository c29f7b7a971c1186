/** 对这一条有异议 over pages and the API: what she saw goes with it, another office answers, and both cases say so. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { apply, assertRebuilt, ok, onCase, refused } from '../../../test/cases/story.ts'
import { FormBrowser } from '../../../test/harness/form-browser.ts'
import { openScene, place, type Scene } from '../../../test/harness/scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(async () => {
  try {
    await assertRebuilt(scene)
  } finally {
    await scene?.close()
  }
})

const textOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const browserOf = (who: { cookie: string; address: string }) => new FormBrowser(scene, who.cookie, who.address)
const ANSWERS = { 'about-you': 'yes', 'account-number': '6222021111111111112', account: 'other', note: '' }

/** Somebody of 76 who has applied, and the address of the form under the line about her age. */
async function applied(name: string) {
  const who = await scene.resident({ bornOn: '1950-03-02', name })
  const { caseId, number } = await apply(scene, who, 'longevity-allowance', ANSWERS)
  const lady = browserOf(who)
  const page = (await lady.see(`/me/cases/${caseId}/why`)).html
  const form = new RegExp(`href="(/me/cases/${caseId}/why/longevity\\.age/[0-9-]+/objection)"`).exec(page)?.[1]
  assert.ok(form, textOf(page))
  return { who, lady, caseId, number, form: form! }
}

test('she objects to one line; a second time, and a second click, is the same objection; another line is another', async () => {
  const { who, lady, caseId, form } = await applied('梁婆婆')
  const empty = await lady.fill(form, form, { words: ' \u200b ' })
  assert.match((await lady.see(empty.to!)).html, /govuk-error-message/)
  const page = await lady.see(form)
  assert.match(textOf(page.html), /您 76 岁，要满 70 岁/)
  const sent = await lady.answer(page.html, form, { words: '我的生日登记错了，是 1948 年' })
  const objection = /^\/me\/cases\/([0-9a-f-]{36})\?sent=1$/.exec(sent.to ?? '')?.[1]
  assert.ok(objection, sent.to ?? textOf(sent.html))
  assert.equal((await lady.answer(page.html, form, { words: '我的生日登记错了，是 1948 年' })).to, sent.to, 'the same form twice')
  const again = ok(
    await who.post(`/api/v1/me/cases/${caseId}/line-objection`, {
      rule: 'longevity.age',
      line: form.split('/').at(-2),
      words: '还是不对',
    }),
  )
  assert.equal(again.caseId, objection, 'the running one')
  assert.equal((await lady.see(form)).to, `/me/cases/${objection}`)
  assert.match(textOf((await lady.see(`/me/cases/${caseId}/why`)).html), /您的异议正在办/)
  assert.match(textOf((await lady.see(`/me/cases/${caseId}`)).html), /您对一条说明提出了异议/)
  assert.match(textOf((await lady.see(`/me/cases/${objection}/why`)).html), /我的生日登记错了/)

  const hukou = new RegExp(`href="(/me/cases/${caseId}/why/longevity\\.hukou/[0-9-]+/objection)"`)
  const other = hukou.exec((await lady.see(`/me/cases/${caseId}/why`)).html)![1]!
  const second = await lady.fill(other, other, { words: '户口迁走了' })
  assert.notEqual(second.to, sent.to)
  assert.match(second.to ?? '', /sent=1/)
})

test('an officer of another line of the district sees the line as she saw it, and answers; both timelines say so', async () => {
  const { who, lady, caseId, number, form } = await applied('何婆婆')
  const sent = await lady.fill(form, form, { words: '我今年 78 岁' })
  const objection = sent.to!.split('/')[3]!.split('?')[0]!
  // Her record changes meanwhile: the line stays as she saw it.
  await scene.owner.query(`update people.person set born_on = '1948-03-02' where id = $1`, [who.personId])

  const civil = await scene.officer('district-officer', [place.district])
  refused(await civil.get(`/api/v1/cases/${objection}/why`), 404, 'case.not_found')
  const justice = await scene.officer('district-officer', [place.district], { domains: ['legal-affairs'] })
  refused(await justice.get(`/api/v1/cases/${caseId}/why`), 404, 'case.not_found')
  const page = textOf((await browserOf(justice).see(`/desk/cases/${objection}/why`)).html)
  const desk = textOf((await browserOf(justice).see(`/desk/cases/${objection}`)).html)
  assert.match(desk, /申请人有异议的这一条[\s\S]*\d{8}-\d{4}[\s\S]*“准予”是异议成立，“不予”是异议不成立/)
  assert.doesNotMatch(desk, /0 条/)
  assert.match(page, /申请人有异议的这一条/)
  assert.match(page, new RegExp(`长寿保健金 · ${number}`))
  assert.match(page, /申请人 76 岁，要满 70 岁/)
  assert.match(page, /我今年 78 岁/)

  const act = onCase(objection)
  ok(await act(justice, 'acceptance', {}))
  refused(await act(justice, 'decision', { outcome: 'granted', reasons: '' }), 422, 'case.reasons_missing')
  ok(await act(justice, 'decision', { outcome: 'granted', reasons: '核对过户口簿，应为 1948 年' }))
  const done = ok(await act(justice, 'issue', {}))
  assert.ok(done.documentId)
  const told = textOf((await lady.see(`/me/cases/${caseId}`)).html)
  assert.match(told, /异议有了答复：异议成立。核对过户口簿，应为 1948 年/)
  assert.match(textOf((await lady.see(`/me/cases/${objection}`)).html), /异议答复书/)
  const street = await scene.officer('street-reviewer', [place.street])
  assert.match(textOf((await browserOf(street).see(`/desk/cases/${caseId}`)).html), /异议有了答复[\s\S]*应为 1948 年/)
})

test('whoever has worked on the case does not answer for it', async () => {
  const { lady, caseId, form } = await applied('黎婆婆')
  const clerk = await scene.officer('window-clerk', [place.street])
  ok(await onCase(caseId)(clerk, 'acceptance', {}))
  const objection = (await lady.fill(form, form, { words: '不对' })).to!.split('/')[3]!.split('?')[0]!
  const justice = await scene.officer('district-officer', [place.district], { domains: ['legal-affairs'] })
  await scene.owner.query(
    `update access.post set officer_id = (select officer_id from access.post where id = $1) where id = $2`,
    [justice.postId, clerk.postId],
  )
  const act = onCase(objection)
  ok(await act(justice, 'acceptance', {}))
  refused(await act(justice, 'decision', { outcome: 'refused', reasons: '登记是对的' }), 403, 'line.own_case')
})

test('no line of somebody else, no line that is none, none of a case that she took back; and no such case without a line', async () => {
  const { who, lady, caseId, form } = await applied('冯婆婆')
  const key = form.split('/').at(-2)
  const stranger = await scene.resident({ name: '何大明' })
  const send = (as: typeof who, body: object, id = caseId) => as.post(`/api/v1/me/cases/${id}/line-objection`, body)
  refused(await send(stranger, { rule: 'longevity.age', line: key, words: '不对' }), 404, 'case.not_found')
  assert.equal((await browserOf(stranger).see(form)).status, 404)
  for (const wrong of [
    { rule: 'longevity.age', line: '0-9999' },
    { rule: 'mlg.income', line: key },
    { rule: '__proto__', line: 'x' },
  ])
    refused(await send(who, { ...wrong, words: '不对' }), 404, 'line.not_found')
  assert.equal((await lady.see(form.replace(/[0-9]+-[0-9]+/, '0-9999'))).status, 404)
  refused(await who.post('/api/v1/drafts', { matterCode: 'line-objection' }), 409, 'line.from_explanation')
  assert.match(textOf((await lady.see('/matters/line-objection')).html), /对这一条有异议/)
  assert.doesNotMatch((await lady.see('/')).html, /\/matters\/line-objection/)
  ok(await who.post(`/api/v1/me/cases/${caseId}/withdrawal`, { reason: '' }))
  refused(await send(who, { rule: 'longevity.age', line: key, words: '不对' }), 409, 'line.not_now')
  assert.doesNotMatch((await lady.see(`/me/cases/${caseId}/why`)).html, /objection/)
})
