/** The system administrator's page of the machine: packs, schedules, papers that do not print, seals, disks, version, backups. */
import { listUnprinted, printAgain } from '../../core/documents/index.ts'
import { isId } from '../../platform/id.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { PageRequest, Problem } from '../../ui/index.ts'
import type { Rooms } from '../rooms.ts'
import { deskShell } from '../service-centre/index.ts'
import { NODE, NodePage } from './pages/node.tsx'
import { readNodeState } from './use-cases.ts'

export function nodeRoutes(rooms: Rooms): void {
  const { pages } = rooms
  const show = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    return (
      <NodePage
        {...shell}
        state={await readNodeState.run(r.call, {})}
        papers={await listUnprinted.run(r.call, {})}
        pack={rooms.platform.services.packs.inForce()}
        done={r.query.done}
        problem={problem}
      />
    )
  }
  pages.get(NODE, (r) => show(r))
  pages.post(
    `${NODE}/papers/:id`,
    async (r) => {
      const { id = '' } = r.params
      if (!isId(id)) throw new Refusal('documents.not_waiting', 'missing')
      await printAgain.run(r.call, { id })
      return `${NODE}?done=again`
    },
    show,
  )
}
