import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Value } from 'typebox/value'
import { parse } from 'yaml'
import { buildDocument, findFormFaults, placeholdersOf } from './build.ts'
import { DocumentForms, type DocumentKind, type DocumentValues } from './document.ts'
import { findNumberFault, formatNumber } from './number.ts'

const forms = parse(readFileSync(new URL('../../../packs/guangzhou/documents.yaml', import.meta.url), 'utf8')) as DocumentForms
const bases = new Set(
  (parse(readFileSync(new URL('../../../packs/guangzhou/bases.yaml', import.meta.url), 'utf8')) as { code: string }[]).map(
    (each) => each.code,
  ),
)
const kindOf = (code: string): DocumentKind => forms.kinds.find((kind) => kind.code === code)!

const values = (kind: DocumentKind, more: Partial<DocumentValues> = {}): DocumentValues => {
  const asked = placeholdersOf(kind)
  return {
    issuer: '示例街道办事处',
    issuedOn: '2026-11-24',
    organ: '示街',
    sequence: 7,
    procedure: 'benefit',
    verifyUrl: 'http://127.0.0.1:3000/v/9f2c',
    fill: Object.fromEntries(
      asked.filter((one) => one.kind !== 'list').map((one) => [one.name, one.kind === 'day' ? '2026-12-01' : `〈${one.name}〉`]),
    ),
    lists: Object.fromEntries(asked.filter((one) => one.kind === 'list').map((one) => [one.name, [`〈${one.name}〉`]])),
    ...more,
  }
}

test('the pack’s documents are whole', () => {
  assert.deepEqual([...Value.Errors(DocumentForms, forms)], [])
  assert.deepEqual(findFormFaults(forms, bases), [])
  assert.equal(forms.kinds.length, 25)
})

test('a pack with two kinds alike, a number without year or an unknown law is told so, by kind', () => {
  const broken = structuredClone(forms)
  broken.kinds[1]!.number = broken.kinds[0]!.number
  broken.kinds[2]!.number = '穗{organ}受{n}号'
  broken.kinds[3]!.body.push('请在{Due}前')
  const faults = findFormFaults(broken, new Set(['juzhuzheng-tiaoli']))
    .map(({ fault }) => fault)
    .join('\n')
  assert.match(faults, /correction_notice: has the same number pattern .* as receipt/)
  assert.match(faults, /acceptance: \{year\} stands 0 times/)
  assert.match(faults, /not_accepted: “\{Due\}/)
  assert.match(faults, /extension: basis “xingzheng-xukefa” is not in bases.yaml/)
})

test('every kind is filled without a hole, and leaves no placeholder on the paper', () => {
  for (const kind of forms.kinds) {
    const model = buildDocument(kind, values(kind), forms.labels)
    assert.doesNotMatch(JSON.stringify(model.paragraphs) + model.remedies + model.addressee, /\{\w+\}/, kind.code)
    assert.match(model.number, /^穗示街.+〔2026〕7号$/)
    assert.equal(model.dated, '2026年11月24日')
  }
})

test('what is missing is refused by name, all at once', () => {
  const kind = kindOf('decision_refused')
  const given = values(kind)
  const fill = { ...given.fill, reason: '  \n ', court: undefined }
  assert.throws(() => buildDocument(kind, { ...given, fill, lists: {} }, forms.labels), {
    code: 'document.values_missing',
    kind: 'invalid',
    params: { kind: '不予决定书', names: 'court, reason' },
  })
})

test('a refusal lists the unmet conditions where there are some, and otherwise gives its reasons alone', () => {
  const kind = kindOf('decision_refused')
  const said = (unmet: string[]) =>
    buildDocument(kind, { ...values(kind), lists: { unmet } }, forms.labels)
      .paragraphs.map((block) => JSON.stringify(block))
      .join()
  assert.match(said(['户口在本市']), /没有满足的条件.*户口在本市.*认定的事实和理由/)
  assert.ok(!said([]).includes('没有满足的条件'))
  assert.match(said([]), /认定的事实和理由/)
})

test('every decision against a person, and every grant, tells the remedies with the limits passed in', () => {
  for (const code of ['decision_refused', 'decision_granted', 'not_accepted']) {
    const kind = kindOf(code)
    const given = values(kind)
    const [remedy] = buildDocument(
      kind,
      { ...given, fill: { ...given.fill, reconsideration_days: 60, lawsuit_months: 6 } },
      forms.labels,
    ).remedies
    assert.match(remedy!, /60日内，向〈reconsideration_organ〉申请行政复议.*6个月内，依法向〈court〉/)
  }
})

test('the licensing law is named for a licence and not for a benefit', () => {
  const kind = kindOf('acceptance')
  const own = { basis: ['《示例办法》第四条'] }
  assert.deepEqual(buildDocument(kind, values(kind, own), forms.labels).basis, ['《示例办法》第四条'])
  assert.deepEqual(buildDocument(kind, values(kind, { ...own, procedure: 'licence' }), forms.labels).basis, [
    '《示例办法》第四条',
    '《中华人民共和国行政许可法》第三十二条',
  ])
})

test('a sentence about a legal limit is there only when there is one', () => {
  const kind = kindOf('acceptance')
  const given = values(kind)
  const without = { ...given.fill, legal_limit: undefined, legal_due_on: undefined }
  assert.match(JSON.stringify(buildDocument(kind, given, forms.labels)), /法定办理期限为〈legal_limit〉/)
  assert.doesNotMatch(JSON.stringify(buildDocument(kind, { ...given, fill: without }, forms.labels)), /法定办理期限/)
})

test('what people wrote stays text: braces, line breaks, unseen signs', () => {
  const kind = kindOf('not_accepted')
  const given = values(kind)
  const reason = '第一段{court}\u202e\u200b\r\n\r\n第二段\u0007　结束'
  const { paragraphs } = buildDocument(kind, { ...given, fill: { ...given.fill, reason } }, forms.labels)
  assert.deepEqual(paragraphs.slice(1, 3), ['第一段{court}', '第二段 结束。'])
})

test('a day that is none is a mistake of the program', () => {
  const kind = kindOf('receipt')
  const given = values(kind)
  assert.throws(
    () => buildDocument(kind, { ...given, fill: { ...given.fill, received_on: '24.11.2026' } }, forms.labels),
    /received_on/,
  )
})

test('numbers are not padded, and a pattern that could number two documents alike is refused', () => {
  assert.equal(formatNumber('穗{organ}受〔{year}〕{n}号', { organ: '人民', year: 2026, sequence: 12 }), '穗人民受〔2026〕12号')
  assert.equal(formatNumber('{organ}〔{year}〕{n}号', { organ: '$&', year: 2026, sequence: 1 }), '$&〔2026〕1号')
  assert.match(findNumberFault('穗受〔{year}〕{n}号')!, /\{organ\} stands 0 times/)
  assert.match(findNumberFault('{organ}{year}{n}{n}')!, /\{n\} stands 2 times/)
  assert.match(findNumberFault('{organ}{year}{n}{street}')!, /\{street\}/)
  for (const sequence of [0, -1, 1.5, Number.NaN])
    assert.throws(() => formatNumber('{organ}{year}{n}', { organ: 'a', year: 2026, sequence }))
})
