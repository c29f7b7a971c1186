import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { type CryptoProvider, createCrypto } from './crypto.ts'
import { openKeys, signingKeyIdOf } from './keys.ts'

const folders: string[] = []
const newFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kaifong-keys-'))
  folders.push(folder)
  return join(folder, 'keys')
}
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))))

const ID_NUMBER = 'people.person.id_number'

describe('what is sealed', () => {
  let crypto: CryptoProvider
  before(async () => {
    crypto = createCrypto(await openKeys(await newFolder()))
  })

  test('opens again to the same text, and never looks the same twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, context) => {
        const sealed = crypto.seal(text, context)
        assert.equal(crypto.open(sealed, context), text)
        assert.notDeepEqual(crypto.seal(text, context), sealed)
      }),
    )
  })

  test('does not open in another column', () => {
    const sealed = crypto.seal('440106195611240019', ID_NUMBER)
    assert.throws(() => crypto.open(sealed, 'people.person.phone'), { code: 'crypto.tampered' })
  })

  test('does not open when any byte was changed', () => {
    const sealed = crypto.seal('440106195611240019', ID_NUMBER)
    const codes = new Map<string, number>()
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at]! ^= 0x01
      try {
        crypto.open(changed, ID_NUMBER)
        assert.fail(`byte ${at} was changed and nobody noticed`)
      } catch (error) {
        const { code } = error as { code: string }
        codes.set(code, (codes.get(code) ?? 0) + 1)
      }
    }
    // version 1, key id 8, then nonce, ciphertext and tag
    assert.deepEqual(Object.fromEntries(codes), {
      'crypto.format_unknown': 1,
      'crypto.key_unknown': 8,
      'crypto.tampered': sealed.length - 9,
    })
  })

  test('does not open when its end is gone', () => {
    const sealed = crypto.seal('abc', ID_NUMBER)
    for (let length = 0; length < sealed.length; length++) {
      const code = length < 1 + 8 + 12 + 16 ? 'crypto.truncated' : 'crypto.tampered'
      assert.throws(() => crypto.open(sealed.subarray(0, length), ID_NUMBER), { code })
    }
  })

  test('under another street’s keys names the key that is missing', async () => {
    const other = createCrypto(await openKeys(await newFolder()))
    const sealed = other.seal('secret', ID_NUMBER)
    assert.throws(() => crypto.open(sealed, ID_NUMBER), { code: 'crypto.key_unknown', message: /put that key back/ })
  })

  test('a column key does not open a file key', () => {
    const wrapped = crypto.wrapKey(randomBytes(32), 'name')
    assert.throws(() => crypto.open(wrapped, 'name'), { code: 'crypto.key_unknown' })
    assert.equal(crypto.unwrapKey(wrapped, 'name').length, 32)
  })
})

test('a blind index finds the same value in the same column only', async () => {
  const crypto = createCrypto(await openKeys(await newFolder()))
  assert.equal(crypto.blind('13800000000', 'a').length, 40)
  assert.deepEqual(crypto.blind('13800000000', 'a'), crypto.blind('13800000000', 'a'))
  assert.notDeepEqual(crypto.blind('13800000000', 'a'), crypto.blind('13800000000', 'b'))
  assert.notDeepEqual(crypto.blind('bc', 'a'), crypto.blind('c', 'ab'))
})

test('a signature holds for these bytes only', async () => {
  const crypto = createCrypto(await openKeys(await newFolder()))
  const bytes = randomBytes(500)
  const signature = crypto.sign(bytes)
  assert.equal(signature.length, 64)
  assert.ok(crypto.verify(bytes, signature))
  for (const at of [0, 250, 499]) {
    const changed = Buffer.from(bytes)
    changed[at]! ^= 1
    assert.ok(!crypto.verify(changed, signature))
  }
  assert.ok(!crypto.verify(bytes, signature.subarray(0, 63)))
  assert.equal(signingKeyIdOf(crypto.publicKeyPem), crypto.signingKeyId)
})

test('cookies and forms have secrets of their own, which outlive a restart', async () => {
  const folder = await newFolder()
  const [first, second] = [createCrypto(await openKeys(folder)), createCrypto(await openKeys(folder))]
  assert.deepEqual(first.secret('cookie'), second.secret('cookie'))
  assert.notDeepEqual(first.secret('cookie'), first.secret('csrf'))
})

