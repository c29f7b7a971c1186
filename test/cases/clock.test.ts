/** Due dates, checked by hand against a wall calendar: 24 November 2026 is a Tuesday. */
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { loadPack, readHousePack } from '../../src/core/matters/index.ts'
import { dayOf } from '../../src/platform/time.ts'
import { loadWords } from '../../src/platform/words.ts'
import { root } from '../architecture/sources.ts'
import { type Client, openScene, place, type Scene, type SignsIn } from '../harness/scene.ts'
import { apply, assertRebuilt, day, later, ok, onCase, paper, refused, stateOf, sweep } from './story.ts'

let scene: Scene
let clerk: Client & SignsIn
let community: Client & SignsIn
let reviewer: Client & SignsIn
let leader: Client & SignsIn
before(async () => {
  scene = await openScene(day('2026-11-24'))
  clerk = await scene.officer('window-clerk', [place.street])
  community = await scene.officer('community-officer', [place.community])
  reviewer = await scene.officer('street-reviewer', [place.street])
  leader = await scene.officer('street-leader', [place.street])
})
after(async () => {
  try {
    await assertRebuilt(scene)
  } finally {
    await scene?.close()
  }
})

const account = { 'about-you': 'yes', account: 'other', 'account-number': '6222021111111111112' }
const alone = { ...account, 'members-alone': 'yes', income: '0', property: 'none', 'staff-relative': 'no' }
const due = async (caseId: string) => {
  const { dueAt, dueProvisional } = await stateOf(scene, caseId)
  return [dueAt && dayOf(dueAt), dueProvisional]
}

test('five working days; a pause takes out its days; an extension needs somebody else', async () => {
  const lady = await scene.resident({ name: '陈秀英', bornOn: '1946-11-30' })
  const { caseId } = await apply(scene, lady, 'longevity-allowance', account)
  const act = onCase(caseId)
  assert.deepEqual(await due(caseId), ['2026-11-26', false], 'looked at within two working days: Wednesday, Thursday')
  ok(await act(clerk, 'acceptance'))
  // Wed 25, Thu 26, Fri 27, Mon 30, Tue 1.
  assert.deepEqual(await due(caseId), ['2026-12-01', false])
  ok(await act(community, 'confirmation', { note: '' }))

  await later(scene, day('2026-11-26'), clerk, reviewer, leader)
  const pause = { type: '等待外地证明', basis: '示例办法第九条', reason: '等户籍地回函', expectedOn: '2026-12-03' }
  for (const field of ['type', 'basis', 'reason'])
    refused(await act(reviewer, 'pause', { ...pause, [field]: '' }), 422, 'input.invalid')
  refused(await act(reviewer, 'pause', { ...pause, expectedOn: '2027-02-30' }), 422, 'answer.no_such_day')
  for (const expectedOn of ['2026-11-25', '2027-11-27'])
    refused(await act(reviewer, 'pause', { ...pause, expectedOn }), 422, 'case.expected_out_of_range')
  refused(await act(clerk, 'pause', pause), 403, 'access.not_permitted')
  ok(await act(reviewer, 'pause', pause))
  assert.deepEqual(await due(caseId), [null, false], 'the clock stands')
  const { pauses } = await stateOf(scene, caseId)
  assert.match(pauses[0]!.notice, /^20261124-\d{4}-\d+$/)
  assert.ok((await paper(scene, caseId, 'special_procedure')).includes('示例办法第九条'))
  refused(await act(reviewer, 'review', { note: '' }), 409, 'case.not_now')
  refused(await act(reviewer, 'pause', pause), 409, 'case.not_now')

  await later(scene, day('2026-12-01'), reviewer, leader)
  ok(await act(reviewer, 'resumption'))
  // Counted: Wed 25. Out: Thu 26 to Mon 30. Then Tue 1, Wed 2, Thu 3, Fri 4.
  assert.deepEqual(await due(caseId), ['2026-12-04', false])

  ok(await act(reviewer, 'extension-request', { days: 3, reason: '回函不清楚' }))
  assert.deepEqual(await due(caseId), ['2026-12-04', false], 'asking moves nothing')
  refused(await act(reviewer, 'extension'), 403, 'access.not_permitted')
  refused(await act(reviewer, 'extension-request', { days: 3, reason: '再延' }), 409, 'case.extension_already_asked')
  ok(await act(leader, 'extension'))
  // Mon 7, Tue 8, Wed 9.
  assert.deepEqual(await due(caseId), ['2026-12-09', false])
  refused(await act(leader, 'extension'), 409, 'case.extension_not_asked')
  const said = await paper(scene, caseId, 'extension')
  assert.ok(/2026.{0,3}12.{0,3}4/.test(said) && /2026.{0,3}12.{0,3}9/.test(said), 'the paper says both days')

  // A pause after an extension keeps the extension.
  await later(scene, day('2026-12-08'), reviewer)
  ok(await act(reviewer, 'pause', { ...pause, expectedOn: '2026-12-31' }))
  await later(scene, day('2026-12-10'), reviewer)
  ok(await act(reviewer, 'resumption'))
  // Two days out (Tue 8, Wed 9): Tue 8 and Wed 9 become Thu 10 and Fri 11.
  assert.deepEqual(await due(caseId), ['2026-12-11', false])
})

