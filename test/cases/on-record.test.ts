/** A shared paper of which the registers hold none: the pages say so and what to do, and it is attached like any other. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { begin, browser, textOf } from '../../src/modules/citizen-page/apply/scene.ts'
import { FormBrowser } from '../harness/form-browser.ts'
import { type Client, openScene, place, type Scene, type SignsIn } from '../harness/scene.ts'
import { PDF } from '../harness/stages.ts'
import { ok, onCase, paper, type Resident } from './story.ts'

const LINE = { domains: ['disabled-persons', 'civil-affairs'] }
const CARE = 'disability-care-subsidy'
const NONE = /登记里没有查到残疾人证/
let scene: Scene
let clerk: Client & SignsIn
before(async () => {
  scene = await openScene()
  clerk = await scene.officer('window-clerk', [place.street], LINE)
})
after(() => scene?.close())

const recordCertificate = ({ personId }: Resident) =>
  scene.owner.query(
    `insert into people.disability_certificate (id, person_id, kind, grade, during, source, method, recorded_at)
     values (gen_random_uuid(), $1, 'physical', 2, '[2020-01-01,)', 'civil-affairs', 'shared', $2)`,
    [personId, scene.now()],
  )
/** Every question answered, up to the last look. */
async function filled(who: Resident, matter: string) {
  const b = browser(scene, who)
  const draft = await begin(b, matter)
  for (const [question, typed] of [
    ['about-you', { 'about-you': 'yes' }],
    ['account', { account: 'other', 'account-number': '6222021111111111112' }],
  ] as const)
    ok(await who.post(`/api/v1/drafts/${draft}/answers/${question}`, { typed }))
  return { b, at: `/apply/${draft}`, check: `/apply/${draft}/check` }
}
const desk = (who: Client, caseId: string) => new FormBrowser(scene, who.cookie, who.address).see(`/desk/cases/${caseId}`)

test('where the certificate is on record nothing is asked: it is not to be handed in, and there is no page for it', async () => {
  const holder = await scene.resident({ name: '持证人' })
  await recordCertificate(holder)
  const { b, at, check } = await filled(holder, CARE)
  assert.doesNotMatch(textOf((await b.get(check)).html), /没有查到/)
  assert.equal((await b.get(`${at}/disability-certificate`)).status, 404)
  await b.fill(check, { declared: 'yes' }, `${at}/send`)
  const { rows } = await scene.owner.query('select id from cases.case where applicant_id = $1', [holder.personId])
  const page = textOf((await desk(clerk, rows[0].id)).html)
  assert.match(page, /残疾人证 共享核验 .*不用交/)
  assert.doesNotMatch(page, /没有查到/)
  assert.match(textOf((await b.get(`/matters/${CARE}`)).html), /残疾人证 .*登记里有的不用交/)
})

test('where none is on record the last page says so and what to do; she attaches it, and the officer has it', async () => {
  const woman = await scene.resident({ name: '没登记的' })
  const { b, at, check } = await filled(woman, CARE)
  const said = (await b.get(check)).html
  assert.match(textOf(said), NONE)
  assert.match(textOf(said), /没查到不等于没有。有的，请在这里上传照片，也可以带原件到街道窗口.*还没有？看怎么申请：残疾人证/)
  assert.match(said, /href="\/matters\/disability-certificate"/)
  const page = `${at}/disability-certificate`
  assert.match(textOf((await b.get(page)).html), /登记里没有查到，所以请您交一份/)
  await b.give(page, page, [{ field: 'file-disability-certificate', name: '残疾人证.pdf', bytes: Buffer.from(PDF) }])
  assert.match(textOf((await b.get(check)).html), /已经上传：残疾人证\.pdf/)
  await b.fill(check, { declared: 'yes' }, `${at}/send`)
  const { rows } = await scene.owner.query('select id from cases.case where applicant_id = $1', [woman.personId])
  const seen = textOf((await desk(clerk, rows[0].id)).html)
  assert.match(seen, /残疾人证 共享核验 .*已收到/)
  assert.doesNotMatch(seen, /没有查到/)
})

test('sent without it, the officer is told that none was found, not that none is needed: she asks for it once, or adds what was brought', async () => {
  const man = await scene.resident({ name: '以后再交' })
  const { b, at, check } = await filled(man, CARE)
  await b.fill(check, { declared: 'yes' }, `${at}/send`)
  const { rows } = await scene.owner.query('select id from cases.case where applicant_id = $1', [man.personId])
  const caseId = rows[0].id
  const seen = textOf((await desk(clerk, caseId)).html)
  assert.match(seen, /残疾人证 共享核验 登记里没有查到/)
  assert.match(seen, /不等于本人没有。有的，请带来窗口拍照加上.*可以先申请“残疾人证/)
  ok(await onCase(caseId)(clerk, 'correction-notice', { missing: ['disability-certificate'], text: '请交残疾人证' }))
  const page = `/me/cases/${caseId}/correction`
  assert.match((await b.get(page)).html, /name="file-disability-certificate"/)
  const answered = await b.give(page, page, [
    { field: 'file-disability-certificate', name: '残疾人证.pdf', bytes: Buffer.from(PDF) },
  ])
  assert.equal(answered.status, 303, textOf(answered.html))
  assert.match(textOf((await desk(clerk, caseId)).html), /残疾人证 共享核验 .*已收到/)
})

test('accepted without it, the paper says what is lacking, and nothing was refused for it', async () => {
  const man = await scene.resident({ name: '先受理' })
  const { b, at, check } = await filled(man, CARE)
  await b.fill(check, { declared: 'yes' }, `${at}/send`)
  const { rows } = await scene.owner.query('select id from cases.case where applicant_id = $1', [man.personId])
  ok(await onCase(rows[0].id)(clerk, 'acceptance'))
  assert.match(await paper(scene, rows[0].id, 'acceptance'), /残疾人证/)
})

test('a hukou book is no more handed in than her hukou is on record: who has none there is told, and so is the officer', async () => {
  const MEDICAL = 'medical-insurance'
  const insurance = await scene.officer('window-clerk', [place.street], { domains: ['medical-insurance'] })
  for (const [name, hukou] of [
    ['有户口', place.community],
    ['没查到', null],
  ] as const) {
    const who = await scene.resident({ person: await scene.neighbour({ name, hukou }) })
    const b = browser(scene, who)
    const draft = await begin(b, MEDICAL)
    for (const [question, answer] of [['about-you', 'yes'], ['insured-as', 'resident'], ['insured-by-employer', 'no']] as const) // biome-ignore format: a table
      ok(await who.post(`/api/v1/drafts/${draft}/answers/${question}`, { typed: { [question]: answer } }))
    const check = textOf((await b.get(`/apply/${draft}/check`)).html)
    assert.equal(/登记里没有查到户口簿.*没查到不等于没有/.test(check), hukou === null, name)
    const { caseId } = ok(await who.post(`/api/v1/drafts/${draft}/submission`, { declared: 'yes' }))
    const seen = textOf((await desk(insurance, caseId)).html)
    assert.match(seen, hukou ? /户口簿 共享核验 .*不用交/ : /户口簿 共享核验 登记里没有查到/, name)
  }
})
