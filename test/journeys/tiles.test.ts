/** A base map in the browser: tiles of another host come through the policy of the page, and the approval number stands under it. */
import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { officer, openBrowser, walker } from '../harness/browser.ts'
import { openStreet, type Street } from '../harness/street.ts'

let street: Street
let browser: Browser
let tiles: Server
let asked = 0
before(async () => {
  const tile = await sharp({ create: { width: 256, height: 256, channels: 3, background: '#cfe3d4' } })
    .png()
    .toBuffer()
  tiles = createServer((_, response) => {
    asked++
    response.writeHead(200, { 'content-type': 'image/png', 'access-control-allow-origin': '*' }).end(tile)
  })
  await new Promise<void>((listening) => tiles.listen(0, '127.0.0.1', listening))
  const origin = `http://127.0.0.1:${(tiles.address() as AddressInfo).port}`
  const map = { approval: 'GS(2024)0650号', attribution: '示例测绘院', crs: 'GCJ02' } as const
  browser = await openBrowser()
  street = await openStreet(undefined, { url: `${origin}/{z}/{x}/{y}.png`, origin, ...map })
})
after(async () => {
  await browser?.close()
  await street?.close()
  tiles?.close()
})

test('tiles are shown with their number, to residents and at the desk', { timeout: 120_000 }, async () => {
  const neighbour = await walker(browser, street, { phone: true })
  await neighbour.visit('/around/map')
  await neighbour.page.waitForTimeout(3000)
  await neighbour.reads('审图号：GS(2024)0650号')
  assert.ok(asked > 0, 'tiles were asked for')
  await neighbour.picture('tiles-around-phone')
  const supervisor = await officer(browser, street, 'grid.supervisor', undefined, { lang: 'en' })
  await supervisor.visit('/desk/grids')
  await supervisor.page.locator('table a').nth(1).click()
  await supervisor.page.locator('table a').first().click()
  await supervisor.page.locator('[data-draw][data-ready]').waitFor()
  await supervisor.page.waitForTimeout(2000)
  await supervisor.reads('GS(2024)0650号')
  await supervisor.picture('tiles-draw-en')
})
