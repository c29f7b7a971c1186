/** What a hostile or broken client sends is answered with a sentence of ours, leaves its trace, and opens nothing. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openScene, place, type Scene } from './harness/scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene?.close())

interface Sent {
  method?: 'GET' | 'POST' | 'HEAD' | 'OPTIONS' | 'TRACE' | 'PUT' | 'PATCH' | 'DELETE'
  headers?: Record<string, string>
  payload?: string | Buffer
  remoteAddress?: string
}
const send = (url: string, options: Sent = {}) => scene.node.app.inject({ url, ...options })

/** A page's form with its token, as a browser would send it. */
async function post(page: string, action: string, fields: Record<string, string>, cookie = '') {
  const shown = await send(page, { headers: { cookie } })
  const token = /name="_csrf" value="([^"]+)"/.exec(shown.body)![1]!
  const set = [shown.headers['set-cookie'] ?? []].flat().map((c) => c.split(';')[0])
  return send(action, {
    method: 'POST',
    headers: {
      cookie: [...(cookie ? [cookie] : []), ...set].join('; '),
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: String(new URLSearchParams({ _csrf: token, ...fields })),
  })
}

test('a zero byte or half a character is refused, with its field', async () => {
  const clerk = await scene.officer('window-clerk', [place.street])
  const lady = await scene.neighbour()
  for (const bad of ['陈\0秀英', '陈\ud800'])
    for (const [path, body, field] of [
      [`/api/v1/people/${lady.personId}/account/removal`, { reason: bad }, '/reason'],
      [`/api/v1/people/${lady.personId}/account`, { phone: lady.phone, documentSeen: bad }, '/documentSeen'],
    ] as const) {
      const answer = await clerk.post(path, body)
      assert.deepEqual([answer.status, answer.body.code], [422, 'request.unreadable'], path)
      assert.deepEqual(answer.body.params.fields, [{ path: field }])
    }
})

test('lists in lists without end are too large', async () => {
  const clerk = await scene.officer('window-clerk', [place.street])
  const lady = await scene.neighbour()
  const text = `{"reason":${'['.repeat(10_000)}${']'.repeat(10_000)}}`
  const answer = await send(`/api/v1/people/${lady.personId}/account/removal`, {
    method: 'POST',
    headers: { cookie: clerk.cookie, 'content-type': 'application/json' },
    payload: text,
  })
  assert.deepEqual([answer.statusCode, answer.json().code], [422, 'request.too_large'])
})

test('what is no id in form is nothing that exists', async () => {
  const clerk = await scene.officer('window-clerk', [place.street])
  for (const odd of ['-'.repeat(36), 'a'.repeat(36), '12345678-1234-1234-1234-12345678901-']) {
    assert.equal((await send(`/d/${odd}`)).statusCode, 404, odd)
    const cookie = clerk.cookie.replace(/kaifong_post=\S+/, `kaifong_post=${odd}`)
    assert.ok((await send('/desk', { headers: { cookie } })).statusCode < 500, odd)
  }
})

test('a query field sent twice counts once', async () => {
  for (const path of [
    '/search?q=a&q=b',
    '/sign-in?next=/me&next=/',
    '/sign-in?phone=1&phone=2',
    '/desk/sign-in?next=/desk&next=/desk',
    '/settings?lang=en&lang=zh&back=/&back=/me',
  ])
    assert.ok((await send(path)).statusCode < 500, path)
})

test('an address to come back to is a path of this site in ASCII, whatever was sent', async () => {
  const back = async (query: string) => (await send(`/settings?${query}`)).headers.location
  assert.equal(await back('back=/search?q=%E9%99%88'), '/search?q=%E9%99%88')
  assert.equal(await back('back=/a&back=/b'), '/')
  assert.equal(await back('back=//evil.example'), '/')
  for (const control of ['%00', '%0d%0aset-cookie:a=b', '%7f', '%c2%85'])
    assert.equal(await back(`back=/a${control}`), '/', control)
  const lady = await scene.neighbour()
  const asked = await post('/sign-in', '/sign-in', { phone: lady.phone, next: '/search?q=陈' })
  assert.equal(asked.statusCode, 303, asked.body)
  const desk = await scene.officer('window-clerk', [place.street], { choose: false })
  const chosen = await post('/desk/post', '/desk/post', { postId: desk.postId, next: '/desk?q=陈' }, desk.cookie)
  assert.deepEqual([chosen.statusCode, chosen.headers.location], [303, '/desk?q=%E9%99%88'])
})

test('a form that is broken or of another kind is unreadable, not our failure', async () => {
  const forms: [string, string][] = [
    ['multipart/form-data', 'x'],
    ['multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="phone"\r\n\r\n1'],
    ['application/json', '{"_csrf":"x","phone":{"toString":1}}'],
    ['application/json', 'null'],
  ]
  for (const [type, payload] of forms) {
    const answer = await send('/sign-in', { method: 'POST', headers: { 'content-type': type }, payload })
    assert.equal(answer.statusCode, 422, `${type}: ${payload}`)
    assert.match(answer.body, /读不出的字符|不对/)
  }
})

