/**
 * A bucket of an S3-compatible store as a place of files: `prefix/ab/abcdef…`, as in a directory. The store is told the
 * hash of every file with its signature and refuses other bytes; what it says it holds is compared, or read back.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { StartRefused } from '../config.ts'
import type { S3Settings } from '../s3-settings.ts'
import { FileFault } from './file-store.ts'
import { type Place, STORED_NAME, shelfOf } from './place.ts'
import { type Ask, bytesOf, s3Client } from './s3-client.ts'

/** Names of one answer; more than a store gives at once it does not give. */
const AT_ONCE = '1000'

/** @throws StartRefused when the store is not there or does not let this node list, write, read and remove */
export async function openBucket(settings: S3Settings): Promise<Place> {
  const ask = s3Client(settings)
  try {
    await tryOut(ask, `${settings.prefix}.tried`)
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    // Without its cause: a start that PostgreSQL breaks off is begun anew, and this is none.
    throw new StartRefused(`The file store cannot be used. ${error.message.replace(/^file\.\w+: /, '')}.`)
  }
  return bucketOf(ask, settings)
}

/** What a first upload would find out too late. */
async function tryOut(ask: Ask, key: string): Promise<void> {
  await drop(await ask({ method: 'GET', key: '', query: { 'list-type': '2', 'max-keys': '1' } }))
  const bytes = Buffer.from('kaifong')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const body = { size: bytes.length, sha256, bytes: () => inOne(bytes) }
  await drop(await ask({ method: 'PUT', key, body }))
  const back = Buffer.from(await (await ask({ method: 'GET', key })).arrayBuffer())
  if (!back.equals(bytes))
    throw new FileFault('file.away', `${key} came back changed. Something between this machine and the store alters files`)
  await drop(await ask({ method: 'DELETE', key, expects: [404] }))
}

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Read to its end, so that the connection serves the next question. */
const drop = (response: Response): Promise<unknown> => response.arrayBuffer()

function bucketOf(ask: Ask, { origin, bucket, prefix }: S3Settings): Place {
  const keyOf = (name: string): string => `${prefix}${shelfOf(name)}/${name}`
  const where = `${origin}/${bucket}`
  let conditional = true

  const open = async (name: string): Promise<AsyncIterable<Uint8Array>> => {
    const response = await ask({ method: 'GET', key: keyOf(name), expects: [404] })
    if (response.ok) return bytesOf(response, where)
    const gone = await response.text()
    // The bucket itself is gone: that is not one file's fault.
    if (gone.includes('<Code>NoSuchBucket<')) throw new FileFault('file.away', `${where}: there is no such bucket any more`)
    throw new FileFault('file.missing', `${where}/${keyOf(name)} is not there; restore this one file from a backup`)
  }
  const holds = async (name: string): Promise<boolean> => {
    const hash = createHash('sha256')
    for await (const piece of await open(name)) hash.update(piece)
    return hash.digest('hex') === name
  }

  return {
    open,
    async keep({ path, name, size }) {
      let md5 = createHash('md5')
      const bytes = () => {
        md5 = createHash('md5')
        return reading(path, md5)
      }
      const put = async (onlyIfNew: boolean) => {
        const response = await ask({
          method: 'PUT',
          key: keyOf(name),
          body: { bytes, size, sha256: name },
          headers: { 'content-type': 'application/octet-stream', ...(onlyIfNew ? { 'if-none-match': '*' } : {}) },
          // Something is there already, perhaps from an attempt whose answer was lost; and: a store that knows no such condition.
          expects: onlyIfNew ? [412, 501] : [],
        })
        await drop(response)
        return response
      }
      let response = await put(conditional)
      if (response.status === 501) conditional = false
      const isThere = response.status === 412 && (await holds(name))
      if (!response.ok && !isThere) response = await put(false)
      // An ETag need not be the MD5 (a store that encrypts has others): then only the bytes themselves prove it.
      const isProved = isThere || response.headers.get('etag')?.replaceAll('"', '') === md5.digest('hex')
      if (!isProved && !(await holds(name)))
        throw new FileFault('file.away', `${where}/${keyOf(name)}: the store holds other bytes than it was given`)
    },
    async has(name) {
      const response = await ask({ method: 'HEAD', key: keyOf(name), expects: [404] })
      return response.ok
    },
    async *shelves() {
      for (let after = ''; ; ) {
        const query = { 'list-type': '2', 'max-keys': AT_ONCE, ...(prefix && { prefix }), ...(after && { 'start-after': after }) }
        const page = await (await ask({ method: 'GET', key: '', query })).text()
        const keys = [...page.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key!)
        const names = keys.flatMap((key) => {
          const name = key.slice(prefix.length + 3)
          return STORED_NAME.test(name) && key === keyOf(name) ? [name] : []
        })
        if (names.length > 0) yield names
        const last = keys.at(-1)
        if (!page.includes('<IsTruncated>true</IsTruncated>') || last === undefined) return
        if (last <= after) throw new FileFault('file.away', `${where}: its list does not go on after ${after}`)
        after = last
      }
    },
    async remove(name) {
      await drop(await ask({ method: 'DELETE', key: keyOf(name), expects: [404] }))
    },
  }
}

async function* reading(path: string, md5: ReturnType<typeof createHash>): AsyncGenerator<Uint8Array> {
  for await (const piece of createReadStream(path)) {
    md5.update(piece)
    yield piece
  }
}
