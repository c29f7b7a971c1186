/** Homes and grids: proposed by where a home stands, put there by a person, in one grid at most. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from '../../../../test/harness/form-browser.ts'
import { openScene, place, type Scene } from '../../../../test/harness/scene.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { placed, readPoints } from './home.ts'

let scene: Scene
let supervisor: FormBrowser
before(async () => {
  scene = await openScene()
  const officer = await scene.officer('grid-supervisor', [place.street], { domains: ['grid'] })
  supervisor = new FormBrowser(scene, officer.cookie, officer.address)
})
after(() => scene?.close())

const here = `/desk/grids/${place.community}/homes`
const square = (west: number) => [
  [
    [west, 23.14],
    [west + 0.01, 23.14],
    [west + 0.01, 23.15],
    [west, 23.15],
    [west, 23.14],
  ],
]
const rows = (sql: string, values: unknown[] = []) => scene.owner.query(sql, values).then((found) => found.rows)
const refused = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof Refusal) return (error.params.fields as { code: string }[])[0]!.code
  }
  return 'fine'
}

test('where a home stands says in which grid it should be; without a place nothing is proposed', () => {
  const grid = (id: string, west: number) => ({
    id,
    code: id,
    name: id,
    shape: { type: 'Polygon' as const, coordinates: square(west) },
  })
  const grids = [grid('a', 113.34), grid('b', 113.349)]
  const home = (gridId: string | null, lon: number | null) =>
    placed({ id: 'h', address: '', gridId, lon, lat: lon && 23.145, crs: lon === null ? null : 'CGCS2000' }, grids)
  const said = (gridId: string | null, lon: number | null) => {
    const { standing, proposed } = home(gridId, lon)
    return [standing, proposed]
  }
  assert.deepEqual(said(null, 113.345), ['none', 'a'])
  assert.deepEqual(said(null, null), ['none', null])
  assert.deepEqual(said('b', 113.345), ['elsewhere', 'a'])
  assert.deepEqual(said('a', 113.345), ['right', 'a'])
  assert.deepEqual(said('a', 113.3495), ['several', null])
  assert.deepEqual(said('a', 113.37), ['bare', null])
  assert.deepEqual(said('a', null), ['unplaced', null])
})

test('a table of places is read whole or not at all', () => {
  const read = (text: string) => readPoints(text, 'CGCS2000', [112.9, 22.4, 114.1, 24])
  assert.deepEqual(read('地址,经度,纬度\n示例路 1 号,113.3,23.1\n'), [{ line: 2, address: '示例路 1 号', lon: 113.3, lat: 23.1 }])
  assert.equal(
    refused(() => read('')),
    'home.no_lines',
  )
  assert.equal(
    refused(() => read('示例路 1 号,113.3,23.1')),
    'home.no_lines',
  )
  assert.equal(
    refused(() => read('address,lon,lat\n示例路 1 号,,23.1')),
    'home.lines_wrong',
  )
  assert.equal(
    refused(() => read('address,lon,lat\n"示例路 1 号,113,23.1')),
    'home.lines_wrong',
  )
  assert.equal(
    refused(() => read('address,lon,lat\n示例路 1 号,23.1,113.3')),
    'home.lines_outside',
  )
  assert.equal(
    refused(() => read(`address,lon,lat\n${'示例路 1 号,113.3,23.1\n'.repeat(2001)}`)),
    'home.too_many_lines',
  )
})

test('placed by a table, shown as in none, and put where a person says', async () => {
  const homes: string[] = []
  for (const address of ['示例路 1 号', '示例路 2 号', '示例路 3 号']) {
    const [home] = await rows(
      `insert into people.dwelling (id, area, address, recorded_at) values (gen_random_uuid(), $1, $2, $3) returning id`,
      [place.community, address, scene.now()],
    )
    homes.push(home.id)
  }
  const grids: string[] = []
  for (const [n, west] of [
    [1, 113.34],
    [2, 113.35],
  ] as const) {
    const [grid] = await rows(
      `insert into grid.grid (id, code, name, area, boundary, crs, west, south, east, north, valid_from, source, recorded_at)
       values (gen_random_uuid(), $1, $2, $3, $4, 'CGCS2000', 113, 23, 114, 24, '2026-01-01', 'test', $5) returning id`,
      [
        `${place.community}00${n}`,
        `${n} 格`,
        place.community,
        JSON.stringify({ type: 'Polygon', coordinates: square(west) }),
        scene.now(),
      ],
    )
    grids.push(grid.id)
  }
  const bad = await supervisor.fill(here, `${here}/points`, {
    points: 'address,lon,lat\n示例路 1 号,113.345,23.145\n没有的路 9 号,113.355,23.145',
    crs: 'CGCS2000',
    source: '地址系统',
  })
  assert.match((await supervisor.see(bad.to!)).html, /有 1 行的地址在这个社区没有找到，或者有两处一样：第 3 行/)
  assert.equal((await rows('select 1 from grid.dwelling_point')).length, 0, 'all of it or nothing')
  const fine = await supervisor.fill(here, `${here}/points`, {
    points: 'address,lon,lat\n示例路 1 号,113.345,23.145\n示例路 2 号,113.355,23.145',
    crs: 'CGCS2000',
    source: '地址系统',
  })
  assert.match(fine.to!, /done=placed/)

  const { html } = await supervisor.see(here)
  assert.match(html, /没有网格.{0,60}3/s)
  assert.match(html, new RegExp(`<option value="${grids[0]}" selected`))
  const form = new URLSearchParams()
  for (const [, name, value] of html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)) form.set(name!, value!)
  form.set(`home-${homes[0]}`, grids[0]!)
  form.set(`home-${homes[1]}`, grids[0]!)
  form.set(`home-${homes[2]}`, '')
  const put = await supervisor.send('POST', `${here}/put?list=none&page=1`, form)
  assert.match(put.to!, /done=put/)
  assert.deepEqual(
    (await rows('select dwelling_id as id from grid.dwelling_grid')).map(({ id }) => id).toSorted(),
    homes.slice(0, 2).toSorted(),
  )
  const wrong = (await supervisor.see(`${here}?list=elsewhere`)).html
  assert.match(wrong, /示例路 2 号/)
  assert.match(wrong, new RegExp(`<option value="${grids[1]}" selected`))
})

test('a table out of a spreadsheet is read in the characters in which it came', async () => {
  const page = `/desk/grids/${place.community}/homes`
  // 地址,经度,纬度 and a road that is none, in GB 18030.
  const bytes = Buffer.from(
    'b5d8d6b72cbead b6c82cceb3b6c80ac3bbd3d0b5c4c2b72c3131332e33342c32332e31340a'.replaceAll(' ', ''),
    'hex',
  )
  const { html } = await supervisor.see(page)
  const back = await supervisor.answer(
    html,
    `${page}/points`,
    { crs: 'CGCS2000', source: '地址系统' },
    { files: [{ field: 'file', name: 'homes.csv', bytes }] },
  )
  assert.match((await supervisor.see(back.to!)).html, /没有的路,113\.34,23\.14/, 'what was read stands in the form again')
})

test('who looks after which grid is said once for the community; who is not named any more is so no longer', async () => {
  const [first, second] = [
    await scene.officer('grid-worker', [place.community], { domains: ['grid'] }),
    await scene.officer('grid-worker', [place.sibling], { domains: ['grid'] }),
  ]
  const page = `/desk/grids/${place.community}/workers`
  const { html } = await supervisor.see(page)
  assert.match(html, new RegExp(`value="${first.postId}"`))
  assert.ok(!html.includes(second.postId), 'of another community')
  const [one] = await rows('select id, code from grid.grid where area = $1 order by code', [place.community])
  const running = () => rows('select post_id as id from grid.assignment where grid_code = $1 and ended_at is null', [one.code])
  await supervisor.fill(page, page, { shown: `${one.id},${one.id}`, [`g-${one.id}`]: [first.postId] })
  assert.deepEqual(await running(), [{ id: first.postId }], 'a grid that is named twice, too')
  assert.match((await supervisor.see(`/desk/grids/${place.community}?done=workers`)).html, /谁管哪个网格，已经存好/)
  const strange = await supervisor.fill(page, page, { [`g-${one.id}`]: [second.postId] })
  assert.match((await supervisor.see(strange.to!)).html, /不管这个社区/)
  // Before the first word, in another window.
  const late = await supervisor.answer(html, page, { [`g-${one.id}`]: [] })
  assert.match((await supervisor.see(late.to!)).html, /刚才有人改过谁管/)
  assert.deepEqual(await running(), [{ id: first.postId }], 'who looked at an older page overwrites nothing')
  await supervisor.fill(page, page, {})
  assert.deepEqual(await running(), [])
  assert.equal((await rows('select 1 from grid.assignment where ended_by is not null')).length, 1, 'and it is on record')
  await scene.officer('grid-worker', [place.community], { domains: ['grid'] })
  await supervisor.fill(page, page, { [`g-${one.id}`]: [first.postId] })
  await rows('update access.post set ended_at = $2 where id = $1', [first.postId, scene.now()])
  assert.ok(!(await supervisor.see(page)).html.includes(first.postId), 'who left is offered nowhere')
  await supervisor.fill(page, page, {})
  assert.deepEqual(await running(), [], 'and what she looked after is ended with the next word')
})
