/** A whistle that was blown for an incident: the incident tells of it, and says what comes next. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { done } from '../../../test/harness/answers.ts'
import { type Client, openScene, place, type Scene } from '../../../test/harness/scene.ts'

const GRID = ['grid']
let scene: Scene
let supervisor: Client
let dispatcher: Client
let lamps: Client
let unitId: string
before(async () => {
  scene = await openScene()
  supervisor = await scene.officer('grid-supervisor', [place.street], { domains: GRID })
  dispatcher = await scene.officer('grid-dispatcher', [place.street], { domains: GRID })
  const officer = await scene.officer('unit-officer', [place.street], { domains: GRID })
  lamps = officer
  unitId = (await scene.owner.query('select organisation_id as id from access.post where id = $1', [officer.postId])).rows[0].id
  await scene.owner.query(`update access.organisation set kind = 'unit', name = '示例路灯所' where id = $1`, [unitId])
})
after(() => scene?.close())

test('what the units did together is on the course of the incident, and whoever has it reads what comes next', async () => {
  const reported = await done(
    scene.stranger.post('/api/v1/reports', {
      classCode: 'street-lamp',
      words: '路灯黑了，电话 13800001111',
      place: { area: place.community, text: '示例一巷 3 号门口' },
    }),
  )
  const found = await scene.owner.query('select id, public_id from grid.incident where number = $1', [reported.number])
  const { id, public_id: publicId } = found.rows[0]
  await done(supervisor.post(`/api/v1/incidents/${id}/verification`, { note: '看过' }))
  const filing = { classCode: 'street-lamp', condition: 'one', title: '路灯不亮', shown: true }
  await done(supervisor.post(`/api/v1/incidents/${id}/filing`, filing))

  const form = await dispatcher.get(`/desk/whistles/new?incident=${id}`)
  assert.match(String(form.body), /value="示例一巷 3 号门口"/, 'where it is comes from the incident')

  const order = {
    incidentId: id,
    kind: 'daily',
    what: '路灯不亮',
    place: '示例一巷 3 号门口',
    leadUnitId: unitId,
    parts: [{ unitId, task: '修好' }],
  }
  const whistle = (await done(dispatcher.post('/api/v1/whistles', order))).id
  const again = await dispatcher.post('/api/v1/whistles', order)
  assert.equal((again.body as { code: string }).code, 'whistle.runs_already')
  const waiting = String((await dispatcher.get(`/desk/incidents/${id}`)).body)
  assert.match(waiting, new RegExp(`/desk/whistles/${whistle}`))
  assert.doesNotMatch(waiting, /whistles\/new/, 'nobody blows twice for one thing')
  const unheard = String((await dispatcher.get('/desk/whistles?list=open')).body)
  assert.match(unheard, /等应哨/)
  assert.doesNotMatch(unheard, /正在办/)
  assert.match(String((await dispatcher.get('/desk/incidents')).body), /几家正在一起办/)

  await done(lamps.post(`/api/v1/whistles/${whistle}/coming`, { part: 1 }))
  await done(lamps.post(`/api/v1/whistles/${whistle}/completion`, { part: 1, note: '换了灯' }))
  await done(dispatcher.post(`/api/v1/whistles/${whistle}/closing`, { note: '看过，亮了' }))
  assert.match(String((await dispatcher.get('/desk/incidents')).body), /几家一起办完了：请派给牵头单位/)
  const page = String((await supervisor.get(`/desk/incidents/${id}`)).body)
  assert.match(page, /街道吹哨，召集几家一起办/)
  assert.match(page, /几家一起办完了/)
  const outside = String((await scene.stranger.get(`/around/${publicId}`)).body)
  assert.match(outside, /街道召集了几个部门一起办/)
  assert.doesNotMatch(outside, /S2026|换了灯|看过，亮了/)
  const { timeline } = await done(supervisor.get(`/api/v1/incidents/${id}`))
  assert.deepEqual(
    timeline.map(({ fact }: { fact: string }) => fact),
    ['reported', 'verified', 'filed', 'units_called', 'units_done'],
  )
})
