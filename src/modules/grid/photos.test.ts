/** Photos of a report and of acts: who sees which, what is refused without losing anything, and that they go with the words. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { done } from '../../../test/harness/answers.ts'
import { FormBrowser, type Page } from '../../../test/harness/form-browser.ts'
import { type Client, openScene, place, type Scene, type SignsIn } from '../../../test/harness/scene.ts'
import { newId } from '../../platform/id.ts'
import { declared } from '../../platform/use-case/use-case.ts'

const GRID = ['grid']
let scene: Scene
let supervisor: Client & SignsIn
let desk: FormBrowser
before(async () => {
  scene = await openScene(undefined, { unsafePerMinute: 1000 })
  supervisor = await scene.officer('grid-supervisor', [place.street], { domains: GRID })
  desk = new FormBrowser(scene, supervisor.cookie, supervisor.address)
})
after(() => scene?.close())

/** Taken in front of a house, as its hidden part says. */
const taken = (colour: string, width = 640): Promise<Buffer> =>
  sharp({ create: { width, height: 480, channels: 3, background: colour } })
    .withExif({
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '23/1 7/1 45/1', GPSLongitudeRef: 'E', GPSLongitude: '113/1 16/1 0/1' },
    })
    .jpeg()
    .toBuffer()
const chosen = (bytes: Buffer | string, name = 'a.jpg', field = 'photos') => ({ field, name, bytes })

const arrive = async (who: FormBrowser, sent: Page): Promise<Page> => {
  assert.ok(sent.to, `it stays: ${sent.status} ${sent.html.replace(/<[^>]+>/g, ' ').slice(0, 600)}`)
  return who.see(sent.to)
}
/** On the page that asks for words and photos. */
async function atMore(who: FormBrowser): Promise<Page> {
  const first = await who.see('/report?what=street-lamp')
  const area = { area: place.community, where: `示例一巷 ${Math.random()} 号` }
  const next = await arrive(who, await who.answer(first.html, '/report', area))
  if (next.html.includes('说说怎么回事')) return next
  return arrive(who, await who.answer(next.html, '/report', { joins: 'none' }))
}
async function sendOn(who: FormBrowser, more: Page, files: { field: string; name: string; bytes: Buffer | string }[]) {
  const you = await arrive(who, await who.answer(more.html, '/report', { words: '黑了三天' }, { files }))
  const check = await arrive(who, await who.answer(you.html, '/report', {}))
  const sent = await who.answer(check.html, '/report', {})
  const token = /\/report\/([0-9a-f-]{36})/.exec(sent.to ?? '')?.[1]
  assert.ok(token, `it was not sent: ${sent.to}`)
  const row = (
    await scene.owner.query(
      'select i.id, i.public_id as "publicId", i.number, i.lon from grid.report r join grid.incident i on i.id = r.incident_id where token = $1',
      [token],
    )
  ).rows[0]
  return { token, check, ...row } as {
    token: string
    check: Page
    id: string
    publicId: string
    number: string
    lon: number | null
  }
}
const photosOf = async (id: string): Promise<{ id: string; shown: boolean; file_id: string; fact_seq: number | null }[]> =>
  (
    await scene.owner.query('select id, shown, file_id, fact_seq from grid.photo where incident_id = $1 order by added_at, id', [
      id,
    ])
  ).rows
const file = async (id: string) => done(supervisor.post(`/api/v1/incidents/${id}/verification`, {})).then(() => done(supervisor.post(`/api/v1/incidents/${id}/filing`, { classCode: 'street-lamp', condition: 'one', title: '路灯不亮', shown: true }))) // biome-ignore format: two acts
const nobody = () => new FormBrowser(scene, '', '10.9.9.9')

