/** As the database's owner: for steps, passwords, packs and the demo, at start and before any scope exists. Never for a request. */
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { parseIntoClientConfig } from 'pg-connection-string'
import { StartRefused } from '../config.ts'
import { outageOf } from './away.ts'

/** A socket is of a server on this machine, which our supervisor or the distribution's starts again when it died. */
const COMES_BACK_WITHIN_MS = 15_000

/** Connected; a server that is starting, or whose socket is dead for a moment, is waited for. */
async function connected(config: pg.ClientConfig): Promise<pg.Client> {
  for (const until = performance.now() + COMES_BACK_WITHIN_MS; ; await wait(100)) {
    const client = new pg.Client(config)
    // A server that stops under us fails the statement that runs; without an ear for this it would end the process first.
    client.on('error', () => {})
    try {
      await client.connect()
      return client
    } catch (error) {
      const comesBack =
        (error as { code?: string }).code === '57P03' || (config.host?.startsWith('/') && outageOf(error) === 'away')
      if (!comesBack || performance.now() > until) throw error
    }
  }
}

/** `application` is what an administrator sees in pg_stat_activity. @throws StartRefused when there is no getting in */
export async function asOwner<T>(
  owner: string | pg.ClientConfig,
  application: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const config = typeof owner === 'string' ? (parseIntoClientConfig(owner) as pg.ClientConfig) : owner
  let client: pg.Client
  try {
    client = await connected({ ...config, application_name: `kaifong ${application}` })
  } catch (cause) {
    // Never the address as given: it holds a password.
    const where = `${config.host ?? 'localhost'}:${config.port ?? 5432}/${config.database ?? ''}`
    throw new StartRefused(
      `The database ${where} cannot be used: ${(cause as Error).message || String(cause)}. Check that it runs and that DATABASE_URL names it and its owner.`,
      { cause },
    )
  }
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {}) // Gone already: what failed is told by `work`.
  }
}
