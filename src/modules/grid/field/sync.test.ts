/** A week's queue comes in: each record once, in any order, from two phones; one that is wrong takes no other with it. */
import assert from 'node:assert/strict'
import { createCipheriv, generateKeyPairSync, publicEncrypt, randomBytes, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { done } from '../../../../test/harness/answers.ts'
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
const count = async (of: string): Promise<number> => Number((await scene.owner.query(`select count(*) from ${of}`)).rows[0].count)

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
  const before = await count('grid.incident')
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
  assert.equal(await count('grid.incident'), before + 40)
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

/** A task that a department asked for and supervision gave to her. */
async function aTask(what = '看看新租出去的屋子登记了没有'): Promise<{ id: string; department: Client }> {
  if ((await count(`grid.grid where area = '${place.community}' and valid_to is null`)) === 0)
    await scene.owner.query(
      `insert into grid.grid (id, code, name, area, boundary, crs, west, south, east, north, valid_from, source, recorded_at)
       values (gen_random_uuid(), $1, '一格', $2, '{}', 'CGCS2000', 114, 22, 114.1, 22.1, '2026-01-01', 'test', $3)`,
      [`${place.community}009`, place.community, scene.now()],
    )
  const department = await scene.officer('district-officer', [place.district], { domains: ['migrants'] })
  const asked = { area: place.community, itemCode: 'register-newcomers', what, dueOn: '2026-12-01' }
  const { ids } = await done(department.post('/api/v1/tasks', asked))
  await done(supervisor.post(`/api/v1/tasks/${ids[0]}/giving`, { workerId: worker.postId }))
  return { id: ids[0], department }
}
const anAnswer = async (taskId: string, more: object = {}) => {
  const { tasks } = await done(worker.get('/api/v1/field/day'))
  const { seq, area } = tasks.find((one: { id: string }) => one.id === taskId)
  return { id: randomUUID(), kind: 'task', seenAt, taskId, seq, area, did: true, words: '看了三处，都登记了', ...more }
}
const taskIs = async (id: string) => (await scene.owner.query('select status, seq from grid.task where id = $1', [id])).rows[0]

test('a task that she took along is answered once; what became of it meanwhile is a conflict that she decides', async () => {
  const { id, department } = await aTask()
  const [did, twice] = [await anAnswer(id), await anAnswer(id, { did: false, words: '没有人在家' })]
  const numbered = { ...did, id: randomUUID(), words: '房东 10012345678' }
  assert.equal((await send([numbered])).answers[0].code, 'task.has_number')
  assert.deepEqual(outcomes(await send([{ ...did, id: randomUUID(), words: ' ' }])), ['refused'])
  assert.deepEqual(outcomes(await send([did])), ['done'])
  const back = await send([twice, did])
  assert.deepEqual(outcomes(back), ['conflict', 'again'])
  assert.match(back.answers[0].text, /现在是：做完了，等部门确认/)
  assert.deepEqual(await taskIs(id), { status: 'done', seq: 3 })
  const note = aVisit({ taskId: id, words: '做不了，交回 没有人在家' })
  assert.deepEqual(outcomes(await send([note])), ['done'])
  const { rows } = await done(supervisor.get('/api/v1/field/notes'))
  assert.equal(rows.find((one: { id: string }) => one.id === note.id).taskId, id)
  await done(department.post(`/api/v1/tasks/${id}/asking-again`, { words: '还有一处' }))
  assert.deepEqual(outcomes(await send([await anAnswer(id, { did: false, words: '进不去' })])), ['done'])
  assert.deepEqual(await taskIs(id), { status: 'pushed', seq: 5 })
})

test('a task that was withdrawn, or given to somebody else, is not done by what comes late', async () => {
  const { id, department } = await aTask()
  const late = await anAnswer(id)
  await done(department.post(`/api/v1/tasks/${id}/withdrawal`, { words: '不用了' }))
  const [withdrawn] = (await send([late])).answers
  assert.deepEqual([withdrawn.code, withdrawn.now.status], ['field.task_changed', 'withdrawn'])
  const other = await scene.officer('grid-worker', [place.community], { domains: GRID })
  const { id: moved } = await aTask()
  const hers = await anAnswer(moved)
  await done(supervisor.post(`/api/v1/tasks/${moved}/giving`, { workerId: other.postId }))
  assert.equal((await send([hers])).answers[0].code, 'field.task_not_yours')
  assert.equal((await taskIs(moved)).status, 'given')
  assert.ok(!(await done(worker.get('/api/v1/field/day'))).tasks.some((one: { id: string }) => one.id === moved))
  const nowhere = { ...hers, id: randomUUID(), taskId: randomUUID() }
  assert.equal((await send([nowhere])).answers[0].code, 'task.not_found')
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
  const task = await aTask()
  const answer = await anAnswer(task.id)
  const [report, check, visit] = [{ ...aReport(9), photos: [photo.id] }, await aCheck(id, { photos: [looked.id] }), aVisit()]
  await scene.owner.query(`update access.post set valid_to = '2026-11-23' where id = $1`, [leaver.postId])
  assert.equal((await leaver.get(`/api/v1/field/devices/${deviceId}/lock`)).status, 403)
  assert.equal((await leaver.post('/api/v1/field/records', { deviceId, sentAt: seenAt, records: [report] })).status, 403)
  const queue = { postId: leaver.postId, wrapped: phone.wrapped, items: [report, check, visit, answer].map(phone.keep) }
  assert.equal((await worker.post(`/api/v1/field/devices/${deviceId}/recovery`, queue)).status, 403)
  const recovered = (item: object) =>
    supervisor.post(`/api/v1/field/devices/${deviceId}/recovery/photos`, { postId: leaver.postId, wrapped: phone.wrapped, item })
  for (const one of [photo, looked, photo]) await done(recovered(phone.keep(one)))
  assert.equal((await recovered({ ...phone.keep(photo), id: randomUUID() })).body.code, 'field.not_readable')
  assert.deepEqual(outcomes(await done(supervisor.post(`/api/v1/field/devices/${deviceId}/recovery`, queue))), ['done', 'done', 'done', 'done']) // biome-ignore format: one line
  assert.deepEqual(outcomes(await done(supervisor.post(`/api/v1/field/devices/${deviceId}/recovery`, queue))), ['again', 'again', 'again', 'again']) // biome-ignore format: one line
  assert.equal((await scene.owner.query('select status from grid.incident where id = $1', [id])).rows[0].status, 'handled')
  assert.deepEqual((await photosNamed([looked.id])).map((one) => [one.incident_id, one.fact_seq]), [[id, null]]) // biome-ignore format: a list
  assert.ok((await photosNamed([photo.id]))[0].report_id)
  const notes = await done(supervisor.get(`/api/v1/field/notes?incidentId=${id}`))
  assert.deepEqual([notes.rows[0].words, notes.rows[0].said, notes.rows[0].recovered], ['亮了', 'passed', true])
  assert.equal((await taskIs(task.id)).status, 'given', 'who recovered it was not there')
  assert.match((await supervisor.get('/desk/incidents/notes')).body, /本人答的是：任务做完了.*看了三处，都登记了/s)
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
