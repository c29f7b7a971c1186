/**
 * Functions that run with the owner's rights, past row security: each is here with its reason, and is tried from outside
 * the scope that it serves.
 */
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { RawBuilder } from 'kysely'
import { firstAdministrator } from '../../src/core/access/index.ts'
import type { Scope } from '../../src/platform/actor.ts'
import { sql } from '../../src/platform/database/tx.ts'
import { newId } from '../../src/platform/id.ts'
import { cloneDatabase } from '../harness/postgres.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'
import { DOMAINS, makeStages, type Stages } from '../harness/stages.ts'
import { administrationDefiners, type Definer } from './administration-definers.ts'
import { careDefiners } from './care-definers.ts'
import { coordinationDefiners } from './coordination-definers.ts'
import { gridDefiners } from './grid-definers.ts'
import { hazardDefiners } from './hazard-definers.ts'
import { lineDefiners } from './line-definers.ts'
import { outreachDefiners } from './outreach-definers.ts'
import { papersDefiners } from './papers-definers.ts'
import { permitDefiners } from './permit-definers.ts'
import { photoDefiners } from './photo-definers.ts'
import { proxyDefiners } from './proxy-definers.ts'
import { retentionDefiners } from './retention-definers.ts'
import { safetyDefiners } from './safety-definers.ts'
import { workDefiners } from './work-definers.ts'

let scene: Scene
let stages: Stages
before(async () => {
  scene = await openScene()
  stages = await makeStages(scene)
})
after(() => scene?.close())

const staff = (area: string, domains: readonly string[] = DOMAINS): Scope => ({
  role: 'app_staff',
  area,
  domains,
  subjects: [],
  accountId: null,
})
const resident = (personId: string): Scope => ({
  role: 'app_resident',
  area: place.community,
  domains: [],
  subjects: [personId],
  accountId: randomUUID(),
})
const nobody: Scope = { role: 'app_public', area: '', domains: [], subjects: [], accountId: null }

async function ask<R>(scope: Scope, query: RawBuilder<R>): Promise<R[]> {
  return scene.node.platform.db.as(scope, (tx) => tx.rows(query))
}
const denied = (scope: Scope, query: RawBuilder<unknown>) => assert.rejects(ask(scope, query), { code: '42501' })
const asLogin = (text: string, values: unknown[]) => scene.node.platform.db.pool.query(text, values)

