/**
 * What residents say, and the matter that they mean. The two lists of test/sentences were written by somebody who had not
 * seen the finder: they measure it, and nobody mends it against one of their lines.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { readCsv } from '../../platform/csv.ts'
import { loadWords } from '../../platform/words.ts'
import { findMatters } from './find.ts'
import { LoadedPack, readHousePack } from './index.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const { pack, errors } = readHousePack(join(root, 'packs/guangzhou'), loadWords(root), '2026-11-24')
assert.ok(pack, errors.map((each) => each.message).join('\n'))
const guangzhou = new LoadedPack(pack)

/** The matter that is offered first; `none` when nothing is. */
const offered = (text: string, pack = guangzhou): string => {
  const found = findMatters(pack, text)
  return found.none ? 'none' : found.matches[0]!.matter.code
}
const elsewhere = (text: string): string | undefined => findMatters(guangzhou, text).elsewhere?.about.zh

test('A daughter asks for her mother, who is past seventy', () => {
  for (const text of [
    '我妈今年72岁了，有没有钱领',
    '老人家七十有几，有咩津贴',
    '高龄补贴',
    'My grandmother is 83, is there an allowance?',
  ])
    assert.equal(offered(text), 'longevity-allowance', text)
})

test('An old man wants to travel free', () => {
  for (const text of ['我妈想办老人卡坐公交', '我爸65了，想办张坐地铁不要钱的卡', 'senior card'])
    assert.equal(offered(text), 'senior-card', text)
})

test('A family that has nothing left says so in its own words', () => {
  for (const text of ['家里揭不开锅了', '屋企冇钱开饭', '老公病倒，积蓄花光，没有收入', 'lost my job, no money for food'])
    assert.equal(offered(text), 'minimum-living-guarantee', text)
})

test('Somebody from another province has just moved in', () => {
  for (const text of [
    '刚从湖南来打工，租了个单间',
    '嚟咗广州租咗间屋，要唔要登记',
    '以前的暂住证现在怎么办',
    'I just moved here and rent a room',
  ])
    assert.equal(offered(text), 'residence-registration', text)
})

test('Wrong characters that sound right, and traditional ones, are read', () => {
  assert.equal(offered('低宝'), 'minimum-living-guarantee')
  assert.equal(offered('常寿保健金'), 'longevity-allowance')
  assert.equal(offered('居住登计'), 'residence-registration')
  assert.equal(offered('赞住证'), 'residence-registration')
  assert.equal(offered('長者津貼點樣申請'), 'longevity-allowance')
})

test('What shares a word with a matter and is another thing is not offered, and the page can say where to go', () => {
  assert.equal(offered('结婚登记'), 'none')
  assert.equal(elsewhere('结婚登记'), '婚姻登记')
  assert.equal(offered('申请公租房'), 'public-rental-housing')
  assert.equal(elsewhere('公积金怎么提取'), '住房公积金')
  assert.equal(elsewhere('隔壁半夜太吵'), '噪音')
  assert.equal(offered('七十岁还能考驾照吗'), 'none')
})

test('What nobody knows, and what says nothing, is “not yet” without a place to go', () => {
  for (const text of ['', '   ', '！！！', '？', '怎么申请', '你好', '登记', 'asdf qwer', '龘靐齉']) {
    const { none, elsewhere } = findMatters(guangzhou, text)
    assert.deepEqual({ none, elsewhere }, { none: true, elsewhere: null }, text)
  }
})

test('A pack that says nothing of speech is searched by the names and words of its matters', () => {
  const small = new LoadedPack({ ...guangzhou.pack, speech: undefined, elsewhere: undefined })
  for (const matter of small.matters) assert.equal(offered(matter.name.zh, small), matter.code)
  assert.equal(offered('', small), 'none')
})

const sentences = ['我妈七十二了有钱领吗', '低保', '刚来广州租房要登记吗', '结婚登记', 'no money for food', '老人']
const plain = (text: string) => {
  const found = findMatters(guangzhou, text)
  return { ...found, matches: found.matches.map((each) => [each.matter.code, each.score]) }
}

test('Nothing that can be typed makes it throw, and the same text has the same answer', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 60 }),
    fc
      .array(fc.constantFrom(...sentences, '七十', '100', '岁', '\u0301', '\uD842', '𠮷', '\n', ' '), { maxLength: 8 })
      .map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(anything, (text) => {
      assert.deepEqual(plain(text), plain(text))
    }),
    { numRuns: 500 },
  )
})

