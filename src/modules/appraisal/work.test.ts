/** How much of each kind of work is where, for who answers for a place; and the first page that leads to each list. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { draft, firstReport } from '../../../test/harness/safety-stages.ts'
import { type Answer, openScene, place, type Scene } from '../../../test/harness/scene.ts'
import { officer, registered, supervisor } from '../../../test/hazards/story.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene?.close())

const ok = ({ status, body }: Answer) => {
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

test('a leader sees how many incidents, hazards and emergencies there are, and a coordinator no row of zeros about cases', async () => {
  const street = await officer(scene)
  await registered(street, { grade: 'serious' })
  ok(await street.post('/api/v1/events', firstReport()))
  const lamp = { classCode: 'street-lamp', words: '黑', place: { area: place.community, text: '示例一巷' } }
  for (let n = 0; n < 2; n += 1) ok(await scene.stranger.post('/api/v1/reports', lamp))

  const leader = await scene.officer('street-leader', [place.street])
  const { kinds } = ok(await leader.get('/api/v1/work-figures'))
  assert.deepEqual([kinds.incidents.total[0], kinds.hazards.total, kinds.events.total], [2, [1, 0, 1], [1]])
  const page = String((await leader.get('/desk/figures')).body)
  for (const title of ['网格事件', '吹哨报到', '隐患', '突发事件', '不计入期限']) assert.match(page, new RegExp(title))

  const coordinator = await scene.officer('district-coordinator', [place.district], { domains: ['grid'] })
  const own = String((await coordinator.get('/desk/figures')).body)
  assert.match(own, /href="\/desk\/incidents"/)
  assert.doesNotMatch(own, /不计入期限/)
  const next = await scene.officer('street-leader', [place.nextStreet])
  assert.deepEqual(ok(await next.get('/api/v1/work-figures')).kinds.incidents.areas, [])
})

test('the first page of a post names each of its lists with what waits there', async () => {
  const writer = await officer(scene)
  const warning = ok(await writer.post('/api/v1/broadcasts', draft())).id
  const leader = await scene.officer('street-leader', [place.street])
  const first = async (who: typeof leader) => String((await who.get('/desk')).body)
  assert.match(await first(leader), new RegExp(`href="/desk/warnings/${warning}">等您发布的预警和提醒`))
  assert.match(await first(writer), /href="\/desk\/hazards">等您办的隐患/)
  assert.doesNotMatch(await first(writer), /没有待办清单/)
  const fire = await supervisor(scene)
  assert.doesNotMatch(await first(fire), /没有待办清单/)
  ok(await leader.post(`/api/v1/broadcasts/${warning}/issue`))
  await scene.neighbour({ name: '甲九十', bornOn: '1930-01-01' })
  const community = await scene.officer('community-officer', [place.community])
  assert.match(await first(community), new RegExp(`href="/desk/warnings/${warning}/visits">上门看望`))
  const dispatcher = await scene.officer('grid-dispatcher', [place.street], { domains: ['grid'] })
  const home = await first(dispatcher)
  assert.match(home, /等您处理的/)
  assert.match(home, /href="\/desk\/whistles"/)
})
