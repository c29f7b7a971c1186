import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openScene } from '../harness/scene.ts'

const TOKEN = 'a token of twenty letters'.replaceAll(' ', '-')

test('this machine reads the metrics; what a proxy passes on, or comes from elsewhere, finds nothing', async (t) => {
  const scene = await openScene()
  t.after(() => scene.close())
  const ask = (remoteAddress: string, headers = {}) =>
    scene.node.app.inject({ method: 'GET', url: '/metrics', remoteAddress, headers })
  await scene.stranger.get('/')
  const own = await ask('127.0.0.1')
  assert.equal(own.statusCode, 200)
  assert.match(String(own.headers['content-type']), /^text\/plain; version=0\.0\.4/)
  for (const line of [
    /^kaifong_ready 1$/m,
    /^kaifong_http_requests_total\{status="2xx"\} [1-9]/m,
    /^kaifong_seal_lag_seconds [\d.]+$/m,
  ])
    assert.match(own.body, line)
  for (const line of own.body.trimEnd().split('\n'))
    assert.match(line, /^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[\w-]+"(,\w+="[\w-]+")*\})? [\d.e+-]+)$/)
  assert.equal((await ask('127.0.0.1', { 'x-forwarded-for': '10.1.2.3' })).statusCode, 404)
  assert.equal((await ask('10.1.2.3')).statusCode, 404)
})

test('with a token set, the token alone opens them', async (t) => {
  const scene = await openScene(undefined, { metricsToken: TOKEN })
  t.after(() => scene.close())
  const ask = async (authorization?: string, remoteAddress = '10.1.2.3') => {
    const headers = authorization ? { authorization } : {}
    return (await scene.node.app.inject({ method: 'GET', url: '/metrics', remoteAddress, headers })).statusCode
  }
  assert.deepEqual(
    [
      await ask(`Bearer ${TOKEN}`),
      await ask(`Bearer ${TOKEN}x`),
      await ask('Bearer '),
      await ask(),
      await ask(undefined, '127.0.0.1'),
    ],
    [200, 404, 404, 404, 404],
  )
})
