/** The security administrator's pages: posts that wait for her, and one of them. */
import { decidePost, listProposals } from '../../core/access/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { PageRequest, Problem } from '../../ui/index.ts'
import type { Rooms } from '../rooms.ts'
import { deskShell } from '../service-centre/index.ts'
import { ApprovalPage } from './pages/approval.tsx'
import { ProposalsPage } from './pages/proposals.tsx'

const HOME = '/desk/administration/posts'

export function approvalRoutes(rooms: Rooms): void {
  const { pages } = rooms
  const pack = () => rooms.platform.services.packs.inForce()
  pages.get(HOME, async (r) => {
    const shell = await deskShell(r, rooms)
    return <ProposalsPage {...shell} proposals={await listProposals.run(r.call, {})} pack={pack()} done={r.query.done} />
  })
  const show = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const proposal = (await listProposals.run(r.call, {})).find((one) => one.id === r.params.id)
    if (!proposal) throw new Refusal('access.proposal_not_found', 'missing')
    return <ApprovalPage {...shell} proposal={proposal} pack={pack()} typed={r.body} newKey={r.newKey} problem={problem} />
  }
  pages.get(`${HOME}/:id`, (r) => show(r))
  pages.post(
    `${HOME}/:id`,
    async (r) => {
      const { decision, reason = '' } = r.body
      const { outcome } = await decidePost.run(r.call, { id: r.params.id, approve: decision === 'approve', reason })
      return `${HOME}?done=${outcome}`
    },
    show,
  )
}
