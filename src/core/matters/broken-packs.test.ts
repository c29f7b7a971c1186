/** Packs as people break them: each answer names the file and the line, and says nothing else. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { housePack, readChanged } from '../../../test/harness/changed-pack.ts'

/** The real pack, broken in one way: its errors as `file:line code`. */
function errorsOf(spoil: (file: (name: string) => string) => void): string[] {
  const { pack, errors } = readChanged(spoil, 'en')
  assert.equal(pack === null, errors.length > 0)
  for (const { message, fix } of errors) {
    assert.ok(message !== '' && fix !== '')
    assert.doesNotMatch(message, /^\S+\.(csv|yaml):\d/, 'the place is said once')
  }
  return errors.map(({ file, line, code }) => `${file}:${line} ${code}`)
}

const MATTER = 'matters/longevity-allowance.yaml'
const LEASE = 'matters/tenancy-filing.yaml'
const put = (name: string, find: string, instead: string) => (file: (name: string) => string) => {
  const text = readFileSync(file(name), 'utf8')
  assert.ok(text.includes(find), `${name} has ${find}`)
  writeFileSync(
    file(name),
    text.replace(find, () => instead),
  )
}
const whole = (name: string, bytes: string | Buffer) => (file: (name: string) => string) => writeFileSync(file(name), bytes)
const recoded = (name: string, recode: (text: string) => Buffer | string) => (file: (name: string) => string) =>
  writeFileSync(file(name), recode(readFileSync(file(name), 'utf8')))
const gone = (name: string) => (file: (name: string) => string) => rmSync(file(name))
const linked = (name: string, to: string) => (file: (name: string) => string) => {
  rmSync(file(name), { recursive: true })
  symlinkSync(to, file(name))
}
const bomb = `- &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi'].map((c, at) => `- &${c} [${`*${'abcdefgh'[at]},`.repeat(9)}]\n`).join('')}`

/** The line of a file of the real pack that begins so. */
const inFile = (name: string, text: string): string => {
  const lines = readFileSync(join(housePack, name), 'utf8').split('\n')
  return `${name}:${lines.findIndex((line) => line.startsWith(text) || line.trimStart().startsWith(text)) + 1}`
}
const on = (text: string): string => inFile('pack.yaml', text)
const inLease = (text: string): string => inFile(LEASE, text)

