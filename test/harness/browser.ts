/**
 * People with real browsers. Wherever one arrives, the page answered well, has no accessibility finding and no id twice, and does not
 * scroll sideways: that is looked at each time and said with the address.
 */
import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { strayIds } from './page-ids.ts'
import { pageShape } from './page-shape.ts'
import type { Street } from './street.ts'

const root = join(import.meta.dirname, '../..')
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']

export const pictures = join(root, 'test-results/pictures')

export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  if (!existsSync(executablePath))
    throw new Error(
      `no browser at ${executablePath}: install one (Debian: apt-get install chromium fonts-noto-cjk), or name one in CHROMIUM_PATH`,
    )
  // Each launch makes its profile in the temp folder and takes it away again.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] })
}

export interface Settings {
  phone?: boolean
  script?: boolean
  lang?: 'zh' | 'en'
  elder?: boolean
  theme?: 'light' | 'contrast'
}

/** Somebody in front of a screen: does what the words on the page say. */
export class Walker {
  readonly page: Page
  private readonly street: Street
  private readonly pane: Page | null
  constructor(page: Page, street: Street, pane: Page | null = null) {
    this.page = page
    this.street = street
    this.pane = pane
  }

  async visit(path: string): Promise<void> {
    const response = await this.page.goto(path.startsWith('http') ? path : this.street.url + path)
    assert.ok(response && response.status() < 400, `${path} answers ${response?.status()}`)
    await this.look()
  }

  /** Follows a link by its words. */
  link = (name: string | RegExp, within: Page | Locator = this.page): Promise<void> =>
    this.arrive(within.getByRole('link', { name }).first())

  /** Presses a button by its words. */
  press = (name: string | RegExp, within: Page | Locator = this.page): Promise<void> =>
    this.arrive(within.getByRole('button', { name }).first())

  private async arrive(target: Locator): Promise<void> {
    try {
      await Promise.all([this.page.waitForEvent('load'), target.click({ timeout: 5_000 })])
    } catch (error) {
      throw new Error(`${this.path()} did not go on, and says:\n${await this.text()}`, { cause: error })
    }
    await this.look()
  }

  /** Goes to it as the keyboard does, and fails when Tab never comes there. */
  async reach(target: Locator): Promise<void> {
    const wanted = await target.elementHandle({ timeout: 5_000 })
    for (let n = 0; n < 120; n++) {
      await this.page.keyboard.press('Tab')
      if (await wanted?.evaluate((one) => one === document.activeElement)) return
    }
    assert.fail(`Tab does not reach ${target} on ${this.path()}`)
  }

  /** Presses a key that leaves the page. */
  async key(name: string): Promise<void> {
    await Promise.all([this.page.waitForEvent('load'), this.page.keyboard.press(name)])
    await this.look()
  }

  /** Types into the field of that label. */
  type = (label: string | RegExp, value: string): Promise<void> => this.page.getByLabel(label).first().fill(value)

  /** Chooses the radio or ticks the box of that label. */
  choose = (label: string | RegExp): Promise<void> => this.page.getByLabel(label).first().check()

  text = (): Promise<string> => this.page.locator('body').innerText()

  path = (): string => this.page.url().slice(this.street.url.length)

  async reads(...parts: (string | RegExp)[]): Promise<void> {
    const text = await this.text()
    for (const part of parts)
      assert.ok(typeof part === 'string' ? text.includes(part) : part.test(text), `${this.path()} does not say ${part}:\n${text}`)
  }

  async picture(name: string, options: { whole?: boolean } = {}): Promise<void> {
    mkdirSync(pictures, { recursive: true })
    await this.page.screenshot({ path: join(pictures, `${name}.png`), fullPage: options.whole ?? true })
  }

  /** Bytes behind an address, asked for with this browser's cookies. */
  async fetch(path: string): Promise<{ status: number; bytes: Buffer }> {
    const response = await this.page.request.get(this.street.url + path)
    return { status: response.status(), bytes: await response.body() }
  }

