/** 外勤 in the browser: a week without network on a phone, restarted and full, and everything comes in once. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import sharp from 'sharp'
import { openBrowser, pictures, Walker, walker } from '../harness/browser.ts'
import { openStreet, type Street } from '../harness/street.ts'

/** By hand: KAIFONG_FIELD_RECORDS=500. */
const WEEK = Number(process.env.KAIFONG_FIELD_RECORDS ?? 12)
const PATH = '/desk/field'
let street: Street
let owner: pg.Client
let profile: string
let phone: BrowserContext
let page: Page
/** In a grid of her own community. */
let geolocation: { longitude: number; latitude: number }
before(async () => {
  street = await openStreet()
  owner = new pg.Client({ connectionString: street.ownerUrl })
  await owner.connect()
  await role('inspector', 'grid-worker', '440106001002')
  const { rows } = await owner.query(
    `select (west + east) / 2 as longitude, (south + north) / 2 as latitude from grid.grid where area = '440106001002' limit 1`,
  )
  geolocation = rows[0]
  profile = mkdtempSync(join(tmpdir(), 'field-'))
  await start()
})
after(async () => {
  await phone?.close()
  await owner?.end()
  await street?.close()
  rmSync(profile, { recursive: true, force: true })
})

/** The phone is switched on: the same profile, a new browser. */
async function start(): Promise<void> {
  phone = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    geolocation,
    permissions: ['geolocation'],
  })
  phone.setDefaultTimeout(15_000)
  page = await phone.newPage()
  page.on('pageerror', (error) => console.error('page:', error))
  page.on('dialog', (dialog) => void dialog.accept())
}
async function signIn(username = 'inspector'): Promise<void> {
  await page.goto(`${street.url}/desk/sign-in?next=%2Fdesk%2Ffield`)
  await page.locator('input[name="username"]').fill(username)
  await page.locator('input[name="password"]').fill(street.password)
  await page.locator('main form button').first().click()
  await page.waitForURL(`${street.url}${PATH}`)
}
const saying = async (cause: unknown): Promise<never> => {
  throw new Error(`the page says:\n${await page.locator('body').innerText()}`, { cause })
}
const reads = (text: string | RegExp) => page.locator('[data-field]').filter({ hasText: text }).waitFor().catch(saying)
const press = (name: string) =>
  page.locator('section:not([hidden])').getByRole('button', { name, exact: true }).click().catch(saying)
const picture = (name: string) => page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
const look = () => new Walker(page, street).look()
const incidents = async (): Promise<number> =>
  Number((await owner.query(`select count(*) from grid.report where channel = 'worker' and post_id is not null`)).rows[0].count)
const notes = async (): Promise<number> => Number((await owner.query('select count(*) from grid.field_record')).rows[0].count)
const role = (username: string, role: string, area: string) =>
  owner.query(
    `update access.post set role = $2, domains = '{grid}', areas = array[$3], scope = $3
      where officer_id = (select id from access.officer where name = (select name from auth."user" where username = $1))`,
    [username, role, area],
  )

async function report(n: number): Promise<void> {
  await press('报一件事')
  const form = page.locator('[data-form="report"]')
  await form.locator('[name="classCode"]').selectOption('street-lamp')
  await form.locator('[name="words"]').fill(`路灯不亮 ${n}`)
  await form.locator('[name="text"]').fill(`示例一巷 ${n} 号`)
  await press('存下')
  await page.locator('[data-said]', { hasText: '存好了' }).waitFor()
}

test('signed in once it opens without network, and nothing else of the desk is kept', { timeout: 120_000 }, async () => {
  await signIn()
  await reads('有网络。 上次联网')
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.goto(`${street.url}/desk/incidents`)
  await page.goto(street.url + PATH)
  await reads('有网络。 上次联网')
  await look()
  await picture('field-home')
  await phone.setOffline(true)
  await page.reload()
  await reads('没有网络')
  await picture('field-offline')
  const other = await phone.newPage()
  await assert.rejects(other.goto(`${street.url}/desk/incidents`))
  await other.close()
  const kept = await page.evaluate(async () => {
    const names = await caches.keys()
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return all.flat().map(({ url }) => new URL(url).pathname)
  })
  assert.ok(kept.includes('/desk/field'))
  assert.deepEqual(kept.filter((path) => !path.startsWith('/assets/') && !path.startsWith('/desk/field')), []) // biome-ignore format: one line
})

