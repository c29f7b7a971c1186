/** The page of authors over HTTP: what she reads, tries, counts and proposes, and what is refused. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parse } from 'yaml'
import { actorOf } from '../../../test/harness/cast.ts'
import { FormBrowser } from '../../../test/harness/form-browser.ts'
import { openScene, place, type Scene } from '../../../test/harness/scene.ts'
import { makeTown } from '../../../test/outreach/town.ts'
import { newId } from '../../platform/id.ts'
import { declared } from '../../platform/use-case/use-case.ts'

let scene: Scene
let author: FormBrowser
before(async () => {
  scene = await openScene()
  author = await desk('policy-officer')
})
after(() => scene?.close())

async function desk(role: string, areas: readonly string[] = [place.district], domains = ['civil-affairs']) {
  const officer = await scene.officer(role, areas, { domains })
  return new FormBrowser(scene, officer.cookie, officer.address)
}

const RULE = '/desk/rules/longevity.age'
const DRAFT = `${RULE}/draft`
/** The fields of the form as they stand on the page. */
function fieldsOf(html: string): Record<string, string> {
  const form = /<form[^>]* action="[^"]*\/draft"[\s\S]*?<\/form>/.exec(html)![0]
  const text = (value: string) =>
    value
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&')
  return Object.fromEntries([
    ...[...form.matchAll(/<textarea[^>]* name="([^"]+)"[^>]*>([\s\S]*?)<\/textarea>/g)].map(([, name, value]) => [
      name,
      text(value!),
    ]),
    ...[...form.matchAll(/<input(?=[^>]* type="text")[^>]*>/g)].map(([input]) => [
      / name="([^"]+)"/.exec(input)![1],
      text(/ value="([^"]*)"/.exec(input)?.[1] ?? ''),
    ]),
    ['of', 'longevity-allowance'],
    ['area', place.district],
  ])
}
async function typed(changes: Record<string, string> = {}, draft = DRAFT) {
  const { html } = await author.see(draft)
  return { html, fields: { ...fieldsOf(html), ...changes } }
}
/** Sends the draft and follows it to the page where the form stands again; a file comes at once. */
async function sends(changes: Record<string, string>, draft = DRAFT) {
  const { html, fields } = await typed(changes, draft)
  const answer = await author.answer(html, draft, { do: 'check', ...fields })
  return answer.to ? { ...(await author.see(answer.to)), to: answer.to } : answer
}

test('an author reads the rules of her lines by matter, with basis and examples; nobody else sees the page', async () => {
  const { html } = await author.see('/desk/rules')
  assert.match(html, /长寿保健金/)
  assert.ok(!html.includes('居住登记'), 'of another line nothing')
  assert.match(html, /年满 70 岁（可提前 3 个月申请）/)
  assert.match(html, /4 个里 4 个对得上/)
  const rule = await author.see(RULE)
  assert.match(rule.html, /longevity\.apply_ahead/)
  assert.match(rule.html, /已经作出的决定不变/)
  const names = /<details[\s\S]*?<\/details>/.exec((await author.see(DRAFT)).html)![0]
  for (const name of ['person.born_on', 'ageYears(Day, Day): int', 'longevity.min_age']) assert.ok(names.includes(name), name)
  assert.equal((await author.see('/desk/rules/residence.declared')).status, 404)
  assert.equal((await author.see('/desk/rules/nothing.at-all/draft')).status, 404)
  for (const role of ['district-officer', 'system-administrator'])
    assert.equal((await (await desk(role)).see('/desk/rules')).status, 403)
  const stranger = await new FormBrowser(scene).see(RULE)
  assert.ok(stranger.status >= 300 && stranger.status < 404)
})

