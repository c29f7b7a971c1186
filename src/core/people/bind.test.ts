import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openScene, place, type Scene } from '../../../test/harness/scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene.close())

const FORM = { documentSeen: 'id-card' }

test('an officer sees the card and binds the phone; from then on it opens her own affairs', async () => {
  const lady = await scene.resident({ name: '陈秀英', bound: false })
  const clerk = await scene.officer('window-clerk', [place.street])
  const at = `/api/v1/people/${lady.personId}/account`
  assert.equal((await lady.get('/api/v1/me/notices')).body.code, 'account.bind_first')

  const unseen = await clerk.post(at, { phone: lady.phone, documentSeen: '' })
  assert.deepEqual([unseen.status, unseen.body.params.fields], [422, [{ path: '/documentSeen', code: 'access.document_choose' }]])
  const shape = await clerk.post(at, { ...FORM, phone: '12345' })
  assert.deepEqual([shape.status, shape.body.params.fields], [422, [{ path: '/phone', code: 'account.phone_shape' }]])

  assert.equal((await clerk.post(at, { ...FORM, phone: lady.phone })).status, 200)
  assert.equal((await lady.get('/api/v1/me/notices')).status, 200)
  assert.equal((await clerk.post(at, { ...FORM, phone: lady.phone })).status, 200, 'once more changes nothing')
  const { rows } = await scene.owner.query(
    'select method, post_id, document_seen, ended_at from access.person_account where person_id = $1',
    [lady.personId],
  )
  assert.deepEqual(rows, [{ method: 'window', post_id: clerk.postId, document_seen: 'id-card', ended_at: null }])
  const audit = await scene.owner.query(
    'select outcome from platform.audit where operation = $1 and post_id = $2 order by outcome',
    ['people.bind-account', clerk.postId],
  )
  assert.deepEqual(
    audit.rows.map((row) => row.outcome),
    ['access.document_choose', 'account.phone_shape', 'done', 'done'],
  )
})

test('a phone of somebody else and a second phone are refused, saying what to do; a reason ends the first', async () => {
  const [first, second] = [await scene.neighbour({ name: '梁国强' }), await scene.neighbour({ name: '吴惠玲' })]
  const far = await scene.resident({ name: '叶锦荣', community: '440106007002' })
  const clerk = await scene.officer('window-clerk', [place.street])
  const bind = (personId: string, phone: string) => clerk.post(`/api/v1/people/${personId}/account`, { ...FORM, phone })
  assert.equal((await bind(first.personId, first.phone)).status, 200)
  const refused = async (answer: ReturnType<typeof bind>, code: string) => {
    const { status, body } = await answer
    assert.deepEqual([status, body.code, body.params.fields[0].path], [409, code, '/phone'])
  }
  await refused(bind(second.personId, first.phone), 'access.already_bound')
  await refused(bind(second.personId, far.phone), 'access.already_bound')
  await refused(bind(first.personId, second.phone), 'access.person_already_bound')

  const end = (reason: string) => clerk.post(`/api/v1/people/${first.personId}/account/removal`, { reason })
  assert.equal((await end(' ')).body.params.fields[0].path, '/reason')
  assert.equal((await end('换了手机号')).status, 200)
  assert.equal((await end('换了手机号')).body.code, 'access.not_bound')
  await refused(bind(first.personId, second.phone), 'access.rebind_by_another')
  const colleague = await scene.officer('window-clerk', [place.street])
  const again = await colleague.post(`/api/v1/people/${first.personId}/account`, { ...FORM, phone: second.phone })
  assert.equal(again.status, 200)
  const told = await scene.owner.query(
    "select kind, params from messages.message where person_id = $1 order by kind, length(params->>'officer'), params->>'officer'",
    [first.personId],
  )
  assert.deepEqual(
    told.rows.map((row) => [row.kind, row.params.officer, row.params.on]),
    [
      ['account_bound', clerk.name, '2026-11-24'],
      ['account_bound', colleague.name, '2026-11-24'],
      ['account_unbound', clerk.name, '2026-11-24'],
    ],
  )
  assert.equal((await bind(second.personId, first.phone)).status, 200, 'the phone is free again')
  const { rows } = await scene.owner.query(
    'select ended_why, ended_post_id from access.person_account where person_id = $1 and ended_at is not null',
    [first.personId],
  )
  assert.deepEqual(rows, [{ ended_why: '换了手机号', ended_post_id: clerk.postId }])
})

test('only a post that checks cards binds', async () => {
  const lady = await scene.neighbour()
  const community = await scene.officer('community-officer', [place.community])
  assert.equal(
    (await community.post(`/api/v1/people/${lady.personId}/account`, { ...FORM, phone: lady.phone })).body.code,
    'access.not_permitted',
  )
})
