/** Whoever was found is told once, in words that tell nobody else what it is. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type OutsideScene, openOutsideScene } from '../../../../test/harness/outside.ts'
import { place } from '../../../../test/harness/scene.ts'
import { bankAccount, searched } from '../../../../test/harness/searched.ts'
import { DOMAINS } from '../../../../test/harness/stages.ts'
import { sendMessages } from '../../../core/messages/index.ts'
import { newId } from '../../../platform/id.ts'
import { declared } from '../../../platform/use-case/use-case.ts'
import { browser, textOf } from '../apply/scene.ts'

let scene: OutsideScene
before(async () => {
  scene = await openOutsideScene()
})
after(() => scene?.close())

const MATTER = 'longevity-allowance'
const sweep = async (scope: string = place.city): Promise<number> => {
  const now = scene.now()
  const { told } = (await declared.get('outreach.tell-found')!.run(
    {
      platform: scene.node.platform,
      actor: { kind: 'system', schedule: 'tell-found', scope, domains: DOMAINS },
      now,
      requestId: newId(now),
    },
    {},
  )) as { told: number }
  return told
}
const old = (name: string) => scene.neighbour({ name, bornOn: '1946-01-02' })
const messagesOf = async (personId: string): Promise<number> =>
  (await scene.owner.query(`select id from messages.message where kind = 'found' and person_id = $1`, [personId])).rows.length

test('once, not again within a year, and then again if it still fits', async () => {
  const her = await old('陈玉兰')
  const b = browser(scene, await scene.resident({ person: her }))
  await searched(scene, { found: [her] })
  assert.equal(await sweep(), 1)
  assert.equal(await sweep(), 0)
  assert.match(textOf((await b.get('/me/messages')).html), /有一项您可能可以办：长寿保健金/)
  await searched(scene, { found: [her], day: '2026-11-25' })
  scene.at('2026-11-25T02:00:00Z')
  assert.equal(await sweep(), 0, 'the next night finds her again')
  scene.at('2027-11-24T01:00:00Z')
  await searched(scene, { found: [her], day: '2027-11-24', expiresOn: '2028-01-23' })
  assert.equal(await sweep(), 0, '364 days')
  scene.at('2027-11-25T02:30:00Z')
  await searched(scene, { found: [her], day: '2027-11-25', expiresOn: '2028-01-23' })
  assert.equal(await sweep(), 1)
  assert.equal(await messagesOf(her.personId), 2)
})

test('outside the house it names no matter, and waits for the morning', async () => {
  scene.at('2027-12-01T18:40:00Z')
  const her = await old('林桂芬')
  await scene.resident({ person: her })
  await sendMessages(scene.node.platform)
  await searched(scene, { found: [her], day: '2027-12-02', expiresOn: '2028-01-23' })
  assert.equal(await sweep(), 1)
  const texts = () => scene.gateway.delivered.filter((one) => one.to === her.phone).map((one) => one.text)
  await sendMessages(scene.node.platform)
  assert.deepEqual(texts(), [], 'at night')
  scene.at('2027-12-02T01:00:00Z')
  await sendMessages(scene.node.platform)
  assert.deepEqual(texts(), ['【街坊】您有 1 条新消息，请登录查看：http://127.0.0.1:8090'])
})

test('nobody is told who does not want it, has applied, or only may fit; a hidden person is', async () => {
  const [fits, may, not, applied, hidden] = [await old('甲'), await old('乙'), await old('丙'), await old('丁'), await old('戊')]
  await scene.owner.query('insert into outreach.opt_out (person_id, matter_code, since) values ($1, $2, $3)', [
    not.personId,
    MATTER,
    scene.now(),
  ])
  await scene.owner.query('update people.person set safety_flag = true where id = $1', [hidden.personId])
  await bankAccount(scene, applied.personId)
  const b = browser(scene, await scene.resident({ person: applied }))
  await searched(scene, {
    found: [fits, { ...may, list: 'confirm' }, not, applied, hidden],
    day: '2027-12-03',
    expiresOn: '2028-01-23',
  })
  assert.match((await b.fill(`/found/${MATTER}`, {}, `/found/${MATTER}`)).to ?? '', /sent=1/)
  assert.equal(await sweep(), 2)
  const told: number[] = []
  for (const { personId } of [fits, may, not, applied, hidden]) told.push(await messagesOf(personId))
  assert.deepEqual(told, [1, 0, 0, 0, 1])
})

test('a search that a newer one replaced tells nobody, nor does one of a matter that left the pack', async () => {
  const her = await old('己')
  await searched(scene, { found: [her], day: '2027-12-04', expiresOn: '2028-01-23' })
  await searched(scene, { found: [], day: '2027-12-05', expiresOn: '2028-01-23' })
  await searched(scene, { found: [her], matter: 'gone-from-the-pack', day: '2027-12-05', expiresOn: '2028-01-23' })
  assert.equal(await sweep(), 0)
  assert.equal(await sweep(), 0)
})
