/** Forms and pages as somebody without script uses them. */
import assert from 'node:assert/strict'
import { strayIds } from './page-ids.ts'
import type { Scene } from './scene.ts'
import { codeAt } from './staff-door.ts'

export interface Page {
  status: number
  to: string | null
  html: string
  headers: Record<string, unknown>
}

/** A file that was chosen for a field of a form. */
export interface Chosen {
  field: string
  name: string
  bytes: Buffer | string
}

/** A browser without script: keeps cookies, follows nothing, sends the forms that the page shows. */
export class FormBrowser {
  readonly cookies = new Map<string, string>()
  readonly address: string
  private readonly scene: Scene
  constructor(scene: Scene, cookie = '', address = '10.7.7.7') {
    this.scene = scene
    this.address = address
    for (const pair of cookie.split('; ').filter(Boolean))
      this.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
  }
  send(method: 'GET' | 'POST', url: string, form?: URLSearchParams, host?: string): Promise<Page> {
    const sent = form && { type: 'application/x-www-form-urlencoded', payload: form.toString() }
    return this.inject(method, url, sent, host)
  }
  private async inject(
    method: 'GET' | 'POST',
    url: string,
    sent?: { type: string; payload: string | Buffer },
    host?: string,
  ): Promise<Page> {
    const response = await this.scene.node.app.inject({
      method,
      url,
      remoteAddress: this.address,
      headers: {
        ...(host ? { host } : {}),
        cookie: [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; '),
        ...(sent ? { 'content-type': sent.type } : {}),
      },
      ...(sent ? { payload: sent.payload } : {}),
    })
    if (/^text\/html/.test(String(response.headers['content-type'])))
      assert.deepEqual(strayIds(response.body), [], `what points where on ${url}`)
    for (const { name, value } of response.cookies) value === '' ? this.cookies.delete(name) : this.cookies.set(name, value)
    return {
      status: response.statusCode,
      to: (response.headers.location as string | undefined) ?? null,
      html: response.body,
      headers: response.headers,
    }
  }
  see = (url: string): Promise<Page> => this.send('GET', url)
  /** Opens `page` and sends its form with that action. */
  async fill(page: string, action: string, fields: Record<string, string | string[]> = {}): Promise<Page> {
    return this.answer((await this.see(page)).html, action, fields)
  }
  /** Sends the form of a page that it has before it, with what the page hides in it. */
  answer(
    html: string,
    action: string,
    fields: Record<string, string | string[]> = {},
    { files, having = '' }: { files?: readonly Chosen[]; having?: string } = {},
  ): Promise<Page> {
    const shown = [...html.matchAll(new RegExp(`<form[^>]* action="${action}"[\\s\\S]*?</form>`, 'g'))]
      .map(([one]) => one)
      .find((one) => one.includes(having))
    assert.ok(shown, `there is a form to ${action}`)
    const form = new URLSearchParams()
    for (const [, name, value] of shown.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g))
      if (!(name! in fields)) form.append(name!, value!.replaceAll('&quot;', '"').replaceAll('&amp;', '&'))
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one)
    return files ? this.sendFiles(action, form, files) : this.send('POST', action, form)
  }
  private sendFiles(action: string, form: URLSearchParams, files: readonly Chosen[]): Promise<Page> {
    const edge = '----of-the-test'
    const part = (about: string, bytes: Buffer | string) => [
      Buffer.from(`--${edge}\r\ncontent-disposition: form-data; ${about}\r\n\r\n`),
      Buffer.from(bytes),
      Buffer.from('\r\n'),
    ]
    const payload = Buffer.concat([
      ...[...form].flatMap(([name, value]) => part(`name="${name}"`, value)),
      ...files.flatMap(({ field, name, bytes }) => part(`name="${field}"; filename="${name}"`, bytes)),
      Buffer.from(`--${edge}--\r\n`),
    ])
    return this.inject('POST', action, { type: `multipart/form-data; boundary=${edge}`, payload })
  }
}

/** Scans the QR code of the page (its key stands beside it) and sends what the app shows. */
export async function enrolApp(browser: FormBrowser, page: string, now: Date, action = `${page}/totp`): Promise<Page> {
  const { html } = await browser.see(page)
  const secret = /<code class="num">([A-Z2-7 ]+)<\/code>/.exec(html)?.[1]?.replaceAll(' ', '')
  const sealed = /name="sealed" value="([^"]+)"/.exec(html)?.[1]
  assert.ok(secret && sealed, `${page} shows a key`)
  const form = new URLSearchParams({ _csrf: /name="_csrf" value="([^"]+)"/.exec(html)![1]!, sealed, code: codeAt(secret, now) })
  return browser.send('POST', action, form)
}
