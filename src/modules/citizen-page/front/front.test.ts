import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Client, openScene, place, type Scene } from '../../../../test/harness/scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene.close())

interface Page {
  status: number
  html: string
  headers: Record<string, unknown>
}
interface Browser {
  open(path: string): Promise<Page>
  /** Posts the form of the page that was opened last: its token goes along. */
  send(path: string, fields: Record<string, string>): Promise<Page>
  upload(path: string, fields: Record<string, string>, files: Record<string, Uint8Array>): Promise<Page>
}

/** A browser without scripts: keeps cookies, follows nothing by itself. */
function browser(from: Pick<Client, 'cookie' | 'address'> = scene.stranger): Browser {
  const jar = new Map(
    from.cookie
      .split('; ')
      .filter(Boolean)
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const),
  )
  let token = ''
  const request = async (method: 'GET' | 'POST', url: string, payload?: string | Buffer, type?: string): Promise<Page> => {
    const answer = await scene.node.app.inject({
      method,
      url,
      remoteAddress: from.address,
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(type ? { 'content-type': type } : {}),
      },
      ...(payload ? { payload } : {}),
    })
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(pair.slice(0, at))
      else jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    token = /name="_csrf" value="([^"]+)"/.exec(answer.body)?.[1] ?? token
    // A form that was refused comes back by redirect, as a browser follows it.
    const to = String(answer.headers.location ?? '')
    if (method === 'POST' && /[?&]again=/.test(to)) return request('GET', to)
    return { status: answer.statusCode, html: answer.body, headers: answer.headers }
  }
  return {
    open: (path) => request('GET', path),
    send: (path, fields) =>
      request('POST', path, new URLSearchParams({ _csrf: token, ...fields }).toString(), 'application/x-www-form-urlencoded'),
    upload(path, fields, files) {
      const parts = Object.entries({ _csrf: token, ...fields }).map(([name, value]) =>
        Buffer.from(`--edge\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
      )
      for (const [name, bytes] of Object.entries(files))
        parts.push(
          Buffer.from(
            `--edge\r\ncontent-disposition: form-data; name="${name}"; filename="a.pdf"\r\ncontent-type: application/octet-stream\r\n\r\n`,
          ),
          Buffer.from(bytes),
          Buffer.from('\r\n'),
        )
      return request('POST', path, Buffer.concat([...parts, Buffer.from('--edge--\r\n')]), 'multipart/form-data; boundary=edge')
    },
  }
}

const shows = (page: Page, text: string) =>
  assert.ok(page.html.includes(text), `not on the page: ${text}\n${page.html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')}`)
const hides = (page: Page, text: string) => assert.ok(!page.html.includes(text), `on the page: ${text}`)

test('a resident signs in with her phone, comes back to where she was, and signs out', async () => {
  const lady = await scene.neighbour({ name: '陈秀英' })
  const her = browser({ cookie: '', address: '10.1.1.1' })
  const sent = await her.open('/me/messages')
  assert.equal(sent.headers.location, '/sign-in?next=%2Fme%2Fmessages')
  await her.open(sent.headers.location as string)

  const typo = await her.send('/sign-in', { phone: '12', next: '/me/messages' })
  assert.equal(typo.status, 200)
  shows(typo, '这个手机号不对')
  shows(typo, 'value="12"')

  const asked = await her.send('/sign-in', { phone: lady.phone, next: '/me/messages' })
  assert.equal(asked.status, 303, asked.html)
  assert.equal(asked.headers.location, '/sign-in/code?next=%2Fme%2Fmessages')
  const codePage = await her.open(asked.headers.location as string)
  shows(codePage, `尾号 ${lady.phone.slice(-4)}`)
  hides(codePage, lady.phone)

  const right = scene.codeOf(lady.phone)
  const wrong = await her.send('/sign-in/code', { code: right === '000000' ? '000001' : '000000', next: '/me/messages' })
  assert.equal(wrong.status, 200)
  shows(wrong, '还可以试 4 次')
  shows(wrong, 'href="#code"')

  const again = await her.send('/sign-in', { again: 'yes', next: '/me/messages' })
  shows(again, '操作太频繁了')

  const done = await her.send('/sign-in/code', { code: right, next: '/me/messages' })
  assert.equal(done.status, 303, done.html)
  assert.equal(done.headers.location, '/me/messages')
  shows(await her.open('/me/messages'), '还要核对一次身份')
  shows(await her.open('/'), '手机用户')

  assert.equal((await her.send('/sign-out', {})).headers.location, '/')
  shows(await her.open('/'), '怎么办')
  assert.equal((await her.open('/me/messages')).status, 303)
})

test('the elder version and high contrast go with the account to the next phone; a visitor keeps them in her browser', async () => {
  const lady = await scene.neighbour({ name: '陈秀英' })
  let minute = 10
  const signIn = async (who: Browser) => {
    scene.at(`2026-11-24T02:${minute++}:30Z`)
    await who.open('/sign-in')
    await who.send('/sign-in', { phone: lady.phone, next: '/' })
    assert.equal((await who.send('/sign-in/code', { code: scene.codeOf(lady.phone), next: '/' })).status, 303)
  }
  const isElder = (page: Page) => /<html[^>]*data-mode="elder"/.test(page.html)
  const isContrast = (page: Page) => /<html[^>]*data-theme="contrast"/.test(page.html)

  const old = browser({ cookie: '', address: '10.1.3.1' })
  await old.open('/settings?mode=elder&back=/')
  assert.ok(isElder(await old.open('/')), 'before she signs in')
  await signIn(old)
  const next = browser({ cookie: '', address: '10.1.3.2' })
  assert.ok(!isElder(await next.open('/')))
  await signIn(next)
  assert.ok(isElder(await next.open('/')), 'what she had on the old phone')
  await next.open('/settings?theme=contrast&back=/')
  await next.open('/settings?mode=standard&back=/')

  const third = browser({ cookie: '', address: '10.1.3.3' })
  await third.open('/settings?mode=elder&back=/')
  await signIn(third)
  const home = await third.open('/')
  assert.ok(isElder(home), 'put on here just now: signing in does not make the letters small')
  assert.ok(isContrast(home), 'and what she chose elsewhere comes along')
  const fourth = browser({ cookie: '', address: '10.1.3.4' })
  await signIn(fourth)
  assert.ok(!isElder(await fourth.open('/')), 'with the account it stays as she last said when signed in')

  const neighbour = browser(await scene.resident({ name: '何大明' }))
  assert.ok(!isContrast(await neighbour.open('/')), 'nobody else’s')
})

test('an address to come back to is never somebody else’s, and a form without its token is refused', async () => {
  const lady = await scene.neighbour()
  const her = browser({ cookie: '', address: '10.1.1.2' })
  await her.open('/sign-in')
  const asked = await her.send('/sign-in', { phone: lady.phone, next: '//elsewhere.example/' })
  assert.equal(asked.headers.location, '/sign-in/code?next=%2F')
  const done = await her.send('/sign-in/code', { code: scene.codeOf(lady.phone), next: 'https://elsewhere.example/' })
  assert.equal(done.headers.location, '/')
  assert.equal((await her.send('/sign-out', { _csrf: 'made up' })).status, 403)
})

test('without a demo there is no outbox of codes and no list of people', async () => {
  const anyone = browser()
  assert.equal((await anyone.open('/demo/outbox')).status, 404)
  hides(await anyone.open('/sign-in'), '演示')
})

test('people search in their own words; what is not online is no dead end', async () => {
  const anyone = browser()
  const found = await anyone.open(`/search?q=${encodeURIComponent('我妈七十了有没有补贴')}`)
  shows(found, 'href="/matters/longevity-allowance"')
  const lamp = await anyone.open(`/search?q=${encodeURIComponent('修路灯')}`)
  shows(lamp, 'href="/report?what=street-lamp"')
  hides(lamp, '这件事，网上还没有')
  const none = await anyone.open(`/search?q=${encodeURIComponent('量子力学')}`)
  assert.equal(none.status, 200)
  shows(none, '这件事，网上还没有')
  shows(none, 'href="tel:12345"')
  const [page, several] = [
    await anyone.open(`/search?q=${encodeURIComponent('亲属关系证明')}`),
    await anyone.open(`/search?q=${encodeURIComponent('失业')}`),
  ]
  shows(page, '开证明')
  for (const part of ['可能是这些', '失业登记']) shows(several, part)
  for (const each of [page, several]) hides(each, '网上还没有')
  const nasty = await anyone.open(`/search?q=${encodeURIComponent('"><script>alert(1)</script>')}`)
  hides(nasty, '<script>alert')
  assert.equal((await anyone.open('/matters/no-such-matter')).status, 404)
})

test('a guide tells anyone what the pack says, and how sure it is', async () => {
  const guide = await browser().open('/matters/longevity-allowance')
  for (const text of [
    '80 到 89 岁',
    '每月 100 元',
    '已公布，尚未核对',
    '我们承诺 5 个工作日答复，从受理算起',
    '依据的文件已经到期',
    '不用交',
    '登录后申请',
  ])
    shows(guide, text)
  hides(guide, '法定')
  const sample = await browser().open('/matters/minimum-living-guarantee')
  shows(sample, '示例数据')
  const english = await browser({ cookie: 'lang=en', address: '10.1.1.3' }).open('/matters/longevity-allowance')
  shows(english, 'The Chinese text prevails')
})

test('what a guide promises bears the name of the paper that is issued, and nothing is claimed of who is not known', async () => {
  const { matters, pack } = scene.node.platform.services.packs.inForce()
  for (const { code, catalogue } of matters) {
    const paper = pack.documents.kinds.find((kind) => kind.code === catalogue.result.sample)
    assert.deepEqual(catalogue.result.name, paper?.title, code)
    const guide = await browser().open(`/matters/${code}`)
    shows(guide, paper!.title.zh)
    hides(guide, '已经核对')
  }
})

test('a bound person sees which conditions are met, not met or unknown, and can apply whatever they say', async () => {
  const old = browser(await scene.resident({ bornOn: '1946-11-01' }))
  const met = await old.open('/matters/longevity-allowance')
  for (const text of [
    '按登记的资料，您符合条件',
    '您的年龄够了',
    '80 到 89 岁 · 您',
    'action="/apply"',
    'name="matter" value="longevity-allowance"',
  ])
    shows(met, text)

  const young = browser(await scene.resident({ bornOn: '1990-05-05' }))
  const unmet = await young.open('/matters/longevity-allowance')
  for (const text of ['有 1 条不符合', '到 2060 年 2 月 5 日', '您仍然可以申请', 'action="/apply"']) shows(unmet, text)
  shows(await young.open('/matters/minimum-living-guarantee'), '不清楚不等于不符合')

  const byPhone = browser(await scene.resident({ bound: false }))
  const unbound = await byPhone.open('/matters/longevity-allowance')
  shows(unbound, '请本人带身份证到窗口核对一次')
  hides(unbound, '按登记的资料')
})

/** A notice of somebody's case in a community, put up as the owner would find it. */
async function noticeIn(community: string): Promise<string> {
  const family = await scene.resident({ name: '何美玲', bornOn: '1985-07-07', community })
  const { draftId } = (await family.post('/api/v1/drafts', { matterCode: 'longevity-allowance' })).body
  await family.post(`/api/v1/drafts/${draftId}/answers/about-you`, { typed: { 'about-you': 'yes' } })
  await family.post(`/api/v1/drafts/${draftId}/answers/account`, {
    typed: { account: 'other', 'account-number': '6222021111111111112' },
  })
  const { caseId } = (await family.post(`/api/v1/drafts/${draftId}/submission`, { declared: 'yes' })).body
  const { rows } = await scene.owner.query<{ id: string }>(
    `insert into cases.notice (id, case_id, area, matter_code, shown_name, size, starts_on, ends_on, published_at)
     values (gen_random_uuid(), $1, $2, 'minimum-living-guarantee', '何**', 4, '2026-11-20', '2026-11-27', $3) returning id`,
    [caseId, community, scene.now()],
  )
  return rows[0]!.id
}

test('who may apply ahead of her day is told from which day it is hers', async () => {
  const man = browser(await scene.resident({ name: '梁国强', bornOn: '1957-01-05' }))
  const guide = await man.open('/matters/longevity-allowance')
  shows(guide, '您现在可以先申请，从 2027 年 1 月 5 日起符合条件')
  shows(guide, '您还没满 70 岁，现在可以先申请；从 2027 年 1 月 5 日起符合')
  hides(guide, '您的年龄够了')
  const lady = browser(await scene.resident({ name: '陈秀英', bornOn: '1946-11-01' }))
  const hers = await lady.open('/matters/longevity-allowance')
  shows(hers, '您的年龄够了')
  hides(hers, '起符合')
})

test('a neighbour objects to a notice of her own community; one of another community answers like one that never was', async () => {
  const [own, foreign] = [await noticeIn(place.community), await noticeIn(place.sibling)]
  const neighbour = browser(await scene.resident({ bornOn: '1970-01-01' }))
  const list = await neighbour.open('/notices')
  shows(list, `/notices/${own}`)
  hides(list, foreign)

  const notice = await neighbour.open(`/notices/${own}`)
  shows(notice, '还剩 3 天')
  hides(notice, '何美玲')
  const empty = await neighbour.send(`/notices/${own}/objection`, { text: '  ' })
  assert.equal(empty.status, 200)
  shows(empty, '请写下您知道的情况')
  const long = await neighbour.send(`/notices/${own}/objection`, { text: '长'.repeat(2001) })
  shows(long, '现在 2001 个字')
  shows(long, '长'.repeat(2001))
  assert.equal(
    (await neighbour.send(`/notices/${own}/objection`, { text: '他家上个月买了车' })).headers.location,
    `/notices/${own}`,
  )
  const after = await neighbour.open(`/notices/${own}`)
  shows(after, '您提的异议已经收到')
  hides(after, '买了车')

  const another = browser(await scene.resident({ bornOn: '1971-01-01' }))
  hides(await another.open(`/notices/${own}`), '已经收到')

  const never = '00000000-0000-4000-8000-000000000000'
  const texts = await Promise.all([foreign, never, 'nonsense'].map(async (id) => neighbour.open(`/notices/${id}`)))
  for (const page of texts) {
    assert.equal(page.status, 404)
    shows(page, '不是您所在社区的')
  }
  for (const id of [foreign, never, 'nonsense']) {
    const page = await neighbour.send(`/notices/${id}/objection`, { text: '异议' })
    assert.equal(page.status, 404)
    shows(page, '不是您所在社区的')
  }
  shows(await browser(await scene.resident({ bound: false })).open(`/notices/${own}`), '还要核对一次身份')
})

test('messages are read by pressing, never by looking; every look of the staff is shown to the person', async () => {
  const lady = await scene.resident({ name: '陈秀英', bornOn: '1946-11-01' })
  const clerk = await scene.officer('window-clerk', [place.street])
  const { draftId } = (await lady.post('/api/v1/drafts', { matterCode: 'longevity-allowance' })).body
  await lady.post(`/api/v1/drafts/${draftId}/answers/about-you`, { typed: { 'about-you': 'yes' } })
  const her = browser(lady)
  shows(await her.open('/'), '接着填')
  shows(await her.open('/matters/longevity-allowance'), '接着填')
  await lady.post(`/api/v1/drafts/${draftId}/answers/account`, {
    typed: { account: 'other', 'account-number': '6222021111111111112' },
  })
  const { caseId, number } = (await lady.post(`/api/v1/drafts/${draftId}/submission`, { declared: 'yes' })).body

  shows(await her.open('/me/reads'), '还没有人看过')
  await clerk.get(`/api/v1/cases/${caseId}`)
  const reads = await her.open('/me/reads')
  for (const text of ['窗口人员', clerk.name, clerk.number, '示例办公室', number, '办理您的长寿保健金']) shows(reads, text)
  assert.equal(reads.headers['cache-control'], 'no-store')
  hides(await browser(await scene.resident()).open('/me/reads'), clerk.number)

  await her.open('/me/messages')
  const home = await her.open('/')
  shows(home, '1 条没看')
  shows(home, '共 1 次')
  await her.open('/me/messages')
  assert.equal((await her.send('/me/messages/read', {})).headers.location, '/me/messages')
  hides(await her.open('/me/messages'), '未读')
  shows(await her.open('/matters/longevity-allowance'), number)
})

test('many looks of one officer on one day are one entry that opens; another day or officer is another', async () => {
  scene.at('2026-11-24T02:30:00Z')
  const lady = await scene.resident({ name: '邓桂英', bornOn: '1944-11-01' })
  const [clerk, reviewer] = [
    await scene.officer('window-clerk', [place.street]),
    await scene.officer('street-reviewer', [place.street]),
  ]
  const { draftId } = (await lady.post('/api/v1/drafts', { matterCode: 'longevity-allowance' })).body
  await lady.post(`/api/v1/drafts/${draftId}/answers/about-you`, { typed: { 'about-you': 'yes' } })
  await lady.post(`/api/v1/drafts/${draftId}/answers/account`, {
    typed: { account: 'other', 'account-number': '6222021111111111112' },
  })
  const { caseId } = (await lady.post(`/api/v1/drafts/${draftId}/submission`, { declared: 'yes' })).body
  for (const minute of ['31', '32', '33']) {
    scene.at(`2026-11-24T02:${minute}:00Z`)
    await clerk.get(`/api/v1/cases/${caseId}`)
  }
  scene.at('2026-11-24T15:59:00Z') // one minute before midnight in Guangzhou
  await reviewer.again()
  await reviewer.get(`/api/v1/cases/${caseId}`)
  scene.at('2026-11-24T16:01:00Z')
  await reviewer.get(`/api/v1/cases/${caseId}`)

  await lady.again()
  const page = await browser(lady).open('/me/reads')
  const entries = page.html.split('<article class="k-card k-look">').slice(1)
  const told = entries.map((entry) => [
    entry.includes(clerk.number) ? 'clerk' : entry.includes(reviewer.number) ? 'reviewer' : '',
    /11 月 \d+ 日/.exec(entry)?.[0],
    Number(/这一天看了 (\d+) 次/.exec(entry)?.[1]),
  ])
  assert.deepEqual(told.slice(0, 2), [
    ['reviewer', '11 月 25 日', 1],
    ['reviewer', '11 月 24 日', 1],
  ])
  assert.deepEqual(told.at(-1), ['clerk', '11 月 24 日', 3])
  const ofClerk = entries.at(-1)!
  assert.equal(ofClerk.split('办理您的长寿保健金').length, 2, 'the reason is named once')
  assert.match(ofClerk, /<details[\s\S]*10:33[\s\S]*10:32[\s\S]*10:31/)

  await scene.owner.query(
    `insert into access.read_entry (id, at, person_id, operation, purpose, case_id, account_id, post_id, request_id)
      select gen_random_uuid(), $2::timestamptz - n * interval '1 day', $1, 'cases.read-case', 'case', $3, 'x', $4, 'x' from generate_series(1, 30) n`,
    [lady.personId, scene.now(), caseId, clerk.postId],
  )
  const first = await browser(lady).open('/me/reads')
  assert.equal(first.html.split('k-card k-look').length - 1, 25)
  shows(first, '/me/reads?page=2')
  const second = await browser(lady).open('/me/reads?page=2')
  assert.ok(second.html.includes('k-card k-look'))
  hides(second, '/me/reads?page=3')
})

test('each adult agrees for herself, on a page that asks once; nobody agrees for another', async () => {
  const wife = await scene.resident({ name: '何美玲', bornOn: '1985-07-07' })
  const husband = await scene.resident({ name: '罗志荣', bornOn: '1982-05-05' })
  const { draftId } = (await wife.post('/api/v1/drafts', { matterCode: 'longevity-allowance' })).body
  await wife.post(`/api/v1/drafts/${draftId}/answers/about-you`, { typed: { 'about-you': 'yes' } })
  await wife.post(`/api/v1/drafts/${draftId}/answers/account`, {
    typed: { account: 'other', 'account-number': '6222021111111111112' },
  })
  const { caseId, number } = (await wife.post(`/api/v1/drafts/${draftId}/submission`, { declared: 'yes' })).body
  const { rows } = await scene.owner.query<{ id: string }>(
    `insert into cases.unit_member (id, case_id, matter_code, case_number, applicant_name, applied_on, person_id, name, relation, adult, recorded_at)
     values (gen_random_uuid(), $1, 'minimum-living-guarantee', $2, '何美玲', '2026-11-24', $3, '罗志荣', 'spouse', true, $4) returning id`,
    [caseId, number, husband.personId, scene.now()],
  )
  const id = rows[0]!.id
  const given = async () =>
    (await scene.owner.query('select authorised_at from cases.unit_member where id = $1', [id])).rows[0].authorised_at

  const hers = browser(wife)
  await hers.open('/d')
  assert.equal((await hers.send(`/me/authorisations/${id}`, {})).status, 404)
  assert.equal((await wife.post(`/api/v1/me/authorisations/${id}`)).status, 404)
  assert.equal(await given(), null)

  const his = browser(husband)
  shows(await his.open('/'), '1 件等您决定')
  const list = await his.open('/me/authorisations')
  shows(list, number)
  hides(list, wife.idNumber)
  const ask = await his.open(`/me/authorisations/${id}`)
  shows(ask, '何美玲在 11 月 24 日申请了最低生活保障，把您写成一起生活的家人')
  for (const text of ['您本人的收入和财产', '到作出决定为止', '可以不同意', `只用于这一件（${number}）`]) shows(ask, text)
  assert.equal(await given(), null, 'looking is not agreeing')
  assert.equal((await his.send(`/me/authorisations/${id}`, {})).headers.location, '/me/authorisations')
  assert.notEqual(await given(), null)
  shows(await his.open('/me/authorisations'), '您同意过的')
})

test('anyone checks a document by its code or its bytes, and learns no name', async () => {
  const lady = await scene.resident({ name: '欧阳示例', bornOn: '1946-11-01' })
  const { draftId } = (await lady.post('/api/v1/drafts', { matterCode: 'longevity-allowance' })).body
  await lady.post(`/api/v1/drafts/${draftId}/answers/about-you`, { typed: { 'about-you': 'yes' } })
  await lady.post(`/api/v1/drafts/${draftId}/answers/account`, {
    typed: { account: 'other', 'account-number': '6222021111111111112' },
  })
  const { caseId } = (await lady.post(`/api/v1/drafts/${draftId}/submission`, { declared: 'yes' })).body
  const [receipt] = (await lady.get(`/api/v1/me/cases/${caseId}`)).body.documents
  // The first reading prints it.
  const pdf = (await lady.get(`/documents/${receipt.id}`)).raw
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')

  const anyone = browser()
  const page = await anyone.open(`/d/${receipt.id}`)
  for (const text of [receipt.number, '收件凭证', '长寿保健金', '现在有效', 'SHA-256']) shows(page, text)
  for (const name of ['欧阳', lady.idNumber]) hides(page, name)

  await anyone.open('/d')
  const pasted = await anyone.upload('/d', { code: `http://127.0.0.1:8090/d/${receipt.id} ` }, {})
  assert.equal(pasted.headers.location, `/d/${receipt.id}`)
  const signature = await scene.node.app.inject({ url: `/d/${receipt.id}/signature` })
  assert.equal(signature.rawPayload.length, 64)
  shows(await anyone.open('/signing-key.pem'), 'BEGIN PUBLIC KEY')
  shows(await anyone.open('/signing-certificate.pem'), 'BEGIN CERTIFICATE')
  assert.match(pdf.toString('latin1'), /ETSI\.CAdES\.detached/)

  await anyone.open('/d')
  const same = await anyone.upload('/d', { code: '' }, { pdf, signature: signature.rawPayload })
  assert.equal(same.status, 200, same.html)
  for (const text of ['就是我们发出的那一份', '签名对得上', receipt.number]) shows(same, text)
  hides(same, '欧阳')
  const changed = await anyone.upload('/d', {}, { pdf: Buffer.concat([pdf, Buffer.from('\n')]), signature: signature.rawPayload })
  for (const text of ['不是我们发出的原件', '签名对不上']) shows(changed, text)

  for (const [fields, text] of [
    [{}, '请粘贴二维码里的网址'],
    [{ code: 'abc' }, '这不是文书的网址'],
  ] as const) {
    const refused = await anyone.upload('/d', fields, {})
    assert.equal(refused.status, 200)
    shows(refused, text)
  }
  assert.equal((await anyone.open('/d/00000000-0000-4000-8000-000000000000')).status, 404)
  assert.equal((await anyone.open('/d/nonsense/signature')).status, 404)
})
