/**
 * The seals outside the database: one line a seal, only ever appended to, so that a copy of yesterday is the beginning of
 * today's. What a crash left half-written stays where it is; the whole line follows it.
 */
import { mkdir, open, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder } from '../files/durable.ts'
import { lineOf, readLine, type Seal } from './seal.ts'

export const sealFileOf = (folder: string, chain: string): string => join(folder, `seals-${chain}.txt`)

/** Lines are some 600 bytes: a hundred of them, and a torn one. */
const TAIL = 64 * 1024

export interface Tail {
  /** The last whole seal; null in an empty file or none. */
  seal: Seal | null
  /** Does something stand behind the last line break? */
  torn: boolean
}

export async function tailOf(path: string): Promise<Tail> {
  const size = await stat(path).then(
    (found) => found.size,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      return 0
    },
  )
  if (size === 0) return { seal: null, torn: false }
  const file = await open(path, 'r')
  try {
    const length = Math.min(size, TAIL)
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length)
    const lines = buffer.toString('utf8').split('\n')
    const torn = lines.pop() !== ''
    const seal = lines.map(readLine).findLast((found) => found !== undefined)
    if (!seal && size > TAIL) throw new Error(`${path}: its last ${TAIL} bytes hold no seal`)
    return { seal: seal ?? null, torn }
  } finally {
    await file.close()
  }
}

/** Returns when the lines are on the disk. `torn` begins a new line first. */
export async function append(path: string, seals: readonly Seal[], torn: boolean): Promise<void> {
  const made = await mkdir(dirname(path), { recursive: true, mode: 0o755 })
  if (made) await syncFolder(dirname(made))
  const file = await open(path, 'a', 0o644)
  try {
    await file.writeFile((torn ? '\n' : '') + seals.map((seal) => `${lineOf(seal)}\n`).join(''))
    await file.sync()
  } finally {
    await file.close()
  }
  await syncFolder(dirname(path))
}

export interface FileLine {
  line: number
  /** Null: what stands there is no seal. */
  seal: Seal | null
}

/**
 * Every line of the file up to a size, a line in memory at a time. A torn line is passed over when it is the beginning of
 * the line that follows, and a repeated one counts once: a crash leaves both, and neither says anything false.
 */
export async function* linesOf(path: string, size?: number): AsyncGenerator<FileLine> {
  const file = await open(path)
  try {
    const end = size ?? (await file.stat()).size
    if (end === 0) return
    const whole = (await file.read(Buffer.alloc(1), 0, 1, end - 1)).buffer[0] === 0x0a
    const told = ({ line, text }: { line: number; text: string }): FileLine => ({ line, seal: readLine(text) ?? null })
    // A power cut may leave zeros where the length was written and the bytes were not.
    const begins = (text: string, next: string): boolean => next.startsWith(text.replace(/\0+$/, ''))
    let held: { line: number; text: string } | null = null
    let line = 0
    for await (const text of file.readLines({ encoding: 'utf8', start: 0, end: end - 1, autoClose: false })) {
      line++
      if (text === '') continue
      if (held && !begins(held.text, text)) yield told(held)
      held = { line, text }
    }
    // What stands behind the last line break was being written when the power went: the next start writes it whole.
    if (held && (whole || told(held).seal)) yield told(held)
  } finally {
    await file.close()
  }
}
