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
  method?: 'GET' | 'POST' | 'HEAD'
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
  assert.equal((await send('/sign-in', { method: 'HEAD' })).statusCode, 404)
  const clerk = await scene.officer('window-clerk', [place.street])
  const lady = await scene.neighbour()
  const at = `/api/v1/people/${lady.personId}?purpose=visit`
  for (const options of [
    { method: 'HEAD' as const },
    { headers: { purpose: 'prefetch' } },
    { headers: { 'sec-purpose': 'prefetch' } },
  ])
    await send(at, { ...options, headers: { ...options.headers, cookie: clerk.cookie } })
  const { rows } = await scene.owner.query('select count(*)::int as n from access.read_entry where person_id = $1', [
    lady.personId,
  ])
  assert.equal(rows[0].n, 0)
  assert.equal((await send('/sign-in', { headers: { purpose: 'prefetch' } })).statusCode, 204)
})
