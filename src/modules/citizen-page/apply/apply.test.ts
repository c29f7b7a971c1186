import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { openScene, type Scene } from '../../../../test/harness/scene.ts'
import { begin, browser, fillLongevity, GOOD_ACCOUNT, textOf } from './scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene.close())

test('an old lady begins, stops, goes on with another phone, sends once, and holds a receipt', async () => {
  const person = await scene.neighbour({ name: '陈秀英', bornOn: '1946-11-04' })
  const first = browser(scene, await scene.resident({ person }))
  const draft = await begin(first, 'longevity-allowance')
  const page = await first.get(`/apply/${draft}/about-you`)
  assert.match(textOf(page.html), /长寿保健金 · 第 1 步，共 4 步/)
  assert.match(page.html, /陈秀英/, 'her own name, whole, to herself')
  assert.match(textOf(page.html), /只显示前四位和最后两位，请对一对您身份证上的这几位/)
  assert.match(textOf(page.html), /来自 ?工作人员，/)
  assert.doesNotMatch(page.html, /checked/, 'nothing is chosen for her')
  assert.doesNotMatch(page.html, new RegExp(person.idNumber), 'the number is masked')
  const silent = await first.fill(`/apply/${draft}/about-you`, {})
  assert.equal(silent.status, 200)
  assert.match(silent.html, /请选一个/)
  const unsaid = await first.fill(`/apply/${draft}/about-you`, { 'about-you': 'no', 'about-you-wrong': 'hukou' })
  assert.match(unsaid.html, /href="#about-you-says"/)
  assert.match(unsaid.html, /value="hukou" checked/, 'what she ticked stays')
  await first.post(`/apply/${draft}/about-you`, {
    ...(await first.hidden(`/apply/${draft}/about-you`, `/apply/${draft}/about-you`)),
    'about-you': 'no',
    'about-you-wrong': 'hukou,nonsense',
    'about-you-says': '门牌写错了',
  })
  const claim = await first.get(`/apply/${draft}/about-you`)
  assert.match(claim.html, /value="no" checked/, 'a claim is no confirmation: it stays as she wrote it')
  await first.get('/me/cases?kept=1')

  scene.at('2026-11-24T03:00:00Z')
  const again = browser(scene, await scene.resident({ person, bound: false }))
  const list = await again.get('/me/cases')
  assert.match(list.html, new RegExp(`/apply/${draft}"`))
  assert.match((await again.get(`/apply/${draft}`)).html, /钱打到哪个账户/, 'she goes on where she stopped')
  await again.fill(`/apply/${draft}/account`, { 'account-number': GOOD_ACCOUNT })
  const check = await again.get(`/apply/${draft}/check`)
  const shown = textOf(check.html)
  assert.match(shown, /有不对的地方：户口不对：门牌写错了/)
  assert.match(shown, /尾号 1112 的账户/)
  assert.doesNotMatch(check.html, new RegExp(GOOD_ACCOUNT))
  assert.match(shown, /从 2026 年 9 月 1 日起没有有效的文件/)
  assert.match(shown, /年满 70 岁/)
  const undeclared = await again.fill(`/apply/${draft}/check`, {}, `/apply/${draft}/send`)
  assert.equal(undeclared.status, 200)
  assert.match(undeclared.html, /href="#declared"/)
  const sent = await again.fill(`/apply/${draft}/check`, { declared: 'yes' }, `/apply/${draft}/send`)
  const receipt = await again.get(sent.to!)
  assert.match(receipt.html, /20261124-\d{4}/)
  assert.match(receipt.html, /<svg[^>]+role="img"/)
  const paper = /href="(\/documents\/[^"]+)"/.exec(receipt.html)![1]!
  const pdf = await again.get(paper)
  assert.equal(pdf.headers['content-type'], 'application/pdf')
  assert.match(textOf((await again.get(`/apply/${draft}/account`)).html), /已经提交过了/)
})

test('a wrong account number is named and stays in its field', async () => {
  const b = browser(scene, await scene.resident())
  const draft = await begin(b, 'longevity-allowance')
  const wrong = await b.fill(`/apply/${draft}/account`, { 'account-number': '6222 0211 1111 11' })
  assert.equal(wrong.status, 200)
  assert.match(wrong.html, /href="#account-number">少了 2 位/)
  assert.match(wrong.html, /value="6222 0211 1111 11"/)
  assert.match(wrong.html, /<title>有 1 处要改/)
})

