/**
 * Writes test/releases/<version>/: a small street as this version keeps it, for the test that brings it up to every later
 * one. Run it once, when a version is released: node --import ./bin/tsx-hook.mjs scripts/make-release-copy.ts
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { backup } from '../test/backup/kept.ts'
import { apply, giveFile, ok, onCase } from '../test/cases/story.ts'
import { globalSetup, globalTeardown } from '../test/harness/global-setup.ts'
import { openScene, place } from '../test/harness/scene.ts'

const root = join(import.meta.dirname, '..')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const folder = join(root, 'test/releases', version)
if (existsSync(folder)) throw new Error(`${folder} is there: what was released is not written again`)

await globalSetup()
const scene = await openScene()
try {
  const lady = await scene.resident({ name: '陈秀英', bornOn: '1946-11-30' })
  const clerk = await scene.officer('window-clerk', [place.street])
  const community = await scene.officer('community-officer', [place.community])
  const reviewer = await scene.officer('street-reviewer', [place.street])
  const district = await scene.officer('district-officer', [place.district])
  const account = { 'about-you': 'yes', account: 'other', 'account-number': '6222021111111111112' }
  const { caseId } = await apply(scene, lady, 'longevity-allowance', account)
  const act = onCase(caseId)
  ok(await act(clerk, 'acceptance'))
  ok(await act(community, 'confirmation', { note: '' }))
  ok(await act(reviewer, 'review', { note: '' }))
  ok(await act(district, 'basis', { basis: '示例依据' }))
  ok(await act(district, 'decision', { outcome: 'granted', reasons: '' }))
  ok(await act(district, 'issue'))
  ok(await act(district, 'delivery', { how: 'online', to: '本人' }))
  ok(await act(district, 'closure'))
  const next = await scene.resident({ name: '黄阿妹', bornOn: '1940-01-01' })
  await apply(scene, next, 'longevity-allowance', account)
  const writing = await scene.resident({ name: '李小明', bornOn: '1952-05-06' })
  const { draftId } = ok(await writing.post('/api/v1/drafts', { matterCode: 'minimum-living-guarantee' }))
  await giveFile(scene, writing, draftId, 'income-proof')
  mkdirSync(folder, { recursive: true })
  const cases = await scene.owner.query('select status, count(*)::int as n from cases.case group by 1 order by 1')
  writeFileSync(join(folder, 'holds.json'), `${JSON.stringify({ cases: cases.rows }, null, 2)}\n`)
  await backup(scene, folder)
  rmSync(join(folder, 'holder.lock'), { force: true })
  // Of invented people, and of no street: without them nobody could prove that its fields still open.
  cpSync(join(process.env.KAIFONG_TEST_FOLDER!, 'keys'), join(folder, 'keys'), { recursive: true })
} finally {
  await scene.close()
  await globalTeardown()
}
