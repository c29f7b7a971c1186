/** Each post counts what it can take on now; the rest of its areas it watches. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { workingDaysBetween } from '../../src/core/clocks/index.ts'
import { addDays } from '../../src/platform/day.ts'
import { dayOf } from '../../src/platform/time.ts'
import { type Client, openScene, place, type Scene, type SignsIn } from '../harness/scene.ts'
import { apply, day, later, ok, onCase } from './story.ts'

let scene: Scene
let clerk: Client & SignsIn
let community: Client & SignsIn
let reviewer: Client & SignsIn
let district: Client & SignsIn
let leader: Client & SignsIn
before(async () => {
  scene = await openScene()
  clerk = await scene.officer('window-clerk', [place.street])
  community = await scene.officer('community-officer', [place.community])
  reviewer = await scene.officer('street-reviewer', [place.street])
  district = await scene.officer('district-officer', [place.district])
  leader = await scene.officer('street-leader', [place.street])
})
after(() => scene?.close())

const applied = async (name: string) => {
  const lady = await scene.resident({ name, bornOn: '1946-11-30' })
  const { caseId } = await apply(scene, lady, 'longevity-allowance', {
    'about-you': 'yes',
    account: 'other',
    'account-number': '6222021111111111112',
  })
  return { caseId, act: onCase(caseId) }
}

/** In which lists each post has the case, and whether it counts it there. */
async function where(caseId: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const [name, who] of Object.entries({ clerk, community, reviewer, district, leader })) {
    const on: string[] = []
    for (const list of ['todo', 'correcting', 'paused', 'watching']) {
      const { rows, counts } = ok(await who.get(`/api/v1/work?list=${list}`))
      assert.equal(counts[list], rows.length, `${name} counts what ${list} shows`)
      if (rows.some((row: { id: string }) => row.id === caseId)) on.push(list)
    }
    found[name] = on.join(' ')
  }
  return found
}

test('as a case goes on it is to do where somebody can take it on, and watched elsewhere', async () => {
  const { caseId, act } = await applied('冯一')
  const watched = { clerk: 'watching', community: '', reviewer: 'watching', district: 'watching', leader: 'watching' }
  assert.deepEqual(await where(caseId), { ...watched, clerk: 'todo' })
  ok(await act(clerk, 'acceptance'))
  assert.deepEqual(await where(caseId), { ...watched, community: 'todo' })
  ok(await act(community, 'confirmation', { note: '' }))
  assert.deepEqual(await where(caseId), { ...watched, reviewer: 'todo' })
  ok(await act(reviewer, 'extension-request', { days: 5, reason: '等外地核对' }))
  assert.deepEqual(await where(caseId), { ...watched, reviewer: 'todo', leader: 'todo' })
  ok(await act(leader, 'extension'))
  ok(await act(reviewer, 'pause', { type: '鉴定', basis: '示例', reason: '等结果', expectedOn: '2026-12-20' }))
  assert.deepEqual(await where(caseId), { ...watched, reviewer: 'paused' })
  ok(await act(reviewer, 'resumption'))
  ok(await act(reviewer, 'review', { note: '' }))
  const gone = { clerk: '', community: '', reviewer: '', leader: '' }
  assert.deepEqual(await where(caseId), { ...gone, district: 'todo' })
})

test('what waits for the applicant is not to do, and is found by its number in any state', async () => {
  const { caseId, act } = await applied('詹二')
  ok(await act(clerk, 'correction-notice', { missing: [], text: '请补一份说明' }))
  assert.equal((await where(caseId)).clerk, 'correcting')
  const all = ok(await clerk.get('/api/v1/work?list=all'))
  assert.ok(all.rows.some((row: { id: string }) => row.id === caseId))
})

test('“within three working days” holds exactly what says that one, two or three are left', async () => {
  const { caseId, act } = await applied('蔡三')
  ok(await act(clerk, 'acceptance'))
  const { rows } = await scene.owner.query('select due_at from cases.case where id = $1', [caseId])
  const due = new Date(rows[0].due_at)
  const left = async (instant: string) => {
    await later(scene, instant, community)
    return ok(await community.get('/api/v1/work?list=soon')).rows.some((row: { id: string }) => row.id === caseId)
  }
  const { calendar } = scene.node.platform.services.packs.inForce()
  const seen = new Set<number>()
  for (let on = '2026-11-24'; on < dayOf(due); on = addDays(on, 1)) {
    const n = workingDaysBetween(on, dayOf(due), calendar)
    seen.add(n)
    assert.equal(await left(day(on)), n >= 1 && n <= 3, `${on}: ${n} left`)
  }
  assert.deepEqual([...seen], [5, 4, 3, 2, 1], 'a weekend among them')
})
