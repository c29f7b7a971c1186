import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError, defaultPublicUrl, openToOthers, readConfig } from './config.ts'
import { comesFromElsewhere, isLoopback } from './loopback.ts'

const clerk = { root: false, programDir: '/home/mei/街坊 box' }
const root = { root: true, programDir: '/root/kaifong' }
const wrongIn = (env: Record<string, string>): string[] => {
  try {
    readConfig(env, clerk)
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.wrong.map((w) => w.variable)
  }
  return []
}

test('a newcomer sets nothing: loopback, embedded database, data beside the program, keys beside the data', () => {
  assert.deepEqual(readConfig({}, clerk), {
    port: 8090,
    host: '127.0.0.1',
    databaseUrl: null,
    dataDir: '/home/mei/街坊 box/data',
    keysDir: '/home/mei/街坊 box/data-keys',
    sealsDir: '/home/mei/街坊 box/data-seals',
    sealSeconds: 10,
    publicUrl: 'http://127.0.0.1:8090',
    demo: undefined,
    logLevel: 'info',
    logFile: null,
    trustedProxies: [],
    silentMonths: 12,
    oidc: { staff: null, residents: null },
    outbound: { email: null, sms: null },
    s3: null,
    tiles: null,
    metricsToken: null,
  })
})

test('root keeps data where the unprivileged database user can reach it', () => {
  const config = readConfig({}, root)
  assert.equal(config.dataDir, '/var/lib/kaifong')
  assert.equal(config.keysDir, '/var/lib/kaifong-keys')
})

test('empty variables count as not set, relative folders start at the program', () => {
  const config = readConfig({ PORT: '', DATABASE_URL: ' ', KAIFONG_DEMO: '', KAIFONG_DATA: 'elsewhere' }, clerk)
  assert.equal(config.port, 8090)
  assert.equal(config.databaseUrl, null)
  assert.equal(config.dataDir, '/home/mei/街坊 box/elsewhere')
})

test('every wrong value is named at once, each with what to do', () => {
  const env = {
    PORT: '70000',
    HOST: 'http://x',
    DATABASE_URL: 'mysql://a/b',
    KAIFONG_DEMO: 'yes',
    LOG_LEVEL: 'loud',
    KAIFONG_PUBLIC_URL: 'x',
  }
  assert.deepEqual(wrongIn(env), ['PORT', 'HOST', 'DATABASE_URL', 'KAIFONG_PUBLIC_URL', 'KAIFONG_DEMO', 'LOG_LEVEL'])
  assert.throws(() => readConfig({ PORT: 'x' }, clerk), /PORT: “x” is not a port\. Give a whole number/)
})

test('a wrong database address is refused without repeating its password', () => {
  for (const url of ['postgres://u:geheim@', 'postgres://u:geheim@host', 'http://u:geheim@host/db', 'geheim']) {
    assert.throws(
      () => readConfig({ DATABASE_URL: url }, clerk),
      (error: Error) => error instanceof ConfigError && !error.message.includes('geheim'),
    )
  }
  assert.equal(
    readConfig({ DATABASE_URL: 'postgres://u:p@db:5432/kaifong' }, clerk).databaseUrl,
    'postgres://u:p@db:5432/kaifong',
  )
  assert.deepEqual(wrongIn({ DATABASE_URL: 'postgres://u:p@localhost/kaifong?host=/run/postgresql' }), [])
})

test('keys never lie inside the data, however the folder is written', () => {
  assert.deepEqual(wrongIn({ KAIFONG_DATA: '/srv/k', KAIFONG_KEYS: '/srv/k/keys' }), ['KAIFONG_KEYS'])
  assert.deepEqual(wrongIn({ KAIFONG_DATA: '/srv/k', KAIFONG_KEYS: '/srv/x/../k/' }), ['KAIFONG_KEYS'])
  assert.deepEqual(wrongIn({ KAIFONG_DATA: '/srv/k', KAIFONG_KEYS: '/srv/k-keys' }), [])
  assert.deepEqual(wrongIn({ KAIFONG_DATA: '/srv/k', KAIFONG_KEYS: '/srv/..k' }), [])
})

