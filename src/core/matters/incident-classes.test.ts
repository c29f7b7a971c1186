/** incidents.yaml and the roles that work by it: what cannot be right keeps the pack out, with file and line. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { housePack, readChanged, readHouse } from '../../../test/harness/changed-pack.ts'
import { LoadedPack } from './index.ts'

const house = (file: string) => readFileSync(join(housePack, file), 'utf8')

const codesOf = (file: string, from: string, to: string): string[] => {
  const text = house(file)
  assert.ok(text.includes(from), `${file} has no “${from}”`)
  return readChanged((at) => writeFileSync(at(file), text.replace(from, to))).errors.map(
    (one) => `${one.file}:${one.line > 1 ? 'n' : one.line} ${one.code}`,
  )
}

test('the house pack has a limit, an end and a source for every condition, and says that nothing is verified', () => {
  const { incidents } = new LoadedPack(readHouse().pack!)
  for (const { code, conditions } of incidents.classes)
    for (const one of conditions)
      assert.ok(!one.verified && one.source && one.limit.value > 0 && one.done_when.zh, `${code}/${one.code}`)
  assert.ok(incidents.admitted.length > 0 && !incidents.verified)
})

test('what cannot be right keeps the pack out, by line', () => {
  const wrong: [file: string, from: string, to: string, code: string][] = [
    ['incidents.yaml', 'group: utilities', 'group: utilitys', 'incidents.yaml:n incident-group-unknown'],
    ['incidents.yaml', 'line: water', 'line: waters', 'incidents.yaml:n incident-line-unknown'],
    ['incidents.yaml', 'kind: text, required: false', 'kind: choice, required: false', 'incidents.yaml:n incident-choices'],
    ['incidents.yaml', '[112.9, 22.4, 114.1, 24.0]', '[114.1, 22.4, 112.9, 24.0]', 'incidents.yaml:n incident-bounds'],
    ['incidents.yaml', 'code: street-lamp', 'code: manhole-cover', 'incidents.yaml:n name-twice'],
    ['incidents.yaml', 'unit: clock_hour', 'unit: moons', 'incidents.yaml:n field-choice'],
    ['incidents.yaml', 'document: guangdong-pinganjianshe', 'document: nothing', 'incidents.yaml:n document-unknown'],
    ['roles.yaml', 'incident.verify, ', 'incident.verify, incident.dispatch, ', 'roles.yaml:n role-verifies-and-dispatches'],
    ['roles.yaml', 'whistle.blow]', 'whistle.blow, whistle.decide]', 'roles.yaml:n role-blows-and-decides'],
  ]
  for (const [file, from, to, code] of wrong)
    assert.ok(codesOf(file, from, to).includes(code), `${to}: ${codesOf(file, from, to)}`)
})
