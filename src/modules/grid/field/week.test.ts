/** A week's queue of five hundred records of every kind, on two phones of one worker, sent twice from both at once and in any order. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { done } from '../../../../test/harness/answers.ts'
import { type Client, openScene, place, type Scene, type SignsIn } from '../../../../test/harness/scene.ts'

const GRID = ['grid']
const [REPORTS, VISITS, CHECKS, NOTES, TASKS] = [260, 150, 24, 50, 16]
const PHOTOS = 24
/** Incidents that she looked at twice, once with each phone, and tasks that she answered on both. */
const TWICE = 8
let scene: Scene
let worker: Client & SignsIn & { postId: string }
let supervisor: Client & SignsIn
const phones = [randomUUID(), randomUUID()] as const
const rows = (text: string, values: unknown[] = []) => scene.owner.query(text, values).then((found) => found.rows)
const count = async (text: string): Promise<number> => Number((await rows(`select count(*) from ${text}`))[0].count)
before(async () => {
  scene = await openScene(undefined, { unsafePerMinute: 10_000 })
  worker = await scene.officer('grid-worker', [place.community], { domains: GRID })
  supervisor = await scene.officer('grid-supervisor', [place.street], { domains: GRID })
  for (const deviceId of phones) await done(worker.post('/api/v1/field/devices', { deviceId }))
})
after(() => scene?.close())

/** The same order whenever it runs. */
function chanceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}
function shuffled<T>(all: readonly T[], seed: number): T[] {
  const [next, mixed] = [chanceOf(seed), [...all]]
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1))
    ;[mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!]
  }
  return mixed
}

const seenAt = (n: number): string => new Date(Date.parse('2026-11-17T01:00:00Z') + n * 1_200_000).toISOString()
type Made = { id: string; kind: string; [name: string]: unknown }
/** Those that wait for a check; another unit handled them. */
async function handled(n: number): Promise<{ id: string; seq: number }[]> {
  const dispatcher = await scene.officer('grid-dispatcher', [place.street], { domains: GRID })
  const unit = await scene.officer('unit-officer', [place.street], { domains: GRID })
  const [{ id: unitId }] = await rows('select organisation_id as id from access.post where id = $1', [unit.postId])
  await rows(`update access.organisation set kind = 'unit' where id = $1`, [unitId])
  for (let at = 0; at < n; at++) {
    const said = { classCode: 'street-lamp', words: `灯黑了 ${at}`, place: { area: place.community, text: `示例二巷 ${at} 号` } }
    const { number } = await done(scene.stranger.post('/api/v1/reports', said))
    const [{ id }] = await rows('select id from grid.incident where number = $1', [number])
    const act = (who: Client, what: string, body: object = {}) => done(who.post(`/api/v1/incidents/${id}/${what}`, body))
    await act(supervisor, 'verification')
    await act(supervisor, 'filing', { classCode: 'street-lamp', condition: 'one', title: '路灯不亮', shown: true })
    await act(dispatcher, 'dispatch', { unitId })
    await act(unit, 'taking-on')
    await act(unit, 'handling', { note: '换了灯' })
  }
  return (await done(worker.get('/api/v1/field/day'))).checks
}

async function given(n: number): Promise<{ id: string; seq: number; area: string }[]> {
  await rows(
    `insert into grid.grid (id, code, name, area, boundary, crs, west, south, east, north, valid_from, source, recorded_at)
     values (gen_random_uuid(), $1, '一格', $2, '{}', 'CGCS2000', 114, 22, 114.1, 22.1, '2026-01-01', 'test', $3)`,
    [`${place.community}009`, place.community, scene.now()],
  )
  const department = await scene.officer('district-officer', [place.district], { domains: ['migrants'] })
  for (let at = 0; at < n; at++) {
    const asked = { area: place.community, itemCode: 'register-newcomers', what: `看第 ${at} 栋`, dueOn: '2026-12-01' }
    const { ids } = await done(department.post('/api/v1/tasks', asked))
    await done(supervisor.post(`/api/v1/tasks/${ids[0]}/giving`, { workerId: worker.postId }))
  }
  return (await done(worker.get('/api/v1/field/day'))).tasks
}

