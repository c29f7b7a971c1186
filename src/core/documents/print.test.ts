/** Papers are printed after the act. One that cannot be printed is tried again later, is told, and stops no other. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from '../../../test/harness/form-browser.ts'
import { openScene, place, type Scene } from '../../../test/harness/scene.ts'
import { DOMAINS } from '../../../test/harness/stages.ts'
import { newId } from '../../platform/id.ts'
import { declared } from '../../platform/use-case/use-case.ts'

let scene: Scene
before(async () => {
  scene = await openScene('2026-11-24T02:00:00Z')
})
after(() => scene?.close())

const sweep = () =>
  declared.get('documents.print-waiting')!.run(
    {
      platform: scene.node.platform,
      actor: { kind: 'system', schedule: 'test', scope: place.city, domains: DOMAINS },
      now: scene.now(),
      requestId: newId(scene.now()),
    },
    {},
  )

/** Somebody applies; her receipt waits to be printed. */
async function applied() {
  const who = await scene.resident({ bornOn: '1946-11-30' })
  const { draftId } = (await who.post('/api/v1/drafts', { matterCode: 'longevity-allowance' })).body
  const typed = { 'about-you': 'yes', account: 'other', 'account-number': '6222021111111111112' }
  for (const question of ['about-you', 'account']) await who.post(`/api/v1/drafts/${draftId}/answers/${question}`, { typed })
  const sent = await who.post(`/api/v1/drafts/${draftId}/submission`, { declared: 'yes' })
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  return { who, documentId: sent.body.documentId as string }
}
const open = (who: { get(path: string): Promise<{ status: number }> }, documentId: string) => who.get(`/documents/${documentId}`)
const printed = async (documentId: string): Promise<boolean> =>
  (await scene.owner.query('select from documents.print where document_id = $1', [documentId])).rows.length > 0

test('one paper that always fails stops no other, backs off, and is counted where somebody can act', async () => {
  const bad = await applied()
  const good = [await applied(), await applied()]
  const leader = await scene.officer('street-leader', [place.street])
  const nextLeader = await scene.officer('street-leader', [place.nextStreet])
  const keeper = await scene.officer('system-administrator', [place.district], { domains: [] })
  const keepers = async () => (await keeper.get('/desk/administration/node')).body as string
  const clerk = await scene.officer('window-clerk', [place.street])
  const count = async (who: typeof leader) => (await who.get('/api/v1/unprinted-papers')).body.failed
  assert.equal(await count(leader), 0)
  // Damage that only printing meets.
  const { rows } = await scene.owner.query('select model_sealed from documents.document where id = $1', [bad.documentId])
  const model = (sealed: Buffer) =>
    scene.owner.query('update documents.document set model_sealed = $2 where id = $1', [bad.documentId, sealed])
  await model(Buffer.from([0]))

  assert.deepEqual(await sweep(), { printed: 2, failed: 1 })
  for (const { documentId } of good) assert.ok(await printed(documentId))
  assert.deepEqual(await sweep(), { printed: 0, failed: 0 }, 'not at once again')
  scene.at('2026-11-24T02:01:00Z')
  assert.deepEqual(await sweep(), { printed: 0, failed: 1 })
  scene.at('2026-11-24T02:02:00Z')
  assert.deepEqual(await sweep(), { printed: 0, failed: 0 }, 'twice as long after the second time')
  const [failure] = (await scene.owner.query('select attempts, reason from documents.print_failure')).rows
  assert.deepEqual(failure, { attempts: 2, reason: 'CryptoFault' })

  assert.deepEqual([await count(leader), await count(nextLeader)], [1, 0])
  // Whoever keeps the machine belongs to no office line, and sees it all the same: its kind and its fault, no number and no name.
  assert.match(await keepers(), /收件凭证[\s\S]*CryptoFault/)
  assert.ok(!/穗.{1,12}收〔/.test(await keepers()), 'no number of a paper')
  assert.equal((await clerk.get('/api/v1/unprinted-papers')).status, 403)

  await model(rows[0].model_sealed)
  const again = new FormBrowser(scene, keeper.cookie, keeper.address)
  assert.equal(
    (await again.fill('/desk/administration/node', `/desk/administration/node/papers/${bad.documentId}`, {})).to,
    '/desk/administration/node?done=again',
  )
  assert.deepEqual(await sweep(), { printed: 1, failed: 0 }, 'at once, and not after the pause')
  assert.ok(!(await keepers()).includes('CryptoFault'))
  assert.equal(await count(leader), 0)
})

test('who reads before the sweep has it printed; who may not see it prints nothing', async () => {
  const { who, documentId } = await applied()
  const stranger = await scene.resident({ name: '张强' })
  assert.equal((await open(stranger, documentId)).status, 404)
  assert.equal(await printed(documentId), false)
  assert.equal((await open(who, documentId)).status, 200)
  assert.equal(await printed(documentId), true)
  const { rows } = await scene.owner.query(
    'select f.account_id from documents.print p join documents.file f on f.id = p.file_id where p.document_id = $1',
    [documentId],
  )
  assert.deepEqual(rows, [{ account_id: null }], 'by the house, not in her name')
})
