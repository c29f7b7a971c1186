/** An ability assessment in a case: one writes it down, another signs the same, and what is sealed stays so. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser, type Page } from '../harness/form-browser.ts'
import { type Client, openScene, place, type Scene, type SignsIn } from '../harness/scene.ts'
import { apply, day, ok, onCase, paper, refused } from './story.ts'

let scene: Scene
let clerk: Client & SignsIn
let officers: (Client & SignsIn & { name: string })[]
before(async () => {
  scene = await openScene(day('2026-11-24'))
  clerk = await scene.officer('window-clerk', [place.street])
  officers = []
  for (let n = 0; n < 3; n++) officers.push(await scene.officer('street-reviewer', [place.street]))
})
after(() => scene?.close())

const text = ({ html }: Page) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const assessed = { 'assessedOn.year': '2026', 'assessedOn.month': '11', 'assessedOn.day': '24', coma: 'no', events: '0' }

async function guarantee(bornOn = '1941-04-05') {
  const lady = await scene.resident({ bornOn })
  const { caseId } = await apply(scene, lady, 'minimum-living-guarantee', {
    'about-you': 'yes',
    'members-alone': 'yes',
    income: '300',
    property: 'none',
    account: 'other',
    'account-number': '6222021111111111112',
    'staff-relative': 'no',
  })
  ok(await onCase(caseId)(clerk, 'acceptance'))
  const at = `/desk/cases/${caseId}/assessment`
  const browsers = officers.map((officer) => new FormBrowser(scene, officer.cookie, officer.address))
  return { lady, caseId, at, browsers: browsers as [FormBrowser, FormBrowser, FormBrowser] }
}
/** The grades of every item, the best ones. */
function best(html: string): Record<string, string> {
  const grades: Record<string, string> = {}
  for (const [, name, options] of html.matchAll(/<select[^>]* name="(care-[a-z-]+)"[^>]*>([\s\S]*?)<\/select>/g))
    grades[name!] = [...options!.matchAll(/value="(\d)"/g)]
      .map((match) => match[1]!)
      .sort()
      .at(-1)!
  return grades
}
async function signs(b: FormBrowser, at: string, fields: Record<string, string>): Promise<Page> {
  const look = await b.fill(at, at, fields)
  assert.equal(look.status, 200, look.to ?? text(look))
  const done = await b.answer(look.html, at)
  return b.see(done.to!)
}

test('the second sees what the first will have signed, signs the same, and a report is left without the illness', async () => {
  const { caseId, at, browsers } = await guarantee()
  const [one, two] = browsers
  assert.match((await one.see(`/desk/cases/${caseId}`)).html, new RegExp(`href="${at}"`))
  const form = await one.see(at)
  const grades = best(form.html)
  assert.equal(Object.keys(grades).length, 26)

  const short = await one.fill(at, at, { ...assessed, ...grades, 'care-eating': '', 'care-time': '', mental: '', events: 'x' })
  const errors = /error-summary__list">([\s\S]*?)<\/ul>/.exec((await one.see(short.to!)).html)![1]!
  assert.match(errors, /进食.*请选一个.*时间.*请选一个.*精神.*请选一个.*请写次数/s, 'each says of what, in the order of the form')
  const fields = { ...assessed, ...grades, 'care-eating': '3', mental: 'yes' }
  const look = await one.fill(at, at, fields)
  assert.match(text(look), /签名以前再看一遍.*89 分.*1 级，轻度失能.*认知障碍或精神方面的疾病.*2 级，中度失能/)
  const after = await signs(one, at, fields)
  assert.match(text(after), /等第二位评估员.*请另一位评估员来看、来签/)

  const { rows } = await scene.owner.query('select sealed from care.view')
  assert.ok(!rows[0].sealed.toString('latin1').includes('mental'), 'sealed')
  const seen = await two.see(at)
  assert.match(text(seen), new RegExp(`${officers[0]!.name}看到的.*2 级，中度失能.*我看到的一样`))
  const done = await two.answer(seen.html, at)
  const settled = await two.see(done.to!)
  assert.match(text(settled), /两位已经签名.*评估报告/)
  const said = await paper(scene, caseId, 'ability_assessment')
  assert.match(said, /中度失能/)
  assert.match(said, /2027/)
  assert.ok(said.includes(officers[0]!.name) && said.includes(officers[1]!.name))
  assert.doesNotMatch(said, /认知|精神方面|mental/)
})

