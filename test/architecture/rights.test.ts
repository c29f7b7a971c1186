/**
 * What a role must not be able to do, tried in SQL: as if every check of every use case had been forgotten. Each try is a
 * transaction in the role and scope of a real actor, and is undone.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { RawBuilder } from 'kysely'
import type { Scope } from '../../src/platform/actor.ts'
import { sql } from '../../src/platform/database/tx.ts'
import { newId } from '../../src/platform/id.ts'
import { actorOf, makePost, rollingBack, type StaffPost } from '../harness/cast.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'
import { DOMAINS, makeStages, type Stage, type Stages } from '../harness/stages.ts'

let scene: Scene
let stages: Stages
let neighbour: Stage['applicant']
let nextStreet: StaffPost
before(async () => {
  scene = await openScene()
  stages = await makeStages(scene)
  neighbour = stages.at.closed!.applicant
  nextStreet = await makePost(scene, 'street-reviewer', [place.nextStreet], DOMAINS)
})
after(() => scene?.close())

/** denied: PostgreSQL refuses; nothing: there is no such row for the role; done: the control that shows the rest to mean something. */
type End = 'denied' | 'nothing' | 'done'
type Try = readonly [does: string, query: RawBuilder<unknown> | readonly RawBuilder<unknown>[], end: End]

async function tryAll(who: string, scope: Scope, tries: readonly Try[]): Promise<void> {
  const { db } = rollingBack(scene.node.platform)
  const wrong: string[] = []
  for (const [does, query, end] of tries) {
    let got: string
    try {
      const changed = await db.as(scope, async (tx) => {
        let rows = 0
        for (const each of [query].flat()) rows = await tx.run(each)
        return rows
      })
      got = changed > 0 ? 'done' : 'nothing'
    } catch (error) {
      const { code, message } = error as { code?: string; message: string }
      got = code === '42501' ? 'denied' : `a fault: ${code} ${message}`
    }
    if (got !== end) wrong.push(`${who} ${does}: expected ${end}, got ${got}`)
  }
  assert.ok(tries.some(([, , end]) => end === 'done') && tries.some(([, , end]) => end !== 'done'), 'the table has both ends')
  assert.deepEqual(wrong, [])
}

const id = () => newId(scene.now())
const residentScope = ({ personId, accountId }: Stage['applicant']): Scope => ({
  role: 'app_resident',
  area: place.community,
  domains: [],
  subjects: [personId],
  accountId,
})
async function staffScope(post: StaffPost): Promise<Scope> {
  const actor = await actorOf(scene, 'staff', post.accountId, post.postId, scene.now())
  return scene.node.platform.guard.admit(actor, null, null)
}
/** The next row of a timeline, `ahead` of where the case stands. */
const fact = (
  s: Stage,
  name: string,
  by: { kind: string; account?: string | null; post?: string | null; schedule?: string },
  ahead = 1,
) =>
  sql`insert into cases.timeline (case_id, seq, fact, payload, actor_kind, account_id, post_id, schedule, recorded_at, effective_at)
    select ${s.caseId}, coalesce((select seq from cases.case where id = ${s.caseId}), 1) + ${ahead}::int, ${name}, '{}', ${by.kind}, ${by.account ?? null}, ${by.post ?? null}, ${by.schedule ?? null}, ${s.now}, ${s.now}`
const message = (personId: string, caseId: string | null, kind: string) =>
  sql`insert into messages.message (id, person_id, kind, params, case_id, made_at) values (${id()}, ${personId}, ${kind}, '{}', ${caseId}, ${scene.now()})`
const paper = (s: Stage, kind: string, post: string | null, street: string = place.street) =>
  sql`insert into documents.document (id, kind, number, case_id, street, issuer, matter_code, model_sealed, seq, issued_by, issued_at)
    select ${randomUUID()}, ${kind}, ${randomUUID()}, ${s.caseId}, ${street}, 'organ', matter_code, '\\x00', 9, ${post}, ${s.now} from cases.case where id = ${s.caseId}`
const paperBlind = (s: Stage, kind: string, post: string | null) =>
  sql`insert into documents.document (id, kind, number, case_id, street, issuer, matter_code, model_sealed, seq, issued_by, issued_at)
    values (${randomUUID()}, ${kind}, ${randomUUID()}, ${s.caseId}, ${place.street}, 'organ', 'longevity-allowance', '\\x00', 9, ${post}, ${s.now})`
