/**
 * A scene: one node on a database of its own, with people who can act. Everything goes over HTTP with security on; the
 * clock is the scene's.
 */
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { checkCharacter, createPerson, dwellingAt, recordIncome } from '../../src/core/people/index.ts'
import { type NodeOptions, openNode, type RunningNode } from '../../src/node.ts'
import type { Scope } from '../../src/platform/actor.ts'
import { newId } from '../../src/platform/id.ts'
import { loadWords } from '../../src/platform/words.ts'
import { strayIds } from './page-ids.ts'
import { cloneDatabase } from './postgres.ts'
import { StaffDoor } from './staff-door.ts'

const root = join(import.meta.dirname, '../..')

/** Real codes of the pack, by what they are to each other. */
export const place = {
  city: '4401',
  district: '440106',
  street: '440106001',
  nextStreet: '440106007',
  otherDistrict: '440105',
  community: '440106001002',
  sibling: '440106001003',
} as const

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
  body: any
  headers: Record<string, unknown>
  raw: Buffer
}
export interface Client {
  get(path: string): Promise<Answer>
  post(path: string, body?: object, options?: { key?: string }): Promise<Answer>
  cookie: string
  address: string
}
/** Sessions end while the clock moves: signs in anew. */
export interface SignsIn {
  again(): Promise<void>
}
export interface Neighbour {
  personId: string
  name: string
  idNumber: string
  phone: string
}

export interface Scene {
  node: RunningNode
  owner: pg.Client
  ownerUrl: string
  filesDir: string
  /** Moves the clock. */
  at(instant: string): void
  now(): Date
  stranger: Client
  /** The code that was last sent to this phone. */
  codeOf(phone: string): string
  /** Sentences that phones were told. */
  told: readonly { phone: string; text: string }[]
  neighbour(
    options?: Partial<{ name: string; bornOn: string; community: string; hukou: string | null; incomeFen: number }>,
  ): Promise<Neighbour>
  /** A neighbour signed in with her phone; `bound: false` leaves her at A0. */
  resident(
    options?: Parameters<Scene['neighbour']>[0] & { bound?: boolean; person?: Neighbour },
  ): Promise<Client & Neighbour & SignsIn>
  officer(
    role: string,
    areas: readonly string[],
    options?: { domains?: readonly string[]; from?: string; to?: string | null; choose?: boolean },
  ): Promise<
    Client & SignsIn & { postId: string; number: string; name: string; password: string; username: string; code(): string }
  >
  close(): Promise<void>
}

let serial = 0

/**
 * @param settings what an operator would have set otherwise
 * @param on a database and a store that are there already, such as those that a restore made
 */