test('seals lie beside the keys and never inside the data; how often is a number of seconds', () => {
  assert.equal(readConfig({ KAIFONG_KEYS: '/etc/k' }, clerk).sealsDir, '/etc/k-seals')
  assert.deepEqual(wrongIn({ KAIFONG_DATA: '/srv/k', KAIFONG_SEALS: '/srv/k/seals' }), ['KAIFONG_SEALS'])
  assert.deepEqual(wrongIn({ KAIFONG_DATA: '/srv/k-seals', KAIFONG_KEYS: '/srv/k-keys' }), ['KAIFONG_SEALS'])
  assert.equal(readConfig({ KAIFONG_SEAL_SECONDS: '5' }, clerk).sealSeconds, 5)
  for (const wrong of ['0', '61', 'often', '1.5'])
    assert.deepEqual(wrongIn({ KAIFONG_SEAL_SECONDS: wrong }), ['KAIFONG_SEAL_SECONDS'])
})

test('the demo stays on this machine and out of other databases', () => {
  assert.deepEqual(wrongIn({ KAIFONG_DEMO: '1', DATABASE_URL: 'postgres://u:p@db/kaifong' }), ['KAIFONG_DEMO'])
  assert.deepEqual(wrongIn({ KAIFONG_DEMO: '1', HOST: '0.0.0.0' }), ['KAIFONG_DEMO'])
  assert.deepEqual(wrongIn({ KAIFONG_DEMO: '1', HOST: '127.example.org' }), ['KAIFONG_DEMO'])
  assert.equal(readConfig({ KAIFONG_DEMO: '1', HOST: '::1' }, clerk).demo, '1')
  assert.equal(readConfig({ KAIFONG_DEMO: '0', HOST: '0.0.0.0' }, clerk).demo, '0')
})

test('the public address is an origin; without one it is the address on this machine', () => {
  assert.equal(readConfig({ KAIFONG_PUBLIC_URL: 'https://street.example.org/' }, clerk).publicUrl, 'https://street.example.org')
  assert.deepEqual(wrongIn({ KAIFONG_PUBLIC_URL: 'https://street.example.org/desk' }), ['KAIFONG_PUBLIC_URL'])
  assert.equal(readConfig({ HOST: '::', PORT: '81' }, clerk).publicUrl, 'http://127.0.0.1:81')
  assert.equal(defaultPublicUrl('::1', 8090), 'http://[::1]:8090')
  assert.ok(!isLoopback('10.0.0.1') && isLoopback('127.1.2.3'))
})

