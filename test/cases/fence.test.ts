/** Who sees what: siblings, domains, areas above and below, and what a look leaves behind. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actorOf, makePost } from '../harness/cast.ts'
import { type Client, openScene, place, type Scene } from '../harness/scene.ts'
import { DOMAINS } from '../harness/stages.ts'
import { apply, assertRebuilt, ok, onCase, type Resident, refused, run, stateOf } from './story.ts'

const THIRD = '440106001004'
const UNKNOWN = '01a20b48-0900-7b0a-88e7-000000000000'

let scene: Scene
let clerk: Client
let two: Client
let lady: Resident
let caseId: string
let number: string
before(async () => {
  scene = await openScene()
  clerk = await scene.officer('window-clerk', [place.street])
  two = await scene.officer('community-officer', [place.community, place.sibling])
  lady = await scene.resident({ name: '陈秀英', bornOn: '1946-11-30', community: THIRD })
  ;({ caseId, number } = await apply(scene, lady, 'longevity-allowance', {
    'about-you': 'yes',
    account: 'other',
    'account-number': '6222021111111111112',
  }))
  ok(await onCase(caseId)(clerk, 'acceptance'))
})
after(async () => {
  try {
    await assertRebuilt(scene)
  } finally {
    await scene?.close()
  }
})

const same = async (who: Client, ask: (id: string) => ReturnType<Client['get']>) => {
  const [there, never] = [await ask(caseId), await ask(UNKNOWN)]
  assert.deepEqual([there.status, there.body.code, there.body.detail], [never.status, never.body.code, never.body.detail])
  assert.equal(there.status, 404)
  assert.ok(!JSON.stringify(there.body).includes(number))
  return who
}

test('a post over two siblings does not see the third, in any way', async () => {
  assert.equal((await stateOf(scene, caseId)).handlingArea, THIRD)
  assert.deepEqual(ok(await two.get('/api/v1/work')).rows, [])
  assert.equal(ok(await two.get('/api/v1/work')).counts.all, 0, 'nor counts it')
  assert.deepEqual(ok(await two.get(`/api/v1/work?number=${number}`)).rows, [])
  const { rows, counts } = ok(await two.get(`/api/v1/work?list=all&number=${number}`))
  assert.deepEqual([rows, counts.all], [[], 0], 'nor by its whole number')
  await same(two, (id) => two.get(`/api/v1/cases/${id}`))
  await same(two, (id) => two.post(`/api/v1/cases/${id}/confirmation`, { note: '' }))
  const third = await scene.officer('community-officer', [THIRD])
  assert.equal(ok(await third.get('/api/v1/work')).rows.length, 1)
  ok(await third.post(`/api/v1/cases/${caseId}/confirmation`, { note: '' }))
})

test('a person’s page lists the cases of the post’s exact areas, not of what lies between them', async () => {
  // She lives where the post reaches, and her hukou, where her case counts, is in the third community.
  const person = await scene.neighbour({ bornOn: '1940-05-01', community: place.community, hukou: THIRD })
  const who = await scene.resident({ person })
  const own = await apply(scene, who, 'longevity-allowance', {
    'about-you': 'yes',
    account: 'other',
    'account-number': '6222021111111111112',
  })
  const listed = async (areas: readonly string[]) => {
    const post = await makePost(scene, 'community-officer', areas, DOMAINS)
    const actor = await actorOf(scene, 'staff', post.accountId, post.postId, scene.now())
    const { cases } = await run(scene, 'people.read-person', actor, { personId: person.personId, purpose: 'window-service' })
    return cases.map((c: { number: string }) => c.number)
  }
  assert.deepEqual(await listed([place.community, place.sibling]), [])
  assert.deepEqual(await listed([place.community, THIRD]), [own.number])
})

test('figures of a post over two streets leave out the third', async () => {
  const leader = await scene.officer('street-leader', [place.nextStreet, '440106003'])
  const figures = ok(await leader.get('/api/v1/figures'))
  assert.equal(figures.total.open, 0, JSON.stringify(figures))
  assert.ok(!figures.areas.some((a: { code: string }) => a.code.startsWith(place.street)))
  assert.deepEqual(ok(await leader.get(`/api/v1/figures?area=${place.street}`)).total.open, 0, 'asked for by its code neither')
})

test('another street, another line: like a case that never existed', async () => {
  const next = await scene.officer('street-reviewer', [place.nextStreet])
  const health = await scene.officer('street-reviewer', [place.street], { domains: ['health'] })
  for (const who of [next, health]) {
    await same(who, (id) => who.get(`/api/v1/cases/${id}`))
    await same(who, (id) => who.post(`/api/v1/cases/${id}/review`, { note: '' }))
  }
})

test('a post that ended yesterday is nobody', async () => {
  const gone = await scene.officer('street-reviewer', [place.street], { to: '2026-11-23' })
  refused(await gone.get(`/api/v1/cases/${caseId}`), 403, 'access.post_ended')
  refused(await gone.get('/api/v1/work'), 403, 'access.post_ended')
  const soon = await scene.officer('street-reviewer', [place.street], { from: '2026-11-25' })
  refused(await soon.get('/api/v1/work'), 403, 'access.post_ended')
  const undecided = await scene.officer('street-reviewer', [place.street], { choose: false })
  refused(await undecided.get('/api/v1/work'), 403, 'access.choose_post')
})

test('somebody else’s post in the cookie is not a post', async () => {
  const mine = await scene.officer('window-clerk', [place.nextStreet])
  const theirs = await scene.officer('district-officer', [place.district])
  mine.cookie = mine.cookie.replace(/kaifong_post=[^;]*/, `kaifong_post=${theirs.postId}`)
  refused(await mine.get(`/api/v1/cases/${caseId}`), 403, 'access.choose_post')
})

