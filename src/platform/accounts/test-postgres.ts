/**
 * A PostgreSQL of this test's own, in a temporary folder and on a socket only. The shared harness will replace it.
 */
import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

const BIN = '/usr/lib/postgresql/17/bin'

export interface TestDatabase {
  /** A pool that logs in as the server does. */
  app: pg.Pool
  /** A plain connection of the owner, to look at everything. */
  owner: pg.Pool
  /** All rows of a schema, as SQL text. */
  dump(schema: string): string
  stop(): Promise<void>
}

export async function startPostgres(): Promise<TestDatabase> {
  const home = mkdtempSync(join(tmpdir(), 'kaifong-pg-'))
  const asPostgres = (command: string, args: string[]): string => {
    // PostgreSQL refuses to run as root.
    const [file, argv] =
      process.getuid?.() === 0 ? ['runuser', ['-u', 'postgres', '--', join(BIN, command), ...args]] : [join(BIN, command), args]
    return execFileSync(file as string, argv as string[], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8', cwd: home })
  }
  if (process.getuid?.() === 0) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })))
    chownSync(home, uid!, gid!)
  }
  const folder = join(home, 'data')
  asPostgres('initdb', ['-D', folder, '-A', 'trust', '-U', 'owner', '-E', 'UTF8', '--no-sync'])
  asPostgres('pg_ctl', [
    '-D',
    folder,
    '-w',
    '-l',
    join(home, 'log'),
    '-o',
    `-c listen_addresses='' -k ${home} -c fsync=off`,
    'start',
  ])
  const connect = (user: string, pipeline: boolean) => {
    const pool = new pg.Pool({ host: home, user, database: 'postgres', max: 8, pipeline })
    pool.on('error', (error) => console.error(error))
    return pool
  }
  const owner = connect('owner', false)
  const app = connect('kaifong_app', true)
  await owner.query('create role kaifong_app login')
  const migrations = join(import.meta.dirname, 'migrations')
  for (const file of readdirSync(migrations).sort()) await owner.query(readFileSync(join(migrations, file), 'utf8'))
  return {
    app,
    owner,
    dump: (schema) => asPostgres('pg_dump', ['-h', home, '-U', 'owner', '-n', schema, '--inserts', 'postgres']),
    async stop() {
      await Promise.all([app.end(), owner.end()])
      asPostgres('pg_ctl', ['-D', folder, '-w', '-m', 'immediate', 'stop'])
      rmSync(home, { recursive: true, force: true })
    },
  }
}