test('Marks around it and the width of its letters change nothing', () => {
  const marks = fc.string({ unit: fc.constantFrom(...'，。！？、；：“”（）《》…—,.!?;:()"- \t\n\u3000'), maxLength: 5 })
  const wide = (text: string) =>
    text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).replaceAll(' ', '\u3000')
  fc.assert(
    fc.property(fc.constantFrom(...sentences, '85岁有什么钱'), marks, marks, (text, before, after) => {
      assert.deepEqual(plain(`${before}${text}${after}`), plain(text))
      assert.deepEqual(plain(wide(text)), plain(text))
      assert.deepEqual(plain(text.toUpperCase()), plain(text))
    }),
  )
})

test('Ten thousand characters are cut, not slow', (t) => {
  const long = '家里没钱过日子，'.repeat(1250)
  assert.equal(offered(long), 'minimum-living-guarantee')
  const each = (text: string, times: number): number => {
    const start = process.hrtime.bigint()
    for (let i = 0; i < times; i++) findMatters(guangzhou, text)
    return Number(process.hrtime.bigint() - start) / 1000 / times
  }
  t.diagnostic(
    `one sentence ${Math.round(each('我妈今年七十二岁，听说每个月有钱领', 500))} µs, 10,000 characters ${Math.round(each(long, 100))} µs`,
  )
  assert.ok(each(long, 20) < 20_000)
})

/** Rows of one of the two blind lists: what was said and, in the first, the matter that was meant. */
const list = (name: string): string[][] => {
  const file = `test/sentences/${name}`
  return readCsv(readFileSync(join(root, file), 'utf8'), file).map(({ row }) => Object.values(row))
}

function measure(t: TestContext, name: string, said: readonly (readonly [text: string, meant: string])[]): void {
  const misses = said.filter(([text, meant]) => offered(text) !== meant)
  const rate = 1 - misses.length / said.length
  t.diagnostic(`${name}: ${said.length - misses.length} of ${said.length} (${Math.round(rate * 100)} %)`)
  for (const [text, meant] of misses) t.diagnostic(`missed: ${text} → ${offered(text)}, meant ${meant}`)
  assert.ok(rate >= 0.85, `${name}: ${Math.round(rate * 100)} % is under 85 %`)
}

test('A word of several matters is answered with them, not with “not yet” alone', () => {
  const near = (text: string) => findMatters(guangzhou, text).maybe.map(({ code }) => code)
  assert.equal(near('失业')[0], 'unemployment-registration', 'the one that bears the word')
  assert.ok(near('儿子残疾').includes('disability-certificate'))
  assert.deepEqual(near('xyzzy'), [])
  assert.deepEqual(near('低保'), [], 'what is found is no maybe')
})

test('Blind list: the right matter is first for at least 85 of 100', (t) => {
  const said = list('here.csv').map(([text, meant]) => [text!, meant!] as const)
  const codes = new Set(guangzhou.matters.map((each) => each.code))
  assert.equal(said.filter(([, meant]) => !codes.has(meant)).length, 0, 'the second column names the matter')
  measure(t, 'here', said)
})

/** What nobody had when the list was written, and is a matter by now, has that matter’s code in the second column. */
test('Blind list: what the pack does not have is “not yet” for at least 85 of 100', (t) => {
  const codes = new Set(guangzhou.matters.map((each) => each.code))
  measure(
    t,
    'not here',
    list('not-here.csv').map(([text, about]) => [text!, codes.has(about!) ? about! : 'none'] as const),
  )
})

/** What the list calls by another name than the pack. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  'residence-permit-endorsement': ['permit-endorsement'],
  'disability-subsidies': ['disability-care-subsidy', 'disability-living-subsidy'],
}

test('Blind list of the sixteen matters: the right one is among the first three for at least 85 of 100', (t) => {
  const codes = new Set(guangzhou.matters.map((each) => each.code))
  const said = list('sixteen.csv')
    .map((row) => [row[0]!, MEANT[row.at(-1)!] ?? [row.at(-1)!]] as const)
    .filter(([, meant]) => meant.some((code) => codes.has(code)))
  const found = said.filter(([text, meant]) => {
    const { none, matches } = findMatters(guangzhou, text)
    return !none && matches.slice(0, 3).some(({ matter }) => meant.includes(matter.code))
  })
  // Only how many: whoever reads which are missed tunes the words against them.
  t.diagnostic(`sixteen: ${found.length} of ${said.length} (${Math.round((100 * found.length) / said.length)} %)`)
  assert.ok(found.length >= 0.85 * said.length, `${found.length} of ${said.length} is under 85 %`)
})
