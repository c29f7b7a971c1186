/** Paths of the field's API, one sentence each. */
import type { Rooms } from '../../rooms.ts'
import { fieldDay } from './use-cases/day.ts'
import { readLock, registerDevice } from './use-cases/device.ts'
import { listFieldNotes } from './use-cases/notes.ts'
import { recoverPhoto, takeFieldPhoto } from './use-cases/photos.ts'
import { recoverQueue } from './use-cases/recover.ts'
import { sync } from './use-cases/sync.ts'

export function fieldApi({ api }: Rooms): void {
  api('GET', '/field/day', fieldDay)
  api('POST', '/field/records', sync)
  api('POST', '/field/photos', takeFieldPhoto)
  api('GET', '/field/notes', listFieldNotes)
  api('POST', '/field/devices', registerDevice)
  api('GET', '/field/devices/:deviceId/lock', readLock)
  api('POST', '/field/devices/:deviceId/recovery', recoverQueue)
  api('POST', '/field/devices/:deviceId/recovery/photos', recoverPhoto)
}