test('ten thousand characters where two hundred fit come back whole; signs that hide text are taken out', async () => {
  const b = browser(scene, await scene.resident())
  const draft = await begin(b, 'longevity-allowance')
  const long = '很'.repeat(10_000)
  const tooLong = await b.fill(`/apply/${draft}/note`, { note: long })
  assert.equal(tooLong.status, 200)
  assert.match(tooLong.html, /现在 10000 个字，最多 200 个字/)
  assert.ok(tooLong.html.includes(long), 'what was typed is kept')
  await b.fill(`/apply/${draft}/note`, { note: '请\u200b下午\u202e来\u2066<b>谢谢' })
  const check = await b.get(`/apply/${draft}/check`)
  assert.ok(check.html.includes('请下午来&lt;b>谢谢') || check.html.includes('请下午来&lt;b&gt;谢谢'))
})

test('a phone alone sees no facts, keeps what it wrote, and is told how to be known', async () => {
  const person = await scene.neighbour({ name: '林桂芬', bornOn: '1950-01-01' })
  const phone = await scene.resident({ person, bound: false })
  const b = browser(scene, phone)
  const draft: string = (await phone.post('/api/v1/drafts', { matterCode: 'longevity-allowance' })).body.draftId
  const page = await b.get(`/apply/${draft}/about-you`)
  assert.doesNotMatch(page.html, /林|1950 ?年/)
  assert.match(page.html, /身份证到社区或街道窗口/)
  const token = await b.hidden(`/apply/${draft}/account`, `/apply/${draft}/account`)
  assert.equal((await b.post(`/apply/${draft}/about-you`, { ...token, 'about-you': 'yes' })).to, `/apply/${draft}/account`)
  await b.fill(`/apply/${draft}/account`, { 'account-number': GOOD_ACCOUNT })
  assert.match((await b.get(`/apply/${draft}/check`)).html, new RegExp(`/apply/${draft}/identity`))
  const sent = await b.post(`/apply/${draft}/send`, { ...token, declared: 'yes' })
  assert.equal(sent.to, `/apply/${draft}/identity`)
  assert.match((await b.get(sent.to!)).html, /这份申请会留着/)

  scene.at('2026-11-24T04:00:00Z')
  const bound = browser(scene, await scene.resident({ person }))
  assert.match((await bound.get(`/apply/${draft}`)).html, /这些资料对吗/, 'what was not shown was not confirmed')
})

test('a photo loses where it was taken, a text is no PDF, eleven megabytes are too many; each file is named', async () => {
  const b = browser(scene, await scene.resident({ hukou: null }))
  const draft = await begin(b, 'residence-registration')
  const [page, action] = [`/apply/${draft}/photo`, `/apply/${draft}/photo/files/photo`]
  const photo = await sharp({ create: { width: 40, height: 60, channels: 3, background: '#888' } })
    .withExif({ IFD3: { GPSLatitude: '23/1 8/1 0/1', GPSLatitudeRef: 'N' }, IFD0: { Make: 'SecretCamera' } })
    .jpeg()
    .toBuffer()
  assert.ok(photo.includes('SecretCamera'))
  assert.equal((await b.give(page, action, [{ field: 'file-photo', name: '我.jpg', bytes: photo }])).to, page)
  const given = await b.get(page)
  assert.match(given.html, /我\.jpg/)
  const shown = await b.get(/href="(\/files\/[^"]+)"/.exec(given.html)![1]!)
  assert.equal(shown.headers['content-type'], 'image/jpeg')
  assert.match(String(shown.headers['content-disposition']), /^inline/)
  assert.ok(!shown.raw.includes('SecretCamera'))
  assert.equal((await sharp(shown.raw).metadata()).exif, undefined)

  const text = await b.give(page, action, [{ field: 'file-photo', name: '合同.pdf', bytes: Buffer.from('只是文字') }])
  assert.equal(text.status, 200)
  assert.match(text.html, /href="#file-photo">“合同\.pdf”没有收下/)
  const large = await b.give(page, action, [{ field: 'file-photo', name: '大.jpg', bytes: Buffer.alloc(11 * 1_048_576) }])
  assert.equal(large.status, 200)
  assert.match(large.html, /href="#file-photo">“大\.jpg”没有收下：文件太大了，最多 10 MB/)
  assert.match((await b.give(page, action, [])).html, /还没有选文件/)

  const again = /action="([^"]+\/removal)"/.exec((await b.get(page)).html)![1]!
  await b.fill(page, {}, again)
  const next = await b.give(page, page, [{ field: 'file-photo', name: '再来.jpg', bytes: photo }])
  assert.equal(next.to, `/apply/${draft}/address-proof`, 'going on takes a chosen file along')
  assert.match((await b.get(page)).html, /再来\.jpg/)
  const removal = /action="([^"]+\/removal)"/.exec((await b.get(page)).html)![1]!
  await b.fill(page, {}, removal)
  assert.match((await b.fill(page, {})).html, /请先上传这份材料/)
})

