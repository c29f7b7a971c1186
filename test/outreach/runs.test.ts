/** A search finds whom it fits and nobody else, is frozen when it is done, and loses nothing to whatever comes between. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { searchTonight, searchWaiting } from '../../src/core/outreach/index.ts'
import { newId } from '../../src/platform/id.ts'
import { type Neighbour, openScene, place, type Scene } from '../harness/scene.ts'

const LONGEVITY = 'longevity-allowance'
const MLG = 'minimum-living-guarantee'

const ACCOUNT = { 'about-you': 'yes', account: 'other', 'account-number': '6222021111111111112' }

let scene: Scene
let owner: pg.Client
const who: Record<string, Neighbour> = {}
before(async () => {
  scene = await openScene()
  owner = scene.owner
})
after(() => scene?.close())

interface Row {
  id: string
  status: string
  why: string | null
  hash: string
  fits: number
  confirm: number
  unfit: number
  done: number
  total: number
}
const runs = async (where: string, values: unknown[] = []): Promise<Row[]> =>
  (
    await owner.query(
      `select id, status, why, hash, fits, confirm, unfit, done_communities as done, total_communities as total from outreach.run where ${where} order by requested_at, id`,
      values,
    )
  ).rows
/** Of the whole city. Asked for at one instant they have no order among themselves; over one snapshot they are the same. */
const newest = async (matter: string): Promise<Row> =>
  (await runs(`matter_code = $1 and area = $2 and status = 'done'`, [matter, place.city])).at(-1)!
const foundBy = async (id: string): Promise<Record<string, { list: string; missing: string[]; amount: number | null }>> =>
  Object.fromEntries(
    (
      await owner.query(
        `select p.name, f.list, f.missing, f.amount_fen::int as amount from outreach.found f join people.person p on p.id = f.person_id where run_id = $1 order by p.name`,
        [id],
      )
    ).rows.map(({ name, ...rest }) => [name, rest]),
  )
/** As an officer asks for one; over which area is hers to say. */
async function ask(matter: string, area: string): Promise<string> {
  const id = newId(scene.now())
  await owner.query(
    `insert into outreach.run (id, matter_code, domain, area, requested_at, total_communities)
     select $1, $2, 'civil-affairs', $3, $4, count(*) from areas.area where level = 'community' and starts_with(code, $3)`,
    [id, matter, area, scene.now()],
  )
  return id
}
/** Keeps a search from writing whom it found, until it is let go. */
async function holdBack() {
  const other = new pg.Client({ connectionString: scene.ownerUrl })
  await other.connect()
  await other.query('begin')
  await other.query('lock table outreach.found in share mode')
  return {
    async untilItWaits() {
      const waits = () => owner.query(`select from pg_locks where relation = 'outreach.found'::regclass and not granted`)
      while ((await waits()).rowCount === 0) await new Promise((next) => setTimeout(next, 20))
    },
    async letGo() {
      await other.query('rollback')
      await other.end()
    },
  }
}
const work = () => searchWaiting(scene.node.platform)

test('a night without a snapshot makes one, and over nobody finds nobody', async () => {
  await searchTonight(scene.node.platform)
  const { status, fits, confirm, unfit, done, total } = await newest(LONGEVITY)
  assert.deepEqual([status, fits, confirm, unfit], ['done', 0, 0, 0])
  assert.ok(total > 2500 && done === total, `${done} of ${total} communities`)
  const { matters } = scene.node.platform.services.packs.inForce()
  const sought = matters.filter((matter) => matter.outreach?.searched).map(({ code }) => code)
  assert.ok(sought.includes(LONGEVITY) && sought.includes(MLG))
  const { rows } = await owner.query(`select matter_code as code from outreach.run where status = 'done'`)
  assert.deepEqual(
    rows.map(({ code }) => code).sort(),
    sought.sort(),
    'every matter that its pack says is searched for, and no other',
  )
})

