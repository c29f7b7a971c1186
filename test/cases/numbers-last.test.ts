/** Behind a number everybody of that street waits: nothing is asked between it and the commit, and a preview takes none. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type RawBuilder } from 'kysely'
import type { Actor, Scope } from '../../src/platform/actor.ts'
import { Database } from '../../src/platform/database/database.ts'
import type { Tx } from '../../src/platform/database/tx.ts'
import { newId } from '../../src/platform/id.ts'
import { declared } from '../../src/platform/use-case/use-case.ts'
import { actorOf, makePost } from '../harness/cast.ts'
import { openScene, place, type Scene } from '../harness/scene.ts'
import { DOMAINS } from '../harness/stages.ts'
import { apply, ok, residentOf, stateOf } from './story.ts'

const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

interface Packets {
  /** Statements whose answer was waited for; those of one turn of the event loop are one packet. */
  asked: string[][]
  kept: string[]
}

/** Writes down what leaves together, and what waits for the commit. */
class Watching extends Database {
  readonly seen: Packets = { asked: [], kept: [] }
  #open = false
  override as<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    return super.as(scope, (tx) => {
      const ask =
        <A extends unknown[], R>(send: (query: RawBuilder<never>, ...rest: A) => R) =>
        (query: RawBuilder<never>, ...rest: A): R => {
          if (!this.#open) {
            this.seen.asked.push([])
            this.#open = true
            process.nextTick(() => {
              this.#open = false
            })
          }
          this.seen.asked.at(-1)!.push(query.compile(compiler).sql)
          return send(query, ...rest)
        }
      return work({
        rows: ask(tx.rows.bind(tx)),
        one: ask(tx.one.bind(tx)),
        maybe: ask(tx.maybe.bind(tx)),
        once: ask(tx.once.bind(tx)),
        run: ask(tx.run.bind(tx)),
        atEnd: (query: RawBuilder<unknown>) => {
          this.seen.kept.push(query.compile(compiler).sql)
          tx.atEnd(query)
        },
      } as Tx)
    })
  }
}

let scene: Scene
before(async () => {
  scene = await openScene()
})
after(() => scene?.close())

async function watch(operation: string, actor: Actor, input: object): Promise<Packets> {
  const db = new Watching(scene.node.platform.db.pool)
  const now = scene.now()
  await declared.get(operation)!.run({ platform: { ...scene.node.platform, db }, actor, now, requestId: newId(now) }, input)
  return db.seen
}

const staff = async (role: string): Promise<Actor> => {
  const { accountId, postId } = await makePost(scene, role, [place.street], DOMAINS)
  return actorOf(scene, 'staff', accountId, postId, scene.now())
}
const takesNumber = (text: string) => /insert into cases\.case\b|next_number/.test(text)
/** Without the quotes that a composed name comes in. */
const plain = (text: string) => text.replaceAll('"', '')

test('an application: its case and the number of the receipt leave in one packet, and nothing is asked behind it', async () => {
  const lady = await scene.resident({ name: '温一', bornOn: '1946-11-30' })
  const { draftId } = ok(await lady.post('/api/v1/drafts', { matterCode: 'longevity-allowance' }))
  for (const [code, typed] of Object.entries({
    'about-you': { 'about-you': 'yes' },
    account: { account: 'other', 'account-number': '6222021111111111112' },
  }))
    ok(await lady.post(`/api/v1/drafts/${draftId}/answers/${code}`, { typed }))
  const { asked } = await watch('cases.submit-draft', await residentOf(scene, lady), { draftId, declared: 'yes' })
  assert.deepEqual(
    asked.map((packet) => packet.filter(takesNumber).length),
    [...asked.slice(1).map(() => 0), 2],
  )
})

test('an act: the number of its paper is asked last; all that it writes leaves with the commit', async () => {
  const { caseId } = await apply(scene, await scene.resident({ name: '温二', bornOn: '1946-11-30' }), 'longevity-allowance', {
    'about-you': 'yes',
    account: 'other',
    'account-number': '6222021111111111112',
  })
  const clerk = await staff('window-clerk')
  const before = await stateOf(scene, caseId)
  const preview = await watch('cases.preview-act', clerk, { caseId, action: 'accept' })
  assert.deepEqual(
    preview.kept.map((text) => /insert into ([a-z_.]+)/.exec(plain(text))?.[1]),
    ['access.read_entry'],
    'of a preview the look alone is written',
  )
  assert.equal(preview.asked.flat().filter(takesNumber).length, 0)
  assert.deepEqual(await stateOf(scene, caseId), before)
  const { asked, kept } = await watch('cases.accept', clerk, { caseId })
  assert.deepEqual(
    asked.map((packet) => packet.some(takesNumber)),
    [...asked.slice(1).map(() => false), true],
  )
  assert.deepEqual(
    kept.map((text) => /(insert into|update|select) ([a-z]+\.[a-z_]+)/.exec(plain(text))?.[2]),
    [
      'documents.document',
      'messages.message',
      'cases.case',
      'cases.timeline',
      'cases.timeline',
      'cases.hand_over',
      'platform.audit',
    ],
  )
})

test('the ten-thousandth number of a day has a fifth digit and is not the thousandth again', async () => {
  const lady = await scene.resident({ name: '温三', bornOn: '1946-11-29' })
  await scene.owner.query(
    `insert into cases.counter (street, day, n) values ($1, ($2::timestamptz at time zone 'Asia/Shanghai')::date, 9999)
     on conflict (street, day) do update set n = 9999`,
    [place.street, scene.now()],
  )
  const typed = { 'about-you': 'yes', account: 'other', 'account-number': '6222021111111111112' }
  const { number } = await apply(scene, lady, 'longevity-allowance', typed)
  assert.match(number, /^\d{8}-10000$/)
})
