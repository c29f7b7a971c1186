/** People with a browser, for the stories of this room: pages and forms over HTTP, nothing else. */
import assert from 'node:assert/strict'
import type { Scene } from '../../../../test/harness/scene.ts'

export interface Shown {
  status: number
  html: string
  to: string | undefined
}
export type Fields = Record<string, string>
export type File = { field: string; name: string; bytes: Buffer }

/** A browser that knows pages and forms only: what a form carries comes from the page that it stands on. */
export function browser(scene: Scene, who: { cookie: string; address: string }) {
  let cookie = who.cookie
  const send = async (
    method: 'GET' | 'POST',
    url: string,
    body?: { type: string; payload: Buffer | string },
  ): Promise<Shown & { raw: Buffer; headers: Record<string, unknown> }> => {
    const response = await scene.node.app.inject({
      method,
      url,
      remoteAddress: who.address,
      headers: { cookie, ...(body ? { 'content-type': body.type } : {}) },
      ...(body ? { payload: body.payload } : {}),
    })
    for (const set of [response.headers['set-cookie'] ?? []].flat())
      cookie = [...cookie.split('; ').filter((c) => !c.startsWith(`${set.split('=')[0]}=`)), set.split(';')[0]].join('; ')
    return {
      status: response.statusCode,
      html: response.body,
      to: response.headers.location as string | undefined,
      raw: response.rawPayload,
      headers: response.headers,
    }
  }
  const get = (url: string) => send('GET', url)
  /** A form that was refused comes back by redirect; the browser follows. */
  const followed = async (sent: ReturnType<typeof send>) => {
    const answer = await sent
    return /[?&]again=/.test(answer.to ?? '') ? { ...(await get(answer.to!)), back: answer.to } : { ...answer, back: undefined }
  }
  /** The hidden fields of the form on `page` that goes to `action`. */
  const hidden = async (page: string, action: string): Promise<Fields> => {
    const { html } = await get(page)
    const form = html.split('<form').find((part) => part.includes(`action="${action}"`))
    assert.ok(form, `no form to ${action} on ${page}: ${textOf(html)}`)
    return Object.fromEntries(
      [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map((m) => [m[1]!, m[2]!]),
    )
  }
  const post = (action: string, fields: Fields) =>
    followed(send('POST', action, { type: 'application/x-www-form-urlencoded', payload: new URLSearchParams(fields).toString() }))
  const postFiles = (action: string, fields: Fields, files: readonly File[]) => {
    const edge = '----of-the-test'
    const parts = [
      ...Object.entries(fields).map(([name, value]) =>
        Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
      ),
      ...files.flatMap((f) => [
        Buffer.from(
          `--${edge}\r\ncontent-disposition: form-data; name="${f.field}"; filename="${f.name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
        ),
        f.bytes,
        Buffer.from('\r\n'),
      ]),
      Buffer.from(`--${edge}--\r\n`),
    ]
    return followed(send('POST', action, { type: `multipart/form-data; boundary=${edge}`, payload: Buffer.concat(parts) }))
  }
  return {
    get,
    post,
    hidden,
    fill: async (page: string, fields: Fields, action = page) => post(action, { ...(await hidden(page, action)), ...fields }),
    give: async (page: string, action: string, files: readonly File[], fields: Fields = {}) =>
      postFiles(action, { ...(await hidden(page, action)), ...fields }, files),
  }
}
export type Browser = ReturnType<typeof browser>

export const textOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
export const newKey = (): string => crypto.randomUUID()

/** Begins a matter as the button on its page does. */
export async function begin(b: Browser, matter: string): Promise<string> {
  const drafts = await b.get('/me/cases')
  const token = /name="_csrf" value="([^"]+)"/.exec(drafts.html)?.[1]
  const { to, html } = await b.post('/apply', { _csrf: token!, _key: newKey(), matter })
  assert.ok(to, textOf(html))
  return to!.split('/')[2]!
}

export const GOOD_ACCOUNT = '6222021111111111112'

/** The longevity allowance up to the last look. */
export async function fillLongevity(b: Browser): Promise<string> {
  const draft = await begin(b, 'longevity-allowance')
  assert.equal((await b.fill(`/apply/${draft}/about-you`, { 'about-you': 'yes' })).to, `/apply/${draft}/account`)
  assert.equal((await b.fill(`/apply/${draft}/account`, { 'account-number': GOOD_ACCOUNT })).to, `/apply/${draft}/note`)
  assert.equal((await b.fill(`/apply/${draft}/note`, { note: '' })).to, `/apply/${draft}/check`)
  return draft
}

export async function applied(b: Browser): Promise<string> {
  const draft = await fillLongevity(b)
  const sent = await b.fill(`/apply/${draft}/check`, { declared: 'yes' }, `/apply/${draft}/send`)
  assert.match(sent.to ?? textOf(sent.html), /^\/me\/cases\/[0-9a-f-]{36}\?sent=1$/)
  return sent.to!.split('/')[3]!.split('?')[0]!
}
