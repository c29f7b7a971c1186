import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertRebuilt } from '../../../test/cases/story.ts'
import { openScene, place, type Scene } from '../../../test/harness/scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene.close())

test('an old lady applies with her phone; community, street and district decide, and every step leaves its paper', async () => {
  const lady = await scene.resident({ name: '陈秀英', bornOn: '1946-11-30' })
  const clerk = await scene.officer('window-clerk', [place.street])
  const community = await scene.officer('community-officer', [place.community, place.sibling])
  const reviewer = await scene.officer('street-reviewer', [place.street])
  const district = await scene.officer('district-officer', [place.district])

  const { draftId } = (await lady.post('/api/v1/drafts', { matterCode: 'longevity-allowance' })).body
  const answer = (question: string, typed: object) => lady.post(`/api/v1/drafts/${draftId}/answers/${question}`, { typed })
  assert.equal((await answer('about-you', { 'about-you': 'yes' })).status, 200)
  const short = await answer('account', { account: 'other', 'account-number': '622202111111111' })
  assert.equal(short.status, 422)
  assert.equal(
    (await answer('account', { account: 'other', 'account-number': '6222021111111111112' })).status,
    200,
    JSON.stringify(short.body),
  )
  const sent = await lady.post(`/api/v1/drafts/${draftId}/submission`, { declared: 'yes' })
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  const { caseId, number } = sent.body
  assert.match(number, /^20261124-\d{4}$/)

  const on = (path: string) => `/api/v1/cases/${caseId}/${path}`
  const done = async (answerOf: Promise<{ status: number; body: { status: string } }>, status: string) => {
    const { status: http, body } = await answerOf
    assert.equal(http, 200, JSON.stringify(body))
    assert.equal(body.status, status)
  }
  assert.equal((await clerk.get('/api/v1/work')).body.rows[0].surname, '陈')
  await done(clerk.post(on('acceptance')), 'accepted')
  assert.equal((await clerk.post(on('acceptance'))).body.code, 'access.not_your_level', 'it went to the community')
  await done(community.post(on('confirmation'), { note: '见过本人' }), 'accepted')
  await done(reviewer.post(on('review'), { note: '' }), 'accepted')

  const early = await district.post(on('decision'), { outcome: 'granted', reasons: '' })
  assert.equal(early.body.code, 'case.basis_missing')
  await done(district.post(on('basis'), { basis: '区民政局 2026 年 9 月 1 日通知：新文件印发前按原标准执行' }), 'accepted')
  await done(district.post(on('decision'), { outcome: 'granted', reasons: '' }), 'decided')
  await done(district.post(on('issue')), 'decided')
  await done(district.post(on('delivery'), { how: 'online', to: '本人' }), 'decided')
  await done(district.post(on('closure')), 'closed')
  await done(lady.post(`/api/v1/me/cases/${caseId}/rating`, { grade: 1 }), 'closed')

  const own = (await lady.get(`/api/v1/me/cases/${caseId}`)).body
  assert.deepEqual(
    own.documents.map((d: { kind: string }) => d.kind),
    ['receipt', 'acceptance', 'decision_granted', 'delivery', 'closure'],
  )
  assert.equal(own.found.state.amountFen, 3000, 'she turns 80 on 30 November; today she is 79')
  const [november] = own.months.lines
  assert.deepEqual([november.month, november.dueFen, november.paidFen], ['2026-11', 10_000, 3000], 'of the month of her birthday')
  assert.deepEqual([own.months.before, own.months.stopsFrom], [{ from: '2021-09', to: '2026-10' }, null])
  const supposed = (await reviewer.get(`/api/v1/cases/${caseId}?ended=2026-11-24`)).body.months
  assert.equal(supposed.stopsFrom, '2026-12', 'worked out for an officer, and nothing is kept of it')
  assert.equal((await reviewer.get(`/api/v1/cases/${caseId}`)).body.months.stopsFrom, null)
  const check = await scene.stranger.get(`/api/v1/documents/${own.documents[0].id}`)
  assert.equal(check.body.kind, 'receipt')
  assert.ok(!JSON.stringify(check.body).includes('陈'))

  await assertRebuilt(scene)
})
