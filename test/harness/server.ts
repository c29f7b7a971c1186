/** A PostgreSQL for the tests: the embedded one, or the distribution's by `KAIFONG_TEST_PG17`. */
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

export interface TestServer {
  url: string
  stop(): Promise<void>
}

export async function startServer(folder: string): Promise<TestServer> {
  const bin = process.env.KAIFONG_TEST_PG17
  return bin ? startDistribution(bin, folder) : startEmbeddedServer(folder)
}

export async function startEmbeddedServer(folder: string): Promise<TestServer> {
  const { startEmbedded } = await import('../../src/platform/postgres/index.ts')
  chmodSync(folder, 0o755)
  const server = await startEmbedded({
    dataDir: join(folder, 'data'),
    log: { info() {}, warn: console.error },
    whenHolderDies: 'stop',
  })
  return { url: server.ownerUrl, stop: () => server.stop() }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

export async function startDistribution(bin: string, folder: string): Promise<TestServer> {
  const data = join(folder, 'pg')
  const port = await freePort()
  mkdirSync(data)
  chmodSync(folder, 0o755)
  const root = process.getuid?.() === 0
  if (root) chownSync(data, Number(execFileSync('id', ['-u', 'postgres'])), Number(execFileSync('id', ['-g', 'postgres'])))
  // PostgreSQL refuses root: as root it runs as the user that its package made.
  const as = (command: string, args: string[]) =>
    root
      ? execFileSync('setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', join(bin, command), ...args], {
          stdio: 'pipe',
        })
      : execFileSync(join(bin, command), args, { stdio: 'pipe' })
  as('initdb', ['-D', data, '-A', 'trust', '-U', 'postgres', '--locale=C.UTF-8', '-E', 'UTF8'])
  as('pg_ctl', [
    '-w',
    '-D',
    data,
    '-o',
    // Gone when the tests are: it waits for no disk.
    `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200 -c fsync=off`,
    '-l',
    join(data, 'log'),
    'start',
  ])
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      as('pg_ctl', ['-D', data, '-m', 'fast', '-w', 'stop'])
    },
  }
}
