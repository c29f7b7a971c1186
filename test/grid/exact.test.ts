/** Where somebody stood leaves by no door: every answer that anybody can have is searched for the exact points of the demo's reports. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { openStreet, type Street } from '../harness/street.ts'

let street: Street
let owner: pg.Client
before(async () => {
  street = await openStreet()
  owner = new pg.Client({ connectionString: street.ownerUrl })
  await owner.connect()
})
after(async () => {
  await owner?.end()
  await street?.close()
})

/** Five digits behind the point are a metre: whoever has these has the place. */
const written = (degrees: number): string => /^-?\d+\.\d{1,5}/.exec(String(degrees))![0]
async function get(path: string): Promise<string> {
  const answer = await fetch(street.url + path)
  assert.equal(answer.status, 200, path)
  return answer.text()
}

test('no answer to a stranger holds an exact point, in degrees as delivered or as moved', async () => {
  const { rows: exact } = await owner.query<{ lon: number; lat: number }>(
    `select lon, lat from grid.incident where facility_id is null and lon is not null
     union select r.lon, r.lat from grid.report r join grid.incident i on i.id = r.incident_id where i.facility_id is null and r.lon is not null`,
  )
  const { rows: shown } = await owner.query<{ id: string; area: string; lon: number; lat: number }>(
    'select public_id as id, area, shown_lon as lon, shown_lat as lat from grid.incident where shown and shown_lon is not null order by id',
  )
  const { rows: tokens } = await owner.query<{ token: string }>('select token from grid.report order by id')
  assert.ok(exact.length > 5 && shown.length > 5 && tokens.length > 5, 'there is something to be found')
  const area = shown[0]!.area.slice(0, 9)
  const lists = [
    '/open311/v2/requests.xml',
    '/open311/v2/requests.json',
    '/open311/v2/servicerequestupdates.xml',
    '/ogc/collections/incidents/items?limit=1000',
    '/ogc/collections/facilities/items?limit=1000',
    '/ogc/collections/grids/items?limit=1000',
    '/api/v1/public/incidents/map?west=113&south=22&east=114&north=24',
    `/api/v1/public/incidents?list=all&area=${area}`,
    `/api/v1/public/incidents/latest?area=${area}`,
    `/api/v1/public/grids?area=${area}`,
    `/around?list=all&area=${area}`,
    `/around/map?list=all&area=${area}`,
    `/around/feed.atom?area=${area}`,
  ]
  const single = shown.flatMap(({ id }) => [
    `/open311/v2/requests/${id}.xml`,
    `/ogc/collections/incidents/items/${id}`,
    `/api/v1/public/incidents/${id}`,
    `/around/${id}`,
  ])
  const held = tokens.flatMap(({ token }) => [`/open311/v2/tokens/${token}.xml`, `/api/v1/reports/${token}`, `/report/${token}`])
  const found: string[] = []
  let points = 0
  for (const path of [...lists, ...single, ...held]) {
    const text = await get(path)
    for (const { lon, lat } of shown) if (text.includes(written(lon)) && text.includes(written(lat))) points++
    for (const { lon, lat } of exact)
      if (text.includes(written(lon)) && text.includes(written(lat))) found.push(`${path}: ${lon} ${lat}`)
  }
  assert.ok(points > shown.length, 'public points are there: the search would have found the others')
  assert.deepEqual([...new Set(found)], [])
})
