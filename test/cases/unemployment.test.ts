import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Client, openScene, place, type Scene } from '../harness/scene.ts'
import { apply, assertRebuilt, ok, onCase, paper, refused, stateOf } from './story.ts'

let scene: Scene
let clerk: Client
before(async () => {
  scene = await openScene()
  clerk = await scene.officer('window-clerk', [place.street], { domains: ['human-resources'] })
})
after(async () => {
  try {
    await assertRebuilt(scene)
  } finally {
    await scene?.close()
  }
})

const said = {
  'about-you': 'yes',
  'out-of-work-reason': 'employer-closed',
  'out-of-work-since': '2026-10-31',
  'has-work': 'no',
  'seeks-work': 'yes',
  'draws-pension': 'no',
}
const linesOf = async (caseId: string): Promise<Record<string, string>> => {
  const { checked } = ok(await clerk.get(`/api/v1/cases/${caseId}`))
  return Object.fromEntries(checked.lines.map((line: { rule: string; result: string }) => [line.rule, line.result]))
}

test('by phone: registered on the spot, with a certificate of its own; her residence stays as it was', async () => {
  const woman = await scene.resident({ name: '冯雁', bornOn: '1990-03-03', hukou: null })
  const { caseId } = await apply(scene, woman, 'unemployment-registration', said)
  assert.deepEqual(await linesOf(caseId), {
    'unemployment.age': 'met',
    'unemployment.no-work': 'met',
    'unemployment.seeks-work': 'met',
    'unemployment.no-pension': 'met',
  })
  const act = onCase(caseId)
  ok(await act(clerk, 'registration', { reasons: '' }))
  ok(await act(clerk, 'issue'))
  const printed = await paper(scene, caseId, 'unemployment_certificate')
  for (const part of ['冯雁', '单位倒闭、停业', '2026年10月31日', '2026年11月24日', '失登'])
    assert.ok(printed.includes(part), `the certificate says ${part}`)
  assert.ok(!printed.includes(woman.idNumber))
  ok(await act(clerk, 'delivery', { how: 'online', to: '本人' }))
  ok(await act(clerk, 'closure'))
  assert.deepEqual([(await stateOf(scene, caseId)).status, (await stateOf(scene, caseId)).outcome], ['closed', 'granted'])
  const { rows } = await scene.owner.query('select 1 from people.residence_spell where person_id = $1', [woman.personId])
  assert.deepEqual(rows, [], 'where she lives was not asked')
  const next = await apply(scene, woman, 'hard-to-employ', {
    'about-you': 'yes',
    'seeks-work': 'yes',
    'draws-pension': 'no',
    hardship: 'disability',
  })
  assert.equal((await linesOf(next.caseId))['hard.registered'], 'met', 'the register says so: she is asked for no day')
})

test('who would rather not say why chooses another case, and the certificate says no more', async () => {
  const man = await scene.resident({ name: '冯河', bornOn: '1988-03-03' })
  const { caseId } = await apply(scene, man, 'unemployment-registration', { ...said, 'out-of-work-reason': 'other-case' })
  ok(await onCase(caseId)(clerk, 'registration', { reasons: '' }))
  ok(await onCase(caseId)(clerk, 'issue'))
  assert.ok((await paper(scene, caseId, 'unemployment_certificate')).includes('规定里的其他情形'))
})

test('at fifteen, and with work, an officer who registers all the same says why', async () => {
  const boy = await scene.neighbour({ name: '冯小', bornOn: '2010-11-25' })
  const typed = { ...said, 'has-work': 'yes' }
  const { caseId } = ok(
    await clerk.post('/api/v1/window/cases', { personId: boy.personId, matterCode: 'unemployment-registration', typed }),
  )
  const lines = await linesOf(caseId)
  assert.deepEqual([lines['unemployment.age'], lines['unemployment.no-work']], ['not_met', 'not_met'])
  refused(await onCase(caseId)(clerk, 'registration', { reasons: '' }), 422, 'case.reasons_missing_for_unmet')
})

test('a clerk of another line does not see it', async () => {
  const man = await scene.resident({ name: '冯山', bornOn: '1988-03-03' })
  const { caseId } = await apply(scene, man, 'unemployment-registration', said)
  const other = await scene.officer('window-clerk', [place.street], { domains: ['civil-affairs'] })
  refused(await onCase(caseId)(other, 'registration', { reasons: '' }), 404, 'case.not_found')
})
