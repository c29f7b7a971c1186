/**
 * Every route that the house serves, found by walking its own table: none acts without a form of ours, leads elsewhere, says
 * again what it was sent, or lets a browser keep or frame what it shows.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Client, openScene, place, type Scene } from '../harness/scene.ts'

let scene: Scene
let actors: { name: string; client: Client }[]
let routes: { methods: string[]; path: string }[]
let postId: string
before(async () => {
  scene = await openScene('2026-11-24T02:00:00Z', { unsafePerMinute: 10_000_000, readsPerMinute: 10_000_000 })
  await scene.node.app.ready()
  routes = routesIn(scene.node.app.printRoutes({ commonPrefix: false }))
  const undecided = await scene.officer('window-clerk', [place.street], { choose: false })
  postId = undecided.postId
  actors = [
    { name: 'public', client: scene.stranger },
    { name: 'resident', client: await scene.resident() },
    { name: 'officer without post', client: undecided },
    { name: 'window-clerk', client: await scene.officer('window-clerk', [place.street]) },
    { name: 'audit-administrator', client: await scene.officer('audit-administrator', [place.district]) },
  ]
})
after(() => scene?.close())

/** The router prints a tree, each line what it adds to the one that it hangs on. */
function routesIn(tree: string): { methods: string[]; path: string }[] {
  const above: string[] = []
  return [...tree.matchAll(/^([│ ]*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?$/gm)].flatMap(([, indent, segment, methods]) => {
    const depth = indent!.length / 4
    above[depth] = (above[depth - 1] ?? '') + segment!
    return methods ? [{ path: above[depth]!, methods: methods.split(', ') }] : []
  })
}

const filled = (path: string) => path.replace(/:\w+/g, randomUUID()).replace('*', 'x')
const having = (method: string) => routes.filter((r) => r.methods.includes(method)).map((r) => r.path)
const isApi = (path: string) => path.startsWith('/api/')
// What other programs send acts as nobody, whatever cookie comes with it (docs/open311.md): it needs no token.
const OTHER_PROGRAMS = '/*'
const pagePosts = () =>
  having('POST')
    .filter((path) => !isApi(path))
    .filter((path) => path !== OTHER_PROGRAMS)

interface Sent {
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  payload?: string
}
const send = (client: Client, url: string, { method = 'GET', headers = {}, payload }: Sent = {}) =>
  scene.node.app.inject({
    method,
    url,
    remoteAddress: client.address,
    headers: { ...(client.cookie ? { cookie: client.cookie } : {}), ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const done = async () =>
  (await scene.owner.query(`select count(*)::int as n from platform.audit where outcome = 'done'`)).rows[0].n as number

/** A token of ours and the cookie that it goes with. */
async function token(client: Client): Promise<{ token: string; cookie: string }> {
  const page = await send(client, '/d')
  const set = [page.headers['set-cookie'] ?? []].flat().map((c) => c.split(';')[0]!)
  return {
    token: /name="_csrf" value="([^"]+)"/.exec(page.body)![1]!,
    cookie: [...(client.cookie ? [client.cookie] : []), ...set].join('; '),
  }
}

test('the table is the whole house', () => {
  assert.ok(pagePosts().length > 40 && having('GET').length > 60, `${pagePosts().length} forms, ${having('GET').length} pages`)
  assert.equal(
    having('POST').filter(isApi).length + having('GET').filter((p) => p.startsWith('/api/v1')).length,
    scene.node.app.apiRoutes.length,
  )
})

test('no form is taken without its token, with another browser’s, or as JSON', async () => {
  const before = await done()
  const foreign = await token(scene.stranger)
  for (const { name, client } of actors)
    for (const path of pagePosts()) {
      const url = filled(path)
      const bare = await send(client, url, { method: 'POST', headers: FORM, payload: `phone=10012345678&postId=${postId}` })
      assert.equal(bare.statusCode, 403, `${name} ${path} without a token: ${bare.statusCode}`)
      const other = await send(client, url, {
        method: 'POST',
        headers: FORM,
        payload: String(new URLSearchParams({ _csrf: foreign.token, postId })),
      })
      assert.equal(other.statusCode, 403, `${name} ${path} with another’s token`)
      const json = await send(client, url, { method: 'POST', headers: { 'content-type': 'application/json' }, payload: '{}' })
      assert.equal(json.statusCode, 422, `${name} ${path} as JSON`)
    }
  assert.equal(await done(), before, 'nothing was done')
})

test('the API acts on no request that another site could make', async () => {
  const before = await done()
  const attempts: Record<string, string>[] = [
    { 'content-type': 'application/json', origin: 'https://evil.example' },
    { 'content-type': 'application/json', origin: 'null' },
    { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' },
    { 'content-type': 'application/json', 'sec-fetch-site': 'same-site' },
    FORM,
    { 'content-type': 'text/plain' },
  ]
  for (const { name, client } of actors)
    for (const path of having('POST').filter(isApi))
      for (const headers of attempts) {
        const answer = await send(client, filled(path), { method: 'POST', headers, payload: '{}' })
        assert.ok([403, 415, 422].includes(answer.statusCode), `${name} ${path} ${JSON.stringify(headers)}: ${answer.statusCode}`)
      }
  assert.equal(await done(), before)
})

const ELSEWHERE = ['https://evil.example/', '//evil.example', '/\\evil.example', '/\t/evil.example',
  'javascript:alert(1)', '/x\r\nset-cookie: planted=1', '/desk\r\nset-cookie: planted=1', '/desk/../..//evil.example'] // biome-ignore format: a list

const RETURNS = ['next', 'back', 'to', 'return', 'url', 'redirect_uri']
function staysHere(answer: Awaited<ReturnType<typeof send>>, what: string): void {
  assert.ok(answer.statusCode < 500, `${what}: ${answer.statusCode}`)
  const { location } = answer.headers
  if (location !== undefined) {
    assert.match(String(location), /^\/(?![/\\])[\x21-\x7e]*$/, what)
    assert.equal(new URL(String(location), 'http://here.example').host, 'here.example', what)
  }
  assert.ok(!answer.cookies.some((c) => c.name === 'planted'), what)
}

test('no address to come back to leads to another site', async () => {
  for (const { name, client } of actors.slice(0, 4)) {
    const own = await token(client)
    // Two of them to everybody; all of them to one who has a post to choose and a way to go on.
    for (const evil of name === 'officer without post' ? ELSEWHERE : ELSEWHERE.slice(1, 3)) {
      const query = String(new URLSearchParams(RETURNS.map((field) => [field, evil])))
      for (const path of having('GET')) staysHere(await send(client, `${filled(path)}?${query}`), `${name} ${path} ${evil}`)
      for (const path of pagePosts().filter((p) => !p.endsWith('sign-out')))
        staysHere(
          await send(client, `${filled(path)}?${query}`, {
            method: 'POST',
            headers: { ...FORM, cookie: own.cookie },
            payload: `${query}&${new URLSearchParams({ _csrf: own.token, postId, phone: '10012345678' })}`,
          }),
          `${name} ${path} ${evil}`,
        )
    }
  }
})

test('every page has its policy, is kept by no browser, and says nothing again unescaped', async () => {
  const payload = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
  const query = String(
    new URLSearchParams(
      [
        'q',
        'phone',
        'username',
        'number',
        'list',
        'matter',
        'area',
        'page',
        'missing',
        'part',
        'for',
        'token',
        'again',
        'sent',
      ].map((k) => [k, payload]),
    ),
  )
  let pages = 0
  for (const { name, client } of actors)
    for (const path of [...having('GET'), '/no-such-page'].filter((p) => !p.startsWith('/assets/') && !isApi(p)))
      for (const url of [filled(path), `${filled(path)}?${query}`, path.replace(/:\w+/g, encodeURIComponent(payload))]) {
        const answer = await send(client, url)
        const what = `${name} ${url}`
        assert.ok(answer.statusCode < 500, what)
        assert.equal(answer.headers['cache-control'], 'no-store', what)
        assert.equal(answer.headers['x-content-type-options'], 'nosniff', what)
        const policy = String(answer.headers['content-security-policy'])
        // Bytes open without any right; whatever is refused instead of them is a page.
        // The field app's worker is a script of a page, and has a page's policy.
        if (answer.headers['content-disposition'] && !(path.startsWith('/desk/field/') && answer.statusCode === 200)) {
          assert.match(policy, /default-src 'none'.*sandbox/, what)
        } else
          for (const part of [
            "default-src 'self'",
            "script-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
          ])
            assert.ok(policy.split(';').includes(part), `${what}: ${part} in ${policy}`)
        assert.equal(answer.headers['referrer-policy'], 'same-origin', what)
        if (!/html/.test(String(answer.headers['content-type']))) continue
        pages++
        assert.match(String(answer.headers['content-type']), /charset=utf-8/, what)
        assert.ok(!answer.body.includes('<script>') && !answer.body.includes('<img src=x'), `${what} says again what it was sent`)
        assert.doesNotMatch(answer.body, /<[^>]+ (on\w+|style)=/, what)
      }
  assert.ok(pages > 300, `${pages} pages were looked at`)
})

test('a Host of somebody else’s is in nothing that is sent back', async () => {
  const headers = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    forwarded: 'host=evil.example',
  }
  for (const { name, client } of actors)
    for (const path of having('GET').filter((p) => !p.startsWith('/assets/'))) {
      const answer = await send(client, filled(path), { headers })
      const all = JSON.stringify(answer.headers) + answer.body
      assert.ok(!all.includes('evil.example'), `${name} ${path}`)
    }
})