test('a photo goes with a report of nobody: she sees it by her token, officers at the desk, outsiders once it is cleared', async () => {
  const who = new FormBrowser(scene, '', '10.1.1.1')
  const one = await sendOn(who, await atMore(who), [chosen(await taken('#335577'))])
  assert.match(one.check.html, /<img src="data:image\/jpeg;base64,/, 'she sees it before she sends it')
  assert.equal(one.lon, null, 'where it was taken is not where it is')
  const [photo] = await photosOf(one.id)
  const path = `photos/${photo!.id}`
  const hers = await who.see(`/report/${one.token}`)
  assert.ok(hers.html.includes(`/report/${one.token}/${path}/small`))
  const large = await scene.stranger.get(`/report/${one.token}/${path}`)
  assert.deepEqual([large.status, large.headers['content-type']], [200, 'image/jpeg'])
  assert.equal(large.raw.includes('Exif'), false, 'nothing hidden is in it')
  assert.equal((await sharp(large.raw).metadata()).width, 640)

  const outside = [`/around/${one.publicId}/${path}`, `/around/${one.publicId}/${path}/small`]
  await file(one.id)
  for (const address of outside) assert.equal((await nobody().see(address)).status, 404, 'nobody has cleared it')
  assert.equal((await nobody().see(`/desk/incidents/${one.id}/${path}`)).status, 303, 'to the sign-in')
  const other = await scene.officer('grid-supervisor', [place.nextStreet], { domains: GRID })
  assert.equal((await new FormBrowser(scene, other.cookie, other.address).see(`/desk/incidents/${one.id}/${path}`)).status, 404)

  const page = await desk.see(`/desk/incidents/${one.id}`)
  assert.ok(page.html.includes(`/desk/incidents/${one.id}/${path}/small`))
  const looks = async () =>
    Number((await scene.owner.query(`select count(*) from platform.audit where operation = 'grid.read-photo'`)).rows[0].count)
  const before = await looks()
  assert.equal((await desk.see(`/desk/incidents/${one.id}/${path}`)).status, 200)
  assert.equal(await looks(), before + 1, 'each look is on record')

  const requests = async () => (await scene.stranger.get(`/open311/v2/requests/${one.publicId}.json`)).body[0].media_url
  assert.equal(await requests(), null)
  await desk.answer(page.html, `/desk/incidents/${one.id}/${path}`, { shown: 'yes' })
  for (const address of outside) assert.equal((await nobody().see(address)).status, 200)
  assert.ok((await nobody().see(`/around/${one.publicId}`)).html.includes(`${path}/small`))
  assert.match(await requests(), new RegExp(`/around/${one.publicId}/${path}$`))
  await done(supervisor.post(`/api/v1/incidents/${one.id}/hiding`, { reason: '有门牌' }))
  for (const address of outside) assert.equal((await nobody().see(address)).status, 404, 'it is hidden with the whole')
  assert.equal((await who.see(`/report/${one.token}/${path}`)).status, 200)
  await done(supervisor.post(`/api/v1/incidents/${one.id}/showing`))
  await done(supervisor.post(`/api/v1/photos/${photo!.id}/showing`, { shown: false }))
  for (const address of outside) assert.equal((await nobody().see(address)).status, 404, 'taken back')
  assert.equal(await requests(), null)
  assert.equal((await who.see(`/report/${one.id}/${path}`)).status, 404, 'the id of an incident is no token')
})

/** A few bytes that claim to be a picture of that size. */
function claims(width: number, height: number): Buffer {
  const chunk = (kind: string, bytes: Buffer) => {
    const all = Buffer.concat([Buffer.alloc(4), Buffer.from(kind), bytes, Buffer.alloc(4)])
    all.writeUInt32BE(bytes.length, 0)
    all.writeUInt32BE(crc32(all.subarray(4, -4)), all.length - 4)
    return all
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8)
  const pixels = chunk('IDAT', deflateSync(Buffer.alloc(1000)))
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), pixels, chunk('IEND', Buffer.alloc(0))])
}
const script = '<script>alert(1)</script>'

