/**
 * `npm run bench [-- --json] [--seals] [--cases 200000] [--incidents 1000000] [--rounds 5] [--population 1000000]`: every figure a ratio in one run, floor and ours in turn.
 * One object comes out. What is not a ratio is marked: this machine, today. `--only read,create` measures those alone, `--only find` the rules
 * and the searches of `--population` persons (`--registers 1000000`: so many are in the registers, and the snapshot repeats them); `--profile folder` leaves a CPU profile of each side there: for looking for time, not for figures.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { loadPack, readHousePack } from '../src/core/matters/index.ts'
import { openKeys } from '../src/platform/crypto/keys.ts'
import { findMigrations, migrate } from '../src/platform/database/migrate.ts'
import { startEmbedded } from '../src/platform/postgres/index.ts'
import { dayOf } from '../src/platform/time.ts'
import { loadWords } from '../src/platform/words.ts'
import { measureBackup } from './backup.ts'
import { COMMUNITY, fill, fresh, freshCases, STREET } from './fill.ts'
import { fieldSyncRate } from './incidents/field.ts'
import { DISTRICT_BOX, fillIncidents } from './incidents/fill.ts'
import { loginVsHash } from './login.ts'
import { measureOutreach } from './outreach/measure.ts'
import { sealFigures } from './seals.ts'

const { values: given } = parseArgs({
  options: {
    json: { type: 'boolean' },
    seals: { type: 'boolean' },
    cases: { type: 'string', default: '200000' },
    incidents: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    population: { type: 'string', default: '1000000' },
    registers: { type: 'string' },
    only: { type: 'string' },
    profile: { type: 'string' },
  },
})
const root = join(import.meta.dirname, '..')
const WINDOW_MS = 1500
const IN_FLIGHT = 8
const say = (text: string) => given.json || process.stdout.write(`${text}\n`)

interface Side {
  child: ChildProcess
  address: string
  cookies: Record<string, string>
  readyS: number
}

const start = (file: string, argument: object): Promise<Side> =>
  new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, file), [JSON.stringify(argument)], {
      execArgv: [
        '--import',
        join(root, 'bin/tsx-hook.mjs'),
        ...(given.profile ? ['--cpu-prof', `--cpu-prof-dir=${given.profile}`, `--cpu-prof-name=${file}.cpuprofile`] : []),
      ],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    child.once('message', (message: Omit<Side, 'child'>) => resolve({ ...message, child }))
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)))
  })

const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT })

interface Shot {
  method: 'GET' | 'POST'
  path: string
  cookie?: string
  body?: object
  key?: string
}

function shoot(address: string, { method, path, cookie, body, key }: Shot): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string> = {}
    if (cookie) headers.cookie = cookie
    if (body) headers['content-type'] = 'application/json'
    if (key) headers['idempotency-key'] = key
    const sent = request(address + path, { method, agent, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part) => parts.push(part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }))
    })
    sent.on('error', reject)
    sent.end(body ? JSON.stringify(body) : undefined)
  })
}

/** Requests a second in one window; any answer but 200 ends the run, since a refusal is fast and no work. */
async function rate(side: Side, next: () => Shot): Promise<number> {
  const until = performance.now() + WINDOW_MS
  const began = performance.now()
  let count = 0
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      while (performance.now() < until) {
        const shot = next()
        const { status, text } = await shoot(side.address, shot)
        if (status !== 200) throw new Error(`${shot.method} ${shot.path}: ${status} ${text.slice(0, 300)}`)
        count++
      }
    }),
  )
  return count / ((performance.now() - began) / 1000)
}

const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!
const rounded = (n: number) => Number(n.toFixed(3))

interface Ratio {
  ratio: number
  range: [number, number]
  ours_per_s: number
  floor_per_s: number
}

/** Whether `--only` leaves a figure whose name begins so. */
const wanted = (begins: string): boolean => !given.only || given.only.split(',').some((name) => name.startsWith(begins))

/** Null when `--only` names others. */
async function compare(
  name: string,
  ours: Side,
  floor: Side,
  oursNext: () => Shot,
  floorNext: () => Shot,
): Promise<Ratio | null> {
  if (given.only && !given.only.split(',').includes(name)) return null
  const rounds = Number(given.rounds)
  const [a, b]: [number[], number[]] = [[], []]
  await rate(ours, oursNext)
  await rate(floor, floorNext)
  for (let i = 0; i < rounds; i++) {
    a.push(await rate(ours, oursNext))
    b.push(await rate(floor, floorNext))
  }
  const ratios = a.map((x, i) => x / b[i]!)
  const result: Ratio = {
    ratio: rounded(median(ratios)),
    range: [rounded(Math.min(...ratios)), rounded(Math.max(...ratios))],
    ours_per_s: Math.round(median(a)),
    floor_per_s: Math.round(median(b)),
  }
  say(`${name}: ${result.ratio} [${result.range.join('–')}]  ours ${result.ours_per_s}/s, floor ${result.floor_per_s}/s`)
  return result
}

