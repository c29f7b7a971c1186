/** A base map of approved tiles: one exact host may be loaded from, the number is shown, everything is turned into the tiles' system. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from '../../../../test/harness/form-browser.ts'
import { openScene, place, type Scene } from '../../../../test/harness/scene.ts'

const boundary = {
  type: 'Polygon',
  coordinates: [
    [
      [113.34, 23.14],
      [113.35, 23.14],
      [113.35, 23.15],
      [113.34, 23.14],
    ],
  ],
}
const scenes: Scene[] = []
async function sceneWith(tiles: Parameters<typeof openScene>[1]): Promise<Scene> {
  const scene = await openScene(undefined, tiles)
  scenes.push(scene)
  await scene.owner.query(
    `insert into grid.grid (id, code, name, area, boundary, crs, west, south, east, north, valid_from, source, recorded_at)
     values (gen_random_uuid(), $1, '一格', $2, $3, 'CGCS2000', 113.34, 23.14, 113.35, 23.15, '2026-01-01', 'test', $4)`,
    [`${place.community}001`, place.community, JSON.stringify(boundary), scene.now()],
  )
  return scene
}
let bare: Scene
let tiled: Scene
before(async () => {
  bare = await sceneWith({})
  tiled = await sceneWith({
    tiles: {
      url: 'https://tiles.example.org/{z}/{x}/{y}.png',
      origin: 'https://tiles.example.org',
      approval: 'GS(2024)0650号',
      attribution: '示例测绘院',
      crs: 'GCJ02',
    },
  })
})
after(() => Promise.all(scenes.map((scene) => scene.close())))

const look = async (scene: Scene) => {
  const { html, headers } = await new FormBrowser(scene).see(`/around/map?area=${place.community}`)
  const shown = JSON.parse(/data-shown="([^"]+)"/.exec(html)![1]!.replaceAll('&quot;', '"'))
  return { html, shown, policy: String(headers['content-security-policy']) }
}

test('without tiles a page loads from its own host alone', async () => {
  const { html, shown, policy } = await look(bare)
  assert.match(policy, /img-src 'self' data:;/)
  assert.match(policy, /connect-src 'self';/)
  assert.ok(!html.includes('审图号'))
  assert.equal(shown.tiles, null)
  assert.deepEqual(shown.grids[0].boundary, boundary)
})

test('with tiles exactly that host is added, and the number stands under the map', async () => {
  const { html, shown, policy } = await look(tiled)
  assert.match(policy, /img-src 'self' data: https:\/\/tiles\.example\.org;/)
  assert.match(policy, /connect-src 'self' https:\/\/tiles\.example\.org;/)
  assert.match(policy, /script-src 'self';/)
  assert.match(html, /审图号：GS\(2024\)0650号.{1,3}示例测绘院/)
  const [lon, lat] = shown.grids[0].boundary.coordinates[0][0]
  // GCJ02 lies some hundreds of metres to the east and south here.
  assert.ok(lon - 113.34 > 0.003 && lon - 113.34 < 0.008, String(lon))
  assert.ok(lat < 23.14 && lat > 23.135, String(lat))
  assert.equal(shown.bounds[0], lon)
  const supervisor = await tiled.officer('grid-supervisor', [place.street], { domains: ['grid'] })
  const desk = new FormBrowser(tiled, supervisor.cookie, supervisor.address)
  const [{ id }] = (await tiled.owner.query('select id from grid.grid')).rows
  const draw = (await desk.see(`/desk/grids/${place.community}/draw?of=${id}`)).html
  assert.match(draw, /审图号：GS\(2024\)0650号/)
  assert.match(draw, /图上的坐标是GCJ02/)
  assert.match(draw, /<option value="CGCS2000" selected/, 'what is in the field is as it was delivered')
})
