/** As the database's owner: for steps, passwords, packs and the demo, at start and before any scope exists. Never for a request. */
import pg from 'pg'
import { parseIntoClientConfig } from 'pg-connection-string'
import { StartRefused } from '../config.ts'

/** `application` is what an administrator sees in pg_stat_activity. @throws StartRefused when there is no getting in */
export async function asOwner<T>(
  owner: string | pg.ClientConfig,
  application: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const config = typeof owner === 'string' ? (parseIntoClientConfig(owner) as pg.ClientConfig) : owner
  const client = new pg.Client({ ...config, application_name: `kaifong ${application}` })
  // A server that stops under us fails the statement that runs; without an ear for this it would end the process first.
  client.on('error', () => {})
  try {
    await client.connect()
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
