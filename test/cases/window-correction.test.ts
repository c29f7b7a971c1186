/** 窗口补正: who has no phone answers a correction at the window, and her case goes on. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from '../harness/form-browser.ts'
import { type Client, openScene, place, type Scene, type SignsIn } from '../harness/scene.ts'
import { answersOf, PDF } from '../harness/stages.ts'
import { assertRebuilt, ok, onCase, paper, refused, stateOf } from './story.ts'

let scene: Scene
let clerk: Client & SignsIn & { postId: string }
before(async () => {
  scene = await openScene()
  clerk = await scene.officer('window-clerk', [place.street])
})
after(async () => {
  try {
    await assertRebuilt(scene)
  } finally {
    await scene?.close()
  }
})

const GUARANTEE = 'minimum-living-guarantee'

/** Received at the window of somebody who has never signed in, with one housemate. */
async function received(name: string) {
  const her = await scene.neighbour({ name, bornOn: '1946-11-30' })
  const mate = await scene.neighbour({ name: '李小明', bornOn: '1952-05-06' })
  const typed = answersOf[GUARANTEE]!(mate)
  const { caseId } = ok(await clerk.post('/api/v1/window/cases', { personId: her.personId, matterCode: GUARANTEE, typed }))
  return { her, caseId: caseId as string, act: onCase(caseId) }
}

const answer = (caseId: string, who: Client, more: object = {}) =>
  who.post(`/api/v1/window/cases/${caseId}/correction`, { typed: {}, note: '', declared: 'yes', ...more })

const answered = async (caseId: string) =>
  (await scene.owner.query(`select payload, actor_kind, post_id from cases.timeline where case_id = $1 and fact = 'correction_answered'`, [caseId])).rows // biome-ignore format: one row

test('her new household is linked, the days count anew, and the course says who wrote it down', async () => {
  const { caseId, act } = await received('卢一')
  ok(await act(clerk, 'correction-notice', { missing: ['members', 'property'], text: '请把家里人写全' }))
  refused(await answer(caseId, clerk), 422, 'input.invalid')
  const sister = await scene.neighbour({ name: '卢小妹', bornOn: '1950-01-02' })
  const typed = {
    ...answersOf[GUARANTEE]!(sister),
    'members-1-name': sister.name,
    'members-1-born-year': '1950',
    'members-1-born-month': '1',
    'members-1-born-day': '2',
  }
  const other = await scene.officer('window-clerk', [place.nextStreet])
  refused(await answer(caseId, other, { typed }), 404, 'case.not_found')
  const reviewer = await scene.officer('street-reviewer', [place.street])
  refused(await answer(caseId, reviewer, { typed }), 403, 'access.not_permitted')
  const community = await scene.officer('community-officer', [place.community])
  refused(await answer(caseId, community, { typed }), 403, 'case.handled_elsewhere')
  refused(await answer(caseId, clerk, { typed, declared: undefined }), 422, 'case.declare_first')

  const both = await Promise.all([answer(caseId, clerk, { typed }), answer(caseId, clerk, { typed })])
  assert.deepEqual(both.map((one) => one.status).sort(), [200, 409], 'answered once')
  const state = await stateOf(scene, caseId)
  assert.equal(state.status, 'received')
  assert.ok(state.dueAt && state.correction?.answeredOn, 'its days count anew')
  const [fact] = await answered(caseId)
  assert.deepEqual([fact.actor_kind, fact.post_id, fact.payload.channel], ['staff', clerk.postId, 'window'])
  const { rows } = await scene.owner.query(`select person_id from cases.unit_member where case_id = $1 and name = '卢小妹'`, [caseId]) // biome-ignore format: one row
  assert.deepEqual(rows, [{ person_id: sister.personId }], 'she is asked on her own account')
  const { rows: audited } = await scene.owner.query(`select outcome from platform.audit where operation = 'cases.answer-correction-at-window' and outcome = 'done'`) // biome-ignore format: one row
  assert.equal(audited.length, 1)
  ok(await act(clerk, 'acceptance'))
})

test('what nobody can look at is not taken: a notice of words alone needs words of what came', async () => {
  const { caseId, act } = await received('卢二')
  ok(await act(clerk, 'correction-notice', { missing: [], text: '请写清楚从什么时候起没有收入' }))
  refused(await answer(caseId, clerk, { note: ' \u200b ' }), 422, 'answer.missing')
  ok(await answer(caseId, clerk, { note: '交来一份说明，2025 年 3 月起没有收入' }))
  assert.equal((await answered(caseId))[0].payload.note, '交来一份说明，2025 年 3 月起没有收入')
  refused(await answer(caseId, clerk, { note: '再来一次' }), 409, 'case.not_now')
})

