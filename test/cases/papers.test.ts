/** A paper is of one organ: the one in its heading, under its signature, in its number and behind its QR code. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Client, openScene, place, type Scene } from '../harness/scene.ts'
import { apply, day, ok, onCase, paper, type Resident } from './story.ts'

let scene: Scene
let clerk: Client
let nextClerk: Client
let community: Client
let reviewer: Client
let district: Client
before(async () => {
  scene = await openScene(day('2026-11-24'))
  clerk = await scene.officer('window-clerk', [place.street], { domains: ['civil-affairs', 'migrants'] })
  nextClerk = await scene.officer('window-clerk', [place.nextStreet], { domains: ['civil-affairs'] })
  community = await scene.officer('community-officer', [place.community], { domains: ['civil-affairs'] })
  reviewer = await scene.officer('street-reviewer', [place.street], { domains: ['civil-affairs'] })
  district = await scene.officer('district-officer', [place.district], { domains: ['civil-affairs'] })
})
after(() => scene?.close())

const account = { 'about-you': 'yes', account: 'other', 'account-number': '6222021111111111112' }
const model = async (caseId: string, kind: string) => JSON.parse(await paper(scene, caseId, kind))

async function granted(who: Resident, basis: string): Promise<string> {
  const { caseId } = await apply(scene, who, 'longevity-allowance', account)
  const act = onCase(caseId)
  ok(await act(clerk, 'acceptance'))
  ok(await act(community, 'confirmation', { note: '' }))
  ok(await act(reviewer, 'review', { note: '' }))
  ok(await act(district, 'basis', { basis }))
  ok(await act(district, 'decision', { outcome: 'granted', reasons: '' }))
  ok(await act(district, 'issue'))
  return caseId
}

test('a street’s paper has the street’s number, a bureau’s the bureau’s, each counted by its own organ', async () => {
  const first = await granted(await scene.resident({ name: '陈秀英', bornOn: '1946-11-04' }), '沿用原办法的标准执行。')
  const second = await granted(await scene.resident({ name: '何桂珍', bornOn: '1946-05-06' }), '沿用原办法的标准执行')

  const accepted = await model(first, 'acceptance')
  assert.deepEqual([accepted.issuer, accepted.number], ['五山街道办事处', '穗五山受〔2026〕1号'])
  const decided = await model(first, 'decision_granted')
  assert.deepEqual([decided.issuer, decided.number], ['天河区民政局', '穗天河民政准〔2026〕1号'])
  assert.equal((await model(second, 'decision_granted')).number, '穗天河民政准〔2026〕2号')

  const neighbour = await scene.neighbour({ name: '区惠珍', bornOn: '1946-02-02', community: `${place.nextStreet}002` })
  const { caseId } = ok(
    await nextClerk.post('/api/v1/window/cases', {
      personId: neighbour.personId,
      matterCode: 'longevity-allowance',
      typed: account,
    }),
  )
  assert.match((await model(caseId, 'receipt')).number, /〔2026〕1号$/, 'the next street counts its own')
})

test('whoever scans the code is told the organ that stands on the paper', async () => {
  const { rows } = await scene.owner.query(
    "select id, number, issuer from documents.document where kind = 'decision_granted' limit 1",
  )
  const page = await scene.stranger.get(`/d/${rows[0].id}`)
  assert.equal(page.status, 200)
  assert.ok(page.raw.toString().includes('天河区民政局') && page.raw.toString().includes(rows[0].number))
})

test('the basis ends in one full stop, however the officer typed it; the court has a name, and no other is shut out', async () => {
  const { rows } = await scene.owner.query(
    "select case_id from documents.document where kind = 'decision_granted' order by issued_at",
  )
  assert.equal(rows.length, 2)
  for (const { case_id } of rows) {
    const said = JSON.stringify(await model(case_id, 'decision_granted'))
    assert.doesNotMatch(said, /。。/)
    const { basis, remedies } = await model(case_id, 'decision_granted')
    assert.deepEqual(basis, ['沿用原办法的标准执行'])
    assert.match(remedies[0], /60日内，向天河区人民政府申请行政复议.*6个月内，依法向广州铁路运输法院或者其他有管辖权的人民法院/)
  }
})

test('while a community has the case its street issues: a committee is no organ', async () => {
  const lady = await scene.resident({ name: '梁彩霞', bornOn: '1946-01-02' })
  const { caseId } = await apply(scene, lady, 'longevity-allowance', account)
  ok(await onCase(caseId)(clerk, 'acceptance'))
  ok(await lady.post(`/api/v1/me/cases/${caseId}/withdrawal`, { reason: '先不办了。' }))
  const said = await model(caseId, 'withdrawal')
  assert.deepEqual([said.issuer, said.number], ['五山街道办事处', '穗五山撤〔2026〕1号'])
  assert.ok(said.paragraphs.includes('您说明的原因：先不办了。'), JSON.stringify(said.paragraphs))
})
