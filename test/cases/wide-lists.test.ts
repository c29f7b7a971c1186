/** The list of a whole district or city goes another way through the database than that of a street, to the same rows. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Client, openScene, place, type Scene } from '../harness/scene.ts'
import { apply, ok, onCase } from './story.ts'

const TYPED = { 'about-you': 'yes', account: 'other', 'account-number': '6222021111111111112' }

let scene: Scene
let clerk: Client
const numbers: string[] = []
before(async () => {
  scene = await openScene()
  clerk = await scene.officer('window-clerk', [place.street])
  for (const name of ['陈一', '陈二', '陈三']) {
    const { caseId, number } = await apply(
      scene,
      await scene.resident({ name, bornOn: '1946-11-30' }),
      'longevity-allowance',
      TYPED,
    )
    // Later ones are due earlier: the order of the list is that of the dates, not of arrival.
    await scene.owner.query(`update cases.case set due_at = $2 where id = $1`, [
      caseId,
      new Date(scene.now().getTime() + (4 - numbers.length) * 86_400_000),
    ])
    numbers.unshift(number)
  }
})
after(() => scene?.close())

const listed = (body: { rows: { number: string }[] }) => body.rows.map((row) => row.number)

test('street, district and city list the same cases in the order of their dates', async () => {
  for (const area of [place.street, place.district, place.city]) {
    const who = await scene.officer('district-leader', [area])
    for (const list of ['all', 'watching']) {
      assert.deepEqual(listed(ok(await who.get(`/api/v1/work?list=${list}`))), numbers, area)
      assert.deepEqual(listed(ok(await who.get(`/api/v1/work?list=${list}&number=${numbers[1]}`))), [numbers[1]], area)
    }
    assert.deepEqual(listed(ok(await who.get('/api/v1/work'))), [], `${area}: nothing that a leader does`)
    assert.deepEqual(listed(ok(await who.get('/api/v1/work?list=paused'))), [], area)
    assert.deepEqual(listed(ok(await who.get('/api/v1/work?list=all&area=440105'))), [], area)
  }
})

test('a district counts, a city does not; the figures do', async () => {
  const [district, city] = [
    await scene.officer('district-leader', [place.district]),
    await scene.officer('district-leader', [place.city]),
  ]
  assert.equal(ok(await district.get('/api/v1/work?list=all')).counts.all, 3)
  assert.equal(ok(await city.get('/api/v1/work')).counts, null)
  assert.equal(ok(await city.get('/api/v1/figures')).total.open, 3)
  const nothing = await city.get('/desk')
  assert.ok(
    String(nothing.raw).includes('href="/desk?list=watching"'),
    'with nothing to do, she is shown the way to what others do',
  )
  const page = await city.get('/desk?list=watching')
  assert.equal(page.status, 200)
  assert.ok(String(page.raw).includes(numbers[0]!))
})

test('another line sees none of it on any height, and what is closed is in no list', async () => {
  for (const area of [place.street, place.district, place.city]) {
    const health = await scene.officer('district-leader', [area], { domains: ['health'] })
    assert.deepEqual(listed(ok(await health.get('/api/v1/work?list=all'))), [], area)
  }
  const { rows } = await scene.owner.query(`select id from cases.case where number = $1`, [numbers[0]])
  ok(await onCase(rows[0].id)(clerk, 'competence-refusal', { organ: '示例机关', reason: '不归本街道办理' }))
  for (const area of [place.street, place.district, place.city]) {
    const who = await scene.officer('district-leader', [area])
    assert.deepEqual(listed(ok(await who.get('/api/v1/work?list=all'))), numbers.slice(1), area)
  }
})

test('the whole number finds a finished case on any height, with its dash or without, and says that it is finished', async () => {
  const number = numbers[0]!
  for (const area of [place.street, place.district, place.city]) {
    const who = await scene.officer('district-leader', [area])
    for (const typed of [number, number.replace('-', ''), ` ${number.replace('-', ' ')} `, number.replace('-', '–')]) {
      const found = ok(await who.get(`/api/v1/work?${new URLSearchParams({ list: 'all', number: typed })}`))
      assert.deepEqual(listed(found), [number], `${area}: ${typed}`)
      assert.equal(found.rows[0].status, 'not_accepted')
      assert.equal(found.counts?.all ?? 1, 1, `${area}: counts what was found`)
    }
    const page = String((await who.get(`/desk?number=${number.replace('-', '')}`)).raw)
    assert.ok(page.includes(number) && page.includes('不予受理'), area)
    assert.deepEqual(listed(ok(await who.get(`/api/v1/work?list=all&number=${number.slice(0, -1)}`))).includes(number), false)
    const other = await scene.officer('district-leader', [area], { domains: ['health'] })
    assert.deepEqual(listed(ok(await other.get(`/api/v1/work?list=all&number=${number}`))), [], `${area}: another line`)
  }
  const neighbours = await scene.officer('district-leader', ['440106007'])
  assert.deepEqual(listed(ok(await neighbours.get(`/api/v1/work?list=all&number=${number}`))), [], 'another street')
  const district = await scene.officer('district-leader', [place.district])
  assert.equal(ok(await district.get(`/api/v1/work?list=all&number=${numbers[1]!.slice(-3)}`)).counts.all, 1, 'a part of one')
})
