/** Settings of an S3-compatible file store, from the environment. Pure. */
import type { WrongValue } from './config.ts'
import { isLoopback } from './loopback.ts'

export interface S3Settings {
  /** Scheme, host and port. */
  origin: string
  bucket: string
  /** Before every name, with a slash at its end; empty when the bucket holds nothing else. */
  prefix: string
  region: string
  keyId: string
  /** The secret itself, or the file that holds it. */
  secret: { text: string } | { file: string }
}

type Env = Readonly<Record<string, string | undefined>>

/** AWS's rules for the name of a bucket; every other store takes them, too. */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
const PREFIX = /^([A-Za-z0-9_-]+\/)*$/
const SHAPE = 'Give https://host/bucket, or https://host:port/bucket/prefix.'

/** Null when no store is named. Problems are added to `wrong`, all at once; none repeats a value that may hold a secret. */
export function readS3(env: Env, wrong: WrongValue[]): S3Settings | null {
  const given = (name: string) => env[`KAIFONG_S3_${name}`]?.trim() ?? ''
  const say = (name: string, problem: string) => void wrong.push({ variable: `KAIFONG_S3_${name}`, problem })
  const address = given('URL')
  if (address === '') {
    // Forgotten, the files would silently lie on this machine.
    for (const name of ['REGION', 'KEY_ID', 'SECRET', 'SECRET_FILE'])
      if (given(name) !== '') say(name, 'is set and KAIFONG_S3_URL is not. Set both, or neither to keep files in KAIFONG_DATA.')
    return null
  }
  const url = URL.parse(address)
  const [bucket = '', ...rest] = url ? url.pathname.split('/').slice(1).filter(Boolean) : []
  const prefix = rest.map((part) => `${part}/`).join('')
  if (!url || !/^https?:$/.test(url.protocol)) say('URL', `is no web address. ${SHAPE}`)
  else if (url.username !== '' || url.password !== '')
    say('URL', 'holds a name or a password. Set KAIFONG_S3_KEY_ID and _SECRET.')
  else if (url.search !== '' || url.hash !== '') say('URL', `has something after its path. ${SHAPE}`)
  else if (url.protocol === 'http:' && !isLoopback(url.hostname))
    say(
      'URL',
      'is http and leads out of this machine. Give its https address; for a certificate of your own set NODE_EXTRA_CA_CERTS.',
    )
  else if (!BUCKET.test(bucket)) say('URL', `names no bucket. ${SHAPE}`)
  else if (!PREFIX.test(prefix)) say('URL', 'has a prefix with other signs than letters, digits, “-” and “_”.')
  const keyId = given('KEY_ID')
  if (!/^[\x21-\x7e]{3,200}$/.test(keyId)) say('KEY_ID', 'is missing, or holds a space. Give the id of the access key.')
  const [text, file] = [given('SECRET'), given('SECRET_FILE')]
  if ((text === '') === (file === '')) say('SECRET', 'give either it or KAIFONG_S3_SECRET_FILE.')
  const region = given('REGION') || 'us-east-1'
  if (!/^[A-Za-z0-9-]{1,60}$/.test(region))
    say('REGION', `“${region}” is no region. Give one like cn-north-1; most stores of one’s own take us-east-1.`)
  return { origin: url?.origin ?? '', bucket, prefix, region, keyId, secret: file === '' ? { text } : { file } }
}