const bytes = (where: { caseId?: string; draftId?: string }, accountId: string | null) =>
  sql`insert into documents.file (id, stored_name, wrapped_key, sha256, size, media_type, name_sealed, account_id, draft_id, case_id, added_at)
    values (${id()}, ${randomUUID()}, '\\x00', '\\x00', 1, 'application/pdf', '\\x00', ${accountId}, ${where.draftId ?? null}, ${where.caseId ?? null}, ${scene.now()})`
const picture = (fileId: string, kind = 'shown') =>
  sql`insert into documents.derivative (file_id, kind, recipe, stored_name, wrapped_key, sha256, size, made_at)
    values (${fileId}, ${kind}, 1, ${randomUUID()}, '\\x00', '\\x00', 1, ${scene.now()})`
const material = (where: { caseId?: string; draftId?: string }, fileId: string) =>
  sql`insert into documents.material (id, draft_id, case_id, material, file_id, added_at)
    values (${id()}, ${where.draftId ?? null}, ${where.caseId ?? null}, 'income-proof', ${fileId}, ${scene.now()})`
const audit = (kind: string, account: string | null, post: string | null, operation = 'cases.decide') =>
  sql`insert into platform.audit (id, at, operation, outcome, actor_kind, account_id, post_id, request_id)
    values (${id()}, ${scene.now()}, ${operation}, 'done', ${kind}, ${account}, ${post}, 'r')`
const answer = (s: Stage, question: string, version: number) =>
  sql`insert into cases.answer (case_id, question, version, sealed, recorded_at) values (${s.caseId}, ${question}, ${version}, '\\x00', ${s.now})`
const set = (s: Stage, what: RawBuilder<unknown>) => sql`update cases.case set ${what} where id = ${s.caseId}`
const opened = (applicant: string, with_: { channel?: string; origin?: string; receivedBy?: string; status?: string }) =>
  sql`insert into cases.case (id, street, matter_code, matter_version, pack_hash, domain, origin_area, handling_area, applicant_id, surname, channel, received_by, received_at, status, step, seq)
    select ${id()}, left(${with_.origin ?? place.community}, 9), 'residence-registration', 1, ${scene.node.platform.services.packs.inForce().hash}, 'migrants', ${with_.origin ?? place.community},
      left(${with_.origin ?? place.community}, 9), ${applicant}, '陈', ${with_.channel ?? 'phone'}, ${with_.receivedBy ?? null}, ${scene.now()}, ${with_.status ?? 'received'}, 'register', 1`

test('an applicant: her own case moves by her own acts alone', async () => {
  const s = stages.at.received!
  const { closed, correcting, withdrawn, paused } = stages.at as Record<string, Stage>
  const seq = sql`seq = seq + 1`
  await tryAll('applicant', residentScope(s.applicant), [
    ['withdraws', set(s, sql`status = 'withdrawn', step = null, due_at = null, closed_at = ${s.now}, ${seq}`), 'done'],
    ['decides', set(s, sql`status = 'decided', ${seq}`), 'denied'],
    ['accepts', set(s, sql`status = 'accepted', ${seq}`), 'denied'],
    ['closes', set(s, sql`status = 'closed', closed_at = ${s.now}, ${seq}`), 'denied'],
    ['names the outcome', set(s, sql`outcome = 'granted'`), 'denied'],
    ['names the sum', set(s, sql`amount_fen = 999`), 'denied'],
    ['moves the day it is due', set(s, sql`due_at = ${s.now}, ${seq}`), 'denied'],
    ['goes on to another step', set(s, sql`step = 'decide', ${seq}`), 'denied'],
    ['moves it to another place', set(s, sql`handling_area = ${place.nextStreet}`), 'denied'],
    ['gives it to somebody else', set(s, sql`applicant_id = ${neighbour.personId}`), 'denied'],
    ['renumbers it', set(s, sql`number = '1'`), 'denied'],
    ['rates what is not decided', set(s, sql`rating = 5, ${seq}`), 'denied'],
    ['skips rows of the timeline', set(s, sql`seq = seq + 9`), 'denied'],
    ['touches it without a fact', set(s, sql`step = step`), 'denied'],
    ['moves a case of a neighbour', set(closed!, sql`rating = 5, ${seq}`), 'nothing'],
    ['removes it', sql`delete from cases.case where id = ${s.caseId}`, 'denied'],
  ])
  await tryAll('applicant', residentScope(closed!.applicant), [
    ['rates', set(closed!, sql`rating = 1, ${seq}`), 'done'],
    ['opens it again', set(closed!, sql`status = 'received', ${seq}`), 'denied'],
  ])
  await tryAll('applicant', residentScope(correcting!.applicant), [
    [
      'answers',
      set(correcting!, sql`status = 'received', correction = correction || '{"answeredOn": "2026-11-24"}', ${seq}`),
      'done',
    ],
    [
      'rewrites what she was asked',
      set(correcting!, sql`status = 'received', correction = correction || '{"missing": []}', ${seq}`),
      'denied',
    ],
    ['states what was asked', answer(correcting!, 'property', 2), 'done'],
    ['states what was not', answer(correcting!, 'account', 2), 'denied'],
  ])
  for (const stage of [withdrawn!, paused!])
    await tryAll('applicant', residentScope(stage.applicant), [
      ['looks at it', sql`select from cases.case where id = ${stage.caseId}`, 'done'],
      ['sets it going again', set(stage, sql`status = 'accepted', ${seq}`), 'denied'],
    ])
})

