/** The unprivileged user that PostgreSQL runs as, and what that user can reach. PostgreSQL refuses to run as root. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { StartRefused } from '../config.ts'

/** Absent: we are an ordinary user ourselves, and the server runs as us. */
export interface Runner {
  uid: number
  gid: number
  name: string
}

/** As root: whoever owns the cluster already; else `postgres`, else `nobody`. initdb wants a user with a name. */
export function chooseRunner(clusterDir: string): Runner | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(clusterDir, { throwIfNoEntry: false })
  // A server found under `nobody` stays with it, even when a package brings the user `postgres` later.
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: nameOf(owner.uid) }
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf('-u', name)
    const gid = idOf('-g', name)
    if (uid && gid) return { uid, gid, name }
  }
  throw new StartRefused(
    'PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody. Add one: useradd --system postgres',
  )
}

/** Options for `spawn`; an empty object when we run as ourselves. Node drops our other groups, too. */
export const asRunner = (runner: Runner | undefined): { uid?: number; gid?: number } =>
  runner ? { uid: runner.uid, gid: runner.gid } : {}

export function give(path: string, runner: Runner | undefined): void {
  if (runner) chownSync(path, runner.uid, runner.gid)
}

/** The nearest folder on the way to `path` that the runner may not enter, or undefined. Asked of the system, not of mode bits. */
export function barrierTo(path: string, runner: Runner | undefined): string | undefined {
  if (!runner) return undefined
  const way: string[] = []
  for (let at = path; ; at = dirname(at)) {
    way.unshift(at)
    if (at === dirname(at)) break
  }
  const script = 'for at do test -x "$at" || { printf %s "$at"; exit 1; }; done'
  const tried = spawnSync('/bin/sh', ['-c', script, 'sh', ...way], { ...asRunner(runner), cwd: '/', encoding: 'utf8' })
  if (tried.error) throw tried.error
  return tried.status === 0 ? undefined : tried.stdout || path
}

function idOf(flag: '-u' | '-g', name: string): number | undefined {
  try {
    return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  } catch {
    // No such user.
    return undefined
  }
}

function nameOf(uid: number): string {
  try {
    return execFileSync('id', ['-un', String(uid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    // An owner without a name still owns the files.
    return String(uid)
  }
}
