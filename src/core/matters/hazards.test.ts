/** hazards.yaml: a file that cannot be right keeps the pack out, with file and line. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { housePack, readChanged, readHouse } from '../../../test/harness/changed-pack.ts'
import { hazardKind, LoadedPack, powersOver } from './index.ts'

const text = readFileSync(join(housePack, 'hazards.yaml'), 'utf8')

const codesOf = (spoilt: string): string[] =>
  readChanged((file) => writeFileSync(file('hazards.yaml'), spoilt)).errors.map(
    ({ file, line, code }) => `${file}:${line > 1 ? 'n' : line} ${code}`,
  )

test('the house pack has every limit, no power for a street, and says that nothing is verified', () => {
  const pack = new LoadedPack(readHouse().pack!)
  const { kinds, powers, limits } = pack.pack.hazards!
  assert.ok([...kinds, ...powers, ...limits].every(({ verified, source }) => !verified && source !== ''))
  assert.ok(limits.every(({ demo }) => demo))
  assert.ok(powers.every(({ level }) => level === 'district'))
  for (const { code, lines } of kinds)
    assert.ok(powersOver(pack, lines, 'rectify').length > 0, `${code}: nobody may order anything`)
  assert.equal(hazardKind(pack, 'nothing'), undefined)
})

test('what cannot be right keeps the pack out, by line', () => {
  const wrong: [string, string, string][] = [
    ['  - { code: recheck,', '  - { code: begin,', 'hazards.yaml:n name-twice'],
    ['code: e-bike', 'code: escape-route', 'hazards.yaml:n name-twice'],
    ['lines: [market]', 'lines: [markets]', 'hazards.yaml:n domain-unknown'],
    ['order: stop, line: market', 'order: stop, line: moon', 'hazards.yaml:n domain-unknown'],
    ['document: xiaofang-fa, clause: 二十八', 'document: nothing, clause: 二十八', 'hazards.yaml:n document-unknown'],
    ['order: leave, line: fire', 'order: burn, line: fire', 'hazards.yaml:n field-choice'],
    ['value: 30, unit: calendar_day', 'value: -1, unit: calendar_day', 'hazards.yaml:n field-wrong'],
    ['unit: month', 'unit: moons', 'hazards.yaml:n field-choice'],
    ['verified: false, demo: true }', 'verified: true, demo: true }', 'hazards.yaml:n demo-verified'],
  ]
  for (const [from, to, code] of wrong) {
    assert.ok(text.includes(from), from)
    assert.ok(codesOf(text.replace(from, to)).includes(code), `${to}: ${codesOf(text.replace(from, to))}`)
  }
  const without = text
    .split('\n')
    .filter((line) => !line.includes('code: keep_people'))
    .join('\n')
  assert.deepEqual(codesOf(without), ['hazards.yaml:n hazard-limit-missing'])
  for (const broken of ['', '[', 'limits: 1', '- a', 'kinds: []\nlimits: []\npowers: []'])
    assert.ok(codesOf(broken).length > 0, broken)
})
