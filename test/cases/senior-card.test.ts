import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { recordPermit } from '../../src/core/people/index.ts'
import { type Client, openScene, place, type Scene } from '../harness/scene.ts'
import { apply, assertRebuilt, ok, onCase, paper, refused, wholeCity } from './story.ts'

let scene: Scene
let clerk: Client
let district: Client
before(async () => {
  scene = await openScene()
  clerk = await scene.officer('window-clerk', [place.street])
  district = await scene.officer('district-officer', [place.district])
})
after(async () => {
  try {
    await assertRebuilt(scene)
  } finally {
    await scene?.close()
  }
})

const MATTER = 'senior-card'
const typed = { 'about-you': 'yes', 'card-by': 'post' }
const linesOf = async (who: Client, caseId: string) =>
  Object.fromEntries(
    ok(await who.get(`/api/v1/me/cases/${caseId}`)).checked.lines.map(
      (line: { rule: string; result: string; ahead?: object }) => [line.rule, line.ahead ? 'ahead' : line.result],
    ),
  )

test('a lady who turns sixty in two months applies ahead, gets the card, and is asked for nothing again', async () => {
  const lady = await scene.resident({ name: '林少玲', bornOn: '1967-01-24' })
  const { caseId } = await apply(scene, lady, MATTER, typed, ['photo'])
  assert.deepEqual(await linesOf(lady, caseId), { 'senior.age': 'ahead', 'senior.place': 'met', 'senior.once': 'met' })
  const act = onCase(caseId)
  ok(await act(clerk, 'acceptance'))
  refused(await act(clerk, 'decision', { outcome: 'granted', reasons: '' }), 403, 'access.not_permitted')
  ok(await act(district, 'decision', { outcome: 'granted', reasons: '' }))
  ok(await act(district, 'issue'))
  const said = await paper(scene, caseId, 'senior_card')
  assert.ok(said.includes('林少玲') && said.includes('老年人优待卡') && !said.includes(lady.idNumber))
  ok(await act(district, 'delivery', { how: 'post', to: '本人' }))
  ok(await act(district, 'closure'))

  const { rows } = await scene.owner.query(
    'select matter_code, amount_fen, case_id from people.benefit_receipt where person_id = $1',
    [lady.personId],
  )
  assert.deepEqual(rows, [{ matter_code: MATTER, amount_fen: null, case_id: caseId }])
  const again = await apply(scene, lady, MATTER, typed, ['photo'])
  assert.equal((await linesOf(lady, again.caseId))['senior.once'], 'not_met', 'the register knows; it is told, not refused')
})

test('who comes from elsewhere needs a residence permit that is valid today; a lapsed one is told with what to do', async () => {
  const from = { source: 'officer', method: 'decided', caseId: null } as const
  for (const [until, result] of [
    ['2026-11-25', 'met'],
    ['2026-11-24', 'not_met'],
  ] as const) {
    const man = await scene.resident({ name: '覃永祥', bornOn: '1960-05-05', hukou: null })
    await scene.owner.query(
      `insert into people.hukou_spell (id, person_id, area, relation, during, source, method, recorded_at)
       values (gen_random_uuid(), $1, '450102', 'head', daterange('1990-01-01', null), 'test', 'test', now())`,
      [man.personId],
    )
    await scene.node.platform.db.as(wholeCity, (tx) =>
      recordPermit(tx, { personId: man.personId, area: place.community, since: '2024-11-25', until }, from, scene.now()),
    )
    const { caseId } = await apply(scene, man, MATTER, typed, ['photo'])
    assert.equal((await linesOf(man, caseId))['senior.place'], result, `endorsed until the day before ${until}`)
  }
})