const definers: Readonly<Record<string, Definer>> = {
  'access.can_undo_binding': {
    why: 'says whether a link still undoes a binding; whoever holds it may be signed in to nothing',
    async foreign() {
      const { accountId, personId } = stages.at.received!.applicant
      const long = new Date('2020-01-01')
      const ask = (digest: string | null, account: string | null) =>
        asLogin('select access.can_undo_binding($1, $2, $3) as since', [digest, account, long])
      assert.equal((await ask('0'.repeat(64), null)).rows[0].since, null, 'a link that nobody was sent')
      assert.equal((await ask(null, randomUUID())).rows[0].since, null)
      assert.equal((await ask(null, null)).rows[0].since, null)
      for (const scope of [staff(place.city), resident(personId), nobody])
        await denied(scope, sql`select access.can_undo_binding(null, ${accountId}, ${long})`)
    },
  },
  'access.undo_binding': {
    why: 'ends a young binding for whoever holds the link that the earlier phone got, or for the bound account',
    async foreign() {
      const { accountId, personId } = stages.at.received!.applicant
      const long = new Date('2020-01-01')
      for (const [digest, account] of [
        ['0'.repeat(64), null],
        [null, randomUUID()],
        [null, null],
      ])
        assert.equal(
          (await asLogin('select access.undo_binding($1, $2, $3, $4) as account', [digest, account, long, scene.now()])).rows[0]
            .account,
          null,
        )
      assert.equal((await asLogin('select * from access.resident_of($1)', [accountId])).rows.length, 1, 'it stands')
      for (const scope of [staff(place.city), resident(personId), nobody])
        await denied(scope, sql`select access.undo_binding(null, ${accountId}, ${long}, ${scene.now()})`)
    },
  },
  ...careDefiners({ world: () => ({ scene, stages }), ask, denied, staff, resident, nobody }),
  ...coordinationDefiners({ world: () => ({ scene, stages }), ask, denied, staff, resident, nobody }),
  ...gridDefiners({ world: () => ({ scene, stages }), ask, denied, staff, resident, nobody }),
  ...hazardDefiners({ world: () => ({ scene, stages }), ask, denied, staff, resident, nobody }),
  ...lineDefiners({ world: () => ({ scene, stages }), ask, denied, staff, resident, nobody }),
  ...outreachDefiners({ world: () => ({ scene, stages }), ask, denied, staff, resident, nobody }),
  ...safetyDefiners({ world: () => ({ scene, stages }), ask, denied, staff, resident, nobody }),
  ...workDefiners({ world: () => ({ scene, stages }), ask, denied, staff, resident, nobody }),
  ...photoDefiners({ world: () => ({ scene, stages }), ask, denied, staff, resident, nobody }),
  ...permitDefiners({ world: () => ({ scene, stages }), ask, denied, staff, resident, nobody }),
  ...proxyDefiners({ world: () => ({ scene, stages }), ask, denied, staff, resident, nobody }),
  ...retentionDefiners({ world: () => ({ scene, stages }), ask, denied, staff, resident, nobody }),
  ...administrationDefiners({ world: () => ({ scene, stages }), ask, denied, staff, resident, nobody }),
  ...papersDefiners({ world: () => ({ scene, stages }), ask, denied, staff, resident, nobody }),
  'access.claim_first': {
    why: 'makes the first post of a database that has no known account; the server may make none',
    async foreign() {
      const args = [
        newId(scene.now()),
        newId(scene.now()),
        newId(scene.now()),
        randomUUID(),
        '示例',
        place.city,
        DOMAINS,
        '2026-11-24',
      ]
      const claim = async (hash: Buffer) =>
        (
          await asLogin('select access.claim_first($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as done', [
            hash,
            new Date('2026-11-23'),
            scene.now(),
            ...args,
          ])
        ).rows[0].done
      assert.equal(await claim(randomBytes(32)), false, 'an unknown token')
      // Officers exist here: even a token that is good opens nothing.
      const hash = randomBytes(32)
      await scene.owner.query('insert into access.first_administrator (token_hash, made_at) values ($1, $2)', [hash, scene.now()])
      assert.equal(await claim(hash), false, 'there are officers')
      await denied(
        staff(place.city),
        sql`select access.claim_first(null, null, null, null, null, null, null, null, null, null, null)`,
      )
    },
  },
  'access.is_first_token': {
    why: 'says whether a token opens an empty house, before an account is made',
    async foreign() {
      const hash = randomBytes(32)
      await scene.owner.query('insert into access.first_administrator (token_hash, made_at) values ($1, $2)', [hash, scene.now()])
      const { rows } = await asLogin('select access.is_first_token($1, $2) as good', [hash, new Date('2026-11-23')])
      assert.equal(rows[0].good, false, 'there are officers')
      await denied(staff(place.city), sql`select access.is_first_token(${hash}, ${scene.now()})`)
      await denied(nobody, sql`select access.is_first_token(${hash}, ${scene.now()})`)
    },
  },
  'access.resident_of': {
    why: 'whom an account is bound to, asked before any scope exists',
    async foreign() {
      const { accountId, personId } = stages.at.received!.applicant
      assert.equal((await asLogin('select * from access.resident_of($1)', [accountId])).rows[0].person_id, personId)
      assert.deepEqual((await asLogin('select * from access.resident_of($1)', [randomUUID()])).rows, [])
      for (const scope of [staff(place.city), resident(personId), nobody])
        await denied(scope, sql`select * from access.resident_of(${accountId})`)
    },
  },
  'cases.hand_over': {
    why: 'moves a case into a place that the sender does not see',
    async foreign() {
      const { caseId } = stages.at.received!
      const { rows } = await scene.owner.query('select seq from cases.case where id = $1', [caseId])
      const seq = rows[0].seq + 1
      const move = (scope: Scope, to: string, at = seq) =>
        ask(scope, sql`select cases.hand_over(${caseId}, ${to}, 'confirm', ${at})`)
      const refused = (moved: Promise<unknown>, why: string) => assert.rejects(moved, { code: '42501' }, why)
      await refused(move(staff(place.nextStreet), place.community), 'another street')
      await refused(move(staff(''), place.community), 'no area')
      await refused(move(staff(place.street, []), place.community), 'no line')
      await refused(move(staff(place.street, ['health']), place.community), 'another line')
      await refused(move(staff(place.street), place.sibling), 'to a place where the case does not belong')
      await refused(move(staff(place.street), place.nextStreet), 'to a street where the case does not belong')
      await assert.rejects(move(staff(place.street), ''), { code: '23503' }, 'to nowhere')
      await refused(move(staff(place.street), place.community, seq + 1), 'out of turn')
      for (const scope of [resident(stages.at.received!.applicant.personId), nobody])
        await denied(scope, sql`select cases.hand_over(${caseId}, ${place.community}, 'confirm', ${seq})`)
      const after = await scene.owner.query('select handling_area from cases.case where id = $1', [caseId])
      assert.equal(after.rows[0].handling_area, place.street)
    },
  },
  'cases.give_number': {
    why: 'the next number of a street and day, with a case or not at all; nobody may read or set the counter',
    async foreign() {
      for (const scope of [staff(place.city), resident(randomUUID()), nobody])
        await assert.rejects(ask(scope, sql`select cases.give_number()`), /permission denied|only be called as triggers/)
      await denied(staff(place.city), sql`select n from cases.counter`)
      await denied(staff(place.city), sql`update cases.counter set n = 0`)
    },
  },
  'cases.link_member': {
    why: 'finds the adult whom an applicant names, so that she is asked on her own account; it answers nothing',
    async foreign() {
      const s = stages.at.correcting!
      const { rows } = await scene.owner.query('select id_number_blind as blind from people.person where id = $1', [
        s.member.personId,
      ])
      const { memberId } = s.member
      await scene.owner.query('update cases.unit_member set person_id = null where id = $1', [memberId])
      const linked = async () =>
        (await scene.owner.query('select person_id from cases.unit_member where id = $1', [memberId])).rows[0].person_id
      const link = (scope: Scope, id = memberId) => ask(scope, sql`select cases.link_member(${id}, ${[rows[0].blind]}::bytea[])`)
      await link(resident(stages.at.received!.applicant.personId))
      await link(resident(s.member.personId))
      await link(staff(place.nextStreet))
      await link(staff(place.street))
      await link(staff(''))
      assert.equal(await linked(), null, 'not their case, nor received by them, and no post has it in hand')
      await link(resident(stages.at.authorisation!.applicant.personId), stages.at.authorisation!.member.memberId)
      await denied(nobody, sql`select cases.link_member(${memberId}, ${[rows[0].blind]}::bytea[])`)
      await link(resident(s.applicant.personId))
      assert.equal(await linked(), s.member.personId, 'her own case, while she corrects it')
      await scene.owner.query('update cases.unit_member set person_id = null where id = $1', [memberId])
      const inHand = (area: string, domains?: readonly string[]): Scope => ({ ...staff(area, domains), postId: randomUUID() })
      await link(inHand(place.nextStreet))
      await link(inHand(place.community))
      await link(inHand(place.street, ['health']))
      await link(inHand(''))
      assert.equal(await linked(), null, 'another street, its own community, another line')
      await link(inHand(place.street))
      assert.equal(await linked(), s.member.personId, 'the street that has it in hand, while it is corrected')
    },
  },
  'cases.object_to': {
    why: 'an objection and the fact on a timeline that is not the neighbour’s to see',
    async foreign() {
      const s = stages.at['notice-up']!
      const neighbour = (await scene.neighbour({ name: '张强' })).personId
      const object = async (scope: Scope) =>
        (
          await ask(
            scope,
            sql<{
              made: string | null
            }>`select cases.object_to(${s.noticeId}, ${newId(scene.now())}, ${randomBytes(40)}, ${s.now}) as made`,
          )
        )[0]!.made
      const at = resident(neighbour)
      assert.equal(await object({ ...at, area: place.sibling }), null, 'another community')
      assert.equal(await object({ ...at, area: '' }), null, 'no community')
      assert.equal(await object({ ...at, subjects: [] }), null, 'nobody')
      assert.equal(await object({ ...at, accountId: null }), null, 'no account')
      for (const scope of [staff(place.street), nobody])
        await denied(scope, sql`select cases.object_to(${s.noticeId}, ${newId(scene.now())}, ${randomBytes(40)}, ${s.now})`)
      assert.equal(await object(at), 'done')
      assert.equal(await object(at), 'already')
      const { rows } = await scene.owner.query(
        `select account_id, post_id from cases.timeline where case_id = $1 and fact = 'objected'`,
        [s.caseId],
      )
      assert.deepEqual(rows, [{ account_id: null, post_id: null }], 'once, and it names nobody')
    },
  },
  'cases.posts_over': {
    why: 'who may visit as the second officer; posts are the server’s to read',
    async foreign() {
      const find = (scope: Scope) =>
        ask(scope, sql`select name from cases.posts_over(${place.street}, 'civil-affairs', '2026-11-24')`)
      assert.ok((await find(staff(place.street))).length > 0)
      assert.deepEqual(await find(staff(place.nextStreet)), [], 'another street')
      assert.deepEqual(await find(staff('')), [], 'no area')
      assert.deepEqual(await find(staff(place.street, ['another'])), [], 'another line')
      await denied(nobody, sql`select cases.posts_over(${place.street}, 'civil-affairs', '2026-11-24')`)
    },
  },
  'cases.still_asks': {
    why: 'tells an adult of a household whether the case that she is named in, and may not read, still runs',
    async foreign() {
      const s = stages.at.authorisation!
      const asks = async (scope: Scope) =>
        (await ask(scope, sql<{ asks: boolean }>`select cases.still_asks(${s.member.memberId}) as asks`))[0]!.asks
      assert.equal(await asks(resident(s.member.personId)), true, 'her own')
      assert.equal(await asks(resident(stages.at.received!.applicant.personId)), false, 'not hers')
      for (const scope of [staff(place.street), nobody]) await denied(scope, sql`select cases.still_asks(${s.member.memberId})`)
    },
  },
  'cases.take_down_own': {
    why: 'a withdrawn application takes its notice down; residents change no notice',
    async foreign() {
      const s = stages.at['notice-up']!
      const up = async () =>
        (await scene.owner.query('select taken_down_at from cases.notice where id = $1', [s.noticeId])).rows[0].taken_down_at ===
        null
      await ask(resident(s.applicant.personId), sql`select cases.take_down_own(${s.caseId}, ${s.now})`)
      assert.ok(await up(), 'not withdrawn')
      await ask(resident(stages.at.received!.applicant.personId), sql`select cases.take_down_own(${s.caseId}, ${s.now})`)
      await ask(resident(s.member.personId), sql`select cases.take_down_own(${s.caseId}, ${s.now})`)
      assert.ok(await up(), 'not theirs')
      for (const scope of [staff(place.street), nobody])
        await denied(scope, sql`select cases.take_down_own(${s.caseId}, ${s.now})`)
    },
  },
  'documents.check_document': {
    why: 'what a QR code shows to anyone: no name, no person',
    async foreign() {
      const { documentId } = stages.at.received!
      const [row] = await ask(nobody, sql<Record<string, unknown>>`select * from documents.check_document(${documentId})`)
      assert.deepEqual(Object.keys(row!).sort(), [
        'id',
        'issued_at',
        'issuer',
        'kind',
        'matter_code',
        'number',
        'sha256',
        'signature',
        'void_at',
      ])
      assert.deepEqual(await ask(nobody, sql`select * from documents.check_document(${randomUUID()})`), [])
    },
  },
  'documents.document_of_bytes': {
    why: 'whoever holds the PDF asks whether these bytes were issued',
    async foreign() {
      const find = async (hash: Buffer) =>
        (await ask(nobody, sql<{ id: string | null }>`select documents.document_of_bytes(${hash}) as id`))[0]!.id
      assert.equal(await find(randomBytes(32)), null)
      // A resident's own upload is a file too, and no document: its hash tells nothing.
      const { rows } = await scene.owner.query('select sha256 from documents.file where id = $1', [
        stages.at['received-guarantee']!.fileId,
      ])
      assert.equal(await find(rows[0].sha256), null)
    },
  },
  'documents.named_nowhere': {
    why: 'which bytes no row names, asked over all rows: a sweep that saw a part would remove the rest',
    async foreign() {
      const { rows } = await scene.owner.query('select stored_name as name from documents.file where case_id is null limit 1')
      const unknown = randomBytes(32).toString('hex')
      const found = await ask(
        { ...nobody, role: 'app_system' },
        sql`select name from documents.named_nowhere(${[rows[0].name, unknown]}::text[]) as found(name)`,
      )
      assert.deepEqual(found, [{ name: unknown }], 'also without any area it never says that of a file in use')
      for (const scope of [staff(place.city), resident(randomUUID()), nobody])
        await denied(scope, sql`select documents.named_nowhere(${[unknown]}::text[])`)
    },
  },
  'documents.take_back': {
    why: 'hides a file of one’s own draft: the policy that hides what is marked would refuse the marking',
    async foreign() {
      const { rows } = await scene.owner.query(
        'select draft_id as draft, id as file, account_id as account from documents.file where case_id is null and draft_id is not null limit 1',
      )
      const { draft, file, account } = rows[0]
      const take = async (scope: Scope, which: string | null) =>
        (await ask(scope, sql<{ n: number }>`select documents.take_back(${draft}, ${which}::uuid, ${scene.now()}) as n`))[0]!.n
      for (const which of [file, null]) {
        assert.equal(await take(resident(randomUUID()), which), 0, 'somebody else’s draft')
        assert.equal(await take({ ...resident(randomUUID()), accountId: account }, which), 0, 'a material names it still')
      }
      for (const scope of [staff(place.city), nobody, { ...nobody, role: 'app_system' } as Scope])
        await denied(scope, sql`select documents.take_back(${draft}, ${file}, ${scene.now()})`)
    },
  },
  'documents.next_number': {
    why: 'the next number of an organ, kind and year; nobody may read or set the counter',
    async foreign() {
      const s = stages.at.received!
      const next = async (scope: Scope, kind: string, organ: string = place.street) =>
        (await ask(scope, sql<{ n: number | null }>`select documents.next_number(${s.caseId}, ${organ}, ${kind}, 2026) as n`))[0]!
          .n
      assert.equal(await next(staff(place.nextStreet), 'acceptance'), null, 'another street')
      assert.equal(await next(staff(place.community), 'acceptance'), null, 'a community, of what the street handles')
      assert.equal(await next(staff(place.street, ['health']), 'acceptance'), null, 'another line')
      assert.equal(await next(staff(''), 'acceptance'), null, 'no area')
      assert.equal(await next(resident(s.member.personId), 'receipt'), null, 'somebody else’s case')
      assert.equal(await next(resident(s.applicant.personId), 'decision_granted'), null, 'not hers to issue')
      assert.equal(await next(staff(place.street), 'acceptance', place.nextStreet), null, 'an organ of elsewhere')
      assert.ok((await next(staff(place.street), 'acceptance'))! > 0)
      assert.ok((await next(resident(s.applicant.personId), 'withdrawal'))! > 0)
      await denied(nobody, sql`select documents.next_number(${s.caseId}, ${place.street}, 'receipt', 2026)`)
      await denied(staff(place.city), sql`select n from documents.counter`)
      await denied(staff(place.city), sql`update documents.counter set n = 0`)
    },
  },
  'documents.signature_of': {
    why: 'the detached signature says nothing about anybody',
    async foreign() {
      const [row] = await ask(
        nobody,
        sql<Record<string, unknown>>`select * from documents.signature_of(${stages.at.received!.documentId})`,
      )
      assert.deepEqual(Object.keys(row!).sort(), ['key_id', 'number', 'signature'])
      assert.deepEqual(await ask(nobody, sql`select * from documents.signature_of(${randomUUID()})`), [])
    },
  },
  'platform.claim_key': {
    why: 'one key, one act; nobody lists what others have sent',
    async foreign() {
      await denied(staff(place.city), sql`select from platform.idempotency`)
      const claim = (accountId: string) =>
        ask(
          { ...nobody, accountId },
          sql<{
            claimed: boolean
          }>`select claimed from platform.claim_key('x.y', 'key-12345', ${randomBytes(32)}, ${scene.now()})`,
        )
      assert.deepEqual(await claim('one'), [{ claimed: true }])
      assert.deepEqual(await claim('other'), [{ claimed: true }], 'another’s key is another key')
      assert.deepEqual(await claim('one'), [{ claimed: false }])
    },
  },
  'people.number_taken': {
    why: 'says whether a number is on record anywhere, while the blind key changes and the unique column cannot',
    async foreign() {
      const { personId } = stages.at.received!.applicant
      const { rows } = await scene.owner.query('select id_number_blind as blind from people.person where id = $1', [personId])
      const taken = (scope: Scope, blinds: Buffer[]) =>
        ask(scope, sql<{ taken: boolean }>`select people.number_taken(${blinds}::bytea[]) as taken`)
      assert.deepEqual(await taken(staff(place.nextStreet), [randomBytes(40), rows[0].blind]), [{ taken: true }], 'and no more')
      assert.deepEqual(await taken(staff(place.nextStreet), [randomBytes(40)]), [{ taken: false }])
      for (const scope of [resident(personId), nobody])
        await denied(scope, sql`select people.number_taken(${[rows[0].blind]}::bytea[])`)
    },
  },
  'platform.ensure_partitions': {
    why: 'makes month partitions ahead; only an owner may make tables',
    async foreign() {
      for (const scope of [staff(place.city), resident(randomUUID()), nobody])
        await denied(scope, sql`select platform.ensure_partitions('platform.audit', '2026-11-24')`)
      await assert.rejects(
        asLogin('select platform.ensure_partitions($1, $2)', ['platform.setting', '2026-11-24']),
        /not a partitioned table/,
      )
    },
  },
  'platform.mark_subject': {
    why: 'the mark that stands for a person in the audit; nobody lists whom the audit is about',
    async foreign() {
      for (const scope of [staff(place.city), nobody]) await denied(scope, sql`select from platform.audit_subject`)
      const blind = randomBytes(32)
      const mark = (scope: Scope, own: Buffer, blinds = [blind]) =>
        ask(scope, sql<{ mark: Buffer }>`select platform.mark_subject(${blinds}::bytea[], ${own}, ${randomBytes(60)}) as mark`)
      const first = randomBytes(32)
      assert.deepEqual(await mark(staff(place.street), first), [{ mark: first }])
      // Another cannot put a mark of her own in its place, under another key neither.
      assert.deepEqual(await mark(nobody, randomBytes(32)), [{ mark: first }])
      assert.deepEqual(await mark(nobody, randomBytes(32), [randomBytes(32), blind]), [{ mark: first }])
    },
  },
  'platform.settle_key': {
    why: 'keeps the answer of a key, once',
    async foreign() {
      const hash = randomBytes(32)
      const me = { ...nobody, accountId: 'me' }
      await ask(me, sql`select from platform.claim_key('x.y', 'key-12345', ${hash}, ${scene.now()})`)
      for (const answer of ['{"n":1}', '{"n":2}'])
        await ask(me, sql`select platform.settle_key('x.y', 'key-12345', ${answer}::jsonb)`)
      await ask({ ...nobody, accountId: 'other' }, sql`select platform.settle_key('x.y', 'key-12345', '{"n":3}'::jsonb)`)
      const { rows } = await scene.owner.query(`select result from platform.idempotency where actor = 'app_public:me'`)
      assert.deepEqual(rows, [{ result: { n: 1 } }], 'never changed afterwards, and by nobody else')
    },
  },
}