const looks = async () =>
  Number((await scene.owner.query('select count(*) as n from access.read_entry where case_id = $1', [caseId])).rows[0].n)

test('a look is written down before anything is read, also when the reading then fails', async () => {
  const reviewer = await scene.officer('street-reviewer', [place.street])
  const before = await looks()
  ok(await reviewer.get(`/api/v1/cases/${caseId}`))
  assert.equal(await looks(), before + 1)
  // Damage that only the read itself meets: a sealed answer that no key opens.
  const { rows } = await scene.owner.query(`select sealed from cases.answer where case_id = $1 and question = 'account'`, [
    caseId,
  ])
  await scene.owner.query(`update cases.answer set sealed = '\\x00' where case_id = $1 and question = 'account'`, [caseId])
  const failed = await reviewer.get(`/api/v1/cases/${caseId}`)
  assert.equal(failed.status, 500)
  assert.ok(!JSON.stringify(failed.body).includes('陈'))
  assert.equal(await looks(), before + 2, 'the attempt stays')
  await scene.owner.query(`update cases.answer set sealed = $2 where case_id = $1 and question = 'account'`, [
    caseId,
    rows[0].sealed,
  ])
})

test('a look that is refused is not one, and the list of work is none', async () => {
  const before = await looks()
  await two.get(`/api/v1/cases/${caseId}`)
  ok(await clerk.get('/api/v1/work'))
  assert.equal(await looks(), before)
  // Her own look at her own case is no look of somebody else.
  ok(await lady.get(`/api/v1/me/cases/${caseId}`))
  assert.equal(await looks(), before)
})

test('who tries what her post is not granted is in the audit; a stranger does not fill it', async () => {
  const audited = async () =>
    (await scene.owner.query(`select outcome, object_id from platform.audit where operation = 'cases.decide'`)).rows
  refused(await onCase(caseId)(clerk, 'decision', { outcome: 'granted', reasons: '' }), 403, 'access.not_permitted')
  refused(await onCase(caseId)(lady, 'decision', { outcome: 'granted', reasons: '' }), 403, 'access.not_for_you')
  refused(await onCase(caseId)(scene.stranger, 'decision', { outcome: 'granted', reasons: '' }), 401, 'account.sign_in_first')
  assert.deepEqual(await audited(), [
    { outcome: 'access.not_permitted', object_id: caseId },
    { outcome: 'access.not_for_you', object_id: caseId },
  ])
})
