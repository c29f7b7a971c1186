/** Whom the searches find on the demo street, counted by hand: plain SQL over the registers, written after the law and not after the rules. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { searchTonight } from '../../src/core/outreach/index.ts'
import { settleDemo } from '../../src/demo/index.ts'
import { newId } from '../../src/platform/id.ts'
import { declared } from '../../src/platform/use-case/use-case.ts'
import { actorOf, makePost } from '../harness/cast.ts'
import { cloneDatabase } from '../harness/postgres.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'
import { DOMAINS } from '../harness/stages.ts'

const DAY = '2026-11-24'
const LONGEVITY = 'longevity-allowance'
const MLG = 'minimum-living-guarantee'

let scene: Scene
before(async () => {
  // That it is a demo is written before the node opens.
  const database = await cloneDatabase()
  const first = new pg.Client({ connectionString: database.ownerUrl })
  await first.connect()
  await first.query(`insert into platform.setting (name, value, at) values ('demo', '1', '2026-11-24T01:00:00Z')`)
  await first.end()
  const filesDir = join(process.env.KAIFONG_TEST_FOLDER!, `hand-count-${process.pid}`)
  scene = await openScene('2026-11-24T02:00:00Z', {}, { ...database, filesDir })
  const { owner, node, ownerUrl } = scene
  await settleDemo(ownerUrl, join(import.meta.dirname, '../../packs/guangzhou'), node.platform)
  // Whoever is at an edge of the law and not on the street already.
  const edges: [name: string, options: Parameters<Scene['neighbour']>[0]][] = [
    ['缘闰日七十', { bornOn: '1956-02-29' }],
    ['缘闰日九十', { bornOn: '1936-02-29' }],
    ['缘差三个月', { bornOn: '1957-02-24' }],
    ['缘差三个月零一天', { bornOn: '1957-02-25' }],
    ['缘户口不详', { bornOn: '1945-06-01', hukou: null }],
    ['缘户口在外', { bornOn: '1945-06-01', hukou: '430121001001' }],
    ['缘保密', { bornOn: '1945-06-01' }],
    ['缘不要找', { bornOn: '1945-06-01' }],
    ['缘在领', { bornOn: '1945-06-01' }],
    ['缘领完了', { bornOn: '1945-06-01' }],
    ['缘已申请', { bornOn: '1945-06-01' }],
  ]
  const ids = new Map<string, string>()
  for (const [name, options] of edges) ids.set(name, (await scene.neighbour({ name, ...options })).personId)
  await owner.query('update people.person set safety_flag = true where id = $1', [ids.get('缘保密')])
  for (const matter of [LONGEVITY, MLG])
    await owner.query('insert into outreach.opt_out (person_id, matter_code, since) values ($1, $2, $3)', [
      ids.get('缘不要找'),
      matter,
      scene.now(),
    ])
  for (const [name, during] of [
    ['缘在领', '[2026-01-01,)'],
    ['缘领完了', '[2020-01-01,2026-11-24)'],
  ] as const)
    await owner.query(
      `insert into people.benefit_receipt (id, person_id, matter_code, during, source, method, recorded_at) values ($1, $2, $3, $4, 'test', 'test', $5)`,
      [newId(scene.now()), ids.get(name), LONGEVITY, during, scene.now()],
    )
  const clerk = await makePost(scene, 'window-clerk', [place.street], DOMAINS)
  const actor = await actorOf(scene, 'staff', clerk.accountId, clerk.postId, scene.now())
  const typed = { 'about-you': 'yes', account: 'other', 'account-number': '6222021111111111112' }
  await declared
    .get('cases.receive-at-window')!
    .run(
      { platform: node.platform, actor, now: scene.now(), requestId: newId(scene.now()) },
      { personId: ids.get('缘已申请'), matterCode: LONGEVITY, typed },
    )
  scene.at('2026-11-24T02:05:00Z')
  await searchTonight(node.platform)
})
after(() => scene?.close())

const column = async (text: string, values: unknown[] = []): Promise<string[]> =>
  (await scene.owner.query(text, values)).rows.map(({ id }) => id)
const found = (matter: string, list: string) =>
  column(
    `select f.person_id as id from outreach.found f join outreach.run r on r.id = f.run_id
     where r.matter_code = $1 and r.status = 'done' and f.list = $2 order by 1`,
    [matter, list],
  )
/** With her hukou, as far as somebody is on record here; without who receives it, has applied, or does not want to be looked for. */
const people = (matter: string) => `
  select p.id, p.name, p.born_on, p.safety_flag, (select h.area from people.hukou_spell h where h.person_id = p.id and h.during @> date '${DAY}') as hukou
  from people.person p
  where (exists (select from people.dwelling_occupancy o where o.person_id = p.id and o.during @> date '${DAY}' and o.area like '4401%')
    or exists (select from people.hukou_spell h where h.person_id = p.id and h.during @> date '${DAY}' and h.area in (select code from areas.area)))
  and p.id not in (select person_id from people.benefit_receipt where matter_code = '${matter}' and during @> date '${DAY}')
  and p.id not in (select applicant_id from cases.case where matter_code = '${matter}' and status not in ('closed', 'withdrawn', 'not_accepted'))
  and p.id not in (select person_id from outreach.opt_out where matter_code = '${matter}')`

