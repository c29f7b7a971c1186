import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { type CheckError, type CheckOptions, checkPack, printFinding, type RawPack, readPack, readRaw } from './index.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const small = readRaw(here('../fixtures/small'))
const refusals = readRaw(here('../fixtures')).files.get('refusals.yaml')!

const permissions = [
  ...['case.read', 'case.accept', 'case.review', 'case.survey', 'case.publish-notice', 'case.register', 'case.decide'],
  ...['case.close', 'person.read', 'account.manage'],
]
const options: CheckOptions = { language: 'en', permissions, on: '2024-06-01' }

interface Edit {
  find: string
  put: string
}
interface Refusal extends Edit {
  code: string
  file: string
  at: string
  in?: string
  also?: Edit
  warning?: boolean
}

const timesIn = (text: string, part: string): number => text.split(part).length - 1
function edited(text: string, { find, put }: Edit): string {
  assert.equal(timesIn(text, find), 1, `the fixture looks for ${JSON.stringify(find)}, which must be there once`)
  return text.replace(find, () => put)
}
const withFile = (raw: RawPack, file: string, text: string | undefined): RawPack => {
  const files = new Map(raw.files)
  if (text === undefined) files.delete(file)
  else files.set(file, text)
  return { files }
}
function lineOf(text: string, part: string): number {
  assert.equal(timesIn(text, part), 1, `${JSON.stringify(part)} must stand in one line`)
  return text.slice(0, text.indexOf(part)).split('\n').length
}
const has = (found: CheckError[], code: string, file: string, line: number): boolean =>
  found.some((each) => each.code === code && each.file === file && each.line === line)
const listed = (found: CheckError[]): string => found.map((each) => `${each.code} ${printFinding(each)}`).join('\n') || 'nothing'

test('the small pack is sound, and its one sample is told', () => {
  const found = checkPack(small, options)
  assert.deepEqual(
    found.map(({ code, severity, file, line }) => `${severity} ${code} ${file}:${line}`),
    ['warning sample-row parameters.csv:11'],
    listed(found),
  )
})

for (const refusal of parse(refusals) as Refusal[]) {
  const { code, file, at, warning } = refusal
  test(`${warning ? 'warned of' : 'refused'}: ${code} (${file}, ${at.split('\n')[0]})`, () => {
    let text = edited(small.files.get(file)!, refusal)
    if (refusal.also) text = edited(text, refusal.also)
    const raw = withFile(small, file, text)
    const named = refusal.in ?? file
    const line = lineOf(raw.files.get(named)!, at)

    const on = code === 'document-lapsed' ? '2025-01-01' : options.on
    const found = checkPack(raw, { ...options, ...(on && { on }) })

    assert.ok(has(found, code, named, line), `wanted ${code} at ${named}:${line}, found:\n${listed(found)}`)
    const finding = found.find((each) => each.code === code && each.file === named && each.line === line)!
    assert.equal(finding.severity, warning ? 'warning' : 'error')
    assert.notEqual(finding.message, '')
    assert.notEqual(finding.fix, '')
    assert.doesNotMatch(finding.message + finding.fix, /\{[a-z]+\}|undefined/)
  })
}

test('every finding that has words has a fixture, and both languages say the same', () => {
  const words = (language: string) =>
    parse(readRaw(here('./words')).files.get(`${language}.yaml`)!)['pack-check'] as Record<string, string>
  const zh = words('zh')
  const en = words('en')
  assert.deepEqual(Object.keys(zh), Object.keys(en))
  const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
  for (const [key, text] of Object.entries(zh)) assert.deepEqual(holes(text), holes(en[key]!), key)

  const shown = new Set((parse(refusals) as Refusal[]).map((each) => each.code))
  const elsewhere = [
    'file-encoding',
    'file-too-large',
    'file-link',
    'file-empty',
    'organ-short-twice',
    'office-missing',
    'area-unknown',
    'remedy-missing',
    'certificate-nowhere',
    'certificates-over',
    'emergency-level-unknown',
    'hazard-limit-missing',
    'incident-group-unknown',
    'incident-line-unknown',
    'incident-choices',
    'incident-bounds',
    'role-verifies-and-dispatches',
    'role-blows-and-decides',
    'busywork-missing',
    'indicator-busywork',
    'indicator-raw-count',
    'indicator-source-unknown',
    'indicator-whole',
    'indicator-smuggles',
    'paper-unknown',
    'paper-hole',
    'rule-of-unasked',
    'paper-unprintable',
    'file-missing',
    'file-unknown',
    'file-not-list',
    'file-refused',
    'rule-refused',
    'table-refused',
    'table-file-name',
    'paper-unknown',
    'paper-hole',
    'paper-unprintable',
  ]
  const codes = Object.keys(zh).flatMap((key) => (key.endsWith('.fix') ? [key.slice(0, -'.fix'.length)] : []))
  assert.deepEqual(
    codes.filter((code) => !shown.has(code) && !elsewhere.includes(code)),
    [],
  )
})

