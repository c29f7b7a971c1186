/** 为什么 over pages and the API: her own case, a matter, “what if”, and the officer's look. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { apply, ok, onCase, refused } from '../../../test/cases/story.ts'
import { FormBrowser } from '../../../test/harness/form-browser.ts'
import { openScene, place, type Scene } from '../../../test/harness/scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene?.close())

const textOf = (html: string): string =>
  html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&quot;|&#39;/g, '"')
    .replace(/\s+/g, ' ')
const browserOf = (who: { cookie: string; address: string }) => new FormBrowser(scene, who.cookie, who.address)
const LONGEVITY = '/matters/longevity-allowance'
const ANSWERS = { 'about-you': 'yes', 'account-number': '6222021111111111112', account: 'other', note: '' }
/** What belongs to rules and rows and not to people. */
const CODES = /\b(person|unit|answers|case|longevity|mlg|residence)\.[a-z_]+|ageYears|param\(|440[0-9]{3,}|⟦|undefined|\bnull\b/

async function applied(who: Awaited<ReturnType<Scene['resident']>>) {
  return apply(scene, who, 'longevity-allowance', ANSWERS)
}

test('sixty-nine, four months before: the page says by how much, from when, and whose word the day of birth is', async () => {
  const lady = browserOf(await scene.resident({ bornOn: '1957-03-24' }))
  const guide = await lady.see(LONGEVITY)
  assert.match(guide.html, /href="\/matters\/longevity-allowance\/why"/)
  const page = textOf((await lady.see(`${LONGEVITY}/why`)).html)
  assert.match(page, /只差时间：2026 年 12 月 24 日起每一条都符合/)
  assert.match(page, /提前 3 个月，按 2027 年 2 月 24 日算，您 69 岁，要满 70 岁/)
  assert.match(page, /别的都不变，到 2026 年 12 月 24 日就符合/)
  assert.match(page, /来源：[^，]+，2026 年 11 月 24 日登记/)
  assert.match(page, /规定的数：70 岁，2021 年 9 月 1 日起；公布的文本，还没有核实/)
  assert.match(page, /户口所在地：天河区[^，]+，要在广州市/)
  assert.match(page, /正在领的待遇：没有，不能有“长寿保健金”/)
  assert.match(page, /您现在 69 岁，不满 100 岁/)
  assert.doesNotMatch(page, CODES)
})

test('what if: she supposes another birthday, sees what comes out, and nothing is kept', async () => {
  const who = await scene.resident({ bornOn: '1957-03-24' })
  const lady = browserOf(who)
  const tried = await lady.fill(`${LONGEVITY}/why`, `${LONGEVITY}/why`, {
    'person.born_on.year': '1936',
    'person.born_on.month': '1',
    'person.born_on.day': '5',
  })
  assert.equal(tried.status, 200)
  const page = textOf(tried.html)
  assert.match(page, /每一条都符合/)
  assert.match(page, /按您假设的情况 这是试算，没有保存/)
  assert.match(page, /您现在 90 岁，满 90 岁/)
  assert.match(page, /每月 200 元/)
  assert.match(page, /来源：您假设的，不是登记的/)
  assert.match(tried.html, /value="1936"/, 'what was typed is still there')
  const { rows } = await scene.owner.query('select born_on::text from people.person where id = $1', [who.personId])
  assert.deepEqual(rows, [{ born_on: '1957-03-24' }])
  assert.match(textOf((await lady.see(`${LONGEVITY}/why`)).html), /只差时间/)
})

test('what if some day comes, and what makes no sense is told at its field with the rest kept', async () => {
  const lady = browserOf(await scene.resident({ bornOn: '1957-03-24' }))
  const at = `${LONGEVITY}/why`
  const later = await lady.fill(at, at, { 'on.year': '2027', 'on.month': '3', 'on.day': '24' })
  assert.match(textOf(later.html), /每一条都符合/)
  assert.match(
    textOf(later.html),
    /按 2027 年 3 月 24 日算，您 70 岁，满 70 岁|提前 3 个月，按 2027 年 6 月 24 日算，您 70 岁，要满 70 岁/,
  )
  const nonsense: Record<string, string>[] = [
    { 'on.year': '2027', 'on.month': '2', 'on.day': '30' },
    { 'on.year': '9999', 'on.month': '1', 'on.day': '1' },
    { 'person.hukou_area': "44' or 1=1" },
    { 'person.receives': 'nothing-of-the-kind' },
  ]
  for (const wrong of nonsense) {
    const sent = await lady.fill(at, at, {
      'person.born_on.year': '1936',
      'person.born_on.month': '1',
      'person.born_on.day': '5',
      ...wrong,
    })
    assert.match(sent.to ?? '', /[?&]again=/)
    const back = await lady.see(sent.to!)
    assert.match(textOf(back.html), /这里看不懂/)
    assert.match(back.html, /value="1936"/)
  }
})

test('of what a rule asks whether it is there: the value or that there is none, and never a fault', async () => {
  const stranger = browserOf(scene.stranger)
  for (const [code, fact, value] of [
    ['disability-certificate', 'person.disability_grade', { 'person.disability_grade': '2' }],
    ['disability-living-subsidy', 'person.disability_grade', { 'person.disability_grade': '2' }],
    [
      'residence-permit',
      'person.permit_since',
      { 'person.permit_since.year': '2025', 'person.permit_since.month': '3', 'person.permit_since.day': '1' },
    ],
  ] as const) {
    const at = `/matters/${code}/why`
    assert.doesNotMatch(
      (await stranger.see(at)).html,
      new RegExp(`type="radio"[^>]*name="${fact}"|name="${fact}"[^>]*type="radio"`),
    )
    for (const typed of [value, { [`${fact}.none`]: 'none' }] as Record<string, string>[]) {
      const tried = await stranger.fill(at, at, typed)
      assert.equal(tried.status, 200, code)
      assert.match(textOf(tried.html), /按您假设的情况/)
    }
    const both = await stranger.see((await stranger.fill(at, at, { ...value, [`${fact}.none`]: 'none' })).to!)
    assert.match(textOf(both.html), /这里看不懂/)
    for (const wrong of [true, 'yes', false])
      refused(await scene.stranger.post(`/api/v1/matters/${code}/why`, { supposed: { [fact]: wrong } }), 422, 'why.not_readable')
    ok(await scene.stranger.post(`/api/v1/matters/${code}/why`, { supposed: { [fact]: null } }))
  }
  refused(
    await scene.stranger.post('/api/v1/matters/longevity-allowance/why', { supposed: { 'person.born_on': null } }),
    422,
    'why.not_readable',
  )
})

test('nobody signed in: questions only, and what is supposed is judged all the same', async () => {
  const stranger = browserOf(scene.stranger)
  const first = textOf((await stranger.see(`${LONGEVITY}/why`)).html)
  assert.match(first, /登录以后，可以按您登记的资料来算/)
  assert.doesNotMatch(first, /符合条件|有 \d 条/)
  const tried = textOf(
    (
      await stranger.fill(`${LONGEVITY}/why`, `${LONGEVITY}/why`, {
        'person.born_on.year': '1950',
        'person.born_on.month': '1',
        'person.born_on.day': '1',
        'person.hukou_area': '00',
        'person.receives': 'none',
      })
    ).html,
  )
  assert.match(tried, /户口所在地：本市以外，要在广州市/)
  assert.match(tried, /有 1 条不符合/)
  assert.match(tried, /正在领的待遇：没有/)
})

test('her own case is explained to her; to anybody else it was never there', async () => {
  const who = await scene.resident({ bornOn: '1940-01-01' })
  const { caseId } = await applied(who)
  const lady = browserOf(who)
  assert.match((await lady.see(`/me/cases/${caseId}`)).html, new RegExp(`href="/me/cases/${caseId}/why"`))
  for (const lang of ['zh', 'en']) {
    const shown = textOf((await browserOf({ ...who, cookie: `${who.cookie}; lang=${lang}` }).see(`/me/cases/${caseId}/why`)).html)
    assert.match(shown, lang === 'zh' ? /您现在 86 岁，满 80 岁/ : /You are 86 today: 80 or over/)
    assert.doesNotMatch(shown.replace(/20261124-\d{4}/g, ''), CODES)
  }
  const api = ok(await who.get(`/api/v1/me/cases/${caseId}/why`))
  assert.equal(api.lines.length, 3)
  assert.deepEqual([api.lines[1].tree.state, api.lines[1].tree.facts[0].name], ['met', 'person.born_on'])
  assert.equal(api.lines[1].tree.parameters[1].id, 'longevity.min_age')

  const other = await scene.resident({ name: '何大明' })
  const never = '00000000-0000-4000-8000-000000000000'
  const [foreign, none] = await Promise.all([caseId, never].map((id) => browserOf(other).see(`/me/cases/${id}/why`)))
  assert.equal(foreign!.status, 404)
  assert.equal(textOf(foreign!.html), textOf(none!.html))
  refused(await other.get(`/api/v1/me/cases/${caseId}/why`), 404, 'case.not_found')
  const phone = await scene.resident({ bound: false })
  refused(await phone.get(`/api/v1/me/cases/${caseId}/why`), 403, 'account.bind_first')
  assert.equal((await lady.see('/me/cases/nonsense/why')).status, 404)
})

test('a family: that the income of the others was used is said, and what it is nowhere', async () => {
  const who = await scene.resident({ bornOn: '1960-05-05' })
  const { caseId } = await apply(scene, who, 'minimum-living-guarantee', {
    'about-you': 'yes',
    'members-1-name': '陈大文', 'members-1-relation': '儿子', 'members-1-born-year': '1990', 'members-1-born-month': '1', 'members-1-born-day': '2', 'members-1-income': '777.31',
    income: '1234.56', property: 'none', account: 'other', 'account-number': '6222021111111111112', 'staff-relative': 'no',
  }) // biome-ignore format: a form
  const page = await browserOf(who).see(`/me/cases/${caseId}/why`)
  assert.match(textOf(page.html), /这里用了家里其他人的资料，只用来判断，不在这里显示 用到：家庭每月收入、共同生活的家庭成员人数/)
  assert.match(textOf(page.html), /每位成年家人的授权：还没有都签，要都签了/)
  assert.match(textOf(page.html), /还差 1 样签名或材料/)
  assert.doesNotMatch(textOf(page.html), /有 \d 条不符合|登记可能有错/)
  const api = JSON.stringify(ok(await who.get(`/api/v1/me/cases/${caseId}/why`)))
  for (const shown of [page.html, api]) assert.doesNotMatch(shown, /777|2,?011|2011\.87|201187|77731/)

  const officer = await scene.officer('street-reviewer', [place.street])
  const desk = textOf((await browserOf(officer).see(`/desk/cases/${caseId}/why`)).html)
  assert.match(desk, /家庭每月收入：2,011\.87 元，要少于 1,200 元 × 2 = 2,400 元/)
  assert.match(desk, /来源：申请人填的/)
})

test('an officer looks at a case in reach, and the look is written down; out of reach it was never there', async () => {
  const who = await scene.resident({ bornOn: '1940-01-01', name: '黎伯' })
  const { caseId } = await applied(who)
  const officer = await scene.officer('street-reviewer', [place.street])
  const looks = async () =>
    (
      await scene.owner.query(
        `select count(*)::int as n from access.read_entry where case_id = $1 and operation = 'cases.explain'`,
        [caseId],
      )
    ).rows[0].n
  const page = await browserOf(officer).see(`/desk/cases/${caseId}/why`)
  assert.match(textOf(page.html), /申请人现在 86 岁，满 80 岁/)
  assert.equal(await looks(), 1)
  assert.match((await browserOf(officer).see(`/desk/cases/${caseId}`)).html, new RegExp(`href="/desk/cases/${caseId}/why"`))
  const elsewhere = await scene.officer('street-reviewer', [place.nextStreet])
  refused(await elsewhere.get(`/api/v1/cases/${caseId}/why`), 404, 'case.not_found')
  assert.equal(await looks(), 1)
})

test('a decided case is explained by the day of its decision, and what came out otherwise then is said', async () => {
  const who = await scene.resident({ bornOn: '1940-01-01', name: '邓婆婆' })
  const { caseId } = await applied(who)
  const act = onCase(caseId)
  const [clerk, community, reviewer, district] = await Promise.all([
    scene.officer('window-clerk', [place.street]),
    scene.officer('community-officer', [place.community]),
    scene.officer('street-reviewer', [place.street]),
    scene.officer('district-officer', [place.district]),
  ])
  ok(await act(clerk, 'acceptance', {}))
  ok(await act(community, 'confirmation', { note: '见过本人' }))
  ok(await act(reviewer, 'review', { note: '同意' }))
  ok(await act(district, 'basis', { basis: '区民政局的书面通知' }))
  ok(await act(district, 'decision', { outcome: 'granted', reasons: '' }))
  const lady = browserOf(who)
  const page = textOf((await lady.see(`/me/cases/${caseId}/why`)).html)
  assert.match(page, /这一件在 2026 年 11 月 24 日作了决定/)
  assert.doesNotMatch(page, /当时不是这样|每一条都符合/)
  assert.doesNotMatch(
    textOf((await lady.see(`/me/cases/${caseId}`)).html),
    /您已经在领了/,
    'what it gave is no reason against it',
  )

  await scene.owner.query(`update people.person set born_on = '1990-01-01' where id = $1`, [who.personId])
  const changed = textOf((await lady.see(`/me/cases/${caseId}/why`)).html)
  assert.match(changed, /当时不是这样 作决定时，“年满 70 岁（可提前 3 个月申请）”这一条是“符合”/)
  assert.match(changed, /已经作出的决定不变/)
  assert.match(textOf((await lady.see(`/me/cases/${caseId}`)).html), /每月 100 元/)
})
