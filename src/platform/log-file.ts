/**
 * The log in a file that others rotate. Whoever moves it away (logrotate, a person) need not tell us: every few seconds we
 * look whether its name still leads to the file that is open, and begin a new one when it does not. What is written meanwhile
 * goes to the old one, so that no line is lost. Each line is written at once: those before a crash tell why.
 */
import { fstatSync, statSync } from 'node:fs'
import pino, { type DestinationStream } from 'pino'
import { StartRefused } from './config.ts'

const LOOK_MS = 5000
/** Lines that wait in memory while the disk is full, in bytes; the oldest stay, since they tell how it began. */
const HELD_BYTES = 8 * 1_048_576
/** Between two complaints about the same trouble. */
const QUIET_MS = 60_000

export interface LogFile extends DestinationStream {
  /** Done by itself every few seconds. */
  look(): void
  close(): void
}

/**
 * @param complain hears that lines cannot be written, at most once a minute
 * @throws StartRefused when the file cannot be opened
 */
export function openLogFile(path: string, complain: (text: string) => void): LogFile {
  const refused = (cause: unknown) =>
    new StartRefused(
      `KAIFONG_LOG: ${path} cannot be written (${(cause as NodeJS.ErrnoException).code}). Give a file in a folder that is there and that Kaifong may write, or unset it: then the log goes to standard output.`,
      { cause },
    )
  let file: ReturnType<typeof pino.destination>
  try {
    file = pino.destination({ dest: path, append: true, sync: true, mode: 0o600, maxLength: HELD_BYTES })
  } catch (cause) {
    throw refused(cause)
  }
  let quietUntil = 0
  file.on('error', (error: Error) => {
    if (performance.now() < quietUntil) return
    quietUntil = performance.now() + QUIET_MS
    complain(`The log cannot be written to ${path}; its lines wait. ${error.message}`)
  })

  const look = (): void => {
    try {
      const open = fstatSync((file as unknown as { fd: number }).fd)
      const named = statSync(path, { throwIfNoEntry: false })
      if (named?.ino !== open.ino || named.dev !== open.dev) file.reopen()
    } catch (error) {
      file.emit('error', error as Error)
    }
  }
  const timer = setInterval(look, LOOK_MS).unref()
  return {
    write: (line) => void file.write(line),
    look,
    close() {
      clearInterval(timer)
      file.end()
    },
  }
}