test('what is no photo is refused by name, and nothing that was typed or given is lost', async () => {
  const who = new FormBrowser(scene, '', '10.1.1.2')
  let page = await atMore(who)
  const give = async (files: ReturnType<typeof chosen>[], words = '很黑') =>
    arrive(who, await who.answer(page.html, '/report', { words, go: 'more' }, { files }))
  page = await give([chosen(await taken('#111111'))])
  assert.match(page.html, /data:image\/jpeg/)
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(script)])
  const animated = await sharp(Buffer.alloc(32 * 64 * 3), { raw: { width: 32, height: 64, channels: 3, pageHeight: 32 } }).gif().toBuffer() // biome-ignore format: one picture
  const refused: [Buffer | string, string, RegExp][] = [
    [png, 'script.png', /坏了|不是照片/],
    [script, 'x.jpg', /不是照片/],
    [`<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`, 'x.svg', /不是照片/],
    ['%PDF-1.7 x', 'x.pdf', /不是照片/],
    [claims(30_000, 30_000), 'bomb.png', /百万像素/],
    [(await taken('#222222')).subarray(0, 900), 'half.jpg', /坏了/],
    [animated, 'moving.gif', /会动/],
    [Buffer.alloc(11 * 1_048_576, 1), 'large.jpg', /太大/],
  ]
  for (const [bytes, name, says] of refused) {
    page = await give([chosen(bytes, name)])
    assert.match(page.html, says, name)
    assert.match(page.html, /很黑/, `${name}: the words are there`)
    assert.equal(page.html.split('data:image/jpeg').length - 1, 1, `${name}: the photo of before is there`)
  }
  page = await give([chosen(await taken('#333333')), chosen('x', 'bad.jpg')])
  assert.equal(page.html.split('data:image/jpeg').length - 1, 2, 'the good one of two is kept')
  page = await give([chosen(await taken('#444444')), chosen(await taken('#555555'))])
  assert.match(page.html, /最多 3 张/)
  assert.equal(page.html.split('data:image/jpeg').length - 1, 3)
  const ids = /name="photo-ids" value="([^"]+)"/.exec(page.html)![1]!.split(',')
  page = await arrive(who, await who.answer(page.html, '/report', { words: '很黑', drop: ids[0]! }, { files: [] }))
  assert.equal(page.html.split('data:image/jpeg').length - 1, 2)
  const { rows } = await scene.owner.query('select removed_by from documents.file where photo_id = $1', [ids[0]])
  assert.equal(rows[0].removed_by, 'reporter')
  const polyglot = Buffer.concat([await sharp({ create: { width: 64, height: 64, channels: 3, background: '#654321' } }).png().toBuffer(), Buffer.from(script)]) // biome-ignore format: one picture
  const one = await sendOn(who, page, [chosen(polyglot, 'both.png')])
  const kept = await photosOf(one.id)
  assert.equal(kept.length, 3)
  for (const { id } of kept)
    assert.equal((await scene.stranger.get(`/report/${one.token}/photos/${id}`)).raw.includes('script'), false)
})

test('more files at once than a form may bring are refused, and the words stay', async () => {
  const who = new FormBrowser(scene, '', '10.1.1.3')
  const more = await atMore(who)
  const files = await Promise.all(Array.from({ length: 8 }, async (_, n) => chosen(await taken('#666666', 100 + n))))
  const page = await arrive(who, await who.answer(more.html, '/report', { words: '一次选了八张' }, { files }))
  assert.match(page.html, /一次选了八张/)
  assert.match(page.html, /最多/)
})

test('the same photo for a hundred places: nothing is refused, and the officer sees how often and where', async () => {
  const same = await taken('#778899')
  const [one, two, three] = await Promise.all(
    ['10.2.1.1', '10.2.1.2', '10.2.1.3'].map(async (address) => {
      const who = new FormBrowser(scene, '', address)
      return sendOn(who, await atMore(who), [chosen(same), chosen(same)])
    }),
  )
  await scene.owner.query(`update grid.incident set area = $2, street = $3 where id = $1`, [three!.id, '440106007002', place.nextStreet]) // biome-ignore format: one row
  const { photos } = await done(supervisor.get(`/api/v1/incidents/${one!.id}`))
  assert.deepEqual(photos.map((photo: { times: number }) => photo.times), [2, 2]) // biome-ignore format: a list
  assert.deepEqual(photos[0].elsewhere.map((other: { number: string }) => other.number), [two!.number]) // biome-ignore format: a list
  const page = await desk.see(`/desk/incidents/${one!.id}`)
  assert.match(page.html, /同一张照片还在另外 2 处出现/)
  assert.ok(page.html.includes(two!.number) && !page.html.includes(three!.id))
})

