/**
 * Signed questions to an S3-compatible store, each asked again a few times when it may pass. `aws4fetch` signs; what an
 * answer means, and what somebody has to do about it, is here. No message holds the secret or a signature.
 */
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { AwsV4Signer } from 'aws4fetch'
import { StartRefused } from '../config.ts'
import type { S3Settings } from '../s3-settings.ts'
import { FileFault } from './file-store.ts'

/** Before the second and third time. */
const PAUSES_MS = [200, 1000]
/** For an answer to begin, and for a megabyte on its way: a telephone line of a street office. */
const ANSWER_MS = 8_000
const MEGABYTE_MS = 2_000

/**
 * Whoever waits here holds a connection of the database. So a store that hangs is asked once and not again, and for a while
 * nobody else asks it.
 */
const SLOW_MS = 5_000
const QUIET_MS = 5_000

const NO_BODY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

export interface Question {
  method: 'GET' | 'PUT' | 'HEAD' | 'DELETE'
  /** Below the bucket; empty for the bucket itself. */
  key: string
  query?: Readonly<Record<string, string>>
  headers?: Readonly<Record<string, string>>
  /** Made anew each time that it is asked. `sha256`: hex, part of what is signed, so that the store refuses other bytes. */
  body?: { bytes: () => AsyncIterable<Uint8Array>; size: number; sha256: string }
  /** Besides success: what the caller has an answer to. */
  expects?: readonly number[]
}

/** @throws FileFault `file.away` or `file.full` */
export type Ask = (question: Question) => Promise<Response>

export function s3Client(settings: S3Settings): Ask {
  const { origin, bucket, region, keyId } = settings
  const secret = secretOf(settings)
  const cache = new Map<string, ArrayBuffer>()
  const where = `${origin}/${bucket}`

  async function once({ method, key, query = {}, headers = {}, body, expects = [] }: Question): Promise<Response> {
    const url = new URL(`/${bucket}${key === '' ? '' : `/${key}`}`, origin)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const signed = await new AwsV4Signer({
      method,
      url: url.href,
      headers: { ...headers, 'x-amz-content-sha256': body?.sha256 ?? NO_BODY },
      accessKeyId: keyId,
      secretAccessKey: secret,
      service: 's3',
      region,
      cache,
    }).sign()
    if (body) signed.headers.set('content-length', String(body.size))
    const patience = ANSWER_MS + Math.ceil((body?.size ?? 0) / 1_048_576) * MEGABYTE_MS
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(new Error(`no answer within ${patience / 1000} s`)), patience)
    let response: Response
    try {
      // A redirect would be another host, for which nothing was signed.
      const init: RequestInit & { duplex?: 'half' } = { method, headers: signed.headers, redirect: 'manual', signal: late.signal }
      if (body) Object.assign(init, { body: Readable.toWeb(Readable.from(body.bytes())), duplex: 'half' })
      response = await fetch(signed.url, init)
      if (response.ok || expects.includes(response.status)) return response
      throw await refusedBy(response, where)
    } catch (error) {
      throw error instanceof Refused ? error : new Refused('', where, reasonOf(error), true, error)
    } finally {
      clearTimeout(timer)
    }
  }

  let hung: { until: number; fault: Refused } | null = null
  return async (question) => {
    if (hung && performance.now() < hung.until) throw hung.fault
    const began = performance.now()
    for (let attempt = 0; ; attempt++) {
      try {
        const response = await once(question)
        hung = null
        return response
      } catch (error) {
        if (!(error instanceof Refused) || !error.passes) throw error
        const isSlow = performance.now() - began > SLOW_MS
        if (isSlow) hung = { until: performance.now() + QUIET_MS, fault: error }
        const pause = PAUSES_MS[attempt]
        if (isSlow || pause === undefined) throw error
        await wait(pause)
      }
    }
  }
}