test('the report is read by the person herself and by posts that may assess; to others who read the case it is not there', async () => {
  const { lady, caseId, at, browsers } = await guarantee()
  const grades = best((await browsers[0].see(at)).html)
  await signs(browsers[0], at, { ...assessed, ...grades, mental: 'no' })
  const { documentId } = ok(await officers[1]!.post(`/api/v1/cases/${caseId}/assessment/signature`, { says: 'same' }))
  const { rows } = await scene.owner.query(
    `select d.id, d.kind from documents.document d where d.case_id = $1 and d.kind = 'acceptance'`,
    [caseId],
  )
  const report = `/documents/${documentId}`
  const see = async (who: Client & SignsIn, path: string) => new FormBrowser(scene, who.cookie, who.address).see(path)
  assert.equal((await see(lady, report)).status, 200)
  assert.equal((await see(officers[2]!, report)).status, 200)
  const { file_id } = (await scene.owner.query('select file_id from documents.print where document_id = $1', [documentId]))
    .rows[0]
  for (const [role, area] of [
    ['street-leader', place.street],
    ['community-officer', place.community],
    ['window-clerk', place.street],
  ] as const) {
    const other = await scene.officer(role, [area])
    const page = await see(other, `/desk/cases/${caseId}`)
    assert.equal(page.status, 200, role)
    assert.ok(page.html.includes(rows[0].id) && !page.html.includes(documentId), role)
    assert.ok(!JSON.stringify((await other.get(`/api/v1/cases/${caseId}`)).body).includes(documentId), role)
    assert.equal((await see(other, report)).status, 403, role)
    assert.equal((await see(other, `/files/${file_id}`)).status, 403, role)
    assert.equal((await see(other, `/documents/${rows[0].id}`)).status, 200, role)
  }
})

