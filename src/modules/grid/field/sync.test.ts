/** A week's queue comes in: each record once, in any order, from two phones; one that is wrong takes no other with it. */
import assert from 'node:assert/strict'
import { createCipheriv, generateKeyPairSync, publicEncrypt, randomBytes, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { type Client, openScene, place, type Scene, type SignsIn } from '../../../../test/harness/scene.ts'

const GRID = ['grid']
let scene: Scene
let worker: Client & SignsIn & { postId: string }
let supervisor: Client & SignsIn
const phone = randomUUID()
const seenAt = '2026-11-24T01:00:00Z'
before(async () => {
  scene = await openScene()
  worker = await scene.officer('grid-worker', [place.community], { domains: GRID })
  supervisor = await scene.officer('grid-supervisor', [place.street], { domains: GRID })
  await done(worker.post('/api/v1/field/devices', { deviceId: phone }))
})
after(() => scene?.close())

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
const done = async (answer: Promise<{ status: number; body: unknown }>): Promise<any> => {
  const { status, body } = await answer
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const aReport = (n: number, id = randomUUID()) => ({
  id,
  kind: 'report',
  seenAt,
  classCode: 'street-lamp',
  words: `路灯不亮 ${n}`,
  place: { area: place.community, text: `示例一巷 ${n} 号` },
})
const aVisit = (more: object = {}) => ({
  id: randomUUID(),
  kind: 'visit',
  seenAt,
  area: place.community,
  words: '看过消防通道，没有堆物',
  ...more,
})
const send = (records: object[], who: Client = worker, deviceId = phone, sentAt = scene.now().toISOString()) =>
  done(who.post('/api/v1/field/records', { deviceId, sentAt, records }))
const outcomes = (body: { answers: { outcome: string }[] }) => body.answers.map((one) => one.outcome)
const count = async (sql: string): Promise<number> => Number((await scene.owner.query(sql)).rows[0].count)

/** One that waits for a check; another unit handled it. */
async function handled(): Promise<string> {
  const { number } = await done(scene.stranger.post('/api/v1/reports', { classCode: 'street-lamp', words: '灯黑了', place: { area: place.community, text: '示例二巷' } })) // biome-ignore format: one report
  const { id } = (await scene.owner.query('select id from grid.incident where number = $1', [number])).rows[0]
  const [dispatcher, unit] = [
    await scene.officer('grid-dispatcher', [place.street], { domains: GRID }),
    await scene.officer('unit-officer', [place.street], { domains: GRID }),
  ]
  const unitId = (await scene.owner.query('select organisation_id as id from access.post where id = $1', [unit.postId])).rows[0]
    .id
  await scene.owner.query(`update access.organisation set kind = 'unit' where id = $1`, [unitId])
  await done(supervisor.post(`/api/v1/incidents/${id}/verification`))
  await done(
    supervisor.post(`/api/v1/incidents/${id}/filing`, {
      classCode: 'street-lamp',
      condition: 'one',
      title: '路灯不亮',
      shown: true,
    }),
  )
  await done(dispatcher.post(`/api/v1/incidents/${id}/dispatch`, { unitId }))
  await done(unit.post(`/api/v1/incidents/${id}/taking-on`))
  await done(unit.post(`/api/v1/incidents/${id}/handling`, { note: '换了灯' }))
  return id
}
const aCheck = async (incidentId: string, more: object = {}) => {
  const day = await done(worker.get('/api/v1/field/day'))
  const { seq } = day.checks.find((one: { id: string }) => one.id === incidentId)
  return { id: randomUUID(), kind: 'check', seenAt, incidentId, seq, passed: true, note: '亮了', ...more }
}

test('a queue is sent twice in any order and at once from two phones: every record is done once, with the same answer', async () => {
  const other = randomUUID()
  await done(worker.post('/api/v1/field/devices', { deviceId: other }))
  const records = Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? aVisit() : aReport(n)))
  const before = await count('select count(*) from grid.incident')
  const [one, two] = await Promise.all([send(records), send([...records].reverse(), worker, other)])
  const first = new Map<string, { outcome: string; number: string | null }>()
  for (const answer of [...one.answers, ...two.answers]) {
    assert.ok(['done', 'again'].includes(answer.outcome), JSON.stringify(answer))
    const known = first.get(answer.id)
    if (known) {
      assert.equal(known.number, answer.number)
      assert.notEqual(known.outcome, answer.outcome, 'one of the two did it')
    }
    first.set(answer.id, answer)
  }
  assert.equal(await count('select count(*) from grid.incident'), before + 40)
  assert.ok(outcomes(await send(records)).every((outcome) => outcome === 'again'))
})

