/**
 * The pack that is in force: it has no error, and no text can go missing from it unseen.
 */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { isMap, isScalar, type Pair, parseDocument, type Scalar, visit } from 'yaml'
import { permissions } from '../permissions.ts'
import { type CheckOptions, checkPack, matterStatus, printFinding, readPack, readRaw } from './index.ts'

const folder = fileURLToPath(new URL('../../../../packs/guangzhou', import.meta.url))
const options: CheckOptions = { language: 'en', permissions, on: '2026-11-24', opened: new Map() }

test('it has no error, and warns of the text that has lapsed and of what is still a sample', () => {
  const { pack, errors, warnings } = readPack(folder, options)
  assert.equal(errors.map(printFinding).join('\n'), '')
  const ours = warnings.filter((each) => each.code !== 'file-unknown')
  assert.deepEqual(
    ours.map((each) => each.code).filter((code) => code !== 'sample-row'),
    ['document-lapsed', 'document-lapsed'],
    ours.map(printFinding).join('\n'),
  )
  assert.ok(pack)
  assert.deepEqual(
    pack.matters.map((each) => `${each.code}.yaml`),
    readdirSync(join(folder, 'matters')).sort(),
  )

  const statusOf = (code: string) => matterStatus(pack.matters.find((each) => each.code === code)!, pack, '2026-11-24').status
  assert.equal(statusOf('longevity-allowance'), 'lapsed')
  assert.equal(statusOf('minimum-living-guarantee'), 'in_force')
  assert.equal(statusOf('residence-registration'), 'in_force')
})

test('every permission is held by somebody', () => {
  const held = new Set(readPack(folder, options).pack!.roles.flatMap((role) => role.permissions))
  assert.deepEqual(
    permissions.filter((each) => !held.has(each)),
    [],
  )
})

/** Every text of one language in the pack: where it stands, and the file without it. */
function texts() {
  const raw = readRaw(folder)
  const found: { file: string; language: string; line: number; emptied: string; removed: string }[] = []
  for (const [file, text] of raw.files) {
    if (!/^(pack|bases|roles)\.yaml$|^(rules|matters|tables)\//.test(file)) continue
    visit(parseDocument(text), {
      Map: (_, map) => {
        for (const pair of map.items as Pair<Scalar, Scalar>[]) {
          if (!isScalar(pair.key) || !isScalar(pair.value) || (pair.key.value !== 'zh' && pair.key.value !== 'en')) continue
          const [start] = pair.key.range!
          const [valueStart, end] = pair.value.range!
          const line = text.slice(0, start).split('\n').length
          const emptied = `${text.slice(0, valueStart)}''${text.slice(end)}`
          const before = text.slice(0, start).replace(/, *$/, ' ')
          const after = text.slice(end).replace(/^ *,/, '')
          assert.ok(isMap(map) && map.flow, `${file}:${line} is written over several lines; this test cannot take it out`)
          const removed = pair.key.value === 'zh' ? text.slice(0, start) + after : before + text.slice(end)
          found.push({ file, language: pair.key.value, line, emptied, removed })
        }
      },
    })
  }
  return { raw, found }
}

test('taking out or emptying any one text is refused with its line', () => {
  const { raw, found } = texts()
  assert.ok(found.length > 300, `only ${found.length} texts found`)
  const missing = (file: string, text: string, line: number) => {
    const errors = checkPack({ files: new Map(raw.files).set(file, text) }, options)
    return errors.some(
      (each) => each.code === 'text-missing' && each.severity === 'error' && each.file === file && each.line === line,
    )
  }
  fc.assert(
    fc.property(fc.constantFrom(...found), fc.boolean(), ({ file, line, emptied, removed }, empty) =>
      missing(file, empty ? emptied : removed, line),
    ),
    { numRuns: 150 },
  )
})
