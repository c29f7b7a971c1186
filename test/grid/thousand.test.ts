/** A thousand people see one fire: each is acknowledged, nothing is dropped, an officer makes it one thing, and all of them hear of it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { rebuild } from '../../src/modules/grid/incident.ts'
import { factsOf, getIncident, listTimeline } from '../../src/modules/grid/store.ts'
import { newPublicId } from '../../src/platform/id.ts'
import { dayOf } from '../../src/platform/time.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'

const MANY = 1000
let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene?.close())

/** From an address of her own, as phones have. */
const report = async (n: number): Promise<{ token: string; number: string }> => {
  const answer = await scene.node.app.inject({
    method: 'POST',
    url: '/api/v1/reports',
    remoteAddress: `10.7.${n >> 8}.${n & 255}`,
    headers: { 'content-type': 'application/json', 'idempotency-key': newPublicId() },
    payload: JSON.stringify({
      classCode: 'fire-exit',
      words: `着火了，我是第 ${n} 个`,
      place: { area: place.community, text: '示例一巷口' },
    }),
  })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json()
}

test('a thousand reports of one fire within a minute', async () => {
  const supervisor = await scene.officer('grid-supervisor', [place.street], { domains: ['grid'] })
  const reported = (
    await Promise.all(
      Array.from({ length: 20 }, async (_, lane) => {
        const mine = []
        for (let n = lane; n < MANY; n += 20) mine.push(await report(n))
        return mine
      }),
    )
  ).flat()
  assert.equal(new Set(reported.map(({ token }) => token)).size, MANY, 'each has a token of her own')
  assert.equal(new Set(reported.map(({ number }) => number)).size, MANY, 'and a number that nobody else has')
  const kept = await scene.owner.query<{ n: number }>('select count(*)::int as n from grid.report')
  assert.equal(kept.rows[0]!.n, MANY, 'nothing is dropped')

  const ids = (await scene.owner.query<{ id: string }>('select id from grid.incident order by number')).rows.map(({ id }) => id)
  const [parent, ...children] = ids as [string, ...string[]]
  const linked = await supervisor.post(`/api/v1/incidents/${parent}/children`, { children })
  assert.deepEqual([linked.status, linked.body.linked], [200, MANY - 1], JSON.stringify(linked.body))
  await supervisor.post(`/api/v1/incidents/${parent}/verification`)
  await supervisor.post(`/api/v1/incidents/${parent}/filing`, {
    classCode: 'fire-exit',
    condition: 'blocked',
    title: '消防通道被堵',
    shown: true,
  })

  for (const { token } of [reported[0]!, reported[499]!, reported[MANY - 1]!])
    assert.equal((await scene.stranger.get(`/api/v1/reports/${token}`)).body.status, 'filed', 'each hears what comes of the one')
  const page = await supervisor.get(`/api/v1/incidents/${parent}`)
  assert.equal(page.body.children.length, MANY - 1)
  const scope = {
    role: 'app_staff' as const,
    area: place.city,
    domains: ['grid'],
    subjects: [],
    accountId: null,
    day: dayOf(scene.now()),
  }
  await scene.node.platform.db.as(scope, async (tx) => {
    for (const id of [parent, children[0]!, children.at(-1)!]) {
      const { state } = await getIncident({ tx, actor: { kind: 'public' } }, id)
      assert.deepEqual(rebuild(factsOf(await listTimeline(tx, id))), state, 'the timeline tells the row')
    }
  })
})
