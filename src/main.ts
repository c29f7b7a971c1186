/** The command line: start, pack check, pack load, verify audit. */
import { join } from 'node:path'
import { checkThePack, loadThePack } from './commands/pack.ts'
import { start } from './commands/start.ts'
import { verifyAudit } from './commands/verify.ts'
import { readConfig, StartRefused } from './platform/config.ts'

if (Number(process.versions.node.split('.')[0]) < 26) {
  process.stderr.write(`Kaifong needs Node 26 and was started with ${process.version}. Use npm start, which brings its own.\n`)
  process.exit(1)
}

const root = join(import.meta.dirname, '..')
const packDir = join(root, 'packs/guangzhou')
const [command = 'start', ...rest] = process.argv.slice(2)
try {
  if (command === 'start') await start(readConfig(process.env), root, packDir)
  else if (command === 'pack' && rest[0] === 'check') checkThePack(root, rest[1] ?? packDir)
  else if (command === 'pack' && rest[0] === 'load') await loadThePack(readConfig(process.env), root, rest[1] ?? packDir)
  else if (command === 'verify' && rest[0] === 'audit') await verifyAudit(rest.slice(1), root)
  else {
    process.stderr.write('Usage: start | pack check [folder] | pack load [folder] | verify audit [--help]\n')
    process.exitCode = 2
  }
} catch (error) {
  process.stderr.write(`${error instanceof StartRefused ? error.message : (error as Error).stack}\n`)
  process.exitCode = 1
}
