/** What somebody with every right on the box changes afterwards is found, each in its own words; what was put right is clean again. */
import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { sealedLogs } from '../../src/core/access/index.ts'
import { createCrypto } from '../../src/platform/crypto/crypto.ts'
import { signingKeyIdOf } from '../../src/platform/crypto/keys.ts'
import { subjectBlinds, verifyAway } from '../../src/platform/seals/index.ts'
import { hashOf, lineOf, makeSeal, readLine, type Seal } from '../../src/platform/seals/seal.ts'
import { openSealedHouse, type SealedHouse } from './story.ts'

let house: SealedHouse
let whole: string[]
let lady: string
before(async () => {
  house = await openSealedHouse()
  lady = (await house.scene.neighbour()).personId
  for (let i = 0; i < 5; i++) {
    await house.acts(6)
    await house.look(lady)
    await house.sealAll()
  }
  whole = house.lines()
  assert.ok(whole.length >= 5, `${whole.length} seals`)
  assert.deepEqual(await house.found(), {})
})
after(() => house?.close())

const owner = (text: string, values: unknown[] = []) => house.scene.owner.query(text, values)
const seals = (): Seal[] => whole.map((line) => readLine(line)!)

/** The owner can do everything, row security and grants notwithstanding; afterwards it is put back and clean. */
async function tampered(change: string, expected: Record<string, number>, undo: string): Promise<void> {
  await owner(change)
  assert.deepEqual(await house.found(), expected, change)
  await owner(undo)
  assert.deepEqual(await house.found(), {}, undo)
}

test('a changed row', async () => {
  const { rows } = await owner(
    'select id, outcome, at::text as at, post_id from platform.audit order by act, id offset 4 limit 1',
  )
  const { id, at, post_id } = rows[0]
  await tampered(
    `update platform.audit set outcome = 'x' where id = '${id}'`,
    { 'row-changed': 1 },
    `update platform.audit set outcome = 'done' where id = '${id}'`,
  )
  await tampered(
    `update platform.audit set post_id = null where id = '${id}'`,
    { 'row-changed': 1 },
    `update platform.audit set post_id = '${post_id}' where id = '${id}'`,
  )
  // A microsecond is a change.
  await tampered(
    `update platform.audit set at = at + interval '1 microsecond' where id = '${id}'`,
    { 'row-changed': 1 },
    `update platform.audit set at = '${at}' where id = '${id}'`,
  )
})

test('a deleted row, and one that was slipped in', async () => {
  await owner('create table kept as select * from platform.audit order by act, id limit 1')
  await tampered(
    'delete from platform.audit where id in (select id from kept)',
    { 'row-missing': 1 },
    'insert into platform.audit select * from kept',
  )
  await tampered(
    `insert into platform.audit select gen_random_uuid(), at, operation, outcome, actor_kind, account_id, post_id, schedule, object_id, request_id, act from kept`,
    { 'row-added': 1 },
    'delete from platform.audit a using kept k where a.act = k.act and a.id <> k.id',
  )
})

test('an entry of a look that is turned to somebody else, or to nobody', async () => {
  const other = (await house.scene.neighbour()).personId
  const entry = '(select id from access.read_entry order by act limit 1)'
  const back = `update access.read_entry set person_id = '${lady}' where id = ${entry}`
  await tampered(`update access.read_entry set person_id = '${other}' where id = ${entry}`, { 'person-changed': 1 }, back)
  await tampered(`update access.read_entry set person_id = null where id = ${entry}`, { 'person-changed': 1 }, back)
})

test('a seal that is deleted in the middle, or at the end', async () => {
  await owner('create table kept_seal as select body, signature, number from platform.seal')
  const put = (where: string) =>
    `insert into platform.seal (body, signature) select body, signature from kept_seal where ${where}`
  await tampered('delete from platform.seal where number = 3', { 'seal-deleted': 1 }, put('number = 3'))
  const last = whole.length
  await tampered(`delete from platform.seal where number >= ${last - 1}`, { 'database-short': 2 }, put(`number >= ${last - 1}`))
})