const broken: [what: string, spoil: (file: (name: string) => string) => void, ...errors: string[]][] = [
  ['a text in one language', put(MATTER, ', en: Longevity allowance }', ' }'), `${MATTER}:4 text-missing`],
  ['a name that nobody has', put(MATTER, 'conditions: [longevity.hukou', 'conditions: [longevity.hukuo'), `${MATTER}:26 rule-unknown`],
  ['an hour that no day has', put('parameters.csv', 'quiet_from,4401,21,', 'quiet_from,4401,24,'), 'parameters.csv:21 hour-of-day'],
  ['a night without an end', put('parameters.csv', 'messages.quiet_until', 'messages.quiet_till'), 'parameters.csv:21 quiet-half'],
  ['a night in hours that last', put('parameters.csv', '21,hour_of_day', '21,hour'), 'parameters.csv:21 quiet-not-hour'],
  [
    'a search whose list is kept for ever',
    put('parameters.csv', 'outreach.expiry,', 'outreach.expired,'),
    ...readdirSync(join(housePack, 'matters'))
      .map((name) => [name, readFileSync(join(housePack, 'matters', name), 'utf8').split('\n')] as const)
      .flatMap(([name, lines]) => {
        const at = lines.findIndex((line) => /^outreach: .*searched: true/.test(line))
        return at < 0 ? [] : [`matters/${name}:${at + 1} parameter-unknown`]
      }),
  ],
  ['a key written twice', put(MATTER, 'version: 1\n', 'version: 1\nversion: 2\n'), `${MATTER}:3 file-unreadable`],
  ['a tab where spaces indent', put(MATTER, '  task_type:', '\ttask_type:'), `${MATTER}:10 file-unreadable`],
  ['two documents in one file', put(MATTER, 'version: 1\n', 'version: 1\n---\n'), `${MATTER}:3 file-unreadable`],
  ['a tag that runs a program elsewhere', put(MATTER, 'group: elderly', 'group: !!js/function elderly'), `${MATTER}:8 file-unreadable`],
  ['a merge key', put('bases.yaml', '- code: guowuyuan-649', '- <<: { source: x }\n  code: guowuyuan-649'), 'bases.yaml:11 field-unknown'],
  ['aliases of aliases', whole('bases.yaml', bomb), 'bases.yaml:2 file-unreadable'],
  ['a number in quotes', put(MATTER, 'limit_scene_num: 0', "limit_scene_num: '0'"), `${MATTER}:16 field-kind`],
  ['a code without quotes', put('pack.yaml', "area: '4401'", 'area: 4401'), 'pack.yaml:4 field-kind'],
  ['an empty file', whole(MATTER, ''), `${MATTER}:1 file-empty`],
  ['an empty table', whole('parameters.csv', ''), 'parameters.csv:1 file-empty'],
  ['a table in another encoding', recoded('parameters.csv', (text) => Buffer.from(text, 'latin1')), 'parameters.csv:3 file-encoding'],
  ['UTF-16 of a spreadsheet', recoded(MATTER, (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')), `${MATTER}:1 file-encoding`],
  ['a sign that nobody sees', put(MATTER, 'version: 1\n', 'version: 1 # \u0000\n'), `${MATTER}:2 file-encoding`],
  ['ten megabytes', whole('matters/big.yaml', `code: [${'a, '.repeat(3_500_000)}a]\n`), 'matters/big.yaml:1 file-too-large'],
  ['a link out of the pack', linked('bases.yaml', '/etc/hosts'), 'bases.yaml:1 file-link'],
  ['a folder that is a link', linked('matters', join(housePack, 'matters')), 'matters:1 file-link'],
  ['no areas', gone('areas.csv'), 'areas.csv:1 file-missing'],
  ['no papers', gone('documents.yaml'), 'documents.yaml:1 file-missing'],
  ['no classes', gone('retention.yaml'), 'retention.yaml:1 file-missing'],
  ['a kind that no class keeps', put('retention.yaml', 'kind: invitation', 'kind: message'), 'retention.yaml:1 file-refused', 'retention.yaml:85 file-refused', 'retention.yaml:85 file-refused'],
  ['a case that goes before its papers', put('retention.yaml', '{ value: 30, unit: year }', '{ value: 29, unit: year }'), 'retention.yaml:17 file-refused'],
  ['a class that ends as it cannot', put('retention.yaml', 'ends: strip', 'ends: erase'), 'retention.yaml:17 file-refused'],
  ['a class of a law that is not there', put('retention.yaml', 'document: dangan-baoguan-qixian', 'document: dangan'), 'retention.yaml:25 document-unknown'],
  ['a matter often asked for that is not there', put('pack.yaml', 'often: [longevity-allowance,', 'often: [longevity,'), `${on('often:')} matter-unknown`],
  ['a class of a matter that is not there', put('retention.yaml', 'statuses: [withdrawn]', 'statuses: [withdrawn]\n  matters: [nothing]'), 'retention.yaml:1 file-refused', 'retention.yaml:29 matter-unknown'],
  ['a time that counts from elsewhere', put('retention.yaml', 'from: last_changed', 'from: made'), 'retention.yaml:41 file-refused'],
  ['no days', gone('calendar.csv'), 'calendar.csv:1 file-missing'],
  ['an area of the wrong level', put('areas.csv', '440103001,沙面街道,street,440103', '440103001,沙面街道,district,4401'), 'areas.csv:4 file-refused'],
  ['days out of order', put('calendar.csv', '2026-10-10,work', '2026-09-12,work'), 'calendar.csv:176 file-refused'],
  ['a day past the notices that no law orders', put('calendar.csv', ',jieri-banfa,二,false', ',,,false'), 'calendar.csv:177 file-refused'],
  ['a day of a law that is not there', put('calendar.csv', 'jieri-banfa', 'jieri-bafa'), 'calendar.csv:177 document-unknown'],
  ['a table under another name', put('tables/canteen-city.yaml', 'code: canteen-city', 'code: canteen'), 'tables/canteen-city.yaml:1 table-file-name'],
  ['a line of a rule that is nowhere', put('tables/residence-points.yaml', 'rule: points.b1c,', 'rule: points.b1d,'), 'tables/residence-points.yaml:21 table-refused'],
  ['a cap that is no number', put('tables/residence-points.yaml', 'points.b1c_most', 'points.b1d_most'), 'tables/residence-points.yaml:21 table-refused'],
  ['a table whose example does not come out', put('tables/residence-points.yaml', 'total: 169 }', 'total: 170 }'), 'tables/residence-points.yaml:324 table-refused'],
  ['a line that asks what nobody answers', put('rules/residence-points.yaml', "answerNumber('points-blood') * param", "answerNumber('points-bloods') * param"), 'rules/residence-points.yaml:257 rule-refused'],
  ['a paper numbered without its year', put('documents.yaml', '收〔{year}〕', '收'), `${inFile('documents.yaml', '- code: receipt')} file-refused`],
  ['a paper that rests on no law', put('documents.yaml', 'document: xingzheng-xukefa', 'document: xukefa'), `${inFile('documents.yaml', '- code: receipt')} file-refused`],
  ['a result that no paper is', put(MATTER, 'sample: decision_granted', 'sample: decision_given'), `${MATTER}:21 paper-unknown`],
  ['a rule that waits for what nobody was asked', put('matters/temporary-relief.yaml', 'code: cannot-go-on\n', 'code: cannot-go-on\n    asked_when: { relief-kind: urgent }\n'), 'matters/temporary-relief.yaml:66 rule-of-unasked'],
  ['a paper that nobody answers for', put(LEASE, '    required: true\n    max_length: 60', '    required: false\n    max_length: 60'), `${inLease('result:')} paper-hole`],
  ['a paper with a picture in it', put(LEASE, '    max_length: 60\n    printed: true\n', '    max_length: 60\n'), `${inLease('result:')} paper-unprintable`],
  ['two organs numbered alike', put('pack.yaml', 'short: 增城新塘', 'short: 新塘'), `${on("  - { area: '440118101', short")} organ-short-twice`],
  ['streets without an office', put('pack.yaml', "  - { level: street, name: '{area}办事处', name_en: '{area} Office', short: '{area}' }\n  - { level: district, name: '{area}{organ}', name_en: '{area} {organ}', short: '{area}{organ}' }\n", ''), `${on('  - { level: street, ends')} office-missing`, `${on('  - { level: street, ends')} office-missing`],
  ['nowhere to sue', put('pack.yaml', '  - kind: lawsuit\n', '  - kind: reconsideration\n'), `${on('  - kind: reconsideration')} remedy-missing`],
  ['an area that is not there', put('pack.yaml', "area: '440118101'", "area: '440118999'"), `${on("  - { area: '440118101', short")} organ-short-twice`, `${on("  - { area: '440118101', short")} area-unknown`],
  ['an English name of nowhere', put('pack.yaml', "area: '440106', name", "area: '440199', name"), `${on("  - { area: '440106', name")} area-unknown`],
] // biome-ignore format: one a line
for (const [what, spoil, ...errors] of broken) test(what, () => assert.deepEqual(errorsOf(spoil), errors))

test('a mark at the head and the line ends of another system change nothing, not even the hash', () => {
  const hashOf = (recode: (text: string) => string) =>
    readChanged((file) => {
      for (const name of [MATTER, 'areas.csv', 'documents.yaml']) recoded(name, recode)(file)
    }).pack?.hash
  const plain = hashOf((text) => text)
  assert.match(plain!, /^[0-9a-f]{64}$/)
  assert.equal(
    hashOf((text) => `\uFEFF${text}`),
    plain,
  )
  assert.equal(
    hashOf((text) => text.replaceAll('\n', '\r\n')),
    plain,
  )
})
