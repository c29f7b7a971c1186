/** The decoding process: one picture at a time, as its pool asks. It holds no key, no database and no file. */
import { Refusal } from '../../../platform/refusal.ts'
import { unpack } from './pixels.ts'
import type { Asked, Told } from './pool.ts'

/** libvips asks for memory past the limit of JavaScript's heap, so this process looks at the whole of its own. */
const LOOKS_EVERY_MS = 25

process.on('message', async ({ bytes, maxPixels, mostBytes }: Asked) => {
  // Decoding runs on a thread of its own: this timer is not held up by it.
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() > mostBytes) process.exit(TOO_MUCH)
  }, LOOKS_EVERY_MS)
  const told = await answer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), maxPixels)
  clearInterval(watch)
  process.send?.(told)
})
process.on('disconnect', () => process.exit(0))
// A signal to the whole group ends the pool first; what it still waits for is finished.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})

const TOO_MUCH = 9

async function answer(bytes: Buffer, maxPixels: number): Promise<Told> {
  try {
    return { done: await unpack(bytes, maxPixels) }
  } catch (error) {
    if (error instanceof Refusal)
      return {
        refused: { code: error.code, params: error.params, cause: String((error.cause as Error | undefined)?.message ?? '') },
      }
    return { failed: String((error as Error).stack ?? error) }
  }
}