test('rows and their seal deleted together leave a hole that the file tells of', async () => {
  const { from, until } = seals()[2]!.body
  const range = `act >= ${from} and act < ${until}`
  await owner(`create table gone as select * from platform.audit where ${range}`)
  await owner(`create table gone_reads as select * from access.read_entry where ${range}`)
  await owner(`delete from platform.audit where ${range}`)
  await owner(`delete from access.read_entry where ${range}`)
  await owner('delete from platform.seal where number = 3')
  assert.deepEqual(await house.found(), { 'row-missing': 7, 'seal-deleted': 1 })
  // Without the file: the hole in the numbers is still seen.
  house.write(whole.filter((_, i) => i !== 2))
  assert.deepEqual(await house.found(), { 'seal-lost': 1 })
  await owner('insert into platform.audit select * from gone')
  await owner('insert into access.read_entry select * from gone_reads')
  assert.deepEqual(await house.found(), { 'seal-lost': 1, 'row-uncovered': 7 })
  await owner('insert into platform.seal (body, signature) select body, signature from kept_seal where number = 3')
  house.write(whole)
  assert.deepEqual(await house.found(), {})
})

test('a file that is cut, has a hole, is out of order, or is damaged', async () => {
  const with_ = async (lines: readonly string[], expected: Record<string, number>) => {
    house.write(lines)
    assert.deepEqual(await house.found(), expected)
  }
  await with_(whole.slice(0, -2), { 'file-short': 2 })
  await with_(whole.toSpliced(2, 1), { 'line-deleted': 1 })
  await with_(whole.with(1, whole[2]!).with(2, whole[1]!), { 'line-deleted': 1, 'out-of-order': 1 })
  await with_(whole.with(1, 'zzz'), { 'line-deleted': 1, 'line-damaged': 1 })
  await with_(whole.with(1, whole[1]!.replace('"rows":6', '"rows":5')), { 'seal-changed': 1 })
  await with_([], { 'file-short': whole.length })
  // A repeated line says nothing false, nor does a torn one before its whole.
  await with_(whole.toSpliced(1, 0, whole[1]!), {})
  await with_(whole.toSpliced(1, 0, whole[1]!.slice(0, 200)), {})
  await with_(whole, {})
})

test('a copy that had left the box: an old one may end early, and shows what was rewritten here since', async () => {
  const copy = `${house.file}.copy`
  writeFileSync(copy, `${whole.slice(0, 3).join('\n')}\n`)
  assert.deepEqual(await house.found({ file: copy }), { 'file-short': whole.length - 3 })
  assert.deepEqual(await house.found({ file: copy, olderCopy: true }), {})
  assert.deepEqual(await house.found({ from: 3 }), {}, 'from a later seal on')
})

test('who has all rights and the key rewrites both sides; the copy elsewhere tells', async () => {
  const copy = `${house.file}.elsewhere`
  copyFileSync(house.file, copy)
  const signer = createCrypto(house.keys)
  // The last seal's rows were changed, and it is signed anew with the box's own key.
  await owner(`create table kept_last as select * from platform.audit where act >= ${seals().at(-1)!.body.from}`)
  await owner(`update platform.audit set outcome = 'x' where act >= ${seals().at(-1)!.body.from}`)
  const { version: _v, key: _k, ...body } = seals().at(-1)!.body
  const { MerkleTree } = await import('../../src/platform/seals/merkle.ts')
  const { rowsOf } = await import('../../src/platform/seals/log.ts')
  const tree = new MerkleTree()
  await owner('begin')
  for await (const batch of rowsOf(house.scene.owner, sealedLogs[0]!, body)) for (const { line } of batch) tree.add(line)
  await owner('rollback')
  const forged = makeSeal({ ...body, logs: { ...body.logs, audit: { ...body.logs.audit!, root: tree.root() } } }, signer)
  await owner('delete from platform.seal where number = $1', [body.number])
  await owner('insert into platform.seal (body, signature) values ($1, $2)', [forged.text, forged.signature])
  house.write(whole.with(-1, lineOf(forged)))
  assert.deepEqual(await house.found(), {}, 'on the box alone nothing shows: root can do everything')
  assert.deepEqual(await house.found({ file: copy }), { 'row-changed': 1, 'seal-changed': 1 })
  await owner('delete from platform.seal where number = $1', [body.number])
  await owner('insert into platform.seal (body, signature) select body, signature from kept_seal where number = $1', [
    body.number,
  ])
  await owner(`update platform.audit a set outcome = k.outcome from kept_last k where a.id = k.id`)
  house.write(whole)
  assert.deepEqual(await house.found(), {})
})

