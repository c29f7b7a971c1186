/**
 * One anonymous client that wants the service for itself: photos in a row, uploads that never end, bodies that drip. Bounded in time and
 * number, and against this machine alone. What a bystander feels meanwhile is measured, and what the program holds in memory.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync } from 'node:fs'
import { type ClientRequest, request } from 'node:http'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import sharp from 'sharp'
import { askFrom, ownAddress } from './address.ts'
import { openBox, processesOf } from './box.ts'
import { hiddenIn } from './household.ts'

export interface FloodOutcome {
  posts: number
  megabytes: number
  unfinished: number
  answers: Record<string, number>
  bystander_looks: number
  bystander_slowest_ms: number
  bystander_failed: number
  memory_before_mb: number
  memory_mb: number
  seconds: number
  wrong: string[]
}

const POSTS = 28
const BYTES_OF_ALL = 67_000_000
const UNFINISHED = 12
const SLOWLY = 12
const BYSTANDER_MS = 1000
const MEMORY_MB = 600
/** Whoever waits for an answer gives up then: the attack ends by itself. */
const MOST_MS = 60_000

/** @param folder empty, the probe's own */
export async function flood(folder: string, port = 0): Promise<FloodOutcome> {
  const began = performance.now()
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o711)
  const box = await openBox(folder, port || (await freePort()))
  try {
    await box.untilReady()
    // The same program that made the demo street still holds what that took; one that was started on it is as a street's own is.
    await box.killNode()
    await box.untilReady()
    return await attack(box.url, box.dataDir, began)
  } finally {
    await box.stop()
  }
}

async function attack(url: string, dataDir: string, began: number): Promise<FloodOutcome> {
  const photo = await noise(Math.floor(BYTES_OF_ALL / POSTS))
  const attacker = ownAddress()
  const { cookie, fields } = await formOf(url, attacker)
  let over = false
  let memory = 0
  const looks: number[] = []
  let failed = 0
  // Before the first blow, so that what is measured afterwards is the blow.
  const passer = ownAddress()
  for (let n = 0; n < 3; n++) await askFrom(passer, 'GET', `${url}/report`, undefined)

  const before = memoryOf(dataDir)
  const bystander = (async () => {
    while (!over) {
      for (const path of ['/', '/report', '/around']) {
        const from = performance.now()
        const answer = await askFrom(passer, 'GET', url + path, undefined).catch(() => null)
        looks.push(performance.now() - from)
        if (answer?.status !== 200) failed++
      }
      await wait(50)
    }
  })()
  const watch = (async () => {
    while (!over) {
      memory = Math.max(memory, memoryOf(dataDir))
      await wait(100)
    }
  })()

  const answers: Record<string, number> = {}
  const note = (what: string) => {
    answers[what] = (answers[what] ?? 0) + 1
  }
  const length = photo.length
  const posting = (from: () => string) =>
    Promise.all(
      Array.from({ length: POSTS }, async () => {
        const form = new FormData()
        for (const [name, value] of Object.entries(fields)) form.append(name, name === '_key' ? crypto.randomUUID() : value)
        form.append('photos', new Blob([new Uint8Array(photo)], { type: 'image/jpeg' }), 'photo.jpg')
        await askFrom(from(), 'POST', `${url}/report`, form, { cookie }, MOST_MS).then(
          ({ status }) => note(`post ${status}`),
          () => note('post cut off'),
        )
      }),
    )
  await posting(() => attacker)
  const unfinished = Array.from({ length: UNFINISHED }, () =>
    begin(url, attacker, cookie, multipart(fields, photo).subarray(0, -1_000), length + 4_000, note),
  )
  const dripping = Array.from({ length: SLOWLY }, () =>
    begin(url, attacker, cookie, multipart(fields, photo).subarray(0, 900), length, note),
  )
  const drip = setInterval(() => {
    for (const one of dripping) if (!one.destroyed) one.write('x')
  }, 500)
  // And with an address for each, as a crowd of phones has: all of it is unpacked, in turn.
  await posting(ownAddress)
  // The others are hung up on within this time, or they hold what they hold.
  await wait(15_000)
  const held = unfinished.filter((one) => !one.destroyed && !one.closed).length
  over = true
  clearInterval(drip)
  for (const one of [...unfinished, ...dripping]) one.destroy()
  await Promise.all([bystander, watch])

  const slowest = Math.round(Math.max(...looks))
  const wrong = [
    ...(slowest < BYSTANDER_MS ? [] : [`a bystander waited ${slowest} ms for a page`]),
    ...(failed === 0 ? [] : [`a bystander got ${failed} of ${looks.length} pages not at all`]),
    ...(memory < MEMORY_MB ? [] : [`the program held ${memory} MB`]),
    ...(held === 0 ? [] : [`${held} uploads that stopped were still waited for`]),
    ...((answers['post 303'] ?? 0) > 0 ? [] : ['no photo was taken: nothing was tried']),
    ...((answers['post 429'] ?? 0) > 0 ? [] : ['one address sent all that it wanted']),
  ]
  return {
    posts: 2 * POSTS,
    megabytes: Math.round((2 * length * POSTS) / 1_000_000),
    unfinished: UNFINISHED + SLOWLY,
    answers,
    bystander_looks: looks.length,
    bystander_slowest_ms: slowest,
    bystander_failed: failed,
    memory_before_mb: before,
    memory_mb: memory,
    seconds: Math.round((performance.now() - began) / 1000),
    wrong,
  }
}

