/**
 * One process holds a data directory. The lock is a file that appears whole (written aside, then linked), names its
 * holder, and is void as soon as that very process is gone: nobody must delete anything by hand after a power cut.
 */
import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { StartRefused } from '../config.ts'
import { birthOf, isRunning } from './process.ts'

export interface Holder {
  pid: number
  /** What it runs, for the person who reads the refusal. */
  command: string
  since: string
}

interface Entry extends Holder {
  birth: string
  token: string
}

export class DataHeld extends StartRefused {
  readonly holder: Holder
  constructor(dataDir: string, holder: Holder) {
    super(
      `${dataDir} is in use by process ${holder.pid} (${holder.command}), since ${holder.since}. Nothing was changed. ` +
        `Stop that one first (kill ${holder.pid}), or give this start a folder of its own with KAIFONG_DATA.`,
    )
    this.name = 'DataHeld'
    this.holder = holder
  }
}

const fileOf = (dataDir: string): string => join(dataDir, 'holder.lock')

/** The running process that holds the directory, if there is one. */
export function holderOf(dataDir: string): Holder | undefined {
  const entry = read(fileOf(dataDir))
  return entry && holds(entry) ? entry : undefined
}

/** Takes the directory and answers with the way to give it back, or throws `DataHeld`. */
export async function takeLock(dataDir: string): Promise<() => void> {
  const file = fileOf(dataDir)
  const mine: Entry = {
    pid: process.pid,
    command: process.argv.slice(1).join(' ') || process.argv0,
    since: new Date().toISOString(),
    birth: birthOf(process.pid),
    token: randomUUID(),
  }
  const aside = `${file}.${mine.token}`
  writeFileSync(aside, `${JSON.stringify(mine, null, 2)}\n`, { mode: 0o644, flush: true })
  try {
    for (let attempt = 0; attempt < 50; attempt++) {
      if (link(aside, file)) {
        if (attempt === 0) return release(file, mine)
        // Two starts may have found the same dead holder; whoever moved the wrong file has put it back by now.
        await wait(50)
        if (read(file)?.token === mine.token) return release(file, mine)
      }
      const found = read(file)
      if (found && holds(found)) throw new DataHeld(dataDir, found)
      if (found) setDeadAside(file, found)
      await wait(10)
    }
    throw new StartRefused(
      `${file} cannot be taken or read. If no other Kaifong runs on this folder, delete that file and start again.`,
    )
  } finally {
    rmSync(aside, { force: true })
  }
}

const holds = (entry: Entry): boolean => isRunning(entry.pid) && birthOf(entry.pid) === entry.birth

const release = (file: string, mine: Entry) => (): void => {
  if (read(file)?.token === mine.token) rmSync(file, { force: true })
}

/** Moves the dead holder's file away. If another start took the lock in between, its file goes back. */
function setDeadAside(file: string, dead: Entry): void {
  const moved = `${file}.${randomUUID()}`
  try {
    renameSync(file, moved)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  if (read(moved)?.token !== dead.token) link(moved, file)
  rmSync(moved, { force: true })
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function read(file: string): Entry | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    return JSON.parse(text) as Entry
  } catch (cause) {
    throw new StartRefused(`${file} is damaged. If no other Kaifong runs on this folder, delete that file and start again.`, {
      cause,
    })
  }
}
