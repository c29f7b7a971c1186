import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { StartRefused } from './config.ts'
import { createLogger } from './log.ts'
import { openLogFile } from './log-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'kaifong-log-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const silent = (text: string) => assert.fail(text)

test('a log that is moved away goes on in a new file, and no line is lost or told twice', () => {
  const path = join(folder, 'kaifong.log')
  const file = openLogFile(path, silent)
  const log = createLogger('info', file)
  for (let n = 0; n < 3000; n++) {
    log.info({ n }, 'a line')
    if (n % 1000 !== 500) continue
    renameSync(path, `${path}.${n}`)
    // Moved, and not noticed yet.
    log.info({ n: n + 0.5 }, 'a line')
    file.look()
    assert.ok(existsSync(path))
  }
  file.close()
  const numbers = [`${path}.500`, `${path}.1500`, `${path}.2500`, path].flatMap((part) =>
    readFileSync(part, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).n),
  )
  assert.equal(numbers.length, 3003)
  assert.deepEqual(
    numbers,
    [...new Set(numbers)].sort((a, b) => a - b),
  )
  assert.equal(statSync(path).mode & 0o777, 0o600, 'for its keeper alone')
})

test('a start goes on in the file of the last one', () => {
  const path = join(folder, 'again.log')
  for (const n of [1, 2]) {
    const file = openLogFile(path, silent)
    createLogger('info', file).info({ n }, 'begun')
    file.close()
  }
  assert.equal(readFileSync(path, 'utf8').trimEnd().split('\n').length, 2)
})

test('a folder that is not there is refused at the start, with what to do', () => {
  assert.throws(
    () => openLogFile(join(folder, 'nowhere', 'kaifong.log'), silent),
    (error: Error) => error instanceof StartRefused && /ENOENT.*Give a file in a folder that is there/.test(error.message),
  )
})

test('a device that is full is complained of once, and costs nobody the act', () => {
  const heard: string[] = []
  const file = openLogFile('/dev/full', (text) => heard.push(text))
  const log = createLogger('info', file)
  for (let n = 0; n < 50; n++) log.info({ n }, 'a line')
  assert.equal(heard.length, 1)
  assert.match(heard[0]!, /its lines wait.*ENOSPC/)
})

test('a folder taken away while it runs is complained of, and the old file goes on', () => {
  const gone = mkdtempSync(join(folder, 'gone-'))
  const heard: string[] = []
  const file = openLogFile(join(gone, 'kaifong.log'), (text) => heard.push(text))
  rmSync(gone, { recursive: true })
  file.look()
  assert.equal(heard.length, 1)
  createLogger('info', file).info('still alive')
})
