/** Why the database or the file store does not answer or takes nothing, told from the error that came through whatever library. */

/** Class 08 and 57P: connections and servers that go; 53300: all connections are taken. */
const GONE = /^(08|57P)|^53300$/
const UNREACHED = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'])
/** What `pg` and its pool throw without a code. */
const SAID =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end)/
/** disk_full, and the same of our own files. */
const NO_ROOM = new Set(['53100', 'ENOSPC', 'EDQUOT', 'file.full'])

interface Told {
  code?: unknown
  syscall?: unknown
  message?: unknown
  cause?: unknown
}

/** Libraries wrap what they were told. */
function* causes(error: unknown): Generator<Told> {
  for (let at = error as Told | undefined, n = 0; at && typeof at === 'object' && n < 5; at = at.cause as Told | undefined, n++)
    yield at
}

const isGone = ({ code, syscall, message }: Told): boolean =>
  code === 'file.away' ||
  GONE.test(String(code ?? '')) ||
  UNREACHED.has(String(code)) ||
  // The socket of a server that is not there.
  (code === 'ENOENT' && syscall === 'connect') ||
  SAID.test(String(message ?? ''))

const isFull = ({ code, message }: Told): boolean => NO_ROOM.has(String(code)) || /No space left on device/.test(String(message))

/** `away`: it can be tried again in a minute. `full`: somebody has to make room first. Null: something else is wrong. */
export function outageOf(error: unknown): 'away' | 'full' | null {
  const all = [...causes(error)]
  if (all.some(isFull)) return 'full'
  return all.some(isGone) ? 'away' : null
}