test('only who is of the age, in a matter that needs it, and on a day that can be: else nothing is written', async () => {
  const young = await guarantee('1991-04-05')
  const [browser] = young.browsers
  const grades = Object.fromEntries(
    Object.entries(best((await browser.see((await guarantee()).at)).html)).map(([item, grade]) => [item, Number(grade)]),
  )
  const record = (caseId: string, assessedOn: string) =>
    officers[0]!.post(`/api/v1/cases/${caseId}/assessment`, {
      seen: { assessedOn, scores: grades, coma: false, mental: false, events: 0 },
    })
  refused(await record(young.caseId, '2026-11-24'), 409, 'care.too_young')
  refused(await officers[1]!.post(`/api/v1/cases/${young.caseId}/assessment/signature`, { says: 'same' }), 409, 'care.too_young')
  const page = await browser.see(young.at)
  assert.match(text(page), /还没到做能力评估的年龄/)
  assert.doesNotMatch(page.html, /name="care-/)

  const old = await scene.resident({ bornOn: '1941-04-05' })
  const { caseId } = await apply(scene, old, 'longevity-allowance', {
    'about-you': 'yes',
    account: 'other',
    'account-number': '6222021111111111112',
    note: '',
  })
  refused(await record(caseId, '2026-11-24'), 409, 'care.other_matter')

  const fit = await guarantee()
  for (const day of ['0001-01-01', '2026-11-23', '2026-11-25', '2027-11-24']) {
    const answer = await record(fit.caseId, day)
    refused(answer, 422, 'care.incomplete')
    assert.deepEqual(
      answer.body.params.fields.map((field: { path: string }) => field.path),
      ['/assessedOn'],
      day,
    )
  }
  const late = await browser.fill(fit.at, fit.at, {
    ...assessed,
    ...best((await browser.see(fit.at)).html),
    'assessedOn.year': '2025',
    mental: 'no',
  })
  assert.match(text(await browser.see(late.to!)), /评估日期不能早于收件那天/)
})

test('one person never signs twice; two who differ need a third, and nothing is averaged', async () => {
  const { caseId, at, browsers } = await guarantee()
  const [one, two, three] = browsers
  const grades = best((await one.see(at)).html)
  await signs(one, at, { ...assessed, ...grades, mental: 'no' })
  refused(await officers[0]!.post(`/api/v1/cases/${caseId}/assessment/signature`, { says: 'same' }), 409, 'care.same_person')
  refused(await officers[1]!.post(`/api/v1/cases/${caseId}/assessment/signature`, { says: 'first' }), 409, 'care.other_answer')

  const second = await two.see(at)
  const differing = { says: 'own', ...assessed, ...grades, 'care-walking': '0', mental: 'no' }
  const token = /name="_csrf" value="([^"]+)"/.exec(second.html)![1]!
  const look = await two.send('POST', at, new URLSearchParams({ _csrf: token, ...differing }))
  assert.match(text(look), /86 分/)
  await two.answer(look.html, at)
  // Both pages say what is so and what whoever looks can do about it.
  assert.match(
    text(await one.see(at)),
    /两位评估员看到的不一样。不取平均.*不一样的是：平地行走（50 米）。.*您已经签过一份。请一位没有签过名的同事/,
  )
  assert.match(text(await three.see(at)), /两位评估员看到的不一样.*您没有签过名，可以做第三位/)
  const ofCase = `/desk/cases/${caseId}`
  assert.match(text(await one.see(ofCase)), /要请第三位。您签过其中一份，请一位没有签过名的同事来看、来签/)
  assert.match(text(await three.see(ofCase)), /要请第三位。您没有签过名，可以做第三位/)
  refused(await officers[1]!.post(`/api/v1/cases/${caseId}/assessment/signature`, { says: 'second' }), 409, 'care.same_person')
  refused(await officers[2]!.post(`/api/v1/cases/${caseId}/assessment/signature`, { says: 'same' }), 409, 'care.other_answer')
  ok(await officers[2]!.post(`/api/v1/cases/${caseId}/assessment/signature`, { says: 'second' }))
  const settled = text(await three.see(at))
  assert.match(settled, /86 分.*1 级，轻度失能/)
  assert.match(await paper(scene, caseId, 'ability_assessment'), /轻度失能/)
  assert.match(text(await one.see(ofCase)), /能力评估.*两位已经签名/)
  refused(await officers[0]!.post(`/api/v1/cases/${caseId}/assessment/signature`, { says: 'same' }), 409, 'care.nothing_to_sign')
})

test('where the standard leaves the level open it stays open: kept and signed, and no report says a level', async () => {
  const { caseId, at, browsers } = await guarantee()
  const grades = best((await browsers[0].see(at)).html)
  await signs(browsers[0], at, { ...assessed, ...grades, 'care-eating': '3', mental: 'yes', events: '3' })
  assert.equal(ok(await officers[1]!.post(`/api/v1/cases/${caseId}/assessment/signature`, { says: 'same' })).documentId, null)
  assert.match(text(await browsers[2].see(at)), /标准还没有核实.*两位已经签名|两位已经签名.*标准还没有核实/)
})