test('a week is recorded without network and stays through a restart; sent twice it is there once', {
  timeout: 600_000,
}, async () => {
  for (let n = 0; n < WEEK; n++) await report(n)
  await reads(`等送出 ${WEEK}`)
  await phone.close()
  await start()
  await phone.setOffline(true)
  await page.goto(street.url + PATH)
  await reads(`等送出 ${WEEK}`)
  await press('看存着的记录')
  await reads('路灯不亮 0')
  await look()
  await picture('field-queue')
  await phone.setOffline(false)
  // The node takes all of it, and the phone does not hear the answer.
  const unheard = new Promise<void>((done) =>
    phone.route('**/api/v1/field/records', async (route) => {
      await route.fetch()
      await route.abort()
      done()
    }),
  )
  const before = await incidents()
  await signIn()
  await unheard
  await reads('没有网络')
  assert.equal(await incidents(), before + Math.min(WEEK, 100))
  await reads(`等送出 ${WEEK}`)
  await phone.unroute('**/api/v1/field/records')
  await press('现在送出')
  await page.locator('[data-said]', { hasText: `送出了 ${WEEK} 条` }).waitFor({ timeout: WEEK * 5000 })
  assert.equal(await incidents(), before + WEEK)
  await picture('field-sent')
})

test('tasks are along without network: seen, answered, sent once; one that was withdrawn meanwhile is put to her', {
  timeout: 120_000,
}, async () => {
  const given = async (what: string): Promise<string> => {
    const { rows } = await owner.query(
      `insert into grid.task (id, area, item_code, pack_hash, line, organisation_id, what, due_on, status, worker_id, pushed_at, seq)
       select gen_random_uuid(), '440106001002', 'register-newcomers', (select hash from matters.pack order by loaded_at desc limit 1), 'migrants',
         (select id from access.organisation where name like '%来穗%' limit 1), $1, '2026-11-23', 'given', p.id, '2026-11-20', 2
       from access.post p where p.role = 'grid-worker' and p.areas = '{440106001002}' and p.officer_id = (select id from access.officer where name = (select name from auth."user" where username = 'inspector')) returning id`,
      [what],
    )
    return rows[0].id
  }
  const [first, second] = [await given('看看示例一巷新租的三户'), await given('看看示例二巷的出租屋')]
  await press('现在送出')
  await page.locator('[data-tasks]', { hasText: '2' }).waitFor()
  await phone.setOffline(true)
  await page.reload()
  await press('分给我的任务 2')
  await reads(/看看示例一巷新租的三户.*过期了/s)
  await look()
  await picture('field-tasks')
  const answer = async (what: string, words: string, how: string) => {
    await page.locator('[data-list="tasks"] li', { hasText: what }).getByRole('button').click()
    await page.locator('[data-form="task"] [name="words"]').fill(words)
    await look()
    await picture('field-task')
    await press(how)
    await page.locator('[data-said]', { hasText: '存好了' }).waitFor()
  }
  await answer('示例一巷', '三户都登记了', '做完了')
  await page.reload()
  await press('分给我的任务 1')
  await answer('示例二巷', '敲门没有人', '做不了，交回')
  await owner.query(`update grid.task set status = 'withdrawn', ended_at = pushed_at, seq = 3 where id = $1`, [second])
  await phone.setOffline(false)
  await reads('要您决定 1')
  await press('看存着的记录')
  await reads('现在是：已撤回')
  await look()
  await picture('field-task-conflict')
  await press('作为走访记录留下')
  await reads(/等送出 0.*要您决定 0/s)
  const { rows } = await owner.query('select status, seq from grid.task where id = any($1) order by seq, status', [
    [first, second],
  ])
  assert.deepEqual(rows.map(({ status }) => status).toSorted(), ['done', 'withdrawn'])
  const { rows: kept } = await owner.query('select kind from grid.field_record where task_id = $1', [second])
  assert.deepEqual(kept, [{ kind: 'visit' }])
  await press('返回')
})

