/** The log: what happened and where, never to whom. What somebody typed, an address or a token has no way into it. */
import pino, { type DestinationStream, type Logger } from 'pino'
import type { LogLevel } from './config.ts'

/** @param destination standard output when not given */
export const createLogger = (level: LogLevel, destination?: DestinationStream): Logger =>
  pino({ level, serializers: { err: loggedError, req: loggedRequest, res: loggedAnswer } }, destination as DestinationStream)

/** PostgreSQL's classes whose very message repeats the value: data exceptions and constraints. */
const QUOTING = /^2[23]/

/** What of an error may stand in a log: PostgreSQL's detail, context and parameters hold what people typed. */
export function loggedError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code, severity, constraint } = error as { code?: unknown; severity?: unknown; constraint?: unknown }
  const quotes = severity !== undefined && QUOTING.test(String(code))
  const frames = /(?:\n {4}at .*)+$/.exec(error.stack ?? '')?.[0].trimStart() ?? ''
  return {
    type: error.name,
    message: quotes ? 'the database refused a value' : error.message,
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    stack: frames,
  }
}

/** The path without its query, which may be a search or a one-time token; and nobody's address. */
export const pathOf = (url: string): string => unescaped(url.split('?')[0]!).replaceAll(UUID, ':id')
/** An id in an address may be somebody's token. */
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi
function unescaped(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const loggedRequest = ({ method, url }: { method?: string; url?: string }) => ({ method, path: pathOf(url ?? '') })

const loggedAnswer = ({ statusCode }: { statusCode?: number }) => ({ statusCode })