/** `passes`: the same question may be answered in a moment. */
class Refused extends FileFault {
  readonly passes: boolean
  constructor(code: string, where: string, what: string, passes: boolean, cause?: unknown) {
    super(FULL.has(code) ? 'file.full' : 'file.away', `${where}: ${what}`, { cause })
    this.passes = passes
  }
}

const FULL = new Set(['QuotaExceeded', 'XMinioStorageFull', 'InsufficientStorage', 'InsufficientCapacity'])
/** Refused because of what happened on the way. */
const PASSES = new Set([
  'RequestTimeout',
  'BadDigest',
  'IncompleteBody',
  'XAmzContentSHA256Mismatch',
  'SlowDown',
  'OperationAborted',
  'ConditionalRequestConflict',
])

const TO_DO: Readonly<Record<string, string>> = {
  NoSuchBucket: 'there is no such bucket. Make it, or correct KAIFONG_S3_URL',
  InvalidAccessKeyId: 'the store does not know this access key. Correct KAIFONG_S3_KEY_ID',
  SignatureDoesNotMatch: 'the secret is not the one of this access key. Correct KAIFONG_S3_SECRET',
  AccessDenied: 'this access key may not do it. Let it list the bucket, and read, write and remove what is in it',
  RequestTimeTooSkewed:
    'its clock and the clock of this machine are too far apart. Set both by a time server (timedatectl set-ntp true)',
  AuthorizationHeaderMalformed: 'it is of another region. Correct KAIFONG_S3_REGION',
  PermanentRedirect: 'the bucket is at another address. Correct KAIFONG_S3_URL and KAIFONG_S3_REGION',
}

async function refusedBy(response: Response, where: string): Promise<Refused> {
  const { status } = response
  const body = await response.text()
  const [, code = `${status}`] = /<Code>([A-Za-z0-9]{1,60})<\/Code>/.exec(body) ?? []
  const passes = (status >= 500 && status !== 501) || status === 408 || status === 429 || PASSES.has(code)
  const known = TO_DO[code] ?? (status === 301 || status === 307 ? TO_DO.PermanentRedirect : undefined)
  return new Refused(
    status === 507 ? 'InsufficientStorage' : code,
    where,
    `${known ?? 'the store refused'} (${status} ${code})`,
    passes && !FULL.has(code),
  )
}

const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)_/

/** Of a connection that failed: `fetch` tells only that it did, its cause tells why. */
function reasonOf(error: unknown): string {
  let why = ''
  for (let at = error as { code?: string; message?: string; cause?: unknown } | undefined; at; at = at.cause as typeof at)
    why = at.code ?? at.message ?? why
  return UNTRUSTED.test(why)
    ? `its certificate is not trusted (${why}). For one of your own set NODE_EXTRA_CA_CERTS`
    : `it did not answer (${why}). See that it runs and that this machine reaches it`
}

function secretOf({ secret }: S3Settings): string {
  if ('text' in secret) return secret.text
  try {
    return readFileSync(secret.file, 'utf8').trim()
  } catch (cause) {
    throw new StartRefused(`KAIFONG_S3_SECRET_FILE: ${secret.file} cannot be read. Give a file that holds the secret alone.`, {
      cause,
    })
  }
}

/** The bytes of an answer. One that stops half way ends with a `FileFault`, and so does one that nobody reads on for long. */
export async function* bytesOf(response: Response, where: string): AsyncGenerator<Uint8Array> {
  if (!response.body) return
  const reader = response.body.getReader()
  try {
    for (;;) {
      const late = wait(ANSWER_MS, undefined, { ref: false })
      const got = await Promise.race([reader.read(), late.then(() => 'late' as const)])
      if (got === 'late') throw new FileFault('file.away', `${where}: it stopped in the middle of a file`)
      if (got.done) return
      yield got.value
    }
  } catch (error) {
    throw error instanceof FileFault ? error : new FileFault('file.away', `${where}: ${reasonOf(error)}`, { cause: error })
  } finally {
    await reader.cancel().catch(() => {}) // What broke it is thrown already.
  }
}
