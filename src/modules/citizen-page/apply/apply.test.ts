import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { type Neighbour, openScene, place, type Scene } from '../../../../test/harness/scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene.close())

interface Shown {
  status: number
  html: string
  to: string | undefined
}
type Fields = Record<string, string>
type File = { field: string; name: string; bytes: Buffer }

/** A browser that knows pages and forms only: what a form carries comes from the page that it stands on. */
function browser(who: { cookie: string; address: string }) {
  let cookie = who.cookie
  const send = async (
    method: 'GET' | 'POST',
    url: string,
    body?: { type: string; payload: Buffer | string },
  ): Promise<Shown & { raw: Buffer; headers: Record<string, unknown> }> => {
    const response = await scene.node.app.inject({
      method,
      url,
      remoteAddress: who.address,
      headers: { cookie, ...(body ? { 'content-type': body.type } : {}) },
      ...(body ? { payload: body.payload } : {}),
    })
    for (const set of [response.headers['set-cookie'] ?? []].flat())
      cookie = [...cookie.split('; ').filter((c) => !c.startsWith(`${set.split('=')[0]}=`)), set.split(';')[0]].join('; ')
    return {
      status: response.statusCode,
      html: response.body,
      to: response.headers.location as string | undefined,
      raw: response.rawPayload,
      headers: response.headers,
    }
  }
  const get = (url: string) => send('GET', url)
  /** The hidden fields of the form on `page` that goes to `action`. */
  const hidden = async (page: string, action: string): Promise<Fields> => {
    const { html } = await get(page)
    const form = html.split('<form').find((part) => part.includes(`action="${action}"`))
    assert.ok(form, `no form to ${action} on ${page}: ${textOf(html)}`)
    return Object.fromEntries(
      [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map((m) => [m[1]!, m[2]!]),
    )
  }
  const post = (action: string, fields: Fields) =>
    send('POST', action, { type: 'application/x-www-form-urlencoded', payload: new URLSearchParams(fields).toString() })
  const postFiles = (action: string, fields: Fields, files: readonly File[]) => {
    const edge = '----of-the-test'
    const parts = [
      ...Object.entries(fields).map(([name, value]) =>
        Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
      ),
      ...files.flatMap((f) => [
        Buffer.from(
          `--${edge}\r\ncontent-disposition: form-data; name="${f.field}"; filename="${f.name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
        ),
        f.bytes,
        Buffer.from('\r\n'),
      ]),
      Buffer.from(`--${edge}--\r\n`),
    ]
    return send('POST', action, { type: `multipart/form-data; boundary=${edge}`, payload: Buffer.concat(parts) })
  }
  return {
    get,
    post,
    hidden,
    fill: async (page: string, fields: Fields, action = page) => post(action, { ...(await hidden(page, action)), ...fields }),
    give: async (page: string, action: string, files: readonly File[], fields: Fields = {}) =>
      postFiles(action, { ...(await hidden(page, action)), ...fields }, files),
  }
}
type Browser = ReturnType<typeof browser>

const textOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const newKey = (): string => crypto.randomUUID()

/** Begins a matter as the button on its page does. */
async function begin(b: Browser, matter: string): Promise<string> {
  const drafts = await b.get('/me/cases')
  const token = /name="_csrf" value="([^"]+)"/.exec(drafts.html)?.[1]
  const { to, html } = await b.post('/apply', { _csrf: token!, _key: newKey(), matter })
  assert.ok(to, textOf(html))
  return to!.split('/')[2]!
}

const GOOD_ACCOUNT = '6222021111111111112'

/** The longevity allowance up to the last look. */
async function fillLongevity(b: Browser): Promise<string> {
  const draft = await begin(b, 'longevity-allowance')
  assert.equal((await b.fill(`/apply/${draft}/about-you`, { 'about-you': 'yes' })).to, `/apply/${draft}/account`)
  assert.equal((await b.fill(`/apply/${draft}/account`, { 'account-number': GOOD_ACCOUNT })).to, `/apply/${draft}/note`)
  assert.equal((await b.fill(`/apply/${draft}/note`, { note: '' })).to, `/apply/${draft}/check`)
  return draft
}

async function applied(b: Browser): Promise<string> {
  const draft = await fillLongevity(b)
  const sent = await b.fill(`/apply/${draft}/check`, { declared: 'yes' }, `/apply/${draft}/send`)
  assert.match(sent.to ?? textOf(sent.html), /^\/me\/cases\/[0-9a-f-]{36}\?sent=1$/)
  return sent.to!.split('/')[3]!.split('?')[0]!
}

const clerk = () => scene.officer('window-clerk', [place.street])
const clerkOfNewcomers = () => scene.officer('window-clerk', [place.street], { domains: ['migrants'] })

test('an old lady begins, stops, goes on with another phone, sends once, and holds a receipt', async () => {
  const person = await scene.neighbour({ name: '陈秀英', bornOn: '1946-11-04' })
  const first = browser(await scene.resident({ person }))
  const draft = await begin(first, 'longevity-allowance')
  const page = await first.get(`/apply/${draft}/about-you`)
  assert.match(textOf(page.html), /长寿保健金 · 第 1 步，共 4 步/)
  assert.match(page.html, /陈\*\*/)
  assert.match(textOf(page.html), /来自 ?工作人员，/)
  assert.doesNotMatch(page.html, /checked/, 'nothing is chosen for her')
  assert.doesNotMatch(page.html, new RegExp(person.idNumber), 'the number is masked')
  const silent = await first.fill(`/apply/${draft}/about-you`, {})
  assert.equal(silent.status, 422)
  assert.match(silent.html, /请选一个/)
  await first.fill(`/apply/${draft}/about-you`, { 'about-you': 'no', 'about-you-says': '门牌写错了' })
  await first.get('/me/cases?kept=1')

  scene.at('2026-11-24T03:00:00Z')
  const again = browser(await scene.resident({ person, bound: false }))
  const list = await again.get('/me/cases')
  assert.match(list.html, new RegExp(`/apply/${draft}"`))
  assert.match((await again.get(`/apply/${draft}`)).html, /钱打到哪个账户/, 'she goes on where she stopped')
  await again.fill(`/apply/${draft}/account`, { 'account-number': GOOD_ACCOUNT })
  const check = await again.get(`/apply/${draft}/check`)
  const shown = textOf(check.html)
  assert.match(shown, /门牌写错了/)
  assert.match(shown, /尾号 1112 的账户/)
  assert.doesNotMatch(check.html, new RegExp(GOOD_ACCOUNT))
  assert.match(shown, /从 2026 年 9 月 1 日起没有有效的文件/)
  assert.match(shown, /年满 70 岁/)
  const undeclared = await again.fill(`/apply/${draft}/check`, {}, `/apply/${draft}/send`)
  assert.equal(undeclared.status, 422)
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
  const b = browser(await scene.resident())
  const draft = await begin(b, 'longevity-allowance')
  const wrong = await b.fill(`/apply/${draft}/account`, { 'account-number': '6222 0211 1111 11' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.html, /href="#account-number">少了 2 位/)
  assert.match(wrong.html, /value="6222 0211 1111 11"/)
  assert.match(wrong.html, /<title>有 1 处要改/)
})

test('ten thousand characters where two hundred fit come back whole; signs that hide text are taken out', async () => {
  const b = browser(await scene.resident())
  const draft = await begin(b, 'longevity-allowance')
  const long = '很'.repeat(10_000)
  const tooLong = await b.fill(`/apply/${draft}/note`, { note: long })
  assert.equal(tooLong.status, 422)
  assert.match(tooLong.html, /现在 10000 个字，最多 200 个字/)
  assert.ok(tooLong.html.includes(long), 'what was typed is kept')
  await b.fill(`/apply/${draft}/note`, { note: '请\u200b下午\u202e来\u2066<b>谢谢' })
  const check = await b.get(`/apply/${draft}/check`)
  assert.ok(check.html.includes('请下午来&lt;b>谢谢') || check.html.includes('请下午来&lt;b&gt;谢谢'))
})

test('a phone alone sees no facts, keeps what it wrote, and is told how to be known', async () => {
  const person = await scene.neighbour({ name: '林桂芬', bornOn: '1950-01-01' })
  const phone = await scene.resident({ person, bound: false })
  const b = browser(phone)
  const draft: string = (await phone.post('/api/v1/drafts', { matterCode: 'longevity-allowance' })).body.draftId
  const page = await b.get(`/apply/${draft}/about-you`)
  assert.doesNotMatch(page.html, /林|1950/)
  assert.match(page.html, /身份证到社区或街道窗口/)
  const token = await b.hidden(`/apply/${draft}/account`, `/apply/${draft}/account`)
  assert.equal((await b.post(`/apply/${draft}/about-you`, { ...token, 'about-you': 'yes' })).to, `/apply/${draft}/account`)
  await b.fill(`/apply/${draft}/account`, { 'account-number': GOOD_ACCOUNT })
  assert.match((await b.get(`/apply/${draft}/check`)).html, new RegExp(`/apply/${draft}/identity`))
  const sent = await b.post(`/apply/${draft}/send`, { ...token, declared: 'yes' })
  assert.equal(sent.to, `/apply/${draft}/identity`)
  assert.match((await b.get(sent.to!)).html, /这份申请会留着/)

  scene.at('2026-11-24T04:00:00Z')
  const bound = browser(await scene.resident({ person }))
  assert.match((await bound.get(`/apply/${draft}`)).html, /这些资料对吗/, 'what was not shown was not confirmed')
})

test('a photo loses where it was taken, a text is no PDF, eleven megabytes are too many; each file is named', async () => {
  const b = browser(await scene.resident({ hukou: null }))
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
  assert.equal(text.status, 422)
  assert.match(text.html, /href="#file-photo">“合同\.pdf”没有收下/)
  const large = await b.give(page, action, [{ field: 'file-photo', name: '大.jpg', bytes: Buffer.alloc(11 * 1_048_576) }])
  assert.equal(large.status, 422)
  assert.match(large.html, /href="#file-photo">“大\.jpg”没有收下：文件太大了，最多 10 MB/)
  assert.match((await b.give(page, action, [])).html, /还没有选文件/)

  const removal = /action="([^"]+\/removal)"/.exec((await b.get(page)).html)![1]!
  await b.fill(page, {}, removal)
  assert.match((await b.fill(page, {})).html, /请先上传这份材料/)
})

test('rows for a family grow and keep what was typed', async () => {
  const b = browser(await scene.resident({ bornOn: '1985-03-02' }))
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
  assert.equal(noDay.status, 422)
  assert.match(noDay.html, /href="#members-1-born">没有这一天/)
  assert.match((await b.fill(page, {})).html, /href="#members-alone">/)
  assert.equal((await b.fill(page, { 'members-alone': 'yes' })).to, `/apply/${draft}/income`)
})

test('sent twice in the same moment it is one case; the key with another body leads to it', async () => {
  const lady = await scene.resident({ name: '苏桂兰', bornOn: '1950-05-05' })
  const b = browser(lady)
  const draft = await fillLongevity(b)
  const form = { ...(await b.hidden(`/apply/${draft}/check`, `/apply/${draft}/send`)), declared: 'yes' }
  const [one, two] = await Promise.all([b.post(`/apply/${draft}/send`, form), b.post(`/apply/${draft}/send`, form)])
  assert.equal(one.to, two.to)
  assert.match(one.to!, /sent=1$/)
  const { rows } = await scene.owner.query('select count(*)::int as n from cases.case where applicant_id = $1', [lady.personId])
  assert.equal(rows[0].n, 1)

  const other = await begin(b, 'minimum-living-guarantee')
  const reused = await b.post(`/apply/${other}/send`, form)
  assert.equal(reused.status, 409)
  assert.match(reused.html, /已经提交过了/)
  assert.ok(reused.html.includes(one.to!.split('?')[0]!))

  const second = await fillLongevity(b)
  const running = await b.fill(`/apply/${second}/check`, { declared: 'yes' }, `/apply/${second}/send`)
  assert.equal(running.status, 409)
  assert.match(running.html, /同样的申请正在办/)
})

test('to a neighbour a draft, a case, a file and a document are not there', async () => {
  const b = browser(await scene.resident({ hukou: null }))
  const draft = await begin(b, 'residence-registration')
  const photo = await sharp({ create: { width: 10, height: 10, channels: 3, background: '#888' } })
    .png()
    .toBuffer()
  await b.give(`/apply/${draft}/photo`, `/apply/${draft}/photo/files/photo`, [
    { field: 'file-photo', name: 'a.png', bytes: photo },
  ])
  const file = /href="(\/files\/[^"]+)"/.exec((await b.get(`/apply/${draft}/photo`)).html)![1]!
  const lady = browser(await scene.resident({ bornOn: '1940-01-01' }))
  const caseId = await applied(lady)
  const paper = /href="(\/documents\/[^"]+)"/.exec((await lady.get(`/me/cases/${caseId}`)).html)![1]!

  const stranger = browser(await scene.resident({ name: '何大明' }))
  const never = '00000000-0000-4000-8000-000000000000'
  const foreign = [
    `/apply/${draft}/photo`,
    `/apply/${draft}/check`,
    `/me/cases/${caseId}`,
    `/me/cases/${caseId}/withdrawal`,
    file,
    paper,
    '/me/cases/nonsense',
    '/files/nonsense',
  ]
  for (const path of foreign) {
    const answer = await stranger.get(path)
    assert.equal(answer.status, 404, path)
    const none = await stranger.get(path.replace(/[0-9a-f-]{36}/, never))
    assert.equal(textOf(none.html), textOf(answer.html), path)
  }
  assert.equal((await browser(scene.stranger).get(`/me/cases/${caseId}`)).to?.split('?')[0], '/sign-in')
})