const lamp = (): Promise<Buffer> =>
  sharp({ create: { width: 3000, height: 2000, channels: 3, background: '#41506e' } })
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '23/1 7/1 45/1' } })
    .jpeg()
    .toBuffer()

test('photos wait with their record, sealed, through a restart; they go up once and nothing of them stays on the phone', {
  timeout: 120_000,
}, async () => {
  await phone.setOffline(true)
  await press('报一件事')
  const form = page.locator('[data-form="report"]')
  await form.locator('[name="classCode"]').selectOption('street-lamp')
  await form.locator('[name="words"]').fill('灯杆歪了，有照片')
  await form.locator('[name="text"]').fill('示例二巷 7 号')
  const two = [1, 2].map((n) => lamp().then((buffer) => ({ name: `${n}.jpg`, mimeType: 'image/jpeg', buffer })))
  await form.locator('[data-photos]').setInputFiles(await Promise.all(two))
  await form.locator('[data-chosen] li').nth(1).waitFor()
  await form.locator('[data-photos]').setInputFiles({ name: 'x.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no photo') })
  await reads('这张照片打不开')
  await look()
  await picture('field-photos')
  await press('存下')
  await page.locator('[data-said]', { hasText: '存好了' }).waitFor()
  await phone.close()
  await start()
  await phone.setOffline(true)
  await page.goto(street.url + PATH)
  await press('看存着的记录')
  await reads('2 张照片')
  await picture('field-photos-kept')
  await phone.setOffline(false)
  // The photos go up, and the phone does not hear what became of the record.
  const unheard = new Promise<void>((done) =>
    phone.route('**/api/v1/field/records', async (route) => {
      await route.fetch()
      await route.abort()
      done()
    }),
  )
  await signIn()
  await unheard
  await reads('没有网络')
  await phone.unroute('**/api/v1/field/records')
  await press('现在送出')
  await page.locator('[data-said]', { hasText: '送出了 1 条' }).waitFor()
  const { rows } = await owner.query(
    'select p.id, f.size from grid.photo p join documents.file f on f.id = p.file_id where p.report_id is not null and p.post_id is not null',
  )
  assert.equal(rows.length, 2, 'sent twice they are there once')
  const left = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        const open = indexedDB.open('kaifong-field')
        open.onsuccess = () => {
          const all = open.result.transaction('photo').objectStore('photo').count()
          all.onsuccess = () => {
            open.result.close()
            done(all.result)
          }
        }
      }),
  )
  assert.equal(left, 0)
})

test('a full phone says so, and nothing that was kept is lost; what is typed stays', { timeout: 120_000 }, async () => {
  await phone.setOffline(true)
  await report(100)
  // The browser's own quota could not be made small from outside: a full disk is what IndexedDB then throws.
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype
    IDBObjectStore.prototype.put = function (...given) {
      if (this.name === 'record' && !('roomAgain' in globalThis)) throw new DOMException('full', 'QuotaExceededError')
      return put.apply(this, given)
    }
  })
  await press('报一件事')
  const form = page.locator('[data-form="report"]')
  await form.locator('[name="classCode"]').selectOption('street-lamp')
  await form.locator('[name="words"]').fill('灯杆歪了')
  await press('用手机定位')
  await reads('定到位了')
  await press('存下')
  await reads('手机存满了')
  await look()
  await picture('field-full')
  assert.equal(await form.locator('[name="words"]').inputValue(), '灯杆歪了')
  await page.evaluate(() => Object.assign(globalThis, { roomAgain: true }))
  await press('存下')
  await reads('等送出 2')
})

