/** The command line. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { resetAtConsole } from './commands/account.ts'
import { makeBackup, makeExport } from './commands/backup.ts'
import { comparePackFolders, countPackChanges } from './commands/compare-packs.ts'
import { checkFiles, copyFiles, mendFiles } from './commands/files.ts'
import { importHazardsFile } from './commands/import-hazards.ts'
import { importIncidentsFile } from './commands/import-incidents.ts'
import { listKeys, retire, rewrapAll, rotate } from './commands/keys.ts'
import { checkThePack, loadThePack } from './commands/pack.ts'
import { restore, verifyCopy } from './commands/restore.ts'
import { showRetention } from './commands/retention.ts'
import { printShares, restoreKeys } from './commands/shares.ts'
import { start } from './commands/start.ts'
import { verifyAudit } from './commands/verify.ts'
import { verifyOutreach } from './commands/verify-outreach.ts'
import { readConfig, StartRefused } from './platform/config.ts'

if (Number(process.versions.node.split('.')[0]) < 26) {
  process.stderr.write(`Kaifong needs Node 26 and was started with ${process.version}. Use npm start, which brings its own.\n`)
  process.exit(1)
}

const root = join(import.meta.dirname, '..')
const packDir = join(root, 'packs/guangzhou')
const [command = 'start', ...rest] = process.argv.slice(2)
/** One word, most often a folder, and these options; anything else is undefined. */
function given(args: string[], options: Record<string, { type: 'string' | 'boolean' }>) {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    const keep = values.keep === undefined ? undefined : Number(values.keep)
    if (positionals.length !== 1 || (keep !== undefined && !(Number.isInteger(keep) && keep > 0))) return undefined
    return {
      folder: positionals[0]!,
      keep,
      open: values.open === true,
      full: values.full === true,
      only: values['verify-only'] === true,
      withPassword: values['with-password'] === true,
    }
  } catch {
    return undefined // An option that is not known: the usage says which are.
  }
}

async function ofKeys(words: string[]): Promise<boolean> {
  const config = () => readConfig(process.env)
  const letCodesEnd = words[0] === 'retire' && words.includes('--let-recovery-codes-end')
  const [what, which, ...more] = letCodesEnd ? words.filter((word) => word !== '--let-recovery-codes-end') : words
  if (more.length > 0) return false
  if (what === 'list' && !which) await listKeys(config())
  else if (what === 'rotate' && which) await rotate(config(), which)
  else if (what === 'rewrap' && !which) await rewrapAll(config())
  else if (what === 'retire' && which) await retire(config(), which, letCodesEnd)
  else if (what === 'shares' && which) await printShares(config(), root, which)
  else if (what === 'restore' && !which) await restoreKeys(config())
  else return false
  return true
}

async function ofFiles([what, to, ...more]: string[]): Promise<boolean> {
  const config = () => readConfig(process.env)
  if (more.length > 0) return false
  if (what === 'check' && !to) await checkFiles(config())
  else if (what === 'mend' && to) await mendFiles(config(), to)
  else if (what === 'copy' && (to === 's3' || to === 'directory')) await copyFiles(config(), to)
  else return false
  return true
}

/** Two folders; `--count` asks the database, too, and `--area` whose places it tells apart. */
async function ofPacks(args: string[]): Promise<boolean> {
  const read = () =>
    parseArgs({ args, options: { count: { type: 'boolean' }, area: { type: 'string' } }, allowPositionals: true })
  let wish: ReturnType<typeof read>
  try {
    wish = read()
  } catch {
    return false
  }
  const [older, newer, ...more] = wish.positionals
  if (!older || !newer || more.length > 0) return false
  comparePackFolders(older, newer)
  if (wish.values.count || wish.values.area) await countPackChanges(readConfig(process.env), root, older, newer, wish.values.area)
  return true
}

/** One CSV file; `--to` a new file, else the text goes out; `--pack` whose groups and terms it keeps. */
function ofImport(bring: typeof importIncidentsFile, args: string[]): boolean {
  const read = () => parseArgs({ args, options: { to: { type: 'string' }, pack: { type: 'string' } }, allowPositionals: true })
  let wish: ReturnType<typeof read>
  try {
    wish = read()
  } catch {
    return false
  }
  const [csv, ...more] = wish.positionals
  if (!csv || more.length > 0) return false
  bring(root, csv, wish.values.pack ?? packDir, wish.values.to)
  return true
}

