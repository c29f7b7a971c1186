/** A limit is said in its own unit, on the list and on the page of the case, to the resident and at the desk. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from '../../../../test/harness/form-browser.ts'
import { openScene, place, type Scene } from '../../../../test/harness/scene.ts'

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene.close())

const MATTERS = {
  'residence-permit': { domains: ['public-security'] },
  'tenancy-filing': { domains: ['migrants'] },
  'longevity-allowance': { domains: ['civil-affairs'] },
} as const
const TYPED: Record<keyof typeof MATTERS, Record<string, string>> = {
  'residence-permit': { 'about-you': 'yes', 'permit-ground': 'job' },
  'tenancy-filing': {
    'about-you': 'yes',
    'lease-side': 'landlord',
    'owner-agrees': 'yes',
    'lease-event': 'signed',
    'let-address': '示例路 7 号 301 房',
    'other-party': '示例租客',
    'lease-from': '2026-11-01',
    'lease-until': '2027-10-31',
  },
  'longevity-allowance': { 'about-you': 'yes', 'account-number': '6222021111111111112' },
}

for (const [code, unit, days] of [
  ['residence-permit', 'calendar_day', 15],
  ['tenancy-filing', 'calendar_day', 30],
  ['longevity-allowance', 'working_day', null],
] as const)
  test(`${code}: accepted today, nothing of the limit is used yet, and it is counted in ${unit}`, async () => {
    scene.at('2026-11-02T02:00:00Z')
    const who = await scene.resident({ bornOn: '1946-11-30' })
    const clerk = await scene.officer('window-clerk', [place.street], MATTERS[code])
    const { personId } = who
    const received = await clerk.post('/api/v1/window/cases', { personId, matterCode: code, typed: TYPED[code] })
    assert.equal(received.status, 200, JSON.stringify(received.body))
    const { caseId } = received.body
    assert.equal((await clerk.post(`/api/v1/cases/${caseId}/acceptance`, {})).status, 200)
    const desk = new FormBrowser(scene, clerk.cookie, clerk.address)
    const left = unit === 'calendar_day' ? /剩 (\d+) 天/ : /剩 (\d+) 个工作日/
    const used = unit === 'calendar_day' ? /第 (\d+) 天，承诺 (\d+) 天/ : /第 (\d+) 个工作日，承诺 (\d+) 个/
    const list = await desk.see('/desk?list=all')
    const page = await desk.see(`/desk/cases/${caseId}`)
    const own = await new FormBrowser(scene, who.cookie, who.address).see(`/me/cases/${caseId}`)
    const total = Number(left.exec(page.html)?.[1])
    if (days) assert.equal(total, days)
    assert.doesNotMatch(page.html, /第 \d+ (天|个工作日)，承诺/, 'the first day is not counted')
    assert.equal(Number(left.exec(list.html)?.[1]), total)
    if (days) assert.doesNotMatch(own.html, /工作日/)
    else assert.equal(Number(left.exec(own.html)?.[1]), total)

    scene.at('2026-11-05T02:00:00Z')
    await clerk.again()
    const after = await new FormBrowser(scene, clerk.cookie, clerk.address).see(`/desk/cases/${caseId}`)
    assert.deepEqual(used.exec(after.html)?.slice(1).map(Number), [3, total])
  })

test('a lease that ends before it begins is refused at its field; after receipt the unmet conditions are shown', async () => {
  const who = await scene.neighbour({ bornOn: '1990-01-02', hukou: '450102' })
  const clerk = await scene.officer('window-clerk', [place.street], { domains: ['migrants', 'public-security'] })
  const { personId } = who
  const receive = (matterCode: 'tenancy-filing' | 'residence-permit', more = {}) =>
    clerk.post('/api/v1/window/cases', { personId, matterCode, typed: { ...TYPED[matterCode], ...more } })
  const wrong = await receive('tenancy-filing', { 'lease-until': '2026-10-31' })
  assert.equal(wrong.status, 422)
  assert.deepEqual(wrong.body.params.fields, [{ path: '/lease-until', code: 'answer.day_before', params: {} }])
  const { caseId } = (await receive('residence-permit')).body
  const page = await new FormBrowser(scene, clerk.cookie, clerk.address).see(`/desk/window/cases/${caseId}`)
  assert.match(page.html, /不符合 [1-9]|[1-9] (条|项)?不符合|不符合/)
})
