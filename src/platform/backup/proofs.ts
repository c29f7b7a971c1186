/** What only keys can prove: that every file and every sealed field opens. */
import { createHash } from 'node:crypto'
import { CryptoFault } from '../crypto/fault.ts'
import { FileFault } from '../files/file-store.ts'
import { quoted } from './catalogue.ts'
import { eachRow } from './each.ts'
import type { Holding, Sealed, StoredColumn } from './holding.ts'
import type { Proof } from './load.ts'

/** The fault of one row is told; any other error ends the proof. */
async function faultOf(where: string, open: () => Promise<unknown> | unknown): Promise<string[]> {
  try {
    await open()
    return []
  } catch (error) {
    if (error instanceof CryptoFault || (error instanceof FileFault && error.code !== 'file.away'))
      return [`${where}: ${error.message}`]
    throw error
  }
}

const filesOpen = (stored: readonly StoredColumn[]): Proof => ({
  name: 'every file opens',
  async prove({ client, files }) {
    const found: string[] = []
    for (const { table, name, wrappedKey, plainHash } of stored) {
      const query = `select ${[name, wrappedKey, plainHash].map((c) => client.escapeIdentifier(c)).join(', ')} from ${quoted(client, table)}`
      for await (const row of eachRow(client, query, false)) {
        const wrong = await faultOf(table, async () => {
          const hash = createHash('sha256')
          for await (const piece of await files.get(row[name], row[wrappedKey])) hash.update(piece)
          if (!hash.digest().equals(row[plainHash])) throw new FileFault('file.damaged', `${row[name]} is not what its row says`)
        })
        found.push(...wrong)
      }
    }
    return found
  },
})

const fieldsOpen = (sealed: readonly Sealed[]): Proof => ({
  name: 'every sealed field opens',
  async prove({ client, crypto }) {
    const found: string[] = []
    for (const { table, column, context } of sealed.filter((s) => s.ring === 'field')) {
      const field = client.escapeIdentifier(column)
      for await (const row of eachRow(client, `select ${field} from ${quoted(client, table)} where ${field} is not null`, false))
        found.push(...(await faultOf(`${table}.${column}`, () => crypto.open(row[column], context))))
    }
    return found
  },
})

export const proofsOf = (holding: Holding): Proof[] => [fieldsOpen(holding.sealed), filesOpen(holding.stored)]
