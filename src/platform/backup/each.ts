import type pg from 'pg'

const AT_ONCE = 500

/** Rows one after the other in constant memory. Inside a transaction it joins it; outside it opens one of its own. */
export async function* eachRow<R extends pg.QueryResultRow>(
  client: pg.Client,
  query: string,
  inTransaction: boolean,
): AsyncGenerator<R> {
  if (!inTransaction) await client.query('begin read only')
  await client.query(`declare walk no scroll cursor for ${query}`)
  try {
    for (;;) {
      const { rows } = await client.query<R>(`fetch ${AT_ONCE} from walk`)
      yield* rows
      if (rows.length < AT_ONCE) break
    }
  } finally {
    await client.query(inTransaction ? 'close walk' : 'rollback')
  }
}
