/** Everybody who could stand behind a request, signed in as they would be, and canaries where most of them have no business. */
import { randomUUID } from 'node:crypto'
import { declared } from '../../src/platform/use-case/use-case.ts'
import { actorOf, makeResident } from '../harness/cast.ts'
import { reportedLamp } from '../harness/grid-stages.ts'
import { reportedHazard } from '../harness/hazard-stages.ts'
import { type Client, place, type Scene } from '../harness/scene.ts'
import { answersOf, DOMAINS, type Stages } from '../harness/stages.ts'

export interface Canary {
  area: string
  domain: string
  caseId: string
  draftId: string
  documentId: string
  personId: string
  searchId: string
  doneSearchId: string
  /** Reported there by her, and not shown to outsiders. */
  incidentId: string
  hazardId: string
  /** Of a district's program. */
  apiKeyId: string
  whistleId: string
  /** Strings that stand in nothing that is ever sent: an answer that holds one shows her. */
  secrets: readonly string[]
}
export interface Member {
  name: string
  client: Client
  /** Whether what belongs to this place and line may be shown to her. */
  mayMeet: (canary: Canary) => boolean
}

const ELSEWHERE = { nextStreet: '440106007002', otherDistrict: '440105001101' } as const

/** A person who has applied, and is writing a second application, under a name that nobody else has. */
export async function plantCanary(scene: Scene, name: string, area: string): Promise<Canary> {
  const who = await scene.neighbour({ name, community: area, bornOn: '1941-07-08' })
  const accountId = await makeResident(scene, who.personId)
  const run = async (operation: string, input: object) =>
    (await declared.get(operation)!.run(
      {
        platform: scene.node.platform,
        actor: await actorOf(scene, 'resident', accountId, null, scene.now()),
        now: scene.now(),
        requestId: 'canary',
      },
      input,
    )) as Record<string, string>
  const { draftId } = await run('cases.start-draft', { matterCode: 'longevity-allowance' })
  const typed = { ...answersOf['longevity-allowance']!(), 'account-number': '6222027339518462077' }
  for (const question of scene.node.platform.services.packs.inForce().matter('longevity-allowance').questions)
    await run('cases.answer-question', { draftId, question: question.code, typed })
  const { caseId, documentId } = await run('cases.submit-draft', { draftId, declared: 'yes' })
  const draft = await run('cases.start-draft', { matterCode: 'minimum-living-guarantee' })
  const reported = await run('grid.report', { ...reportedLamp, words: `${name}的门口`, name, place: { area, text: `${name}家` } })
  const { rows } = await scene.owner.query('select incident_id as id from grid.report where token = $1', [reported.token])
  const hazard = await run('hazards.report', { ...reportedHazard, area, text: `${name}家的墙裂了` })
  const [searchId, doneSearchId] = [randomUUID(), randomUUID()]
  await scene.owner.query(
    `insert into outreach.run (id, matter_code, domain, area, requested_at) values ($1, 'longevity-allowance', 'civil-affairs', $2, $3)`,
    [searchId, area, scene.now()],
  )
  await scene.owner.query(
    `insert into outreach.run (id, matter_code, domain, area, pack_hash, day, known_at, rules, asked, parameters, status, chain, hash, requested_at, started_at, finished_at, expires_on)
     select $1, 'longevity-allowance', 'civil-affairs', $2, hash, '2026-11-24', $3, '{}', '{}', '[]', 'done', '\\x00', repeat('0', 64), $3, $3, $3, '2027-01-23' from matters.pack`,
    [doneSearchId, area, scene.now()],
  )
  const [apiKeyId, whistleId] = await leave(scene, name, area)
  return {
    apiKeyId,
    whistleId,
    searchId,
    doneSearchId,
    incidentId: rows[0].id,
    hazardId: hazard.id!,
    area,
    domain: 'civil-affairs',
    caseId: caseId!,
    draftId: draft.draftId!,
    documentId: documentId!,
    personId: who.personId,
    // Not the number of her case: each street counts for itself.
    secrets: [name, who.idNumber, '73395184620'],
  }
}

