import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { readChanged, readHouse } from '../../../test/harness/changed-pack.ts'
import { findCertificates, LoadedPack, missingOf } from './index.ts'

const { pack } = readHouse()
const guangzhou = new LoadedPack(pack!)
const first = (typed: string): string | undefined => findCertificates(guangzhou, typed)[0]?.code

test('what people call it leads to the certificate', () => {
  for (const [typed, code] of [
    ['亲属关系证明', 'kinship'],
    ['要证明我妈是我妈', 'kinship'],
    ['银行要我开健在证明', 'alive'],
    ['單身證明', 'marriage'],
    ['certificate of marital status', 'marriage'],
    ['婚姻状况', 'marriage'],
    ['亲属', 'kinship'],
  ] as const)
    assert.equal(first(typed), code, typed)
})

test('what is on neither list is answered by none, and nothing throws', () => {
  for (const typed of ['', '  ', '好人好事证明', '？', '证', '证明', 'certificate of', 'asdf', '龘'])
    assert.deepEqual(findCertificates(guangzhou, typed), [], typed)
})

test('how many of each list are missing is known', () => {
  const lists = guangzhou.pack.certificates!
  assert.deepEqual([missingOf(lists, 'may'), missingOf(lists, 'must_not')], [7, 24])
  assert.ok(lists.certificates.every(({ verified }) => !verified))
})

const codesOf = (spoil: (text: string) => string): string[] =>
  readChanged((file) => {
    const text = readFileSync(file('certificates.yaml'), 'utf8')
    const spoilt = spoil(text)
    assert.notEqual(spoilt, text)
    writeFileSync(file('certificates.yaml'), spoilt)
  }).errors.map(({ file, code }) => `${file} ${code}`)

test('a list that cannot be right keeps the pack out', () => {
  const wrong: [string, (text: string) => string][] = [
    ['certificates.yaml name-twice', (text) => text.replace('code: identity-data', 'code: kinship')],
    ['certificates.yaml certificate-nowhere', (text) => text.replace(/ {4}go: .*\n/, '')],
    ['certificates.yaml certificates-over', (text) => text.replace('must_not: 44', 'must_not: 19')],
    ['certificates.yaml document-unknown', (text) => text.replace('document: suimin-2021-228', 'document: nothing')],
    ['certificates.yaml matter-unknown', (text) => text.replace('matter: committee-certificate', 'matter: nothing')],
    ['certificates.yaml field-choice', (text) => text.replace('list: must_not', 'list: perhaps')],
  ]
  for (const [code, spoil] of wrong) assert.deepEqual(codesOf(spoil), [code])
})