test('pressed twice with gloves a record is kept once; a phone full to the last byte still opens, reads and signs out when there is room', {
  timeout: 120_000,
}, async () => {
  await press('走访记录')
  await page.locator('[data-form="visit"] [name="words"]').fill('戴着手套按了两下')
  const keepIt = page.locator('[data-form="visit"] button[type="submit"]')
  await keepIt.evaluate((button: HTMLButtonElement) => {
    button.click()
    button.click()
    button.click()
  })
  await reads('等送出 3')
  const full = await phone.newPage()
  await full.addInitScript(() => {
    const { put } = IDBObjectStore.prototype
    IDBObjectStore.prototype.put = function (...given) {
      if (!('roomAgain' in globalThis)) throw new DOMException('full', 'QuotaExceededError')
      return put.apply(this, given)
    }
  })
  await full.goto(street.url + PATH)
  const says = (text: string) => full.locator('[data-field]').filter({ hasText: text }).waitFor()
  await says('等送出 3')
  await full.getByRole('button', { name: '退出登录' }).click()
  await says('还有 3 条没有送出')
  await full.getByRole('button', { name: '现在就退出' }).click()
  await says('所以没有退出')
  await full.screenshot({ path: join(pictures, 'field-full-leave.png'), fullPage: true })
  await full.close()
  await page.reload()
  await press('看存着的记录')
  await reads('戴着手套按了两下')
  assert.equal(await page.locator('[data-list="records"] li', { hasText: '戴着手套' }).count(), 1)
  await press('返回')
})

test('seventy-two hours without contact lock what waits; more can still be kept', { timeout: 60_000 }, async () => {
  const aged = `new Promise((done) => {
    const open = indexedDB.open('kaifong-field')
    open.onsuccess = () => {
      const store = open.result.transaction('owner', 'readwrite').objectStore('owner')
      const all = store.getAll()
      all.onsuccess = () => { for (const one of all.result) store.put({ ...one, contactAt: one.contactAt - 73 * 3600000 }); store.transaction.oncomplete = done }
    }
  })`
  await page.evaluate(aged)
  await page.reload()
  await reads('锁上了')
  await press('看存着的记录')
  await reads('锁着，登录以后才能看')
  assert.ok(!(await page.locator('main').innerText()).includes('灯杆歪了'))
  await press('返回')
  await report(101)
  await reads('等送出 4')
  await picture('field-locked')
})

/** Posts whose records this phone can open as it lies there. */
const openLocks = (): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((done) => {
        const open = indexedDB.open('kaifong-field')
        open.onsuccess = () => {
          const owners = open.result.transaction('owner').objectStore('owner').getAll()
          owners.onsuccess = () => done(owners.result.filter((one) => one.lock).length)
        }
      }),
  )

test('signing out with unsent work asks; what waits stays, sealed, for its owner', { timeout: 120_000 }, async () => {
  await phone.setOffline(false)
  await phone.route('**/api/v1/field/records', (route) => route.abort())
  await page.goto(`${street.url}/desk/incidents`)
  await page.locator('form[action="/desk/sign-out"] button').click()
  await page.waitForURL(/sign-out/)
  await reads('还有 4 条没有送出')
  await look()
  await picture('field-leave')
  await press('现在就退出')
  await page.waitForURL(/\/desk\/sign-in/)
  await page.goto(street.url + PATH)
  await reads('先联网登录一次')
  assert.equal(await openLocks(), 0)
  await phone.unroute('**/api/v1/field/records')
  const before = await notes()
  await signIn()
  await reads('送出了 4 条')
  assert.equal(await notes(), before + 4)
})

test('what nobody sent for thirty days is deleted when the page is next opened, and said', { timeout: 120_000 }, async () => {
  await phone.setOffline(true)
  await report(150)
  await report(151)
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        const open = indexedDB.open('kaifong-field')
        open.onsuccess = () => {
          const store = open.result.transaction('record', 'readwrite').objectStore('record')
          const all = store.getAll()
          all.onsuccess = () => {
            const [first] = all.result.filter((one) => one.state === 'queued').sort((a, b) => a.madeAt - b.madeAt)
            store.put({ ...first, madeAt: first.madeAt - 31 * 24 * 3_600_000 })
            store.transaction.oncomplete = () => done()
          }
        }
      }),
  )
  await page.reload()
  await reads('有 1 条超过三十天没有送出，已经从手机里删掉')
  await reads('等送出 1')
  await picture('field-pruned')
  await phone.setOffline(false)
  await press('现在送出')
  await reads('等送出 0')
})