describe('the keys folder', () => {
  test('is made on first use, for its owner only, and opens the same way again', async () => {
    const folder = await newFolder()
    const first = await openKeys(folder)
    assert.equal(first.created, true)
    assert.equal((await stat(folder)).mode & 0o777, 0o700)
    const names = await readdir(folder)
    assert.equal(names.length, 6)
    for (const name of names) assert.equal((await stat(join(folder, name))).mode & 0o777, 0o600, name)
    const sealed = createCrypto(first).seal('陈', ID_NUMBER)
    const again = await openKeys(folder)
    assert.equal(again.created, false)
    assert.equal(createCrypto(again).open(sealed, ID_NUMBER), '陈')
  })

  test('is refused when others on the machine can read it', async () => {
    const folder = await newFolder()
    await openKeys(folder)
    await chmod(folder, 0o750)
    await assert.rejects(openKeys(folder), { code: 'crypto.keys_exposed', message: /chmod 700/ })
    await chmod(folder, 0o700)
    await chmod(join(folder, 'keys.json'), 0o604)
    await assert.rejects(openKeys(folder), { code: 'crypto.keys_exposed', message: /chmod 600/ })
  })

  test('that somebody prepared open to others is refused before a key is put there', async () => {
    const folder = await newFolder()
    await mkdir(folder, { mode: 0o755 })
    await assert.rejects(openKeys(folder), { code: 'crypto.keys_exposed' })
    assert.deepEqual(await readdir(folder), [])
  })

  test('reports a lost key instead of making another', async () => {
    const folder = await newFolder()
    await openKeys(folder)
    const field = (await readdir(folder)).find((name) => name.startsWith('field.'))!
    await rename(join(folder, field), join(folder, '..', field))
    await assert.rejects(openKeys(folder), { code: 'crypto.key_missing', message: new RegExp(field.slice(0, -4)) })
    assert.equal((await readdir(folder)).length, 5)
  })

  test('is not made anew where data exists', async () => {
    const folder = await newFolder()
    await assert.rejects(openKeys(folder, { create: false }), { code: 'crypto.key_missing', message: /KAIFONG_KEYS/ })
    await assert.rejects(stat(folder), { code: 'ENOENT' })
  })

  test('reports a key file whose content was changed', async () => {
    const folder = await newFolder()
    await openKeys(folder)
    for (const start of ['wrap.', 'signing.']) {
      const name = (await readdir(folder)).find((one) => one.startsWith(start))!
      const kept = await readFile(join(folder, name))
      await writeFile(join(folder, name), randomBytes(32).toString('base64'))
      await assert.rejects(openKeys(folder), { code: 'crypto.key_damaged', message: new RegExp(name) })
      await writeFile(join(folder, name), kept)
    }
    await openKeys(folder)
  })

  test('left half made by a first start that was cut short is completed with the keys already there', async () => {
    const folder = await newFolder()
    await openKeys(folder)
    const all = await readdir(folder)
    const blind = all.find((name) => name.startsWith('blind.'))!
    for (const name of all) if (name !== blind) await rm(join(folder, name))
    const keys = await openKeys(folder)
    assert.equal(`blind.${keys.blind.current.id}.key`, blind)
    assert.equal((await readdir(folder)).length, 6)
  })

  test('opened by four processes at once ends with one set of keys', async () => {
    const folder = await newFolder()
    const opened = await Promise.all([1, 2, 3, 4].map(() => openKeys(folder)))
    assert.equal(new Set(opened.map((keys) => keys.field.current.id)).size, 1)
    assert.equal(new Set(opened.map((keys) => keys.signing.current.id)).size, 1)
  })

  test('with a newer current key still opens what the older one sealed', async () => {
    const [folder, elsewhere] = [await newFolder(), await newFolder()]
    const sealed = createCrypto(await openKeys(folder)).seal('before', ID_NUMBER)
    const newer = (await openKeys(elsewhere)).field.current.id
    await rename(join(elsewhere, `field.${newer}.key`), join(folder, `field.${newer}.key`))
    const manifest = JSON.parse(await readFile(join(folder, 'keys.json'), 'utf8'))
    manifest.current.field = newer
    await writeFile(join(folder, 'keys.json'), JSON.stringify(manifest))
    const crypto = createCrypto(await openKeys(folder))
    assert.equal(crypto.open(sealed, ID_NUMBER), 'before')
    assert.equal(crypto.seal('after', ID_NUMBER).subarray(1, 9).toString('hex'), newer)
  })
})
