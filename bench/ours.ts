/** Our node as the bench drives it: a child process, so that neither side shares a thread with the load. */
import { join } from 'node:path'
import pg from 'pg'
import { openNode } from '../src/node.ts'
import { newId } from '../src/platform/id.ts'
import { loadWords } from '../src/platform/words.ts'
import { StaffDoor } from '../test/harness/staff-door.ts'
import { sealOnDemand } from './seals.ts'

const { ownerUrl, folder, street } = JSON.parse(process.argv[2]!) as { ownerUrl: string; folder: string; street: string }
const root = join(import.meta.dirname, '..')
const began = performance.now()
const log = { info() {}, warn: console.error, error: (details: object, message: string) => console.error(message, details) }
const node = await openNode({
  ownerUrl,
  keysDir: join(folder, 'keys'),
  filesDir: join(folder, 'files'),
  publicUrl: 'http://127.0.0.1:1',
  rootDir: root,
  words: loadWords(root),
  log,
  logger: false,
  jobs: false,
  unsafePerMinute: 10_000_000,
  readsPerMinute: 10_000_000,
})

const door = new StaffDoor(node.platform.services.accounts)
const owner = new pg.Client({ connectionString: ownerUrl })
await owner.connect()
const now = new Date()
const cookies: Record<string, string> = {}
for (const [name, role, areas, domain] of [
  ['street', 'street-reviewer', [street], 'civil-affairs'],
  ['clerk', 'window-clerk', [street], 'civil-affairs'],
  ['district', 'district-leader', [street.slice(0, 6)], 'civil-affairs'],
  ['city', 'district-leader', [street.slice(0, 4)], 'civil-affairs'],
  ['worker', 'grid-worker', [street], 'grid'],
] as const) {
  const { accountId } = await node.platform.services.accounts.createStaffAccount({
    username: `bench.${name}`,
    password: 'correct horse battery',
    name,
    now,
  })
  const [organisation, officer, post] = [newId(now), newId(now), newId(now)]
  await owner.query(`insert into access.organisation values ($1, $2, 'street_office', $3, $4)`, [
    organisation,
    name,
    areas[0],
    now,
  ])
  await owner.query('insert into access.officer (id, account_id, name, number, recorded_at) values ($1, $2, $3, $4, $5)', [
    officer,
    accountId,
    name,
    name,
    now,
  ])
  await owner.query(
    `insert into access.post (id, officer_id, organisation_id, role, areas, scope, domains, valid_from, recorded_at) values ($1, $2, $3, $4, $5, $6, array[$8], '2020-01-01', $7)`,
    [post, officer, organisation, role, areas, areas[0], now, domain],
  )
  const signedIn = await door.enter(`bench.${name}`, 'correct horse battery', new Headers(), now, '127.0.0.1')
  cookies[name] = `${signedIn.cookies.map((c) => c.split(';')[0]).join('; ')}; kaifong_post=${post}`
}
await owner.end()
sealOnDemand(node)
const address = await node.app.listen({ host: '127.0.0.1', port: 0 })
process.send?.({ address, cookies, readyS: (performance.now() - began) / 1000 })
process.on('message', async (message) => {
  if (message === 'memory') process.send?.({ rss: process.memoryUsage().rss })
  if (message === 'stop') {
    await node.close()
    process.exit(0)
  }
})