/** A picture that no compression makes small, of about so many bytes. */
async function noise(bytes: number): Promise<Buffer> {
  const side = Math.floor(Math.sqrt(bytes / 0.62))
  const raw = { width: side, height: side, channels: 3 as const, noise: { type: 'gaussian' as const, mean: 128, sigma: 60 } }
  return sharp({ create: { ...raw, background: '#808080' } })
    .jpeg({ quality: 82 })
    .toBuffer()
}

/** The form on which photos are added: its token, and the cookie that belongs to it. */
async function formOf(url: string, from: string): Promise<{ cookie: string; fields: Record<string, string> }> {
  const what = /href="\/report\?what=([\w-]+)/.exec((await askFrom(from, 'GET', `${url}/report`, undefined)).text)?.[1]
  if (!what) throw new Error('nothing can be reported')
  const { text, cookies } = await askFrom(from, 'GET', `${url}/report?what=${what}`, undefined)
  const fields = hiddenIn(text)
  if (!fields._csrf) throw new Error('no form to report with')
  return { cookie: cookies.map((one) => one.split(';')[0]).join('; '), fields: { ...fields, step: 'more', go: 'more' } }
}

const EDGE = 'edge-of-the-flood'
const multipart = (fields: Record<string, string>, bytes: Buffer): Buffer =>
  Buffer.concat([
    ...Object.entries(fields).map(([name, value]) =>
      Buffer.from(`--${EDGE}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
    ),
    Buffer.from(
      `--${EDGE}\r\ncontent-disposition: form-data; name="photos"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`,
    ),
    bytes,
  ])

/** Begins an upload and does not end it. */
function begin(
  url: string,
  from: string,
  cookie: string,
  start: Buffer,
  length: number,
  note: (what: string) => void,
): ClientRequest {
  const headers = { cookie, 'content-type': `multipart/form-data; boundary=${EDGE}`, 'content-length': String(length) }
  const one = request(`${url}/report`, { method: 'POST', localAddress: from, agent: false, headers })
  one.on('response', (answer) => {
    note(`unfinished ${answer.statusCode}`)
    answer.resume()
    answer.once('end', () => one.destroy())
  })
  one.on('error', () => {})
  one.write(start)
  return one
}

/** Of the server and its decoders, without the database: what an attacker makes grow. */
function memoryOf(dataDir: string): number {
  const pids = processesOf(dataDir)
    .filter((line) => /\bnode\b|process\.ts|main\.ts/.test(line) && !/postgres/.test(line))
    .map((line) => Number(line.split(' ')[0]))
  const tree = new Set([...pids, ...pids.flatMap(childrenOf)])
  let kilobytes = 0
  for (const pid of tree) kilobytes += residentOf(pid)
  return Math.round(kilobytes / 1024)
}

function childrenOf(pid: number): number[] {
  try {
    const found = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(pid)], { encoding: 'utf8' })
    return found
      .split('\n')
      .filter((line) => /decoding\/process\.ts/.test(line))
      .map((line) => Number(line.trim().split(' ')[0]))
  } catch {
    return [] // it has none
  }
}

function residentOf(pid: number): number {
  try {
    // What several processes share (the program text of Node, a hundred megabytes) counts once.
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0 // gone meanwhile
  }
}

const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => found(port))
    })
  })
