/**
 * Databases for tests: one migrated template a run, one clone a test file. The server's address comes by environment
 * from global-setup, so that the same tests run on embedded 18 and on the distribution's 17.
 */
import pg from 'pg'

export interface TestDatabase {
  ownerUrl: string
  appUrl: string
  drop(): Promise<void>
}

const serverUrl = (): URL => {
  const url = process.env.KAIFONG_TEST_SERVER
  if (!url) throw new Error('tests are run by `npm test`, which starts a PostgreSQL of its own')
  return new URL(url)
}

export const urlOf = (database: string, user?: string, password?: string): string => {
  const url = serverUrl()
  url.pathname = `/${database}`
  if (user) url.username = user
  if (password) url.password = password
  return url.href
}

/** A fresh clone of the template: migrated, pack loaded, no people. */
export async function cloneDatabase(template = process.env.KAIFONG_TEST_TEMPLATE!): Promise<TestDatabase> {
  const name = `t_${process.pid}_${Math.floor(performance.now() * 1000)}`
  const admin = new pg.Client({ connectionString: urlOf('postgres') })
  await admin.connect()
  await admin.query(`create database ${name} template ${template}`)
  await admin.end()
  return {
    ownerUrl: urlOf(name),
    appUrl: urlOf(name, 'kaifong_app', process.env.KAIFONG_TEST_APP_PASSWORD),
    async drop() {
      const again = new pg.Client({ connectionString: urlOf('postgres') })
      await again.connect()
      await again.query(`drop database if exists ${name} with (force)`)
      await again.end()
    },
  }
}