test('a pause and its end on one day take nothing out', async () => {
  await later(scene, day('2026-11-24'), clerk, community, reviewer)
  const lady = await scene.resident({ name: '梁秀英', bornOn: '1946-11-30' })
  const { caseId } = await apply(scene, lady, 'longevity-allowance', account)
  const act = onCase(caseId)
  ok(await act(clerk, 'acceptance'))
  ok(await act(community, 'confirmation', { note: '' }))
  ok(await act(reviewer, 'pause', { type: '误按', basis: '示例', reason: '按错了', expectedOn: '2026-11-25' }))
  ok(await act(reviewer, 'resumption'))
  assert.deepEqual(await due(caseId), ['2026-12-01', false])
})

test('past the calendar a date is provisional; when the calendar comes it is never made worse, and may become better', async () => {
  await later(scene, day('2026-11-24'), clerk)
  const man = await scene.resident({ name: '陈树根', bornOn: '1960-02-03' })
  const { caseId } = await apply(scene, man, 'minimum-living-guarantee', alone)
  ok(await onCase(caseId)(clerk, 'acceptance'))
  // 30 working days: 3 in November's week, 4 weeks to 25 December are 23, 28 to 31 December are 27. New Year is a holiday
  // by the law itself; more of 2027 nobody knows, so Mon 4, Tue 5, Wed 6 January.
  const [told, provisional] = await due(caseId)
  assert.deepEqual([told, provisional], ['2027-01-06', true])
  assert.match(await paper(scene, caseId, 'acceptance'), /2027/)

  await later(scene, day('2026-12-30'), clerk)
  const late = await scene.resident({ name: '陈晚', bornOn: '1946-11-30' })
  const { caseId: waiting } = await apply(scene, late, 'longevity-allowance', account)
  assert.deepEqual(await due(waiting), ['2027-01-04', true], 'received, not accepted: also provisional')

  assert.equal((await sweep(scene, 'cases.recompute-provisional')).recomputed, 0, 'nothing is known yet')
  await publish('2027', ['2027-01-01,off,元旦,示例通知,,,false', '2027-01-04,off,元旦,示例通知,,,false'])
  await sweep(scene, 'cases.recompute-provisional')
  assert.deepEqual(await due(caseId), [told, false], 'a Monday off would make it a day later: what was told stays')
  assert.deepEqual(await due(waiting), ['2027-01-04', false], 'also for who waits to be accepted')
  assert.equal((await sweep(scene, 'cases.recompute-provisional')).recomputed, 0, 'and is not asked again')
})

test('a calendar that brings working Saturdays makes a told date better', async () => {
  // Published for 2028 with two Saturdays worked; the case is told a date by weekdays alone.
  await later(scene, day('2027-12-20'), clerk)
  const man = await scene.resident({ name: '陈早', bornOn: '1960-02-03' })
  const { caseId } = await apply(scene, man, 'minimum-living-guarantee', alone)
  ok(await onCase(caseId)(clerk, 'acceptance'))
  const [told, provisional] = await due(caseId)
  assert.equal(provisional, true)
  await publish('2028', ['2028-01-08,work,示例,示例通知,,,false', '2028-01-15,work,示例,示例通知,,,false'])
  await sweep(scene, 'cases.recompute-provisional')
  const [now, still] = await due(caseId)
  assert.equal(still, false)
  assert.ok(now! < told!, `${now} is before ${told}`)
})

/** Loads the pack with one more year, as an operator does when the notice is out. */
async function publish(year: string, lines: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kaifong-calendar-'))
  try {
    cpSync(join(root, 'packs/guangzhou'), folder, { recursive: true })
    for (let y = 2027; y <= Number(year); y++) known.set(String(y), String(y) === year ? lines : (known.get(String(y)) ?? []))
    const days = join(folder, 'calendar.csv')
    const before = readFileSync(days, 'utf8').trimEnd().split('\n')
    // The notice takes the place of what the law alone said for its year.
    const kept = before.filter((line) => !known.has(line.slice(0, 4)))
    writeFileSync(days, `${[kept[0]!, ...[...kept.slice(1), ...[...known.values()].flat()].sort()].join('\n')}\n`)
    const settings = join(folder, 'calendar.yaml')
    writeFileSync(settings, readFileSync(settings, 'utf8').replace(/horizon: .*/, `horizon: ${year}-12-31`))
    const { pack, errors } = readHousePack(folder, loadWords(root), dayOf(scene.now()))
    assert.ok(pack, JSON.stringify(errors))
    await loadPack(scene.ownerUrl, pack, scene.now())
    await scene.node.platform.services.packs.refresh()
  } finally {
    rmSync(folder, { recursive: true })
  }
}
const known = new Map<string, readonly string[]>()
