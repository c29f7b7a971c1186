/** A new pack judges whoever applies from then on; what was decided stays as it was, with its explanation, its sum and its paper. */
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { loadPack, readHousePack } from '../../src/core/matters/index.ts'
import { dayOf } from '../../src/platform/time.ts'
import { loadWords } from '../../src/platform/words.ts'
import { type Client, openScene, place, type Scene } from '../harness/scene.ts'
import { apply, assertRebuilt, ok, onCase, paper, residentOf, run, stateOf } from './story.ts'

const root = join(import.meta.dirname, '../..')
let scene: Scene
let officers: Record<'clerk' | 'community' | 'reviewer' | 'district', Client>
before(async () => {
  scene = await openScene()
  officers = {
    clerk: await scene.officer('window-clerk', [place.street]),
    community: await scene.officer('community-officer', [place.community]),
    reviewer: await scene.officer('street-reviewer', [place.street]),
    district: await scene.officer('district-officer', [place.district]),
  }
})
after(() => scene?.close())

const form = { 'about-you': 'yes', account: 'other', 'account-number': '6222021111111111112' }

/** The hukou must be in another district, and the sum of the seventies doubles. */
async function loadOtherLaw(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kaifong-law-'))
  try {
    cpSync(join(root, 'packs/guangzhou'), folder, { recursive: true })
    const edit = (file: string, edits: [string, string][]) => {
      let text = readFileSync(join(folder, file), 'utf8')
      for (const [find, put] of edits) {
        assert.ok(text.includes(find), find)
        text = text.replace(find, put)
      }
      writeFileSync(join(folder, file), text)
    }
    edit('parameters.csv', [['longevity.amount_70,4401,3000', 'longevity.amount_70,4401,6000']])
    edit('rules/longevity.yaml', [
      ["expression: inArea(person.hukou_area, '4401')", "expression: inArea(person.hukou_area, '440105')"],
      ["hukou_area: '440106007002'", "hukou_area: '440105001101'"],
      ['born_on: 1950-01-01 }, expect: 3000', 'born_on: 1950-01-01 }, expect: 6000'],
    ])
    const { pack, errors } = readHousePack(folder, loadWords(root), dayOf(scene.now()))
    assert.ok(pack, JSON.stringify(errors))
    await loadPack(scene.ownerUrl, pack, scene.now())
    await scene.node.platform.services.packs.refresh()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('a decided case keeps its pack, its conditions, its sum, its paper and its explanation when the law changes', async () => {
  const lady = await scene.resident({ name: '陈秀英', bornOn: '1950-03-02' })
  const { caseId } = await apply(scene, lady, 'longevity-allowance', form)
  const act = onCase(caseId)
  ok(await act(officers.clerk, 'acceptance'))
  ok(await act(officers.community, 'confirmation', { note: '' }))
  ok(await act(officers.reviewer, 'review', { note: '' }))
  ok(await act(officers.district, 'basis', { basis: '区民政局 2026 年 9 月 1 日通知' }))
  ok(await act(officers.district, 'decision', { outcome: 'granted', reasons: '' }))
  ok(await act(officers.district, 'issue'))
  const kept = async () => ({
    state: await stateOf(scene, caseId),
    timeline: ok(await lady.get(`/api/v1/me/cases/${caseId}`)).timeline,
    paper: await paper(scene, caseId, 'decision_granted'),
    why: await run(scene, 'cases.explain-own', await residentOf(scene, lady), { caseId }),
  })
  const before = await kept()
  assert.equal(before.state.amountFen, 3000)

  scene.at('2026-11-25T02:00:00Z')
  await loadOtherLaw()
  const packs = scene.node.platform.services.packs
  assert.notEqual(packs.inForce().hash, before.state.packHash)
  await lady.again()
  assert.deepEqual(await kept(), before)
  assert.equal((await packs.at(before.state.packHash)).rule('longevity.hukou').expression, "inArea(person.hukou_area, '4401')")
  await assertRebuilt(scene)

  const man = await scene.resident({ name: '李伯', bornOn: '1950-03-02' })
  const asked = await run(scene, 'cases.explain-matter', await residentOf(scene, man), { matterCode: 'longevity-allowance' })
  const line = (why: { lines: { rule: string; result: string }[] }) =>
    why.lines.find(({ rule }) => rule === 'longevity.hukou')!.result
  assert.deepEqual([line(before.why), line(asked)], ['met', 'not_met'], 'who asks now is judged by the new law')
})

test('the same pack with other comments is the same law, and proposals begin with the comments as they are now', async () => {
  const packs = scene.node.platform.services.packs
  const { hash, pack } = packs.inForce()
  const texts = await packs.texts()
  const commented = { ...texts, 'rules/longevity.yaml': `# Read again in December.\n${texts['rules/longevity.yaml']}` }
  assert.equal(await loadPack(scene.ownerUrl, { ...pack, texts: commented }, scene.now()), false)
  await packs.refresh()
  assert.equal(packs.inForce().hash, hash)
  assert.match((await packs.texts())['rules/longevity.yaml']!, /^# Read again/)
})
