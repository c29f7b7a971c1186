/** The blind key changes while a street works: everybody is found as before, nobody is recorded twice, and what cannot be made anew is said. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { cpSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { hashed, letBe } from '../../src/commands/holding.ts'
import { checkCharacter, createPerson } from '../../src/core/people/index.ts'
import { createAccounts, createRateLimiter } from '../../src/platform/accounts/index.ts'
import { isChallenge, newChallenge } from '../../src/platform/accounts/passkeys.ts'
import type { Actor, Scope } from '../../src/platform/actor.ts'
import { noteBlindKey } from '../../src/platform/crypto/blind-keys.ts'
import { type CryptoProvider, createCrypto, hashedUnder } from '../../src/platform/crypto/crypto.ts'
import { openKeys } from '../../src/platform/crypto/keys.ts'
import { announceBlindKey, retireKey, rotateKey } from '../../src/platform/crypto/rotation.ts'
import { sql } from '../../src/platform/database/tx.ts'
import { formMark } from '../../src/platform/http/form-owner.ts'
import { createKeptForms } from '../../src/platform/http/kept-forms.ts'
import { newId } from '../../src/platform/id.ts'
import { rehash } from '../../src/platform/rewrap/rehash.ts'
import { valuesBeginning } from '../../src/platform/rewrap/rewrap.ts'
import { createMarks } from '../../src/platform/seals/index.ts'
import { ask, backup, bringBack, emptyPlace, folderOf, root } from '../backup/kept.ts'
import { apply } from '../cases/story.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'

let scene: Scene
const keysDir = folderOf('own-keys')
before(async () => {
  const shared = join(process.env.KAIFONG_TEST_FOLDER!, 'keys')
  await openKeys(shared)
  cpSync(shared, keysDir, { recursive: true })
  scene = await openScene('2026-11-24T02:00:00Z', { keysDir })
})
after(() => scene?.close())

/** Beside the node, which goes on. */
async function kaifong(args: readonly string[], keys = keysDir): Promise<{ code: number | null; said: string }> {
  const { PATH = '', HOME = '' } = process.env
  const env = { PATH, HOME, DATABASE_URL: scene.ownerUrl, KAIFONG_KEYS: keys, KAIFONG_SEALS: `${keysDir}-seals` }
  const ran = spawn(process.execPath, ['--import', './bin/tsx-hook.mjs', 'src/main.ts', ...args], { cwd: root, env })
  let said = ''
  for (const stream of [ran.stdout, ran.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const code = await new Promise<number | null>((ended) => void ran.on('close', ended))
  return { code, said }
}
const manifest = () => JSON.parse(readFileSync(join(keysDir, 'keys.json'), 'utf8'))
const currentKey = (): string => manifest().current.blind
/** An hour later, as the folder sees it. */
function rested(): void {
  const all = manifest()
  all.since.blind = '2026-11-01T00:00:00.000Z'
  writeFileSync(join(keysDir, 'keys.json'), JSON.stringify(all))
}
const under = async (table: string, column: string, id: string) =>
  (
    await ask<{ n: number }>(
      scene.ownerUrl,
      `select count(*)::int as n from ${table} where substring(${column} from 1 for 8) = '\\x${id}'`,
    )
  )[0]!.n

const city: Scope = { role: 'app_staff', area: place.city, domains: [], subjects: [], accountId: null }
let serial = 100
function newNumber(): string {
  const seventeen = `99999919610101${String(++serial)}`
  return seventeen + checkCharacter(seventeen)
}
const newPhone = () => `100${String(randomInt(100_000_000)).padStart(8, '0')}`
const person = (idNumber: string, area: string = place.community) => ({
  name: '陈同一',
  idNumber,
  hukou: { area, relation: 'head', householdId: null, since: '2020-01-01' } as const,
})
const seen = { source: 'officer', method: 'card-seen', caseId: null } as const
const recordWith = (crypto: CryptoProvider, idNumber: string) =>
  scene.node.platform.db.as(city, (tx) => createPerson(tx, crypto, person(idNumber), seen, scene.now()))

/** As a node that does not write with the newer key yet. */
const accountsWith = (crypto: CryptoProvider) => {
  const { pool } = scene.node.platform.db
  return createAccounts({
    pool,
    secret: randomBytes(32).toString('hex'),
    baseUrl: 'http://127.0.0.1:8090',
    codes: { available: true, send: async () => {}, tell: async () => {} },
    crypto,
    rate: createRateLimiter(pool),
    secureCookies: false,
    phonePattern: '100[0-9]{8}',
  })
}

/** How many marks stand for this person or account: more than one, and half of what was done is not found. */
async function marksOf(kind: string, id: string): Promise<number> {
  const rows = await ask<{ sealed: Buffer }>(scene.ownerUrl, 'select sealed from platform.audit_subject')
  const { crypto } = scene.node.platform.services
  return rows.filter(({ sealed }) => {
    const subject = JSON.parse(crypto.open(sealed, 'platform.audit_subject'))
    return subject.kind === kind && subject.id === id
  }).length
}

test('a newer blind key comes while people work, and at last the earlier one is put away', async () => {
  const { services, db } = scene.node.platform
  const { accounts, crypto } = services
  const first = currentKey()
  const old = folderOf('old-keys')
  cpSync(keysDir, old, { recursive: true })

  const early = await scene.resident({ name: '陈早' })
  const clerk = await scene.officer('window-clerk', [place.street])
  const accountOf = async (phone: string) => (await accounts.createResidentAccount(phone, scene.now())).accountId
  const account = await accountOf(early.phone)
  const holder = await scene.resident({ name: '陈占' })

  const husband = await scene.resident({ name: '陈文', bornOn: '1960-03-02' })
  const wife = await scene.resident({ name: '李芳', bornOn: '1962-04-05' })
  const mover = await scene.resident({ name: '陈迁' })
  const moverAccount = await accountOf(mover.phone)
  const moved = newPhone()
  await accounts.requestPhoneCode(moved, scene.now())
  const { undoToken } = await accounts.changePhone(moverAccount, moved, scene.codeOf(moved), scene.now())

  /** What must go on, whatever the keys. */
  const works = async () => {
    assert.equal((await clerk.post('/api/v1/people/found', { idNumber: early.idNumber })).body.hit?.personId, early.personId)
    const twice = { name: '陈早', hukou: 'here', hukouCode: '', community: place.community, address: '示例路 3 号' }
    const refused = await clerk.post('/api/v1/people', { ...twice, idNumber: early.idNumber })
    assert.equal(refused.body.code, 'person.already_recorded', JSON.stringify(refused.body))
    await assert.rejects(
      db.as({ ...city, area: place.nextStreet }, (tx) =>
        createPerson(tx, crypto, person(early.idNumber, `${place.nextStreet}001`), seen, scene.now()),
      ),
      { code: 'person.recorded_elsewhere' },
    )
    // A phone gets a code a minute.
    scene.at(new Date(scene.now().getTime() + 120_000).toISOString())
    await early.again()
    assert.equal(await accountOf(early.phone), account)
    assert.equal((await clerk.get(`/api/v1/people/${early.personId}?purpose=visit`)).status, 200)
    assert.equal((await early.get('/me/reads')).status, 200)
    const read = await early.post('/api/v1/me/messages/read', {}, { key: newId(scene.now()) })
    assert.equal(read.status, 200, JSON.stringify(read.body))
    assert.equal(await marksOf('person', early.personId), 1)
    assert.equal(await marksOf('account', account), 1)
  }
  const auditHolds = async () => {
    await services.seals.tick()
    const audit = await kaifong(['verify', 'audit'])
    assert.equal(audit.code, 0, audit.said)
  }
  await works()
  const { dir } = await backup(scene, folderOf('backups'), { keysDir })
  const sentBefore = newPhone()
  await accounts.requestPhoneCode(sentBefore, scene.now())

  const rotating = kaifong(['keys', 'rotate', 'blind'])
  while (!manifest().coming) await setTimeout(50)
  const { coming } = manifest()
  await scene.node.readKeysAgain()
  const stale = createCrypto(await openKeys(keysDir))
  assert.equal(crypto.blinds('a', 'b').length, 2, 'it finds by the newer key')
  assert.deepEqual(crypto.blind('a', 'b').subarray(0, 8).toString('hex'), first, 'and writes with the earlier one')
  assert.match((await kaifong(['keys', 'list'])).said, new RegExp(`blind.${coming} +coming  0 values`))
  await works()
  const rotated = await rotating
  assert.equal(rotated.code, 0, rotated.said)
  assert.match(rotated.said, new RegExp(`Before it was blind.${first}`))
  const second = currentKey()
  assert.equal(second, coming)
  await scene.node.readKeysAgain()
  assert.equal(crypto.blind('a', 'b').subarray(0, 8).toString('hex'), second)
  const without = await kaifong(['keys', 'list'], old)
  assert.equal(without.code, 1)
  assert.match(without.said, new RegExp(`holds other keys than those.*blind.${second}`))

  await works()
  const { accountId } = await accounts.verifyPhoneCode(sentBefore, scene.codeOf(sentBefore), new Headers(), scene.now())
  assert.equal(await accountOf(sentBefore), accountId, 'a code that was sent before is good')
  await clerk.again() // with a recovery code of before
  await accounts.requestPhoneCode(holder.phone, scene.now())
  await assert.rejects(accounts.changePhone(account, holder.phone, scene.codeOf(holder.phone), scene.now()), {
    code: 'account.phone_in_use',
  })
  assert.deepEqual(await accounts.undoPhone(undoToken, scene.now()), { accountId: moverAccount })
  assert.equal(await accountOf(mover.phone), moverAccount, 'her old phone is hers again')
  assert.notEqual(await accountOf(moved), moverAccount)

  await auditHolds()

  await acrossNodes(stale)
  // A member of a household is known by her number, and nobody is her own: by the hash of before.
  const family = {
    'about-you': 'yes',
    'members-1-name': wife.name,
    'members-1-relation': '妻子',
    'members-1-id': wife.idNumber,
    'members-1-born-year': '1962',
    'members-1-born-month': '4',
    'members-1-born-day': '5',
    ...{ income: '2100', property: 'none', account: 'other', 'account-number': '6222021111111111112', 'staff-relative': 'no' },
  }
  const { caseId } = await apply(scene, husband, 'minimum-living-guarantee', family)
  assert.deepEqual(await ask(scene.ownerUrl, 'select person_id from cases.unit_member where case_id = $1', [caseId]), [
    { person_id: wife.personId },
  ])
  const draft = (await wife.post('/api/v1/drafts', { matterCode: 'minimum-living-guarantee' })).body
  const own = await wife.post(`/api/v1/drafts/${draft.draftId}/answers/members`, { typed: family })
  assert.match(JSON.stringify(own.body), /answer.member_is_applicant/)
  await twoAtOnce(stale)

  // Rows enough for more than one batch, and cut off after the first.
  for (let n = 0; n < 60; n++) await recordWith(stale, newNumber())
  const all = await under('people.person', 'id_number_blind', first)
  const stopping = new AbortController()
  const keys = await openKeys(keysDir)
  await assert.rejects(
    rehash({
      client: scene.owner,
      keys,
      crypto: createCrypto(keys),
      hashed,
      signal: stopping.signal,
      progress: () => stopping.abort(new Error('stopped')),
    }),
    /stopped/,
  )
  const left = await under('people.person', 'id_number_blind', first)
  assert.ok(left > 0 && left <= all - 40, `${left} of ${all}`)
  await works()
  const needed = await kaifong(['keys', 'retire', first])
  assert.match(needed.said, new RegExp(`still needed: .*people.person.id_number_blind ${left}.*keys rewrap`))

  const rewrapped = await kaifong(['keys', 'rewrap'])
  assert.equal(rewrapped.code, 0, rewrapped.said)
  assert.match(rewrapped.said, /[1-9]\d* hashes were made anew/)
  assert.match((await kaifong(['keys', 'rewrap'])).said, /^0 hashes/m)
  const codes = await under('auth.recovery_code', 'code_hash', first)
  assert.ok(codes > 0)
  assert.match((await kaifong(['keys', 'list'])).said, new RegExp(`blind.${first} +earlier  ${codes} values`))
  await works()
  await clerk.again()

  assert.match((await kaifong(['keys', 'retire', first])).said, /gave way less than an hour ago/)
  rested()
  const refused = await kaifong(['keys', 'retire', first])
  assert.equal(refused.code, 1)
  assert.match(refused.said, /1 accounts have recovery codes under it.*--let-recovery-codes-end/)
  await clerk.again()
  const retired = await kaifong(['keys', 'retire', `blind.${first}`, '--let-recovery-codes-end'])
  assert.equal(retired.code, 0, retired.said)
  assert.match(retired.said, /recovery codes of 1 accounts ended/)
  assert.ok(existsSync(join(keysDir, 'retired', `blind.${first}.key`)))
  await scene.node.readKeysAgain()
  assert.equal(crypto.blinds('a', 'b').length, 1, 'one key, one hash')
  await works()
  await auditHolds()
  const listed = [
    ...hashed.map(({ table, column }) => `${table}.${column}`),
    ...Object.keys(letBe),
    'auth.recovery_code.code_hash',
  ]
  const found = [...(await valuesBeginning(scene.owner, hashedUnder(second))).keys()]
  assert.ok(found.length > 4)
  assert.deepEqual(
    found.filter((one) => !listed.includes(one)),
    [],
    'every column of hashes is made anew, is of no use soon, or is said',
  )
  await assert.rejects(clerk.again(), { code: 'account.factor_code_wrong' })

  // A backup of before needs the key that is away, says so, and works with it.
  const there = await emptyPlace()
  await assert.rejects(bringBack(dir, 'backup', there, { keysDir }), new RegExp(`blind.${first}`))
  renameSync(join(keysDir, 'retired', `blind.${first}.key`), join(keysDir, `blind.${first}.key`))
  const proved = await bringBack(dir, 'backup', there, { keysDir })
  assert.deepEqual(
    proved.flatMap((p) => p.found),
    [],
  )
  const again = await openScene('2026-11-25T02:00:00Z', { keysDir }, there)
  try {
    const later = await again.officer('window-clerk', [place.street])
    assert.equal((await later.post('/api/v1/people/found', { idNumber: early.idNumber })).body.hit?.personId, early.personId)
    assert.equal((await again.node.platform.services.accounts.createResidentAccount(early.phone, again.now())).accountId, account)
    assert.deepEqual(await ask(there.ownerUrl, `select value from platform.setting where name = 'keys'`), [
      { value: `${second} ${first}` },
    ])
  } finally {
    await again.close()
    renameSync(join(keysDir, `blind.${first}.key`), join(keysDir, 'retired', `blind.${first}.key`))
    // Running nodes look when the list changes.
    rested()
    await scene.node.readKeysAgain()
  }
})

/** What one node drew is sent to the other, whichever key each writes with. */
async function acrossNodes(stale: CryptoProvider): Promise<void> {
  const { db, services } = scene.node.platform
  const form = { page: '/x', route: '/x', params: {}, body: { words: '写了很久' }, refusal: null }
  for (const [one, other] of [
    [stale, services.crypto],
    [services.crypto, stale],
  ] as const) {
    const id = await createKeptForms(db.pool, one).keep('her', form, scene.now())
    assert.deepEqual(await createKeptForms(db.pool, other).find(id!, 'her', scene.now()), form)
    const challenge = Buffer.from(newChallenge(one, 'use:', scene.now())).toString('base64url')
    assert.ok(isChallenge(other, challenge, 'use:', scene.now()))
    assert.ok(!isChallenge(other, challenge, 'register:', scene.now()))
    const her = { kind: 'officer', accountId: 'her' } as Actor
    assert.equal(formMark(one, her), formMark(other, her))
  }
}

/** One node writes with the newer key, the other with the earlier one: each waits for the other, and only one of two is written. */
async function twoAtOnce(stale: CryptoProvider): Promise<void> {
  const { db, services } = scene.node.platform
  for (const [one, other] of [
    [stale, services.crypto],
    [services.crypto, stale],
  ] as const) {
    const idNumber = newNumber()
    const written = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    const winner = db.as(city, async (tx) => {
      const id = await createPerson(tx, one, person(idNumber), seen, scene.now())
      written.resolve()
      await gate.promise
      return id
    })
    await written.promise
    const loser = recordWith(other, idNumber)
    const ended = loser.then(
      () => 'ended',
      () => 'ended',
    )
    assert.equal(await Promise.race([ended, setTimeout(300, 'waits')]), 'waits')
    gate.resolve()
    await assert.rejects(loser, { code: 'person.already_recorded', params: { personId: await winner } })
  }
  const elsewhere = accountsWith(stale)
  for (let n = 0; n < 10; n++) {
    const idNumber = newNumber()
    const both = await Promise.allSettled([recordWith(stale, idNumber), recordWith(services.crypto, idNumber)])
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])

    const phone = newPhone()
    const made = await Promise.all(
      [elsewhere, services.accounts, elsewhere].map((node) => node.createResidentAccount(phone, scene.now())),
    )
    assert.equal(new Set(made.map(({ accountId }) => accountId)).size, 1, 'one account a phone')

    const id = newId(scene.now())
    const found = await Promise.all(
      [createMarks(stale), services.marks].map((marks) =>
        db.as(city, (tx) => tx.one(sql<{ mark: Buffer }>`select ${marks.markOf('person', id)} as mark`)),
      ),
    )
    assert.deepEqual(found[0], found[1], 'one mark a person')
  }
}