test('only addresses and ranges may speak for a client', () => {
  assert.deepEqual(readConfig({ KAIFONG_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,::1' }, clerk).trustedProxies, [
    '127.0.0.1',
    '10.0.0.0/8',
    '::1',
  ])
  for (const odd of ['proxy', '10.0.0.0/33', '0.0.0.0/0', '1.2.3.4,'])
    assert.deepEqual(wrongIn({ KAIFONG_TRUSTED_PROXIES: odd }), ['KAIFONG_TRUSTED_PROXIES'])
})

test('silence of a number is counted in whole months', () => {
  assert.equal(readConfig({ KAIFONG_SILENT_MONTHS: '6' }, clerk).silentMonths, 6)
  for (const odd of ['0', 'six', '1.5', '100'])
    assert.deepEqual(wrongIn({ KAIFONG_SILENT_MONTHS: odd }), ['KAIFONG_SILENT_MONTHS'], odd)
})

test('an identity service is named whole or not at all, and its secret stands in one place', () => {
  assert.equal(readConfig({}, clerk).oidc.staff, null)
  const whole = {
    KAIFONG_OIDC_ISSUER: 'https://id.example.org',
    KAIFONG_OIDC_CLIENT_ID: 'kaifong',
    KAIFONG_OIDC_CLIENT_SECRET_FILE: '/run/secrets/oidc',
    KAIFONG_OIDC_LABEL: '统一认证',
    KAIFONG_OIDC_SECOND_FACTOR: 'otp, hwk',
  }
  assert.deepEqual(readConfig(whole, clerk).oidc.staff, {
    issuer: 'https://id.example.org',
    clientId: 'kaifong',
    clientSecret: { file: '/run/secrets/oidc' },
    label: '统一认证',
    secondFactor: ['otp', 'hwk'],
  })
  const wrong = (env: Record<string, string>) => wrongIn({ ...whole, ...env })
  assert.deepEqual(wrong({ KAIFONG_OIDC_CLIENT_SECRET: 'twice' }), ['KAIFONG_OIDC_CLIENT_SECRET'])
  assert.deepEqual(wrong({ KAIFONG_RESIDENT_OIDC_ISSUER: 'https://residents.example.org' }).length, 3)
  assert.deepEqual(wrong({ KAIFONG_OIDC_ISSUER: 'http://id.example.org' }), ['KAIFONG_OIDC_ISSUER'])
  assert.deepEqual(wrong({ KAIFONG_OIDC_CLIENT_ID: '', KAIFONG_OIDC_LABEL: '' }), [
    'KAIFONG_OIDC_CLIENT_ID',
    'KAIFONG_OIDC_LABEL',
  ])
})

test('the token of the metrics is long enough to be one, and is never repeated', () => {
  assert.equal(readConfig({ KAIFONG_METRICS_TOKEN: 'x'.repeat(20) }, clerk).metricsToken, 'x'.repeat(20))
  assert.throws(
    () => readConfig({ KAIFONG_METRICS_TOKEN: 'geheim' }, clerk),
    (error: Error) => /KAIFONG_METRICS_TOKEN/.test(error.message) && !error.message.includes('geheim'),
  )
})

test('a demo is for this machine alone: whatever lets others in keeps it shut', () => {
  const here = readConfig({}, clerk)
  assert.equal(openToOthers(here), null)
  for (const url of ['http://localhost:8090', 'http://[::1]:8090', 'https://127.0.0.1'])
    assert.equal(openToOthers(readConfig({ KAIFONG_PUBLIC_URL: url }, clerk)), null, url)
  assert.match(openToOthers(readConfig({ KAIFONG_PUBLIC_URL: 'https://street.example.org' }, clerk))!, /^KAIFONG_PUBLIC_URL/)
  assert.match(openToOthers(readConfig({ KAIFONG_PUBLIC_URL: 'http://localhost.example.org' }, clerk))!, /^KAIFONG_PUBLIC_URL/)
  assert.equal(openToOthers(readConfig({ KAIFONG_TRUSTED_PROXIES: '127.0.0.1' }, clerk)), 'KAIFONG_TRUSTED_PROXIES')
  assert.match(openToOthers(readConfig({ HOST: '0.0.0.0' }, clerk))!, /^HOST/)
  assert.deepEqual(wrongIn({ KAIFONG_DEMO: '1', KAIFONG_PUBLIC_URL: 'https://street.example.org' }), ['KAIFONG_DEMO'])
  assert.deepEqual(wrongIn({ KAIFONG_DEMO: '1', KAIFONG_TRUSTED_PROXIES: '127.0.0.1' }), ['KAIFONG_DEMO'])
})

test('a request tells by its headers that it comes from elsewhere', () => {
  for (const host of ['127.0.0.1:8090', 'localhost:8090', 'LOCALHOST', '[::1]:8090', '127.8.9.1'])
    assert.equal(comesFromElsewhere({ host }), false, host)
  for (const host of ['street.example.org', '127.0.0.1.nip.io', '10.0.0.4:8090', 'localhost.', 'a@127.0.0.1', '', undefined])
    assert.equal(comesFromElsewhere({ host }), true, String(host))
  for (const name of ['forwarded', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded', 'x-real-ip', 'via'])
    assert.equal(comesFromElsewhere({ host: 'localhost', [name]: '' }), true, name)
})