test('a correction asks for what was missing and takes it once', async () => {
  const b = browser(await scene.resident({ hukou: null, name: '韦海燕', bornOn: '1998-09-01' }))
  const officer = await clerkOfNewcomers()
  const draft = await begin(b, 'residence-registration')
  const photo = await sharp({ create: { width: 10, height: 10, channels: 3, background: '#888' } })
    .png()
    .toBuffer()
  await b.fill(`/apply/${draft}/about-you`, { 'about-you': 'yes' })
  await b.fill(`/apply/${draft}/address`, { address: 'known' })
  await b.fill(`/apply/${draft}/purpose`, { purpose: 'work' })
  await b.fill(`/apply/${draft}/since`, { 'since.year': '２０２６', 'since.month': '11', 'since.day': '20' })
  await b.give(`/apply/${draft}/photo`, `/apply/${draft}/photo/files/photo`, [
    { field: 'file-photo', name: 'a.png', bytes: photo },
  ])
  await b.fill(`/apply/${draft}/photo`, {})
  const sent = await b.fill(`/apply/${draft}/check`, { declared: 'yes' }, `/apply/${draft}/send`)
  assert.ok(sent.to, textOf(sent.html))
  const caseId = sent.to.split('/')[3]!.split('?')[0]!
  assert.match((await b.get(`/me/cases/${caseId}`)).html, /您现在不用做什么/)

  const asks = await officer.post(`/api/v1/cases/${caseId}/correction-notice`, {
    missing: ['address-proof', 'purpose'],
    text: '请补租房合同，并写明来的原因',
  })
  assert.equal(asks.status, 200, JSON.stringify(asks.body))
  assert.match(textOf((await b.get(`/me/cases/${caseId}`)).html), /请在 12 月 15 日（周二）前补材料/)
  const page = `/me/cases/${caseId}/correction`
  const form = await b.get(page)
  assert.match(form.html, /name="file-address-proof"/)
  assert.match(form.html, /name="purpose"/)
  assert.doesNotMatch(form.html, /name="file-photo"|name="since/)
  const half = await b.give(page, page, [], { purpose: 'business' })
  assert.equal(half.status, 422)
  assert.match(half.html, /href="#file-address-proof"/)
  assert.match(half.html, /value="business" checked/)
  const done = await b.give(page, page, [{ field: 'file-address-proof', name: '合同.png', bytes: photo }], {
    purpose: 'business',
  })
  assert.equal(done.to, `/me/cases/${caseId}`, textOf(done.html))
  const after = await b.get(`/me/cases/${caseId}`)
  assert.match(after.html, /已收件/)
  assert.match(after.html, /合同\.png/)

  const mark = /href="([^"]+\/materials\/[^"]+\/withdrawal)"/.exec(after.html)![1]!
  assert.match((await b.fill(mark, { reason: ' ' })).html, /href="#reason"/)
  await b.fill(mark, { reason: '拍错了' })
  assert.match(textOf((await b.get(`/me/cases/${caseId}`)).html), /已撤掉.*拍错了/)
})

test('an application is withdrawn after one question, and stays to be seen', async () => {
  const b = browser(await scene.resident({ bornOn: '1945-01-01' }))
  const caseId = await applied(b)
  const page = `/me/cases/${caseId}/withdrawal`
  assert.match((await b.get(page)).html, /要撤回这次申请吗/)
  assert.equal((await b.fill(page, { reason: '' })).to, `/me/cases/${caseId}`)
  const shown = await b.get(`/me/cases/${caseId}`)
  assert.match(shown.html, /已撤回/)
  assert.doesNotMatch(shown.html, /withdrawal"/)
})

test('promise, decision, reasons and remedies are told; a grade is given once, and none before it is chosen', async () => {
  const person: Neighbour = await scene.neighbour({ name: '陈秀英', bornOn: '1940-01-01' })
  const b = browser(await scene.resident({ person }))
  const caseId = await applied(b)
  const on = (path: string) => `/api/v1/cases/${caseId}/${path}`
  const [window, community, reviewer, district] = [
    await clerk(),
    await scene.officer('community-officer', [place.community]),
    await scene.officer('street-reviewer', [place.street]),
    await scene.officer('district-officer', [place.district]),
  ]
  await window.post(on('acceptance'))
  const running = textOf((await b.get(`/me/cases/${caseId}`)).html)
  assert.match(running, /我们承诺最迟 12 月 1 日（周二）作出决定/)
  assert.match(running, /承诺 5 个/)
  assert.doesNotMatch(running, /法定/)
  assert.doesNotMatch(running, /何晓/, 'the office, and nobody’s name')
  await community.post(on('confirmation'), { note: '' })
  await reviewer.post(on('review'), { note: '' })
  await district.post(on('basis'), { basis: '按原标准执行的通知' })
  const decided = await district.post(on('decision'), { outcome: 'granted', reasons: '' })
  assert.equal(decided.status, 200, JSON.stringify(decided.body))
  const shown = await b.get(`/me/cases/${caseId}`)
  assert.match(textOf(shown.html), /同意了/)
  assert.match(textOf(shown.html), /天河区人民政府申请行政复议/)
  assert.doesNotMatch(shown.html, /name="grade"[^>]*checked/)
  const rating = `/me/cases/${caseId}/rating`
  const form = await b.hidden(`/me/cases/${caseId}`, rating)
  assert.match((await b.post(rating, form)).html, /href="#grade"/)
  const next = await b.hidden(`/me/cases/${caseId}`, rating)
  assert.equal((await b.post(rating, { ...next, grade: '5' })).to, `/me/cases/${caseId}`)
  const { rows } = await scene.owner.query('select rating from cases.case where id = $1', [caseId])
  assert.equal(rows[0].rating, 1, 'the best grade is 1 in the books')
  const twice = await b.post(rating, { ...form, _key: newKey(), grade: '1' })
  assert.equal(twice.status, 409)
  assert.match(twice.html, /已经评价过了/)
})
