/** Photos that are given: small in lists, without secrets when opened, and kept in a store that may go away for a while. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { openS3Store, type S3Store } from '../../../../test/harness/s3-store.ts'
import { openScene, place, type Scene } from '../../../../test/harness/scene.ts'
import { PDF } from '../../../../test/harness/stages.ts'
import { begin, browser, textOf } from './scene.ts'

let s3: S3Store
let scene: Scene
before(async () => {
  s3 = await openS3Store()
  scene = await openScene(undefined, { s3: s3.settings() })
})
after(async () => {
  await scene?.close()
  await s3?.close()
})
const photo = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#886644' } })
    .withExif({ IFD0: { Make: 'SecretCamera' } })
    .jpeg()
    .toBuffer()
const previewIn = (html: string) => /<img class="k-preview" src="(\/files\/[0-9a-f-]{36}\/preview)"[^>]*>/.exec(html)
async function begun() {
  const b = browser(scene, await scene.resident({ hukou: null }))
  const draft = await begin(b, 'residence-registration')
  const page = `/apply/${draft}/photo`
  const give = async (name: string, bytes: Buffer) => b.give(page, `${page}/files/photo`, [{ field: 'file-photo', name, bytes }])
  return { b, draft, page, give }
}

test('a photo is small in the list, whole without its camera when opened, and as it was given only at its own address', async () => {
  const { b, page, give } = await begun()
  const original = await photo(1200, 600)
  await give('我.jpg', original)
  const { html } = await b.get(page)
  const [tag, src] = previewIn(html)!
  assert.match(tag!, /alt width="240" height="120" loading="lazy"/)
  const small = await b.get(src!)
  assert.deepEqual([small.status, small.headers['content-type']], [200, 'image/jpeg'])
  assert.ok(small.raw.length < 10_000)
  assert.equal(small.headers['cache-control'], 'no-store')
  const shown = await b.get(src!.replace('preview', 'shown'))
  assert.match(String(shown.headers['content-disposition']), /^inline/)
  assert.match(html, new RegExp(`href="${src!.replace('preview', 'shown')}"`))
  for (const { raw } of [small, shown]) assert.equal(raw.includes('SecretCamera'), false)
  const whole = await b.get(src!.replace('/preview', ''))
  assert.ok(whole.raw.equals(original))
  assert.match(String(whole.headers['content-disposition']), /^attachment/)

  const stranger = browser(scene, await scene.resident({ name: '何大明' }))
  for (const path of [src!, src!.replace('preview', 'shown'), src!.replace('/preview', '')])
    assert.equal((await stranger.get(path)).status, 404, path)
})

test('a PDF has no picture, and what was taken back has none any more', async () => {
  const { b, page, give } = await begun()
  await give('a.pdf', PDF)
  const { html } = await b.get(page)
  assert.equal(previewIn(html), null)
  const file = /href="(\/files\/[0-9a-f-]{36})"/.exec(html)![1]!
  for (const as of ['shown', 'preview']) assert.equal((await b.get(`${file}/${as}`)).status, 404)
  await b.fill(page, {}, /action="([^"]+\/removal)"/.exec(html)![1]!)
  await give('我.jpg', await photo(300, 300))
  const given = await b.get(page)
  const [, src] = previewIn(given.html)!
  await b.fill(page, {}, /action="([^"]+\/removal)"/.exec(given.html)![1]!)
  assert.equal(previewIn((await b.get(page)).html), null)
  for (const path of [src!, src!.replace('preview', 'shown'), src!.replace('/preview', ''), file])
    assert.equal((await b.get(path)).status, 404, path)
})

test('an officer’s list opens no picture by itself; each that she opens is a look that the person sees', async () => {
  const { b, draft, page, give } = await begun()
  await give('我.jpg', await photo(500, 500))
  await b.fill(`/apply/${draft}/about-you`, { 'about-you': 'yes' })
  await b.fill(`/apply/${draft}/address`, { address: 'known' })
  await b.fill(`/apply/${draft}/purpose`, { purpose: 'work' })
  await b.fill(`/apply/${draft}/since`, { 'since.year': '2026', 'since.month': '11', 'since.day': '20' })
  await b.fill(page, {})
  const sent = await b.fill(`/apply/${draft}/check`, { declared: 'yes' }, `/apply/${draft}/send`)
  const caseId = sent.to!.split('/')[3]!.split('?')[0]!
  assert.ok(previewIn((await b.get(`/me/cases/${caseId}`)).html), 'her own list shows it')
  const clerk = browser(scene, await scene.officer('window-clerk', [place.street], { domains: ['migrants'] }))
  const desk = await clerk.get(`/desk/cases/${caseId}`)
  assert.equal(previewIn(desk.html), null)
  const shown = /href="(\/files\/[0-9a-f-]{36}\/shown)"/.exec(desk.html)![1]!
  const looks = async () =>
    (await scene.owner.query(`select count(*)::int as n from access.read_entry where case_id = $1`, [caseId])).rows[0].n as number
  const before = await looks()
  assert.equal((await clerk.get(shown)).status, 200)
  assert.equal((await clerk.get(shown.replace('shown', 'preview'))).status, 200)
  assert.equal(await looks(), before + 2)
  // The file itself, too, is the shown copy to her: the camera of the original stays with the applicant.
  const asked = await clerk.get(shown.replace('/shown', ''))
  assert.equal(asked.status, 200)
  assert.equal(asked.raw.includes('SecretCamera'), false)
  assert.ok((await b.get(shown.replace('/shown', ''))).raw.includes('SecretCamera'), 'her own photo is hers as she gave it')
  const elsewhere = browser(scene, await scene.officer('window-clerk', [place.nextStreet], { domains: ['migrants'] }))
  for (const as of ['shown', 'preview']) assert.equal((await elsewhere.get(shown.replace('shown', as))).status, 404)
})

test('while the store is away a file is asked for again in a minute, nothing half is kept, and all goes on by itself', async () => {
  const { b, page, give } = await begun()
  await give('一.jpg', await photo(300, 300))
  const [, src] = previewIn((await b.get(page)).html)!
  const gone = Array<'cut'>(60).fill('cut')
  s3.goesWrong(...gone)
  const refused = await give('二.jpg', await photo(310, 310))
  assert.equal(refused.status, 503)
  assert.match(textOf(refused.html), /您选的文件没有收到。请等一分钟，按浏览器的“返回”/)
  assert.equal((await b.get(src!)).status, 503)
  assert.equal((await b.get(page)).status, 200, 'pages go on')
  s3.goesWrong(
    { status: 507, code: 'InsufficientStorage' },
    { status: 507, code: 'InsufficientStorage' },
    { status: 507, code: 'InsufficientStorage' },
  )
  assert.match(textOf((await give('二.jpg', await photo(310, 310))).html), /系统存满了，暂时收不下新的文件/)
  s3.goesWrong()
  const { html } = await b.get(page)
  assert.doesNotMatch(html, /二\.jpg/)
  assert.equal((await b.get(src!)).status, 200)
  assert.equal((await give('二.jpg', await photo(310, 310))).to, page)
  assert.match((await b.get(page)).html, /二\.jpg/)
})
