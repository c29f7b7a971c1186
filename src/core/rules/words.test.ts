import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import { parse } from 'yaml'
import { FACTS } from './facts.ts'

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8')
const flat = (tree: object, at = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' ? flat(value, `${at}${key}.`) : [[`${at}${key}`, value] as [string, string]],
  )
const [zh, en] = ['zh', 'en'].map((lang) => new Map(flat(parse(read(`words/${lang}.yaml`))))) as [
  Map<string, string>,
  Map<string, string>,
]

type Element = ReturnType<IntlMessageFormat['getAst']>[number]

/** Names of the arguments of an ICU message, those of its choices too. */
function argumentsOf(text: string, lang: string): string[] {
  const names = (elements: readonly Element[]): string[] =>
    elements.flatMap((each) => [
      ...('value' in each && each.type !== 0 ? [String(each.value)] : []),
      ...('options' in each ? Object.values(each.options).flatMap((option) => names(option.value)) : []),
    ])
  return names(new IntlMessageFormat(text, lang).getAst()).sort()
}

test('Both languages have the same texts with the same arguments', () => {
  assert.deepEqual([...zh.keys()], [...en.keys()])
  for (const [key, text] of zh)
    assert.deepEqual(argumentsOf(text, 'zh').filter(unique), argumentsOf(en.get(key)!, 'en').filter(unique), key)
})

const unique = (each: string, at: number, all: string[]) => all.indexOf(each) === at

test('Every finding of the checks has a text, and no text is left over', () => {
  const files = ['builder.ts', 'check.ts', 'compile.ts', 'evaluate.ts', 'parameter-check.ts', 'rule-file.ts']
  const used = new Set(files.flatMap((file) => read(file).match(/(?<=')(rule|parameter)\.[a-z_]+(?=')/g) ?? []))
  assert.equal(used.size > 30, true)
  const texts = [...zh.keys()].filter((key) => /^(rule|parameter)\./.test(key) && key !== 'rule.amount_unknown')
  assert.deepEqual(texts.sort(), [...used].sort())
})

test('Every fact, every reason and every change has a name for people', () => {
  const wanted = [
    ...Object.keys(FACTS).map((name) => `fact.${name}`),
    ...['not_on_record', 'none'].map((reason) => `missing.fact.${reason}`),
    ...['missing', 'tie', 'unconfirmed', 'listed'].map((reason) => `missing.parameter.${reason}`),
    'missing.fault',
    'missing.rule.listed',
    ...['time', 'registration', 'document', 'answer'].map((kind) => `change.${kind}`),
    ...Object.keys(FACTS).flatMap((name) => (FACTS[name]!.type === 'bool' ? [`plain.truth.${name}`] : [])),
  ]
  assert.deepEqual(
    wanted.filter((key) => !zh.has(key)),
    [],
  )
})