test('a look that nobody made leaves no entry: HEAD and prefetches read nothing', async () => {
  assert.equal((await send('/sign-in', { method: 'HEAD' })).statusCode, 200)
  const clerk = await scene.officer('window-clerk', [place.street])
  const lady = await scene.neighbour()
  const at = `/api/v1/people/${lady.personId}?purpose=visit`
  const { cookie } = clerk
  await send(at, { method: 'HEAD', headers: { cookie } })
  for (const name of ['purpose', 'sec-purpose']) await send(at, { headers: { cookie, [name]: 'prefetch' } })
  const { rows } = await scene.owner.query('select count(*)::int as n from access.read_entry where person_id = $1', [
    lady.personId,
  ])
  assert.equal(rows[0].n, 0)
  assert.equal((await send('/sign-in', { headers: { purpose: 'prefetch' } })).statusCode, 204)
})

const audited = async (operation: string, accountId?: string | null): Promise<string[]> => {
  const { rows } = await scene.owner.query(
    'select outcome from platform.audit where operation = $1 and ($2::text is null or account_id = $2) order by at, id',
    [operation, accountId ?? null],
  )
  return rows.map((r) => r.outcome)
}

test('who is known and turned away leaves a row; a stranger does not fill the audit', async () => {
  const lady = await scene.neighbour()
  const community = await scene.officer('community-officer', [place.community])
  const path = `/api/v1/people/${lady.personId}/account/removal`
  await community.post(path, { reason: 'x' })
  await scene.stranger.post(path, { reason: 'x' })
  const { rows } = await scene.owner.query(
    `select outcome, actor_kind, post_id from platform.audit where operation like '%unbind-account' order by actor_kind`,
  )
  assert.deepEqual(rows, [{ outcome: 'access.not_permitted', actor_kind: 'staff', post_id: community.postId }])
  await scene.stranger.get('/api/v1/me/notices')
  const looks = await scene.owner.query(
    `select from platform.audit where actor_kind = 'public' and outcome = 'account.sign_in_first'`,
  )
  assert.equal(looks.rowCount, 0)
})

test('signing in, failing to, choosing a post and signing out are written down without a name', async () => {
  const clerk = await scene.officer('window-clerk', [place.street], { choose: false })
  await post('/desk/sign-in', '/desk/sign-in', { username: clerk.username, password: 'wrong horse' })
  // The scene's clock stands still, and rows of one instant have no order.
  scene.at(new Date(scene.now().getTime() + 1000).toISOString())
  await post('/desk/sign-in', '/desk/sign-in', { username: clerk.username, password: clerk.password })
  assert.deepEqual((await audited('account.password')).slice(-2), ['account.sign_in_failed', 'done'])
  assert.deepEqual(await audited('account.sign-in'), [], 'a password alone is no sign-in')
  await post('/desk/post', '/desk/post', { postId: clerk.postId }, clerk.cookie)
  assert.equal((await audited('access.choose-post')).at(-1), 'done')
  await post('/desk/post', '/desk/sign-out', {}, clerk.cookie)
  assert.deepEqual(await audited('account.sign-out'), ['done'])
  const { rows } = await scene.owner.query('select a::text as line from platform.audit a')
  assert.ok(rows.every((r) => !r.line.includes(clerk.username)))
})

test('every search for a person is written down, and sixty a minute are enough', async () => {
  const clerk = await scene.officer('window-clerk', [place.street])
  const { declared } = await import('../src/platform/use-case/use-case.ts')
  const { actorOf } = await import('./harness/cast.ts')
  const { rows } = await scene.owner.query(
    'select o.account_id from access.post p join access.officer o on o.id = p.officer_id where p.id = $1',
    [clerk.postId],
  )
  const actor = await actorOf(scene, 'staff', rows[0].account_id, clerk.postId, scene.now())
  const find = () =>
    declared
      .get('people.search-persons')!
      .run({ platform: scene.node.platform, actor, now: scene.now(), requestId: 'r' }, { part: '陈秀' })
  for (let i = 0; i < 60; i++) await find()
  await assert.rejects(find(), { code: 'rate.too_many' })
  const outcomes = await audited('people.search-persons', rows[0].account_id)
  assert.deepEqual([outcomes.length, outcomes.filter((o) => o !== 'done')], [61, ['rate.too_many']])
})

