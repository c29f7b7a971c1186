/** A command that takes its time: says how far it is, can be stopped, and ends with a sentence instead of a stack. */

import type { Progress } from '../platform/backup/index.ts'
import { StartRefused } from '../platform/config.ts'
import { CryptoFault } from '../platform/crypto/fault.ts'
import { FileFault } from '../platform/files/file-store.ts'
import { warn } from './console.ts'

export interface LongWork {
  signal: AbortSignal
  progress: Progress
}

/** Done, and something is not as it should be. */
export const WITH_FINDINGS = 3
const STOPPED = 130

/**
 * @param what names the work in the sentence that says it was stopped
 * @param place where it writes, for a disk that is full
 */
export async function longWork(what: string, place: string, work: (long: LongWork) => Promise<void>): Promise<void> {
  const stopping = new AbortController()
  const stop = () => stopping.abort(new Error('stopped'))
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of signals) process.on(name, stop)
  try {
    await work({ signal: stopping.signal, progress: teller() })
  } catch (error) {
    if (!stopping.signal.aborted) throw explained(error, place)
    warn(`${what} was stopped before its end.`)
    process.exitCode = STOPPED
  } finally {
    for (const name of signals) process.off(name, stop)
  }
}

/** On a terminal one line that changes; in a log a line now and then. */
function teller(): Progress {
  let last = performance.now()
  const { stderr } = process
  return (what, done, total) => {
    if (performance.now() - last < (stderr.isTTY ? 100 : 5000)) return
    last = performance.now()
    const line = `  ${what} ${done}${total === undefined ? '' : ` of ${total}`}`
    stderr.write(stderr.isTTY ? `\r\u001b[K${line}\r` : `${line}\n`)
  }
}

const WRITING: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Make room, or give a folder on another disk',
  EDQUOT: 'the disk is full for this user. Make room, or give a folder on another disk',
  EFBIG: 'a file grew larger than this disk or user may have. Give a folder on another disk',
  EROFS: 'nothing can be written there. Give a folder on another disk',
  EACCES: 'this user may not write there. Run it as the user whose folder it is',
  EPERM: 'this user may not write there. Run it as the user whose folder it is',
}

function explained(error: unknown, place: string): unknown {
  // Of a key or a file the message says all that its keeper needs.
  if (error instanceof CryptoFault || error instanceof FileFault) return new StartRefused(error.message, { cause: error })
  const why = WRITING[(error as NodeJS.ErrnoException).code ?? '']
  return why ? new StartRefused(`${place}: ${why}. Nothing of it was kept.`, { cause: error }) : error
}