test('one bad record refuses itself, with a code and a sentence; the others are done', async () => {
  const fine = aReport(1)
  const body = await send([
    { ...aReport(2), place: { lon: 0, lat: 0 } },
    { kind: 'report' },
    { ...aVisit(), words: 'a\u0000b' },
    { ...aVisit(), area: place.sibling },
    fine,
    { ...fine, words: '别的话' },
  ])
  assert.deepEqual(
    body.answers.map((one: { code?: string; outcome: string }) => one.code ?? one.outcome),
    ['incident.place_zero', 'input.invalid', 'request.unreadable', 'access.not_your_area', 'done', 'field.id_reused'],
  )
  assert.match(body.answers[0].text, /定位/)
  const stranger = await scene.officer('grid-worker', [place.community], { domains: GRID })
  await done(stranger.post('/api/v1/field/devices', { deviceId: phone }))
  assert.equal((await send([fine], stranger)).answers[0].code, 'field.id_taken')
})

test('at the border: a point in another community is reported there, she is told which, and sees no more of it', async () => {
  const square = [[[113.34, 23.14], [113.36, 23.14], [113.36, 23.16], [113.34, 23.16], [113.34, 23.14]]] // biome-ignore format: a square
  await scene.owner.query(
    `insert into grid.grid (id, code, name, area, boundary, crs, west, south, east, north, valid_from, source, demo, recorded_at)
     values (gen_random_uuid(), 'T-9', '示例网格', $1, $2, 'WGS84', 113.34, 23.14, 113.36, 23.16, '2026-01-01', 'test', true, $3)`,
    [place.sibling, JSON.stringify({ type: 'Polygon', coordinates: square }), scene.now()],
  )
  const beyond = { ...aReport(3), place: { lon: 113.35, lat: 23.15, area: place.community } }
  const { answers } = await send([beyond])
  assert.deepEqual([answers[0].outcome, answers[0].routedTo], ['done', place.sibling])
  assert.match(answers[0].text, /不在您的社区，已经报给.+不用再报/)
  const [again] = (await send([beyond])).answers
  assert.deepEqual([again.outcome, again.text], ['again', answers[0].text])
  assert.equal((await worker.get(`/api/v1/incidents/${answers[0].incidentId}`)).status, 404)
  assert.equal((await worker.get(`/api/v1/reports/${answers[0].token}`)).body.area, place.sibling)
  assert.equal((await supervisor.get(`/api/v1/incidents/${answers[0].incidentId}`)).status, 200)
  const straight = { classCode: 'street-lamp', words: '灯', place: { lon: 113.35, lat: 23.15 } }
  assert.equal((await worker.post('/api/v1/reports', straight)).body.code, 'access.not_your_area', 'at the desk she is asked')
  await scene.owner.query(`update grid.grid set valid_to = '2026-11-23' where code = 'T-9'`)
})

test('a check of an incident in hand; whatever happened since is a conflict that says where it stands', async () => {
  const id = await handled()
  const [first, second] = [await aCheck(id), await aCheck(id, { passed: false, note: '还是黑的' })]
  assert.deepEqual(outcomes(await send([first])), ['done'])
  const body = await send([second, first])
  assert.deepEqual(outcomes(body), ['conflict', 'again'])
  assert.equal(body.answers[0].now.status, 'closed')
  assert.match(body.answers[0].text, /已结束/)
  const failing = await handled()
  assert.equal((await send([await aCheck(failing, { passed: false, note: ' ' })])).answers[0].code, 'field.say_why')
  assert.deepEqual(outcomes(await send([await aCheck(failing, { passed: false, note: '没修' })])), ['done'])
  assert.equal((await scene.owner.query('select status from grid.incident where id = $1', [failing])).rows[0].status, 'handling')
})

