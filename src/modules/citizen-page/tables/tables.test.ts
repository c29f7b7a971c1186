/** 算一算 over pages and forms: filled in by anybody, kept nowhere, every line shown. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser, type Page } from '../../../../test/harness/form-browser.ts'
import { openScene, type Scene } from '../../../../test/harness/scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene?.close())

const POINTS = '/tables/residence-points'
const textOf = ({ html }: Page) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const shows = (page: Page, ...parts: (string | RegExp)[]) => {
  const text = textOf(page)
  for (const part of parts) assert.ok(typeof part === 'string' ? text.includes(part) : part.test(text), `${part} in: ${text}`)
}
async function somebody() {
  const person = await scene.neighbour({ name: '张强', bornOn: '1990-05-01' })
  const who = await scene.resident({ person })
  return { person, browser: new FormBrowser(scene, who.cookie, who.address) }
}
/** Sends a form; one that comes back is seen on the page that it stands on. */
async function send(b: FormBrowser, page: string, fields: Record<string, string>): Promise<Page> {
  const answer = await b.fill(page, page, fields)
  return /[?&]again=/.test(answer.to ?? '') ? b.see(answer.to!) : answer
}

test('a stranger finds the tables from the first page, and each opens', async () => {
  const b = new FormBrowser(scene)
  assert.match((await b.see('/')).html, /href="\/tables"/)
  const list = await b.see('/tables')
  shows(list, '来穗人员积分')
  const addresses = [...list.html.matchAll(/href="(\/tables\/[a-z0-9-]+)"/g)].map((match) => match[1]!)
  for (const address of addresses) assert.equal((await b.see(address)).status, 200, address)
  assert.equal((await b.see('/tables/nowhere')).status, 404)
})

test('plain words lead to what can be reckoned, and the result says that it is no application', async () => {
  const said = async (q: string, lang = 'zh') => {
    const { html } = await new FormBrowser(scene, `lang=${lang}`).see(`/search?${new URLSearchParams({ q })}`)
    return [...html.matchAll(/href="\/tables\/([a-z0-9-]+)"[\s\S]*?<\/a>/g)].map(([row, code]) => ({
      code,
      row: row.replace(/<[^>]+>/g, ' '),
    }))
  }
  const [first] = await said('我的积分怎么算')
  assert.equal(first?.code, 'residence-points')
  assert.match(first.row, /这里只是算给您看，不是申请/)
  assert.equal((await said('积分入户排名'))[0]?.code, 'hukou-2024')
  assert.equal((await said('小孩积分入学'))[0]?.code, 'school-points-panyu')
  assert.equal((await said('老人饭堂一餐补多少'))[0]?.code, 'canteen-city')
  assert.equal((await said('做老人能力评估'))[0]?.code, 'elder-ability')
  assert.match((await said('hukou by points', 'en'))[0]?.row ?? '', /it is no application/)
  assert.deepEqual(await said('补办身份证'), [])
})

test('what she leaves empty is not known yet, and the sum is at least; the page says that the text has ended', async () => {
  const b = new FormBrowser(scene)
  const page = await send(b, POINTS, {
    'points-home': 'rent',
    'points-rent-years': '9',
    'points-penalty': '1',
    'points-credit': '0',
    'points-evasion': '0',
  })
  assert.equal(page.status, 200)
  shows(
    page,
    '依据的文件已经到期',
    '从 11 月 16 日起没有有效的文本',
    /至少\s*10\s*分/,
    '算出来是 45 分，最多算 20 分',
    '您选了另一样，这一项不算',
    '−10 分',
  )
  shows(page, '已公布，尚未核对', '交税怎么加分，没有查到', '这里只是算给您看，不是决定', '还没有回答这一问')
  const form = await b.answer(page.html, `${POINTS}/change`)
  assert.match(form.html, /name="points-rent-years"[^>]* value="9"/, 'what was typed stands in the form again')
})

