/** Borders alone: what is no border, and where two of them overlap or leave a gap. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../../../platform/refusal.ts'
import { checkedBorder, fitOf, type Named, readBorder } from './border.ts'

const BOUNDS = [112.9, 22.4, 114.1, 24] as const
/** A square of so many hundredths of a degree, about 1.1 km by 1.0 km each. */
const square = (west: number, south: number, broad = 0.01, high = 0.01): number[][][] => [
  [
    [west, south],
    [west + broad, south],
    [west + broad, south + high],
    [west, south + high],
    [west, south],
  ],
]
const said = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof Refusal) return (error.params.fields as { code: string }[])[0]!.code
    throw error
  }
  return 'fine'
}
const polygon = (coordinates: unknown) => JSON.stringify({ type: 'Polygon', coordinates })

test('what is pasted is read whichever way GeoJSON holds it, and says what is wrong with it', () => {
  const bare = square(113.3, 23.1)
  const feature = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: bare } }
  const whole = { type: 'FeatureCollection', features: [feature] }
  for (const text of [polygon(bare), JSON.stringify(feature), JSON.stringify(whole)])
    assert.deepEqual(readBorder(text), { type: 'Polygon', coordinates: bare })
  const high = bare.map((ring) => ring.map((position) => [...position, 12]))
  assert.deepEqual(readBorder(polygon(high)).coordinates, bare, 'the height goes')
  assert.equal(
    said(() => readBorder(' ')),
    'border.missing',
  )
  assert.equal(
    said(() => readBorder('113.3, 23.1')),
    'border.not_json',
  )
  assert.equal(
    said(() => readBorder('{"type":"Point","coordinates":[113.3,23.1]}')),
    'border.no_polygon',
  )
  assert.equal(
    said(() => readBorder('null')),
    'border.no_polygon',
  )
  assert.equal(
    said(() => readBorder(JSON.stringify({ ...whole, features: [feature, feature] }))),
    'border.several',
  )
  assert.equal(
    said(() => readBorder(polygon([[['a', 1]]]))),
    'border.not_positions',
  )
  assert.equal(
    said(() => readBorder(polygon([bare[0]!.slice(0, 4)]))),
    'border.not_closed',
  )
  assert.equal(
    said(() => readBorder(polygon([Array(2001).fill([113.3, 23.1])]))),
    'border.too_many',
  )
})

test('a border elsewhere, with axes swapped, that crosses itself or holds nothing is refused', () => {
  const look = (coordinates: number[][][]) => said(() => checkedBorder({ type: 'Polygon', coordinates }, 'CGCS2000', BOUNDS))
  assert.equal(look(square(113.3, 23.1)), 'fine')
  assert.equal(look(square(121.4, 31.2)), 'incident.place_outside')
  assert.equal(look(square(23.1, 113.3)), 'incident.place_swapped')
  assert.equal(look(square(0, 0)), 'incident.place_zero')
  const [[a, b, c, d]] = square(113.3, 23.1) as [number[][]]
  assert.equal(look([[a!, c!, b!, d!, a!]]), 'border.crosses_itself')
  assert.equal(look(square(113.3, 23.1, 0.00005, 0.00005)), 'border.too_small')
})

test('a part that lies on another, or a hole outside, is refused; a hole inside and parts side by side are not', () => {
  const parts = (...coordinates: number[][][][]) =>
    said(() => checkedBorder({ type: 'MultiPolygon', coordinates }, 'CGCS2000', BOUNDS))
  const [one] = square(113.3, 23.1, 0.01, 0.01) as [number[][]]
  const [inner] = square(113.302, 23.102, 0.002, 0.002) as [number[][]]
  const [next] = square(113.31, 23.1, 0.01, 0.01) as [number[][]]
  const [half] = square(113.305, 23.1, 0.01, 0.01) as [number[][]]
  assert.equal(parts([one]), 'fine')
  assert.equal(parts([one, inner]), 'fine')
  assert.equal(parts([one.toReversed(), inner]), 'fine')
  assert.equal(parts([one], [next]), 'fine')
  assert.equal(parts([one], [one]), 'border.parts_overlap')
  assert.equal(parts([one], [half]), 'border.parts_overlap')
  assert.equal(parts([one, square(113.32, 23.1, 0.002, 0.002)[0]!]), 'border.parts_overlap')
})

const named = (code: string, coordinates: number[][][]): Named => ({
  id: code,
  code,
  name: code,
  shape: { type: 'Polygon', coordinates },
})

test('what two share and what none has is found, down to the sliver that the pack allows', () => {
  const outline = { type: 'Polygon' as const, coordinates: square(113.3, 23.1, 0.02, 0.01) }
  const left = named('1', square(113.3, 23.1))
  const whole = fitOf([left, named('2', square(113.31, 23.1))], outline, 20)
  assert.deepEqual(whole, { overlaps: [], gaps: [], outside: [], outlineKnown: true })

  const over = fitOf([left, named('2', square(113.309, 23.1, 0.011))], outline, 20)
  assert.deepEqual(
    over.overlaps.map(({ one, other }) => [one, other]),
    [['1', '2']],
  )
  // A thousandth of a degree of longitude here is 102 m, a hundredth of latitude 1 111 m.
  assert.ok(Math.abs(over.overlaps[0]!.squareMetres - 113_600) < 1_500, String(over.overlaps[0]!.squareMetres))
  assert.deepEqual([over.gaps, over.outside], [[], []])

  const short = fitOf([left, named('2', square(113.311, 23.1, 0.01))], outline, 20)
  assert.equal(short.gaps.length, 1)
  assert.deepEqual(
    short.outside.map(({ one }) => one),
    ['2'],
  )
  const hair = named('2', square(113.31 - 1e-8, 23.1, 0.01 + 1e-8))
  assert.deepEqual(fitOf([left, hair], outline, 20).overlaps, [], 'the same line drawn twice')
})

test('without the border of the community only what is enclosed is known to be bare', () => {
  const ring = named('1', [...square(113.3, 23.1), square(113.303, 23.103, 0.002, 0.002)[0]!])
  const fit = fitOf([ring], null, 20)
  assert.deepEqual([fit.gaps.length, fit.outside, fit.outlineKnown], [1, [], false])
  assert.deepEqual(fitOf([], null, 20).gaps, [])
})
