/** Changes to accounts that two administrators make: proposing one, deciding on it, and the link of an approved reset. */
import {
  type Change,
  changeKinds,
  decideChange,
  listChanges,
  listOfficers,
  listSignIns,
  makeResetLink,
  newLinkToken,
  proposeReset,
  proposeRestart,
  proposeStop,
} from '../../core/access/index.ts'
import { isId } from '../../platform/id.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type PageRequest, type Problem, paths } from '../../ui/index.ts'
import type { Rooms } from '../rooms.ts'
import { deskShell } from '../service-centre/index.ts'
import { ChangePage } from './pages/change.tsx'
import { CHANGES, ChangesPage } from './pages/changes.tsx'
import { LinkOncePage } from './pages/parts.tsx'
import { ProposeChangePage } from './pages/propose-change.tsx'

export function changeRoutes(rooms: Rooms): void {
  const { pages, platform } = rooms
  const pack = () => platform.services.packs.inForce()

  pages.get(CHANGES, async (r) => {
    const shell = await deskShell(r, rooms)
    const changes = await listChanges.run(r.call, {})
    return <ChangesPage {...shell} changes={changes} role={roleOf(r)} now={r.call.now} done={r.query.done} />
  })

  const one = async (r: PageRequest): Promise<Change> => {
    const change = (await listChanges.run(r.call, {})).find((each) => each.id === r.params.id)
    if (!change) throw new Refusal('access.change_not_found', 'missing')
    return change
  }
  const show = async (r: PageRequest, problem?: Problem) => (
    <ChangePage
      {...(await deskShell(r, rooms))}
      change={await one(r)}
      role={roleOf(r)}
      pack={pack()}
      now={r.call.now}
      typed={r.body}
      newKey={r.newKey}
      problem={problem}
    />
  )
  pages.get(`${CHANGES}/:id`, (r) => show(r))
  pages.post(
    `${CHANGES}/:id`,
    async (r) => {
      const { decision, reason = '' } = r.body
      const { kind } = await one(r)
      const { outcome } = await decideChange.run(r.call, { id: r.params.id, approve: decision === 'approve', reason })
      return `${CHANGES}?done=${outcome === 'approved' ? kind : 'refused'}`
    },
    show,
  )
  // Answered by a page and not by an address: the link belongs to this answer alone.
  pages.post(
    `${CHANGES}/:id/link`,
    async (r) => {
      const shell = await deskShell(r, rooms)
      const change = await one(r)
      const token = newLinkToken()
      await makeResetLink.run(r.call, { id: change.id, token })
      const { t } = r.view
      return (
        <LinkOncePage
          {...shell}
          title={t('administration.change.link_for', { name: change.officerName })}
          home={{ href: CHANGES, label: t('administration.changes.title') }}
          link={`${platform.services.publicUrl}${paths.deskReset}?${new URLSearchParams({ token })}`}
          give={t('administration.invited.give', { name: change.officerName })}
          next={t(change.withPassword ? 'administration.change.link_next_password' : 'administration.change.link_next')}
        />
      )
    },
    show,
  )

  for (const kind of changeKinds) {
    const path = `${CHANGES}/${kind}/:officerId`
    const form = async (r: PageRequest, problem?: Problem) => (
      <ProposeChangePage
        {...(await deskShell(r, rooms))}
        kind={kind}
        officer={await officerOf(r)}
        typed={r.body}
        newKey={r.newKey}
        problem={problem}
      />
    )
    pages.get(path, (r) => form(r))
    pages.post(
      path,
      async (r) => {
        const { id: officerId } = await officerOf(r)
        const { why = '' } = r.body
        if (kind === 'reset') await proposeReset.run(r.call, { officerId, why, withPassword: r.body.withPassword === 'yes' })
        else if (kind === 'stop') await proposeStop.run(r.call, { officerId, why })
        else await proposeRestart.run(r.call, { officerId, why })
        return `${CHANGES}?done=proposed`
      },
      form,
    )
  }
}

const postOf = (r: PageRequest) => (r.call.actor.kind === 'staff' ? r.call.actor.post : null)
const roleOf = (r: PageRequest): string => postOf(r)?.role ?? ''

/** Whoever may propose sees her in a list of her own: of officers, or of sign-ins. */
async function officerOf(r: PageRequest): Promise<{ id: string; name: string; number: string; organisation: string }> {
  const id = r.params.officerId ?? ''
  const found = !isId(id)
    ? undefined
    : postOf(r)?.permissions.includes('account.manage')
      ? (await listOfficers.run(r.call, {})).officers.find((one) => one.id === id)
      : (await listSignIns.run(r.call, {})).officers.find((one) => one.officerId === id)
  if (!found) throw new Refusal('access.officer_not_found', 'missing')
  const { name, number, organisation } = found
  return { id, name, number, organisation }
}