/** What the street there keeps of her place: a worker's note, a whistle, and a program of the district that bears her name. */
async function leave({ owner, node, now }: Scene, name: string, area: string): Promise<[apiKeyId: string, whistleId: string]> {
  const [apiKeyId, whistleId, unitId, noteId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const words = node.platform.services.crypto.seal(JSON.stringify({ words: `${name}家没有人` }), 'grid.field_record')
  await owner.query(
    `insert into grid.field_record (id, post_id, device_id, kind, area, body_hash, sealed, seen_at, sent_at, received_at)
     select $1, id, $1, 'visit', $2, '\\x00', $3, $4, $4, $4 from access.post order by id limit 1`,
    [noteId, area, words, now()],
  )
  await owner.query(
    `insert into grid.api_key (id, area, name, keeper, key_hash, per_minute, made_at, made_by)
     select $1, $2, $3, $3, $4, 60, $5, id from access.post order by id limit 1`,
    [apiKeyId, area.slice(0, 6), `${name}的程序`, Buffer.from(apiKeyId), now()],
  )
  await owner.query(
    `insert into access.organisation (id, name, kind, area, recorded_at) values ($1, '示例处置队', 'unit', $2, $3)`,
    [unitId, area, now()],
  )
  await owner.query(
    `insert into coordination.whistle (id, number, street, area, kind, what, place, lead_unit_id, blown_by, blown_at, status, parts, unit_ids, waiting_units, seq)
     select $1, 'C-1', left($2, 9), $2, kind, $3, $3, $4::uuid, gen_random_uuid(), blown_at, status, replace(jsonb_build_array(parts->0)::text, lead_unit_id::text, $4::uuid::text)::jsonb, array[$4::uuid], '{}', seq
     from coordination.whistle where status = 'open' limit 1`,
    [whistleId, area, `${name}家门口`, unitId],
  )
  return [apiKeyId, whistleId]
}

export const plantCanaries = async (scene: Scene): Promise<Canary[]> => [
  await plantCanary(scene, '欧阳金雀', ELSEWHERE.nextStreet),
  await plantCanary(scene, '欧阳银雀', ELSEWHERE.otherDistrict),
]

export async function gather(scene: Scene, stages: Stages): Promise<Member[]> {
  const nobody = () => false
  const within = (areas: readonly string[], domains: readonly string[]) => (canary: Canary) =>
    domains.includes(canary.domain) && areas.some((area) => canary.area.startsWith(area))
  const members: Member[] = [{ name: 'public', client: scene.stranger, mayMeet: nobody }]
  const add = (name: string, client: Client, mayMeet: Member['mayMeet'] = nobody) => members.push({ name, client, mayMeet })
  add('resident A0', await scene.resident({ bound: false }))
  add('resident A1', await scene.resident({ name: '张强' }))
  const confirmed = await scene.resident({ name: '李梅' })
  // A2 is a session that showed its second factor within ten minutes.
  await scene.owner.query(
    `update auth."session" set second_factor_at = $1 where "userId"::text = (select account_id::text from access.person_account where person_id = $2)`,
    [scene.now(), confirmed.personId],
  )
  add('resident A2', confirmed)
  add('officer without post', await scene.officer('window-clerk', [place.street], { choose: false }))
  const levels: Record<string, string> = { community: place.community, street: place.street, district: place.district }
  for (const role of scene.node.platform.services.packs.inForce().pack.roles) {
    const areas = [levels[role.level]!]
    add(role.code, await scene.officer(role.code, areas, { domains: DOMAINS }), within(areas, DOMAINS))
  }
  add('ended post', await scene.officer('window-clerk', [place.street], { domains: DOMAINS, to: '2026-11-23' }))
  add('sibling community', await scene.officer('community-officer', [place.sibling], { domains: DOMAINS }))
  add(
    'next street',
    await scene.officer('street-reviewer', [place.nextStreet], { domains: DOMAINS }),
    within([place.nextStreet], DOMAINS),
  )
  add('other bureau', await scene.officer('window-clerk', [place.street], { domains: ['health'] }))
  // A cookie is no proof of a post.
  const clerk = await scene.officer('window-clerk', [place.street], { choose: false })
  clerk.cookie += `; kaifong_post=${stages.posts['district-leader']!.postId}`
  add('another’s post in the cookie', clerk)
  return members
}
