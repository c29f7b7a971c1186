/** Goes through pages in English as links lead, without a browser, and gathers what is Chinese and was typed by nobody. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { parse } from 'yaml'
import type { Street } from './street.ts'

const HAN = /\p{Script=Han}/u
const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

/** What people typed, the longest first: the demo's texts, names that its database has, and areas that the pack has no English for. */
export async function typedIn({ ownerUrl }: Street): Promise<string[]> {
  const texts: string[] = []
  const gather = (node: unknown): void => {
    if (typeof node === 'string') texts.push(...node.split(/\{[^}]*\}|\n/).map((one) => one.trim()))
    else for (const one of Object.values(node as object)) gather(one)
  }
  gather(parse(read('src/demo/words/zh.yaml')))
  const { english_names } = parse(read('packs/guangzhou/pack.yaml')) as { english_names: { area: string }[] }
  const known = new Set(english_names.map(({ area }) => area))
  const areas = read('packs/guangzhou/areas.csv')
    .split('\n')
    .map((row) => row.split(','))
  texts.push(...areas.filter(([code]) => !known.has(code!)).flatMap(([, name = '']) => [name, name.replace(/居委会$/, '')]))
  const owner = new pg.Client(ownerUrl)
  await owner.connect()
  const { rows } = await owner.query<{ name: string }>(`select name from access.officer union select name from people.person
    union select address from people.dwelling union select name from grid.facility union select name from grid.crossing
    union select name from grid.grid union select source from grid.grid`)
  await owner.end()
  return [...texts, ...rows.map(({ name }) => name)].filter((one) => HAN.test(one)).sort((a, b) => b.length - a.length)
}

/** Somebody who reads English, with the cookies of a session. */
export class Reader {
  readonly #cookies = new Map([['lang', 'en']])
  readonly #street: Street
  constructor(street: Street) {
    this.#street = street
  }
  async ask(path: string, form?: URLSearchParams): Promise<{ status: number; html: string }> {
    const answer = await fetch(this.#street.url + path, {
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      if (value === '') this.#cookies.delete(name!)
      else this.#cookies.set(name!, value!)
    }
    return { status: answer.status, html: await answer.text() }
  }
  /** The form of a page, sent with what it hides. */
  async send(page: string, typed: Record<string, string>): Promise<void> {
    const { html } = await this.ask(page)
    const name = Object.keys(typed)[0]!
    const form = [...html.matchAll(/<form[^>]* action="([^"]*)"[\s\S]*?<\/form>/g)].find(([one]) =>
      one.includes(`name="${name}"`),
    )
    assert.ok(form, `there is no form with ${name} on ${page}`)
    const hidden = [...form[0].matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, n, v]) => [n!, v!])
    const { status } = await this.ask(form[1]!, new URLSearchParams([...hidden, ...Object.entries(typed)]))
    assert.ok(status < 400, `${page} answers ${status}`)
  }
}

/**
 * @param rooms which addresses are looked at
 * @param times how often each kind of page was seen already: of a list one, of what stands under an id two
 * @returns one line for each page and text
 */
export async function chineseLeft(
  reader: Reader,
  starts: readonly string[],
  rooms: RegExp,
  typed: readonly string[],
  times: Map<string, number>,
): Promise<string[]> {
  const waiting = [...starts]
  const found = new Set<string>()
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const kind = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d{4,}/g, ':id').replace(/=[^&]*/g, '=')
    const seen = times.get(kind) ?? 0
    if (seen >= (kind.includes(':id') ? 2 : 1)) continue
    const { status, html } = await reader.ask(path)
    if (status !== 200 || !html.startsWith('<!doctype')) continue
    times.set(kind, seen + 1)
    for (const [, href] of html.matchAll(/href="(\/[^"#]*)"/g))
      if (rooms.test(href!)) waiting.push(href!.replaceAll('&amp;', '&'))
    if (rooms.test(path)) for (const left of chineseOf(html, typed)) found.add(`${kind}: ${left}`)
  }
  return [...found]
}

/** Texts of the page and of attributes that are read out or shown. */
function chineseOf(html: string, typed: readonly string[]): string[] {
  const body = html.slice(html.indexOf('<body')).replace(/<(script|style|textarea)[\s\S]*?<\/\1>/g, '')
  const said = [...body.matchAll(/ (?:aria-label|alt|title|placeholder|data-[a-z-]+)="([^"]*)"/g)].map(([, text]) => text!)
  return [...body.split(/<[^>]*>/), ...said].flatMap((text) => {
    if (!HAN.test(text)) return []
    // A law is cited by its own title.
    const left = [...typed, '（示例）']
      .reduce((rest, one) => rest.replaceAll(one, ''), text)
      .replace(/街坊|中文|《[^》]*》(第[^条]*条)?/g, '')
      .trim()
    const cut = left.endsWith('…') && typed.some((one) => one.startsWith(left.slice(0, -1)))
    return cut || !HAN.test(left) ? [] : [text.trim().slice(0, 200)]
  })
}