test('a key that was laid ready and not taken is taken the next time', async () => {
  const ready = await announceBlindKey(keysDir)
  assert.equal(await announceBlindKey(keysDir), ready)
  assert.equal((await openKeys(keysDir)).blind.current.id, currentKey(), 'none writes with it')
  await rotateKey(keysDir, 'field', scene.now())
  assert.equal(manifest().coming, ready, 'another key may change meanwhile')
  await noteBlindKey(scene.owner, ready, scene.now())
  await assert.rejects(retireKey(keysDir, 'blind', ready, scene.now()), { code: 'crypto.key_in_use', message: /lies ready/ })
  assert.equal(await rotateKey(keysDir, 'blind', scene.now(), ready), ready)
  assert.equal(await rotateKey(keysDir, 'blind', scene.now(), ready), ready, 'of two commands at once both take the same')
  assert.equal(manifest().coming, undefined)
})

test('two records of one number are named and left, and every other hash is made anew', async () => {
  const earlier = [...(await openKeys(keysDir)).blind.all].find(({ id }) => id !== currentKey())!
  const { crypto } = scene.node.platform.services
  const idNumber = newNumber()
  const personId = await recordWith(crypto, idNumber)
  assert.equal(crypto.blind(idNumber, 'x').subarray(0, 8).toString('hex'), earlier.id, 'this node has not looked yet')
  // As a machine that never saw the newer key, or this one never the earlier, would have written it.
  const newer = createCrypto(await openKeys(keysDir)).blind(idNumber, 'people.person.id_number')
  const twin = newId(scene.now())
  await scene.owner.query(
    `insert into people.person (id, name, id_number_sealed, id_number_blind, hukou_area, recorded_at, source)
      select $1, name, id_number_sealed, $2, hukou_area, recorded_at, source from people.person where id = $3`,
    [twin, newer, personId],
  )
  const { code, said } = await kaifong(['keys', 'rewrap'])
  assert.equal(code, 3, said)
  assert.match(said, new RegExp(`people.person.id_number_blind ${personId}: another row has the same value`))
  assert.equal(await under('people.person', 'id_number_blind', earlier.id), 1)
  await scene.owner.query('delete from people.person where id = $1', [twin])
  const mended = await kaifong(['keys', 'rewrap'])
  assert.equal(mended.code, 0, mended.said)
  assert.equal(await under('people.person', 'id_number_blind', earlier.id), 0)
})
