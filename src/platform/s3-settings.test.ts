import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WrongValue } from './config.ts'
import { readS3 } from './s3-settings.ts'

const good = {
  KAIFONG_S3_URL: 'https://store.example.org/street-files',
  KAIFONG_S3_KEY_ID: 'AKID',
  KAIFONG_S3_SECRET: 'not to be seen',
}
const read = (env: Record<string, string>) => {
  const wrong: WrongValue[] = []
  return { settings: readS3(env, wrong), wrong }
}

test('nothing set: files lie on this machine', () => assert.deepEqual(read({}), { settings: null, wrong: [] }))

test('an address gives origin, bucket and prefix', () => {
  assert.deepEqual(read({ ...good, KAIFONG_S3_URL: 'https://10.1.2.3:9000/street-files/a/b/' }), {
    settings: {
      origin: 'https://10.1.2.3:9000',
      bucket: 'street-files',
      prefix: 'a/b/',
      region: 'us-east-1',
      keyId: 'AKID',
      secret: { text: 'not to be seen' },
    },
    wrong: [],
  })
  const fromFile = { ...good, KAIFONG_S3_SECRET: '', KAIFONG_S3_SECRET_FILE: '/run/secrets/s3', KAIFONG_S3_REGION: 'cn-north-1' }
  const { settings } = read(fromFile)
  assert.deepEqual([settings?.secret, settings?.region, settings?.prefix], [{ file: '/run/secrets/s3' }, 'cn-north-1', ''])
})

test('what is wrong is named, says what to do, and shows no secret', () => {
  const cases: [Record<string, string>, string, RegExp][] = [
    [{ KAIFONG_S3_URL: 'street-files' }, 'URL', /no web address\. Give https:/],
    [{ KAIFONG_S3_URL: 'ftp://store.example.org/street-files' }, 'URL', /no web address/],
    [{ KAIFONG_S3_URL: 'https://AKID:not%20to%20be%20seen@store.example.org/b-b' }, 'URL', /holds a name or a password/],
    [{ KAIFONG_S3_URL: 'http://store.example.org/street-files' }, 'URL', /is http and leads out of this machine/],
    [{ KAIFONG_S3_URL: 'https://store.example.org' }, 'URL', /names no bucket/],
    [{ KAIFONG_S3_URL: 'https://store.example.org/Street_Files' }, 'URL', /names no bucket/],
    [{ KAIFONG_S3_URL: 'https://store.example.org/street-files/a%2F..' }, 'URL', /prefix with other signs/],
    [{ KAIFONG_S3_URL: 'https://store.example.org/street-files?x=1' }, 'URL', /something after its path/],
    [{ KAIFONG_S3_KEY_ID: '' }, 'KEY_ID', /is missing/],
    [{ KAIFONG_S3_SECRET: '' }, 'SECRET', /either it or KAIFONG_S3_SECRET_FILE/],
    [{ KAIFONG_S3_SECRET_FILE: '/x' }, 'SECRET', /either it or/],
    [{ KAIFONG_S3_REGION: 'a b' }, 'REGION', /no region/],
    [{ KAIFONG_S3_URL: '' }, 'KEY_ID', /is set and KAIFONG_S3_URL is not/],
  ]
  for (const [change, name, problem] of cases) {
    const { wrong } = read({ ...good, ...change })
    const found = wrong.find((w) => w.variable === `KAIFONG_S3_${name}`)
    assert.match(found?.problem ?? 'not found', problem, JSON.stringify(change))
    assert.doesNotMatch(JSON.stringify(wrong), /to be seen|to%20be/)
  }
  assert.equal(read({ ...good, KAIFONG_S3_URL: 'http://127.0.0.1:9000/street-files' }).wrong.length, 0)
})