test('rows for a family grow and keep what was typed', async () => {
  const b = browser(scene, await scene.resident({ bornOn: '1985-03-02' }))
  const draft = await begin(b, 'minimum-living-guarantee')
  const page = `/apply/${draft}/members`
  const more = await b.fill(page, { more: 'row', 'members-1-name': '罗志荣', 'members-2-born.year': '2015' })
  assert.equal(more.status, 200)
  assert.match(more.html, /name="members-5-name"/)
  assert.match(more.html, /value="罗志荣"/)
  assert.match(more.html, /value="2015"/)
  const noDay = await b.fill(page, {
    'members-1-name': '罗志荣',
    'members-1-relation': '丈夫',
    'members-1-born.year': '1982',
    'members-1-born.month': '2',
    'members-1-born.day': '30',
  })
  assert.equal(noDay.status, 200)
  assert.match(noDay.html, /href="#members-1-born">没有这一天/)
  assert.match((await b.fill(page, {})).html, /href="#members-alone">/)
  const much = await b.fill(page, {
    'members-1-name': '罗志荣',
    'members-1-born.year': '1982',
    'members-1-born.month': '2',
    'members-1-born.day': '30',
    'members-2-relation': '女儿',
    'members-2-id': '440106',
    'members-2-income': '很少',
  })
  const summary = /govuk-error-summary[\s\S]*?<\/ul>/.exec(much.html)![0]
  assert.deepEqual(
    [...summary.matchAll(/href="#([^"]+)"/g)].map(([, field]) => field),
    ['members-1-relation', 'members-1-born', 'members-2-name', 'members-2-id', 'members-2-income'],
    'everything wrong at once, in the order of the page; a number that cannot be read is asked for, not also its day',
  )
  const husband = {
    'members-1-name': '罗志荣',
    'members-1-relation': '丈夫',
    'members-1-born.year': '1982',
    'members-1-born.month': '2',
    'members-1-born.day': '3',
    'members-1-income': '1,200.5',
  }
  assert.equal((await b.fill(page, husband)).to, `/apply/${draft}/income`)
  assert.match((await b.get(page)).html, /value="1200.5"/, 'he is there when she comes back')
  assert.equal((await b.fill(page, { 'members-alone': 'yes' })).to, `/apply/${draft}/income`)
})

test('sent twice in the same moment it is one case; the key with another body leads to it', async () => {
  const lady = await scene.resident({ name: '苏桂兰', bornOn: '1950-05-05' })
  const b = browser(scene, lady)
  const draft = await fillLongevity(b)
  const form = { ...(await b.hidden(`/apply/${draft}/check`, `/apply/${draft}/send`)), declared: 'yes' }
  const [one, two] = await Promise.all([b.post(`/apply/${draft}/send`, form), b.post(`/apply/${draft}/send`, form)])
  assert.equal(one.to, two.to)
  assert.match(one.to!, /sent=1$/)
  const { rows } = await scene.owner.query('select count(*)::int as n from cases.case where applicant_id = $1', [lady.personId])
  assert.equal(rows[0].n, 1)

  const other = await begin(b, 'minimum-living-guarantee')
  const reused = await b.post(`/apply/${other}/send`, form)
  assert.equal(reused.status, 200)
  assert.match(reused.html, /已经提交过了/)
  assert.ok(reused.html.includes(one.to!.split('?')[0]!))

  const second = await fillLongevity(b)
  const running = await b.fill(`/apply/${second}/check`, { declared: 'yes' }, `/apply/${second}/send`)
  assert.equal(running.status, 200)
  assert.match(running.html, /同样的申请正在办/)
})

test('the amount of the guarantee shows its sum and that the standard is a sample', async () => {
  const b = browser(scene, await scene.resident({ bornOn: '1985-03-02' }))
  const draft = await begin(b, 'minimum-living-guarantee')
  await b.fill(`/apply/${draft}/members`, { 'members-alone': 'yes' })
  await b.fill(`/apply/${draft}/income`, { income: '300' })
  const check = textOf((await b.get(`/apply/${draft}/check`)).html)
  assert.match(check, /怎么算的：1,200 元 × 1 − 300 元 = 900 元/)
  assert.match(check, /标准（每人每月） 1,200 元 示例数据/)
  assert.match(check, /家庭每月收入 300 元/)
})
