import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import { parse } from 'yaml'

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8')
const words = { zh: parse(read('words/zh.yaml')), en: parse(read('words/en.yaml')) } as Record<
  'zh' | 'en',
  Record<string, string>
>

test('every refusal of the clocks has a text in both languages that can be shown, and no text is left over', () => {
  const sources = readdirSync(new URL('.', import.meta.url)).filter((name) => /^[\w-]+\.ts$/.test(name))
  const codes = sources.flatMap((name) => [...read(name).matchAll(/new Refusal\('([^']+)'/g)].map(([, code]) => code!))
  assert.ok(codes.length > 10)
  for (const language of ['zh', 'en'] as const) {
    assert.deepEqual(Object.keys(words[language]).toSorted(), [...new Set(codes)].toSorted())
    const values = { missing: 'notice', approver: 'government_head', notice: '1', dueOn: '2026-11-24', type: 'hearing' }
    for (const text of Object.values(words[language]))
      assert.doesNotMatch(String(new IntlMessageFormat(text, language).format(values)), /[{}]/)
  }
})
