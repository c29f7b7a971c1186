/**
 * A client as it was written for another city: it knows the specification and nothing of us, speaks forms and XML over HTTP, and
 * keeps what it was told.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openScene, place, type Scene } from '../../../../test/harness/scene.ts'

type Xml = { readonly name: string; readonly text: string; readonly children: readonly Xml[] }

/** Enough of XML for what the specification allows: elements and text, no attributes. */
function parsed(document: string): Xml {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  const root: { name: string; text: string; children: Xml[] } = { name: '', text: '', children: [] }
  const open = [root]
  for (const [, closing, name, empty, text] of document.matchAll(/<(?!\?)(\/?)([\w]+)(\/?)>|([^<]+)/g)) {
    const inside = open.at(-1)!
    if (text !== undefined) inside.text += text.replace(/&(\w+);/g, (_, of: string) => entities[of]!)
    else if (closing) assert.equal(open.pop()!.name, name, 'elements close in order')
    else {
      const element = { name: name!, text: '', children: [] }
      inside.children.push(element)
      if (!empty) open.push(element)
    }
  }
  assert.equal(open.length, 1, 'and all of them')
  return root.children[0]!
}
const child = (xml: Xml, name: string): Xml => xml.children.find((each) => each.name === name)!
const text = (xml: Xml, name: string): string => child(xml, name)?.text ?? ''

class CityClient {
  #endpoint = ''
  readonly #discovery: string
  constructor(discovery: string) {
    this.#discovery = discovery
  }
  async #read(url: string, form?: Record<string, string>): Promise<Xml> {
    const answer = await fetch(url, form ? { method: 'POST', body: new URLSearchParams(form) } : {})
    assert.match(answer.headers.get('content-type')!, /^text\/xml; *charset=utf-8$/i)
    const xml = parsed(await answer.text())
    if (!answer.ok) throw new Error(`${answer.status} ${text(xml.children[0]!, 'description')}`)
    return xml
  }
  async discover(at: (url: string) => string) {
    const endpoints = child(await this.#read(this.#discovery), 'endpoints')
    const found = endpoints.children.find((each) => text(each, 'specification') === 'http://wiki.open311.org/GeoReport_v2')!
    assert.ok(child(found, 'formats').children.some((format) => format.text === 'text/xml'))
    this.#endpoint = at(text(found, 'url'))
  }
  async services() {
    return (await this.#read(`${this.#endpoint}/services.xml`)).children
  }
  async questions(code: string) {
    return child(await this.#read(`${this.#endpoint}/services/${code}.xml`), 'attributes').children
  }
  async report(form: Record<string, string>) {
    return text((await this.#read(`${this.#endpoint}/requests.xml`, form)).children[0]!, 'token')
  }
  async idOf(token: string) {
    return text((await this.#read(`${this.#endpoint}/tokens/${token}.xml`)).children[0]!, 'service_request_id')
  }
  async request(id: string) {
    return (await this.#read(`${this.#endpoint}/requests/${id}.xml`)).children[0]!
  }
  async requests(status: string) {
    return (await this.#read(`${this.#endpoint}/requests.xml?status=${status}`)).children
  }
  async updates() {
    return (await this.#read(`${this.#endpoint}/servicerequestupdates.xml`)).children
  }
}

let scene: Scene
let address: string
before(async () => {
  scene = await openScene()
  address = await scene.node.app.listen({ host: '127.0.0.1', port: 0 })
})
after(() => scene?.close())

test('it discovers, asks what can be reported, reports, and follows by its token until it hears what came of it', async () => {
  const client = new CityClient(`${address}/open311/v2/discovery.xml`)
  await client.discover((url) => url.replace('http://127.0.0.1:8090', address))
  const service = (await client.services()).find((each) => /单车|停放/.test(text(each, 'service_name')))!
  assert.equal(text(service, 'metadata'), 'true')
  const form: Record<string, string> = {
    service_code: text(service, 'service_code'),
    address_string: '示例路 3 号，茶山社区，五山街道',
    description: 'Bikes & scooters <everywhere>',
    first_name: 'Jane',
    last_name: 'Doe',
    email: 'jane@example.org',
    api_key: 'of another city',
  }
  await assert.rejects(client.report(form), /^Error: 403 /, 'a key of another city is none here')
  form.api_key = `kf_${randomUUID()}${randomUUID()}`
  const administrator = await scene.officer('system-administrator', [place.district])
  const program = { key: form.api_key, name: '示例市随手拍', keeper: '示例市信息中心', perMinute: 60 }
  assert.equal((await administrator.post('/api/v1/programs', program)).status, 200)
  await assert.rejects(client.report(form), /^Error: 400 /, 'what the service asks for is missing')
  for (const question of await client.questions(form.service_code!))
    if (text(question, 'required') === 'true')
      form[`attribute[${text(question, 'code')}]`] = text(child(question, 'values').children[0]!, 'key')
  const token = await client.report(form)
  const id = await client.idOf(token)
  assert.equal(text(await client.request(id), 'status'), 'open')

  const supervisor = await scene.officer('grid-supervisor', [place.street], { domains: ['grid'] })
  const { rows } = await scene.owner.query('select id from grid.incident where public_id = $1', [id])
  const act = async (path: string, body: object) => {
    const answer = await supervisor.post(`/api/v1/incidents/${rows[0].id}/${path}`, body)
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
  }
  await act('verification', {})
  await act('filing', { classCode: form.service_code, condition: 'piled', title: '单车乱放', shown: true })
  await act('unsolved', { reason: '这里没有停车的地方' })

  const [listed] = await client.requests('closed')
  assert.equal(text(listed!, 'service_request_id'), id)
  assert.equal(text(listed!, 'description'), '单车乱放', 'the words of an officer, not of Jane')
  assert.equal(text(listed!, 'status_notes'), '已结束，没有解决')
  assert.deepEqual(await client.requests('open'), [])
  const updates = await client.updates()
  assert.deepEqual(
    updates.map((each) => text(each, 'status')),
    ['open', 'open', 'open', 'closed'],
  )
  assert.ok(updates.every((each) => text(each, 'service_request_id') === id))
})

test('whoever reports too often is told so in the form of the specification, and when to come again', async () => {
  const busy = await openScene('2026-11-24T02:00:00Z', { unsafePerMinute: 1 })
  try {
    const report = () =>
      busy.node.app.inject({
        method: 'POST',
        url: '/open311/v2/requests.xml',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: `service_code=street-lamp&address_id=${place.community}`,
      })
    assert.equal((await report()).statusCode, 200)
    const answer = await report()
    assert.equal(answer.statusCode, 429)
    assert.match(answer.body, /<errors><error><code>429<\/code>/)
    assert.ok(Number(answer.headers['retry-after']) > 0)
  } finally {
    await busy.close()
  }
})