/** Sends a form that the page shows, with a file in it. */
async function upload(pages: FormBrowser, html: string, action: string, fields: Record<string, string>, file: string) {
  const sent = new FormData()
  for (const name of ['_csrf', '_key'])
    sent.append(name, new RegExp(`action="${action}"[^]*?name="${name}" value="([^"]+)"`).exec(html)![1]!)
  for (const [name, value] of Object.entries(fields)) sent.append(name, value)
  sent.append(file, new File([PDF], '证明.pdf', { type: 'application/pdf' }))
  const body = new Response(sent)
  return scene.node.app.inject({
    method: 'POST',
    url: action,
    remoteAddress: pages.address,
    headers: {
      'content-type': body.headers.get('content-type')!,
      cookie: [...pages.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    },
    payload: Buffer.from(await body.arrayBuffer()),
  })
}

test('on the pages: the case leads to the form, what is missing is named, and nothing that came is lost', async () => {
  const { caseId, act } = await received('卢三')
  ok(await act(clerk, 'correction-notice', { missing: ['income-proof', 'property'], text: '请补一份收入证明' }))
  const pages = new FormBrowser(scene, clerk.cookie, clerk.address)
  const here = `/desk/window/cases/${caseId}/correction`
  assert.ok((await pages.see(`/desk/cases/${caseId}`)).html.includes(`href="${here}"`))
  const accepting = (await pages.see(`/desk/cases/${caseId}/act/accept`)).html
  assert.match(accepting, /还在等本人补正，可以补到/)
  assert.match(accepting, /收不到消息。请把文书打印交给本人/, 'she has no phone')
  assert.ok(accepting.includes(`href="${here}"`))

  const form = await pages.see(here)
  assert.match(form.html, /请补一份收入证明/)
  assert.ok(!/type="(radio|checkbox)"[^>]* checked/.test(form.html), 'nothing is preselected')
  const empty = await pages.see((await pages.fill(here, here)).to!)
  for (const field of ['file-income-proof', 'property', 'declared'])
    assert.ok(empty.html.includes(`href="#${field}"`), `${field} is named with the others`)
  const response = await upload(pages, form.html, here, { property: 'none' }, 'file-income-proof')
  const undeclared = await pages.see(String(response.headers.location))
  assert.match(undeclared.html, /请先念给本人听/)
  assert.match(undeclared.html, /value="none" checked/, 'what was typed is kept')
  assert.match(undeclared.html, /已经有了，可以再加/, 'the file is kept')
  const done = await pages.fill(here, here, { property: 'none', declared: 'yes' })
  assert.equal(done.to, `/desk/cases/${caseId}?done=correction`)
  const after = (await pages.see(done.to!)).html
  assert.match(after, /补正已经登记/)
  assert.ok(!after.includes(`href="${here}"`))
  assert.match((await pages.see(here)).html, /现在不等补正/)
  assert.match(await paper(scene, caseId, 'correction_notice'), /收入证明/)
})

test('a file that came in is named, on either page, and a paper for somebody without a phone is to be printed', async () => {
  const { caseId } = await received('卢四')
  const pages = new FormBrowser(scene, clerk.cookie, clerk.address)
  for (const [page, action, fields, file] of [
    [`/desk/cases/${caseId}`, `/desk/cases/${caseId}/files`, { material: 'income-proof' }, 'file'],
    [`/desk/window/cases/${caseId}`, `/desk/window/cases/${caseId}/files`, {}, 'file-income-proof'],
  ] as const) {
    const { headers } = await upload(pages, (await pages.see(page)).html, action, fields, file)
    assert.match((await pages.see(String(headers.location))).html, /材料已经加上：证明\.pdf/, page)
  }
  const other = (await received('卢五')).caseId
  const added = (await scene.owner.query('select id from documents.material where case_id = $1', [caseId])).rows[0].id
  assert.ok(!(await pages.see(`/desk/cases/${other}?done=file&added=${added}`)).html.includes('证明.pdf'), 'not of that case')

  const accept = `/desk/cases/${caseId}/act/accept`
  const done = await pages.fill(accept, accept)
  const course = (await pages.see(done.to!)).html
  assert.match(course, /受理通知书[\s\S]*?本人没有登录手机，请打印交给本人/)
  assert.match(await paper(scene, caseId, 'acceptance'), /或者到窗口、打电话问（/)
})
