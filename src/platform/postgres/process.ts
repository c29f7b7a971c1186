/** What the system knows about a process. Process numbers are used again, so a number alone never names one. */
import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { basename } from 'node:path'

/** True for a process that runs; false for a zombie, which `kill(pid, 0)` still calls alive. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it runs, as somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const state = procStat(pid)?.[0]
  return state !== 'Z' && state !== 'X'
}

/** A text that differs when the number was given to another process, or the machine was started again. '' if it is gone. */
export function birthOf(pid: number): string {
  if (process.platform === 'linux') {
    const ticks = procStat(pid)?.[19]
    return ticks === undefined ? '' : `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${ticks}`
  }
  return ps(pid, 'lstart=')
}

export interface Program {
  /** Name without its folder, as the system keeps it; '' if the process is gone. */
  name: string
  /** Path of the program file; '' if the system does not tell. */
  file: string
  args: readonly string[]
  /** Undefined if the system does not tell. */
  workDir: string | undefined
}

/** In a container even root may not read `exe` and `cwd` of another user's process; name and arguments anybody may. */
export function programOf(pid: number): Program {
  if (process.platform !== 'linux') {
    const file = ps(pid, 'comm=')
    return { name: basename(file), file, args: [], workDir: undefined }
  }
  const args = attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')) ?? []
  return {
    name: attempt(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trim()) ?? '',
    file: attempt(() => readlinkSync(`/proc/${pid}/exe`)) ?? args[0] ?? '',
    args,
    workDir: attempt(() => readlinkSync(`/proc/${pid}/cwd`)),
  }
}

/** Undefined for what is gone or closed to us; both mean that the system does not tell. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** Fields of /proc/<pid>/stat from the state on. The name before them may hold spaces and brackets. */
function procStat(pid: number): string[] | undefined {
  if (process.platform !== 'linux') return undefined
  return attempt(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  })
}

function ps(pid: number, field: string): string {
  try {
    return execFileSync('ps', ['-o', field, '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    // ps ends with 1 when there is no such process.
    return ''
  }
}
