/** One case at every stage of its life, each made by the acts that lead there. */
import { randomUUID } from 'node:crypto'
import { checkCharacter } from '../../src/core/people/index.ts'
import { newId } from '../../src/platform/id.ts'
import { declared } from '../../src/platform/use-case/use-case.ts'
import { actorOf, makePost, makeResident, type StaffPost } from './cast.ts'
import { type GridStages, makeIncidents } from './grid-stages.ts'
import { type HazardStages, makeHazards } from './hazard-stages.ts'
import { makeSafety, type SafetyStage } from './safety-stages.ts'
import { type Neighbour, place, type Scene } from './scene.ts'
import { makeWhistles, type WhistleStages } from './whistle-stages.ts'

export const DOMAINS = [
  'civil-affairs',
  'migrants',
  'human-resources',
  'health',
  'medical-insurance',
  'housing',
  'legal-affairs',
  'grid',
]

/** Everything that an act on a case may name. */
export interface Stage {
  now: Date
  caseId: string
  number: string
  applicant: { personId: string; accountId: string }
  member: { personId: string; accountId: string; memberId: string }
  noticeId: string
  objectionId: string
  draftId: string
  draftMaterialId: string
  materialId: string
  fileId: string
  documentId: string
  /** Somebody of the community who has applied for nothing. */
  nextPersonId: string
  /** The applicant's. */
  idNumber: string
  /** Bytes of the document, as somebody holds them. */
  printed: Uint8Array
  secondOfficer: string
  /** Placed by another leader of the street on the first of these cases. */
  holdId: string
  /** A search that waits, in this community. */
  searchId: string
  /** One of the street that is done, and found the applicant of the first of these cases. */
  doneSearchId: string
  safety: SafetyStage
  /** What the officer of the community noted of a visit to the applicant of the first of these cases. */
  visitId: string
  /** By stage; the same ones whichever case it is. The first one was reported by the applicant of the first of these cases. */
  hazards: HazardStages
  /** By stage; the same ones whichever case it is. All were reported by the applicant of the first of these cases. */
  grid: GridStages
  whistles: WhistleStages
  /** An officer of the district and what administrators do with her. */
  colleague: {
    officerId: string
    organisationId: string
    postId: string
    proposalId: string
    invitationId: string
    /** Her second factor is lost, and nobody has decided yet. */
    resetId: string
    /** Another's, approved: its link can be made. */
    approvedId: string
    /** Her account is stopped. */
    stoppedId: string
    /** One of the three, whom nobody alone may stop. */
    administratorId: string
  }
}

/** A well-formed number of a place that does not exist. */
export function numberOf(bornOn: string, nth: number): string {
  const seventeen = `999999${bornOn}${String(nth).padStart(3, '0')}`
  return seventeen + checkCharacter(seventeen)
}

/** The smallest PDF that a viewer opens. */
export const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n',
)

export const answersOf: Record<string, (member?: Neighbour) => Record<string, string>> = {
  'longevity-allowance': () => ({ 'about-you': 'yes', account: 'other', 'account-number': '6222021111111111112' }),
  'minimum-living-guarantee': (member) => ({
    'about-you': 'yes', 'members-1-name': member?.name ?? '李小明', 'members-1-relation': '配偶', 'members-1-born-year': '1952', 'members-1-born-month': '5', 'members-1-born-day': '6',
    ...(member ? { 'members-1-id': member.idNumber } : {}), income: '1000', property: 'none', account: 'other', 'account-number': '6222021111111111112', 'staff-relative': 'no',
  }), // biome-ignore format: a form
  'residence-registration': () => ({
    'about-you': 'yes',
    address: 'known',
    purpose: 'work',
    'since-year': '2026',
    'since-month': '3',
    'since-day': '1',
  }),
}

export interface Stages {
  at: Record<string, Stage>
  /** Own posts that made them. */
  posts: Record<string, StaffPost>
}

