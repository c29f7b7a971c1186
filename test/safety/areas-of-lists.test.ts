/** A post over two communities sees its rows although three hundred of a third sort before them, in every list of the room. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Client, openScene, place, type Scene } from '../harness/scene.ts'

const [first, second] = [place.community, place.sibling]
const third = `${place.street}001` // sorts before both
const MANY = 300

let scene: Scene
let officer: Client
before(async () => {
  scene = await openScene('2026-11-24T02:00:00Z')
  officer = await scene.officer('safety-officer', [first, second])
  const other = await scene.officer('safety-officer', [place.street])
  const { owner } = scene
  const { rows } = await owner.query('select id, officer_id from access.post where id = $1', [other.postId])
  const [post, who] = [rows[0].id, rows[0].officer_id]
  // Of the third three hundred that come first by area, time and name; then one each of hers, last by all of them.
  const areas = `(select gen_random_uuid() as id, '${third}' as area, n, '2026-11-23T00:00:00Z'::timestamptz as at from generate_series(1, ${MANY}) n
    union all select gen_random_uuid(), area, 9999, '2026-11-01T00:00:00Z' from unnest(array['${first}', '${second}']) area) r`
  for (const text of [
    `insert into safety.event (id, area, kind, learnt_at, found, reports, opened_at, opened_by, seq)
      select id, area, 'other', at, '{}', 1, at, '${post}', 1 from ${areas}`,
    `insert into safety.watch_group (id, area, name, about, recorded_at, recorded_by)
      select id, area, 'group ' || lpad(n::text, 4, '0'), 'about', at, '${post}' from ${areas}`,
    `insert into safety.plan (id, area, kind, title, version, body, valid_from, recorded_at, recorded_by)
      select id, area, 'other', 'plan ' || n, 1, 'body', '2026-11-01', at, '${post}' from ${areas}`,
    `insert into safety.broadcast (id, area, kind, headline, body, ends_at, visits, drafted_at, drafted_by, drafter_id)
      select id, area, 'notice', 'headline ' || n, 'body', '2026-12-24', false, at, '${post}', '${who}' from ${areas}`,
    `with made as (insert into safety.camera (id, area, place, purpose, keeper, contact, retention_days, sign, basis, recorded_at, recorded_by)
      select id, area, 'place ' || n, 'order', 'keeper', 'contact', 30, true, 'basis', at, '${post}' from ${areas} returning id, area, recorded_at)
    insert into safety.footage_request (id, camera_id, area, asker, organ, organ_number, from_at, to_at, reason, received_at, received_by, receiver_id, due_on)
      select gen_random_uuid(), id, area, 'organ', 'organ', 'number', '2026-10-01', '2026-10-01 01:00', 'reason',
        case when area = '${third}' then recorded_at - interval '30 days' else recorded_at end, '${post}', '${who}', '2026-12-01' from made`,
  ])
    await owner.query(text)
})
after(() => scene?.close())

for (const [list, key] of [
  ['events', 'events'],
  ['watch-groups', 'groups'],
  ['plans', 'plans'],
  ['broadcasts', 'broadcasts'],
  ['footage', 'requests'],
] as const)
  test(`${list}: hers are there, the third’s are not, and nothing says that there is more`, async () => {
    const { status, body } = await officer.get(`/api/v1/${list}`)
    assert.equal(status, 200, JSON.stringify(body))
    assert.deepEqual(body[key].map((row: { area: string }) => row.area).sort(), [first, second])
    assert.ok(!body.more)
  })