test('a report that a later one takes the place of is marked so, wherever it stands; it is not gone', async () => {
  const { lady, caseId, at, browsers } = await guarantee()
  const [one, two] = browsers
  const grades = best((await one.see(at)).html)
  await signs(one, at, { ...assessed, ...grades, mental: 'no' })
  const first = ok(await officers[1]!.post(`/api/v1/cases/${caseId}/assessment/signature`, { says: 'same' })).documentId
  await signs(one, at, { ...assessed, ...grades, 'care-eating': '0', mental: 'no' })
  assert.match(text(await two.see(at)), /别的评估报告.*新的评估签名以前仍然有效/, 'a view alone takes no place')
  const own = new FormBrowser(scene, lady.cookie, lady.address)
  assert.doesNotMatch(text(await own.see(`/me/cases/${caseId}`)), /已被后来的评估代替/)

  const second = ok(await officers[1]!.post(`/api/v1/cases/${caseId}/assessment/signature`, { says: 'same' })).documentId
  assert.match(text(await two.see(at)), /别的评估报告.*已被后来的评估代替/)
  const listed = await two.see(`/desk/cases/${caseId}`)
  assert.equal(listed.html.match(/已被后来的评估代替/g)?.length, 1)
  for (const id of [first, second]) assert.ok(listed.html.includes(`/documents/${id}`), 'both can be read')
  assert.match(text(await own.see(`/me/cases/${caseId}`)), /已被后来的评估代替/)
  const anybody = (id: string) => scene.node.app.inject({ method: 'GET', url: `/d/${id}` })
  assert.match((await anybody(first)).body, /这份文书已经作废/)
  assert.doesNotMatch((await anybody(second)).body, /这份文书已经作废/)
  const { rows } = await scene.owner.query(
    'select kind, void_why from documents.document where case_id = $1 and void_at is not null',
    [caseId],
  )
  assert.deepEqual(rows, [{ kind: 'ability_assessment', void_why: 'superseded' }])
})

test('a later assessment that comes to no level takes the place of the report, too: what nobody says any more does not count', async () => {
  const { lady, caseId, at, browsers } = await guarantee()
  const [one, two] = browsers
  const grades = best((await one.see(at)).html)
  await signs(one, at, { ...assessed, ...grades, mental: 'no' })
  const sign = async () =>
    ok(await officers[1]!.post(`/api/v1/cases/${caseId}/assessment/signature`, { says: 'same' })).documentId
  const report = await sign()
  await signs(one, at, { ...assessed, ...grades, 'care-eating': '3', mental: 'yes', events: '3' })
  const reported = async () => (await scene.node.app.inject({ method: 'GET', url: `/d/${report}` })).body
  assert.doesNotMatch(await reported(), /这份文书已经作废/, 'a first view settles nothing')
  assert.equal(await sign(), null)
  assert.match(await reported(), /这份文书已经作废/)
  assert.match(text(await two.see(at)), /别的评估报告.*已被后来的评估代替/)
  const own = new FormBrowser(scene, lady.cookie, lady.address)
  assert.match(text(await own.see(`/me/cases/${caseId}`)), /已被后来的评估代替/)
})

test('every look is on record, and who reads it is told', async () => {
  const { caseId, at, browsers } = await guarantee()
  await browsers[0].see(at)
  const { rows } = await scene.owner.query(
    'select count(*)::int as n from access.read_entry where case_id = $1 and operation = $2',
    [caseId, 'care.read-assessment'],
  )
  assert.equal(rows[0].n, 1)
})

test('when what is personal of a case is let go, its views go with it', async () => {
  const { lady, caseId, at, browsers } = await guarantee()
  const grades = best((await browsers[0].see(at)).html)
  await signs(browsers[0], at, { ...assessed, ...grades, mental: 'no' })
  ok(await lady.post(`/api/v1/me/cases/${caseId}/withdrawal`, { reason: '' }))
  assert.match(text(await browsers[1].see(at)), /已经办完或者撤回，不能再评/)
  refused(await officers[1]!.post(`/api/v1/cases/${caseId}/assessment/signature`, { says: 'same' }), 409, 'care.case_over')
  const views = async () =>
    (await scene.owner.query('select count(*)::int as n from care.view where case_id = $1', [caseId])).rows[0].n
  assert.equal(await views(), 1)
  await scene.owner.query('select retention.strip_cases($1, $2)', [[caseId], scene.now()])
  assert.equal(await views(), 0)
})
