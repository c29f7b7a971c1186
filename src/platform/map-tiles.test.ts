/** The base map is either set whole or refused at the start, naming each thing that is missing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WrongValue } from './config.ts'
import { readTiles } from './map-tiles.ts'

const SET = {
  KAIFONG_MAP_TILES: 'https://tiles.example.org/{z}/{x}/{y}.png',
  KAIFONG_MAP_APPROVAL: 'GS(2024)0650号',
  KAIFONG_MAP_ATTRIBUTION: '示例测绘院',
  KAIFONG_MAP_CRS: 'GCJ02',
}
const read = (env: Record<string, string>) => {
  const wrong: WrongValue[] = []
  const tiles = readTiles(env, wrong)
  return { tiles, wrong: wrong.map(({ variable }) => variable) }
}

test('without tiles nothing is asked; with tiles the approval number, the maker and the system are', () => {
  assert.deepEqual(read({}), { tiles: null, wrong: [] })
  assert.deepEqual(read(SET), {
    tiles: {
      url: SET.KAIFONG_MAP_TILES,
      origin: 'https://tiles.example.org',
      approval: 'GS(2024)0650号',
      attribution: '示例测绘院',
      crs: 'GCJ02',
    },
    wrong: [],
  })
  const { KAIFONG_MAP_TILES } = SET
  assert.deepEqual(read({ KAIFONG_MAP_TILES }).wrong, ['KAIFONG_MAP_APPROVAL', 'KAIFONG_MAP_ATTRIBUTION', 'KAIFONG_MAP_CRS'])
  assert.deepEqual(read({ ...SET, KAIFONG_MAP_CRS: 'WGS84' }).wrong, ['KAIFONG_MAP_CRS'])
  for (const number of ['approved', '0650', 'GS 2024', '号'])
    assert.deepEqual(read({ ...SET, KAIFONG_MAP_APPROVAL: number }).wrong, ['KAIFONG_MAP_APPROVAL'], number)
  for (const number of ['GS京(2022)1061号', '粤AS（2023）017号', '粤S(2023)017号'])
    assert.deepEqual(read({ ...SET, KAIFONG_MAP_APPROVAL: number }).wrong, [], number)
})

test('tiles come from one exact host, safely, or from this one', () => {
  const origin = (url: string) => {
    const { tiles, wrong } = read({ ...SET, KAIFONG_MAP_TILES: url })
    return wrong.length > 0 ? 'refused' : tiles!.origin
  }
  assert.equal(origin('/tiles/{z}/{x}/{y}.png'), null)
  assert.equal(origin('http://127.0.0.1:9000/{z}/{x}/{y}'), 'http://127.0.0.1:9000')
  assert.equal(origin('https://tiles.example.org:8443/a?x={x}&y={y}&z={z}'), 'https://tiles.example.org:8443')
  for (const url of [
    'http://tiles.example.org/{z}/{x}/{y}.png',
    '//tiles.example.org/{z}/{x}/{y}.png',
    'https://{s}.example.org/{z}/{x}/{y}.png',
    'https://tiles.example.org/{z}/{x}.png',
    "https://tiles.example.org/{z}/{x}/{y}.png; script-src 'unsafe-inline'",
    'https://me:secret@tiles.example.org/{z}/{x}/{y}.png',
    'ftp://tiles.example.org/{z}/{x}/{y}.png',
  ])
    assert.equal(origin(url), 'refused', url)
})