test('an applicant: what she opens, states and says is hers', async () => {
  const s = stages.at.received!
  const { confirm, correcting } = stages.at as Record<string, Stage>
  const me = { kind: 'resident', account: s.applicant.accountId }
  const clerk = stages.posts['window-clerk']!
  await tryAll('applicant', residentScope(s.applicant), [
    ['opens a case', opened(s.applicant.personId, {}), 'done'],
    ['opens one for another', opened(neighbour.personId, {}), 'denied'],
    ['opens one where she does not live', opened(s.applicant.personId, { origin: '440106007002' }), 'denied'],
    ['opens one at a window', opened(s.applicant.personId, { channel: 'window' }), 'denied'],
    ['opens one in an officer’s name', opened(s.applicant.personId, { receivedBy: clerk.postId }), 'denied'],
    ['opens one that is accepted', opened(s.applicant.personId, { status: 'accepted' }), 'denied'],
    ['opens one that is granted', sql`insert into cases.case (id, outcome) values (${id()}, 'granted')`, 'denied'],
    ['chooses a number', sql`insert into cases.case (id, number) values (${id()}, '20261124-0001')`, 'denied'],
    ['notes a withdrawn material', [set(s, sql`seq = seq + 1`), fact(s, 'material_withdrawn', me, 0)], 'done'],
    ['notes one without moving the case', fact(s, 'material_withdrawn', me), 'denied'],
    ['notes a decision', fact(s, 'decided', me), 'denied'],
    ['notes an acceptance as staff', fact(s, 'accepted', { kind: 'staff', account: clerk.accountId, post: clerk.postId }), 'denied'],
    ['notes a rating that she did not give', fact(s, 'rated', me, 0), 'denied'],
    ['notes a withdrawal that was none', fact(s, 'withdrawn', me, 0), 'denied'],
    ['writes on a timeline in another’s account', fact(s, 'material_withdrawn', { kind: 'resident', account: neighbour.accountId }), 'denied'],
    ['writes on a neighbour’s timeline', fact(stages.at.closed!, 'material_withdrawn', me), 'denied'],
    ['states something anew', answer(s, 'account', 2), 'denied'],
    ['states something in a neighbour’s case', answer(stages.at['received-guarantee']!, 'account', 2), 'denied'],
    ['leaves a withdrawal', paper(s, 'withdrawal', null), 'done'],
    ['issues a decision', paper(s, 'decision_granted', null), 'denied'],
    ['issues in an officer’s name', paper(s, 'withdrawal', clerk.postId), 'denied'],
    ['issues for another street', paper(s, 'withdrawal', null, place.nextStreet), 'denied'],
    ['issues in a neighbour’s case', paperBlind(stages.at.confirm!, 'withdrawal', null), 'denied'],
    ['says which bytes were issued', sql`insert into documents.print (document_id, file_id, signature, key_id, printed_at) values (${s.documentId}, ${s.fileId ?? id()}, '\\x00', 'k', ${s.now})`, 'denied'],
    ['voids a paper', sql`update documents.document set void_at = ${s.now}`, 'denied'],
    ['posts a notice', sql`insert into cases.notice (id, case_id, area, matter_code, shown_name, starts_on, ends_on, published_at) values (${id()}, ${s.caseId}, ${place.community}, 'x', 'x', '2026-11-24', '2026-11-25', ${s.now})`, 'denied'],
    ['objects past the function', sql`insert into cases.objection (id, notice_id, case_id, account_id, person_id, sealed, made_at) values (${id()}, ${stages.at['notice-up']!.noticeId}, ${stages.at['notice-up']!.caseId}, ${s.applicant.accountId}, ${s.applicant.personId}, '\\x00', ${s.now})`, 'denied'],
    ['tells herself that it came', message(s.applicant.personId, s.caseId, 'received'), 'done'],
    ['tells herself that it is granted', message(s.applicant.personId, s.caseId, 'decided_granted'), 'denied'],
    ['writes to a neighbour', message(neighbour.personId, s.caseId, 'received'), 'denied'],
    ['writes to a neighbour about nothing', message(neighbour.personId, null, 'account_bound'), 'denied'],
    ['writes in a neighbour’s case', message(neighbour.personId, stages.at.closed!.caseId, 'received'), 'denied'],
    ['gives a file to her case', bytes({ caseId: s.caseId }, s.applicant.accountId), 'done'],
    ['gives a file in another’s name', bytes({ caseId: s.caseId }, neighbour.accountId), 'denied'],
    ['gives a file as the printer does', bytes({ caseId: s.caseId }, null), 'denied'],
    ['removes a file', sql`delete from documents.file where draft_id = ${s.draftId}`, 'denied'],
    ['marks a file as removed', sql`update documents.file set removed_at = ${s.now}, removed_by = 'x' where draft_id = ${s.draftId}`, 'denied'],
    ['adds a picture to a file of a neighbour', picture(stages.at['received-guarantee']!.fileId), 'denied'],
    ['reads what was erased', sql`select from documents.erased`, 'denied'],
    ['gives a file to a neighbour’s case', bytes({ caseId: correcting!.caseId }, s.applicant.accountId), 'denied'],
    ['gives a file to a neighbour’s draft', bytes({ draftId: correcting!.draftId }, s.applicant.accountId), 'denied'],
    ['names a neighbour’s file as her material', material({ caseId: s.caseId }, correcting!.fileId), 'denied'],
    ['writes in a neighbour’s draft', sql`update cases.draft set updated_at = ${s.now} where id = ${correcting!.draftId}`, 'nothing'],
    ['changes her name', sql`update people.person set name = 'x'`, 'denied'],
    ['moves house', sql`update people.person set living_area = ${place.sibling}`, 'denied'],
    ['declares an income', sql`insert into people.income_declaration (id, person_id, monthly_fen, during, source, method, recorded_at) values (${id()}, ${s.applicant.personId}, 1, '[2026-01-01,)', 'self', 'declared', ${s.now})`, 'denied'],
    ['binds an account', sql`insert into access.person_account (id, account_id, person_id, bound_at, method) values (${id()}, 'x', ${neighbour.personId}, ${s.now}, 'window')`, 'denied'],
    ['sees who is bound', sql`select from access.person_account`, 'denied'],
    ['removes a look at her', sql`delete from access.read_entry`, 'denied'],
    ['is audited as herself', audit('resident', s.applicant.accountId, null), 'done'],
    ['is audited as another', audit('resident', neighbour.accountId, null), 'denied'],
    ['is audited as an officer', audit('staff', clerk.accountId, clerk.postId), 'denied'],
    ['reads the audit', sql`select from platform.audit`, 'denied'],
    ['hands a case over', sql`select cases.hand_over(${s.caseId}, ${place.community}, 'confirm', 2)`, 'denied'],
  ]) // biome-ignore format: a table
  await tryAll('applicant of an accepted case', residentScope(confirm!.applicant), [
    ['looks at it', sql`select from cases.case where id = ${confirm!.caseId}`, 'done'],
    ['adds a file', bytes({ caseId: confirm!.caseId }, confirm!.applicant.accountId), 'denied'],
    ['states something more', answer(confirm!, 'note', 1), 'denied'],
    ['names one more of the household', sql`insert into cases.unit_member (id, case_id, matter_code, case_number, applicant_name, applied_on, name, relation, adult, recorded_at) values (${id()}, ${confirm!.caseId}, 'longevity-allowance', ${confirm!.number}, '某人', '2026-01-01', '某人', '子', true, ${confirm!.now})`, 'denied'],
    ['leaves a second receipt', paper(confirm!, 'receipt', null), 'denied'],
  ]) // biome-ignore format: a table
})