test('who is entitled is found, who is not is counted, and whose facts are missing may fit', async () => {
  const make = async (name: string, options: Parameters<Scene['neighbour']>[0]) => {
    who[name] = await scene.neighbour({ name, ...options })
  }
  await make('周七十', { bornOn: '1956-11-24' })
  await make('周闰日', { bornOn: '1936-02-29' })
  await make('周三月后', { bornOn: '1957-02-24' })
  await make('周三月零一天', { bornOn: '1957-02-25' })
  await make('周九十', { bornOn: '1930-01-01' })
  await make('周外地', { bornOn: '1940-01-01', hukou: '430121001001' })
  await make('周无户口', { bornOn: '1940-01-01', hukou: null })
  await make('周在领', { bornOn: '1941-01-01' })
  await make('周已申请', { bornOn: '1942-01-01' })
  await make('周不要找', { bornOn: '1943-01-01' })
  await make('周保密', { bornOn: '1944-01-01' })
  await make('周低保', { bornOn: '1980-01-01', incomeFen: 50_000 })
  await make('周不低', { bornOn: '1980-01-01', incomeFen: 900_000 })
  await owner.query(
    `insert into people.benefit_receipt (id, person_id, matter_code, during, source, method, recorded_at) values ($1, $2, $3, '[2026-01-01,)', 'test', 'test', $4)`,
    [newId(scene.now()), who.周在领!.personId, LONGEVITY, scene.now()],
  )
  await owner.query(`insert into outreach.opt_out (person_id, matter_code, since) values ($1, $2, $3)`, [
    who.周不要找!.personId,
    LONGEVITY,
    scene.now(),
  ])
  await owner.query('update people.person set safety_flag = true where id = $1', [who.周保密!.personId])
  const clerk = await scene.officer('window-clerk', [place.street])
  const applied = await clerk.post('/api/v1/window/cases', {
    personId: who.周已申请!.personId,
    matterCode: LONGEVITY,
    typed: ACCOUNT,
  })
  assert.equal(applied.status, 200, JSON.stringify(applied.body))
  scene.at('2026-11-24T03:00:00Z')
  await searchTonight(scene.node.platform)
  const longevity = await newest(LONGEVITY)
  assert.deepEqual(await foundBy(longevity.id), {
    周七十: { list: 'fits', missing: [], amount: 3000 },
    周闰日: { list: 'fits', missing: [], amount: 20_000 },
    周三月后: { list: 'fits', missing: [], amount: 3000 },
    周九十: { list: 'fits', missing: [], amount: 20_000 },
    周保密: { list: 'fits', missing: [], amount: 10_000 },
    周无户口: { list: 'confirm', missing: ['longevity.hukou'], amount: 10_000 },
  })
  assert.deepEqual([longevity.fits, longevity.confirm], [4, 1], 'whose whereabouts are hidden is counted nowhere')
  assert.equal(longevity.unfit, 4, 'one day too young, from elsewhere, and two who are forty-six')
})

test('what only an application settles is to be confirmed, and what is presumed of a family decides nothing', async () => {
  const found = await foundBy((await newest(MLG)).id)
  assert.deepEqual(found.周低保, { list: 'confirm', missing: ['mlg.income', 'mlg.property', 'mlg.authorised'], amount: 70_000 })
  assert.equal(found.周不低, undefined, 'nothing says that she needs it: nobody has judged her')
  assert.equal(found.周外地, undefined)
  const { rows } = await owner.query(
    `select p.name, f.presumed from outreach.found f join people.person p on p.id = f.person_id where run_id = $1 and cardinality(presumed) > 0`,
    [(await newest(MLG)).id],
  )
  assert.deepEqual(rows, [{ name: '周低保', presumed: ['mlg.income'] }])
  const [{ asked }] = (await owner.query('select asked from outreach.run where id = $1', [(await newest(MLG)).id])).rows
  assert.deepEqual(asked, ['mlg.property', 'mlg.authorised'])
})

test('the same search over the same snapshot has the same hash, at every height, and a night takes the place of the night before', async () => {
  const night = await newest(LONGEVITY)
  for (const [area, fits] of [
    [place.city, 4],
    [place.district, 4],
    [place.street, 4],
    [place.community, 4],
    [place.sibling, 0],
  ] as const) {
    const first = await ask(LONGEVITY, area)
    await work()
    const second = await ask(LONGEVITY, area)
    await work()
    const [one, other] = await runs('id = any($1)', [[first, second]])
    assert.deepEqual([one!.status, one!.fits, other!.hash], ['done', fits, one!.hash], area)
    if (area === place.city) assert.equal(one!.hash, night.hash)
    else assert.notEqual(one!.hash, night.hash)
  }
  const earlier = await runs('matter_code = $1 and requested_by is null', [LONGEVITY])
  assert.deepEqual(await foundBy(earlier[0]!.id), {})
})

