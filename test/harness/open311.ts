/** A client of Open311, and a street with the officers who take up what it reports. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { newId } from '../../src/platform/id.ts'
import { openScene, place } from './scene.ts'

export const NO_ONE = '00000000-0000-4000-8000-000000000000'
export const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
export const lamp = { service_code: 'street-lamp', lat: '23.15', long: '113.35', description: '隔壁老王 13800001111 说灯坏了' }
export const tag = (name: string, text: string): string | undefined => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]

interface Reply {
  status: number
  type: string
  text: string
  headers: Record<string, unknown>
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
  json(): any
}
type Method = 'GET' | 'POST' | 'HEAD' | 'OPTIONS' | 'PUT'
const square = [[[113.34, 23.14], [113.36, 23.14], [113.36, 23.16], [113.34, 23.16], [113.34, 23.14]]] // biome-ignore format: a square

export async function openOpen311() {
  const scene = await openScene('2026-11-24T02:00:00Z', { unsafePerMinute: 10_000, readsPerMinute: 10_000 })
  const inGrid = { domains: ['grid'] }
  const supervisor = await scene.officer('grid-supervisor', [place.street], inGrid)
  const dispatcher = await scene.officer('grid-dispatcher', [place.street], inGrid)
  const administrator = await scene.officer('system-administrator', [place.district])
  const unit = await scene.officer('unit-officer', [place.street], inGrid)
  const { rows } = await scene.owner.query('select organisation_id as id from access.post where id = $1', [unit.postId])
  const unitId: string = rows[0].id
  await scene.owner.query(`update access.organisation set kind = 'unit', name = '示例路灯所' where id = $1`, [unitId])
  await scene.owner.query(
    `insert into grid.grid (id, code, name, area, boundary, crs, west, south, east, north, valid_from, source, demo, recorded_at)
     values ($1, 'T-1', '示例一格', $2, $3, 'WGS84', 113.34, 23.14, 113.36, 23.16, '2026-01-01', 'test', true, $4)`,
    [newId(scene.now()), place.community, JSON.stringify({ type: 'Polygon', coordinates: square }), scene.now()],
  )
  await scene.owner.query(
    `insert into grid.crossing (id, name, street, lon, lat, source, demo) values ($1, '示例路与示例街<口>', $2, 113.351, 23.151, 'test', true)`,
    [newId(scene.now()), place.street],
  )

  async function send(method: Method, path: string, payload?: string, headers: Record<string, string> = {}): Promise<Reply> {
    const sent = payload === undefined ? {} : { payload }
    const answer = await scene.node.app.inject({ method, url: `/open311/v2/${path}`, headers, ...sent })
    return {
      status: answer.statusCode,
      type: String(answer.headers['content-type']),
      text: answer.body,
      headers: answer.headers,
      json: () => answer.json(),
    }
  }
  const get = (path: string, headers?: Record<string, string>) => send('GET', path, undefined, headers)
  const post = (path: string, fields: Record<string, string> | string, headers: Record<string, string> = FORM) =>
    send('POST', path, typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(), headers)
  const done = async (answer: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = await answer
    assert.equal(status, 200, JSON.stringify(body))
  }
  const inside = async (publicId: string): Promise<string> =>
    (await scene.owner.query('select id from grid.incident where public_id = $1', [publicId])).rows[0].id
  const one = async (id: string) => (await get(`requests/${id}.json`)).json()[0]

  async function reported(more: Record<string, string> = {}) {
    const answer = await post('requests.json', { ...lamp, ...more })
    assert.equal(answer.status, 200, answer.text)
    const token = answer.json()[0].token as string
    const id = (await get(`tokens/${token}.json`)).json()[0].service_request_id as string
    return { token, id }
  }
  async function filed(title = '路灯不亮 & <三盏>') {
    const found = await reported()
    const id = await inside(found.id)
    const filing = { classCode: 'street-lamp', condition: 'one', title, shown: true }
    await done(supervisor.post(`/api/v1/incidents/${id}/verification`))
    await done(supervisor.post(`/api/v1/incidents/${id}/filing`, filing))
    return { ...found, inside: id }
  }
  async function checked() {
    const found = await filed()
    const at = `/api/v1/incidents/${found.inside}`
    await done(dispatcher.post(`${at}/dispatch`, { unitId }))
    await done(unit.post(`${at}/taking-on`))
    await done(unit.post(`${at}/handling`, { note: '换了灯，老王在家' }))
    await done(supervisor.post(`${at}/check`, { how: 'from_papers' }))
    return found
  }
  async function aKey(perMinute = 60, name = '示例随手拍'): Promise<string> {
    const key = `kf_${randomBytes(32).toString('base64url')}`
    await done(administrator.post('/api/v1/programs', { key, name, keeper: '示例区城管局信息科', perMinute }))
    return key
  }
  /** What is listed of a key; nothing where the key is refused. */
  async function listed(key: string, more = ''): Promise<string[]> {
    const answer = (await get(`requests.json?own=true&api_key=${key}${more}`)).json()
    return answer[0]?.code ? [] : answer.map((each: { service_request_id: string }) => each.service_request_id)
  }
  /** In the format of the specification, in both notations. */
  async function refused(ask: (format: 'xml' | 'json') => Promise<Reply>, status: number, says: RegExp) {
    const [xml, json] = [await ask('xml'), await ask('json')]
    assert.equal(xml.status, status, xml.text)
    assert.equal(json.status, status)
    assert.match(xml.text, /^<\?xml version="1.0" encoding="UTF-8"\?>\n<errors><error><code>\d+<\/code><description>/)
    assert.equal(tag('code', xml.text), String(status))
    assert.equal(json.json()[0].code, status)
    assert.match(json.json()[0].description, says)
  }
  const refusedPost = (fields: Record<string, string>, status: number, says: RegExp) =>
    refused((format) => post(`requests.${format}`, fields), status, says)

  return { scene, supervisor, administrator, send, get, post, done, inside, one, reported, filed, checked, aKey, listed, refused, refusedPost } // biome-ignore format: a list
}