test('a household: each adult speaks for herself', async () => {
  const s = stages.at.authorisation!
  const says = (how: string) =>
    sql`update cases.unit_member set authorised_at = ${s.now}, authorised_how = ${how} where id = ${s.member.memberId}`
  await tryAll('member', residentScope(s.member), [
    ['agrees on her account', says('account'), 'done'],
    ['agrees on paper', says('paper'), 'denied'],
    ['takes her word back', sql`update cases.unit_member set authorised_at = null, authorised_how = null where id = ${s.member.memberId}`, 'denied'],
    ['becomes somebody else', sql`update cases.unit_member set person_id = null where id = ${s.member.memberId}`, 'denied'],
    ['sees the case', sql`select from cases.case where id = ${s.caseId}`, 'nothing'],
    ['sees its timeline', sql`select from cases.timeline where case_id = ${s.caseId}`, 'nothing'],
  ]) // biome-ignore format: a table
  await tryAll('applicant', residentScope(s.applicant), [
    ['sees who lives with her', sql`select id from cases.unit_member where case_id = ${s.caseId}`, 'done'],
    ['agrees for her', says('account'), 'nothing'],
    ['reads her sealed number', sql`select id_number_sealed from cases.unit_member`, 'denied'],
  ])
})

test('an officer: in her own post, on what she has in hand', async () => {
  const s = stages.at.received!
  const clerk = stages.posts['window-clerk']!
  const other = stages.posts['street-reviewer']!
  const me = { kind: 'staff', account: clerk.accountId, post: clerk.postId }
  const objected = stages.at.objected!
  const reply = (post: string) =>
    sql`update cases.objection set answer = 'x', answered_at = ${s.now}, answered_by = ${post} where id = ${objected.objectionId}`
  await tryAll('clerk', await staffScope(clerk), [
    ['accepts', set(s, sql`status = 'accepted', seq = seq + 1`), 'done'],
    ['rates for the applicant', set(s, sql`rating = 1`), 'denied'],
    ['renumbers it', set(s, sql`number = '1'`), 'denied'],
    ['moves it past the function', set(s, sql`handling_area = ${place.community}`), 'denied'],
    ['makes it another’s', set(s, sql`applicant_id = ${neighbour.personId}`), 'denied'],
    ['counts it elsewhere', set(s, sql`origin_area = ${place.sibling}`), 'denied'],
    ['changes the day it came', set(s, sql`received_at = ${s.now}`), 'denied'],
    ['writes on the timeline', fact(s, 'accepted', me), 'done'],
    ['writes in another’s post', fact(s, 'accepted', { ...me, post: other.postId }), 'denied'],
    ['writes in another’s account', fact(s, 'accepted', { ...me, account: other.accountId }), 'denied'],
    ['writes as the applicant', fact(s, 'withdrawn', { kind: 'resident', account: s.applicant.accountId }), 'denied'],
    ['withdraws for her', fact(s, 'withdrawn', me), 'denied'],
    ['writes as a sweep', fact(s, 'due_recomputed', { kind: 'system', schedule: 'x' }), 'denied'],
    ['leaves a gap', fact(s, 'accepted', me, 2), 'denied'],
    ['writes where the district has it', fact(stages.at.decide!, 'accepted', me), 'denied'],
    ['issues', paper(s, 'acceptance', clerk.postId), 'done'],
    ['issues in another’s post', paper(s, 'acceptance', other.postId), 'denied'],
    ['issues in nobody’s', paper(s, 'acceptance', null), 'denied'],
    ['issues where the district has it', paper(stages.at.decide!, 'acceptance', clerk.postId), 'denied'],
    ['says which bytes were issued', sql`insert into documents.print (document_id, file_id, signature, key_id, printed_at) values (${s.documentId}, ${id()}, '\\x00', 'k', ${s.now})`, 'denied'],
    ['rewrites an answer', sql`update cases.answer set sealed = '\\x00'`, 'denied'],
    ['tells the applicant', message(s.applicant.personId, s.caseId, 'accepted'), 'done'],
    ['tells somebody else', message(neighbour.personId, s.caseId, 'accepted'), 'denied'],
    ['tells of an account with a text of her own', message(s.applicant.personId, null, 'anything'), 'denied'],
    ['receives in her own post', opened(stages.at.received!.nextPersonId, { channel: 'window', receivedBy: clerk.postId }), 'done'],
    ['receives in another’s', opened(stages.at.received!.nextPersonId, { channel: 'window', receivedBy: other.postId }), 'denied'],
    ['receives by phone', opened(stages.at.received!.nextPersonId, { receivedBy: clerk.postId }), 'denied'],
    ['signs for an adult on her account', sql`update cases.unit_member set authorised_at = ${s.now}, authorised_how = 'account' where id = ${stages.at.authorisation!.member.memberId}`, 'denied'],
    ['says who a member is', sql`update cases.unit_member set person_id = ${neighbour.personId}`, 'denied'],
    ['objects', sql`insert into cases.objection (id) values (${id()})`, 'denied'],
    ['answers an objection', reply(clerk.postId), 'done'],
    ['answers it in another’s post', reply(other.postId), 'denied'],
    ['puts a notice up again', sql`update cases.notice set taken_down_at = null where id = ${stages.at['notice-up']!.noticeId}`, 'denied'],
    ['posts a notice elsewhere', sql`insert into cases.notice (id, case_id, area, matter_code, shown_name, starts_on, ends_on, published_at)
      values (${id()}, ${stages.at.notice!.caseId}, ${place.sibling}, 'minimum-living-guarantee', 'x', '2026-11-24', '2026-11-25', ${s.now})`, 'denied'],
    ['renames a person', sql`update people.person set name = 'x'`, 'denied'],
    ['lifts a safety flag', sql`update people.person set safety_flag = false`, 'denied'],
    ['moves a person out of sight', sql`update people.person set living_area = ${place.nextStreet}, hukou_area = ${place.nextStreet} where id = ${s.applicant.personId}`, 'denied'],
    ['rewrites an income', sql`update people.income_declaration set monthly_fen = 0`, 'denied'],
    ['gives somebody’s account to another person', sql`update access.person_account set person_id = ${neighbour.personId}`, 'denied'],
    ['binds as if by an identity service', sql`insert into access.person_account (id, account_id, person_id, bound_at, method, post_id) values (${id()}, 'x', ${s.nextPersonId}, ${s.now}, 'identity_service', ${clerk.postId})`, 'denied'],
    ['binds in another’s post', sql`insert into access.person_account (id, account_id, person_id, bound_at, method, post_id) values (${id()}, 'x', ${s.nextPersonId}, ${s.now}, 'window', ${other.postId})`, 'denied'],
    ['sees looks', sql`select from access.read_entry`, 'denied'],
    ['is audited as herself', audit('staff', clerk.accountId, clerk.postId), 'done'],
    ['is audited as another', audit('staff', other.accountId, other.postId), 'denied'],
    ['is audited as a sweep', audit('system', null, null), 'denied'],
    ['sees drafts', sql`select from cases.draft`, 'denied'],
    ['sees who works where', sql`select from access.post`, 'denied'],
  ]) // biome-ignore format: a table
  const community = stages.posts['community-officer']!
  await tryAll('community officer', await staffScope(community), [
    ['sees what the street handles', sql`select from cases.case where id = ${s.caseId}`, 'done'],
    ['moves it', set(s, sql`seq = seq + 1`), 'nothing'],
    ['writes on its timeline', fact(s, 'accepted', { kind: 'staff', account: community.accountId, post: community.postId }), 'denied'],
    ['issues in it', paper(s, 'acceptance', community.postId), 'denied'],
    ['tells its applicant', message(s.applicant.personId, s.caseId, 'accepted'), 'denied'],
    ['answers an objection', reply(community.postId), 'nothing'],
    ['takes a notice down', sql`update cases.notice set taken_down_at = ${s.now} where id = ${stages.at['notice-up']!.noticeId}`, 'nothing'],
  ]) // biome-ignore format: a table
  await tryAll('officer of the next street', await staffScope(nextStreet), [
    ['is audited as herself', audit('staff', nextStreet.accountId, nextStreet.postId), 'done'],
    ['sees it', sql`select from cases.case where id = ${s.caseId}`, 'nothing'],
    ['moves it', set(s, sql`seq = seq + 1`), 'nothing'],
    ['issues in it', paperBlind(s, 'acceptance', nextStreet.postId), 'denied'],
    ['adds a picture to a file', picture(stages.at['received-guarantee']!.fileId), 'denied'],
    ['changes a picture', sql`update documents.derivative set recipe = 9`, 'denied'],
    ['removes a file', sql`delete from documents.file`, 'denied'],
    ['gives a file to it', bytes({ caseId: s.caseId }, nextStreet.accountId), 'denied'],
    ['tells its applicant', message(s.applicant.personId, s.caseId, 'accepted'), 'denied'],
    ['sees its applicant', sql`select from people.person where id = ${s.applicant.personId}`, 'nothing'],
    ['sees its files', sql`select from documents.file where case_id = ${s.caseId}`, 'nothing'],
  ]) // biome-ignore format: a table
})

