/** Leaders have somebody searched for and see how many; a community officer sees whom, and each look at one of them is in the record that she reads. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { searchTonight, searchWaiting } from '../../src/core/outreach/index.ts'
import { sql } from '../../src/platform/database/tx.ts'
import { FormBrowser } from '../harness/form-browser.ts'
import { type Answer, type Neighbour, openScene, place, type Scene } from '../harness/scene.ts'
import { DOMAINS } from '../harness/stages.ts'

const LONGEVITY = 'longevity-allowance'
const LIST = `/api/v1/visits/${LONGEVITY}/${place.community}`

let scene: Scene
let old: Neighbour[]
let officer: Awaited<ReturnType<Scene['officer']>>
let leader: Awaited<ReturnType<Scene['officer']>>
before(async () => {
  scene = await openScene()
  officer = await scene.officer('community-officer', [place.community])
  leader = await scene.officer('street-leader', [place.street])
})
after(() => scene?.close())

const ok = ({ status, body }: Answer) => {
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const names = (body: { people: { name: string }[] }): string[] => body.people.map(({ name }) => name)
const looks = async (personId: string): Promise<string[]> =>
  (await scene.owner.query('select purpose from access.read_entry where person_id = $1 order by at', [personId])).rows.map(
    ({ purpose }) => purpose,
  )

test('before the first night there is nothing to search, and the page says when there will be', async () => {
  const { status, body } = await leader.post('/api/v1/searches', { matter: LONGEVITY, area: place.street })
  assert.deepEqual([status, body.code], [409, 'search.no_snapshot'])
  assert.match(body.detail, /明天/)
  assert.deepEqual(ok(await officer.get('/api/v1/visits')).rows, [])
})

test('a community officer sees whom the night found in her community, and what is missing', async () => {
  old = []
  for (const [n, bornOn] of ['1950-05-01', '1940-02-29', '1957-02-20'].entries())
    old.push(await scene.neighbour({ name: `符合${n}`, bornOn }))
  await scene.neighbour({ name: '无户口', bornOn: '1945-01-01', hukou: null })
  await scene.neighbour({ name: '别的社区', bornOn: '1945-01-01', community: place.sibling })
  await scene.neighbour({ name: '年轻', bornOn: '1990-01-01' })
  await searchTonight(scene.node.platform)
  const { rows } = ok(await officer.get('/api/v1/visits'))
  const countsOf = (code: string) => rows.find((row: { matterCode: string }) => row.matterCode === code).counts
  assert.deepEqual(countsOf(LONGEVITY), { fits: 3, likely: 0, open: 1, done: 0 })
  assert.deepEqual(
    countsOf('minimum-living-guarantee'),
    { fits: 0, likely: 0, open: 0, done: 0 },
    'of nobody here is an income on record',
  )
  const page = ok(await officer.get(LIST))
  assert.deepEqual(names(page), ['符合0', '符合1', '符合2'], 'house by house')
  assert.match(page.people[0].address, /^示例路 \d+ 号$/)
  const missing = ok(await officer.get(`${LIST}?group=open`))
  assert.deepEqual(
    missing.people.map((one: { name: string; missing: string[] }) => [one.name, one.missing]),
    [['无户口', ['longevity.hukou']]],
  )
})

test('each person on the page is one look, with the matter, before she is shown', async () => {
  assert.deepEqual(await looks(old[0]!.personId), [`outreach:${LONGEVITY}`])
  ok(await officer.get(LIST))
  assert.deepEqual(await looks(old[0]!.personId), [`outreach:${LONGEVITY}`, `outreach:${LONGEVITY}`])
  const herself = await scene.resident({ person: old[0]! })
  const page = (await herself.get('/me/reads')).body
  assert.match(page, /政策找人：看看您能不能享受“长寿/)
  assert.match(page, /可能享受政策的人的名单/)
})

test('what came of a visit is on the list, and who does not want it leaves the list', async () => {
  const at = (who: Neighbour) => `${LIST}/${who.personId}`
  ok(await officer.post(at(old[0]!), { result: 'not_home' }))
  scene.at('2026-11-24T02:10:00Z')
  ok(await officer.post(at(old[0]!), { result: 'told' }))
  ok(await officer.post(at(old[1]!), { result: 'not_wanted' }))
  const page = ok(await officer.get(LIST))
  assert.deepEqual(names(page), ['符合2', '符合0'], 'who was not looked up yet comes first')
  assert.deepEqual(
    page.people[1].tried.map(({ result }: { result: string }) => result),
    ['told', 'not_home'],
  )
  assert.deepEqual(names(ok(await officer.get(`${LIST}?group=done`))), ['符合1'])
  for (const result of ['dead', 'applied'])
    assert.equal((await officer.post(at(old[0]!), { result })).status, 422, 'the list knows her case')
})

test('what was noted by mistake is taken back by whoever noted it, stays written, and counts no more', async () => {
  const done = ok(await officer.get(`${LIST}?group=done`)).people[0]
  const [wrong] = done.tried
  assert.deepEqual([wrong.result, wrong.takenBack, wrong.mayTakeBack], ['not_wanted', null, true])
  const mistake = (who: typeof officer, visitId: string) =>
    who.post(`/api/v1/visits/notes/${visitId}/mistake`, { why: 'other_person' })
  const colleague = await scene.officer('community-officer', [place.community])
  const sibling = await scene.officer('community-officer', [place.sibling])
  for (const [who, status, code] of [
    [colleague, 409, 'visit.not_yours'],
    [sibling, 404, 'visit.not_found'],
  ] as const) {
    const answer = await mistake(who, wrong.id)
    assert.deepEqual([answer.status, answer.body.code], [status, code])
  }
  assert.equal(ok(await colleague.get(`${LIST}?group=done`)).people[0].tried[0].mayTakeBack, false)
  await assert.rejects(
    scene.node.platform.db.as(
      { role: 'app_staff', area: place.community, domains: DOMAINS, subjects: [], accountId: null, postId: colleague.postId },
      (tx) =>
        tx.run(sql`insert into outreach.visit_taken_back (visit_id, why, at, post_id)
          values (${wrong.id}, 'other_person', ${scene.now()}, ${colleague.postId})`),
    ),
    /row-level security/,
  )

  // By the page, as she would: opened, one press for the reason.
  const browser = new FormBrowser(scene, officer.cookie, officer.address)
  const html = (await browser.see(`/desk/visits/${LONGEVITY}/${place.community}?list=done`)).html
  assert.match(html, /记错了？收回“/)
  const token = /name="_csrf" value="([^"]+)"/.exec(html)![1]!
  const answer = await browser.send(
    'POST',
    `/desk/visits/${LONGEVITY}/${place.community}/${wrong.id}/mistake`,
    new URLSearchParams({ _csrf: token, list: 'fits', why: 'other_person' }),
  )
  const after = (await browser.see(answer.to!)).html
  assert.match(after, /已经收回。请照实再记一次/)
  assert.match(after, /本人不需要（已收回：记错了人）/)
  assert.deepEqual(names(ok(await officer.get(LIST))), ['符合1', '符合2', '符合0'], 'she is on the list again, as not looked up')
  const again = await mistake(officer, wrong.id)
  assert.deepEqual([again.status, again.body.code], [409, 'visit.taken_back'])

  const told = ok(await officer.get(LIST)).people[2].tried[0]
  scene.at('2026-12-02T02:10:00Z')
  await officer.again()
  const late = await mistake(officer, told.id)
  assert.deepEqual([late.status, late.body.code], [409, 'visit.too_late'])
  assert.deepEqual(
    ok(await officer.get(LIST)).people[2].tried.map((one: { mayTakeBack: boolean }) => one.mayTakeBack),
    [false, false],
  )
  scene.at('2026-11-24T02:20:00Z')
  await officer.again()
  ok(await officer.post(`${LIST}/${old[1]!.personId}`, { result: 'not_wanted' }))
})

test('whoever says 不要找我, or is hidden, is on no list from that moment on', async () => {
  await scene.owner.query('insert into outreach.opt_out (person_id, matter_code, since) values ($1, $2, $3)', [
    old[0]!.personId,
    LONGEVITY,
    scene.now(),
  ])
  assert.deepEqual(names(ok(await officer.get(`${LIST}?group=fits`))), ['符合2'])
  const { status, body } = await officer.post(`${LIST}/${old[0]!.personId}`, { result: 'told' })
  assert.deepEqual([status, body.code], [404, 'visit.not_listed'])
  await scene.owner.query('update people.person set safety_flag = true where id = $1', [old[2]!.personId])
  assert.deepEqual(names(ok(await officer.get(`${LIST}?group=fits`))), [])
  await scene.owner.query('update people.person set safety_flag = false where id = $1', [old[2]!.personId])
  await scene.owner.query('update outreach.opt_out set ended_at = $1', [scene.now()])
  assert.deepEqual(names(ok(await officer.get(`${LIST}?group=fits`))), ['符合2', '符合0'])
})

test('a foreign community, another line and a leader reach no list, in the program and in SQL', async () => {
  const sibling = await scene.officer('community-officer', [place.sibling])
  const health = await scene.officer('community-officer', [place.community], { domains: ['health'] })
  for (const who of [sibling, health]) {
    const { status, body } = await who.get(LIST)
    assert.deepEqual([status, body.code], [404, 'visit.no_list'])
    assert.equal((await who.post(`${LIST}/${old[2]!.personId}`, { result: 'told' })).status, 404)
  }
  assert.equal((await leader.get(LIST)).status, 403)
  assert.equal((await officer.get('/api/v1/searches')).status, 403)
  const { db } = scene.node.platform
  const seen = async (area: string, domains: readonly string[] = DOMAINS) =>
    (
      await db.as({ role: 'app_staff', area, domains, subjects: [], accountId: null }, (tx) =>
        tx.one(sql<{ n: number }>`select (select count(*) from outreach.found)::int + (select count(*) from outreach.visit)::int
          + (select count(*) from outreach.run_count)::int as n`),
      )
    ).n
  assert.ok((await seen(place.community)) > 5)
  assert.equal(await seen(place.nextStreet), 0)
  assert.equal(await seen(place.community, ['health']), 0)
  assert.equal(await seen(''), 0)
  const other = {
    role: 'app_resident',
    area: place.community,
    domains: [],
    subjects: [old[2]!.personId],
    accountId: 'a',
  } as const
  const found = await db.as(other, (tx) => tx.rows(sql<{ person_id: string }>`select distinct person_id from outreach.found`))
  assert.deepEqual(found, [{ person_id: old[2]!.personId }], 'a resident sees herself')
  await assert.rejects(
    db.as({ ...other, role: 'app_system', area: place.city, domains: DOMAINS, subjects: [] }, (tx) =>
      tx.run(sql`update outreach.found set list = 'confirm'`),
    ),
    /permission denied/,
  )
  const changed = await db.as({ ...other, role: 'app_system', area: place.city, domains: DOMAINS, subjects: [] }, (tx) =>
    tx.run(sql`update outreach.run set fits = 99 where status = 'done'`),
  )
  assert.equal(changed, 0, 'what is done is frozen')
})

test('a leader asks for a search once, sees it through, and gets counts without names', async () => {
  const first = ok(await leader.post('/api/v1/searches', { matter: LONGEVITY, area: place.street }))
  const again = ok(await leader.post('/api/v1/searches', { matter: LONGEVITY, area: place.street }))
  assert.equal(again.id, first.id, 'it runs already')
  const waits = ok(await leader.get(`/api/v1/searches/${first.id}`))
  assert.deepEqual([waits.search.status, waits.counts], ['waiting', null])
  await searchWaiting(scene.node.platform)
  const page = ok(await leader.get(`/api/v1/searches/${first.id}`))
  assert.equal(page.search.status, 'done')
  const row = page.counts.rows.find(({ code }: { code: string }) => code === place.community)
  assert.deepEqual(row.counts.slice(0, 2), [null, null], '3 and 1 are withheld')
  assert.ok(!JSON.stringify(page).includes('符合0'))
  for (const [matter, area, status, code] of [
    [LONGEVITY, place.nextStreet, 403, 'access.not_your_area'],
    [LONGEVITY, place.city, 403, 'access.not_your_area'],
    ['residence-registration', place.street, 422, 'search.not_searched'],
    ['no-such-matter', place.street, 422, 'search.not_searched'],
  ] as const) {
    const answer = await leader.post('/api/v1/searches', { matter, area })
    assert.deepEqual([answer.status, answer.body.code], [status, code], `${matter} ${area}`)
  }
})

test('of a search over a part of her area a leader above sees no numbers; of one over more, her own area by name', async () => {
  const { id } = ok(await leader.post('/api/v1/searches', { matter: LONGEVITY, area: place.street }))
  await searchWaiting(scene.node.platform)
  const [district, twoStreets] = [
    await scene.officer('district-leader', [place.district]),
    await scene.officer('street-leader', [place.street, place.nextStreet]),
  ]
  for (const above of [district, twoStreets]) {
    const seen = ok(await above.get(`/api/v1/searches/${id}`))
    assert.deepEqual([seen.search.status, seen.counts, seen.isOfPart], ['done', null, true])
  }
  const html = String((await district.get(`/desk/searches/${id}`)).body)
  assert.match(html, /人数只给那里的人员看/)
  assert.doesNotMatch(html, /各处有多少人/)
  const own = ok(await leader.get(`/api/v1/searches/${id}`))
  assert.deepEqual([own.isOfPart, own.areas], [false, [place.street]])
  assert.ok(own.counts.rows.length > 0)
  const night = (
    await scene.owner.query(`select id from outreach.run where matter_code = $1 and area = $2 and status = 'done'`, [
      LONGEVITY,
      place.city,
    ])
  ).rows[0].id
  const wide = ok(await leader.get(`/api/v1/searches/${night}`))
  assert.deepEqual([wide.areas, wide.isOfPart], [[place.street], false])
  assert.match(String((await leader.get(`/desk/searches/${night}`)).body), /五山街道各处有多少人/)
})

test('a search is stopped by whoever may stop it, once', async () => {
  const { id } = ok(await leader.post('/api/v1/searches', { matter: LONGEVITY, area: place.community }))
  const stranger = await scene.officer('street-leader', [place.nextStreet])
  assert.equal((await stranger.post(`/api/v1/searches/${id}/stop`)).status, 404)
  ok(await leader.post(`/api/v1/searches/${id}/stop`))
  const { status, body } = await leader.post(`/api/v1/searches/${id}/stop`)
  assert.deepEqual([status, body.code], [409, 'search.over'])
  await searchWaiting(scene.node.platform)
  assert.equal(ok(await leader.get(`/api/v1/searches/${id}`)).search.status, 'cancelled')
})

test('who applies after the search is settled, and counted as such', async () => {
  const clerk = await scene.officer('window-clerk', [place.street])
  const typed = { 'about-you': 'yes', account: 'other', 'account-number': '6222021111111111112' }
  ok(await clerk.post('/api/v1/window/cases', { personId: old[2]!.personId, matterCode: LONGEVITY, typed }))
  assert.deepEqual(names(ok(await officer.get(`${LIST}?group=fits`))), ['符合0'])
  const done = ok(await officer.get(`${LIST}?group=done`)).people
  assert.deepEqual(
    done.map((one: { name: string; applied: boolean }) => [one.name, one.applied]),
    [
      ['符合2', true],
      ['符合1', false],
    ],
  )
})

test('after sixty days the list is gone', async () => {
  scene.at('2027-01-24T02:00:00Z')
  await officer.again()
  assert.deepEqual(ok(await officer.get('/api/v1/visits')).rows, [])
  assert.equal((await officer.get(LIST)).status, 404)
  await searchTonight(scene.node.platform)
  const { rows } = await scene.owner.query(
    `select (select count(*)::int from outreach.found f join outreach.run r on r.id = f.run_id where r.expires_on < '2027-01-24') as found, (select count(*)::int from outreach.visit) as visits`,
  )
  assert.deepEqual(rows, [{ found: 0, visits: 0 }])
})
