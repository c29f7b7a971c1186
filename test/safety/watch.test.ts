/** Neighbours who look after their streets: nobody without her word, and what is missing shows. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { group, patrol, training } from '../harness/safety-stages.ts'
import { type Answer, type Client, openScene, place, type Scene, type SignsIn } from '../harness/scene.ts'

let scene: Scene
let community: Client & SignsIn
before(async () => {
  scene = await openScene('2026-11-24T02:00:00Z')
  community = await scene.officer('community-officer', [place.community])
})
after(() => scene?.close())

const ok = (answer: Answer) => {
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const refused = (answer: Answer, status: number, code: string) =>
  assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body))

test('she joins and leaves by her own word; a patrol that she gives up is short of somebody again', async () => {
  const { id } = ok(await community.post('/api/v1/watch-groups', group()))
  const { id: patrolId } = ok(await community.post(`/api/v1/watch-groups/${id}/patrols`, patrol(id)))
  const lady = await scene.resident({ name: '梁守望' })
  const away = await scene.resident({ community: '440106007002' })
  assert.deepEqual(ok(await away.get('/api/v1/own/watch-groups')).groups, [])
  refused(await away.post(`/api/v1/own/watch-groups/${id}/joining`), 404, 'watch.not_found')
  refused(await lady.post(`/api/v1/own/patrols/${patrolId}/taking`), 404, 'watch.not_found')

  const joined = await Promise.all([1, 2, 3].map(() => lady.post(`/api/v1/own/watch-groups/${id}/joining`)))
  assert.deepEqual(joined.map((a) => a.status).sort(), [200, 409, 409])
  await Promise.all([1, 2].map(() => lady.post(`/api/v1/own/patrols/${patrolId}/taking`)))
  const [own] = ok(await lady.get('/api/v1/own/watch-groups')).groups
  assert.deepEqual([own.member, own.patrols[0].taken, own.patrols[0].mine], [true, 1, true])
  const page = ok(await community.get(`/api/v1/watch-groups/${id}`))
  assert.deepEqual([page.members[0].name, page.members[0].how, page.patrols[0].taken], ['梁守望', 'herself', 1])
  assert.equal(ok(await community.get('/api/v1/watch-groups')).groups[0].short, 1, 'one of two is missing')

  ok(await lady.post(`/api/v1/own/watch-groups/${id}/leaving`))
  assert.equal(ok(await community.get(`/api/v1/watch-groups/${id}`)).patrols[0].taken, 0)
  assert.deepEqual(ok(await community.get(`/api/v1/watch-groups/${id}`)).members, [])
  refused(await lady.post(`/api/v1/own/watch-groups/${id}/leaving`), 404, 'watch.not_found')
  ok(await lady.post(`/api/v1/own/watch-groups/${id}/joining`))
})

test('on paper only with her signature, and only of somebody in reach; wrong times are refused', async () => {
  const { id } = ok(await community.post('/api/v1/watch-groups', group({ name: '另一队' })))
  const member = (idNumber: string, agreed = 'signed') =>
    community.post(`/api/v1/watch-groups/${id}/members`, { idNumber, agreed })
  const man = await scene.neighbour({ name: '何守望' })
  const stranger = await scene.neighbour({ community: '440106007002' })
  refused(await member(man.idNumber, ''), 422, 'input.invalid')
  refused(await member('not a number'), 422, 'watch.nobody')
  refused(await member(stranger.idNumber), 422, 'watch.nobody')
  ok(await member(man.idNumber))
  refused(await member(man.idNumber), 409, 'watch.in_it')
  const set = (more: object) => community.post(`/api/v1/watch-groups/${id}/patrols`, patrol(id, more))
  refused(await set({ to: '2026-11-25T11:00:00Z' }), 422, 'watch.twelve_hours')
  refused(await set({ to: '2026-11-26T12:00:00Z' }), 422, 'watch.twelve_hours')
  refused(await set({ from: '2026-11-24T01:00:00Z', to: '2026-11-24T03:00:00Z' }), 422, 'watch.not_ahead')
  refused(await set({ needed: 0 }), 422, 'input.invalid')
  refused(
    await community.post(`/api/v1/watch-groups/${id}/trainings`, training(id, { heldOn: '2026-11-25' })),
    422,
    'event.in_future',
  )
  ok(await community.post(`/api/v1/watch-groups/${id}/trainings`, training(id)))
  const { id: patrolId } = ok(await set({}))
  ok(await community.post(`/api/v1/watch-groups/${id}/patrol-cancellation`, { patrolId }))
  refused(await community.post(`/api/v1/watch-groups/${id}/patrol-cancellation`, { patrolId }), 404, 'watch.not_found')
  const sibling = await scene.officer('community-officer', [place.sibling])
  refused(await sibling.get(`/api/v1/watch-groups/${id}`), 404, 'watch.not_found')
})

test('where there is no group her page says which committee and which office to ask', async () => {
  const away = await scene.resident({ community: '440106007002' })
  const { body } = await away.get('/watch')
  const { rows } = await scene.owner.query(
    `select name from areas.area where code in ('440106007002', '440106007') order by code`,
  )
  assert.match(body, new RegExp(`${rows[1].name}.*${rows[0].name}办事处`))
})
