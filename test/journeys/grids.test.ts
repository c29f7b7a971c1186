/** 网格 in the browser: drawn with the mouse, pasted without script, looked at before it is kept; pictures in both languages. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { officer, openBrowser, type Walker } from '../harness/browser.ts'
import { openStreet, type Street } from '../harness/street.ts'

let street: Street
let browser: Browser
let supervisor: Walker
before(async () => {
  browser = await openBrowser()
  street = await openStreet()
  supervisor = await officer(browser, street, 'grid.supervisor')
})
after(async () => {
  await browser?.close()
  await street?.close()
})

let community = ''
const english = () => supervisor.page.context().addCookies([{ name: 'lang', value: 'en', url: street.url }])
const chinese = () => supervisor.page.context().addCookies([{ name: 'lang', value: 'zh', url: street.url }])

test('a grid is moved on the map by one corner, and what that does is seen before it is kept', { timeout: 120_000 }, async () => {
  await supervisor.visit('/desk/grids')
  await supervisor.reads('霍嘉俊', '容燕玲', '蒙婉婷')
  assert.ok(!(await supervisor.page.locator('main').innerText()).includes('没有人管'), 'every grid of the demo has somebody')
  await supervisor.picture('grids-communities')
  await supervisor.page.locator('table a').nth(1).click()
  await supervisor.look()
  await supervisor.reads('没有重叠，社区里每个地方都有网格', '谁管哪个网格是编出来的')
  await supervisor.picture('grids-community')
  community = new URL(supervisor.page.url()).pathname
  await supervisor.page.locator('table a').first().click()
  const field = supervisor.page.locator('textarea[name="boundary"]')
  const kept = await field.inputValue()
  await supervisor.page.locator('[data-draw][data-ready]').waitFor()
  await supervisor.page.waitForTimeout(1500)
  const map = supervisor.page.locator('[data-map]')
  const box = (await map.boundingBox())!
  // A corner of the grid, where the map shows it: dragged inwards.
  const corner = await supervisor.page.evaluate(
    ([text, all]) => {
      const shown = JSON.parse(all!) as { grids: { boundary: { coordinates: number[][][] } }[] }
      const own = JSON.parse(text!) as { coordinates: number[][][] }
      const positions = [...own.coordinates.flat(), ...shown.grids.flatMap(({ boundary }) => boundary.coordinates.flat())]
      return { own: own.coordinates[0]!, positions }
    },
    [kept, await supervisor.page.locator('[data-draw]').getAttribute('data-shown')],
  )
  const mercator = (lat: number) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) * (180 / Math.PI)
  const lons = corner.positions.map(([lon]) => lon!)
  const lats = corner.positions.map(([, lat]) => mercator(lat!))
  const [broad, high] = [Math.max(...lons) - Math.min(...lons), Math.max(...lats) - Math.min(...lats)]
  const scale = Math.min((box.width - 48) / broad, (box.height - 48) / high)
  const at = ([lon, lat]: number[]) => ({
    x: box.x + box.width / 2 + (lon! - (Math.min(...lons) + Math.max(...lons)) / 2) * scale,
    y: box.y + box.height / 2 - (mercator(lat!) - (Math.min(...lats) + Math.max(...lats)) / 2) * scale,
  })
  const from = at(corner.own[1]!)
  await supervisor.page.mouse.move(from.x, from.y)
  await supervisor.page.mouse.down()
  await supervisor.page.mouse.move(from.x + 30, from.y - 40, { steps: 8 })
  await supervisor.page.mouse.up()
  await supervisor.page.waitForTimeout(500)
  await supervisor.picture('grids-draw')
  assert.notEqual(await field.inputValue(), kept, 'the corner that was dragged is in the field')
  await supervisor.reads('画好了')
  await supervisor.type(/^边界从哪里来/, '街道 2026 年网格划分方案')
  await supervisor.type(/^为什么这样画/, '新修了一条路')
  await supervisor.press('先看看')
  await supervisor.reads('有 1 处没有网格')
  await supervisor.picture('grids-confirm')
  await supervisor.press('知道了，还是存下来')
  await supervisor.reads('网格已经存好', '新修了一条路')
  await supervisor.picture('grids-changed')
  await supervisor.page.setViewportSize({ width: 390, height: 844 })
  await supervisor.visit(community)
  await supervisor.picture('grids-changed-phone')
  await supervisor.page.locator('table a').first().click()
  await supervisor.page.locator('[data-draw][data-ready]').waitFor()
  await supervisor.page.waitForTimeout(1500)
  await supervisor.look()
  await supervisor.page.locator('[data-map]').scrollIntoViewIfNeeded()
  await supervisor.page.waitForTimeout(1000)
  await supervisor.picture('grids-draw-phone', { whole: false })
  await english()
  await supervisor.visit(`${community}`)
  await supervisor.picture('grids-changed-phone-en')
  await supervisor.page.setViewportSize({ width: 1280, height: 800 })
  await supervisor.visit('/desk/grids')
  await supervisor.picture('grids-communities-en')
  await supervisor.visit(`${community}/draw?of=new`)
  await supervisor.page.locator('[data-draw][data-ready]').waitFor()
  await supervisor.page.waitForTimeout(1500)
  await supervisor.picture('grids-draw-en')
  await chinese()
})

test('homes that now stand in another grid are seen and put right', { timeout: 120_000 }, async () => {
  await supervisor.page.setViewportSize({ width: 1280, height: 800 })
  await supervisor.visit(`${community}/homes?list=several`)
  await supervisor.picture('grids-homes-several')
  await supervisor.visit(`${community}/workers`)
  await supervisor.picture('grids-workers')
  await supervisor.page.locator('input[type="checkbox"]').first().check()
  await supervisor.press('存下来', supervisor.page.locator('main form'))
  await supervisor.reads('谁管哪个网格，已经存好', '霍嘉俊')
  await supervisor.picture('grids-workers-kept')
  await supervisor.page.setViewportSize({ width: 390, height: 844 })
  await supervisor.visit(`${community}/workers`)
  await supervisor.picture('grids-workers-phone')
  await supervisor.visit(`${community}/homes?list=several`)
  await supervisor.picture('grids-homes-phone')
  await english()
  await supervisor.visit(`${community}/homes?list=right`)
  await supervisor.picture('grids-homes-phone-en')
  await supervisor.page.setViewportSize({ width: 1280, height: 800 })
  await supervisor.visit(`${community}/homes`)
  await supervisor.picture('grids-homes-en')
})

test('what a department asks reaches a worker only from the list, and comes back to it', { timeout: 180_000 }, async () => {
  const newcomers = await officer(browser, street, 'newcomers')
  await newcomers.visit('/desk/tasks')
  await newcomers.picture('tasks-department')
  await newcomers.link('入格事项清单')
  await newcomers.reads('谁批准', '出清单')
  await newcomers.picture('tasks-admission')
  await newcomers.visit('/desk/tasks/new')
  await newcomers.press('下派', newcomers.page.locator('main form'))
  await newcomers.picture('tasks-new-errors')
  await newcomers.choose(/采集来穗人员/)
  await newcomers.page.locator('select[name="area"]').selectOption({ index: 1 })
  await newcomers.type(/^要做什么/, '看看示例三巷新搬来的人登记了没有')
  for (const [part, value] of [
    ['year', '2026'],
    ['month', '12'],
    ['day', '4'],
  ])
    await newcomers.page.locator(`input[name="dueOn.${part}"]`).fill(value!)
  await newcomers.press('下派', newcomers.page.locator('main form'))
  await newcomers.reads('已经下派')

  const giver = await officer(browser, street, 'grid.supervisor')
  await giver.visit('/desk/tasks')
  await giver.picture('tasks-supervisor')
  await giver.page.locator('table a').first().click()
  await giver.look()
  await giver.page.locator('select[name="workerId"]').selectOption({ index: 1 })
  await giver.picture('tasks-give')
  await giver.press('分派', giver.page.locator('form[action$="/act/give"]'))
  await giver.reads('已经分派')

  const worker = await officer(browser, street, 'grid.worker', undefined, { phone: true, script: false })
  await worker.visit('/desk/tasks')
  await worker.picture('tasks-worker-phone')
  await worker.page.locator('table a').first().click()
  await worker.look()
  await worker.picture('tasks-worker-phone-one')
  await worker.type(/^做了什么/, '都走到了，两家已登记')
  await worker.press('做完了', worker.page.locator('form[action$="/act/do"]'))
  await worker.reads('记下了')
  await worker.page.context().addCookies([{ name: 'lang', value: 'en', url: street.url }])
  await worker.visit('/desk/tasks?list=open')
  await worker.picture('tasks-worker-phone-en')
})