test('sweeps, strangers and the login do their own and nothing else', async () => {
  const s = stages.at.received!
  const up = stages.at['notice-up']!
  const sweep = scene.node.platform.guard.admit(
    { kind: 'system', schedule: 'x', scope: place.city, domains: DOMAINS },
    null,
    null,
  )
  const by = { kind: 'system', schedule: 'x' }
  await tryAll('sweep', sweep, [
    ['recounts a day', set(s, sql`due_at = ${s.now}, seq = seq + 1`), 'done'],
    ['decides', set(s, sql`status = 'decided'`), 'denied'],
    ['grants', set(s, sql`outcome = 'granted'`), 'denied'],
    ['moves a step', set(s, sql`step = 'decide'`), 'denied'],
    ['notes a recount', [set(s, sql`seq = seq + 1`), fact(s, 'due_recomputed', by, 0)], 'done'],
    ['notes one without recounting', fact(s, 'due_recomputed', by), 'denied'],
    ['notes a decision', fact(s, 'decided', by), 'denied'],
    ['takes a notice down', sql`update cases.notice set taken_down_at = ${s.now} where id = ${up.noticeId}`, 'done'],
    ['prolongs it', sql`update cases.notice set ends_on = '2027-01-01' where id = ${up.noticeId}`, 'denied'],
    ['issues a paper', paper(s, 'decision_granted', null), 'denied'],
    ['sees that somebody must not be written to', sql`select id, safety_flag from people.person limit 1`, 'done'],
    ['reads who people are', sql`select name from people.person`, 'denied'],
    ['reads where they live', sql`select living_area from people.person`, 'denied'],
    ['unbinds somebody', sql`update access.person_account set ended_at = ${s.now}`, 'denied'],
    ['marks a message as read', sql`update messages.message set read_at = ${s.now}`, 'denied'],
    ['chooses for somebody', sql`update messages.channel_choice set wanted = true`, 'denied'],
    ['ends a file that nobody removed', sql`delete from documents.file where id = ${s.fileId}`, 'nothing'],
    ['reads answers', sql`select from cases.answer`, 'denied'],
    ['reads what was objected', sql`select sealed from cases.objection`, 'denied'],
    ['tells somebody', message(s.applicant.personId, s.caseId, 'accepted'), 'denied'],
    ['is audited as an officer', audit('staff', 'x', id()), 'denied'],
  ]) // biome-ignore format: a table
  const nobody: Scope = {
    role: 'app_public',
    area: place.city,
    domains: DOMAINS,
    subjects: [s.applicant.personId],
    accountId: null,
  }
  await tryAll('stranger', nobody, [
    ['checks a paper', sql`select from documents.check_document(${s.documentId})`, 'done'],
    ['reads papers', sql`select from documents.document`, 'denied'],
    ['reads cases', sql`select from cases.case`, 'denied'],
    ['reads people', sql`select from people.person`, 'denied'],
    ['reads notices', sql`select from cases.notice`, 'denied'],
    ['reads offices', sql`select from access.organisation`, 'denied'],
    ['is audited as an officer', audit('officer', 'somebody', null), 'denied'],
  ])
  const login = (query: string, values: unknown[] = []) => scene.node.platform.db.pool.query(query, values)
  const door = `insert into platform.audit (id, at, operation, outcome, actor_kind, request_id) values ($1, $2, $3, 'done', 'staff', 'r')`
  await login(door, [id(), scene.now(), 'account.sign-in'])
  await assert.rejects(login(door, [id(), scene.now(), 'cases.decide']), { code: '42501' })
  for (const table of [
    'cases.case',
    'people.person',
    'documents.file',
    'messages.message',
    'platform.audit',
    'platform.idempotency',
  ])
    await assert.rejects(login(`select from ${table}`), { code: '42501' }, table)
})
