/** Keys change while a street works: nothing that was sealed or signed is lost, and what nothing needs is put away. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { sign } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createCrypto } from '../../src/platform/crypto/crypto.ts'
import { openKeys } from '../../src/platform/crypto/keys.ts'
import { dayOf } from '../../src/platform/time.ts'
import { ask, backup, bringBack, emptyPlace, folderOf, root } from '../backup/kept.ts'
import { apply } from '../cases/story.ts'
import { openScene, type Scene } from '../harness/scene.ts'

let scene: Scene
/** A copy, since every story of a run works with the same keys. */
const keysDir = folderOf('own-keys')
before(async () => {
  const shared = join(process.env.KAIFONG_TEST_FOLDER!, 'keys')
  await openKeys(shared)
  cpSync(shared, keysDir, { recursive: true })
  scene = await openScene('2026-11-24T02:00:00Z', { keysDir })
})
after(() => scene?.close())

function kaifong(...args: string[]): { code: number | null; said: string } {
  const { PATH = '', HOME = '' } = process.env
  const env = { PATH, HOME, DATABASE_URL: scene.ownerUrl, KAIFONG_KEYS: keysDir, KAIFONG_SEALS: `${keysDir}-seals` }
  const ran = spawnSync(process.execPath, ['--import', './bin/tsx-hook.mjs', 'src/main.ts', ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
  })
  return { code: ran.status, said: ran.stdout + ran.stderr }
}
const current = (): Record<string, string> => JSON.parse(readFileSync(join(keysDir, 'keys.json'), 'utf8')).current
const under = async (table: string, column: string, id: string) =>
  Number(
    (
      await ask<{ n: string }>(
        scene.ownerUrl,
        `select count(*) as n from ${table} where substring(${column} from 2 for 8) = '\\x${id}'`,
      )
    )[0]!.n,
  )

/** A paper as its holder has it. */
async function applied(name: string, bornOn: string) {
  const lady = await scene.resident({ name, bornOn })
  const { caseId } = await apply(scene, lady, 'longevity-allowance', {
    'about-you': 'yes',
    account: 'other',
    'account-number': '6222021111111111112',
  })
  const [receipt] = (await lady.get(`/api/v1/me/cases/${caseId}`)).body.documents
  const pdf = (await lady.get(`/documents/${receipt.id}`)).raw
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
  const signature = (await scene.stranger.get(`/d/${receipt.id}/signature`)).raw
  const key = (await scene.stranger.get(`/d/${receipt.id}/signing-key.pem`)).raw.toString()
  return { lady, caseId, pdf, signature, key }
}

/** What the file check says to anyone. */
async function fileCheck(pdf: Buffer, signature: Buffer): Promise<string> {
  const { app } = scene.node
  const form = await app.inject({ url: '/d' })
  const cookie = form.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const body = new FormData()
  body.append('_csrf', /name="_csrf" value="([^"]+)"/.exec(form.body)![1]!)
  body.append('pdf', new Blob([new Uint8Array(pdf)]), 'a.pdf')
  body.append('signature', new Blob([new Uint8Array(signature)]), 'a.sig')
  const sent = new Response(body)
  const answer = await app.inject({
    method: 'POST',
    url: '/d',
    headers: { cookie, 'content-type': sent.headers.get('content-type')! },
    payload: Buffer.from(await sent.arrayBuffer()),
  })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.body
}

