/**
 * An S3-compatible store to test against: npm `s3rver` behind a door. s3rver speaks the protocol and checks no
 * signature; the door checks every one, written down here anew from the rules and not by the library that signs. It can
 * also fail in the ways that real stores do. `KAIFONG_TEST_S3` names a real store instead, such as Debian's radosgw:
 * `http://id:secret@127.0.0.1:8192/bucket`, an empty bucket.
 */
import { createHash, createHmac, randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import S3rver from 's3rver'
import type { S3Settings } from '../../src/platform/s3-settings.ts'

const KEY = { id: 'KAIFONGTESTKEY', secret: 'secret-of-the-test-store' }
const BUCKET = 'street-files'

/** What goes wrong with one request. `lost`: it is done, and nobody hears of it. */
export type Wrong = { status: number; code: string } | 'cut' | 'lost' | 'half' | 'changed' | 'etag' | 'hangs'

export interface S3Store {
  /** A prefix of its own each time. */
  settings(): S3Settings
  /** These go wrong, the next request first; null goes well. */
  goesWrong(...how: (Wrong | null)[]): void
  /** `PUT street-files/…`, as they came in. */
  asked: string[]
  close(): Promise<void>
}

export const realStore = (): S3Settings | null => {
  const url = URL.parse(process.env.KAIFONG_TEST_S3 ?? '')
  return url && settingsOf(url.origin, url.pathname.slice(1), decodeURIComponent(url.username), decodeURIComponent(url.password))
}

const settingsOf = (origin: string, bucket: string, keyId: string, text: string): S3Settings => ({
  origin,
  bucket,
  prefix: `${randomUUID().slice(0, 8)}/`,
  region: 'us-east-1',
  keyId,
  secret: { text },
})

export async function openS3Store(): Promise<S3Store> {
  const directory = join(tmpdir(), `kaifong-s3-${randomUUID()}`)
  const inner = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory, configureBuckets: [{ name: BUCKET }] })
  const { port } = await inner.run()
  const wrong: (Wrong | null)[] = []
  const asked: string[] = []
  const door = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing, port, wrong, asked).catch(() => outgoing.destroy())
  })
  await new Promise<void>((open) => door.listen(0, '127.0.0.1', open))
  const origin = `http://127.0.0.1:${(door.address() as AddressInfo).port}`
  return {
    settings: () => settingsOf(origin, BUCKET, KEY.id, KEY.secret),
    goesWrong: (...how) => void wrong.splice(0, wrong.length, ...how),
    asked,
    async close() {
      door.closeAllConnections()
      door.close()
      await inner.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function say(outgoing: ServerResponse, status: number, code: string): void {
  outgoing.writeHead(status, { 'content-type': 'application/xml' })
  outgoing.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>as told</Message></Error>`)
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  port: number,
  wrong: (Wrong | null)[],
  asked: string[],
): Promise<void> {
  const body = await buffer(incoming)
  asked.push(`${incoming.method} ${decodeURIComponent(incoming.url!).slice(1)}`)
  const how = wrong.shift() ?? null
  if (how === 'cut') return void outgoing.destroy()
  if (how === 'hangs') return
  if (how && typeof how === 'object') return say(outgoing, how.status, how.code)
  const refused = refusalOf(incoming, body)
  if (refused) return say(outgoing, 403, refused)
  const { 'if-none-match': condition, authorization: _, ...headers } = incoming.headers
  // s3rver knows no condition of a PUT; this is what AWS and radosgw do with it.
  if (condition === '*' && incoming.method === 'PUT' && (await isThere(port, incoming.url!)))
    return say(outgoing, 412, 'PreconditionFailed')
  // Where a list is cut s3rver makes a token with a cipher that Node 26 no longer has: asked in the earlier way, it makes none.
  const path = incoming.url!.replace('list-type=2&', '').replace('start-after=', 'marker=')
  const passed = request({ port, host: '127.0.0.1', method: incoming.method, path, headers }, async (got) => {
    const bytes = await buffer(got)
    if (how === 'lost') return void outgoing.destroy()
    if (how === 'changed' && bytes.length > 0) bytes[bytes.length >> 1]! ^= 1
    const told = how === 'etag' ? { ...got.headers, etag: '"no-md5-0"' } : got.headers
    outgoing.writeHead(got.statusCode!, told)
    if (how !== 'half') return void outgoing.end(bytes)
    outgoing.write(bytes.subarray(0, bytes.length >> 1))
    setTimeout(() => outgoing.destroy(), 50)
  })
  passed.end(body)
}

const isThere = (port: number, path: string): Promise<boolean> =>
  new Promise((tell) =>
    request({ port, host: '127.0.0.1', method: 'HEAD', path }, (got) => tell(got.resume().statusCode === 200)).end(),
  )

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** Signature Version 4, from its description: which code a store answers with, or null when all is right. */
function refusalOf({ method, url = '', headers }: IncomingMessage, body: Buffer): string | null {
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    )
  if (!parts) return 'AccessDenied'
  const [, id, day, region, signed, signature] = parts as unknown as string[]
  if (id !== KEY.id) return 'InvalidAccessKeyId'
  if (region !== 'us-east-1') return 'AuthorizationHeaderMalformed'
  const when = String(headers['x-amz-date'])
  const said = new Date(when.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (!(Math.abs(said.getTime() - Date.now()) < 900_000)) return 'RequestTimeTooSkewed'
  const names = signed!.split(';')
  // Whatever of ours is not signed could be changed on the way.
  if (!names.includes('host') || Object.keys(headers).some((name) => name.startsWith('x-amz-') && !names.includes(name)))
    return 'AccessDenied'
  const hash = String(headers['x-amz-content-sha256'])
  if (hash !== sha256(body)) return 'XAmzContentSHA256Mismatch'
  const [path = '', query = ''] = url.split('?')
  const canonical = [
    method,
    path,
    query.split('&').sort().join('&'),
    ...names.map((name) => `${name}:${String(headers[name]).trim().replace(/\s+/g, ' ')}`),
    '',
    signed,
    hash,
  ].join('\n')
  const key = [day!, region!, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${KEY.secret}`)
  const right = hmac(key, ['AWS4-HMAC-SHA256', when, `${day}/${region}/s3/aws4_request`, sha256(canonical)].join('\n'))
  return right.toString('hex') === signature ? null : 'SignatureDoesNotMatch'
}
