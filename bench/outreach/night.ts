/** The product's own night: every matter that is searched for, over the whole city, written down with its hash, by a node. */
import { join } from 'node:path'
import pg from 'pg'
import { searchTonight } from '../../src/core/outreach/index.ts'
import { openNode } from '../../src/node.ts'
import { loadWords } from '../../src/platform/words.ts'
import { NIGHT } from './figures.ts'

export async function measureNight(root: string, ownerUrl: string, folder: string) {
  const node = await openNode({
    ownerUrl,
    keysDir: join(folder, 'keys'),
    filesDir: join(folder, 'files'),
    publicUrl: 'http://127.0.0.1:1',
    rootDir: root,
    words: loadWords(root),
    log: { info() {}, warn: console.error, error: (details: object, message: string) => console.error(message, details) },
    logger: false,
    jobs: false,
    clock: () => new Date(NIGHT),
  })
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    const began = performance.now()
    const searches = await searchTonight(node.platform)
    const seconds = (performance.now() - began) / 1000
    const { rows } = await owner.query<{ status: string; matter_code: string; fits: number; confirm: number }>(
      'select matter_code, status, fits, confirm from outreach.run order by 1',
    )
    if (rows.length !== searches || rows.some(({ status }) => status !== 'done')) throw new Error(JSON.stringify(rows))
    return {
      search_tonight_s: Number(seconds.toFixed(3)),
      searched: Object.fromEntries(rows.map(({ matter_code, fits, confirm }) => [matter_code, [fits, confirm]])),
    }
  } finally {
    await owner.end()
    await node.close()
  }
}
