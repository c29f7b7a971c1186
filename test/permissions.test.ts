/**
 * permissions.csv is a table that people review: who may do what, to whose, at which point. Each row is tried with a valid
 * input, in a real transaction that is undone; what is hidden from somebody must answer like what never existed.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { asProxy } from '../src/core/access/index.ts'
import type { Actor } from '../src/platform/actor.ts'
import { newId } from '../src/platform/id.ts'
import { Refusal } from '../src/platform/refusal.ts'
import { declared } from '../src/platform/use-case/use-case.ts'
import { actorOf, makePost, makeResident, rollingBack, type StaffPost } from './harness/cast.ts'
import { openScene, place, type Scene } from './harness/scene.ts'
import { DOMAINS, makeStages, type Stage, type Stages } from './harness/stages.ts'
import { inputs, neverExisted } from './permission-inputs.ts'

interface Row {
  line: number
  operation: string
  actors: string[]
  relation: string
  status: string
  expected: string
}

const EXPECTED = new Set(['allowed', 'forbidden', 'missing', 'conflict', 'invalid'])
const RESIDENTS = ['public', 'resident-a0', 'applicant', 'other-resident', 'unit-member', 'officer']

const rows: Row[] = readFileSync(join(import.meta.dirname, 'permissions.csv'), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((text, i) => {
    const [operation, actor, relation, status, expected] = text.split(',')
    return {
      line: i + 2,
      operation: operation!,
      actors: actor!.split(' '),
      relation: relation!,
      status: status!,
      expected: expected!,
    }
  })

let scene: Scene
let stages: Stages
let roles: readonly { code: string; level: string }[]
before(async () => {
  scene = await openScene()
  roles = scene.node.platform.services.packs.inForce().pack.roles
  stages = await makeStages(scene)
})
after(() => scene?.close())

/** What a post of each level holds, by what it is to the case. */
const areasOf: Record<string, Record<string, readonly string[]>> = {
  own: { community: [place.community], street: [place.street], district: [place.district] },
  sibling: {
    community: [place.sibling, '440106001004'],
    street: [place.nextStreet, '440106003'],
    district: [place.otherDistrict, '440104'],
  },
  foreign: { community: ['440106007002'], street: [place.nextStreet], district: [place.otherDistrict] },
}
const posts = new Map<string, Promise<StaffPost>>()
const kept = <T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> => {
  if (!map.has(key)) map.set(key, make())
  return map.get(key)!
}

function postFor(role: string, relation: string): Promise<StaffPost> {
  const level = roles.find((r) => r.code === role)!.level
  return kept(posts, `${role} ${relation}`, async () => {
    const areas = areasOf[['sibling', 'foreign'].includes(relation) ? relation : 'own']![level]!
    if (relation === 'same-post' || relation === 'own') return stages.posts[role]!
    return makePost(
      scene,
      role,
      areas,
      relation === 'foreign-domain' ? ['health'] : DOMAINS,
      relation === 'ended' ? { from: '2026-01-01', to: '2026-11-23' } : { from: '2026-01-01', to: null },
    )
  })
}

const accounts = new Map<string, Promise<string>>()
const account = (key: string, community: string | null) =>
  kept(accounts, key, async () =>
    makeResident(scene, community ? (await scene.neighbour({ name: '张强', community })).personId : null),
  )

async function actorFor(name: string, relation: string, stage: Stage): Promise<Actor> {
  switch (name) {
    case 'public':
      return { kind: 'public' }
    case 'system':
      return { kind: 'system', schedule: 'test', scope: place.city, domains: DOMAINS }
    case 'resident-a0':
      return actorOf(scene, 'resident', await account('a0', null), null, stage.now)
    case 'applicant':
      return actorOf(scene, 'resident', stage.applicant.accountId, null, stage.now)
    case 'confirmed-applicant':
      return actorOf(scene, 'resident', stage.applicant.accountId, null, stage.now, stage.now)
    case 'unit-member':
      return actorOf(scene, 'resident', stage.member.accountId, null, stage.now)
    case 'other-resident':
      return actorOf(
        scene,
        'resident',
        await account(relation, relation === 'sibling' ? place.sibling : place.community),
        null,
        stage.now,
      )
    case 'proxy':
    case 'confirmed-proxy':
    case 'ended-proxy': {
      const who = await account('own', place.community)
      const shown = name === 'confirmed-proxy' ? stage.now : null
      const other = (await actorOf(scene, 'resident', who, null, stage.now, shown)) as Extract<Actor, { kind: 'resident' }>
      return asProxy(scene.node.platform, other, await proxyOf(stage, other.personId!, name === 'ended-proxy'), stage.now)
    }
    case 'officer':
      return actorOf(scene, 'staff', stages.posts['window-clerk']!.accountId, null, stage.now)
    default: {
      const post = await postFor(name, relation)
      return actorOf(scene, 'staff', post.accountId, post.postId, stage.now)
    }
  }
}

