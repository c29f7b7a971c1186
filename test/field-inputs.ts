/** Inputs of the field app. See permission-inputs.ts. */
import { randomUUID } from 'node:crypto'
import { reportedLamp } from './harness/grid-stages.ts'
import type { Stage } from './harness/stages.ts'

const sentFrom = (s: Stage) => ({ deviceId: s.grid.deviceId, sentAt: '2026-11-24T02:00:00Z' })
const queueOf = (s: Stage) => ({ deviceId: s.grid.deviceId, postId: randomUUID(), wrapped: { iv: 'AAAA', bytes: 'AAAA' } })
const unreadable = { id: randomUUID(), key: 'AAAA', iv: 'AAAA', bytes: 'AAAA' }
const record = () => ({ id: randomUUID(), kind: 'report', seenAt: '2026-11-24T01:00:00Z', ...reportedLamp })

export const fieldInputs: Readonly<Record<string, (s: Stage) => object>> = {
  'grid.field-day': () => ({}),
  'grid.register-device': () => ({ deviceId: randomUUID() }),
  'grid.read-lock': (s) => ({ deviceId: s.grid.deviceId }),
  'grid.note-contact': (s) => ({ deviceId: s.grid.deviceId, behindSeconds: 0 }),
  'grid.take-record': (s) => ({ ...sentFrom(s), record: record() }),
  'grid.sync': (s) => ({ ...sentFrom(s), records: [] }),
  'grid.list-field-notes': () => ({}),
  'grid.recover-record': (s) => ({ ...queueOf(s), item: unreadable }),
  'grid.recover-queue': (s) => ({ ...queueOf(s), items: [unreadable] }),
}
