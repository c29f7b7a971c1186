/** A city's many communities: nothing is left out in silence, and no page grows with them. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from '../../../../test/harness/form-browser.ts'
import { openScene, place, type Scene } from '../../../../test/harness/scene.ts'

const MANY = 121
let scene: Scene
let communities: string[]
before(async () => {
  scene = await openScene()
  const { rows } = await scene.owner.query<{ code: string }>(
    `select code from areas.area where length(code) = 12 and code like $1 order by code limit ${MANY}`,
    [`${place.district}%`],
  )
  communities = rows.map(({ code }) => code)
  assert.equal(communities.length, MANY)
  const boundary = { type: 'Polygon', coordinates: [[[113.34, 23.14], [113.36, 23.14], [113.36, 23.16], [113.34, 23.14]]] } // biome-ignore format: a triangle
  await scene.owner.query(
    `insert into grid.grid (id, code, name, area, boundary, crs, west, south, east, north, valid_from, source, demo, recorded_at)
     select gen_random_uuid(), code || '001', '示例网格', code, $2, 'WGS84', 113.34, 23.14, 113.36, 23.16, '2026-01-01', 'test', true, $3 from unnest($1::text[]) code`,
    [communities, JSON.stringify(boundary), scene.now()],
  )
})
after(() => scene?.close())

test('of a district’s communities the desk lists every one that has grids, page by page', async () => {
  const officer = await scene.officer('grid-supervisor', [place.district], { domains: ['grid'] })
  const seen: string[] = []
  for (const [page, count, more] of [
    [1, 60, true],
    [2, 60, true],
    [3, 1, false],
  ] as const) {
    const { body } = await officer.get(`/api/v1/grids?page=${page}`)
    assert.deepEqual([body.rows.length, body.more], [count, more])
    assert.ok(body.rows.every((row: { grids: number }) => row.grids === 1))
    seen.push(...body.rows.map(({ area }: { area: string }) => area))
  }
  assert.deepEqual(seen, communities)
  const desk = new FormBrowser(scene, officer.cookie, officer.address)
  assert.match((await desk.see('/desk/grids')).html, /href="\/desk\/grids\?page=2"/)
  assert.match((await desk.see('/desk/grids?page=3')).html, new RegExp(`/desk/grids/${communities.at(-1)}"`))
})

test('whoever looks around chooses the street first, then one of its communities', async () => {
  const guest = new FormBrowser(scene)
  const offered = async (area: string) => {
    const { html } = await guest.see(`/around?area=${area}`)
    assert.match(html, /先选街道/)
    return [...html.matchAll(/<option value="(\d{9,12})"/g)].map((found) => found[1]!)
  }
  const streets = [...new Set(communities.map((code) => code.slice(0, 9)))]
  for (const street of [streets[0]!, streets.at(-1)!]) {
    const own = communities.filter((code) => code.startsWith(street))
    const options = await offered(own.at(-1)!)
    assert.deepEqual(options.toSorted(), [...streets, ...own].toSorted())
  }
})