test('what changed since she looked is put to her; without script the page says what to use', { timeout: 120_000 }, async () => {
  const { rows } = await owner.query(`update grid.incident set status = 'handled', title = '路灯不亮', handled_at = reported_at
    where id = (select id from grid.incident where area = '440106001002' and status = 'reported' limit 1) returning id`)
  await press('现在送出')
  await page.locator('[data-checks]', { hasText: /\d/ }).waitFor()
  await phone.setOffline(true)
  await press('到现场核查 1')
  await page.locator('[data-list="checks"] button').first().click()
  await page
    .locator('[data-form="check"] [data-photos]')
    .setInputFiles({ name: 'now.jpg', mimeType: 'image/jpeg', buffer: await lamp() })
  await page.locator('[data-form="check"] [data-chosen] img').waitFor()
  await look()
  await picture('field-check')
  await press('通过，已经办好')
  await page.locator('[data-said]', { hasText: '存好了' }).waitFor()
  await owner.query('update grid.incident set seq = seq + 1 where id = $1', [rows[0].id])
  await phone.setOffline(false)
  await reads('要您决定 1')
  await press('看存着的记录')
  await reads('已经有人办到下一步了')
  await look()
  await picture('field-conflict')
  await press('作为走访记录留下')
  await reads(/等送出 0.*要您决定 0/s)
  const { rows: kept } = await owner.query(`select kind from grid.field_record where incident_id = $1 and kind = 'visit'`, [
    rows[0].id,
  ])
  assert.equal(kept.length, 1)
  const { rows: seen } = await owner.query('select fact_seq from grid.photo where incident_id = $1', [rows[0].id])
  assert.deepEqual(seen, [{ fact_seq: null }], 'its photo is of a note, not of a check')
  await page.goto(`${street.url}/desk/incidents/notes`)
  await look()
  await picture('field-notes-phone')
  await page.goto(street.url + PATH)

  const browser = await openBrowser()
  const her = await walker(browser, street, { phone: true, script: false })
  await her.visit(PATH)
  await her.reads('JavaScript', '上报一件事')
  await her.picture('field-no-script')
  const english = await walker(browser, street, { lang: 'en' })
  await english.visit(PATH)
  await english.picture('field-en')
  await browser.close()
})

test('her post has ended: the phone locks what waits, and the supervisor recovers it there', { timeout: 120_000 }, async () => {
  await page.goto(street.url + PATH)
  await reads('有网络。 上次联网')
  await signIn('grid.worker2')
  await reads('岳洲第 1 网格')
  assert.equal(await openLocks(), 1, 'a colleague on this phone opens her own alone')
  await signIn()
  await reads('有网络。 上次联网')
  await phone.setOffline(true)
  await report(200)
  await owner.query(`update access.post set valid_to = '2026-11-23' where role = 'grid-worker' and areas = '{440106001002}'`)
  await phone.setOffline(false)
  await press('现在送出')
  await reads('不能再用外勤')
  await page.goto(`${street.url}/desk/tasks`)
  await page.goto(street.url + PATH)
  await reads('没有能用的岗位')
  await look()
  await picture('field-no-post')
  await press('看存着的记录')
  await reads('锁着，登录以后才能看')
  await phone.clearCookies()
  await role('recheck', 'grid-supervisor', '440106001')
  const before = await incidents()
  await signIn('recheck')
  await press('取回这部手机里别人的 1 条')
  await reads('取回了 1 条')
  await picture('field-recovered')
  assert.equal(await incidents(), before + 1)
  const { rows } = await owner.query(
    'select of_post is not null as recovered from grid.field_record order by received_at desc limit 1',
  )
  assert.equal(rows[0].recovered, true)
})