/** 年满 70, 可提前 3 个月: of age on 24 February 2027. Who was born on a 29 February is so on 1 March where there is none: 1957 has none. */
const OLD = `born_on <= '1957-02-24'`

test('the longevity allowance: old enough, with a hukou in the city', async () => {
  const fits = await column(`select id from (${people(LONGEVITY)}) p where ${OLD} and hukou like '4401%' order by 1`)
  assert.ok(fits.length > 30, `${fits.length}`)
  assert.deepEqual(await found(LONGEVITY, 'fits'), fits)
  const confirm = await column(
    `select id from (${people(LONGEVITY)}) p where (hukou is null and (born_on is null or ${OLD})) or (born_on is null and hukou like '4401%') order by 1`,
  )
  assert.deepEqual(await found(LONGEVITY, 'confirm'), confirm)
})

test('by name, at the edges of the law', async () => {
  const named = async (list: string) =>
    (
      await scene.owner.query(
        `select p.name from outreach.found f join outreach.run r on r.id = f.run_id join people.person p on p.id = f.person_id
         where r.matter_code = $1 and r.status = 'done' and f.list = $2 and p.name like '缘%' order by p.name`,
        [LONGEVITY, list],
      )
    ).rows.map(({ name }) => name)
  assert.deepEqual((await named('fits')).sort(), ['缘保密', '缘差三个月', '缘闰日七十', '缘闰日九十', '缘领完了'].sort())
  assert.deepEqual(await named('confirm'), ['缘户口不详'])
})

/** 低保 looks at whoever’s family, all who live with her, is known to have less than 1,200 yuan a head, and at whoever is severely disabled or has the subsidy of disabled people. */
const SOUGHT = `(id in (select p.person_id from people.disability_certificate p where p.during @> date '${DAY}' and p.grade in (1, 2))
  or id in (select person_id from people.benefit_receipt where matter_code = 'disability-living-subsidy' and during @> date '${DAY}')
  or id in (select o.person_id from people.dwelling_occupancy o where o.during @> date '${DAY}' and (
    select count(*) filter (where i.id is null) = 0 and sum(i.monthly_fen) < 120000 * count(*)
    from people.dwelling_occupancy m join people.person q on q.id = m.person_id
      left join people.income_declaration i on i.person_id = m.person_id and i.during @> date '${DAY}'
    where m.dwelling_id = o.dwelling_id and m.during @> date '${DAY}' and (not q.safety_flag or q.id = o.person_id))))`

test('the minimum living guarantee: nobody fits before property and agreement are checked; of those who are looked at, whoever has a hukou in the city and not too much may', async () => {
  assert.deepEqual(await found(MLG, 'fits'), [])
  const may = await column(
    `select id from (${people(MLG)}) p where (hukou is null or hukou like '4401%') and ${SOUGHT} order by 1`,
  )
  assert.ok(may.length > 10, `${may.length}`)
  assert.deepEqual(await found(MLG, 'confirm'), may)
})

test('what is counted is who is on the lists and who is on none, without whoever is hidden', async () => {
  for (const matter of [LONGEVITY, MLG]) {
    const [counts] = (
      await scene.owner.query(
        `select fits, confirm, unfit, (select sum(persons)::int from outreach.run_count c where c.run_id = r.id) as by_area from outreach.run r where matter_code = $1 and hash is not null
         order by finished_at desc, id desc limit 1`,
        [matter],
      )
    ).rows
    const [all] = (
      await scene.owner.query(
        `select count(*)::int as n from (${people(matter)}) p where not safety_flag${matter === MLG ? ` and ${SOUGHT}` : ''}`,
      )
    ).rows
    assert.equal(counts.fits + counts.confirm + counts.unfit, all.n, matter)
    assert.equal(counts.by_area, all.n, matter)
    const [listed] = (
      await scene.owner.query(
        `select count(*) filter (where f.list = 'fits')::int as fits, count(*) filter (where f.list = 'confirm')::int as confirm from outreach.found f
         join outreach.run r on r.id = f.run_id join people.person p on p.id = f.person_id where r.matter_code = $1 and not p.safety_flag`,
        [matter],
      )
    ).rows
    assert.deepEqual([counts.fits, counts.confirm], [listed.fits, listed.confirm], matter)
  }
})