  /** Every page's ids and width are looked at; axe sees each shape of a page once a run: half of the pages of a journey were seen before. */
  async look(): Promise<void> {
    const html = await this.page.content()
    assert.deepEqual(strayIds(html), [], `what points where on ${this.path()}`)
    const wide = await this.page.evaluate(() => ({
      over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      width: window.innerWidth,
    }))
    assert.ok(wide.over <= 0, `${this.path()} scrolls sideways by ${wide.over} px`)
    const seen = join(process.env.KAIFONG_TEST_FOLDER!, `looked-${hash('sha256', `${wide.width} ${pageShape(html)}`)}`)
    if (existsSync(seen)) return
    if (this.pane) await this.asItStands(this.pane, html)
    await this.examine(this.pane ?? this.page)
    writeFileSync(seen, '')
  }

  /** axe needs script. Where the walker has none, the same page is put into a pane that has. */
  private async asItStands(pane: Page, html: string): Promise<void> {
    const url = this.page.url()
    const body = html.replace(/<script[^>]*>[\s\S]*?<\/script>/g, '')
    await pane.route(url, (route) => route.fulfill({ body, contentType: 'text/html; charset=utf-8' }))
    await pane.goto(url)
    await pane.unroute(url)
  }

  private async examine(page: Page): Promise<void> {
    await page.evaluate(axeSource)
    const found = await page.evaluate(async (tags) => {
      // biome-ignore lint/suspicious/noExplicitAny: axe is put into the page as text
      const { violations } = await (globalThis as any).axe.run(document, {
        runOnly: { type: 'tag', values: tags },
        resultTypes: ['violations'],
      })
      return violations.flatMap((v: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }) =>
        v.nodes.map((n) => `${v.id}: ${n.html}\n  ${n.failureSummary}`),
      ) as string[]
    }, TAGS)
    assert.deepEqual(found, [], `accessibility of ${this.path()}`)
  }
}

export async function walker(browser: Browser, street: Street, settings: Settings = {}): Promise<Walker> {
  const { phone = false, script = true, lang = 'zh', elder = false, theme = 'light' } = settings
  const open = async (javaScriptEnabled: boolean) => {
    const context = await browser.newContext({
      viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
      deviceScaleFactor: phone ? 2 : 1,
      javaScriptEnabled,
      locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
      timezoneId: 'Asia/Shanghai',
    })
    context.setDefaultTimeout(15_000)
    return context
  }
  const context = await open(script)
  const cookies = { lang, mode: elder ? 'elder' : 'standard', theme }
  await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: street.url })))
  return new Walker(await context.newPage(), street, script ? null : await (await open(true)).newPage())
}

/** Looks into the demo's outbox and comes back. */
export async function codeSentTo(who: Walker, phone: string): Promise<string> {
  const page = who.path()
  await who.visit('/demo/outbox')
  const code = await who.page
    .locator('.k-card', { hasText: phone.slice(-4) })
    // News to the same phone lies there too; only a code stands as a figure.
    .locator('.k-figure b')
    .first()
    .innerText()
  await who.visit(page)
  return code
}

/** Signs in with the code that lies in the demo's outbox. */
export async function signInByPhone(
  who: Walker,
  phone: string,
  words: { send: string; code: string | RegExp; go: string } = { send: '发送验证码', code: '验证码', go: '登录' },
): Promise<void> {
  if (!who.path().startsWith('/sign-in')) await who.visit('/sign-in')
  await who.page.locator('input[name="phone"]').fill(phone)
  await who.press(words.send)
  const code = await codeSentTo(who, phone)
  await who.type(words.code, code)
  await who.press(words.go, who.page.locator('main'))
}

/** An officer at the desk, with the post named in her words when she holds several. */
export async function officer(
  browser: Browser,
  street: Street,
  username: string,
  post?: string | RegExp,
  settings: Settings = {},
): Promise<Walker> {
  const who = await walker(browser, street, settings)
  await who.visit('/desk/sign-in')
  await who.page.locator('input[name="username"]').fill(username)
  await who.page.locator('input[name="password"]').fill(street.password)
  await who.press(/^(登录|Sign in)$/, who.page.locator('main form'))
  if (post) await who.press(post)
  return who
}