async function aWeek(): Promise<{ records: Made[]; photos: { id: string; photo: string }[]; twice: Made[] }> {
  const toCheck = await handled(CHECKS)
  const toDo = await given(TASKS)
  assert.deepEqual([toCheck.length, toDo.length], [CHECKS, TASKS])
  const photos = await Promise.all(
    Array.from({ length: PHOTOS }, async (_, n) => ({
      id: randomUUID(),
      photo: (
        await sharp({ create: { width: 64, height: 48, channels: 3, background: { r: n * 5, g: 90, b: 110 } } })
          .jpeg()
          .toBuffer()
      ).toString('base64'),
    })),
  )
  const pictures = photos.map(({ id }) => id)
  const withPhotos = (n: number) => (n % 10 === 0 && pictures.length > 0 ? { photos: pictures.splice(0, 1) } : {})
  const check = ({ id, seq }: { id: string; seq: number }, n: number, passed = n % 4 !== 0): Made => ({
    ...{ id: randomUUID(), kind: 'check', seenAt: seenAt(n), incidentId: id, seq, passed, note: passed ? '' : '还是黑的' },
    ...withPhotos(n),
  })
  const answer = ({ id, seq, area }: (typeof toDo)[number], n: number, did = n % 3 !== 0): Made => ({
    ...{ id: randomUUID(), kind: 'task', seenAt: seenAt(n), taskId: id, seq, area, did, words: did ? `看过了 ${n}` : '没有人' },
  })
  const records: Made[] = [
    ...Array.from({ length: REPORTS }, (_, n) => ({
      ...{ id: randomUUID(), kind: 'report', seenAt: seenAt(n), classCode: 'street-lamp', words: `路灯不亮 ${n}` },
      place: { area: place.community, text: `示例一巷 ${n} 号` },
      ...withPhotos(n),
    })),
    ...Array.from({ length: VISITS }, (_, n) => ({
      ...{ id: randomUUID(), kind: 'visit', seenAt: seenAt(n), area: place.community, words: `走访 ${n}` },
    })),
    ...toCheck.map((one, n) => check(one, n)),
    ...toDo.map((one, n) => answer(one, n)),
    ...Array.from({ length: NOTES }, (_, n) => ({
      ...{ id: randomUUID(), kind: 'visit', seenAt: seenAt(n), incidentId: toCheck[n % CHECKS]!.id, words: `看了一眼 ${n}` },
      ...withPhotos(n),
    })),
  ]
  const twice = [
    ...toCheck.slice(0, TWICE).map((one, n) => check(one, n, true)),
    ...toDo.slice(0, TWICE).map((one, n) => answer(one, n, true)),
  ]
  return { records, photos, twice }
}

interface Heard {
  id: string
  outcome: string
  [name: string]: unknown
}
async function sendAll(records: readonly Made[], deviceId: string): Promise<Heard[]> {
  const answers: Heard[] = []
  for (let at = 0; at < records.length; at += 100) {
    const part = records.slice(at, at + 100)
    const heard = await done(worker.post('/api/v1/field/records', { deviceId, sentAt: scene.now().toISOString(), records: part }))
    answers.push(...heard.answers)
  }
  return answers
}

