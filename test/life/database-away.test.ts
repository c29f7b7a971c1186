/** The database goes while people work, and comes back: nobody restarts anything, nobody types anything twice. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { parseIntoClientConfig } from 'pg-connection-string'
import { startJobs } from '../../src/platform/jobs.ts'
import { hiddenIn, signInResident } from '../chaos/household.ts'
import { type OwnDatabase, openOwnDatabase } from '../harness/own-database.ts'

let street: OwnDatabase
before(async () => {
  street = await openOwnDatabase()
})
after(() => street?.close())

const until = async (what: string, holds: () => Promise<boolean>, ms = 30_000): Promise<void> => {
  for (let waited = 0; waited < ms; waited += 100) {
    if (await holds()) return
    await wait(100)
  }
  assert.fail(`not within ${ms / 1000} s: ${what}`)
}
const ready = async () => (await fetch(`${street.url}/readyz`)).status

async function asOwner<T>(work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: street.ownerUrl })
  await owner.connect()
  try {
    return await work(owner)
  } finally {
    await owner.end()
  }
}

test('while it is away people are asked to try again, with what they typed; then all goes on, jobs too', async () => {
  const lady = await signInResident(street.url, '10000000001')
  const json = { 'content-type': 'application/json' }
  const begun = await lady.ask('POST', '/api/v1/drafts', '{"matterCode":"longevity-allowance"}', json)
  assert.equal(begun.status, 200, begun.text)
  const page = `/apply/${JSON.parse(begun.text).draftId}/account`
  const form: Record<string, string> = {
    ...(await lady.form(page)),
    account: 'other',
    'account-number': '6222 0211 1111 1111 112',
  }

  await street.databaseGoes()
  assert.equal(await ready(), 503)
  assert.equal((await fetch(`${street.url}/healthz`)).status, 200)
  const refused = await lady.ask('POST', page, new URLSearchParams(form))
  assert.equal(refused.status, 503)
  assert.match(refused.text, /请过一分钟再试[\s\S]*您填的都还在[\s\S]*再送一次/)
  const again = hiddenIn(refused.text)
  assert.deepEqual([again['account-number'], again._key], [form['account-number'], form._key])
  const api = await lady.ask('POST', '/api/v1/drafts', '{"matterCode":"longevity-allowance"}', json)
  assert.deepEqual([api.status, JSON.parse(api.text).code], [503, 'request.away'])
  const secret = await lady.ask('POST', '/desk/sign-in', new URLSearchParams({ username: 'window', password: 'kaifong-demo' }))
  assert.equal(secret.status, 503)
  assert.ok(!secret.text.includes('kaifong-demo'), 'a page never shows a password')
  assert.match(await (await fetch(`${street.url}/metrics`)).text(), /^kaifong_ready 0$/m)
  // Longer than the jobs' and the sealer's own patience between two tries.
  await wait(5000)

  await street.databaseComes()
  await until('ready', async () => (await ready()) === 200)
  const sent = await lady.ask('POST', page, new URLSearchParams(again))
  assert.equal(sent.status, 303, sent.text.slice(0, 400))
  assert.match((await lady.ask('GET', page.replace(/account$/, 'check'))).text, /尾号 1112/)
  await asOwner(async (owner) => {
    await owner.query(`select jobs.add_job('refresh-packs', job_key => 'a-story')`)
    const waiting = async () => (await owner.query(`select from jobs.jobs where key = 'a-story'`)).rows.length
    await until('the job runs', async () => (await waiting()) === 0)
  })
})

test('a schedule that always fails and a poisoned row stop no other, and both are counted', async () => {
  const worker = parseIntoClientConfig(street.ownerUrl) as pg.ClientConfig
  let good = 0
  const told: unknown[] = []
  const jobs = await startJobs(
    { ...street.node.platform, log: { info() {}, warn() {}, error: (details) => void told.push(details) } },
    worker,
    [
      { name: 'story-good', cron: '0 0 1 1 *', run: async () => void good++ },
      { name: 'story-bad', cron: '0 0 1 1 *', run: () => Promise.reject(new Error('as ever')) },
    ],
  )
  await asOwner(async (owner) => {
    await owner.query(`select jobs.add_job('no-such-task', '{"odd": [1, "\\u0007"]}'::json)`)
    await owner.query(`select jobs.add_job('story-bad', '"not an object"'::json)`)
    await owner.query(`select jobs.add_job('story-good')`)
    await until('the good one runs', async () => good === 1)
    await until('the bad one is tried again', async () => (await jobs.state()).schedules[1]!.failed >= 2)
    const { rows } = await owner.query(
      `select attempts, run_at > now() as later, max_attempts from jobs.jobs where task_identifier = 'story-bad'`,
    )
    assert.ok(rows[0].attempts >= 2 && rows[0].later, 'each try waits longer')
    await owner.query(`select jobs.add_job('story-good')`)
    await until('and the good one again', async () => good === 2)
    const { stuck, schedules } = await jobs.state()
    assert.equal(stuck, 1, 'the row of a task that nobody knows')
    assert.ok(schedules[1]!.failingSince && !schedules[0]!.failingSince)
    assert.ok(JSON.stringify(told).includes('story-bad'))
    await jobs.stop(1000)
    await owner.query(
      `select jobs.complete_jobs(array(select id from jobs.jobs where task_identifier in ('story-bad', 'no-such-task')))`,
    )
  })
})

test('told to stop, it takes nothing new, finishes what runs, and leaves no job locked', async () => {
  const man = await signInResident(street.url, '10000000002')
  const json = { 'content-type': 'application/json' }
  const { draftId } = JSON.parse((await man.ask('POST', '/api/v1/drafts', '{"matterCode":"longevity-allowance"}', json)).text)
  await asOwner(async (owner) => {
    await owner.query('begin')
    await owner.query('select from cases.draft where id = $1 for update', [draftId])
    const running = man.ask('POST', `/api/v1/drafts/${draftId}/answers/about-you`, '{"typed":{"about-you":"yes"}}', json)
    const waits = `select from pg_stat_activity where application_name = 'kaifong' and wait_event_type = 'Lock'`
    await until('the answer waits', async () => (await owner.query(waits)).rows.length > 0)
    const stopping = street.nodeStops()
    await until('nobody new', () =>
      fetch(`${street.url}/healthz`).then(
        (answer) => answer.status === 503,
        () => true,
      ),
    )
    await owner.query('commit')
    const began = performance.now()
    assert.equal((await running).status, 200, 'what ran is finished')
    await stopping
    assert.ok(performance.now() - began < 10_000, 'and nobody waits for a connection that asks nothing more')
    assert.deepEqual((await owner.query('select id from jobs.jobs where locked_at is not null')).rows, [])
  })
})
