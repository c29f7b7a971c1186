/**
 * docs/explanations.md shows three pages as they come out. KAIFONG_WRITE_EXPLANATIONS=1 writes them anew, so that a change of their
 * words shows in review.
 */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { apply } from '../../../test/cases/story.ts'
import { FormBrowser } from '../../../test/harness/form-browser.ts'
import { openScene, type Scene } from '../../../test/harness/scene.ts'

const DOC = new URL('../../../docs/explanations.md', import.meta.url)

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene?.close())

const ENTITIES: Readonly<Record<string, string>> = { '&quot;': '"', '&#39;': "'", '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/** The main part of a page, a line for each block, without the form of “what if” and the signs that only repeat a word. */
function linesOf(html: string): string {
  const main = /<main[^>]*>([\s\S]*?)<\/main>/.exec(html)![1]!
  return (
    main
      .replace(/<section[^>]*(id="if"|aria-labelledby="if[^"]*")[\s\S]*$/, '')
      .replace(/<svg[\s\S]*?<\/svg>/g, '')
      .replace(/<span class="k-sign[^>]*>[\s\S]*?<\/span>/g, '')
      // A link says for the ear which line it belongs to; the eye sees it under that line.
      .replace(/<span class="govuk-visually-hidden"> \([^<]*<\/span>/g, '')
      .replace(/<span class="govuk-visually-hidden">([^<]*)<\/span>/g, '[$1] ')
      .replace(/<(li|p|h1|h2|h3|small|dt|dd|a)[ >]/g, '\n$&')
      .replace(/<[^>]+>/g, '')
      .replace(/&(quot|#39|amp|lt|gt);/g, (entity) => ENTITIES[entity]!)
      .split('\n')
      .map((line) =>
        line
          .replace(/\s+/g, ' ')
          .replace(/\d{8}-\d{4}/g, '20261124-0001')
          .trim(),
      )
      .filter(Boolean)
      .join('\n')
  )
}

const see = async (who: { cookie: string; address: string }, path: string) => {
  const page = await new FormBrowser(scene, who.cookie, who.address).see(path)
  assert.equal(page.status, 200, path)
  return linesOf(page.html)
}

/** By the name of its block in the document. */
const situations: Record<string, () => Promise<string>> = {
  async 'four-months-before'() {
    return see(await scene.resident({ name: '陈秀英', bornOn: '1957-03-24' }), '/matters/longevity-allowance/why')
  },
  async 'one-income-unknown'() {
    const who = await scene.resident({ name: '梁国强', bornOn: '1975-06-01' })
    const { caseId } = await apply(scene, who, 'minimum-living-guarantee', {
      'about-you': 'yes',
      'members-1-name': '黄桂芳', 'members-1-relation': '妻子', 'members-1-born-year': '1977', 'members-1-born-month': '2', 'members-1-born-day': '3',
      'members-2-name': '梁小丽', 'members-2-relation': '女儿', 'members-2-born-year': '2012', 'members-2-born-month': '9', 'members-2-born-day': '1', 'members-2-income': '0',
      income: '2000', property: 'none', account: 'other', 'account-number': '6222021111111111112', 'staff-relative': 'no',
    }) // biome-ignore format: a form
    return see(who, `/me/cases/${caseId}/why`)
  },
  async 'hukou-elsewhere'() {
    return see(
      await scene.resident({ name: '韦海燕', bornOn: '1990-09-01', hukou: '450102' }),
      '/matters/minimum-living-guarantee/why',
    )
  },
}

test('the three pages in the document are what the pages say', async () => {
  let text = readFileSync(DOC, 'utf8')
  for (const [name, show] of Object.entries(situations)) {
    const block = new RegExp(`(<!-- ${name} -->\\n\`\`\`text\\n)([\\s\\S]*?)(\\n\`\`\`)`)
    const found = block.exec(text)
    assert.ok(found, `docs/explanations.md has a block ${name}`)
    const shown = await show()
    if (process.env.KAIFONG_WRITE_EXPLANATIONS) text = text.replace(block, (_, head, __, tail) => `${head}${shown}${tail}`)
    else assert.equal(found[2], shown)
  }
  if (process.env.KAIFONG_WRITE_EXPLANATIONS) writeFileSync(DOC, text)
})
