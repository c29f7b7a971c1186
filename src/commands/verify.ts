/** `verify audit`: were the audit and the record of looks changed since they were sealed? Exit code 0 only when nothing is wrong. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { sealedLogs } from '../core/access/index.ts'
import { readConfig, StartRefused } from '../platform/config.ts'
import { createCrypto } from '../platform/crypto/crypto.ts'
import { CryptoFault } from '../platform/crypto/fault.ts'
import { openKeys, publicKeysOf } from '../platform/crypto/keys.ts'
import { asOwner } from '../platform/database/owner.ts'
import { attachEmbedded } from '../platform/postgres/index.ts'
import { MOST_PLACES, type Report, verifyAway, verifyHere } from '../platform/seals/index.ts'
import { LANGS, loadWords } from '../platform/words.ts'
import { quiet, say } from './console.ts'

const OPTIONS = {
  seals: { type: 'string' },
  'older-copy': { type: 'boolean' },
  from: { type: 'string' },
  json: { type: 'boolean' },
  export: { type: 'string' },
  'public-key': { type: 'boolean' },
  key: { type: 'string', multiple: true },
  rows: { type: 'string' },
  help: { type: 'boolean' },
} as const

interface Given {
  seals?: string
  'older-copy'?: boolean
  from?: number
  json?: boolean
  'public-key'?: boolean
  export?: string
  key?: string[]
  rows?: string
}

/** @throws StartRefused for options that make no sense */
export async function verifyAudit(args: readonly string[], root: string): Promise<void> {
  const words = loadWords(root)
  const both = (key: string, params = {}) => LANGS.map((lang) => words.in(lang)(key, params)).join('\n')
  const given = read(args)
  if (given === 'help') {
    say(both('seals.usage'))
    return
  }
  if (given['public-key']) {
    const keys = await opened(openKeys(readConfig(process.env).keysDir, { create: false }))
    for (const key of publicKeysOf(keys).values()) say(key.export({ type: 'spki', format: 'pem' }).toString().trimEnd())
    return
  }
  const began = performance.now()
  const { report, ...where } = given.key ? { report: await away(given) } : await here(given)
  const seconds = Number(((performance.now() - began) / 1000).toFixed(1))
  process.exitCode = report.clean ? 0 : 1
  if (given.json) {
    const { clean, seals, lastSeal, rows, waiting, erased, letGo, findings } = report
    say(JSON.stringify({ clean, ...where, seals, last_seal: lastSeal, rows, waiting, erased, let_go: letGo, findings, seconds }))
    return
  }
  tell(report, given, seconds, both)
}

function read(args: readonly string[]): Given | 'help' {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS })
    if (values.help) return 'help'
    const { from, ...others } = values
    if (from !== undefined && !/^[1-9]\d{0,14}$/.test(from)) throw new Error(`--from ${from}: give the number of a seal`)
    if (values.key && !values.seals) throw new Error('--key needs --seals: the file that was copied')
    if (values.rows && !values.key) throw new Error('--rows needs --key: rows are read from the database where there is one')
    if (values.key && values.export) throw new Error('--export needs the database: leave --key out')
    return { ...others, ...(from === undefined ? {} : { from: Number(from) }) }
  } catch (error) {
    throw new StartRefused((error as Error).message)
  }
}

/** What the system says of a file that cannot be opened is enough; a stack tells its reader nothing. */
async function opened<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (error instanceof CryptoFault || /^E[A-Z]+$/.test(code ?? '')) throw new StartRefused(message, { cause: error })
    throw error
  }
}

async function away({ seals, key = [], rows, from }: Given): Promise<Report> {
  const publicKeys = key.flatMap((path) => {
    try {
      // `--public-key` shows earlier keys behind the current one.
      return readFileSync(path, 'utf8').match(/-----BEGIN PUBLIC KEY-----[\s\S]+?-----END PUBLIC KEY-----/g) ?? []
    } catch (error) {
      throw new StartRefused((error as Error).message, { cause: error })
    }
  })
  return opened(verifyAway({ file: seals!, publicKeys, ...(rows ? { rows } : {}), ...(from ? { from } : {}) }))
}

async function here(given: Given): Promise<{ report: Report; chain: string; file: string }> {
  const config = readConfig(process.env)
  const embedded = config.databaseUrl ? null : await attachEmbedded({ dataDir: config.dataDir, log: quiet })
  try {
    const keys = await opened(openKeys(config.keysDir, { create: false }))
    return await asOwner(config.databaseUrl ?? embedded!.ownerUrl, 'verify', (client) =>
      opened(
        verifyHere({
          client,
          logs: sealedLogs,
          keys: publicKeysOf(keys),
          crypto: createCrypto(keys),
          folder: config.sealsDir,
          now: new Date(),
          ...(given.seals ? { file: given.seals } : {}),
          ...(given.from ? { from: given.from } : {}),
          ...(given.export ? { exportTo: given.export } : {}),
          olderCopy: given['older-copy'] ?? false,
        }),
      ),
    )
  } finally {
    await embedded?.stop()
  }
}

function tell(report: Report, given: Given, seconds: number, both: (key: string, params?: object) => string): void {
  const { seals, lastSeal, rows, waiting, erased, letGo, findings } = report
  const counted = Object.values(rows).reduce((a, b) => a + b, 0)
  say(both(given.key && !given.rows ? 'seals.walked_seals' : 'seals.walked', { seals, rows: counted, seconds }))
  if (lastSeal) say(both('seals.last', { number: lastSeal.number, at: lastSeal.at }))
  if (waiting > 0) say(both('seals.waiting', { rows: waiting }))
  if (erased > 0) say(both('seals.erased', { rows: erased }))
  for (const { log, month, rows: gone } of letGo) say(both('seals.let_go', { log, month, rows: gone }))
  for (const { kind, count, places } of findings) {
    say(`\n!! ${both(`seals.finding.${kind}`, { count })}`)
    say(`   ${places.join(' · ')}${places.length === MOST_PLACES ? ' …' : ''}`)
    say(`→ ${both(`seals.next.${kind}`)}`)
  }
  say(`\n${both(report.clean ? 'seals.clean' : 'seals.not_clean')}`)
}