export async function makeStages(scene: Scene): Promise<Stages> {
  const { platform } = scene.node
  const start = scene.now()
  const run = async (operation: string, who: StaffPost | string, input: object, now = start): Promise<Record<string, string>> => {
    const actor =
      typeof who === 'string'
        ? await actorOf(scene, 'resident', who, null, now)
        : await actorOf(scene, 'staff', who.accountId, who.postId, now)
    return declared.get(operation)!.run({ platform, actor, now, requestId: newId(now) }, input) as Promise<Record<string, string>>
  }
  const posts: Record<string, StaffPost> = {}
  const areaOf = { community: place.community, street: place.street, district: place.district, city: place.city }
  for (const { code, level } of platform.services.packs.inForce().pack.roles)
    posts[code] = await makePost(scene, code, [areaOf[level]], DOMAINS)
  const second = await makePost(scene, 'street-reviewer', [place.street], DOMAINS)
  const {
    'community-officer': community,
    'window-clerk': clerk,
    'street-reviewer': reviewer,
    'district-officer': district,
  } = posts as Record<string, StaffPost>
  const at: Record<string, Stage> = {}
  const clerkOf = await makePost(scene, 'window-clerk', [place.street], DOMAINS)
  const { rows: hers } = await scene.owner.query<{ officerId: string; organisationId: string }>(
    'select officer_id as "officerId", organisation_id as "organisationId" from access.post where id = $1',
    [clerkOf.postId],
  )
  const { officerId, organisationId } = hers[0]!
  const system = posts['system-administrator']!
  const proposed = await run('access.propose-post', system, {
    officerId, organisationId, role: 'street-reviewer', areas: [place.street], domains: ['civil-affairs'], validFrom: '2026-11-24', validTo: null,
  }) // biome-ignore format: a post
  const invited = await run('access.invite-officer', system, {
    token: randomUUID(), name: '何待', number: 'W0001', username: 'waits.here', organisationId,
  }) // biome-ignore format: an invitation
  const security = posts['security-administrator']!
  const [lost, stopped] = [
    await makePost(scene, 'window-clerk', [place.street], DOMAINS),
    await makePost(scene, 'window-clerk', [place.street], DOMAINS),
  ]
  for (const [n, { accountId }] of [clerkOf, lost, stopped].entries())
    await scene.owner.query(
      `insert into auth."user" ("id", "name", "email", "emailVerified", "username", "kind") values ($1, '何', $2, false, $3, 'staff')`,
      [accountId, `${accountId}@account.invalid`, `stage.${n}`],
    )
  const officerOf = async ({ postId }: StaffPost): Promise<string> =>
    (await scene.owner.query('select officer_id as id from access.post where id = $1', [postId])).rows[0].id
  const why = '当面看过工作证'
  const reset = await run('access.propose-reset', system, { officerId, withPassword: false, why })
  const approved = await run('access.propose-reset', system, { officerId: await officerOf(lost), withPassword: false, why })
  await run('access.decide-change', security, { id: approved.id!, approve: true, reason: '' })
  const stoppedId = await officerOf(stopped)
  await run('access.stop-officer', system, { id: stoppedId, reason: '账号可能被人用了' })
  await scene.owner.query('insert into auth.sign_in_try (username_hash, tries, last_at, account_id) values ($1, 10, $2, $3)', [
    platform.services.accounts.triesOf({ id: clerkOf.accountId, username: 'stage.0' }).password,
    start,
    clerkOf.accountId,
  ])
  const safety = await makeSafety(run, posts['safety-officer']!, posts['street-leader']!, await makeAsker(scene))
  const searches = { searchId: randomUUID(), doneSearchId: randomUUID(), visitId: randomUUID() }
  const colleague = {
    officerId,
    organisationId,
    postId: clerkOf.postId,
    proposalId: proposed.id!,
    invitationId: invited.id!,
    resetId: reset.id!,
    approvedId: approved.id!,
    stoppedId,
    administratorId: await officerOf(await makePost(scene, 'audit-administrator', [place.street], [])),
  }

  let hazards: Promise<HazardStages> | undefined
  const hazardsBy = (reporter: string) => {
    hazards ??= makeHazards(scene, run, posts, reporter)
    return hazards
  }
  let whistles: Promise<WhistleStages> | undefined
  const whistlesMade = () => {
    whistles ??= makeWhistles(scene, run, posts)
    return whistles
  }
  let grid: Promise<GridStages> | undefined
  const gridBy = (reporter: string) => {
    grid ??= makeIncidents(scene, run, posts, reporter)
    return grid
  }
  const open = async (matterCode: string): Promise<Stage> => {
    const who = await scene.neighbour({
      bornOn: '1946-11-30',
      hukou: matterCode === 'residence-registration' ? null : place.community,
    })
    const other = await scene.neighbour({ name: '李小明', bornOn: '1952-05-06' })
    const next = await scene.neighbour({ name: '黄阿妹', bornOn: '1940-01-01' })
    const applicant = { personId: who.personId, accountId: await makeResident(scene, who.personId) }
    await run('access.choose-display', applicant.accountId, { mode: 'elder' })
    const { draftId } = await run('cases.start-draft', applicant.accountId, { matterCode })
    const { materialId, fileId } = await giveFile(applicant.accountId, draftId!, matterCode)
    const typed = answersOf[matterCode]!(other)
    for (const question of platform.services.packs.inForce().matter(matterCode).questions) {
      if (question.code === 'note') continue
      await run('cases.answer-question', applicant.accountId, { draftId, question: question.code, typed })
    }
    const { caseId, number, documentId } = await run('cases.submit-draft', applicant.accountId, { draftId, declared: 'yes' })
    const printed = (
      (await run('documents.read-document', applicant.accountId, { documentId })) as unknown as { bytes: Uint8Array }
    ).bytes
    // A second application, still being written.
    const writing = matterCode === 'minimum-living-guarantee' ? 'longevity-allowance' : 'minimum-living-guarantee'
    const draft = await run('cases.start-draft', applicant.accountId, { matterCode: writing })
    const inDraft =
      writing === 'minimum-living-guarantee'
        ? await giveFile(applicant.accountId, draft.draftId!, writing)
        : { materialId: randomUUID(), fileId: '' }
    const { rows } = await scene.owner.query('select id from cases.unit_member where case_id = $1', [caseId])
    return {
      now: start, caseId: caseId!, number: number!, applicant, member: { personId: other.personId, accountId: await makeResident(scene, other.personId), memberId: rows[0]?.id ?? randomUUID() },
      noticeId: randomUUID(), objectionId: randomUUID(), draftId: draft.draftId!, draftMaterialId: inDraft.materialId!, materialId: materialId!, fileId: fileId!, documentId: documentId!,
      nextPersonId: next.personId,
      idNumber: who.idNumber,
      printed, secondOfficer: second.number, holdId: randomUUID(), ...searches, safety, colleague, hazards: await hazardsBy(applicant.accountId), grid: await gridBy(applicant.accountId), whistles: await whistlesMade(),
    } // biome-ignore format: a card
  }
  const giveFile = async (accountId: string, draftId: string, matterCode: string): Promise<Record<string, string>> => {
    const code = { 'minimum-living-guarantee': 'income-proof', 'residence-registration': 'photo' }[matterCode]
    return code
      ? run('documents.add-draft-file', accountId, { draftId, material: code, fileName: 'a.pdf', bytes: new Uint8Array(PDF) })
      : { materialId: randomUUID(), fileId: randomUUID() }
  }

  const on = (s: Stage, operation: string, who: StaffPost, more: object = {}) =>
    run(operation, who, { caseId: s.caseId, ...more }, s.now)
  const longevity: readonly ((s: Stage) => Promise<unknown>)[] = [
    (s) => on(s, 'cases.accept', clerk!),
    (s) => on(s, 'cases.confirm', community!, { note: '' }),
    (s) => on(s, 'cases.review', reviewer!, { note: '' }),
    (s) => on(s, 'cases.record-basis', district!, { basis: '示例依据' }),
    (s) => on(s, 'cases.decide', district!, { outcome: 'granted', reasons: '' }),
    (s) => on(s, 'cases.issue', district!),
    (s) => on(s, 'cases.deliver', district!, { how: 'online', to: '本人' }),
    (s) => on(s, 'cases.close', district!),
  ]
  const guarantee: readonly ((s: Stage) => Promise<unknown>)[] = [
    (s) => on(s, 'cases.accept', clerk!),
    (s) => on(s, 'cases.record-paper-authorisation', reviewer!, { memberId: s.member.memberId }),
    (s) => on(s, 'cases.complete-authorisation', reviewer!, { note: '' }),
    async (s) => {
      await on(s, 'cases.record-survey', reviewer!, { note: '去过', visitedOn: '2026-11-24', secondOfficer: s.secondOfficer })
      await on(s, 'cases.confirm-survey', second, { presence: 'there', note: '' })
    },
    (s) => on(s, 'cases.record-data-check', reviewer!, { note: '', monthlyIncomeFen: 100_000, propertyOk: true }),
    (s) => on(s, 'cases.review', reviewer!, { note: '' }),
    async (s) => {
      await on(s, 'cases.publish-notice', reviewer!)
      s.noticeId = (await scene.owner.query('select id from cases.notice where case_id = $1', [s.caseId])).rows[0].id
    },
  ]
  const registration: readonly ((s: Stage) => Promise<unknown>)[] = [
    (s) =>
      on(s, 'cases.register', clerk!, {
        reasons: '当面核对过',
        without: [{ material: 'address-proof', reason: '上门核实过', basis: '' }],
      }),
    (s) => on(s, 'cases.issue', clerk!),
    (s) => on(s, 'cases.deliver', clerk!, { how: 'window', to: '本人' }),
    (s) => on(s, 'cases.close', clerk!),
  ]
  const stage = async (
    name: string,
    matterCode: string,
    acts: readonly ((s: Stage) => Promise<unknown>)[],
    count: number,
    then?: (s: Stage) => Promise<unknown>,
  ) => {
    const s = await open(matterCode)
    for (const act of acts.slice(0, count)) await act(s)
    await then?.(s)
    at[name] = s
  }

  await stage('received', 'longevity-allowance', longevity, 0)
  await makeFound(scene, { ...searches, postId: community!.postId }, at.received!)
  const otherLeader = await makePost(scene, 'street-leader', [place.street], DOMAINS)
  const held = { kind: 'case', number: at.received!.number, reason: '行政复议', basis: '复议字〔2026〕1号', until: null }
  at.received!.holdId = (await run('retention.place-hold', otherLeader, held)).id!
  await stage('confirm', 'longevity-allowance', longevity, 1)
  await stage('review', 'longevity-allowance', longevity, 2)
  await stage('decide-lapsed', 'longevity-allowance', longevity, 3)
  await stage('decide', 'longevity-allowance', longevity, 4)
  await stage('decided-district', 'longevity-allowance', longevity, 5)
  await stage('issued-district', 'longevity-allowance', longevity, 6)
  await stage('delivered-district', 'longevity-allowance', longevity, 7)
  await stage('received-guarantee', 'minimum-living-guarantee', guarantee, 0)
  const sentByProxy = (s: Stage) =>
    scene.owner.query(
      `update cases.timeline set payload = payload || jsonb_build_object('proxyId', $2::text, 'proxyName', '李小红') where case_id = $1 and seq = 1`,
      [s.caseId, randomUUID()],
    )
  await stage('sent-by-proxy', 'minimum-living-guarantee', guarantee, 0, sentByProxy)
  await stage('correcting-sent-by-proxy', 'minimum-living-guarantee', guarantee, 0, async (s) => {
    await on(s, 'cases.request-correction', clerk!, { missing: ['income-proof', 'property'], text: '请补一份收入证明' })
    await sentByProxy(s)
  })
  await stage('correcting', 'minimum-living-guarantee', guarantee, 0, (s) =>
    on(s, 'cases.request-correction', clerk!, { missing: ['income-proof', 'property'], text: '请补一份收入证明' }),
  )
  await stage('authorisation', 'minimum-living-guarantee', guarantee, 1)
  await stage('authorised', 'minimum-living-guarantee', guarantee, 2)
  await stage('survey', 'minimum-living-guarantee', guarantee, 3)
  await stage('survey-recorded', 'minimum-living-guarantee', guarantee, 3, (s) =>
    on(s, 'cases.record-survey', second, { note: '去过', visitedOn: '2026-11-24', secondOfficer: reviewer!.number }),
  )
  await stage('data-check', 'minimum-living-guarantee', guarantee, 4)
  await stage('extension-asked', 'minimum-living-guarantee', guarantee, 4, (s) =>
    on(s, 'cases.request-extension', reviewer!, { days: 5, reason: '等外地核对' }),
  )
  await stage('paused', 'minimum-living-guarantee', guarantee, 3, (s) =>
    on(s, 'cases.pause', reviewer!, { type: '示例中止', basis: '示例依据', reason: '等法院', expectedOn: '2026-12-20' }),
  )
  await stage('notice', 'minimum-living-guarantee', guarantee, 6)
  await stage('notice-up', 'minimum-living-guarantee', guarantee, 7)
  await stage('notice-over', 'minimum-living-guarantee', guarantee, 7, async (s) => {
    s.now = new Date('2026-12-03T02:00:00Z')
  })
  await stage('objected', 'minimum-living-guarantee', guarantee, 7, async (s) => {
    const neighbour = await scene.neighbour({ name: '张强' })
    await run('cases.object-to-notice', await makeResident(scene, neighbour.personId), {
      noticeId: s.noticeId,
      text: '他家有两套房',
    })
    s.objectionId = (await scene.owner.query('select id from cases.objection where case_id = $1', [s.caseId])).rows[0].id
  })
  await stage('received-registration', 'residence-registration', registration, 0)
  await stage('decided', 'residence-registration', registration, 1)
  await stage('issued', 'residence-registration', registration, 2)
  await stage('delivered', 'residence-registration', registration, 3)
  await stage('closed', 'residence-registration', registration, 4)
  await stage('withdrawn', 'residence-registration', registration, 0, (s) =>
    run('cases.withdraw', s.applicant.accountId, { caseId: s.caseId, reason: '' }),
  )
  await stage('not-accepted', 'residence-registration', registration, 0, (s) =>
    on(s, 'cases.refuse-competence', clerk!, { organ: '别处', reason: '不归街道管' }),
  )
  return { at, posts }
}