test('a seal forged with another key', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const { version: _v, key: _k, ...body } = seals()[3]!.body
  const claim = (signingKeyId: string) =>
    makeSeal({ ...body, at: '2026-01-01T00:00:00.000Z' }, { signingKeyId, sign: (bytes) => sign(null, bytes, privateKey) })
  // Under its own name, and under that of the box's key.
  for (const id of [signingKeyIdOf(pem), house.keys.signing.current.id]) {
    house.write(whole.with(3, lineOf(claim(id))))
    await owner('delete from platform.seal where number = 4')
    await owner('insert into platform.seal (body, signature) values ($1, $2)', [claim(id).text, claim(id).signature])
    const found = await house.found()
    assert.equal(found['signature-bad'], 1)
    assert.equal(found['row-uncovered'], 7)
    await owner('delete from platform.seal where number = 4')
    await owner('insert into platform.seal (body, signature) select body, signature from kept_seal where number = 4')
  }
  house.write(whole)
  assert.deepEqual(await house.found(), {})
})

test('a link that does not fit, signed with the right key', async () => {
  const { version: _v, key: _k, ...body } = seals()[4]!.body
  const loose = makeSeal({ ...body, previous: hashOf(seals()[2]!) }, createCrypto(house.keys))
  house.write(whole.with(4, lineOf(loose)))
  await owner('delete from platform.seal where number = 5')
  await owner('insert into platform.seal (body, signature) values ($1, $2)', [loose.text, loose.signature])
  const found = await house.found()
  assert.ok((found['link-broken'] ?? 0) >= 1)
  await owner('delete from platform.seal where number = 5')
  await owner('insert into platform.seal (body, signature) select body, signature from kept_seal where number = 5')
  house.write(whole)
  assert.deepEqual(await house.found(), {})
})

test('rows that no seal covers are waiting at first, and late after a minute', async () => {
  await house.acts(3)
  assert.deepEqual(await house.found(), {})
  assert.deepEqual(await house.found({ now: new Date(house.scene.now().getTime() + 61_000) }), { 'row-unsealed': 3 })
  await house.sealAll()
  assert.deepEqual(await house.found({ now: new Date(house.scene.now().getTime() + 61_000) }), {})
  whole = house.lines()
})

test('elsewhere: the file and a public key are enough for the chain, an export for the rows', async () => {
  const exported = `${house.file}.rows`
  assert.deepEqual(await house.found({ exportTo: exported }), {})
  const publicKeys = [createCrypto(house.keys).publicKeyPem]
  const away = async (file: string, rows?: string, keys = publicKeys) =>
    Object.fromEntries(
      (await verifyAway({ file, publicKeys: keys, ...(rows ? { rows } : {}) })).findings.map((f) => [f.kind, f.count]),
    )
  assert.deepEqual(await away(house.file), {})
  assert.deepEqual(await away(house.file, exported), {})
  const text = readFileSync(exported, 'utf8')
  assert.ok(!text.includes(lady), 'no person leaves the box by it')

  const lines = text.trimEnd().split('\n')
  const changed = `${house.file}.changed`
  const with_ = async (list: readonly string[], expected: Record<string, number>) => {
    writeFileSync(changed, `${list.join('\n')}\n`)
    assert.deepEqual(await away(house.file, changed), expected)
  }
  await with_(lines.with(3, lines[3]!.replace('"done"', '"x"')), { 'row-changed': 1 })
  await with_(lines.toSpliced(3, 1), { 'row-missing': 1 })
  await with_(lines.toSpliced(3, 1, 'zzz'), { 'row-changed': 1, 'row-missing': 1 })
  const short = `${house.file}.short`
  writeFileSync(short, `${whole.slice(0, -1).join('\n')}\n`)
  assert.deepEqual(await away(short), {}, 'alone, a file that ends early is a shorter file')
  assert.deepEqual(await away(short, exported), { 'row-unsealed': 3 })
  writeFileSync(short, `${whole.toSpliced(1, 1).join('\n')}\n`)
  assert.deepEqual(await away(short), { 'seal-lost': 1 })
  const stranger = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()
  assert.deepEqual(await away(house.file, undefined, [stranger]), { 'signature-bad': whole.length })
})

test('a person is erased: her id is nowhere, no seal breaks', async () => {
  await owner('begin')
  await house.scene.owner.query('select retention.forget($1)', [subjectBlinds(createCrypto(house.keys), 'person', lady)])
  await owner('commit')
  const { rows } = await owner('select count(*)::int as n from access.read_entry where person_id is not null')
  assert.equal(rows[0].n, 0)
  assert.deepEqual(await house.found(), {})
})