test('what she takes along names nobody who reported; a phone three days slow is told, and both clocks are kept', async () => {
  const id = await handled()
  const day = await done(worker.get('/api/v1/field/day'))
  assert.ok(day.checks.some((one: { id: string }) => one.id === id))
  assert.ok(!JSON.stringify(day).includes('灯黑了'), 'not a word of a reporter')
  assert.deepEqual(day.communities.map((one: { code: string }) => one.code), [place.community]) // biome-ignore format: one line
  const slow = new Date(scene.now().getTime() - 3 * 86_400_000).toISOString()
  const record = aVisit({ seenAt: slow })
  assert.deepEqual((await send([record], worker, phone, slow)).clock, { behindSeconds: 3 * 86_400, wrong: true })
  const { rows } = await scene.owner.query('select seen_at, received_at from grid.field_record where id = $1', [record.id])
  assert.deepEqual([rows[0].seen_at, rows[0].received_at], [new Date(slow), scene.now()])
  const notes = await done(supervisor.get('/api/v1/field/notes'))
  assert.equal(notes.rows.find((one: { id: string }) => one.id === record.id).words, '看过消防通道，没有堆物')
})

const lampPhoto = async (background: string): Promise<string> =>
  (
    await sharp({ create: { width: 320, height: 200, channels: 3, background } })
      .jpeg()
      .toBuffer()
  ).toString('base64')
const photosNamed = (ids: string[]) => scene.owner.query('select id, incident_id, report_id, fact_seq from grid.photo where id = any($1)', [ids]).then(({ rows }) => rows) // biome-ignore format: one query

test('photos go up before their record, sent twice and at once from two phones, and are given with it once', async () => {
  const [id, other] = [randomUUID(), randomUUID()]
  const photo = await lampPhoto('#224466')
  const up = (who: Client = worker, body: object = { id, photo }) => who.post('/api/v1/field/photos', body)
  const [one, two] = await Promise.all([up(), up()])
  assert.deepEqual([one.status, two.status], [200, 200])
  assert.equal((await up(worker, { id, photo: await lampPhoto('#000000') })).body.code, 'photo.id_taken')
  assert.equal(
    (await up(worker, { id: other, photo: Buffer.from('no photo').toString('base64') })).body.code,
    'attachment.no_photo',
  )
  assert.equal((await up(scene.stranger)).status, 401)
  const missing = { ...aReport(71), photos: [id, other] }
  assert.equal((await send([missing])).answers[0].code, 'photo.gone')
  assert.deepEqual((await photosNamed([id]))[0].incident_id, null, 'it still waits')
  const record = { ...aReport(72), photos: [id] }
  const [first, again] = await Promise.all([send([record]), send([record])])
  assert.deepEqual([...outcomes(first), ...outcomes(again)].toSorted(), ['again', 'done'])
  const [given] = await photosNamed([id])
  assert.ok(given.report_id && given.incident_id)
  const stolen = { ...aReport(73), photos: [id] }
  assert.equal((await send([stolen])).answers[0].code, 'photo.gone', 'it belongs to the first')
  const incidentId = await handled()
  const seen = randomUUID()
  await done(up(worker, { id: seen, photo: await lampPhoto('#446622') }))
  assert.deepEqual(outcomes(await send([await aCheck(incidentId, { photos: [seen] })])), ['done'])
  assert.equal((await photosNamed([seen]))[0].fact_seq, 7)
})

/** As the browser does it: a key pair under the lock, each record under a key of its own. */
function phoneOf(lock: string) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const sealed = (key: Buffer, bytes: Buffer) => {
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, iv)
    return {
      iv: iv.toString('base64'),
      bytes: Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]).toString('base64'),
    }
  }
  return {
    wrapped: sealed(Buffer.from(lock, 'base64'), privateKey.export({ format: 'der', type: 'pkcs8' })),
    keep(record: { id: string; [name: string]: unknown }) {
      const key = randomBytes(32)
      return {
        id: record.id,
        key: publicEncrypt({ key: publicKey, oaepHash: 'sha256' }, key).toString('base64'),
        ...sealed(key, Buffer.from(JSON.stringify(record))),
      }
    },
  }
}