test('a permit that was endorsed late counts from that day', async () => {
  const permit = { 'points-permit.year': '2022', 'points-permit.month': '3', 'points-permit.day': '1' }
  const late = await send(new FormBrowser(scene), POINTS, {
    ...permit,
    'points-permit-endorsed': '2023年2月20日 2024-05-06，2025/5/1 2026-04-20',
    'rest-none': 'yes',
  })
  shows(late, '从 2024 年 5 月 6 日起算，已经满 2 年 6 个月', '2027 年 4 月 6 日', /居住证每满一年\s*16 分/)
  const suspended = await send(new FormBrowser(scene), POINTS, { ...permit, 'rest-none': 'yes' })
  shows(suspended, '证暂时停用', /居住证每满一年\s*0 分/)
})

test('a meal: the share of its price, no more than the cap; breakfast is not paid for; what is left to pay', async () => {
  const meal = async (price: string, which: string) =>
    send(new FormBrowser(scene), '/tables/canteen-city', {
      'canteen-born.year': '1950',
      'canteen-born.month': '1',
      'canteen-born.day': '1',
      'canteen-hukou': '4401',
      'canteen-at-home': 'yes',
      'canteen-meal': which,
      'canteen-price': price,
    })
  shows(await meal('10', 'lunch'), /这一餐补\s*2\.50\s*元/, '10 元 × 25 ÷ 100', '自己付：7.50 元')
  shows(await meal('20', 'dinner'), /这一餐补\s*3\s*元/, '算出来是 5 元，最多算 3 元', '自己付：17 元')
  shows(await meal('10', 'breakfast'), /这一餐补\s*0\s*元/)
  const away = await send(new FormBrowser(scene), '/tables/canteen-zengcheng', {
    'canteen-zc-born.year': '1944',
    'canteen-zc-born.month': '1',
    'canteen-zc-born.day': '1',
    'canteen-needy': 'no',
    'canteen-where': 'own-district',
  })
  shows(away, /一共补\s*6\s*元/, '自己付：6 元', /市级\s*3 元/, /区级\s*3 元/, /镇街\s*0 元/)
})

test('the round of 2024: the total opens the gate, base points rank, and a tie is not decided by chance', async () => {
  const page = await send(new FormBrowser(scene), '/tables/hukou-2024', {
    'hukou-total': '150',
    'hukou-base': '120',
    'hukou-crime': 'yes',
  })
  shows(page, '一共 16,000 个名额', '总积分够线', '这一轮不能参加', '要按开始以前公布的办法定', /第 1 比：.*?基础分/)
})

test('school points take nothing off, and say what the district has not published', async () => {
  const page = await send(new FormBrowser(scene), '/tables/school-points-panyu', {
    'points-education': 'bachelor',
    'school-child-local': 'no',
  })
  shows(page, /至少\s*30\s*分/, '番禺区自己定的加分', '规定里的这一项还没有核实', '符合这些，排在前面')
  assert.doesNotMatch(page.html, /失信|治安/)
})

test('twenty-six items give a score, and a level only when all are there', async () => {
  const b = new FormBrowser(scene)
  const form = await b.see('/tables/elder-ability')
  const best = new Map<string, string>()
  for (const [, name, value] of form.html.matchAll(/name="(care-[a-z-]+)"[^>]*value="(\d)"/g))
    if (!best.has(name!) || best.get(name!)! < value!) best.set(name!, value!)
  assert.equal(best.size, 26)
  const fields = Object.fromEntries(best)
  shows(await send(b, '/tables/elder-ability', fields), /总分\s*90\s*分\s*能力完好/)
  shows(await send(b, '/tables/elder-ability', { ...fields, 'care-eating': '3' }), /总分\s*89\s*分\s*轻度失能/)
  const { 'care-eating': _, ...without } = fields
  const open = await send(b, '/tables/elder-ability', without)
  shows(open, /至少\s*86\s*分/)
  assert.doesNotMatch(textOf(open), /轻度失能|能力完好/)
})