test('a sound draft is checked, its examples run, and its file comes with every comment where it was', async () => {
  const page = await sends({
    expression: "ageYears(person.born_on, on)\n  >= param('longevity.min_age')",
    examples:
      '- { on: 2026-11-24, person: { born_on: 1956-11-24 }, expect: true }\n# The day before\n- { on: 2026-11-23, person: { born_on: 1956-11-24 }, expect: false }',
    'met.zh': '年龄够了',
  })
  assert.match(page.html, /提出的修改/)
  assert.match(page.html, /rules\/longevity\.yaml:\d+/)
  assert.equal(fieldsOf(page.html).examples!.split('\n')[1], '# The day before', 'all that was typed is there')
  const download = /name="do" value="(file:rules\/longevity\.yaml)"/.exec(page.html)![1]!
  const file = await author.answer(page.html, DRAFT, { ...fieldsOf(page.html), do: download })
  assert.equal(file.status, 200)
  assert.match(String(file.headers['content-disposition']), /attachment.*longevity\.yaml/)
  const was = (await scene.node.platform.services.packs.texts())['rules/longevity.yaml']!
  const rule = parse(file.html).find(({ id }: { id: string }) => id === 'longevity.age')
  assert.equal(rule.expression, "ageYears(person.born_on, on) >= param('longevity.min_age')")
  assert.equal(rule.met.zh, '年龄够了')
  const gone = was.split('\n').filter((line) => !file.html.split('\n').includes(line))
  assert.ok(gone.length <= 5, gone.join('\n'))
  const summary = await author.answer(page.html, DRAFT, { ...fieldsOf(page.html), do: 'summary' })
  assert.match(summary.html, /规则修改建议：年满 70 岁/)
  assert.match(summary.html, /^ {2}\+ ageYears\(person\.born_on, on\) >= param/m)
  assert.equal(scene.node.platform.services.packs.inForce().rule('longevity.age').met!.zh, '您的年龄够了', 'nothing changed here')
})

test('new numbers are a file of their own, and say whose examples they break', async () => {
  const page = await sends({ 'number.longevity.min_age': '65', from: '2027-01-01' })
  assert.match(page.html, /第 3 个例子应得“不符合”，实得“符合”/, 'the rule’s own examples come first')
  const examples = (await typed()).fields.examples!.replace('1957-02-25', '1963-02-25')
  const mended = await sends({ 'number.longevity.min_age': '65', from: '2027-01-01', examples })
  assert.match(mended.html, /longevity\.of-age \(2\)/, 'another rule reads the same number')
  const file = await author.answer(mended.html, DRAFT, { ...fieldsOf(mended.html), do: 'file:parameters.csv' })
  assert.match(file.html, /^longevity\.min_age,4401,70,.*,2021-09-01,2026-12-31,/m)
  assert.match(file.html, /^longevity\.min_age,4401,65,.*,2027-01-01,,2026-11-24,,false,false,proposal$/m)
  for (const [name, value, says] of [
    ['number.longevity.min_age', '六十五', '请写整数'],
    ['from', '2021-09-01', '2021 年 9 月 1 日以后'],
    ['from', '2027-02-30', '没有这一天'],
    ['from', '', '请填新数字从哪天起用'],
  ] as const) {
    const back = await sends({ 'number.longevity.min_age': '65', from: '2027-01-01', [name]: value })
    assert.match(back.html, new RegExp(says))
    assert.equal(fieldsOf(back.html)[name], value)
  }
})

