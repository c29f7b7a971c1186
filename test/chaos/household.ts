/** A resident and a clerk at work, over HTTP with everything switched on. What is not answered is sent again under the same key. */
import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import sharp from 'sharp'
import { askFrom, ownAddress } from './address.ts'
import { note } from './ledger.ts'

interface Answered {
  status: number
  text: string
  location: string | null
}

/** A browser: its cookies, and an address of its own. */
export class Browser {
  readonly #url: string
  readonly #cookies = new Map<string, string>()
  readonly #typed = new Set<string>()
  /** Every client is a household of its own: one address for all of them would only try the limiter. */
  readonly #address = ownAddress()
  constructor(url: string) {
    this.#url = url
  }

  /** What only this browser may know, as it was and is: cookies, tokens and keys of forms, the codes that were typed. */
  secrets(): string[] {
    return [...this.#cookies.values(), ...this.#typed].filter((one) => one.length > 5)
  }

  /** Whatever comes, an outage too. @throws when nothing does */
  async ask(method: 'GET' | 'POST', path: string, body?: BodyInit, headers: Record<string, string> = {}): Promise<Answered> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const { status, text, cookies, location } = await askFrom(this.#address, method, this.#url + path, body, {
      ...headers,
      cookie,
    })
    for (const one of cookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(one)!
      if (value) this.#cookies.set(name!, value)
      else this.#cookies.delete(name!)
    }
    return { status, text, location }
  }

  /** One try; undefined when nothing came back or the product says that it cannot now. */
  async try(...args: Parameters<Browser['ask']>): Promise<Answered | undefined> {
    try {
      const answered = await this.ask(...args)
      return answered.status >= 500 ? undefined : answered
    } catch {
      return undefined // killed in the middle: unacknowledged
    }
  }

  async until(...args: Parameters<Browser['ask']>): Promise<Answered> {
    for (;;) {
      const answered = await this.try(...args)
      if (answered) return answered
      await wait(50 + randomInt(100))
    }
  }

  /** The hidden fields of the first form of a page, CSRF token and key among them. */
  async form(path: string): Promise<Record<string, string>> {
    return hiddenIn((await this.until('GET', path)).text)
  }

  async send(path: string, from: string, fields: Record<string, string>): Promise<Answered> {
    const form = await this.form(from)
    for (const name of ['_csrf', '_key', 'code', 'password']) this.#typed.add(fields[name] ?? form[name] ?? '')
    const answered = await this.until('POST', path, new URLSearchParams({ ...form, ...fields }))
    if (answered.status !== 303) throw new Error(`${path} answered ${answered.status}: ${words(answered.text)}`)
    return answered
  }
}

export const hiddenIn = (html: string): Record<string, string> =>
  Object.fromEntries([...html.matchAll(/<input type="hidden" name="([\w-]+)" value="([^"]*)"/g)].map(([, n, v]) => [n!, v!]))

const words = (html: string): string =>
  html
    .replace(/<(style|script)[\s\S]*?<\/\1>|<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 400)

export async function signInResident(url: string, phone: string): Promise<Browser> {
  const browser = new Browser(url)
  await browser.send('/sign-in', '/sign-in', { phone })
  const { text } = await browser.until('GET', '/demo/outbox')
  const code = new RegExp(`${phone.slice(-4)}\\b(?:(?!尾号)[\\s\\S])*?\\b(\\d{6})\\b`).exec(
    words(text).concat(text.replace(/<[^>]*>/g, ' ')),
  )?.[1]
  if (!code) throw new Error(`no code for ${phone} in the outbox: ${words(text)}`)
  await browser.send('/sign-in/code', '/sign-in/code', { code })
  return browser
}

export async function signInClerk(url: string, username: string, password: string): Promise<Browser> {
  const browser = new Browser(url)
  await browser.send('/desk/sign-in', '/desk/sign-in', { username, password })
  const { text } = await browser.until('GET', '/desk/post')
  const postId = /name="postId" value="([0-9a-f-]{36})"/.exec(text)?.[1]
  if (postId) await browser.send('/desk/post', '/desk/post', { postId })
  return browser
}

export interface Household {
  phone: string
  resident: Browser
  clerk: Browser
  ledger: string
  /** Asked between two acts: when true, the running application is brought to its end and no other is begun. */
  isOver(): boolean
  /** Told of every acknowledged write. */
  wrote(): void
}

/** Applies, is accepted, reads the paper, withdraws; again and again, the two matters in turn. */
export async function live(house: Household): Promise<void> {
  const act = async (who: Browser, operation: string, path: string, body: object): Promise<Record<string, string>> => {
    const key = randomUUID()
    const { status, text } = await who.until('POST', `/api/v1${path}`, JSON.stringify(body), {
      'content-type': 'application/json',
      'idempotency-key': key,
    })
    if (status !== 200) throw new Error(`${operation} of ${house.phone} answered ${status}: ${text}`)
    const answer = JSON.parse(text)
    note(house.ledger, { key, operation, who: house.phone, answer })
    house.wrote()
    return answer
  }
  const { resident, clerk } = house
  for (let round = 0; !house.isOver(); round++) {
    const registers = round % 2 === 1
    const matterCode = registers ? 'residence-registration' : 'longevity-allowance'
    const { draftId } = await act(resident, 'cases.start-draft', '/drafts', { matterCode })
    const answer = (question: string, typed: object) =>
      act(resident, 'cases.answer-question', `/drafts/${draftId}/answers/${question}`, { typed })
    await answer('about-you', { 'about-you': 'yes' })
    if (registers) {
      await answer('address', { address: 'known' })
      await answer('purpose', { purpose: 'work' })
      await answer('since', { 'since-year': '2026', 'since-month': '11', 'since-day': '1' })
      await givePhoto(house, draftId!)
      await answer('photo', {})
    } else await answer('account', { account: 'other', 'account-number': '6222021111111111112' })
    const { caseId, documentId } = await act(resident, 'cases.submit-draft', `/drafts/${draftId}/submission`, { declared: 'yes' })
    if (!registers) await act(clerk, 'cases.accept', `/cases/${caseId}/acceptance`, {})
    const paper = await resident.until('GET', `/documents/${documentId}`)
    if (paper.status !== 200 || !paper.text.startsWith('%PDF'))
      throw new Error(`the receipt of ${house.phone} is ${paper.status}`)
    await act(resident, 'cases.withdraw', `/me/cases/${caseId}/withdrawal`, { reason: '先不办了' })
  }
}

/** By the page, as a browser sends it: CSRF token, key and bytes in one form. */
async function givePhoto(house: Household, draftId: string): Promise<void> {
  const page = `/apply/${draftId}/photo`
  const { _csrf = '', _key = '' } = await house.resident.form(page)
  const colour = { r: randomInt(256), g: randomInt(256), b: randomInt(256) }
  const jpeg = await sharp({ create: { width: 480, height: 640, channels: 3, background: colour } })
    .jpeg()
    .toBuffer()
  const form = () => {
    const body = new FormData()
    body.set('_csrf', _csrf)
    body.set('_key', _key)
    body.set('file-photo', new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' }), 'photo.jpg')
    return body
  }
  for (;;) {
    const answered = await house.resident.try('POST', `${page}/files/photo`, form())
    if (!answered) {
      await wait(100)
      continue
    }
    if (answered.status !== 303 || answered.location?.includes('again='))
      throw new Error(`the photo was answered ${answered.status} ${answered.location}`)
    note(house.ledger, { key: _key, operation: 'documents.add-draft-file', who: house.phone, answer: { draftId } })
    house.wrote()
    return
  }
}