test('the post has ended: its phone gets no lock any more; the supervisor recovers the queue, and no check counts for who was not there', async () => {
  const leaver = await scene.officer('grid-worker', [place.community], { domains: GRID })
  const deviceId = randomUUID()
  await done(leaver.post('/api/v1/field/devices', { deviceId }))
  const { lock } = await done(leaver.get(`/api/v1/field/devices/${deviceId}/lock`))
  assert.equal((await worker.get(`/api/v1/field/devices/${deviceId}/lock`)).status, 404)
  const phone = phoneOf(lock)
  const id = await handled()
  const [photo, looked] = [
    { id: randomUUID(), photo: await lampPhoto('#112233') },
    { id: randomUUID(), photo: await lampPhoto('#332211') },
  ]
  const [report, check, visit] = [{ ...aReport(9), photos: [photo.id] }, await aCheck(id, { photos: [looked.id] }), aVisit()]
  await scene.owner.query(`update access.post set valid_to = '2026-11-23' where id = $1`, [leaver.postId])
  assert.equal((await leaver.get(`/api/v1/field/devices/${deviceId}/lock`)).status, 403)
  assert.equal((await leaver.post('/api/v1/field/records', { deviceId, sentAt: seenAt, records: [report] })).status, 403)
  const queue = { postId: leaver.postId, wrapped: phone.wrapped, items: [report, check, visit].map(phone.keep) }
  assert.equal((await worker.post(`/api/v1/field/devices/${deviceId}/recovery`, queue)).status, 403)
  const recovered = (item: object) =>
    supervisor.post(`/api/v1/field/devices/${deviceId}/recovery/photos`, { postId: leaver.postId, wrapped: phone.wrapped, item })
  for (const one of [photo, looked, photo]) await done(recovered(phone.keep(one)))
  assert.equal((await recovered({ ...phone.keep(photo), id: randomUUID() })).body.code, 'field.not_readable')
  assert.deepEqual(outcomes(await done(supervisor.post(`/api/v1/field/devices/${deviceId}/recovery`, queue))), ['done', 'done', 'done']) // biome-ignore format: one line
  assert.deepEqual(outcomes(await done(supervisor.post(`/api/v1/field/devices/${deviceId}/recovery`, queue))), ['again', 'again', 'again']) // biome-ignore format: one line
  assert.equal((await scene.owner.query('select status from grid.incident where id = $1', [id])).rows[0].status, 'handled')
  assert.deepEqual((await photosNamed([looked.id])).map((one) => [one.incident_id, one.fact_seq]), [[id, null]]) // biome-ignore format: a list
  assert.ok((await photosNamed([photo.id]))[0].report_id)
  const notes = await done(supervisor.get(`/api/v1/field/notes?incidentId=${id}`))
  assert.deepEqual([notes.rows[0].words, notes.rows[0].recovered], ['亮了', true])
  const seen = (await supervisor.get(`/desk/incidents/notes?incident=${id}`)).body as string
  assert.match(seen, /亮了/)
  assert.match(seen, /由督导从手机里取回/)
  const elsewhere = await scene.officer('grid-supervisor', [place.nextStreet], { domains: GRID })
  assert.equal((await elsewhere.get(`/desk/incidents/notes?incident=${id}`)).status, 404)
  assert.doesNotMatch((await elsewhere.get('/desk/incidents/notes')).body, /亮了|没有堆物/)
  const damaged = phoneOf(lock).keep(report)
  const { answers } = await done(
    supervisor.post(`/api/v1/field/devices/${deviceId}/recovery`, { ...queue, items: [{ ...damaged, id: randomUUID() }] }),
  )
  assert.equal(answers[0].code, 'field.not_readable')
  const another = await done(
    supervisor.post(`/api/v1/field/devices/${deviceId}/recovery`, {
      ...queue,
      items: [{ ...phone.keep(aVisit()), id: randomUUID() }],
    }),
  )
  assert.equal(another.answers[0].code, 'field.not_readable', 'under another name outside than within')
})