test('a file that is not there is named', () => {
  assert.ok(has(checkPack(withFile(small, 'roles.yaml', undefined), options), 'file-missing', 'roles.yaml', 1))
  assert.ok(has(checkPack(withFile(small, 'rules/heat.yaml', undefined), options), 'file-missing', 'rules/', 1))
})

test('a file that nothing reads is told, because its folder may be mistyped', () => {
  const found = checkPack(withFile(small, 'mattres/heat.yaml', 'code: x'), options)
  assert.ok(has(found, 'file-unknown', 'mattres/heat.yaml', 1))
  assert.equal(found[0]?.severity, 'warning')
})

test('a list that is written as something else is refused', () => {
  const found = checkPack(withFile(small, 'roles.yaml', 'clerk: {}\n'), options)
  assert.ok(has(found, 'file-not-list', 'roles.yaml', 1))
})

test('a table with a broken line is refused with that line', () => {
  const text = edited(small.files.get('parameters.csv')!, { find: 'heat.age,0,60,year,', put: 'heat.age,0,60,' })
  assert.ok(has(checkPack(withFile(small, 'parameters.csv', text), options), 'file-refused', 'parameters.csv', 6))
})

test('what the rules and the other readers refuse is told with its line', () => {
  const found = checkPack(withFile(small, 'areas.csv', 'code,name\n'), {
    ...options,
    rules: {
      parameters: () => [],
      check: (rules, parameters, known) => {
        const second = rules[1]!
        assert.deepEqual([...known.answers.keys()], ['you', 'stove', 'account', 'plan-page'])
        assert.equal(known.answers.get('stove'), 'choice')
        return [{ code: 'rule.odd', file: second.file, ...second.at(['expression'], 2), params: { of: parameters.length } }]
      },
      say: (code, params) => `${code} of ${params.of} rows`,
    },
    readers: {
      areas: (_, file) => {
        throw Object.assign(new Error(`no areas in ${file}`), { line: 2 })
      },
    },
  })
  assert.ok(has(found, 'file-refused', 'areas.csv', 2), listed(found))
  const line = lineOf(small.files.get('rules/heat.yaml')!, "!('heat' in")
  assert.ok(has(found, 'rule-refused', 'rules/heat.yaml', line), listed(found))
  assert.match(listed(found), /rule\.odd of 10 rows/)
  // Two characters into the expression, past its opening quote.
  assert.equal(found.find((each) => each.code === 'rule-refused')?.column, '  expression: "'.length + 1 + 2)
})

test('a mistyped name is answered with the one that is meant, in the language asked for', () => {
  const raw = withFile(
    small,
    'matters/heat.yaml',
    edited(small.files.get('matters/heat.yaml')!, { find: 'domain: relief', put: 'domain: releif' }),
  )
  assert.match(checkPack(raw, options)[0]!.fix, /Did you mean “relief”\?$/)
  assert.match(checkPack(raw, { ...options, language: 'zh' })[0]!.fix, /是不是“relief”？$/)
})

const made: string[] = []
after(() => {
  for (const folder of made) rmSync(folder, { recursive: true })
})
function written(raw: RawPack): string {
  const folder = mkdtempSync(join(tmpdir(), 'pack-'))
  made.push(folder)
  for (const [file, text] of raw.files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return folder
}

test('a folder is read into a pack that is known by its content', () => {
  const { pack, errors } = readPack(written(small), options)
  assert.deepEqual(errors, [])
  assert.ok(pack)
  assert.deepEqual(
    pack.matters.map((each) => each.code),
    ['heat', 'note', 'stall'],
  )
  assert.match(pack.hash, /^[0-9a-f]{64}$/)

  // Comments and the order of rows are not content; a number is.
  const [head, ...rows] = small.files.get('parameters.csv')!.trimEnd().split('\n')
  const shuffled = withFile(small, 'parameters.csv', `${[head, ...rows.reverse()].join('\n')}\n`)
  const commented = withFile(shuffled, 'pack.yaml', `# Another comment\n${small.files.get('pack.yaml')}`)
  assert.equal(readPack(written(commented), options).pack?.hash, pack.hash)
  const dearer = withFile(small, 'parameters.csv', small.files.get('parameters.csv')!.replace('6000', '6001'))
  assert.notEqual(readPack(written(dearer), options).pack?.hash, pack.hash)
})

test('a pack with an error is no pack; one with a warning is', () => {
  const broken = withFile(small, 'roles.yaml', small.files.get('roles.yaml')!.replace('level: street', 'level: steet'))
  const refused = readPack(written(broken), options)
  assert.equal(refused.pack, null)
  assert.deepEqual(refused.errors.map((each) => `${each.code} ${each.file}:${each.line}`).at(-1), 'field-choice roles.yaml:3')

  const lapsed = readPack(written(small), { ...options, on: '2025-01-01' })
  assert.ok(lapsed.pack)
  assert.deepEqual(
    lapsed.warnings.map((each) => each.code),
    ['document-lapsed', 'sample-row'],
  )
})