test('newer keys come while people work, earlier papers and seals hold, and at last nothing needs the earlier keys', async () => {
  const first = current()
  const early = await applied('陈早', '1940-01-01')
  await scene.node.platform.services.seals.tick()

  for (const purpose of ['field', 'wrap', 'signing']) {
    const { code, said } = kaifong('keys', 'rotate', purpose)
    assert.equal(code, 0, said)
    assert.match(said, new RegExp(`Before it was ${purpose}.${first[purpose]}`))
  }
  const second = current()
  for (const purpose of ['field', 'wrap', 'signing']) assert.notEqual(second[purpose], first[purpose])
  assert.equal(second.blind, first.blind)

  // The command is a process of its own, and so is another node: what it sealed opens here before this one has looked again.
  const elsewhere = createCrypto(await openKeys(keysDir))
  assert.equal(scene.node.platform.services.crypto.open(elsewhere.seal('陈', 'x'), 'x'), '陈')
  await scene.node.readKeysAgain()
  const late = await applied('陈晚', '1941-01-01')
  assert.ok((await under('cases.answer', 'sealed', second.field!)) > 0)
  assert.ok((await under('documents.file', 'wrapped_key', second.wrap!)) > 0)

  assert.notEqual(early.key, late.key, 'each paper hands out the key that signed it')
  const { crypto } = scene.node.platform.services
  for (const { pdf, signature } of [early, late]) {
    assert.ok(crypto.verify(pdf, signature))
    assert.ok(!crypto.verify(Buffer.concat([pdf, Buffer.from('\n')]), signature))
  }
  const all = (await scene.stranger.get('/signing-key.pem')).raw.toString()
  assert.equal(all, late.key + early.key, 'the current one first')

  await scene.node.platform.services.seals.tick()
  assert.equal(kaifong('verify', 'audit').code, 0)
  const pem = `${keysDir}.pem`
  writeFileSync(pem, kaifong('verify', 'audit', '--public-key').said)
  const [file] = readdirSync(`${keysDir}-seals`).filter((name) => name.endsWith('.txt'))
  const away = kaifong('verify', 'audit', '--seals', join(`${keysDir}-seals`, file!), '--key', pem)
  assert.equal(away.code, 0, away.said)

  const needed = kaifong('keys', 'retire', first.field!)
  assert.equal(needed.code, 1)
  assert.match(needed.said, /still needed: .*cases\.answer\.sealed \d+.*keys rewrap/)

  const { code, said } = kaifong('keys', 'rewrap')
  assert.equal(code, 0, said)
  assert.match(said, /[1-9]\d* values were sealed again/)
  assert.equal(kaifong('keys', 'rewrap').said.split(' ')[0], '0', 'run again it finds nothing')
  assert.match(kaifong('keys', 'list').said, new RegExp(`field.${first.field} +earlier  0 values`))

  assert.match(kaifong('keys', 'retire', first.field!).said, /gave way less than an hour ago/)
  const manifest = JSON.parse(readFileSync(join(keysDir, 'keys.json'), 'utf8'))
  for (const purpose of Object.keys(manifest.since)) manifest.since[purpose] = '2026-11-01T00:00:00.000Z'
  writeFileSync(join(keysDir, 'keys.json'), JSON.stringify(manifest))
  assert.match(await fileCheck(early.pdf, early.signature), /签名对得上/, 'an earlier key that was not put away is good')
  for (const purpose of ['field', 'wrap', 'signing']) {
    const put = kaifong('keys', 'retire', `${purpose}.${first[purpose]}`)
    assert.equal(put.code, 0, put.said)
  }
  assert.ok(existsSync(join(keysDir, 'retired', `field.${first.field}.key`)))
  await scene.node.readKeysAgain()
  // Whoever has the earlier key signs what was never issued; the answer does not call it good.
  const forged = Buffer.from('%PDF-1.7 forged')
  const leaked = sign(null, forged, readFileSync(join(keysDir, 'retired', `signing.${first.signing}.pem`)))
  const { retiredSigning } = JSON.parse(readFileSync(join(keysDir, 'keys.json'), 'utf8'))
  const [year, month, day] = dayOf(new Date(retiredSigning[first.signing!])).split('-').map(Number)
  const since = `签名的密钥从 ${year} 年 ${month} 月 ${day} 日`
  for (const [answer, known] of [
    [await fileCheck(forged, leaked), false],
    [await fileCheck(early.pdf, early.signature), true],
  ] as const) {
    assert.ok(answer.includes('签名用的是已经停用的密钥') && answer.includes(since) && !answer.includes('签名对得上'), answer)
    assert.equal(answer.includes('就是我们发出的那一份'), known)
    assert.equal(answer.includes('我们的登记里没有这个文件'), !known)
  }
  assert.match(await fileCheck(late.pdf, late.signature), /签名对得上/)
  assert.ok(crypto.verify(early.pdf, early.signature), 'the public half stayed')
  assert.deepEqual(
    (await early.lady.get(`/documents/${(await early.lady.get(`/api/v1/me/cases/${early.caseId}`)).body.documents[0].id}`)).raw,
    early.pdf,
  )
  await scene.node.platform.services.seals.tick()
  const audited = kaifong('verify', 'audit')
  assert.equal(audited.code, 0, audited.said)

  const { dir } = await backup(scene, folderOf('backups'), { keysDir })
  const there = await emptyPlace()
  const proved = await bringBack(dir, 'backup', there, { keysDir })
  assert.deepEqual(
    proved.flatMap((p) => p.found),
    [],
  ) // every field and file opens with the keys that are left
  await there.drop()

  const noted = await ask<{ operation: string; n: number }>(
    scene.ownerUrl,
    `select operation, count(*)::int as n from platform.audit where operation like 'console.keys%' group by 1 order by 1`,
  )
  assert.deepEqual(Object.fromEntries(noted.map((row) => [row.operation, row.n])), {
    'console.keys-retire': 3,
    'console.keys-rewrap': 2,
    'console.keys-rotate': 3,
  })
})

test('a row that does not open is named, and the others are sealed again', async () => {
  await scene.neighbour({ name: '李一' })
  const hurt = await scene.neighbour({ name: '李二' })
  await scene.owner.query(
    `update people.person set id_number_sealed = set_byte(id_number_sealed, 40, get_byte(id_number_sealed, 40) # 1) where id = $1`,
    [hurt.personId],
  )
  const before = current().field!
  assert.equal(kaifong('keys', 'rotate', 'field').code, 0)
  const { code, said } = kaifong('keys', 'rewrap')
  assert.equal(code, 3, said)
  assert.match(said, new RegExp(`people.person.id_number_sealed ${hurt.personId}: crypto.tampered`))
  assert.equal(await under('people.person', 'id_number_sealed', before), 1)
})

test('what cannot be done is refused with its reason', () => {
  assert.match(kaifong('keys', 'rotate', 'fields').said, /no purpose of a key/)
  assert.match(kaifong('keys', 'retire', current().field!).said, /still needed|current key/)
  assert.match(kaifong('keys', 'retire', 'deadbeefdeadbeef').said, /There is no key/)
  assert.match(kaifong('keys', 'retire', current().field!, '--let-recovery-codes-end').said, /still needed|current key|leave/)
  assert.equal(kaifong('keys', 'rotate').code, 2)
})
