/** `verify outreach <id>`: does a search still say what it said? Exit code 0 only when nothing differs. */
import { LoadedPack, type ReadPack } from '../core/matters/index.ts'
import { type Verified, verifySearch } from '../core/outreach/index.ts'
import { type Config, StartRefused } from '../platform/config.ts'
import { asOwner } from '../platform/database/owner.ts'
import { ClientTx } from '../platform/database/tx.ts'
import { isId } from '../platform/id.ts'
import { LANGS, loadWords } from '../platform/words.ts'
import { beside } from './beside.ts'
import { say } from './console.ts'

export async function verifyOutreach(config: Config, root: string, id: string): Promise<void> {
  const words = loadWords(root)
  const both = (key: string, params = {}) => LANGS.map((lang) => words.in(lang)(key, params)).join('\n')
  const found = isId(id) ? await beside(config, (ownerUrl) => verifyAt(ownerUrl, id)) : null
  if (!found) throw new StartRefused(both('verification.not_found', { id }))
  tell(found, both)
  process.exitCode = found.rows === 'differ' || found.people === 'differ' ? 1 : 0
}

const verifyAt = (ownerUrl: string, id: string): Promise<Verified | null> =>
  asOwner(ownerUrl, 'verify outreach', async (client) => {
    // One view of it all, while people work.
    await client.query('begin isolation level repeatable read read only')
    const packAt = async (hash: string) =>
      new LoadedPack(
        (await client.query<{ content: ReadPack }>('select content from matters.pack where hash = $1', [hash])).rows[0]!.content,
      )
    const found = await verifySearch(new ClientTx(client), packAt, id)
    await client.query('rollback')
    return found
  })

function tell({ status, matterCode, area, hash, rows, people }: Verified, both: (key: string, params?: object) => string): void {
  say(`${matterCode} · ${area} · ${hash ?? status}`)
  say(both(rows === null ? 'verification.not_done' : `verification.rows.${rows}`))
  if (people) say(both(`verification.people.${people}`))
}
