import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openScene, type Scene } from '../../test/harness/scene.ts'
import { dayOf } from '../platform/time.ts'
import { readDemoFile } from './demo-file.ts'
import { type Cast, fillDemo } from './fill.ts'
import { makeSampleCases } from './sample-cases.ts'
import { makeStreet } from './street.ts'

let scene: Scene
let cast: Cast
let made: number
before(async () => {
  scene = await openScene()
  const { platform } = scene.node
  const read = readDemoFile(readFileSync(join(import.meta.dirname, '../../packs/guangzhou/demo.yaml'), 'utf8'), 'demo.yaml')
  // The scene is no demo, and refuses the password that every demo shows.
  const file = { ...read, password: 'violet-orchard-93-tram' }
  const now = scene.now()
  const { crypto, accounts, packs } = platform.services
  const street = makeStreet(packs.inForce().pack.areas, file, { asOf: dayOf(now) })
  cast = await fillDemo({ owner: scene.owner, crypto, accounts, now }, street)
  made = await makeSampleCases({ platform, street, cast, now }, scene.owner)
})
after(() => scene.close())

const rows = async (text: string, ...values: unknown[]) => (await scene.owner.query(text, values)).rows

test('there is a case in every state, one of them overdue and one refused', async () => {
  const cases = await rows('select status, step, outcome, rating, due_at, received_at from cases.case')
  assert.equal(cases.length, made)
  assert.ok(made >= 38 && made <= 48, `${made} cases`)
  assert.deepEqual([...new Set(cases.map((c) => c.status))].sort(), [
    'accepted',
    'closed',
    'correcting',
    'decided',
    'not_accepted',
    'paused',
    'received',
    'withdrawn',
  ])
  const steps = new Set(cases.filter((c) => c.status === 'accepted').map((c) => c.step))
  for (const step of ['confirm', 'review', 'decide', 'authorisation', 'survey', 'data-check', 'notice'])
    assert.ok(steps.has(step), step)
  assert.equal(cases.filter((c) => c.due_at && c.due_at < scene.now()).length, 1)
  assert.equal(cases.filter((c) => c.outcome === 'refused').length, 1)
  assert.equal(cases.filter((c) => c.rating !== null).length, 2)
  assert.ok(cases.every((c) => c.received_at < scene.now()))
})

test('the mother waits for her husband alone, and who is to apply has no case yet', async () => {
  const [open, ...more] = await rows(
    `select c.step, m.person_id from cases.case c join cases.unit_member m on m.case_id = c.id where c.applicant_id = $1 and m.adult and m.authorised_at is null`,
    cast.persons['he-meiling'],
  )
  assert.deepEqual([open, more], [{ step: 'authorisation', person_id: cast.persons['luo-zhirong'] }, []])
  const others = Object.entries(cast.persons)
    .filter(([code]) => code !== 'he-meiling')
    .map(([, id]) => id)
  assert.deepEqual(await rows('select number from cases.case where applicant_id = any($1)', others), [])
})

test('a notice stands at each of its ends: running, over and to be closed, closed and to be decided', async () => {
  const today = dayOf(scene.now())
  const stands = await rows(
    `select c.step, n.ends_on >= $1 as runs, count(*)::int as n from cases.notice n join cases.case c on c.id = n.case_id
      where c.status = 'accepted' group by 1, 2 order by 1, 2`,
    today,
  )
  assert.deepEqual(stands, [
    { step: 'decide', runs: false, n: 1 },
    { step: 'notice', runs: false, n: 1 },
    { step: 'notice', runs: true, n: 2 },
  ])
})

test('a notice runs where she lives, and past months have partitions of their own', async () => {
  const up = await rows(
    'select n.area from cases.notice n join people.person p on p.living_area = n.area where p.id = $1 and n.taken_down_at is null and n.ends_on >= $2',
    cast.persons['chen-xiuying'],
    dayOf(scene.now()),
  )
  assert.equal(up.length, 1)
  assert.deepEqual(await rows('select from platform.audit_default'), [])
})
