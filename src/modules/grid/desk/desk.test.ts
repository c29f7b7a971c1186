/** The pages of incidents at the desk, by their forms alone: what waits for whom, each act, and a report taken by phone. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { FormBrowser } from '../../../../test/harness/form-browser.ts'
import { openScene, place, type Scene } from '../../../../test/harness/scene.ts'

let scene: Scene
let supervisor: FormBrowser
let dispatcher: FormBrowser
let unit: FormBrowser
let worker: FormBrowser
let lamps: string
before(async () => {
  scene = await openScene()
  const at = async (role: string, area: string) => {
    const officer = await scene.officer(role, [area], { domains: ['grid'] })
    return { postId: officer.postId, browser: new FormBrowser(scene, officer.cookie, officer.address) }
  }
  supervisor = (await at('grid-supervisor', place.street)).browser
  dispatcher = (await at('grid-dispatcher', place.street)).browser
  worker = (await at('grid-worker', place.community)).browser
  const lampsman = await at('unit-officer', place.street)
  unit = lampsman.browser
  lamps = (await scene.owner.query('select organisation_id as id from access.post where id = $1', [lampsman.postId])).rows[0].id
  await scene.owner.query(`update access.organisation set kind = 'unit', name = '示例路灯所' where id = $1`, [lamps])
})
after(() => scene?.close())

/** Sends the form of one act as it stands on the incident's page. */
const act = async (who: FormBrowser, id: string, name: string, fields: Record<string, string> = {}) => {
  const page = await who.see(`/desk/incidents/${id}`)
  const form = page.html.split('<form').find((part) => part.includes(`name="act" value="${name}"`))
  assert.ok(form, `there is no form to ${name}`)
  const hidden = Object.fromEntries(
    [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, key, value]) => [key!, value!]),
  )
  return who.send('POST', `/desk/incidents/${id}/act`, new URLSearchParams({ ...hidden, ...fields }))
}
const statusOf = async (id: string): Promise<string> =>
  (await scene.owner.query('select status from grid.incident where id = $1', [id])).rows[0].status

test('what is told on the phone goes through every hand, and each sees only her own step', async () => {
  const form = '/desk/incidents/new'
  const wrong = await supervisor.fill(form, form, {
    channel: 'phone',
    classCode: 'street-lamp',
    area: '',
    place: '',
    words: '灯黑了',
  })
  const back = wrong.to ? await supervisor.see(wrong.to) : wrong
  assert.match(back.html, /请选一项/)
  assert.match(back.html, /灯黑了/, 'what was typed is there')
  const sent = await supervisor.fill(form, form, {
    channel: 'phone',
    classCode: 'street-lamp',
    area: place.community,
    place: '示例一巷 3 号',
    words: '灯黑了',
    name: '黄丽',
    phone: '10000001234',
  })
  assert.match(sent.to ?? '', /^\/desk\/incidents\/new\?sent=W/)
  const { id } = (await scene.owner.query('select id from grid.incident order by reported_at desc limit 1')).rows[0]

  assert.ok(!(await dispatcher.see('/desk/incidents')).html.includes(id), 'not yet the dispatcher’s')
  assert.ok((await supervisor.see('/desk/incidents')).html.includes(id))
  await act(supervisor, id, 'verify', { note: '打过电话' })
  await act(supervisor, id, 'file', { condition: 'one', title: '路灯不亮', shown: 'yes' })
  assert.equal(await statusOf(id), 'filed')
  assert.ok(!(await supervisor.see(`/desk/incidents/${id}`)).html.includes('value="dispatch"'))

  assert.ok((await dispatcher.see('/desk/incidents')).html.includes(id))
  const missing = await act(dispatcher, id, 'dispatch', { unitId: '' })
  assert.ok(missing.to, String(missing.status))
  assert.match((await dispatcher.see(missing.to)).html, /请选派给哪个单位/, 'what is wrong, and what to do')
  const unchosen = await act(dispatcher, id, 'dispatch', { unitId: '' })
  assert.equal(await statusOf(id), 'filed', String(unchosen.status))
  await act(dispatcher, id, 'dispatch', { unitId: lamps })
  await act(unit, id, 'take_on')
  await act(unit, id, 'hand_in', { note: '换了灯泡' })
  await act(worker, id, 'pass_check', { how: 'on_site', note: '亮了' })
  assert.equal(await statusOf(id), 'closed')
  const page = (await supervisor.see(`/desk/incidents/${id}`)).html
  for (const said of ['解决（现场核查）', '换了灯泡', '示例路灯所', '现在没有您要做的']) assert.ok(page.includes(said), said)
  assert.ok(!page.includes('10000001234'), 'who reported is opened apart')
  assert.ok((await supervisor.see(`/desk/incidents/${id}/reporters`)).html.includes('10000001234'))
  assert.equal((await unit.see(`/desk/incidents/${id}/reporters`)).status, 403)
})

