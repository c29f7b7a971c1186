/**
 * Only for tests: a migrated database, the few areas that a story needs, and a way in as the server has it.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { cloneDatabase, urlOf } from '../../../test/harness/postgres.ts'
import type { Scope } from '../../platform/actor.ts'
import { Database, openPool } from '../../platform/database/database.ts'
import { findMigrations, migrate } from '../../platform/database/migrate.ts'
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

async function migratedDatabase() {
  if (process.env.KAIFONG_TEST_TEMPLATE) return cloneDatabase()
  const name = `people_${process.pid}_${Math.floor(performance.now() * 1000)}`
  const asAdmin = async (statement: string) => {
    const admin = new pg.Client({ connectionString: urlOf('postgres') })
    await admin.connect()
    try {
      await admin.query(statement)
    } finally {
      await admin.end()
    }
  }
  const drop = () => asAdmin(`drop database if exists ${name} with (force)`)
  await asAdmin(`create database ${name}`)
  try {
    await migrate(urlOf(name), findMigrations(join(import.meta.dirname, '../..')))
  } catch (error) {
    await drop()
    throw error
  }
  return { ownerUrl: urlOf(name), appUrl: urlOf(name, 'kaifong_app', process.env.KAIFONG_TEST_APP_PASSWORD), drop }
}

export async function peopleScene(options: { connections?: number } = {}): Promise<PeopleScene> {
  const made = await migratedDatabase()
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

/** Real ciphers under a key of this run: a value that is copied into another column does not open here either. */
export function testCrypto(): FieldCrypto {
  const key = randomBytes(32)
  return {
    seal(plain, context) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
      return Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    open(sealed, context) {
      const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(context))
      cipher.setAuthTag(sealed.subarray(-16))
      return Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()]).toString('utf8')
    },
    blind: (value, context) => createHmac('sha256', key).update(`${context}\0${value}`).digest(),
  }
}
