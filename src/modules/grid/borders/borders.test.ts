/** Grids at the desk by their forms alone: tried on, kept, changed with the old border on record, refused, taken along as a file. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from '../../../../test/harness/form-browser.ts'
import { openScene, place, type Scene } from '../../../../test/harness/scene.ts'

let scene: Scene
let supervisor: FormBrowser
let worker: FormBrowser
before(async () => {
  scene = await openScene()
  const at = async (role: string, area: string) => {
    const officer = await scene.officer(role, [area], { domains: ['grid'] })
    return new FormBrowser(scene, officer.cookie, officer.address)
  }
  supervisor = await at('grid-supervisor', place.street)
  worker = await at('grid-worker', place.community)
})
after(() => scene?.close())

const here = `/desk/grids/${place.community}`
/** From a corner, so many hundredths of a degree broad and one high. */
const square = (west: number, broad: number): string => {
  const [east, south, north] = [west + broad, 23.14, 23.15]
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ].map((position) => position.map((n) => Number(n.toFixed(6))))
  return JSON.stringify({ type: 'Polygon', coordinates: [ring] })
}
const rows = (sql: string, values: unknown[] = []) => scene.owner.query(sql, values).then((found) => found.rows)

/** Tries a border on and, if it may be kept, keeps it. */
async function draws(of: string, fields: Record<string, string>, keep = true) {
  const address = `${here}/draw?of=${of}`
  const given = { crs: 'CGCS2000', source: '街道方案', why: '新划', ...fields }
  const tried = await supervisor.fill(address, `${here}/draw`, given)
  if (tried.to || !keep) return tried
  return supervisor.answer(tried.html, `${here}/draw`, { act: 'keep' })
}

test('a border is looked at with all others before it is kept, and without a map', async () => {
  assert.match((await supervisor.see('/desk/grids')).html, /还没有网格/)
  const form = await supervisor.see(`${here}/draw?of=new`)
  assert.match(form.html, /<textarea[^>]*name="boundary"/)
  const outline = await draws('outline', { boundary: square(113.34, 0.02) })
  assert.equal(outline.to, `${here}?done=outline`)
  const first = await draws('new', { name: '一格', boundary: square(113.34, 0.01) })
  assert.equal(first.to, `${here}?done=drawn`)

  const tried = await draws('new', { name: '二格', boundary: square(113.349, 0.01) }, false)
  assert.equal(tried.status, 200)
  assert.match(tried.html, /二格.{0,20}重叠 11\d,\d{3} 平方米|一格和?与?二格重叠/)
  assert.match(tried.html, /有 1 处没有网格/)
  assert.equal((await rows('select 1 from grid.grid')).length, 1, 'trying keeps nothing')
  const kept = await supervisor.answer(tried.html, `${here}/draw`, { act: 'keep' })
  assert.equal(kept.to, `${here}?done=drawn`, 'a warning stops nobody')
  const page = (await supervisor.see(here)).html
  assert.match(page, /一格与二格重叠 11\d,\d{3} 平方米/)
  assert.match((await supervisor.see('/desk/grids')).html, /1 处重叠/)
})

test('what lies outside of the community, crosses itself or is no GeoJSON is refused, and what was typed comes back', async () => {
  const outside = await draws('new', { name: '三格', boundary: square(113.355, 0.01) }, false)
  assert.match(outside.html, /平方米在社区边界外面。网格不能跨社区/)
  assert.ok(!outside.html.includes('value="keep"'), 'it cannot be kept')
  const forced = await supervisor.answer(outside.html, `${here}/draw`, { act: 'keep' })
  assert.match((await supervisor.see(forced.to!)).html, /网格不能跨社区/)
  const wrong = await draws('new', { name: '三格', boundary: 'POLYGON ((1 2))' })
  const back = (await supervisor.see(wrong.to!)).html
  assert.match(back, /这不是 GeoJSON/)
  assert.match(back, /POLYGON \(\(1 2\)\)/)
  assert.match(back, /value="三格"/)
  const empty = await draws('new', { name: '', boundary: square(113.34, 0.01), why: '' })
  assert.match((await supervisor.see(empty.to!)).html, /请填写这一项/)
  assert.equal((await rows('select 1 from grid.grid')).length, 2)
})

test('from the look back to the form, with what was typed', async () => {
  const tried = await draws('new', { name: '三格', boundary: square(113.349, 0.01) }, false)
  const back = await supervisor.answer(tried.html, `${here}/draw`, { act: 'back' })
  assert.match((await supervisor.see(back.to!)).html, /value="三格"/)
})

test('a change ends one row and begins another under the same code; the homes go along', async () => {
  const [before] = await rows(`select id, code from grid.grid where name = '二格'`)
  const [home] = await rows(
    `insert into people.dwelling (id, area, address, recorded_at) values (gen_random_uuid(), $1, '示例路 9 号', $2) returning id`,
    [place.community, scene.now()],
  )
  await rows(`insert into grid.dwelling_grid (dwelling_id, grid_id, area, recorded_at) values ($1, $2, $3, $4)`, [
    home.id,
    before.id,
    place.community,
    scene.now(),
  ])
  const changed = await draws(before.id, { name: '二格', boundary: square(113.35, 0.01), crs: 'CGCS2000', why: '改掉重叠' })
  assert.equal(changed.to, `${here}?done=drawn`)
  const course = await rows(
    `select g.id, g.valid_to is null as running, g.why, (select count(*)::int from grid.dwelling_grid h where h.grid_id = g.id) as homes
     from grid.grid g where g.code = $1 order by g.recorded_at, g.valid_to nulls last`,
    [before.code],
  )
  assert.deepEqual(
    course.map(({ running, why, homes }) => [running, why, homes]),
    [
      [false, '新划', 0],
      [true, '改掉重叠', 1],
    ],
  )
  const page = (await supervisor.see(here)).html
  assert.match(page, /没有重叠，社区里每个地方都有网格/)
  const late = await supervisor.see(`${here}/draw?of=${before.id}`)
  assert.match(late.html, /已经改过或者撤销了/)
})

test('the file holds what was delivered, in the system in which it was delivered', async () => {
  const file = await supervisor.see(`${here}/grids.geojson`)
  assert.match(String(file.headers['content-type']), /geo\+json/)
  const { features } = JSON.parse(file.html)
  assert.deepEqual(
    features.map((one: { properties: { name: string; crs: string } }) => [one.properties.name, one.properties.crs]),
    [
      ['一格', 'CGCS2000'],
      ['二格', 'CGCS2000'],
    ],
  )
  assert.deepEqual(features[0].geometry, JSON.parse(square(113.34, 0.01)))
})

test('a grid is ended with a reason; a worker sees and draws nothing', async () => {
  const [one] = await rows(`select id from grid.grid where name = '一格' and valid_to is null`)
  await supervisor.fill(here, `${here}/end`, { id: one.id, why: '并到二格' })
  assert.match((await supervisor.see(`${here}?done=ended`)).html, /撤销了一格/)
  assert.equal((await worker.see(here)).status, 200)
  assert.ok(!(await worker.see(here)).html.includes('画新的网格</'))
  assert.equal((await worker.see(`${here}/draw?of=new`)).status, 403)
  assert.equal((await supervisor.see('/desk/grids/440104001001')).status, 404)
})
