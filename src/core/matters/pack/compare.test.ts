import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { comparePacks, readRaw } from './index.ts'

const raw = readRaw(join(import.meta.dirname, '../../../../packs/guangzhou'))
/** The same pack with texts replaced in its files; every one must be there. */
function changed(...edits: [file: string, find: string, put: string][]) {
  const files = new Map(raw.files)
  for (const [file, find, put] of edits) {
    assert.ok(files.get(file)?.includes(find), `${find} in ${file}`)
    files.set(
      file,
      files.get(file)!.replace(find, () => put),
    )
  }
  return { files }
}
const told = (to: Parameters<typeof comparePacks>[1], from: Parameters<typeof comparePacks>[0] = raw) =>
  comparePacks(from, to).map(
    ({ change, kind, name, field, isText, place, was, now }) =>
      `${change} ${kind} ${name} ${field}${isText ? ' (text)' : ''} ${place.file}:${place.line} ${was} > ${now}`,
  )

test('a pack says nothing otherwise than itself, and comments and order of keys are nothing', () => {
  assert.deepEqual(told(raw), [])
  const rules = 'rules/longevity.yaml'
  assert.deepEqual(told(changed([rules, '# From which day', '# By which day'], [rules, '  verified: false\n  changeable: true', '  changeable: true\n  verified: false'])), []) // biome-ignore format: a case
})

test('what changed is told by file, line and the keys that lead there', () => {
  const lineOf = (file: string, text: string) =>
    raw.files.get(file)!.slice(0, raw.files.get(file)!.indexOf(text)).split('\n').length
  const rules = 'rules/longevity.yaml'
  const step = lineOf('matters/longevity-allowance.yaml', '街道在看资料齐不齐')
  assert.deepEqual(
    told(
      changed(
        [rules, "inArea(person.hukou_area, '4401')", "inArea(person.hukou_area, '440106')"],
        ['matters/longevity-allowance.yaml', '街道在看资料齐不齐', '街道在看资料'],
        ['parameters.csv', 'longevity.min_age,4401,70', 'longevity.min_age,4401,65'],
      ),
    ),
    [
      `changed matter longevity-allowance steps.accept.plain.zh (text) matters/longevity-allowance.yaml:${step} 街道在看资料齐不齐 > 街道在看资料`,
      `changed parameter longevity.min_age 4401 2021-09-01 value parameters.csv:2 70 > 65`,
      `changed rule longevity.hukou expression rules/longevity.yaml:${lineOf(rules, "inArea(person.hukou_area, '4401')")} inArea(person.hukou_area, '4401') > inArea(person.hukou_area, '440106')`,
    ],
  )
})

test('what is new stands in the newer pack, what is gone in the older', () => {
  const without = changed(['parameters.csv', raw.files.get('parameters.csv')!.split('\n')[1]!, ''])
  const line = without.files.get('parameters.csv')!.replace('\n\n', '\n')
  without.files.set('parameters.csv', line)
  assert.deepEqual(told(without), ['removed parameter longevity.min_age 4401 2021-09-01  parameters.csv:2  > '])
  assert.deepEqual(told(raw, without), ['added parameter longevity.min_age 4401 2021-09-01  parameters.csv:2  > '])
  const fewer = new Map(raw.files)
  fewer.delete('matters/residence-registration.yaml')
  assert.deepEqual(told({ files: fewer }), ['removed matter residence-registration  matters/residence-registration.yaml:1  > '])
})

test('a rule that moved to another file is the same rule', () => {
  const files = new Map(raw.files)
  files.set('rules/moved.yaml', files.get('rules/longevity.yaml')!)
  files.delete('rules/longevity.yaml')
  assert.deepEqual(told({ files }), [])
})
