/** What a security administrator watches over: who of the staff is signed in, which names rest, how often the door was tried. */
import Type from 'typebox'
import { type Device, deviceKind } from '../../../platform/accounts/index.ts'
import { sql } from '../../../platform/database/tx.ts'
import { Id } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { command, query, type Work } from '../../../platform/use-case/use-case.ts'
import { proposerFor } from '../administrators.ts'
import { covers, postOf } from '../guard.ts'

export interface OpenSession {
  id: string
  device: Device
  firstAt: Date
  lastAt: Date
}

/** A name or a factor that rests after wrong tries. */
export interface Rest {
  what: 'password' | 'factor'
  since: Date
  until: Date
}

export interface OfficersSignIn {
  officerId: string
  name: string
  number: string
  organisation: string
  area: string
  stoppedAt: Date | null
  /** Whether who reads it proposes changes to this account. Whoever once was an administrator may still be shown so; the act asks exactly. */
  proposes: boolean
  sessions: OpenSession[]
  rests: Rest[]
}

export interface FailedTries {
  hour: Date
  /** A name that nobody has; a wrong password for one that somebody has; a right password and a wrong factor. */
  how: 'unknown' | 'password' | 'factor'
  failures: number
}

export interface SignIns {
  officers: OfficersSignIn[]
  /** Names that rest and are none of these officers: of another area, or nobody's. */
  otherRests: number
  /** Of the whole house, newest first. */
  failures: FailedTries[]
}

interface Row extends Omit<OfficersSignIn, 'sessions' | 'rests' | 'proposes'> {
  accountId: string
  username: string
  sessions: { id: string; device: string | null; firstAt: string; lastAt: string }[]
}

const WATCHED_DAYS = 7
const DAY_MS = 24 * 3_600_000

async function officersIn({ tx, actor, now, call }: Work): Promise<Row[]> {
  const { watched } = call.platform.services.accounts
  const rows =
    await tx.rows(sql<Row>`select officer_id as "officerId", name, number, organisation, area, stopped_at as "stoppedAt", account_id as "accountId", username, sessions
    from access.sign_ins_in(${now}, ${watched.idleSeconds})`)
  return rows.filter((row) => covers(postOf(actor), row.area))
}

const triesOf = ({ call }: Work, row: Pick<Row, 'accountId' | 'username'>) =>
  call.platform.services.accounts.triesOf({ id: row.accountId, username: row.username })

/** Officers of the own area with their open sessions and rests; failed tries of the last seven days, of nobody in particular. */
export const listSignIns = query({
  operation: 'access.list-sign-ins',
  permission: 'sign-in.watch',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<SignIns>({}),
  async run(work) {
    const { tx, now, call } = work
    const { passwordTries, lockSeconds } = call.platform.services.accounts.watched
    const rows = await officersIn(work)
    const whose = new Map<string, { officerId: string; what: Rest['what'] }>()
    for (const row of rows)
      for (const [what, hash] of Object.entries(triesOf(work, row)))
        whose.set(hash.toString('hex'), { officerId: row.officerId, what: what as Rest['what'] })
    const hashes = [...whose.keys()].map((hex) => Buffer.from(hex, 'hex'))
    const resting = await tx.rows(sql<{ hash: Buffer; lastAt: Date }>`select hash, last_at as "lastAt"
      from access.resting_in(${hashes}::bytea[], ${passwordTries}, ${lockSeconds}, ${now})`)
    const rests = new Map<string, Rest[]>()
    let otherRests = 0
    for (const { hash, lastAt } of resting) {
      const found = whose.get(hash.toString('hex'))
      if (!found) otherRests++
      else {
        const rest = { what: found.what, since: lastAt, until: new Date(lastAt.getTime() + lockSeconds * 1000) }
        rests.set(found.officerId, [...(rests.get(found.officerId) ?? []), rest])
      }
    }
    const numbers = await tx.rows(
      sql<{
        number: string
      }>`select distinct officer_number as number from access.officer_of_post where role = 'system-administrator'`,
    )
    const systems = new Set(numbers.map(({ number }) => number))
    const { role } = postOf(work.actor)
    return {
      officers: rows.map(({ accountId: _, username: __, sessions, ...row }) => ({
        ...row,
        proposes: proposerFor(systems.has(row.number) ? 'system-administrator' : null) === role,
        sessions: sessions.map((one) => ({
          id: one.id,
          device: deviceKind(one.device),
          firstAt: new Date(one.firstAt),
          lastAt: new Date(one.lastAt),
        })),
        rests: rests.get(row.officerId) ?? [],
      })),
      otherRests,
      failures: await tx.rows(
        sql<FailedTries>`select hour, how, failures from access.failures_since(${new Date(now.getTime() - WATCHED_DAYS * DAY_MS)})`,
      ),
    }
  },
})

async function officerWithin(work: Work, officerId: string): Promise<Row> {
  const found = (await officersIn(work)).find((row) => row.officerId === officerId)
  if (!found) throw new Refusal('access.officer_not_found', 'missing')
  return found
}

/** Ends one session of an officer, or all; she is told by whom. */
export const endOfficersSessions = command({
  operation: 'access.end-sessions',
  permission: 'sign-in.watch',
  actors: ['staff'],
  input: Type.Object({ officerId: Id, sessionId: Type.Union([Id, Type.Null()]) }),
  output: Type.Object({ id: Type.String(), ended: Type.Integer() }),
  async run(work, { officerId, sessionId }) {
    await officerWithin(work, officerId)
    const { ended } = await work.tx.one(
      sql<{ ended: number | null }>`select access.end_sessions(${officerId}, ${sessionId}, ${work.now}) as ended`,
    )
    if (ended === null) throw new Refusal('access.officer_not_found', 'missing')
    return { id: officerId, ended }
  },
})

/** Lets a name and a factor be tried again before their rest is over, for a reason that she is told. Never one's own. */
export const releaseSignIn = command({
  operation: 'access.release-sign-in',
  permission: 'sign-in.watch',
  actors: ['staff'],
  input: Type.Object({ officerId: Id, reason: Type.String({ maxLength: 200 }) }),
  output: Type.Object({ id: Type.String() }),
  async run(work, { officerId, reason }) {
    const why = reason.trim()
    const field = { fields: [{ path: '/reason', code: 'access.release_reason_missing' }] }
    await officerWithin(work, officerId)
    if (why === '') throw new Refusal('access.release_reason_missing', 'invalid', field)
    const { ended } = await work.tx.one(sql<{ ended: string }>`select access.release(${officerId}, ${why}, ${work.now}) as ended`)
    if (ended === 'own') throw new Refusal('access.not_ones_own_release', 'conflict')
    if (ended === 'free') throw new Refusal('access.nothing_rests', 'conflict')
    if (ended !== 'done') throw new Refusal('access.officer_not_found', 'missing')
    return { id: officerId }
  },
})
