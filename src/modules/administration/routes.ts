/** Pages of the three administrators under /desk/administration, and the link of an invitation. */
import { listChanges, listProposals, listSignIns } from '../../core/access/index.ts'
import { listUnprinted } from '../../core/documents/index.ts'
import { isLow } from '../../platform/machine.ts'
import { readSealStatus } from '../../platform/seals/index.ts'
import type { PageRequest } from '../../ui/index.ts'
import type { Rooms, Wait } from '../rooms.ts'
import { actsRoutes } from './acts.tsx'
import { approvalRoutes } from './approval.tsx'
import { changeRoutes } from './changes.tsx'
import { invitationRoutes } from './invitation.tsx'
import { nodeRoutes } from './node.tsx'
import { officerRoutes } from './officers.tsx'
import { CHANGES, isHers } from './pages/changes.tsx'
import { NODE } from './pages/node.tsx'
import { SIGN_INS } from './pages/sign-ins.tsx'
import { programRoutes } from './programs.tsx'
import { holdRoutes, retentionRoutes } from './retention.tsx'
import { signInWatchRoutes } from './sign-ins.tsx'
import { readNodeState } from './use-cases.ts'

export function administrationRoutes(rooms: Rooms): void {
  officerRoutes(rooms)
  invitationRoutes(rooms)
  approvalRoutes(rooms)
  actsRoutes(rooms)
  changeRoutes(rooms)
  signInWatchRoutes(rooms)
  nodeRoutes(rooms)
  retentionRoutes(rooms)
  holdRoutes(rooms)
  programRoutes(rooms)
}

/** What waits for each of the three administrators, for the first page that she sees. */
export async function waitsForAdministrator(r: PageRequest): Promise<Wait[]> {
  if (r.call.actor.kind !== 'staff') return []
  const { permissions, role } = r.call.actor.post
  const may = (permission: string) => permissions.includes(permission)
  const { t } = r.view
  const { now } = r.call
  const waits: Wait[] = []
  const add = (href: string, label: string, count: number, tone: Wait['tone']) =>
    waits.push({ href, label: t(`administration.wait.${label}`), count, tone })

  if (may('post.approve')) {
    const proposals = await listProposals.run(r.call, {})
    add('/desk/administration/posts', 'posts', proposals.filter((one) => one.outcome === null && !one.own).length, 'warn')
  }
  if (may('account.follow-change')) {
    const changes = await listChanges.run(r.call, {})
    if (may('account.approve-change')) add(CHANGES, 'changes', changes.filter((one) => isHers(one, role, now)).length, 'warn')
    if (may('account.propose-change'))
      add(CHANGES, 'links', changes.filter((one) => one.mine && one.linkWaits && one.linkUntil === null).length, 'warn')
  }
  if (may('sign-in.watch')) {
    const { officers } = await listSignIns.run(r.call, {})
    add(SIGN_INS, 'rests', officers.filter((one) => one.rests.length > 0).length, 'warn')
  }
  if (may('node.watch')) {
    const { jobs, rooms, seals, sending, missingApprovers, backupLate } = await readNodeState.run(r.call, {})
    add(NODE, 'failing', (jobs?.schedules.filter((one) => one.failingSince !== null).length ?? 0) + (jobs?.stuck ?? 0), 'bad')
    add(NODE, 'papers', (await listUnprinted.run(r.call, {})).length, 'bad')
    const alarms = seals.alarms.length + sending.length + rooms.filter(isLow).length + missingApprovers.length
    add(NODE, 'alarms', alarms + (backupLate && !r.view.demo ? 1 : 0), 'bad')
  } else if (may('audit.read')) {
    add('/desk/administration/acts', 'alarms', (await readSealStatus.run(r.call, {})).alarms.length, 'bad')
  }
  return waits
}