/** All bytes of a first visit, as a browser that takes brotli gets them. */
async function homeBytes(address: string): Promise<number> {
  const page = await shoot(address, { method: 'GET', path: '/' })
  const links = [...page.text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((m) => m[1]!)
  const assets = [...new Set(links)].map((path) => statSync(join(root, 'dist', `${path}.br`)).size)
  return Buffer.byteLength(page.text) + assets.reduce((a, b) => a + b, 0)
}

const folder = mkdtempSync(join(tmpdir(), 'kaifong-bench-'))
// PostgreSQL runs as an unprivileged user, who must be able to enter.
chmodSync(folder, 0o755)
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const outreach =
  given.only && !given.only.split(',').includes('find')
    ? undefined
    : await measureOutreach(root, join(folder, 'outreach'), {
        persons: Number(given.population),
        registers: Number(given.registers ?? given.population),
        rounds: Number(given.rounds),
        say,
      })
const show = (result: object) =>
  process.stdout.write(`${given.json ? JSON.stringify(result) : JSON.stringify(result, null, 2)}\n`)
if (given.only === 'find') {
  const { ratios, this_machine_today } = outreach!
  show({ on: dayOf(new Date()), ...ratios, this_machine_today: { node: process.version, ...this_machine_today } })
  process.exit()
}
const embedded = await startEmbedded({
  dataDir: join(folder, 'data'),
  log: { info() {}, warn: console.error },
  whenHolderDies: 'stop',
})
const sides: Side[] = []
try {
  const { ownerUrl } = embedded
  const now = new Date()
  await migrate(ownerUrl, findMigrations(join(root, 'src')))
  const { pack } = readHousePack(join(root, 'packs/guangzhou'), loadWords(root), dayOf(now))
  if (!pack) throw new Error('the pack has errors')
  await loadPack(ownerUrl, pack, now)
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  owner.on('error', () => {})
  // Before there is data: a node never makes keys beside people whom other keys may protect.
  await openKeys(join(folder, 'keys'))
  const filled = await fill(owner, pack.hash, Number(given.cases), now)
  say(`${filled.cases} cases, ${filled.persons} persons`)
  const ids = async (where: string, limit: number) =>
    (await owner.query<{ id: string }>(`select id from cases.case where ${where} order by id limit ${limit}`)).rows.map(
      (r) => r.id,
    )
  const inView = await ids(`origin_area >= '${STREET}' and origin_area < '${STREET}~'`, 1000)

  // Before the floor writes papers that no key sealed: a backup names the keys of every sealed field.
  const backup = given.only ? {} : await measureBackup(ownerUrl, folder, now)
  const ours = await start('ours.ts', { ownerUrl, folder, street: STREET })
  const floor = await start('floor.ts', { ownerUrl, packHash: pack.hash })
  sides.push(ours, floor)
  // Persons of the bench have no running case of this matter when one is made: cases of the street are closed as they come.
  await owner.query(
    `update cases.case set status = 'closed' where origin_area >= '${STREET}' and origin_area < '${STREET}~' and status <> 'received'`,
  )
  let n = 0
  const turn = <T>(list: readonly T[]) => list[n++ % list.length]!

  const worklist = (cookie: string, area: string) =>
    compare(
      `worklist_${cookie}`,
      ours,
      floor,
      () => ({ method: 'GET', path: '/api/v1/work?list=all', cookie: ours.cookies[cookie]! }),
      () => ({ method: 'GET', path: `/work?area=${area}` }),
    )
  const worklist_street = await worklist('street', STREET)
  const worklist_district = await worklist('district', STREET.slice(0, 6))
  const worklist_city = await worklist('city', STREET.slice(0, 4))
  const read = await compare(
    'read',
    ours,
    floor,
    () => ({ method: 'GET', path: `/api/v1/cases/${turn(inView)}`, cookie: ours.cookies.street! }),
    () => ({ method: 'GET', path: `/cases/${turn(inView)}` }),
  )
  const waiting = await freshCases(owner, pack.hash, 30_000)
  let w = 0
  const nextWaiting = () => {
    const id = waiting[w++]
    if (!id) throw new Error('no case waits for acceptance any more: fewer rounds, or more --cases')
    return id
  }
  const update = await compare(
    'update',
    ours,
    floor,
    () => ({ method: 'POST', path: `/api/v1/cases/${nextWaiting()}/acceptance`, cookie: ours.cookies.clerk!, body: {} }),
    () => ({ method: 'POST', path: `/cases/${nextWaiting()}/acceptance`, body: {} }),
  )
  let k = 0
  const people = await fresh(owner, 60_000)
  const nextPerson = () => people[k++]!
  const typed = { 'about-you': 'yes', 'account-number': '6222021111111111112', account: 'other' }
  const oursCreates = (): Shot => ({
    method: 'POST',
    path: '/api/v1/window/cases',
    cookie: ours.cookies.clerk!,
    key: `bench-${k}-key`,
    body: { personId: nextPerson(), matterCode: 'longevity-allowance', typed },
  })
  const floorCreates = (): Shot => ({
    method: 'POST',
    path: '/cases',
    body: { person: nextPerson(), street: STREET, area: COMMUNITY },
  })
  const create = await compare('create', ours, floor, oursCreates, floorCreates)
  const openInBox =
    wanted('incident_') || wanted('open311_') ? await fillIncidents(owner, pack.hash, Number(given.incidents), now) : 0
  if (openInBox > 0) say(`${given.incidents} incidents, ${openInBox} open ones in the district's box`)
  const where = { lon: 113.35, lat: 23.15 }
  const incident_create = await compare(
    'incident_create',
    ours,
    floor,
    () => ({
      method: 'POST',
      path: '/api/v1/reports',
      key: `bench-report-${n++}`,
      body: { classCode: 'street-lamp', words: '门口的路灯黑了三天', place: { ...where, crs: 'CGCS2000', area: COMMUNITY } },
    }),
    () => ({ method: 'POST', path: '/reports', body: { ...where, area: COMMUNITY } }),
  )
  const box = DISTRICT_BOX.map((degrees, i) => `${['west', 'south', 'east', 'north'][i]}=${degrees}`).join('&')
  const incident_map = await compare(
    'incident_map',
    ours,
    floor,
    () => ({ method: 'GET', path: `/api/v1/public/incidents/map?${box}` }),
    () => ({ method: 'GET', path: `/incidents/map?${box}` }),
  )
  const open311_list = await compare(
    'open311_list',
    ours,
    floor,
    () => ({ method: 'GET', path: '/open311/v2/requests.xml' }),
    () => ({ method: 'GET', path: '/requests.xml' }),
  )
  const fieldSync = wanted('field_')
    ? await fieldSyncRate({ address: ours.address, cookie: ours.cookies.worker! }, Number(given.rounds))
    : undefined
  const sealing = given.seals
    ? await sealFigures({
        child: ours.child,
        owner,
        create: () => rate(ours, oursCreates),
        compare: () => compare('create_sealing', ours, floor, oursCreates, floorCreates),
        rounds: Number(given.rounds),
      })
    : {}

  const homeRate = await rate(ours, () => ({ method: 'GET', path: '/' }))
  const rss = await new Promise<number>((resolve) => {
    ours.child.once('message', (message: { rss: number }) => resolve(message.rss))
    ours.child.send('memory')
  })
  const result = {
    on: dayOf(now),
    cases: filled.cases,
    worklist_vs_floor: worklist_street,
    worklist_district_vs_floor: worklist_district,
    worklist_city_vs_floor: worklist_city,
    create_vs_floor: create,
    read_vs_floor: read,
    update_vs_floor: update,
    incident_create_vs_floor: incident_create,
    incident_map_vs_floor: incident_map,
    open311_list_vs_floor: open311_list,
    incidents_open_in_box: openInBox,
    login_vs_hash: await loginVsHash(ownerUrl, folder, Number(given.rounds)),
    ...sealing,
    ...outreach?.ratios,
    this_machine_today: {
      node: process.version,
      resident_home_kb: rounded((await homeBytes(ours.address)) / 1024),
      resident_home_pages_per_s: Math.round(homeRate),
      ready_s: rounded(ours.readyS),
      field_sync_records_per_s: fieldSync,
      rss_mb: Math.round(rss / 1_048_576),
      ...backup,
      ...outreach?.this_machine_today,
    },
  }
  await owner.end()
  show(result)
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  for (const { child } of sides) child.connected && child.send('stop')
  await Promise.all(
    sides.map(({ child }) => (child.exitCode === null ? new Promise((resolve) => child.once('exit', resolve)) : null)),
  )
  agent.destroy()
  await embedded.stop()
}
