/** The public page of indicators: what is in force on the day, with formula and clause, and what may not be counted. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openScene, type Scene } from '../../../test/harness/scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene?.close())

test('anybody reads formula, clause and that it is invented, and what is never appraised', async () => {
  const { status, body } = await scene.stranger.get('/indicators')
  assert.equal(status, 200)
  const text = body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  for (const said of [
    '按承诺的日子办结',
    '作出决定的申请里面，在承诺的日子以前决定的占多少',
    '条款还没有核对',
    '示例',
    '打卡签到',
    '国办函〔2026〕12号',
  ])
    assert.ok(text.includes(said), said)
  assert.match((await scene.stranger.get('/')).body, /href="\/indicators"/)
})

test('before the first day none is in force', async () => {
  scene.at('2026-06-30T02:00:00Z')
  assert.match((await scene.stranger.get('/indicators')).body, /现在没有考核指标/)
})
