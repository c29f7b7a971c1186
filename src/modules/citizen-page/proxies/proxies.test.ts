/** 代办 over pages and forms: given with a second factor or at the window, taken on by a code, seen by the person, ended by any of them. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from '../../../../test/harness/form-browser.ts'
import { openScene, place, type Scene } from '../../../../test/harness/scene.ts'
import { codeAt } from '../../../../test/harness/staff-door.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene?.close())

async function somebody(name: string) {
  const person = await scene.neighbour({ name })
  const who = await scene.resident({ person })
  return { person, who, browser: new FormBrowser(scene, who.cookie, who.address) }
}
/** Sends a form; one that comes back is seen on the page that it stands on. */
async function send(b: FormBrowser, page: string, action: string, fields: Record<string, string | string[]> = {}) {
  const answer = await b.fill(page, action, fields)
  return /[?&]again=/.test(answer.to ?? '') ? { ...(await b.see(answer.to!)), to: '' } : answer
}
const UNTIL = { 'validTo.year': '2027', 'validTo.month': '6', 'validTo.day': '30' }
const PAPER = { documentSeen: 'id-card', named: '黄侄', reason: '没有智能手机' }
const codeIn = (html: string) => /<code class="k-proxy-code">([0-9A-Z-]{19})<\/code>/.exec(html)![1]!

let moments = Date.parse('2026-11-24T02:00:00Z')
const later = (seconds: number) => {
  moments += seconds * 1000
  scene.at(new Date(moments).toISOString())
}
/** An app of hers, and what it shows, a minute later. */
async function confirmed(b: FormBrowser): Promise<void> {
  const page = await b.see('/me/security/app')
  const own = /<code class="num">([A-Z2-7 ]+)<\/code>/.exec(page.html)![1]!.replaceAll(' ', '')
  await b.answer(page.html, '/me/security/app', { code: codeAt(own, scene.now()) })
  later(60)
  const done = await b.fill('/me/confirm?next=%2Fme%2Fproxies', '/me/confirm', {
    code: codeAt(own, scene.now()),
    next: '/me/proxies',
  })
  assert.equal(done.to, '/me/proxies')
}

async function given(lady: FormBrowser, matters: string[]): Promise<string> {
  await confirmed(lady)
  const made = await send(lady, '/me/proxies/new', '/me/proxies/new', { matters, ...UNTIL })
  assert.equal(made.status, 200)
  return codeIn(made.html)
}

test('a mother lets her daughter act; she sees each look, and ends it', async () => {
  const mother = await somebody('陈玉兰')
  const daughter = await somebody('李小红')
  assert.match((await mother.browser.see('/me/proxies/new')).to ?? '', /\/me\/confirm\?next=/, 'asks for the second factor')
  const code = await given(mother.browser, ['longevity-allowance'])
  assert.doesNotMatch((await mother.browser.see('/me/proxies')).html, new RegExp(code), 'shown once')
  const { rows } = await scene.owner.query('select code_digest from access.proxy')
  assert.ok(!JSON.stringify(rows).includes(code.replaceAll('-', '')), 'only its hash is kept')

  const wrong = await send(daughter.browser, '/me/proxies/take', '/me/proxies/take', { code: 'AAAA-BBBB-CCCC-DDDD' })
  assert.match(wrong.html, /代办码不对/)
  assert.match(wrong.html, /AAAA-BBBB-CCCC-DDDD/, 'what was typed is kept')
  const taken = await send(daughter.browser, '/me/proxies/take', '/me/proxies/take', { code: ` ${code.toLowerCase()} ` })
  const page = await daughter.browser.see(taken.to!)
  assert.match(page.html, /替陈玉兰办事/)
  assert.match(page.html, /长寿保健金/)

  assert.match((await mother.browser.see('/me/reads')).html, /您的代办人 李小红/)
  assert.match((await mother.browser.see('/me/messages')).html, /有人接下了/)
  const list = await mother.browser.see('/me/proxies')
  const id = /action="\/me\/proxies\/([0-9a-f-]+)\/end"/.exec(list.html)![1]!
  assert.match(list.html, /李小红/)
  await mother.browser.answer(list.html, `/me/proxies/${id}/end`)
  const gone = await daughter.browser.see(taken.to!)
  assert.equal(gone.status, 404)
  assert.match(gone.html, /已经结束或者到期/)
})

