/**
 * The gallery: every part on sample pages, to be looked at and measured. Test only.
 *   node --import ./bin/tsx-hook.mjs scripts/gallery.tsx FOLDER [only]
 * Writes HTML and pictures, and fails on an axe finding, a sideways scroll at 320 px, a text or a target that is too
 * small, or a style attribute (the content policy refuses them).
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { type Lang, loadWords } from '../src/platform/words.ts'
import { loadAssets, type Mode, renderPage, type Theme, type View } from '../src/ui/index.ts'
import { deskPages } from './gallery-desk.tsx'
import { residentPages } from './gallery-resident.tsx'

const root = resolve(import.meta.dirname, '..')
const [folder, only = ''] = process.argv.slice(2)
if (!folder) throw new Error('say where to: scripts/gallery.tsx FOLDER [only]')
const out = resolve(folder)
mkdirSync(out, { recursive: true })
cpSync(join(root, 'dist/assets'), join(out, 'assets'), { recursive: true })

const words = loadWords(root, { strict: true })
const built = loadAssets(root)
const assets = {
  residentCss: `.${built.residentCss}`,
  deskCss: `.${built.deskCss}`,
  deskJs: `.${built.deskJs}`,
  passkeyJs: `.${built.passkeyJs}`,
  positionJs: `.${built.positionJs}`,
  mapJs: `.${built.mapJs}`,
  drawJs: `.${built.drawJs}`,
  mapCss: `.${built.mapCss}`,
  fieldJs: `.${built.fieldJs}`,
  fieldWorkerJs: `.${built.fieldWorkerJs}`,
}

interface Variant {
  name: string
  lang: Lang
  mode: Mode
  theme: Theme
}
const VARIANTS: readonly Variant[] = [
  { name: 'zh', lang: 'zh', mode: 'standard', theme: 'light' },
  { name: 'en', lang: 'en', mode: 'standard', theme: 'light' },
  { name: 'elder', lang: 'zh', mode: 'elder', theme: 'light' },
  { name: 'elder-en', lang: 'en', mode: 'elder', theme: 'light' },
  { name: 'contrast', lang: 'zh', mode: 'standard', theme: 'contrast' },
]

const viewOf = ({ lang, mode, theme }: Variant): View => ({
  lang,
  mode,
  theme,
  assets,
  path: '/',
  csrf: 'token',
  today: '2026-11-24',
  demo: true,
  t: words.in(lang),
  who: lang === 'zh' ? '陈**' : 'Chan **',
  street: lang === 'zh' ? '榕树街道' : 'Banyan Street',
  hotline: '12345',
})

const problems: string[] = []
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')

async function measure(page: Page, label: string, floor: { text: number; target: number } | null): Promise<void> {
  await page.evaluate(axe)
  const found = await page.evaluate(async () => {
    type Violation = { id: string; nodes: { target: string[] }[] }
    const { axe: tool } = globalThis as unknown as {
      axe: { run: (where: Document, how: object) => Promise<{ violations: Violation[] }> }
    }
    const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations } = await tool.run(document, { runOnly: rules })
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map((node) => node.target.join(' '))
          .join(' | ')}`,
    )
  })
  for (const finding of found) problems.push(`${label}: axe ${finding}`)
  if (!floor) return
  const small = await page.evaluate(({ text, target }) => {
    const bad: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      if (
        !node.textContent?.trim() ||
        !parent ||
        parent.getClientRects().length === 0 ||
        parent.closest('.govuk-visually-hidden, .k-skip, option, script')
      )
        continue
      const size = Number.parseFloat(getComputedStyle(parent).fontSize)
      if (size < text - 0.01) bad.push(`text ${size}px “${node.textContent.trim().slice(0, 20)}”`)
    }
    for (const one of document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')) {
      if (one.closest('.k-skip, .govuk-error-summary p') || one.matches('.k-skip')) continue
      const box = (one.matches('input[type=radio], input[type=checkbox]') ? one.closest('label') : one)?.getBoundingClientRect()
      if (box && box.height > 0 && box.height < target - 0.5)
        bad.push(`target ${box.height.toFixed(0)}px ${one.tagName} “${one.textContent?.trim().slice(0, 20)}”`)
    }
    return bad
  }, floor)
  for (const one of small.slice(0, 6)) problems.push(`${label}: ${one}`)
}

async function shoot(browser: Browser, file: string, label: string, desk: boolean, elder: boolean): Promise<void> {
  const size = desk ? { width: 1280, height: 800 } : { width: 390, height: 844 }
  const page = await browser.newPage({ viewport: size })
  await page.goto(`file://${file}`)
  await page.screenshot({ path: file.replace('.html', '.png'), fullPage: true })
  await measure(page, label, desk ? null : elder ? { text: 24, target: 60 } : { text: 18, target: 44 })
  for (const width of [320, 768]) {
    await page.setViewportSize({ width, height: 800 })
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (wide > 0) problems.push(`${label}: scrolls ${wide}px sideways at ${width}px`)
  }
  if (label.endsWith(' zh') || label.endsWith(' en')) {
    const other = desk ? { width: 390, height: 844 } : { width: 1280, height: 800 }
    await page.setViewportSize(other)
    await page.screenshot({ path: file.replace('.html', desk ? '.phone.png' : '.wide.png'), fullPage: true })
  }
  await page.close()
}

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
let pages = 0
for (const [name, make] of Object.entries({ ...residentPages, ...deskPages })) {
  for (const variant of VARIANTS) {
    if (!`${name}.${variant.name}`.includes(only)) continue
    const say = (zh: string, en: string) => (variant.lang === 'zh' ? zh : en)
    const html = renderPage(make(viewOf(variant), say))
    const file = join(out, `${name}.${variant.name}.html`)
    writeFileSync(file, html)
    const label = `${name} ${variant.name}`
    if (/\sstyle="/.test(html) || html.includes('<style')) problems.push(`${label}: has a style attribute or element`)
    await shoot(browser, file, label, name in deskPages, variant.mode === 'elder')
    pages += 1
  }
}
await browser.close()
console.log(`${pages} pages in ${basename(out)}`)
if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exitCode = 1
}