test('an entry of a look is written in one’s own name only', async () => {
  const [one, other] = [await scene.officer('window-clerk', [place.street]), await scene.officer('window-clerk', [place.street])]
  const lady = await scene.neighbour()
  const accountOf = async (postId: string) =>
    (
      await scene.owner.query(
        'select o.account_id from access.post p join access.officer o on o.id = p.officer_id where p.id = $1',
        [postId],
      )
    ).rows[0].account_id as string
  const { sql } = await import('../src/platform/database/tx.ts')
  const { newId } = await import('../src/platform/id.ts')
  const scope = {
    role: 'app_staff',
    area: place.street,
    domains: [],
    subjects: [],
    accountId: await accountOf(one.postId),
    postId: one.postId,
  } as const
  const write = (accountId: string, postId: string) =>
    scene.node.platform.db.as(scope, (tx) =>
      tx.run(sql`insert into access.read_entry (id, at, person_id, operation, purpose, account_id, post_id, request_id)
        values (${newId(scene.now())}, ${scene.now()}, ${lady.personId}, 'x.y', 'visit', ${accountId}, ${postId}, 'r')`),
    )
  assert.equal(await write(scope.accountId, one.postId), 1)
  await assert.rejects(write(scope.accountId, other.postId), { code: '42501' })
  await assert.rejects(write(await accountOf(other.postId), other.postId), { code: '42501' })
})

test('who sends too much gets a page that says so, with the headers of every page', async () => {
  const one = await scene.officer('window-clerk', [place.street], { choose: false })
  for (let i = 0; i < 300; i++) await one.post('/nowhere')
  const slowed = await one.post('/nowhere')
  assert.equal(slowed.status, 429)
  assert.match(String(slowed.body), /<html[\s\S]*太频繁/)
  assert.ok(slowed.headers['content-security-policy'] && slowed.headers['retry-after'])
  assert.equal((await one.get('/')).status, 200, 'looking is not slowed')
  const { rows } = await scene.owner.query('select key from auth.rate')
  assert.ok(rows.some((r) => r.key.startsWith('unsafe:')))
  assert.deepEqual(
    rows.filter((r) => r.key.includes(one.address)),
    [],
    'no address in the clear',
  )
})

test('a log says what failed and not what was typed', async () => {
  const { loggedError } = await import('../src/platform/log.ts')
  const error = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (phone)=(138)',
    where: 'x',
    parameters: ['138'],
  })
  assert.ok(!JSON.stringify(loggedError(error)).includes('138'))
  assert.equal(loggedError(error).code, '23505')
})

test('HEAD answers as GET does to anybody, without a body', async () => {
  const lady = await scene.resident()
  for (const [url, cookie] of [
    ['/', ''],
    ['/', lady.cookie],
    ['/matters/longevity-allowance', ''],
    ['/desk/sign-in', ''],
  ] as const) {
    const [head, get] = [await send(url, { method: 'HEAD', headers: { cookie } }), await send(url)]
    assert.deepEqual([head.statusCode, head.body], [200, ''], url)
    for (const name of ['content-type', 'cache-control', 'content-security-policy'])
      assert.equal(head.headers[name], get.headers[name], name)
    assert.ok(Number(head.headers['content-length']) > 1000, 'the length of the page that it is not')
  }
  assert.equal((await send('/no-such-page', { method: 'HEAD' })).statusCode, 404)
  assert.equal((await send('/healthz', { method: 'HEAD' })).statusCode, 200)
})

test('HEAD on a person leaves no entry and shows nothing: it is asked as anybody', async () => {
  const clerk = await scene.officer('window-clerk', [place.street])
  const lady = await scene.neighbour()
  const { body } = await clerk.post('/api/v1/window/cases', {
    personId: lady.personId,
    matterCode: 'longevity-allowance',
    typed: { 'about-you': 'yes', account: 'other', 'account-number': '6222021111111111112' },
  })
  const entries = async () => (await scene.owner.query('select count(*)::int as n from access.read_entry')).rows[0].n
  const before = await entries()
  const page = await send(`/desk/cases/${body.caseId}`, { method: 'HEAD', headers: { cookie: clerk.cookie } })
  assert.deepEqual([page.statusCode, page.headers.location?.startsWith('/desk/sign-in')], [303, true])
  const api = await send(`/api/v1/cases/${body.caseId}`, { method: 'HEAD', headers: { cookie: clerk.cookie } })
  assert.deepEqual([api.statusCode >= 400, api.body], [true, ''])
  assert.equal(await entries(), before)
  assert.equal((await send(`/desk/cases/${body.caseId}`, { headers: { cookie: clerk.cookie } })).statusCode, 200)
  assert.equal(await entries(), before + 1, 'GET by the same officer is a read')
})

test('OPTIONS names the methods and permits nobody; TRACE, PUT and DELETE are no methods of ours', async () => {
  for (const url of ['/', '/api/v1/cases', '/no-such-page']) {
    const asked = await send(url, { method: 'OPTIONS', headers: { origin: 'https://elsewhere.example' } })
    assert.deepEqual([asked.statusCode, asked.headers.allow], [204, 'GET, HEAD, POST, OPTIONS'])
    assert.equal(asked.headers['access-control-allow-origin'], undefined)
    for (const method of ['TRACE', 'PUT', 'PATCH', 'DELETE'] as const) {
      const answer = await send(url, { method, headers: { cookie: 'session=secret' } })
      assert.deepEqual(
        [answer.statusCode, answer.headers.allow, answer.body],
        [405, 'GET, HEAD, POST, OPTIONS', ''],
        `${method} ${url}`,
      )
    }
  }
})
