/**
 * Signing in costs a password hash on purpose. The figure says what everything around it adds: the password step of staff (count
 * the try, find the name, hash, look for factors, leave a pending sign-in) against the bare hash of better-auth, in turn.
 */
import { join } from 'node:path'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { openNode } from '../src/node.ts'
import { loadWords } from '../src/platform/words.ts'

const PASSWORD = 'correct horse battery'
const WINDOW_MS = 2000
/** As many as libuv has threads for hashing. */
const IN_FLIGHT = 4

async function perSecond(work: (lane: number) => Promise<unknown>): Promise<number> {
  const began = performance.now()
  let count = 0
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async (_, lane) => {
      for (; performance.now() - began < WINDOW_MS; count++) await work(lane)
    }),
  )
  return count / ((performance.now() - began) / 1000)
}

export interface LoginFigure {
  ratio: number
  range: [number, number]
  ours_per_s: number
  floor_per_s: number
}

export async function loginVsHash(ownerUrl: string, folder: string, rounds: number): Promise<LoginFigure> {
  const rootDir = join(import.meta.dirname, '..')
  const node = await openNode({
    ownerUrl,
    keysDir: join(folder, 'keys'),
    filesDir: join(folder, 'files'),
    publicUrl: 'http://127.0.0.1:1',
    rootDir,
    words: loadWords(rootDir),
    log: { info() {}, warn: console.error, error: (details, message) => console.error(message, details) },
    logger: false,
    jobs: false,
  })
  try {
    const { accounts } = node.platform.services
    const now = new Date()
    // One name a lane: tries of one name wait for each other's row, and no officer signs in twice at once.
    for (let i = 0; i < IN_FLIGHT; i++)
      await accounts.createStaffAccount({ username: `login.${i}`, password: PASSWORD, name: 'login', now })
    const hash = await hashPassword(PASSWORD)
    const ours = (lane: number) => accounts.signInStaff(`login.${lane}`, PASSWORD, new Headers(), now)
    const floor = async () => {
      if (!(await verifyPassword({ hash, password: PASSWORD }))) throw new Error('the floor does not hash what it should')
    }
    await perSecond(ours)
    await perSecond(floor)
    const [a, b]: [number[], number[]] = [[], []]
    for (let i = 0; i < rounds; i++) {
      a.push(await perSecond(ours))
      b.push(await perSecond(floor))
    }
    const ratios = a.map((x, i) => Number((x / b[i]!).toFixed(3)))
    const median = (all: readonly number[]) => [...all].sort((x, y) => x - y)[Math.floor(all.length / 2)]!
    return {
      ratio: median(ratios),
      range: [Math.min(...ratios), Math.max(...ratios)],
      ours_per_s: Math.round(median(a)),
      floor_per_s: Math.round(median(b)),
    }
  } finally {
    await node.close()
  }
}
