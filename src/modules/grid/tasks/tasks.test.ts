/** Tasks by the forms alone: only what is on the list, through three hands, and what was off the list meanwhile. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from '../../../../test/harness/form-browser.ts'
import { openScene, place, type Scene } from '../../../../test/harness/scene.ts'
import { actions, apply, type Fact, initial, obstacleOf, possible, rebuild, statuses } from './task.ts'

let scene: Scene
let department: FormBrowser
let supervisor: FormBrowser
let worker: FormBrowser
let other: FormBrowser
let workerPost: string
const rows = (sql: string, values: unknown[] = []) => scene.owner.query(sql, values).then((found) => found.rows)
before(async () => {
  scene = await openScene()
  const at = async (role: string, area: string, domain: string) => {
    const officer = await scene.officer(role, [area], { domains: [domain] })
    return { postId: officer.postId, browser: new FormBrowser(scene, officer.cookie, officer.address) }
  }
  department = (await at('district-officer', place.district, 'migrants')).browser
  supervisor = (await at('grid-supervisor', place.street, 'grid')).browser
  const first = await at('grid-worker', place.community, 'grid')
  worker = first.browser
  workerPost = first.postId
  other = (await at('grid-worker', place.community, 'grid')).browser
  await rows(
    `insert into grid.grid (id, code, name, area, boundary, crs, west, south, east, north, valid_from, source, recorded_at)
     values (gen_random_uuid(), $1, '一格', $2, '{}', 'CGCS2000', 113, 23, 114, 24, '2026-01-01', 'test', $3)`,
    [`${place.community}001`, place.community, scene.now()],
  )
})
after(() => scene?.close())

const FORM = '/desk/tasks/new'
const asked = {
  itemCode: 'register-newcomers',
  area: place.street,
  what: '看看新租出去的屋子登记了没有',
  'dueOn.year': '2026',
  'dueOn.month': '12',
  'dueOn.day': '1',
}
const push = (fields: Record<string, string> = {}) => department.fill(FORM, FORM, { ...asked, ...fields })
const does = (who: FormBrowser, id: string, action: string, fields: Record<string, string>) =>
  who.fill(`/desk/tasks/${id}`, `/desk/tasks/${id}/act/${action}`, fields)

test('the table: who may do what at which stage, and nothing else', () => {
  const who = { id: 'w', permissions: ['task.push', 'task.give', 'task.do'], domains: ['grid', 'migrants'] }
  for (const status of statuses)
    for (const action of actions) {
      const got = obstacleOf(action, { status, workerId: 'w', line: 'migrants', off: false }, who)
      assert.equal(got === null, (possible[status] as readonly string[]).includes(action), `${status} ${action}`)
    }
  const given = { status: 'given' as const, workerId: 'x', line: 'migrants', off: true }
  assert.equal(obstacleOf('do', given, who), 'task.not_yours')
  assert.equal(obstacleOf('give', given, who), 'task.item_off')
  assert.equal(obstacleOf('withdraw', given, { ...who, domains: ['health'] }), 'task.not_your_line')
  const back = [
    { fact: 'given', workerId: 'w', workerName: '' },
    { fact: 'handed_back', reason: '' },
  ] as const satisfies Fact[]
  assert.deepEqual(back.reduce(apply, initial), { status: 'pushed', workerId: null, endedAt: null, seq: 2 })
})

test('what is not on the list, or off it, is not taken, and the page says who approves', async () => {
  const page = (await department.see(FORM)).html
  assert.match(page, /采集来穗人员和出租屋信息/)
  assert.ok(!page.includes('value="mediate"'), 'of another line')
  assert.match(page, /谁批准/)
  assert.match(page, /怎么申请/)
  for (const [itemCode, told] of [
    ['sell-insurance', /不在入格事项清单里/],
    ['count-shop-trade', /已经不在清单里/],
  ] as const) {
    const back = await push({ itemCode })
    assert.match((await department.see(back.to!)).html, told)
  }
  const late = await push({ 'dueOn.year': '2025' })
  assert.match((await department.see(late.to!)).html, /这一天已经过了/)
  const numbered = await push({ what: '打 138 0013 8000 找房东' })
  const back = (await department.see(numbered.to!)).html
  assert.match(back, /不能有电话/)
  assert.match(back, /打 138 0013 8000/, 'what was typed is there')
  assert.equal((await rows('select 1 from grid.task')).length, 0)
  assert.match((await department.see('/desk/tasks/admission')).html, /7 月 1 日起出清单/)
})

test('a department asks, supervision distributes, a worker does it, the department hears of it', async () => {
  const sent = await push()
  assert.match(sent.to!, /done=push&to=1&without=\d+$/)
  const [{ id }] = await rows('select id from grid.task')
  assert.match((await supervisor.see('/desk/tasks')).html, new RegExp(id))
  assert.equal((await worker.see(`/desk/tasks/${id}`)).status, 404, 'not hers yet')
  const nobody = await does(supervisor, id, 'give', { workerId: '' })
  assert.match((await supervisor.see(nobody.to!)).html, /请选/)
  await does(supervisor, id, 'give', { workerId: workerPost })
  assert.equal((await other.see(`/desk/tasks/${id}`)).status, 404, 'given to another')
  assert.match((await worker.see('/desk/tasks')).html, new RegExp(id))
  const empty = await does(worker, id, 'do', { do_words: ' ' })
  assert.match((await worker.see(empty.to!)).html, /请填写这一项/)
  await does(worker, id, 'do', { do_words: '看了三处，都登记了' })
  assert.match((await department.see('/desk/tasks')).html, new RegExp(id))
  await does(department, id, 'ask_again', { ask_again_words: '还有一处没看' })
  await does(worker, id, 'do', { do_words: '那一处也看了' })
  await does(department, id, 'close', { close_words: '都对' })
  const [task] = await rows('select status, worker_id as "workerId", ended_at as "endedAt", seq from grid.task where id = $1', [
    id,
  ])
  const course = await rows('select fact, payload from grid.task_timeline where task_id = $1 order by seq', [id])
  assert.deepEqual(
    course.map(({ fact }) => fact),
    ['pushed', 'given', 'did', 'asked_again', 'did', 'closed'],
  )
  assert.deepEqual(rebuild(course.map(({ fact, payload }) => ({ fact, ...payload }))), {
    ...task,
    endedAt: task.endedAt.toISOString(),
  })
  assert.match((await department.see(`/desk/tasks/${id}`)).html, /看了三处，都登记了/)
})

test('a task in the hands of somebody who left is on the list of whoever distributes, until another has it', async () => {
  const leaver = await scene.officer('grid-worker', [place.community], { domains: ['grid'] })
  const sent = await push({ what: '看看楼道里的杂物' })
  const [{ id }] = await rows(`select id from grid.task where what = '看看楼道里的杂物'`)
  assert.ok(sent.to)
  await does(supervisor, id, 'give', { workerId: leaver.postId })
  assert.doesNotMatch((await supervisor.see('/desk/tasks')).html, new RegExp(id), 'it is in hand')
  await rows(`update access.post set valid_to = '2026-11-23' where id = $1`, [leaver.postId])
  assert.match((await supervisor.see('/desk/tasks')).html, new RegExp(`${id}.*网格员已不在岗`, 's'))
  assert.match((await supervisor.see(`/desk/tasks/${id}`)).html, /请另外分派/)
  await does(supervisor, id, 'give', { workerId: workerPost })
  assert.doesNotMatch((await supervisor.see('/desk/tasks')).html, new RegExp(id))
  await does(worker, id, 'do', { do_words: '清走了' })
})

test('a task whose item came off the list is shown as such, and reaches no other worker', async () => {
  const [{ hash }] = await rows('select hash from matters.pack order by loaded_at desc limit 1')
  const [{ id }] = await rows(
    `insert into grid.task (id, area, item_code, pack_hash, line, organisation_id, what, due_on, status, pushed_at, seq)
     select gen_random_uuid(), $1, 'count-shop-trade', $2, 'market', organisation_id, '统计营业额', '2026-12-01', 'pushed', $3, 1 from access.post limit 1 returning id`,
    [place.community, hash, scene.now()],
  )
  const page = (await supervisor.see(`/desk/tasks/${id}`)).html
  assert.match(page, /不会再有新的/)
  assert.ok(!page.includes(`/act/give"`), 'it is given to nobody')
  assert.match((await supervisor.see('/desk/tasks')).html, /事项已出清单/)
  await does(supervisor, id, 'return', { return_words: '已经不在清单' })
  assert.equal((await rows('select status from grid.task where id = $1', [id]))[0].status, 'returned')
})

test('a street of a hundred communities is asked in all of them, and those without a grid are counted as left out', async () => {
  const street = place.nextStreet
  await rows(
    `insert into areas.area (code, name, level, parent_code, valid_from, source)
     select $1 || n, '示例社区' || n, 'community', $1, '2026-01-01', 'test' from generate_series(801, 900) as n`,
    [street],
  )
  await rows(
    `insert into grid.grid (id, code, name, area, boundary, crs, west, south, east, north, valid_from, source, recorded_at)
     select gen_random_uuid(), code || '001', '一格', code, '{}', 'CGCS2000', 113, 23, 114, 24, '2026-01-01', 'test', $2 from areas.area where code ~ ('^' || $1 || '(8|900)')`,
    [street, scene.now()],
  )
  const sent = await push({ area: street })
  assert.match(sent.to!, /&to=100&without=\d+$/)
  assert.match((await department.see(sent.to!)).html, /已经下派到 100 个社区.*还有 \d+ 个社区没有网格/s)
  const [{ n, told }] = await rows(
    `select count(*)::int as n, count(distinct t.area)::int as told from grid.task t join grid.task_timeline f on f.task_id = t.id where starts_with(t.area, $1)`,
    [street],
  )
  assert.deepEqual([n, told], [100, 100])
})