async function run(): Promise<boolean> {
  if (command === 'start') await start(readConfig(process.env), root, packDir)
  else if (command === 'pack' && rest[0] === 'check') checkThePack(root, rest[1] ?? packDir)
  else if (command === 'pack' && rest[0] === 'load') await loadThePack(readConfig(process.env), root, rest[1] ?? packDir)
  else if (command === 'pack' && rest[0] === 'compare') return ofPacks(rest.slice(1))
  else if (command === 'pack' && rest[0] === 'import-incidents') return ofImport(importIncidentsFile, rest.slice(1))
  else if (command === 'pack' && rest[0] === 'import-hazards') return ofImport(importHazardsFile, rest.slice(1))
  else if (command === 'verify' && rest[0] === 'audit') await verifyAudit(rest.slice(1), root)
  else if (command === 'verify' && rest[0] === 'outreach' && rest.length === 2)
    await verifyOutreach(readConfig(process.env), root, rest[1]!)
  else if (command === 'retention' && (rest.length === 0 || (rest.length === 1 && rest[0] === '--json')))
    await showRetention(readConfig(process.env), root, rest[0] === '--json')
  else if (command === 'keys') return ofKeys(rest)
  else if (command === 'files') return ofFiles(rest)
  else if (command === 'account' && rest[0] === 'reset') {
    const wish = given(rest.slice(1), { 'with-password': { type: 'boolean' } })
    if (!wish) return false
    await resetAtConsole(readConfig(process.env), wish.folder, wish.withPassword)
  } else if (command === 'backup') {
    const wish = given(rest, { keep: { type: 'string' } })
    if (!wish) return false
    await makeBackup(readConfig(process.env), root, wish.folder, wish.keep)
  } else if (command === 'export') {
    const wish = given(rest, { full: { type: 'boolean' }, open: { type: 'boolean' } })
    if (!wish?.full) return false
    await makeExport(readConfig(process.env), root, wish.folder, wish.open)
  } else if (command === 'restore' || command === 'import') {
    const wish = given(rest, { 'verify-only': { type: 'boolean' } })
    if (!wish) return false
    const kind = command === 'restore' ? 'backup' : 'export'
    if (wish.only) await verifyCopy(readConfig(process.env), wish.folder, kind)
    else await restore(readConfig(process.env), root, wish.folder, kind)
  } else return false
  return true
}

const USAGE = `Usage: start | pack check [folder] | pack load [folder] | verify audit [--help]
  pack compare <old> <new> [--count] [--area CODE]
                                   what differs, by file and line; with the database: for how many people
  pack import-incidents <file.csv> [--to FILE] [--pack FOLDER]
                                   a city's own sub-classes as the text of an incidents.yaml
  pack import-hazards <file.csv> [--to FILE] [--pack FOLDER]
                                   a city's own kinds of hazards as the text of a hazards.yaml
  verify outreach <search>         does a search still say what it said when it was done
  retention [--json]               what each class would let go today; changes nothing
  backup <folder> [--keep N]       while people work; only new files are copied
  restore <folder> [--verify-only] into an empty database
  export --full <folder> [--open]  readable by other programs; --open: sealed fields and files, too
  import <folder> [--verify-only]  into an empty database
  files check                      reads every file that a row names: is it there, and whole
  files mend <folder>              brings what is missing or damaged back from a folder of backups
  files copy s3 | directory        into the other store, while people work; can be run again
  keys list                        each key, and how much is sealed under it
  keys rotate <purpose>            a newer key for field, wrap, signing, session or blind, while people work
  keys rewrap                      seals and hashes again under the current keys; can be stopped and run again
  keys retire <id>                 puts an earlier key away that nothing needs; of a blind key: --let-recovery-codes-end
  keys shares <folder>             three sheets to print, of which any two bring the keys back
  keys restore                     asks for two of them, and writes KAIFONG_KEYS
  account reset <username> [--with-password]
                                   a link for an administrator whom no other can help
`

try {
  if (!(await run())) {
    process.stderr.write(USAGE)
    process.exitCode = 2
  }
} catch (error) {
  process.stderr.write(`${error instanceof StartRefused ? error.message : (error as Error).stack}\n`)
  process.exitCode = 1
}