/** Something to be told apart by: a street, drawn. */
const drawn = (sky: string, road: number, houses: [x: number, wide: number, high: number][]): Promise<Buffer> =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900"><rect width="100%" height="100%" fill="${sky}"/><rect y="${road}%" width="100%" height="60%" fill="#444"/>
      ${houses.map(([x, wide, high]) => `<rect x="${x}%" y="${road - high}%" width="${wide}%" height="${high}%" fill="#8a7f70"/>`).join('')}</svg>`),
  )
    .jpeg({ quality: 90 })
    .toBuffer()

test('a photo saved anew, smaller or forwarded is known again: an officer compares, nothing is refused, empty pictures are like none', async () => {
  const lane = await drawn('#ccd', 70, [[5, 20, 50], [60, 25, 30]]) // biome-ignore format: one street
  const other = await drawn('#ddc', 55, [[30, 15, 40], [80, 12, 20]]) // biome-ignore format: one street
  const black = await sharp({ create: { width: 900, height: 700, channels: 3, background: '#000' } })
    .jpeg()
    .toBuffer()
  const dark = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#020202' } })
    .jpeg()
    .toBuffer()
  const send = async (n: number, ...photos: Buffer[]) => {
    const who = new FormBrowser(scene, '', `10.2.2.${n}`)
    return sendOn(who, await atMore(who), photos.map((one) => chosen(one))) // biome-ignore format: one report
  }
  const one = await send(1, lane, black)
  const smaller = await send(2, await sharp(lane).resize({ width: 500 }).jpeg({ quality: 35 }).toBuffer())
  const webp = await send(3, await sharp(lane).webp({ quality: 50 }).toBuffer(), dark)
  const apart = await send(4, other)
  const cut = await send(5, await sharp(lane).extract({ left: 120, top: 90, width: 960, height: 720 }).jpeg().toBuffer())
  const far = await send(6, await sharp(lane).jpeg({ quality: 50 }).toBuffer())
  await scene.owner.query('update grid.incident set area = $2, street = $3 where id = $1', [
    far.id,
    '440106007002',
    place.nextStreet,
  ])
  await scene.owner.query('update grid.photo set street = $2 where incident_id = $1', [far.id, place.nextStreet])
  const old = await send(7, await sharp(lane).jpeg({ quality: 55 }).toBuffer())
  await scene.owner.query(`update grid.photo set added_at = added_at - interval '91 days' where incident_id = $1`, [old.id])

  // Both came in the same instant: which is listed first says nothing.
  const { photos } = await done(supervisor.get(`/api/v1/incidents/${one.id}`))
  const found = photos
    .map((photo: { alike: { number: string }[] }) => photo.alike.map(({ number }) => number).toSorted())
    .toSorted((x: string[], y: string[]) => y.length - x.length)
  const known = [smaller.number, webp.number].toSorted()
  assert.deepEqual(found, [known, []], 'not another street, not months ago; cut by a tenth it is missed; black is like nothing')
  for (const { times, elsewhere } of photos) assert.deepEqual([times, elsewhere], [0, []], 'their bytes are others')
  const page = await desk.see(`/desk/incidents/${one.id}`)
  assert.match(page.html, /看着像同一张，请比一比/)
  assert.ok(page.html.includes(smaller.id) && page.html.includes(webp.id))
  for (const not of [apart, cut, far, old]) assert.ok(!page.html.includes(not.id))
})

test('who handled it and who looked on site add theirs; what is to be mended loses none', async () => {
  const [dispatcher, unit, worker] = await Promise.all(
    (['grid-dispatcher', 'unit-officer', 'grid-worker'] as const).map((role) =>
      scene.officer(role, [role === 'grid-worker' ? place.community : place.street], { domains: GRID }),
    ),
  )
  const lamps = (await scene.owner.query('select organisation_id as id from access.post where id = $1', [unit!.postId])).rows[0]
    .id
  await scene.owner.query(`update access.organisation set kind = 'unit' where id = $1`, [lamps])
  const who = new FormBrowser(scene, '', '10.1.1.4')
  const one = await sendOn(who, await atMore(who), [])
  await file(one.id)
  await done(dispatcher!.post(`/api/v1/incidents/${one.id}/dispatch`, { unitId: lamps }))
  await done(unit!.post(`/api/v1/incidents/${one.id}/taking-on`))
  const at = `/desk/incidents/${one.id}`
  const act = `${at}/act`
  const browser = new FormBrowser(scene, unit!.cookie, unit!.address)
  const files = [chosen(await taken('#aabbcc'))]
  const sent = await browser.answer((await browser.see(at)).html, act, { note: '' }, { files, having: 'value="hand_in"' })
  const again = await arrive(browser, sent)
  assert.match(again.html, /data:image\/jpeg/, 'the photo is still there')
  await browser.answer(again.html, act, { note: '换了灯' }, { files: [], having: 'value="hand_in"' })
  const checker = new FormBrowser(scene, worker!.cookie, worker!.address)
  const fields = { how: 'on_site', note: '亮了' }
  const looked = [chosen(await taken('#ccbbaa'))]
  await checker.answer((await checker.see(at)).html, act, fields, { files: looked, having: 'value="pass_check"' })
  const photos = await photosOf(one.id)
  assert.deepEqual(photos.map(({ fact_seq }) => fact_seq).toSorted(), [6, 7]) // biome-ignore format: a list
  const page = (await desk.see(at)).html
  for (const said of ['处置单位拍的', '核查时拍的']) assert.ok(page.includes(said), said)
  const hers = () => scene.stranger.get(`/api/v1/reports/${one.token}`)
  assert.deepEqual((await done(hers())).photos, [])
  await done(supervisor.post(`/api/v1/photos/${photos.find(({ fact_seq }) => fact_seq === 6)!.id}/showing`, { shown: true }))
  assert.deepEqual((await done(hers())).photos.map((p: { fact: string; own: boolean }) => [p.fact, p.own]), [['handed_in', false]]) // biome-ignore format: a list
})

/** To the point where whoever reported it is asked: dispatched, handed in, and checked from papers. */
async function asked(id: string): Promise<void> {
  const [dispatcher, unit, worker] = await Promise.all(
    (['grid-dispatcher', 'unit-officer', 'grid-worker'] as const).map((role) =>
      scene.officer(role, [role === 'grid-worker' ? place.community : place.street], { domains: GRID }),
    ),
  )
  const { rows } = await scene.owner.query('select organisation_id as id from access.post where id = $1', [unit!.postId])
  await scene.owner.query(`update access.organisation set kind = 'unit' where id = $1`, [rows[0].id])
  const at = `/api/v1/incidents/${id}`
  await done(dispatcher!.post(`${at}/dispatch`, { unitId: rows[0].id }))
  await done(unit!.post(`${at}/taking-on`))
  await done(unit!.post(`${at}/handling`, { note: '换了灯' }))
  await done(worker!.post(`${at}/check`, { how: 'from_papers' }))
}

test('she shows that it is still there: with her word that it is not solved, and whoever goes on with it sees it', async () => {
  const who = new FormBrowser(scene, '', '10.1.2.1')
  const one = await sendOn(who, await atMore(who), [])
  await file(one.id)
  await asked(one.id)
  const at = `/report/${one.token}`
  const not = { having: 'name="solved" value="no"' }
  let page = await who.see(at)
  page = await arrive(who, await who.answer(page.html, `${at}/word`, { reason: '还是黑的', go: 'photos' }, { files: [chosen(await taken('#0a0b0c'))], ...not })) // biome-ignore format: one form
  assert.match(page.html, /还是黑的/)
  page = await arrive(
    who,
    await who.answer(page.html, `${at}/word`, { reason: '' }, { files: [chosen('x', '坏的.jpg')], ...not }),
  )
  assert.match(page.html, /坏的\.jpg.*不是照片/)
  page = await arrive(who, await who.answer(page.html, `${at}/word`, { reason: ' ' }, { files: [chosen(await taken('#0c0b0a'))], ...not })) // biome-ignore format: one form
  assert.equal(page.html.split('data:image/jpeg').length - 1, 2, 'no reason yet: both photos are there')
  const [, first] = /name="photo-ids" value="([^",]+),/.exec(page.html)!
  page = await arrive(who, await who.answer(page.html, `${at}/word`, { drop: first!, reason: '还是黑的' }, { files: [], ...not }))
  assert.equal(page.html.split('data:image/jpeg').length - 1, 1)
  assert.equal((await done(scene.stranger.get(`/api/v1/reports/${one.token}`))).status, 'checked', 'nothing was said so far')
  page = await arrive(who, await who.answer(page.html, `${at}/word`, { reason: '还是黑的' }, { files: [], ...not }))
  assert.match(page.html, /记下了：您说没有解决/)
  const hers = await done(scene.stranger.get(`/api/v1/reports/${one.token}`))
  assert.equal(hers.status, 'filed')
  assert.deepEqual(hers.photos.map((p: { fact: string; own: boolean }) => [p.fact, p.own]), [['reopened', true]]) // biome-ignore format: a list
  for (const html of [(await who.see(at)).html, (await desk.see(`/desk/incidents/${one.id}`)).html])
    assert.match(html, /说没有解决时拍的/)
  assert.ok((await nobody().see(`/around/${one.publicId}/photos/${hers.photos[0].id}`)).status === 404, 'nobody has cleared it')
})

test('what the reporter of a linked one says and shows stands with what it goes on as', async () => {
  const [parent, child] = await Promise.all(
    ['10.1.2.2', '10.1.2.3'].map(async (address) => {
      const who = new FormBrowser(scene, '', address)
      return { who, ...(await sendOn(who, await atMore(who), [])) }
    }),
  )
  for (const { id } of [parent!, child!]) await file(id)
  await done(supervisor.post(`/api/v1/incidents/${parent!.id}/children`, { children: [child!.id] }))
  await asked(parent!.id)
  const at = `/report/${child!.token}`
  const page = await child!.who.see(at)
  await child!.who.answer(page.html, `${at}/word`, { reason: '我这头没亮' }, { files: [chosen(await taken('#0d0e0f'))], having: 'name="solved" value="no"' }) // biome-ignore format: one form
  const { html } = await desk.see(`/desk/incidents/${parent!.id}`)
  for (const said of ['我这头没亮', child!.number, '说没有解决时拍的']) assert.ok(html.includes(said), said)
})

test('who takes a call adds what the caller sent; nothing is lost, and the next call begins where this one did', async () => {
  const at = '/desk/incidents/new'
  const fields = { channel: 'phone', classCode: 'street-lamp', area: place.community, words: '电话里说黑了三天', place: '' }
  let page = await desk.see(at)
  page = await arrive(
    desk,
    await desk.answer(page.html, at, { ...fields, go: 'photos' }, { files: [chosen(await taken('#101112'))] }),
  )
  assert.match(page.html, /电话里说黑了三天/)
  page = await arrive(desk, await desk.answer(page.html, at, fields, { files: [chosen('x', '不是.jpg')] }))
  assert.match(page.html, /不是\.jpg.*不是照片/)
  page = await arrive(desk, await desk.answer(page.html, at, fields, { files: [chosen(await taken('#121110'))] }))
  assert.match(page.html, /电话里说黑了三天/)
  assert.equal(page.html.split('data:image/jpeg').length - 1, 2, 'where is not said yet: both photos are there')
  page = await arrive(desk, await desk.answer(page.html, at, { ...fields, place: '示例九巷口' }, { files: [] }))
  const number = /W\d{8}-\d{4}/.exec(page.html)![0]
  assert.match(page.html, /已经上报/)
  assert.match(page.html, /value="phone" checked/)
  assert.match(page.html, new RegExp(`<option value="${place.community}" selected`))
  assert.ok(!page.html.includes('电话里说黑了三天') && !page.html.includes('data:image/jpeg'), 'of this call nothing is left')
  const { rows } = await scene.owner.query('select id from grid.incident where number = $1', [number])
  assert.equal((await photosOf(rows[0].id)).length, 2)
  assert.ok(!(await desk.see(`${at}?sent=%3Cb%3E`)).html.includes('已经上报'), 'only a number is said to be one')
})

const sweep = (operation: string) =>
  declared.get(operation)!.run(
    {
      platform: scene.node.platform,
      actor: { kind: 'system', schedule: 'test', scope: place.city, domains: GRID },
      now: scene.now(),
      requestId: newId(scene.now()),
    },
    {},
  )

test('one that nobody sent goes after a day; years after the end all go with the words, and their bytes leave the store', async () => {
  const who = new FormBrowser(scene, '', '10.1.1.5')
  const one = await sendOn(who, await atMore(who), [chosen(await taken('#123123'))])
  await file(one.id)
  await done(supervisor.post(`/api/v1/incidents/${one.id}/unsolved`, { reason: '路要拆了' }))
  const more = await atMore(who)
  const page = await arrive(who, await who.answer(more.html, '/report', { words: '没送', go: 'more' }, { files: [chosen(await taken('#321321'))] })) // biome-ignore format: one form
  const { rows: waiting } = await scene.owner.query('select file_id from grid.photo where incident_id is null')
  assert.ok(waiting.length > 0)
  scene.at('2026-11-25T03:00:00Z')
  await sweep('grid.strip-reports')
  assert.equal((await scene.owner.query('select 1 from grid.photo where incident_id is null')).rowCount, 0)
  assert.equal((await photosOf(one.id)).length, 1)
  const late = await arrive(who, await who.answer(page.html, '/report', { words: '还是送' }, { files: [] }))
  assert.match(late.html, /还是送|怎么找到您/, 'she goes on, and is told at the end')

  const [photo] = await photosOf(one.id)
  const names = async () => {
    const all = new Set<string>()
    for await (const shelf of scene.node.platform.services.files.shelves()) for (const name of shelf) all.add(name)
    return all
  }
  const { rows } = await scene.owner.query(
    'select f.stored_name as a, d.stored_name as b from documents.file f join documents.derivative d on d.file_id = f.id where f.id = $1',
    [photo!.file_id],
  )
  assert.ok((await names()).has(rows[0].a) && (await names()).has(rows[0].b))
  scene.at('2029-12-01T03:00:00Z')
  await sweep('grid.strip-reports')
  assert.deepEqual(await photosOf(one.id), [])
  assert.equal((await who.see(`/report/${one.token}/photos/${photo!.id}`)).status, 404)
  for (const day of ['2029-12-09', '2029-12-18', '2029-12-27']) {
    scene.at(`${day}T03:00:00Z`)
    await sweep('documents.sweep-files')
  }
  assert.ok(!(await names()).has(rows[0].a) && !(await names()).has(rows[0].b))
})

test('what is linked shows the other one’s photo as long as outsiders see it, and what officers gave goes on being seen', async () => {
  await supervisor.again()
  const [hers, others] = [new FormBrowser(scene, '', '10.1.1.2'), new FormBrowser(scene, '', '10.1.1.3')]
  const parent = await sendOn(hers, await atMore(hers), [chosen(await taken('#228833'))])
  const child = await sendOn(others, await atMore(others), [])
  for (const { id } of [parent, child]) await file(id)
  await done(supervisor.post(`/api/v1/incidents/${parent.id}/children`, { children: [child.id] }))
  const [photo] = await photosOf(parent.id)
  const sees = async (token: string) => (await scene.stranger.get(`/report/${token}/photos/${photo!.id}`)).status
  assert.deepEqual([await sees(parent.token), await sees(child.token)], [200, 404], 'nobody has cleared it')
  await done(supervisor.post(`/api/v1/photos/${photo!.id}/showing`, { shown: true }))
  assert.deepEqual([await sees(parent.token), await sees(child.token)], [200, 200])
  await done(supervisor.post(`/api/v1/incidents/${parent.id}/hiding`, { reason: '拍到了人' }))
  assert.deepEqual([await sees(parent.token), await sees(child.token)], [200, 404], 'hidden, from her as from any outsider')
  await scene.owner.query('update grid.photo set report_id = null, fact_seq = 1 where id = $1', [photo!.id])
  assert.deepEqual([await sees(parent.token), await sees(child.token)], [200, 200], 'with an act')
})