test('a code is good once, for seven days, and never for oneself', async () => {
  const [lady, first, second] = [await somebody('梁伯'), await somebody('梁一'), await somebody('梁二')]
  const code = await given(lady.browser, ['residence-registration'])
  const take = (b: FormBrowser, typed: string) => send(b, '/me/proxies/take', '/me/proxies/take', { code: typed })
  assert.match((await take(lady.browser, code)).html, /代办码不对/, 'for oneself')
  assert.ok((await take(first.browser, code)).to)
  assert.match((await take(second.browser, code)).html, /代办码不对/, 'twice')
  const late = await given((await somebody('梁三')).browser, ['residence-registration'])
  later(9 * 86_400)
  await second.who.again()
  assert.match((await take(second.browser, late)).html, /代办码不对/, 'late')
  for (let i = 0; i < 12; i++) await take(second.browser, `AAAA-BBBB-CCCC-DD${String(i).padStart(2, '2')}`)
  const slowed = await take(second.browser, 'AAAA-BBBB-CCCC-DDDD')
  assert.doesNotMatch(slowed.html, /代办码不对/, 'who goes on guessing waits')
})

test('what is missing or too long is told at its field, and nothing is lost', async () => {
  const { browser } = await somebody('何姨')
  await confirmed(browser)
  const none = await send(browser, '/me/proxies/new', '/me/proxies/new', { ...UNTIL })
  assert.match(none.html, /请至少选一件事/)
  const far = await send(browser, '/me/proxies/new', '/me/proxies/new', {
    matters: ['longevity-allowance'],
    ...UNTIL,
    'validTo.year': '2031',
  })
  assert.match(far.html, /最长一年/)
  assert.match(far.html, /value="2031"/)
  assert.match(far.html, /value="longevity-allowance"[^>]* checked|checked[^>]* value="longevity-allowance"/)
})

test('at the window, for who has no phone: after the paper was seen; she is told, and it ends there too', async () => {
  const lady = await scene.neighbour({ name: '黄婆婆', community: place.community })
  const nephew = await somebody('黄侄')
  const clerk = await scene.officer('window-clerk', [place.street])
  const desk = new FormBrowser(scene, clerk.cookie, clerk.address)
  const at = `/desk/people/${lady.personId}/proxies`
  const unseen = await send(desk, at, at, { matters: ['longevity-allowance'], ...UNTIL })
  assert.match(unseen.html, /请先看本人的身份证/)
  const made = await send(desk, at, at, { matters: ['longevity-allowance'], ...UNTIL, signedPaper: 'seen', ...PAPER })
  const stranger = await somebody('黄大明')
  const code = codeIn(made.html)
  assert.match(
    (await send(stranger.browser, '/me/proxies/take', '/me/proxies/take', { code })).html,
    /代办码不对/,
    'not whom the paper names',
  )
  const taken = await send(nephew.browser, '/me/proxies/take', '/me/proxies/take', { code })
  assert.match((await nephew.browser.see(taken.to!)).html, /替黄婆婆办事/)
  const given = await desk.see(`${at}/given`)
  assert.match(given.html, /20261\d{3}-W0001/)
  const [, id] = /proxies\/([0-9a-f-]{36})\/paper/.exec(given.html)!
  const paper = (await desk.see(`${at}/${id}/paper`)).html
  for (const said of [/黄婆婆/, /黄侄/, /没有智能手机/, /居民身份证|身份证/, new RegExp(clerk.name)]) assert.match(paper, said)
  assert.doesNotMatch(paper, new RegExp(code))
  const ended = await send(desk, `${at}/given`, `${at}/${id}/end`)
  assert.equal(ended.to, `${at}/given?done=ended`)
  assert.equal((await desk.see(`${at}/${id}/paper`)).status, 404)
  assert.equal((await nephew.browser.see(taken.to!)).status, 404)
  const { rows } = await scene.owner.query('select kind from messages.message where person_id = $1 order by kind', [
    lady.personId,
  ])
  assert.deepEqual(
    rows.map((row: { kind: string }) => row.kind),
    ['proxy_ended', 'proxy_given', 'proxy_taken'],
  )
})

test('ended one by one or all at once, she is told which it was, and nothing that is over is counted', async () => {
  const lady = await scene.neighbour({ name: '黄婆婆', community: place.community })
  const clerk = await scene.officer('window-clerk', [place.street])
  const api = `/api/v1/people/${lady.personId}/proxies`
  const whole = { ...PAPER, signedPaper: 'seen', matters: ['longevity-allowance'], validTo: '2027-06-30' }
  const ids: string[] = []
  for (let i = 0; i < 4; i++) ids.push((await clerk.post(api, whole)).body.id)
  await scene.owner.query(`update access.proxy set code_until = $2 where id = $1`, [ids[3], scene.now()])
  const end = (body: object) => clerk.post(`${api}/end`, body)
  assert.equal((await end({ proxyId: ids[0] })).body.ended, 1)
  assert.equal((await end({ proxyId: ids[3] })).status, 404, 'nobody can take it on any more')
  assert.equal((await end({})).body.ended, 2)
  assert.equal((await end({})).body.ended, 0)
  const who = await scene.resident({ person: lady })
  const told = (await new FormBrowser(scene, who.cookie, who.address).see('/me/messages')).html
  assert.equal(told.match(/结束了您给出的全部代办/g)?.length, 1)
  assert.equal(told.match(/结束了您在 [^<]*给出的那一份代办，别的没有动/g)?.length, 1)
})

