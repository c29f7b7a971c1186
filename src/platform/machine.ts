/** What the machine says of itself: room on its disks, since when it runs, how its schedules do. */
import { statfs } from 'node:fs/promises'
import type { Jobs, JobsState } from './jobs.ts'

export interface Room {
  place: 'files' | 'seals' | 'keys'
  freeBytes: number
  totalBytes: number
}

export interface MachineState {
  version: string
  /** When this process began. */
  startedAt: Date
  /** Null where this process runs no schedules. */
  jobs: JobsState | null
  /** Folders of this machine; the database may be on another. A folder that does not answer is left out and logged. */
  rooms: Room[]
}

export interface Machine {
  state(): Promise<MachineState>
}

declare module './platform.ts' {
  interface Services {
    machine: Machine
  }
}

interface MachineOptions {
  version: string
  startedAt: Date
  folders: Readonly<Record<Room['place'], string>>
  jobsOf: () => Pick<Jobs, 'state'> | null
  log: { warn(details: object, message: string): void }
}

/** Less than this share, or these bytes, and somebody should make room. */
const LOW = { share: 0.1, bytes: 5e9 }

export const isLow = ({ freeBytes, totalBytes }: Pick<Room, 'freeBytes' | 'totalBytes'>): boolean =>
  freeBytes < LOW.bytes && freeBytes < totalBytes * LOW.share

export function createMachine({ version, startedAt, folders, jobsOf, log }: MachineOptions): Machine {
  const roomIn = async (place: Room['place']): Promise<Room[]> => {
    try {
      const { bavail, blocks, bsize } = await statfs(folders[place])
      return [{ place, freeBytes: bavail * bsize, totalBytes: blocks * bsize }]
    } catch (err) {
      log.warn({ err, place }, 'the room on a disk could not be read')
      return []
    }
  }
  return {
    async state() {
      const [jobs, ...rooms] = await Promise.all([
        jobsOf()?.state() ?? null,
        ...(Object.keys(folders) as Room['place'][]).map(roomIn),
      ])
      return { version, startedAt, jobs, rooms: rooms.flat() }
    },
  }
}
