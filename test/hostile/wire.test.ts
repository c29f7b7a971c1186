/** What only a socket can do: messages whose end is said twice, headers and addresses without end, and pictures that are bombs. */
import assert from 'node:assert/strict'
import { type AddressInfo, connect } from 'node:net'
import { after, before, test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import { FormBrowser } from '../harness/form-browser.ts'
import { openScene, type Scene } from '../harness/scene.ts'

let scene: Scene
let port: number
before(async () => {
  scene = await openScene('2026-11-24T02:00:00Z', { unsafePerMinute: 10_000_000, readsPerMinute: 10_000_000 })
  await scene.node.app.listen({ port: 0, host: '127.0.0.1' })
  port = (scene.node.app.server.address() as AddressInfo).port
})
after(() => scene?.close())

/** Everything that comes back until the other side hangs up, or half a second of silence. */
const raw = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.setTimeout(500, () => socket.destroy())
    socket.on('data', (bytes) => {
      heard += bytes
    })
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(heard) : reject(error),
    )
    socket.on('close', () => resolve(heard))
  })
const answers = (text: string) => [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))

test('where a message ends is said once, or it is no message', async () => {
  const head = 'POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n'
  const smuggled = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'
  for (const [what, text] of Object.entries({
    'length and chunks': `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    'two lengths': `${head}Content-Length: 0\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`,
    'chunks by another name': `${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`,
    'a length that is no number': `${head}Content-Length: +5\r\n\r\nabcde${smuggled}`,
    'a folded header': `${head}X: a\r\n b\r\nContent-Length: 0\r\n\r\n${smuggled}`,
    'a space before the colon': `${head}Content-Length : 0\r\n\r\n${smuggled}`,
  }))
    assert.deepEqual(answers(await raw(text)), [400], what)
})

test('headers, cookies and addresses without end are refused, and the house stays open', async () => {
  const get = (path: string, headers = '') => raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n`)
  assert.deepEqual(answers(await get('/', `X: ${'a'.repeat(20_000)}\r\n`)), [431])
  assert.deepEqual(answers(await get(`/${'a'.repeat(20_000)}`)), [431])
  assert.deepEqual(answers(await get('/', `Cookie: ${'a=b; '.repeat(4_000)}\r\n`)), [431])
  assert.deepEqual(
    answers(await get('/', `Cookie: ${'a=b; '.repeat(2_500)}kaifong.session_token=${'x'.repeat(2_000)}\r\n`)),
    [200],
  )
  assert.deepEqual(answers(await get(`/search?q=${'a'.repeat(12_000)}`)), [200])
  assert.deepEqual(answers(await get(`/d/${'a'.repeat(12_000)}`)), [422])
  assert.deepEqual(answers(await get(`/search?${'q=a&'.repeat(3_000)}`)), [200])
  for (const broken of [
    '/%zz',
    '/d/%e9%99',
    '/api/v1/cases/%',
    '/%00',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/..%5c..%5cpackage.json',
  ]) {
    const answer = await get(broken)
    assert.ok([400, 403, 404, 422].includes(answers(answer)[0]!), `${broken}: ${answer.slice(0, 200)}`)
    assert.match(answer, /^x-content-type-options: nosniff\r$/im, broken)
    assert.match(answer, /^content-security-policy: /im, broken)
    assert.ok(!answer.includes('"dependencies"'), broken)
  }
  assert.deepEqual(answers(await get('/healthz')), [200])
})

test('twenty who speak one letter at a time, and hang up, keep nobody waiting and are no fault', async () => {
  const faults: unknown[] = []
  const { log } = scene.node.platform
  const { error } = log
  log.error = (details) => void faults.push(details)
  const slow = Array.from({ length: 20 }, () => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write('POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\np'),
    )
    socket.on('error', () => {})
    return socket
  })
  assert.deepEqual(answers(await raw('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')), [200])
  for (const socket of slow) socket.destroy()
  assert.deepEqual(answers(await raw('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')), [200])
  assert.deepEqual(faults, [])
  log.error = error
  assert.ok(scene.node.app.server.requestTimeout > 0 && scene.node.app.server.headersTimeout > 0, 'and they are hung up on')
})

/** A PNG of so many pixels, all black, in a few kilobytes. */
function png(width: number, height: number): Buffer {
  const chunk = (kind: string, body: Buffer) => {
    const named = Buffer.concat([Buffer.from(kind, 'latin1'), body])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(body.length)
    sum.writeUInt32BE(crc32(named))
    return Buffer.concat([length, named, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 1
  const rows = Buffer.alloc((Math.ceil(width / 8) + 1) * height)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

test('pictures that unpack to hundreds of megabytes, drawings and half-breeds are turned away at the form', async () => {
  const lady = await scene.resident({ hukou: null })
  const { body } = await lady.post('/api/v1/drafts', { matterCode: 'residence-registration' })
  const browser = new FormBrowser(scene, lady.cookie, lady.address)
  const { html } = await browser.see(`/apply/${body.draftId}/photo`)
  const action = `/apply/${body.draftId}/photo/files/photo`
  assert.ok(html.includes(action), 'the page asks for the picture')
  const token = /name="_csrf" value="([^"]+)"/.exec(html)![1]!
  const give = async (bytes: Buffer, name: string) => {
    const edge = 'edge'
    const before = (field: string) => `--${edge}\r\ncontent-disposition: form-data; name="${field}"`
    const sent = await scene.node.app.inject({
      method: 'POST',
      url: action,
      remoteAddress: lady.address,
      headers: {
        cookie: [...browser.cookies].map(([k, v]) => `${k}=${v}`).join('; '),
        'content-type': `multipart/form-data; boundary=${edge}`,
      },
      payload: Buffer.concat([
        Buffer.from(
          `${before('_csrf')}\r\n\r\n${token}\r\n${before('file-photo')}; filename="${name}"\r\ncontent-type: image/png\r\n\r\n`,
        ),
        bytes,
        Buffer.from(`\r\n--${edge}--\r\n`),
      ]),
    })
    return sent
  }
  const stored = async () =>
    (
      await scene.owner.query(
        'select (select count(*) from documents.file)::int + (select count(*) from documents.derivative)::int as n',
      )
    ).rows[0].n as number
  const before = await stored()
  const bomb = png(20_000, 20_000)
  assert.ok(bomb.length < 100_000)
  for (const [name, bytes] of Object.entries({
    'bomb.png': bomb,
    'drawing.svg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    'page.png': Buffer.from('<!doctype html><script>alert(1)</script>'),
    'half.png': Buffer.concat([png(8, 8).subarray(0, 40), Buffer.from('%PDF-1.4 <script>')]),
    'deep.pdf': Buffer.from(`%PDF-1.4\n${'1 0 obj<</A '.repeat(20_000)}`),
    'archive.png': Buffer.from('504b0304140000000800', 'hex'),
  })) {
    const answer = await give(bytes, name)
    assert.ok(answer.statusCode === 303 || (answer.statusCode >= 400 && answer.statusCode < 500), `${name}: ${answer.statusCode}`)
    assert.equal(await stored(), before, name)
  }
  const fine = await give(png(64, 64), 'fine.png')
  assert.equal(fine.statusCode, 303, fine.body.slice(0, 500))
  assert.equal(await stored(), before + 3, 'an honest picture is taken by the same form, and its two pictures made')
})
