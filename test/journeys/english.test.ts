/** The front in English on a desk, in the elder version and in both themes: nothing left untranslated, cramped or out of reach. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { officer, openBrowser, signInByPhone, type Walker, walker } from '../harness/browser.ts'
import { chineseLeft, Reader, typedIn } from '../harness/chinese-left.ts'
import { openStreet, type Street } from '../harness/street.ts'

let street: Street
let browser: Browser
before(async () => {
  browser = await openBrowser()
  street = await openStreet()
})
after(async () => {
  await browser?.close()
  await street?.close()
})

const WORDS = { send: 'Send the code', code: /^(Code|The code)/, go: 'Sign in' }
const GUIDE = '/matters/longevity-allowance'

/** What stays Chinese in English: names of people and places, the law's own titles and numbers, a sample phone's mark. */
const MAY_STAY =
  /《[^》]*》|（示例）|\p{Script=Han}+〔\d+〕\d+号|街坊|中文|\p{Script=Han}+(街道|社区|居委会|办事处|委员会|局|路|区)/gu

async function isEnglish(who: Walker, names: RegExp = /$^/): Promise<void> {
  const left = (await who.text())
    .split('\n')
    .filter((line) => /\p{Script=Han}/u.test(line.replace(MAY_STAY, '').replace(names, '')))
  assert.deepEqual(left, [], `still Chinese on ${who.path()}`)
}

test('in English: home, search, guide, signing in and an own case', { timeout: 90_000 }, async () => {
  const who = await walker(browser, street, { lang: 'en' })
  await who.visit('/')
  await isEnglish(who)
  await who.picture('english-home')
  await who.visit('/search?q=money%20for%20my%20grandmother')
  await isEnglish(who)
  await who.visit(GUIDE)
  await isEnglish(who)
  await who.picture('english-guide')
  await who.visit(`/sign-in?next=${GUIDE}`)
  await who.picture('english-sign-in')
  await signInByPhone(who, '10000000004', WORDS)
  await who.visit('/me/cases')
  await isEnglish(who, /何美玲/g)
  await who.page.locator('main a[href^="/me/cases/"]').first().click()
  await who.look()
  await isEnglish(who, /何美玲|罗志荣|罗子晴|罗乐天/g)
  await who.picture('english-case')
  for (const path of ['/me', '/me/messages', '/me/reads', '/notices', '/privacy', '/d']) {
    await who.visit(path)
    await isEnglish(who, /何美玲|何晓彤|潘丽珊|冼文彬|[何-龥]\*\*/g)
  }
})

test('the elder version is large, and nothing scrolls sideways at 320 pixels', { timeout: 90_000 }, async () => {
  for (const lang of ['zh', 'en'] as const) {
    const who = await walker(browser, street, { phone: true, elder: true, lang })
    await who.visit('/')
    const size = await who.page.evaluate(() =>
      Number.parseFloat(getComputedStyle(document.querySelector('main p, main a')!).fontSize),
    )
    assert.ok(size >= 24, `text of ${size} px`)
    await who.picture(`elder-home-${lang}`, { whole: false })
    await who.visit(GUIDE)
    await who.picture(`elder-guide-${lang}`, { whole: false })
    await who.page.setViewportSize({ width: 320, height: 640 })
    for (const path of ['/', '/search?q=xyz', GUIDE, '/sign-in', '/privacy', '/d']) await who.visit(path)
    await who.page.context().close()
  }
})

test('the contrast theme, for a resident and for an officer who reads English', { timeout: 90_000 }, async () => {
  const resident = await walker(browser, street, { phone: true, theme: 'contrast' })
  await resident.visit('/')
  await resident.visit(GUIDE)
  await resident.picture('contrast-guide')
  const reviewer = await officer(browser, street, 'reviewer', undefined, { theme: 'contrast', lang: 'en' })
  await reviewer.picture('contrast-work-list', { whole: false })
  await reviewer.page.locator('main tbody a').first().click()
  await reviewer.look()
  await reviewer.picture('contrast-case')
})

const DESK = [
  'incidents',
  'facilities',
  'tasks',
  'grids',
  'whistles',
  'hazards',
  'events',
  'warnings',
  'cameras',
  'footage',
  'duty',
  'plans',
  'watch',
]
const ROOMS = new RegExp(
  `^/(around|report|warnings|cameras|watch|field|me/(reports|footage|hazards)|desk/(${DESK.join('|')}))\\b`,
)
const OFFICERS = [
  'grid.supervisor',
  'grid.dispatcher',
  'lamps',
  'coordinator',
  'recheck',
  'fire',
  'safety',
  'leader',
  'chashan',
  'labour',
]

test('in English, of grids and of safety nothing is Chinese but what somebody typed', { timeout: 180_000 }, async () => {
  const typed = await typedIn(street)
  const left = await chineseLeft(new Reader(street), ['/around', '/report', '/warnings', '/cameras'], ROOMS, typed, new Map())
  const seen = new Map<string, number>()
  const starts = [...DESK.map((room) => `/desk/${room}`), '/field']
  for (const username of OFFICERS) {
    const officer = new Reader(street)
    await officer.send('/desk/sign-in', { username, password: street.password })
    // Filtered lists and empty forms are alike for everybody; a list leads each of them elsewhere, and what stands under an id offers something else.
    const own = new Map([...seen].filter(([kind]) => !starts.includes(kind)))
    left.push(...(await chineseLeft(officer, starts, ROOMS, typed, own)))
    for (const [kind, times] of own) if (!kind.includes(':id')) seen.set(kind, times)
  }
  assert.ok([...seen.keys()].length > 30, `only ${[...seen.keys()]} were read`)
  assert.deepEqual([...new Set(left)], [])
})
