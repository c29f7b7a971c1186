/** How the node runs, for the system administrator: packs, schedules, seals, messages that do not leave, disks, version, the last backup. No person. */
import Type from 'typebox'
import type { AdministratorKind } from '../../core/access/index.ts'
import { type SendingAlarm, sendingAlarms } from '../../core/messages/index.ts'
import { sql } from '../../platform/database/tx.ts'
import type { MachineState } from '../../platform/machine.ts'
import type { SealStatus } from '../../platform/seals/index.ts'
import { query } from '../../platform/use-case/use-case.ts'

export interface PackRow {
  code: string
  hash: string
  loadedAt: Date
  /** Account on the machine; null for packs of before it was written down. */
  loadedBy: string | null
  inForce: boolean
}

export interface NodeState extends MachineState {
  /** Newest first, the last twenty. */
  packs: PackRow[]
  seals: SealStatus
  /** Channels out of the house on which nothing got out for an hour. */
  sending: SendingAlarm[]
  /** Kinds of administrators of whom nobody works over the reader's areas: what waits for their approval waits for ever. */
  missingApprovers: AdministratorKind[]
  /** The last whole backup of the last hundred days that a command of this version made. */
  backedUpAt: Date | null
  /** Not within a week. A demo needs none: whoever shows it says so. */
  backupLate: boolean
}

const BACKUP_MS = 7 * 24 * 3_600_000

export const readNodeState = query({
  operation: 'node.read-state',
  permission: 'node.watch',
  actors: ['staff'],
  input: Type.Object({}),
  output: Type.Unsafe<NodeState>({}),
  async run({ tx, now, call }) {
    const { machine, seals, packs } = call.platform.services
    const { hash } = packs.inForce()
    const loaded = await tx.rows(
      sql<PackRow>`select code, hash, loaded_at as "loadedAt", loaded_by as "loadedBy", hash = ${hash} as "inForce" from matters.pack order by loaded_at desc limit 20`,
    )
    const { at } = await tx.one(sql<{ at: Date | null }>`select access.last_command('console.backup', ${now}) as at`)
    const missing = await tx.rows(sql<{ kind: AdministratorKind }>`select kind from access.missing_approvers() as kind`)
    return {
      ...(await machine.state()),
      packs: loaded,
      seals: await seals.status(now),
      sending: await sendingAlarms(call.platform, now),
      missingApprovers: missing.map(({ kind }) => kind),
      backedUpAt: at,
      backupLate: at === null || now.getTime() - at.getTime() > BACKUP_MS,
    }
  },
})