/** Somebody who asks for footage of herself. */
async function makeAsker(scene: Scene): Promise<{ personId: string; accountId: string }> {
  const { personId } = await scene.neighbour({ name: '梁申请' })
  return { personId, accountId: await makeResident(scene, personId) }
}

/** One search that waits and one that is done, as rows: what they are worth is told by test/outreach. */
async function makeFound(
  scene: Scene,
  ids: Pick<Stage, 'searchId' | 'doneSearchId' | 'visitId'> & { postId: string },
  { applicant, now }: Stage,
): Promise<void> {
  const { owner } = scene
  await owner.query(`insert into outreach.snapshot (day, known_at, persons) values ('2026-11-24', $1, 0)`, [now])
  await owner.query(
    `insert into outreach.visit (id, person_id, matter_code, domain, area, result, at, post_id)
     values ($1, $2, 'longevity-allowance', 'civil-affairs', $3, 'told', $4, $5)`,
    [ids.visitId, applicant.personId, place.community, now, ids.postId],
  )
  await owner.query(
    `insert into outreach.run (id, matter_code, domain, area, requested_at) values ($1, 'longevity-allowance', 'civil-affairs', $2, $3)`,
    [ids.searchId, place.community, now],
  )
  await owner.query(
    `insert into outreach.run (id, matter_code, domain, area, pack_hash, day, known_at, rules, asked, parameters, status, chain, hash, requested_at, started_at, finished_at, expires_on)
     select $1, 'longevity-allowance', 'civil-affairs', $2, hash, '2026-11-24', $3, '{}', '{}', '[]', 'done', '\\x00', repeat('0', 64), $3, $3, $3, '2027-01-23' from matters.pack`,
    [ids.doneSearchId, place.street, now],
  )
  await owner.query(
    `insert into outreach.found (run_id, person_id, area, hidden, list, missing, presumed) values ($1, $2, $3, false, 'fits', '{}', '{}')`,
    [ids.doneSearchId, applicant.personId, place.community],
  )
  await owner.query(`insert into outreach.run_count (run_id, area, list, persons) values ($1, $2, 'fits', 1)`, [
    ids.doneSearchId,
    place.community,
  ])
  await owner.query(`insert into outreach.opt_out (person_id, matter_code, since) values ($1, 'minimum-living-guarantee', $2)`, [
    applicant.personId,
    now,
  ])
}