test('what is alike is proposed, and linked by one press', async () => {
  await scene.owner.query(
    `insert into grid.grid (id, code, name, area, boundary, crs, west, south, east, north, valid_from, source, recorded_at) values
      (gen_random_uuid(), 'T1', '示例网格', $1, '{"type":"Polygon","coordinates":[[[113.3,23.1],[113.4,23.1],[113.4,23.2],[113.3,23.2],[113.3,23.1]]]}', 'CGCS2000', 113.3, 23.1, 113.4, 23.2, '2026-01-01', 'test', now())`,
    [place.community],
  )
  const report = async (lon: number) =>
    (
      await scene.stranger.post('/api/v1/reports', {
        classCode: 'fire-exit',
        words: '堵了',
        place: { lon, lat: 23.15, crs: 'CGCS2000' },
      })
    ).body.number
  const [first, second, far] = [await report(113.35), await report(113.3502), await report(113.36)]
  const idOf = async (number: string) =>
    (await scene.owner.query('select id from grid.incident where number = $1', [number])).rows[0].id
  const parent = await idOf(first)
  const page = (await supervisor.see(`/desk/incidents/${parent}`)).html
  assert.ok(page.includes(second) && !page.includes(far), 'twenty metres away, and not a kilometre')
  await act(supervisor, parent, 'link', { [`child-${await idOf(second)}`]: 'yes' })
  assert.equal(await statusOf(await idOf(second)), 'linked')
  assert.match((await supervisor.see(`/desk/incidents/${await idOf(second)}`)).html, new RegExp(`这件已经并到.*${first}`, 's'))
})

test('an address that is none, another street’s post and a stranger find nothing', async () => {
  const other = await scene.officer('grid-supervisor', [place.nextStreet], { domains: ['grid'] })
  const { id } = (await scene.owner.query('select id from grid.incident limit 1')).rows[0]
  assert.equal((await new FormBrowser(scene, other.cookie, other.address).see(`/desk/incidents/${id}`)).status, 404)
  assert.equal((await supervisor.see('/desk/incidents/x')).status, 404)
  assert.notEqual((await new FormBrowser(scene, '', '10.9.9.9').see(`/desk/incidents/${id}`)).status, 200)
})

const newLamp = async (): Promise<string> => {
  const { body } = await scene.stranger.post('/api/v1/reports', {
    classCode: 'street-lamp',
    words: '黑了',
    place: { area: place.community, text: '示例二巷' },
  })
  return (await scene.owner.query('select id from grid.incident where number = $1', [body.number])).rows[0].id
}
/** What the page says after a form that was not taken. */
const mended = async (who: FormBrowser, id: string, name: string, fields: Record<string, string>): Promise<string> =>
  (await who.see((await act(who, id, name, fields)).to!)).html

test('filing offers the conditions of one class, chooses none, and says what each means', async () => {
  const id = await newLamp()
  await act(supervisor, id, 'verify')
  const page = (await supervisor.see(`/desk/incidents/${id}`)).html
  assert.match(page, /连着三盏以上不亮/)
  assert.ok(!page.includes('人可能掉下去'), 'no condition of another class')
  assert.ok(!/name="condition"[^>]*checked/.test(page), 'nothing is chosen beforehand')
  for (const said of ['B 级 · 期限 1 个工作日', 'A 级最急', '本来就没有这件事', '不够立案条件'])
    assert.ok(page.includes(said), said)
  const other = (await supervisor.see(`/desk/incidents/${id}?class=manhole-cover`)).html
  assert.ok(other.includes('人可能掉下去') && !other.includes('连着三盏以上不亮'))
  assert.match(await mended(supervisor, id, 'file', { condition: '', title: '' }), /请选一个立案条件.*请写标题/s)
  assert.match(await mended(supervisor, id, 'not_file', { reason: ' ' }), /请写理由/)
  await act(supervisor, id, 'file', { condition: 'one', title: '路灯不亮', shown: 'yes' })
  await act(dispatcher, id, 'dispatch', { unitId: lamps })
  assert.match((await supervisor.see(`/desk/incidents/${id}`)).html, /等示例路灯所签收/)
  await act(unit, id, 'take_on')
  const asks = (await unit.see(`/desk/incidents/${id}`)).html
  assert.match(asks, /最多延长 3 个工作日/)
  assert.match(
    await mended(unit, id, 'request_extension', { by: 'x', why: '', reason: '' }),
    /大于 0 的整数.*从列出的里面选一个原因.*请写理由/s,
  )
  assert.match(await mended(unit, id, 'request_extension', { by: '4', why: 'parts', reason: '等货' }), /最多延长 3/)
  await act(unit, id, 'request_extension', { by: '3', why: 'parts', reason: '等货' })
  assert.match(await mended(unit, id, 'hand_in', { note: '' }), /请写做了什么/)
  await act(dispatcher, id, 'hang', { why: 'parts', reason: '等货', basis: '示例办法', notice: '1 号' })
  assert.match((await dispatcher.see(`/desk/incidents?list=open`)).html, /暂停计时.*等配件、材料/s)
})

test('each list says how many; overdue is everybody’s, whoever’s step it is', async () => {
  await scene.owner.query(`update grid.incident set stage_due_at = '2026-01-01' where id = $1`, [await newLamp()])
  const numbers = async (who: FormBrowser, list: string) => {
    const { html } = await who.see(`/desk/incidents?list=${list}`)
    return [...html.matchAll(/list=(todo|overdue|open|ended)"[^>]*>[^<]*<b[^>]*>\s*([\d,+]+)/g)].map(
      ([, name, n]) => `${name} ${n}`,
    )
  }
  const { rows } = await scene.owner.query(
    `select count(*) filter (where open)::int as open, count(*) filter (where not open)::int as ended from grid.incident`,
  )
  const [dispatching, supervising] = [await numbers(dispatcher, 'overdue'), await numbers(supervisor, 'overdue')]
  assert.ok(dispatching.includes(`open ${rows[0].open}`) && dispatching.includes(`ended ${rows[0].ended}`), dispatching.join())
  assert.ok(dispatching.includes('overdue 1') && supervising.includes('overdue 1'), 'the same for both')
  assert.ok(dispatching.includes('todo 1'), 'what hangs waits for the dispatcher')
})
