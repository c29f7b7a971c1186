/**
 * How the program ends: what was opened is closed in reverse order, once, whether by a signal, a crash while starting,
 * or an orderly end. Without it a taken port leaves PostgreSQL running behind a dead program.
 */
import { StartRefused } from '../config.ts'

export interface Closing {
  /** Runs at the end, before what was deferred earlier. */
  defer(what: string, close: () => Promise<void> | void): void
  /** Awaits an opening and defers its closing; a signal during the opening waits for it, closes it, and answers nobody. */
  open<T>(what: string, opening: Promise<T>, close: (opened: T) => Promise<void> | void): Promise<T>
  /** Closes everything and ends the process. */
  end(code: number): Promise<never>
  /** The same with code 1, saying why; silent when the end is under way already, since what fails then fails by it. */
  fail(error: unknown): Promise<never>
}

interface ClosingLog {
  /** With the stack, for the person who must find out why. */
  error(text: string): void
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** Longer than PostgreSQL's own time to stop. */
const PATIENCE_MS = 90_000

/** Call it first in `main`, and once. */
export function watchEnd(log: ClosingLog, exit: (code: number) => never = process.exit): Closing {
  const closers: { what: string; close: () => Promise<void> | void }[] = []
  let ending: Promise<never> | undefined

  const closeAll = async (code: number): Promise<never> => {
    setTimeout(() => {
      log.error(`Still closing ${closers.at(-1)?.what ?? ''} after ${PATIENCE_MS / 1000} s; ending anyway`)
      exit(code || 1)
    }, PATIENCE_MS).unref()
    let failed = false
    for (let next = closers.at(-1); next; next = closers.at(-1)) {
      try {
        await next.close()
      } catch (error) {
        // The others must still close.
        failed = true
        log.error(`${next.what} could not be closed: ${describe(error)}`)
      }
      closers.pop()
    }
    return exit(code || (failed ? 1 : 0))
  }
  const end = (code: number): Promise<never> => {
    ending ??= closeAll(code)
    return ending
  }

  // 0, because what was asked for was done: npm would report anything else as a failed script.
  // A second signal changes nothing: a terminal sends Ctrl-C to the launcher and to us, and the launcher passes it on.
  for (const name of SIGNALS) process.on(name, () => void end(0))
  const fail = (error: unknown): Promise<never> => {
    if (!ending) log.error(describe(error))
    return end(1)
  }
  process.on('uncaughtException', (error) => void fail(error))
  process.on('unhandledRejection', (error) => void fail(error))

  return {
    defer: (what, close) => void closers.push({ what, close }),
    async open(what, opening, close) {
      closers.push({
        what,
        close: async () => {
          const opened = await opening.then(
            (value) => ({ value }),
            () => undefined, // Whoever awaits the opening reports it.
          )
          if (opened) await close(opened.value)
        },
      })
      const opened = await opening
      // What would have come next must not begin on what is being closed.
      return ending ?? opened
    },
    end,
    fail,
  }
}

const describe = (error: unknown): string => {
  if (error instanceof StartRefused) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
