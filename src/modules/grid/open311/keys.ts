/** Keys of other programs: a program that has one reports in its own name, as often as its key allows, and lists what it reported. */
import { randomBytes } from 'node:crypto'
import Type from 'typebox'
import { covers, postOf } from '../../../core/access/index.ts'
import { sql, type Tx } from '../../../platform/database/tx.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type Call, command, query } from '../../../platform/use-case/use-case.ts'
import { apiKeyHash, apiKeyOf } from '../store.ts'
import { columns, MOST, type OpenRequest } from './use-cases.ts'

export const newApiKey = (): string => `kf_${randomBytes(32).toString('base64url')}`
export const perMinutes = [30, 60, 300] as const
const Key = Type.String({ maxLength: 200 })
const unknown = () => new Refusal('open311.key_unknown', 'forbidden')

export interface ApiKey {
  id: string
  area: string
  name: string
  /** Who answers for the program. */
  keeper: string
  perMinute: number
  madeAt: Date
  lastUsedOn: string | null
  endedAt: Date | null
}

/** Those of the own areas, the newest first; the keys themselves are shown once and kept nowhere. */
export const listApiKeys = query({
  operation: 'grid.list-api-keys',
  permission: 'account.manage',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<{ keys: ApiKey[] }>({}),
  async run({ tx, actor }) {
    return { keys: await keysIn(tx, postOf(actor)) }
  },
})

const keysIn = async (tx: Tx, post: ReturnType<typeof postOf>): Promise<ApiKey[]> =>
  (
    await tx.rows(
      sql<ApiKey>`select id, area, name, keeper, per_minute as "perMinute", made_at as "madeAt", last_used_on as "lastUsedOn", ended_at as "endedAt" from grid.api_keys()`,
    )
  ).filter(({ area }) => covers(post, area))

/** The key is made where the page is made: no answer of a command, no audit row and no kept form holds it. */
export const makeApiKey = command({
  operation: 'grid.make-api-key',
  permission: 'account.manage',
  actors: ['staff'],
  input: Type.Object({
    key: Type.String({ minLength: 40, maxLength: 200 }),
    name: Type.String({ maxLength: 60 }),
    keeper: Type.String({ maxLength: 120 }),
    perMinute: Type.Enum([...perMinutes]),
  }),
  output: Type.Object({ id: Id }),
  async run({ tx, actor, now }, { key, name, keeper, perMinute }) {
    const said = { name: name.normalize('NFKC').trim(), keeper: keeper.normalize('NFKC').trim() }
    const missing = (['name', 'keeper'] as const).filter((field) => said[field] === '')
    if (missing.length > 0) {
      const fields = missing.map((field) => ({ path: `/${field}`, code: 'answer.missing' }))
      throw new Refusal('input.invalid', 'invalid', { fields })
    }
    const id = newId(now)
    const [area] = postOf(actor).areas
    const { made } = await tx.one(
      sql<{
        made: boolean
      }>`select grid.make_api_key(${id}, ${area}, ${said.name}, ${said.keeper}, ${apiKeyHash(key)}, ${perMinute}, ${now}) as made`,
    )
    if (!made) throw new Refusal('open311.key_taken', 'conflict')
    return { id }
  },
})

/** From the next request on it is no key any more; what it reported stays. */
export const endApiKey = command({
  operation: 'grid.end-api-key',
  permission: 'account.manage',
  actors: ['staff'],
  input: Type.Object({ id: Id }),
  output: Type.Object({ id: Id }),
  async run({ tx, actor, now }, { id }) {
    const found = (await keysIn(tx, postOf(actor))).find((one) => one.id === id)
    if (!found) throw new Refusal('open311.key_not_found', 'missing')
    if (found.endedAt) throw new Refusal('open311.key_ended', 'conflict')
    await tx.run(sql`select grid.end_api_key(${id}, ${now})`)
    return { id }
  },
})

const readApiKey = query({
  operation: 'grid.read-api-key',
  permission: null,
  actors: ['public'],
  input: Type.Object({ apiKey: Key }),
  output: Type.Object({ id: Id, perMinute: Type.Integer() }),
  async run({ tx }, { apiKey }) {
    const found = await apiKeyOf(tx, apiKey, null)
    if (!found) throw unknown()
    return found
  },
})

/**
 * Lets a program in that sent a key, and counts it: before the transaction of what it does, since counting takes a connection.
 * @throws Refusal open311.key_unknown · rate.too_many
 */
export async function admitKey(call: Call, apiKey: string): Promise<void> {
  if (apiKey.length > 200) throw unknown()
  const { id, perMinute } = await readApiKey.run(call, { apiKey })
  await call.platform.services.rate.hit(`api-key:${id}`, perMinute, 60, call.now)
}

const Instant = Type.String({ format: 'date-time' })
/** What was reported with a key within a range, shown yet or not, for whoever holds it. */
export const listOfKey = query({
  operation: 'grid.list-requests-of-key',
  permission: null,
  actors: ['public'],
  input: Type.Object({ apiKey: Key, from: Instant, to: Instant }),
  output: Type.Unsafe<{ rows: OpenRequest[] }>({}),
  async run({ tx }, { apiKey, from, to }) {
    const rows = await tx.rows(
      sql<OpenRequest>`select ${columns} from grid.requests_of_key(${apiKeyHash(apiKey)}, ${new Date(from)}, ${new Date(to)}, ${MOST})`,
    )
    return { rows }
  },
})