/** Somebody who acts for the applicant of a stage, in the matter of its case. */
const proxyOf = (stage: Stage, personId: string, ended = false) =>
  kept(proxies, `${stage.applicant.personId} ${ended}`, async () => {
    const { rows } = await scene.owner.query(
      `insert into access.proxy (id, principal_id, proxy_id, matters, valid_from, valid_to, given_at, given_how, code_until, accepted_at, ended_at, ended_by)
       select gen_random_uuid(), $1, $2, array(select matter_code from cases.case where applicant_id = $1), '2026-01-01', '2027-01-01', $3, 'own', $3, $3, $4, $5 returning id`,
      [stage.applicant.personId, personId, stage.now, ended ? stage.now : null, ended ? 'principal' : null],
    )
    // What was sent for her in these stages was sent by whoever acts for her here, while she does.
    if (!ended)
      await scene.owner.query(
        `update cases.timeline t set payload = t.payload || jsonb_build_object('proxyId', $2::text) from cases.case c
         where c.id = t.case_id and c.applicant_id = $1 and t.seq = 1 and t.payload ? 'proxyId'`,
        [stage.applicant.personId, rows[0].id],
      )
    return rows[0].id
  })
const proxies = new Map<string, Promise<string>>()

/** Kind and code of what came; a look that finds nothing counts as missing. */
async function attempt(row: Row, actorName: string, stage: Stage, things: Stage): Promise<{ kind: string; code: string }> {
  const { now } = stage
  const input = {
    ...inputs[row.operation]!(things),
    ...(row.relation === 'same-post' ? { secondOfficer: stages.posts[actorName]!.number } : {}),
  }
  try {
    const actor = await actorFor(actorName, row.relation, stage)
    const output = (await declared
      .get(row.operation)!
      .run({ platform: rollingBack(scene.node.platform), actor, now, requestId: newId(now) }, input)) as {
      caseId?: string | null
      hit?: object | null
    }
    return output.caseId === null || output.hit === null ? { kind: 'missing', code: '' } : { kind: 'allowed', code: '' }
  } catch (error) {
    if (!(error instanceof Refusal)) return { kind: `a fault: ${(error as Error).message}`, code: '' }
    return { kind: error.kind, code: error.code }
  }
}

test('every use case has rows, and every kind of actor is answered for', () => {
  assert.ok(declared.size > 40, 'use cases were declared')
  const wrong: string[] = []
  for (const row of rows) {
    if (!declared.has(row.operation)) wrong.push(`line ${row.line}: there is no operation ${row.operation}`)
    if (!EXPECTED.has(row.expected)) wrong.push(`line ${row.line}: ${row.expected} is no answer`)
    if (!stages.at[row.status]) wrong.push(`line ${row.line}: the scene has no case at ${row.status}`)
  }
  for (const { operation } of declared.values()) {
    if (!inputs[operation]) wrong.push(`${operation}: no input in permission-inputs.ts`)
    const own = rows.filter((r) => r.operation === operation)
    for (const actor of [...RESIDENTS, ...roles.map((r) => r.code)]) {
      if (!own.some((r) => r.actors.includes(actor))) wrong.push(`${operation}: no row for ${actor}`)
      if (
        !roles.some((r) => r.code === actor) ||
        !own.some((r) => r.actors.includes(actor) && r.expected === 'allowed' && r.relation === 'own')
      )
        continue
      const namesSomething = JSON.stringify(inputs[operation]!(Object.values(stages.at)[0]!)) !== '{}'
      for (const relation of namesSomething ? ['sibling', 'foreign', 'foreign-domain', 'ended'] : ['ended'])
        if (!own.some((r) => r.actors.includes(actor) && r.relation === relation))
          wrong.push(`${operation}: ${actor} is allowed, and no row says what ${relation} gets`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('a proxy may do what names a proxy, and nothing else', async () => {
  const stage = Object.values(stages.at)[0]!
  const wrong: string[] = []
  for (const { operation, actors } of declared.values()) {
    if (actors.includes('proxy')) continue
    const got = await attempt({ operation, relation: 'none' } as Row, 'proxy', stage, stage)
    if (got.code !== 'access.proxy_not_this') wrong.push(`${operation}: ${got.kind} ${got.code}`)
  }
  assert.deepEqual(wrong, [])
})

test('each row of permissions.csv is what the house does', async () => {
  const wrong: string[] = []
  let tried = 0
  for (const row of rows) {
    const stage = stages.at[row.status]!
    for (const actor of row.actors) {
      tried++
      const got = await attempt(row, actor, stage, stage)
      if (got.kind !== row.expected)
        wrong.push(
          `line ${row.line}: ${row.operation} by ${actor} (${row.relation}, ${row.status}): expected ${row.expected}, got ${got.kind} ${got.code}`,
        )
      // An officer who has not chosen a post is sent to choose one, not away.
      if (
        actor === 'officer' &&
        declared.get(row.operation)!.actors.includes('staff') &&
        row.expected === 'forbidden' &&
        got.code !== 'access.choose_post'
      )
        wrong.push(`line ${row.line}: an officer is told ${got.code}`)
      if (row.expected !== 'missing') continue
      const never = await attempt(row, actor, stage, neverExisted(stage))
      if (never.kind !== got.kind || never.code !== got.code)
        wrong.push(
          `line ${row.line}: ${row.operation} by ${actor} (${row.relation}, ${row.status}): ${got.kind} ${got.code}, and for what never existed ${never.kind} ${never.code}`,
        )
    }
  }
  assert.ok(tried > 500, `${tried} tried`)
  assert.deepEqual(wrong, [])
})