test('what is wrong is named by line and column at its field, and all that was typed stays', async () => {
  const cases: [changes: Record<string, string>, says: RegExp][] = [
    [{ expression: 'person.shoe_size > 3' }, /第 1 行第 1 列：没有 person\.shoe_size/],
    [{ expression: "true &&\n   person.sex.matches('f')" }, /第 2 行第 4 列：不能使用正则表达式/],
    [{ expression: 'person.serving_sentence' }, /第 1 行第 1 列：person\.serving_sentence 属于涉密类别/],
    [{ expression: "ageYears(person.born_on, on) >= param('no.such')" }, /第 1 行第 33 列：参数 no\.such 不在/],
    [{ expression: '1 + 1' }, /规则应当得出 bool/],
    [{ expression: 'person.born_on >' }, /第 1 行第 \d+ 列：表达式写错了：写到这里读不下去/],
    [{ expression: 'dwelling.persons / 0 == 1' }, /不能除以零/],
    [{ expression: '' }, /请填写这一项/],
    [{ expression: "true &&\n  person.sex != 'a\\u0000b'" }, /第 2 行第 17 列：文字里有一个看不见的零字符/],
    [{ expression: `[${'1,'.repeat(99)}1].all(a, [${'1,'.repeat(99)}1].all(b, a + b + a + b == 4))` }, /判断一个人要算 \d+ 步/],
    [{ examples: `- { on: 2026-11-24, person: { receives: [${'a, '.repeat(60)}a] }, expect: true }` }, /第 1 行第 \d+ 列/],
    [{ examples: '---\n- { on: 2026-11-24, person: { born_on: 1956-11-24 }, expect: true }' }, /写进规则文件以后/],
    [{ examples: '- { on: 2026-11-24, person: { born_on: 1956-11-24 }, expect: true }\n...' }, /写进规则文件以后/],
    [{ expression: `true${' && true'.repeat(1500)}` }, /最多 10000 个/],
    [{ expression: `${'('.repeat(3000)}true${')'.repeat(3000)}` }, /嵌套太深|表达式太大/],
    [{ expression: `${'['.repeat(4000)}` }, /嵌套太深|表达式太大|表达式写错了/],
    [{ examples: '- { on: 2026-11-24, person: { shoe: 3 }, expect: true }' }, /第 1 行第 \d+ 列：没有 examples/],
    [{ examples: '- { on: 2026-11-24\n- nothing' }, /不是有效的 YAML/],
    [{ examples: `a: &a [x]\nb: [*a, *a]` }, /不是有效的 YAML|第 1 行/],
    [{ examples: '['.repeat(9000) }, /不是有效的 YAML/],
    [{ examples: `- ${'x'.repeat(25_000)}` }, /例子太长/],
    [{ examples: Array.from({ length: 80 }, () => '- { on: 2026-11-24, expect: unknown }').join('\n') }, /例子太多/],
    [{ 'met.zh': '  ' }, /符合时怎么说 · 中文：请填写这一项/],
  ]
  for (const [changes, says] of cases) {
    const [name, value] = Object.entries(changes)[0]!
    const { html, status } = await sends(changes)
    assert.match(html, says, `${name} ${value.slice(0, 60)}`)
    assert.ok(status === 200 || status === 422, `${status}`)
    assert.equal(fieldsOf(html)[name]!.trim(), value.trim())
    assert.ok(!/name="do" value="file:/.test(html), 'no file of what is wrong')
  }
})

test('a text in several lines is one line in the file, and what is no file is none', async () => {
  const page = await sends({ 'text.zh': '年满\n70 岁: {是}', 'text.en': 'Seventy\r\n  years: #1' })
  const file = await author.answer(page.html, DRAFT, {
    ...fieldsOf(page.html),
    do: 'file:rules/longevity.yaml',
  })
  assert.equal(file.status, 200)
  const rule = parse(file.html).find(({ id }: { id: string }) => id === 'longevity.age')
  assert.deepEqual(rule.text, { zh: '年满 70 岁: {是}', en: 'Seventy years: #1' })
  for (const name of ['__proto__', 'constructor', 'toString']) {
    const answer = await author.answer(page.html, DRAFT, { ...fieldsOf(page.html), do: `file:${name}` })
    assert.equal(answer.headers['content-disposition'], undefined, name)
  }
})

test('a list of a made-up person is bounded, and the node answers at once', async () => {
  const nested = {
    expression: 'person.receives.all(a, person.receives.all(b, a == b || a != b)) && on > day("2000-01-01")',
    examples: '- { on: 2026-11-24, person: {}, expect: unknown }',
  }
  const many = Array.from({ length: 7000 }, (_, n) => `m${n}`).join(' ')
  assert.match((await sends({ ...nested, 'fact.person.receives': many })).html, /最多 50 个/)
  assert.match((await sends({ ...nested, 'fact.person.receives': 'x'.repeat(61) })).html, /每个不超过 60 个字符/)
  assert.match((await sends({ ...nested, 'fact.person.receives': 'senior-card' })).html, /按改写的规则<\/span><span>符合/)
})

test('somebody made up is judged by both versions; a fact that cannot be read is said at it', async () => {
  const older = {
    expression: 'ageYears(person.born_on, on) >= 80',
    examples: '- { on: 2026-11-24, person: {}, expect: unknown }',
  }
  const page = await sends({ ...older, 'fact.person.born_on': '1950-01-01' })
  assert.match(page.html, /按现在的规则<\/span><span>符合/)
  assert.match(page.html, /按改写的规则<\/span><span>不符合/)
  assert.match((await sends({ ...older, 'fact.person.born_on': '1950-02-30' })).html, /没有这一天。请写成/)
  const leap = {
    expression: 'ageYears(person.born_on, on) >= 70',
    examples:
      '- { on: 2026-02-28, person: { born_on: 1956-02-29 }, expect: false }\n- { on: 2026-03-01, person: { born_on: 1956-02-29 }, expect: true }',
  }
  assert.match((await sends(leap)).html, /检查通过/, 'born on 29 February')
})

test('without a night’s snapshot that is said; with one both versions are counted in numbers alone', async () => {
  const change = { expression: 'ageYears(person.born_on, on) >= 60', do: 'compare' }
  assert.match((await sends(change)).html, /还没有今天的底数/)
  await makeTown(scene.owner)
  const { html } = await sends(change)
  assert.match(html, /变成符合/)
  assert.match(html, /五山街道/)
  assert.ok(!html.includes('试1'), 'and no name')
  for (const [table] of html.matchAll(/<table[\s\S]*?<\/table>/g))
    for (const [, cell] of table.matchAll(/<td[^>]*class="r"[^>]*>([^<]*)<\/td>/g)) assert.match(cell!, /^(\*|约 [\d,]*0)$/)
  const alone = await sends({ ...change, of: '' })
  assert.match(alone.html, /要再核对/)
  assert.match((await sends({ ...change, area: place.otherDistrict })).html, /不在您的辖区/)
  assert.match((await sends({ ...change, area: place.community })).html, /最细只算到街道/)
  const streetAuthor = await desk('policy-officer', [place.street])
  const offered = (await streetAuthor.see(DRAFT)).html
  assert.match(offered, new RegExp(`value="${place.street}"`))
  assert.doesNotMatch(offered, new RegExp(`value="${place.community}"`), 'no place below a street is offered')
  assert.match((await sends({ ...change, of: 'residence-registration' })).html, /没有这条规则/)
  const { rows } = await scene.owner.query(
    `select outcome, count(*)::int as n from platform.audit where operation = 'rules.compare-rule' and actor_kind = 'staff' and post_id is not null group by 1 order by 1`,
  )
  assert.deepEqual(rows, [
    { outcome: 'done', n: 2 },
    { outcome: 'outreach.no_snapshot', n: 1 },
    { outcome: 'rules.area_not_yours', n: 1 },
    { outcome: 'rules.area_too_small', n: 1 },
    { outcome: 'rules.not_found', n: 1 },
  ])
  const reads = await scene.owner.query('select count(*)::int as n from access.read_entry')
  assert.equal(reads.rows[0].n, 0, 'and nobody was read')
})

test('one count at a time from one officer, and no more than a dozen a minute', async () => {
  const officer = await scene.officer('policy-officer', [place.district])
  const { rows } = await scene.owner.query(
    'select o.account_id from access.post p join access.officer o on o.id = p.officer_id where p.id = $1',
    [officer.postId],
  )
  const now = scene.now()
  const actor = await actorOf(scene, 'staff', rows[0].account_id, officer.postId, now)
  const { rule } = scene.node.platform.services.packs
    .inForce()
    .pack.rules.filter(({ id }) => id === 'longevity.age')
    .map((each) => ({ rule: each }))[0]!
  const input = {
    ...{
      ruleId: rule.id,
      expression: rule.expression,
      examples: '- { on: 2026-11-24, expect: unknown }',
      numbers: {},
      from: '',
      of: '',
      area: place.district,
    },
    texts: { text: rule.text, met: rule.met, not_met: rule.not_met, unknown: rule.unknown },
  }
  const compare = () =>
    declared
      .get('rules.compare-rule')!
      .run({ platform: scene.node.platform, actor, now, requestId: newId(now) }, input)
      .then(
        () => 'counted',
        (error) => error.code as string,
      )
  await scene.owner.query('begin')
  await scene.owner.query('lock table outreach.person in access exclusive mode')
  const first = compare()
  await new Promise((done) => setTimeout(done, 500))
  assert.equal(await compare(), 'rules.one_at_a_time')
  await scene.owner.query('rollback')
  assert.equal(await first, 'counted')
  const more = await Promise.all(Array.from({ length: 12 }, compare))
  assert.ok(more.includes('rate.too_many'))
})
