/** What a street may not order, where it goes instead, and what the organ says. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openScene, type Scene } from '../harness/scene.ts'
import { acts, assertRebuilt, inspector, type Officer, officer, ok, refused, registered, supervisor } from './story.ts'

let scene: Scene
let finder: Officer
let street: Officer
let fire: Officer
let other: Officer
before(async () => {
  scene = await openScene()
  finder = await inspector(scene)
  street = await officer(scene)
  fire = await supervisor(scene)
  other = await supervisor(scene, ['market'])
})
after(() => scene?.close())

test('a street orders nothing: the organ that may is named, and handing over is what is possible', async () => {
  const id = await registered(finder, { grade: 'serious' })
  const a = acts(id)
  for (const order of ['rectify', 'stop', 'leave']) {
    const params = refused(await a.order(street, { order, until: '2026-12-01' }), 403, 'hazard.no_power')
    assert.match(params.organ, /天河区消防救援大队/)
    assert.match(params.basis, /消防法/)
    assert.deepEqual(params.possible, ['transfer'])
  }
  const shown = String((await street.get(`/desk/hazards/${id}`)).body)
  assert.match(shown, /，依据《中华人民共和国消防法》第五十四条。/)
  const page = ok(await a.read(street))
  assert.equal(page.may.order, 'hazard.no_power')
  assert.equal(page.may.transfer, true)
  assert.match(page.orders.stop.organ, /消防/)
  ok(await a.tell(street))
  refused(await a.begin(street), 409, 'hazard.hand_over_first')
  refused(await a.regrade(street, 'general'), 409, 'hazard.organ_lowers')
  refused(await a.order(finder), 403, 'access.not_permitted')
  await assertRebuilt(scene, id)
})

test('handed over: nothing is done until the organ gives its receipt; then the organ alone has it, and the street sees it', async () => {
  const id = await registered(finder, { grade: 'serious' })
  const a = acts(id)
  refused(await a.transfer(street, 'market'), 422, 'input.invalid')
  ok(await a.transfer(street))
  refused(await a.tell(street), 403, 'hazard.handled_elsewhere')
  refused(await a.tell(fire), 409, 'hazard.under_way')
  refused(await a.acknowledge(other), 404, 'hazard.not_found')
  ok(await a.acknowledge(fire))
  const { found } = ok(await a.read(street))
  assert.match(found.state.transfer.receipt, /^H20261124-\d{4}-R\d+$/)
  ok(await a.tell(fire))
  assert.equal(ok(await a.order(fire)).status, 'told')
  ok(await a.begin(fire))
  ok(await a.sayDone(fire))
  refused(await a.recheck(street), 403, 'hazard.handled_elsewhere')
  refused(await a.recheck(fire), 403, 'hazard.recheck_by_another')
  const second = await supervisor(scene)
  ok(await a.recheck(second))
  assert.equal(ok(await a.read(second)).found.state.standingOrder, null, 'the order ends with the recheck')
  await assertRebuilt(scene, id)
})

test('returned with a reason it is the street’s again; only the organ says that it is not serious', async () => {
  const id = await registered(finder, { grade: 'serious' })
  const a = acts(id)
  ok(await a.transfer(street))
  ok(await a.giveBack(fire))
  const page = ok(await a.read(street))
  assert.deepEqual([page.found.state.handlingArea.length, page.may.transfer], [9, true])
  assert.ok(page.timeline.some((row: { fact: string; payload: { reason?: string } }) => row.payload.reason === '不归我们管'))
  ok(await a.transfer(street, 'emergency'))
  refused(await a.acknowledge(fire), 404, 'hazard.not_found')
  const emergency = await supervisor(scene, ['emergency'])
  ok(await a.acknowledge(emergency))
  ok(await a.regrade(emergency, 'general'))
  ok(await a.giveBack(emergency))
  ok(await a.tell(street))
  ok(await a.begin(street))
  ok(await a.regrade(street, 'serious'))
  refused(await a.sayDone(finder), 409, 'hazard.hand_over_first')
  await assertRebuilt(scene, id)
})

test('a district does not do what its street has in hand', async () => {
  const id = await registered(finder)
  refused(await acts(id).tell(fire), 403, 'access.not_your_level')
  assert.equal(Object.keys(ok(await acts(id).read(fire)).may).length, 0)
})

test('while the organ has it, list and page say how far it is, the organ finds it among what it has to do, and what was ordered goes not back', async () => {
  const id = await registered(finder, { grade: 'serious', place: '示例九巷 9 号' })
  const a = acts(id)
  ok(await a.transfer(street))
  const rowOf = async (who: Officer) => {
    const page = String((await who.get('/desk/hazards')).body)
    return page.match(/<tr(?:(?!<tr)[\s\S])*示例九巷 9 号[\s\S]*?<\/tr>/)?.[0] ?? ''
  }
  assert.match(await rowOf(fire), /已移送，等天河区消防救援大队签收[\s\S]*下一步：签收</)
  ok(await a.acknowledge(fire))
  assert.match(await rowOf(fire), /天河区消防救援大队已签收，等告知负责人[\s\S]*下一步：告知负责人</)
  ok(await a.order(fire))
  assert.match(await rowOf(fire), /已责令，等整改/)
  const page = String((await fire.get(`/desk/hazards/${id}`)).body)
  assert.match(page, /已责令，等整改/)
  assert.doesNotMatch(page, /退回街道/)
  refused(await a.giveBack(fire), 409, 'hazard.nothing_handed_over')
  assert.match(String((await fire.get(`/desk/hazards/${id}/act/order`)).body), /最晚 2027 年 2 月 22 日，从今天起不能超过 90 天/)
  await assertRebuilt(scene, id)
})