test('a week of five hundred records, sent twice from two phones at once and in any order: each is done once, answered alike, and none is lost', async () => {
  const { records, photos, twice } = await aWeek()
  assert.equal(records.length, 500)
  const earlier = { incidents: await count('grid.incident'), reports: await count('grid.report') }
  // Each phone has half of the week, both have what was copied when she changed phones, and each has its own look at the same lamps.
  const onOne = [...records.slice(0, 320), ...records.slice(410)]
  const onTwo = [...records.slice(180), ...twice]
  const sendPhotos = async (seed: number) => {
    for (const photo of shuffled(photos, seed)) await done(worker.post('/api/v1/field/photos', photo))
  }
  await Promise.all([sendPhotos(1), sendPhotos(2)])
  const rounds: Heard[][] = []
  for (const seed of [3, 5]) {
    const [one, two] = await Promise.all([
      sendAll(shuffled(onOne, seed), phones[0]),
      sendAll(shuffled(onTwo, seed + 1), phones[1]),
    ])
    rounds.push([...one, ...two])
  }
  await Promise.all([sendPhotos(7), sendPhotos(8)])

  const [first, second] = rounds as [Heard[], Heard[]]
  const did = Map.groupBy(first, ({ outcome }) => outcome)
  assert.deepEqual([...did.keys()].toSorted(), ['again', 'conflict', 'done'], JSON.stringify(did.get('refused')?.slice(0, 3)))
  const doneOnce = did.get('done')!.map(({ id }) => id)
  assert.equal(new Set(doneOnce).size, doneOnce.length, 'nothing is done twice')
  const conflicts = new Set(did.get('conflict')!.map(({ id }) => id))
  assert.equal(conflicts.size, twice.length, 'of two looks at one lamp one counts, and of two answers to one task')
  const all = [...records, ...twice].map(({ id }) => id)
  assert.deepEqual(all.filter((id) => !doneOnce.includes(id) && !conflicts.has(id)), [], 'none is lost') // biome-ignore format: one line
  for (const { text, now } of did.get('conflict')!) {
    assert.match(String(text), /请决定/)
    assert.ok((now as { status: string }).status)
  }

  const saidOf = ({ outcome: _, ...said }: Heard) => said
  const answered = new Map([...first].map((one) => [one.id, saidOf(one)]))
  for (const one of [...first, ...second]) assert.deepEqual(saidOf(one), answered.get(one.id))
  assert.ok(second.every(({ id, outcome }) => outcome === (conflicts.has(id) ? 'conflict' : 'again')))

  assert.equal(await count('grid.incident'), earlier.incidents + REPORTS)
  assert.equal(await count('grid.report'), earlier.reports + REPORTS)
  assert.equal(await count('grid.field_record'), all.length - twice.length)
  assert.equal(await count(`grid.incident where status = 'handled'`), 0)
  const checks = await rows(
    `select count(*)::int as n from grid.timeline where fact in ('check_passed', 'check_failed') and post_id = $1 group by incident_id`,
    [worker.postId],
  )
  assert.deepEqual([checks.length, checks.every(({ n }) => n === 1)], [CHECKS, true])
  assert.equal(await count(`grid.task_timeline where fact in ('did', 'handed_back')`), TASKS)
  const kept = await rows('select report_id, incident_id, fact_seq from grid.photo where post_id = $1', [worker.postId])
  const given = [...records, ...twice].filter(({ id, photos: own }) => own && doneOnce.includes(id))
  assert.equal(kept.filter(({ incident_id }) => incident_id).length, given.length)

  // A person decides: what could not count as a check stays as a note, under an id of its own, from either phone.
  const asNotes = twice
    .concat(records)
    .filter(({ id }) => conflicts.has(id))
    .map(({ incidentId, taskId, area, seenAt: at, photos: own }) => ({
      ...{ id: randomUUID(), kind: 'visit', seenAt: at, words: '已经办好' },
      ...(taskId ? { taskId, area } : { incidentId }),
      ...(own ? { photos: own } : {}),
    })) as Made[]
  const [one, two] = await Promise.all(phones.map((deviceId) => sendAll(asNotes, deviceId)))
  assert.ok([...one!, ...two!].every(({ outcome }) => outcome === 'done' || outcome === 'again'))
  assert.equal(await count('grid.field_record'), all.length)
})
