import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bounds, boxAround, checkedPoint, gridHolding, inWgs84, metresBetween, type Point } from './place.ts'

const HERE: Bounds = [112.9, 22.4, 114.1, 24.0]
const at = (lon: number, lat: number, crs: Point['crs'] = 'CGCS2000'): Point => ({ lon, lat, crs })

test('a point in the place stays as it was delivered', () => {
  assert.deepEqual(checkedPoint(at(113.35, 23.15), HERE), at(113.35, 23.15))
  assert.deepEqual(checkedPoint(at(113.355, 23.147, 'GCJ02'), HERE), at(113.355, 23.147, 'GCJ02'))
})

test('nowhere, the sea off Africa, swapped axes and another city are told apart, and nothing is put right by guess', () => {
  const refusal = (point: Point) => {
    try {
      checkedPoint(point, HERE)
      return null
    } catch (error) {
      return (error as { code: string }).code
    }
  }
  assert.equal(refusal(at(Number.NaN, 23)), 'incident.place_not_a_point')
  assert.equal(refusal(at(1130, 23)), 'incident.place_not_a_point')
  assert.equal(refusal(at(0, 0)), 'incident.place_zero')
  assert.equal(refusal(at(23.15, 113.35)), 'incident.place_swapped')
  assert.equal(refusal(at(116.4, 39.9)), 'incident.place_outside')
})

test('what a web map of the country calls a place lies half a kilometre from where satellites see it', () => {
  const moved = metresBetween(inWgs84(at(113.35, 23.15, 'GCJ02')), { lon: 113.35, lat: 23.15 })
  assert.ok(moved > 300 && moved < 900, String(moved))
  assert.deepEqual(inWgs84(at(113.35, 23.15, 'CGCS2000')), { lon: 113.35, lat: 23.15 })
})

test('a point lies in one grid, on a common border in the first by code', () => {
  const square = (code: string, west: number) => ({
    code,
    crs: 'CGCS2000' as const,
    boundary: {
      type: 'Polygon' as const,
      coordinates: [
        [
          [west, 23.1],
          [west + 0.01, 23.1],
          [west + 0.01, 23.11],
          [west, 23.11],
          [west, 23.1],
        ],
      ],
    },
  })
  const grids = [square('B', 113.31), square('A', 113.3)]
  assert.equal(gridHolding(grids, at(113.305, 23.105))?.code, 'A')
  assert.equal(gridHolding(grids, at(113.315, 23.105))?.code, 'B')
  assert.equal(gridHolding(grids, at(113.31, 23.105))?.code, 'A')
  assert.equal(gridHolding(grids, at(113.35, 23.105)), undefined)
})

test('a box of sixty metres holds what is within sixty metres', () => {
  const [west, south, east, north] = boxAround({ lon: 113.35, lat: 23.15 }, 60)
  assert.ok(Math.abs(metresBetween({ lon: west, lat: 23.15 }, { lon: east, lat: 23.15 }) - 120) < 1)
  assert.ok(Math.abs(metresBetween({ lon: 113.35, lat: south }, { lon: 113.35, lat: north }) - 120) < 1)
})