test('a search of a street where nobody lives finds nobody, and is done', async () => {
  const empty = await ask(LONGEVITY, place.nextStreet)
  await work()
  const [run] = await runs('id = $1', [empty])
  assert.deepEqual([run!.status, run!.fits, run!.confirm, run!.unfit], ['done', 0, 0, 0])
  assert.match(run!.hash, /^[0-9a-f]{64}$/)
})

test('what is stopped half-way leaves nothing that anybody could read, and can be asked for again', async () => {
  const id = await ask(LONGEVITY, place.city)
  await assert.rejects(ask(LONGEVITY, place.city), /one_at_a_time/)
  const post = (await scene.officer('street-leader', [place.street])).postId
  const held = await holdBack()
  const working = work()
  await held.untilItWaits()
  const stopping = owner.query(
    `update outreach.run set status = 'cancelled', cancelled_by = $2, finished_at = $3 where id = $1`,
    [id, post, scene.now()],
  )
  await held.letGo()
  await stopping
  await working
  const [stopped] = await runs('id = $1', [id])
  assert.equal(stopped!.status, 'cancelled')
  assert.ok(stopped!.done < stopped!.total, `${stopped!.done}`)
  const again = await ask(LONGEVITY, place.city)
  await work()
  assert.equal((await runs('id = $1', [again]))[0]!.status, 'done')
  await work()
  assert.equal((await runs('id = $1', [id]))[0]!.status, 'cancelled', 'nobody takes it up again')
})

test('several that work on one search share its parts, and it comes out as if one had', async () => {
  const [night] = [await newest(LONGEVITY)]
  const id = await ask(LONGEVITY, place.city)
  await Promise.all([work(), work(), work()])
  const [run] = await runs('id = $1', [id])
  assert.deepEqual([run!.status, run!.hash, run!.done], ['done', night.hash, run!.total])
})

test('a process that dies in the middle leaves a search that the next minute goes on with', async () => {
  const id = await ask(LONGEVITY, place.city)
  await owner.query(`create function public.die() returns trigger language plpgsql as $$ begin
    if new.done_communities > 0 then raise exception 'gone' using errcode = '57P01'; end if; return new; end $$`)
  await owner.query('create trigger die before update on outreach.run for each row execute function public.die()')
  await assert.rejects(work(), /gone/)
  const [left] = await runs('id = $1', [id])
  assert.deepEqual([left!.status, left!.done], ['running', 0])
  await owner.query('drop function public.die cascade')
  await work()
  const [run] = await runs('id = $1', [id])
  assert.deepEqual([run!.status, run!.hash], ['done', (await newest(LONGEVITY)).hash])
})

test('one that breaks is said to have failed, takes nothing with it, and can be started again', async (t) => {
  t.mock.method(console, 'error', () => {})
  const id = await ask(LONGEVITY, place.street)
  await owner.query('alter table outreach.found add constraint broken check (false) not valid')
  await work()
  await owner.query('alter table outreach.found drop constraint broken')
  const [run] = await runs('id = $1', [id])
  assert.deepEqual([run!.status, run!.why], ['failed', 'broken'])
  const again = await ask(LONGEVITY, place.street)
  await work()
  assert.equal((await runs('id = $1', [again]))[0]!.status, 'done')
})

test('a snapshot that becomes another one meanwhile: it begins anew over that one', async () => {
  const id = await ask(LONGEVITY, place.street)
  const before = (await newest(LONGEVITY)).hash
  const held = await holdBack()
  const working = work()
  await held.untilItWaits()
  await owner.query(`update outreach.snapshot set known_at = '2026-11-24T03:10:00Z'`)
  await held.letGo()
  await working
  const { rows } = await owner.query(
    'select status, known_at, hash, fits, done_communities = total_communities as whole from outreach.run where id = $1',
    [id],
  )
  assert.deepEqual([rows[0].status, rows[0].fits, rows[0].whole], ['done', 4, true])
  assert.equal(rows[0].known_at.toISOString(), '2026-11-24T03:10:00.000Z')
  assert.notEqual(rows[0].hash, before)
})
