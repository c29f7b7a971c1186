/** A process that sends once and says so. `KAIFONG_TEST_SENDER` holds the database, the keys, the providers and the hour. */
import { join } from 'node:path'
import { sendMessages } from '../../src/core/messages/index.ts'
import { openNode } from '../../src/node.ts'
import { loadWords } from '../../src/platform/words.ts'

const { at, ...options } = JSON.parse(process.env.KAIFONG_TEST_SENDER!)
const root = join(import.meta.dirname, '../..')
const node = await openNode({
  ...options,
  publicUrl: 'http://127.0.0.1:8090',
  rootDir: root,
  words: loadWords(root),
  log: { info() {}, warn() {}, error: (details: object, message: string) => console.error(message, details) },
  logger: false,
  clock: () => new Date(at),
  jobs: false,
})
process.stdout.write(`${JSON.stringify(await sendMessages(node.platform))}\n`)
await node.close()