test('the list is the database’s own, each with a pinned search path and granted to somebody by name', async () => {
  const { rows } = await scene.owner.query<{
    name: string
    config: string[] | null
    everybody: boolean
  }>(`select n.nspname || '.' || p.proname as name, p.proconfig as config,
      exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0) as everybody
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname !~ '^pg_' and n.nspname not in ('jobs', 'information_schema') order by 1`)
  assert.deepEqual(
    rows.map((r) => r.name),
    Object.keys(definers).sort(),
  )
  for (const row of rows) {
    assert.deepEqual(row.config, ['search_path=pg_catalog, pg_temp'], row.name)
    assert.equal(row.everybody, false, `${row.name} may be called by everybody`)
  }
})

for (const [name, { why, foreign }] of Object.entries(definers)) test(`${name} from outside: ${why}`, foreign)

test('a first token opens an empty house once, and not after a day', async () => {
  const database = await cloneDatabase()
  try {
    const token = await firstAdministrator(database.ownerUrl, new Date('2026-11-24T00:00:00Z'))
    assert.match(token!, /^[\w-]{32}$/)
    assert.notEqual(
      await firstAdministrator(database.ownerUrl, new Date('2026-11-24T00:01:00Z')),
      token,
      'a new start makes a new one',
    )
  } finally {
    await database.drop()
  }
})
