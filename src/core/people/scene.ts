/**
 * Only for tests: a migrated database, the few areas that a story needs, and a way in as the server has it.
 */
import pg from 'pg'
import { testCrypto } from '../../../test/harness/crypto.ts'
import { cloneDatabase } from '../../../test/harness/postgres.ts'
import type { Scope } from '../../platform/actor.ts'
import { Database, openPool } from '../../platform/database/database.ts'
import type { FieldCrypto } from './person.ts'

export interface PeopleScene {
  db: Database
  /** The owner, who is under no row security: for the scene itself and for what nobody else may see. */
  owner: pg.Client
  crypto: FieldCrypto
  end(): Promise<void>
}

/** A city, a district, two streets and three communities; the first two are siblings. Codes of no real place. */
export const place = {
  city: '9901',
  district: '990106',
  street: '990106001',
  hill: '990106001001',
  lake: '990106001002',
  nextStreet: '990106002',
  far: '990106002001',
}

export async function peopleScene(options: { connections?: number } = {}): Promise<PeopleScene> {
  const made = await cloneDatabase()
  const owner = new pg.Client({ connectionString: made.ownerUrl })
  await owner.connect()
  const levels: Record<number, string> = { 4: 'city', 6: 'district', 9: 'street', 12: 'community' }
  const parents: Record<number, number> = { 6: 4, 9: 6, 12: 9 }
  for (const code of Object.values(place)) {
    const parent = parents[code.length]
    await owner.query(
      `insert into areas.area (code, name, level, parent_code, valid_from, source) values ($1, $1, $2, $3, '2020-01-01', 'test')
       on conflict do nothing`,
      [code, levels[code.length], parent ? code.slice(0, parent) : null],
    )
  }
  let ending = false
  // The pool says it has ended before its last connection is gone, and dropping the database then cuts that one off.
  const error = (details: object, message: string) => ending || console.error(message, details)
  const pool = openPool({ config: { connectionString: made.appUrl }, max: options.connections ?? 4, log: { error } })
  return {
    db: new Database(pool),
    owner,
    crypto: testCrypto(),
    async end() {
      ending = true
      await pool.end()
      await owner.end()
      await made.drop()
    },
  }
}

export const staffOf = (area: string): Scope => ({
  role: 'app_staff',
  area,
  domains: ['civil-affairs'],
  subjects: [],
  accountId: 's',
})
export const residentWho = (...subjects: string[]): Scope => ({
  role: 'app_resident',
  area: '',
  domains: [],
  subjects,
  accountId: 'r',
})