test('what cannot be read comes back with what was typed, each field with what to do', async () => {
  const b = new FormBrowser(scene)
  const page = await send(b, POINTS, {
    'points-rent-years': '很多',
    'points-blood': '-1',
    'points-tax': 'x',
    'points-home': 'castle',
    'points-born.year': '1990',
    'points-born.month': '13',
    'points-born.day': '1',
    'points-permit-endorsed': '去年',
  })
  shows(page, '请写一个数字，从 0 到 80', '请写金额', '请选一个', '没有这一天')
  assert.match(page.html, /value="很多"/)
  shows(
    await send(b, POINTS, {
      'points-permit.year': '2024',
      'points-permit.month': '3',
      'points-permit.day': '1',
      'points-permit-endorsed': '2023-02-01',
    }),
    '签注的日子比办证的日子还早',
  )
  shows(await send(b, POINTS, { 'points-permit-endorsed': '2023-02-01' }), '没有这一天')
})

test('a day in words is a day that cannot be read, and not none: the summary names the question and what was typed stays', async () => {
  const words = await send(new FormBrowser(scene), POINTS, {
    'points-permit.year': '2024',
    'points-permit.month': '3',
    'points-permit.day': '1',
    'points-permit-endorsed': '去年三月',
    'points-born.year': '去年三月',
  })
  assert.match(words.html, /<a href="#points-permit-endorsed">每次签注是哪一天？有的日期看不懂/)
  assert.match(words.html, /<a href="#points-born">您是哪天出生的？没有这一天/)
  assert.equal(words.html.match(/value="去年三月"/g)?.length, 2)
})

test('a long form has its parts on top, each a link to its heading', async () => {
  for (const address of [POINTS, '/tables/elder-ability']) {
    const { html } = await new FormBrowser(scene).see(address)
    const links = [...html.matchAll(/href="#(section-\d+)"/g)].map((match) => match[1]!)
    assert.ok(links.length >= 4, address)
    for (const id of links) assert.match(html, new RegExp(`<h2[^>]* id="${id}"`))
  }
  const { html } = await new FormBrowser(scene).see('/tables/canteen-city')
  assert.doesNotMatch(html, /section-1/, 'a short one has none')
})

test('whoever is bound is not asked what is on record; nothing that anybody types is kept', async () => {
  const { browser } = await somebody()
  const page = await browser.see(POINTS)
  shows(page, '登记上已经有的，不用填', '出生日期', '1990 年 5 月 1 日')
  assert.doesNotMatch(page.html, /name="points-born\.year"/)
  const kept = async () => {
    const { rows } = await scene.owner.query<{ name: string; n: string }>(
      `select table_schema || '.' || table_name as name,
         (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I.%I', table_schema, table_name), false, true, '')))[1]::text as n
       from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    )
    // How often an address sends forms is counted, whatever stands in them.
    return Object.fromEntries(rows.filter(({ name }) => !name.includes('rate')).map(({ name, n }) => [name, n]))
  }
  const before = await kept()
  const result = await send(browser, POINTS, { 'rest-none': 'yes', 'points-education': 'bachelor' })
  shows(result, /年龄\s*30 分/, /至少\s*60\s*分/)
  assert.doesNotMatch(result.html, /points-education=bachelor/)
  assert.deepEqual(await kept(), before, 'no row was written')
})

test('in English the same lines are told in English', async () => {
  const b = new FormBrowser(scene, 'lang=en')
  const page = await send(b, POINTS, { 'points-education': 'college', 'rest-none': 'yes' })
  shows(page, 'Total points', /at least 20 points/, 'The text that this rests on has ended', 'not known yet')
  assert.doesNotMatch(textOf(page).replace(/穗府规〔2021〕7号|中文/g, ''), /[\u4e00-\u9fff]{2,}/)
})

test('what was worked out with a sample number says so, and not that it was published', async () => {
  const told = await send(new FormBrowser(scene), '/tables/living-guarantee', { 'mlg-size': '2', 'mlg-income': '1500' })
  shows(told, '900', '示例数据', '不是真的规定')
})