test('a name with other dots or spaces is the same name; who took it on sees that the window read her name', async () => {
  const lady = await scene.neighbour({ name: '阿依·古丽', community: place.community })
  const clerk = await scene.officer('window-clerk', [place.street])
  const desk = new FormBrowser(scene, clerk.cookie, clerk.address)
  const at = `/desk/people/${lady.personId}/proxies`
  const form = { matters: ['longevity-allowance'], ...UNTIL, signedPaper: 'seen', ...PAPER }
  assert.match((await send(desk, at, at, { ...form, named: '阿依•古丽' })).html, /k-error|error/, 'she herself, with another dot')
  for (const [named, name] of [
    ['买买提•艾力', '买买提·艾力'],
    ['买买提 ・ 海答尔', '买买提·海答尔'],
    ['Ann Lee', 'ANN LEE'],
    ['帕提古丽‧吐尔逊', '帕提古丽．吐尔逊'],
  ] as const) {
    const code = codeIn((await send(desk, at, at, { ...form, named })).html)
    const { browser, person } = await somebody(name)
    const taken = await send(browser, '/me/proxies/take', '/me/proxies/take', { code })
    assert.match(taken.to ?? '', /^\/for\//, name)

    await desk.see(`${at}/given`)
    const { rows } = await scene.owner.query(
      `select count(*)::int as n from access.read_entry where person_id = $1 and operation = 'people.read-proxies'`,
      [person.personId],
    )
    assert.ok(rows[0].n >= 1, name)
  }
})

test('the paper is asked for whole, and an officer of the community or another street does none of it', async () => {
  const lady = await scene.neighbour({ name: '黄婆婆', community: place.community })
  const api = `/api/v1/people/${lady.personId}/proxies`
  const whole = { ...PAPER, signedPaper: 'seen', matters: ['longevity-allowance'], validTo: '2027-06-30' }
  const clerk = await scene.officer('window-clerk', [place.street])
  for (const [field, value] of [['named', '黄'], ['named', '黄婆婆'], ['reason', ' '], ['documentSeen', 'a-bill']] as const) // biome-ignore format: a table
    assert.equal((await clerk.post(api, { ...whole, [field]: value })).status, 422, field)
  const worker = await scene.officer('community-officer', [place.community])
  const other = await scene.officer('window-clerk', [place.nextStreet])
  assert.equal((await worker.post(api, whole)).status, 403)
  assert.equal((await other.post(api, whole)).status, 404)
  const { rows } = await scene.owner.query('select from access.proxy where principal_id = $1', [lady.personId])
  assert.equal(rows.length, 0)
})

test('a form that is sent twice shows the same code for ten minutes, and nobody chooses one', async () => {
  const lady = await scene.neighbour({ name: '黄婆婆', community: place.community })
  const clerk = await scene.officer('window-clerk', [place.street])
  const desk = new FormBrowser(scene, clerk.cookie, clerk.address)
  const at = `/desk/people/${lady.personId}/proxies`
  const page = await desk.see(at)
  const form = new RegExp(`<form[^>]*action="${at}"[^>]*>([\\s\\S]*?)</form>`).exec(page.html)![1]!
  const hidden = [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]) => [
    /name="([^"]+)"/.exec(tag)![1]!,
    /value="([^"]*)"/.exec(tag)![1]!,
  ])
  const body = () =>
    new URLSearchParams({
      ...Object.fromEntries(hidden),
      matters: 'longevity-allowance',
      ...UNTIL,
      signedPaper: 'seen',
      ...PAPER,
    })
  const first = codeIn((await desk.send('POST', at, body())).html)
  assert.equal(codeIn((await desk.send('POST', at, body())).html), first)
  const { rows } = await scene.owner.query('select count(*)::int as n from access.proxy where principal_id = $1', [lady.personId])
  assert.equal(rows[0].n, 1)
  const kept = await scene.owner.query('select result::text from platform.idempotency')
  assert.ok(!JSON.stringify(kept.rows).includes(first) && !JSON.stringify(kept.rows).includes(first.replaceAll('-', '')))

  const api = `/api/v1/people/${lady.personId}/proxies`
  const given = { ...PAPER, signedPaper: 'seen', matters: ['longevity-allowance'], validTo: '2027-06-30' }
  const [one, two] = [await clerk.post(api, given), await clerk.post(api, given)]
  assert.ok(one.body.code && two.body.code && one.body.code !== two.body.code)
  assert.notEqual((await clerk.post(api, { ...given, code: 'AAAAAAAAAAAAAAAA' })).body.code, 'AAAA-AAAA-AAAA-AAAA')
  scene.at(new Date(scene.now().getTime() + 11 * 60_000).toISOString())
  const late = await desk.send('POST', at, body())
  assert.doesNotMatch(late.html, /k-proxy-code/)
  assert.match((await desk.see(late.to!)).html, /过了十分钟不再显示/)
})
