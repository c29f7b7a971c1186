/** Silence is never consent: nobody is left out of the household's word by what the applicant types. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openScene, type Scene } from '../harness/scene.ts'
import { apply, day, ok, type Resident, refused } from './story.ts'

let scene: Scene
before(async () => {
  scene = await openScene(day('2026-11-24'))
})
after(() => scene?.close())

const MATTER = 'minimum-living-guarantee'
const rest = {
  'about-you': 'yes', income: '2100', property: 'none', account: 'other', 'account-number': '6222021111111111112', 'staff-relative': 'no',
} // biome-ignore format: a form
const couple = async () => ({
  man: await scene.resident({ name: '陈树根', bornOn: '1960-02-03' }),
  wife: await scene.resident({ name: '黄丽', bornOn: '1962-04-05' }),
})
const member = (n: number, name: string, id: string, born = '') => ({
  [`members-${n}-name`]: name,
  [`members-${n}-relation`]: '妻子',
  [`members-${n}-id`]: id,
  [`members-${n}-born`]: born,
})
const answer = async (man: Resident, typed: Record<string, string>) => {
  const { draftId } = ok(await man.post('/api/v1/drafts', { matterCode: MATTER }))
  return man.post(`/api/v1/drafts/${draftId}/answers/members`, { typed })
}
const fieldOf = (refusal: { body: { params: { fields: { path: string; code: string }[] } } }) => {
  const { path, code } = refusal.body.params.fields[0]!
  return [path, code]
}

test('an adult with an ID number is no child, whatever day is typed beside it', async () => {
  const { man, wife } = await couple()
  const lied = await answer(man, member(1, wife.name, wife.idNumber, '2018-01-02'))
  assert.deepEqual(fieldOf(lied), ['/members-1-born', 'answer.born_differs'], JSON.stringify(lied.body))
  const { caseId } = await apply(scene, man, MATTER, { ...rest, ...member(1, wife.name, wife.idNumber) })
  const { rows } = await scene.owner.query('select adult, born_on::text, person_id from cases.unit_member where case_id = $1', [
    caseId,
  ])
  assert.deepEqual(rows, [{ adult: true, born_on: '1962-04-05', person_id: wife.personId }])
})

test('nobody is in a household twice, and the applicant is no member of her own', async () => {
  const { man, wife } = await couple()
  const twice = await answer(man, { ...member(1, wife.name, wife.idNumber), ...member(2, '黄小丽', wife.idNumber) })
  assert.deepEqual(fieldOf(twice), ['/members-2-id', 'answer.member_twice'])
  const self = await answer(man, member(1, '黄丽', man.idNumber))
  assert.deepEqual(fieldOf(self), ['/members-1-id', 'answer.member_is_applicant'])
})

test('a number with another name leads to nobody, and no applicant authorises for a housemate', async () => {
  const { man, wife } = await couple()
  const { caseId } = await apply(scene, man, MATTER, { ...rest, ...member(1, '王芳', wife.idNumber) })
  const { rows } = await scene.owner.query('select id, person_id from cases.unit_member where case_id = $1', [caseId])
  assert.equal(rows[0].person_id, null)
  // Were such a link there from elsewhere, it would still not do.
  await scene.owner.query('update cases.unit_member set person_id = $2 where id = $1', [rows[0].id, man.personId])
  refused(await man.post(`/api/v1/me/authorisations/${rows[0].id}`), 404, 'case.member_not_found')
})

test('a case that was withdrawn asks nobody for her word any more', async () => {
  const { man, wife } = await couple()
  const { caseId } = await apply(scene, man, MATTER, { ...rest, ...member(1, wife.name, wife.idNumber) })
  const [asked] = ok(await wife.get('/api/v1/me/authorisations'))
  assert.deepEqual([asked.authorisedAt, asked.over], [null, false])
  ok(await man.post(`/api/v1/me/cases/${caseId}/withdrawal`, { reason: '找到工作了' }))
  assert.equal(ok(await wife.get('/api/v1/me/authorisations'))[0].over, true)
  refused(await wife.post(`/api/v1/me/authorisations/${asked.id}`), 409, 'case.check_over')
  const { rows } = await scene.owner.query('select authorised_at from cases.unit_member where id = $1', [asked.id])
  assert.equal(rows[0].authorised_at, null)
})