export async function openScene(
  startAt = '2026-11-24T02:00:00Z',
  settings: Partial<
    Pick<
      NodeOptions,
      | 'publicUrl'
      | 'trustedProxies'
      | 'unsafePerMinute'
      | 'readsPerMinute'
      | 'bytesPerDay'
      | 'oidc'
      | 'metricsToken'
      | 'keysDir'
      | 'outbound'
      | 'tiles'
      | 's3'
    >
  > = {},
  on?: { ownerUrl: string; filesDir: string; drop(): Promise<void> },
): Promise<Scene> {
  const database = on ?? (await cloneDatabase())
  const folder = process.env.KAIFONG_TEST_FOLDER!
  // One set of keys a run: the login roles and their passwords are the cluster's.
  const keysDir = join(folder, 'keys')
  const filesDir = on?.filesDir ?? join(folder, `files-${process.pid}-${serial++}`)
  mkdirSync(filesDir, { recursive: true })
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  let now = new Date(startAt)
  const codes = new Map<string, string>()
  const told: { phone: string; text: string }[] = []
  const log = { info() {}, warn() {}, error: (details: object, message: string) => console.error(message, details) }
  const opening = openNode({
    ownerUrl: database.ownerUrl,
    keysDir,
    filesDir,
    publicUrl: 'http://127.0.0.1:8090',
    rootDir: root,
    words: loadWords(root),
    log,
    logger: false,
    clock: () => now,
    jobs: false,
    ...settings,
    sms: {
      phonePattern: '100[0-9]{8}',
      codes: {
        available: true,
        send: async (phone, code) => void codes.set(phone, code),
        tell: async (phone, text) => void told.push({ phone, text }),
      },
    },
  })
  // A connection left open would keep a test that could not begin from ever ending.
  const node = await opening.catch(async (error) => {
    await owner.end()
    throw error
  })
  const { services, db } = node.platform
  const door = new StaffDoor(services.accounts)
  const city: Scope = { role: 'app_staff', area: place.city, domains: [], subjects: [], accountId: null }

  const client = (cookie: string, address: string): Client => {
    const send = async (method: 'GET' | 'POST', url: string, payload?: object, key?: string): Promise<Answer> => {
      const response = await node.app.inject({
        method,
        url,
        remoteAddress: address,
        headers: {
          ...(self.cookie ? { cookie: self.cookie } : {}),
          ...(payload ? { 'content-type': 'application/json' } : {}),
          ...(key ? { 'idempotency-key': key } : {}),
        },
        ...(payload ? { payload: JSON.stringify(payload) } : {}),
      })
      const type = String(response.headers['content-type'])
      if (/^text\/html/.test(type)) assert.deepEqual(strayIds(response.body), [], `what points where on ${url}`)
      const json = /json/.test(type)
      return {
        status: response.statusCode,
        body: json ? response.json() : response.body,
        headers: response.headers,
        raw: response.rawPayload,
      }
    }
    const self: Client = {
      cookie,
      address,
      get: (path) => send('GET', path),
      post: (path, body = {}, options = {}) => send('POST', path, body, options.key),
    }
    return self
  }
  const address = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`
  const cookieOf = (setCookies: readonly string[]) => setCookies.map((c) => c.split(';')[0]).join('; ')

  const scene: Scene = {
    node,
    owner,
    ownerUrl: database.ownerUrl,
    filesDir,
    at(instant) {
      now = new Date(instant)
    },
    now: () => now,
    stranger: client('', address()),
    codeOf: (phone) => codes.get(phone)!,
    told,
    async neighbour({ name = '陈秀英', bornOn = '1950-03-02', community = place.community, hukou = community, incomeFen } = {}) {
      serial++
      const seventeen = `999999${bornOn.replaceAll('-', '')}${String((process.pid * 7 + serial) % 1000).padStart(3, '0')}`
      const idNumber = seventeen + checkCharacter(seventeen)
      const phone = `100${String(randomInt(100_000_000)).padStart(8, '0')}`
      const from = { source: 'officer', method: 'card-seen', caseId: null } as const
      const personId = await db.as(city, async (tx) => {
        const id = await createPerson(
          tx,
          services.crypto,
          {
            name,
            idNumber,
            ...(hukou ? { hukou: { area: hukou, relation: 'head', householdId: null, since: bornOn } } : {}),
            home: {
              area: community,
              dwellingId: await dwellingAt(tx, community, `示例路 ${serial} 号`, now),
              since: '2020-01-01',
            },
          },
          from,
          now,
        )
        if (incomeFen !== undefined)
          await recordIncome(tx, { personId: id, monthlyFen: incomeFen, since: '2026-01-01' }, from, now)
        return id
      })
      return { personId, name, idNumber, phone }
    },
    async resident({ bound = true, person, ...options } = {}) {
      const who = person ?? (await scene.neighbour(options))
      const from = address()
      await services.accounts.requestPhoneCode(who.phone, now, from)
      const { accountId, cookies } = await services.accounts.verifyPhoneCode(
        who.phone,
        codes.get(who.phone)!,
        new Headers(),
        now,
        from,
      )
      if (bound)
        await owner.query(
          `insert into access.person_account (id, account_id, person_id, bound_at, method) values ($1, $2, $3, $4, 'window')`,
          [newId(now), accountId, who.personId, now],
        )
      const self = Object.assign(client(cookieOf(cookies), from), who, {
        async again() {
          await services.accounts.requestPhoneCode(who.phone, now, from)
          self.cookie = cookieOf(
            (await services.accounts.verifyPhoneCode(who.phone, codes.get(who.phone)!, new Headers(), now, from)).cookies,
          )
        },
      })
      return self
    },
    async officer(role, areas, { domains = ['civil-affairs'], from = '2026-01-01', to = null, choose = true } = {}) {
      serial++
      const number = `T${process.pid % 10_000}${serial}`
      const username = `officer${process.pid}x${serial}`
      const password = 'correct horse battery'
      const name = `何晓${serial}`
      const { accountId } = await services.accounts.createStaffAccount({ username, password, name, now })
      const [organisation, officer, postId] = [newId(now), newId(now), newId(now)]
      const common = areas.reduce((a, b) => {
        let n = 0
        while (n < a.length && a[n] === b[n]) n++
        return a.slice(0, n)
      })
      const scope = common.slice(
        0,
        [12, 9, 6, 4].find((n) => n <= common.length),
      )
      await owner.query(
        `insert into access.organisation (id, name, kind, area, recorded_at) values ($1, $2, 'street_office', $3, $4)`,
        [organisation, '示例办公室', scope, now],
      )
      await owner.query(
        `insert into access.officer (id, account_id, name, number, recorded_at, organisation_id) values ($1, $2, $3, $4, $5, $6)`,
        [officer, accountId, name, number, now, organisation],
      )
      await owner.query(
        `insert into access.post (id, officer_id, organisation_id, role, areas, scope, domains, valid_from, valid_to, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [postId, officer, organisation, role, areas, scope, domains, from, to, now],
      )
      const where = address()
      const { cookies } = await door.enter(username, password, new Headers(), now, where)
      const chosen = choose ? `; kaifong_post=${postId}` : ''
      const self = Object.assign(client(cookieOf(cookies) + chosen, where), {
        postId,
        number,
        name,
        password,
        username,
        code: () => door.nextCode(username),
        async again() {
          self.cookie = cookieOf((await door.enter(username, password, new Headers(), now, where)).cookies) + chosen
        },
      })
      return self
    },
    async close() {
      await node.close()
      await owner.end()
      await database.drop()
    },
  }
  return scene
}
