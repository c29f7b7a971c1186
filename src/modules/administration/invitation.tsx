/** Inviting an officer, and what the invited officer sees. The link is shown once: only its hash is kept. */
import { acceptInvitation, inviteOfficer, listOfficers, newLinkToken, readInvitation } from '../../core/access/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { PageRequest, Problem } from '../../ui/index.ts'
import type { Rooms } from '../rooms.ts'
import { deskShell, readNewPassword } from '../service-centre/index.ts'
import { InvitePage } from './pages/invite.tsx'
import { LinkOncePage } from './pages/parts.tsx'
import { WelcomePage } from './pages/welcome.tsx'

const ADDRESS = '/desk/invitation'

export function invitationRoutes(rooms: Rooms): void {
  const { pages, platform } = rooms

  const form = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const { organisations } = await listOfficers.run(r.call, {})
    return <InvitePage {...shell} organisations={organisations} typed={r.body} problem={problem} />
  }
  pages.get('/desk/administration/invite', (r) => form(r))
  // Answered by a page and not by an address: the link belongs to this answer alone.
  pages.post(
    '/desk/administration/invite',
    async (r) => {
      const { name = '', number = '', username = '', organisationId = '' } = r.body
      const token = newLinkToken()
      await inviteOfficer.run(r.call, { token, name, number, username, organisationId })
      const link = `${platform.services.publicUrl}${ADDRESS}?${new URLSearchParams({ token })}`
      const { t } = r.view
      return (
        <LinkOncePage
          {...(await deskShell(r, rooms))}
          title={t('administration.invited.title', { name })}
          home={{ href: '/desk/administration/officers', label: t('administration.officers.title') }}
          link={link}
          give={t('administration.invited.give', { name })}
          next={t('administration.invited.next', { username })}
        />
      )
    },
    form,
  )

  const welcome = async (r: PageRequest, problem?: Problem) => {
    const token = r.query.token ?? r.body.token ?? ''
    if (r.call.actor.kind !== 'public')
      return <WelcomePage view={r.view} token="" invited={null} closed="administration.welcome.signed_in" />
    const invited = await readInvitation.run(r.call, { token }).catch((error: unknown) => {
      if (error instanceof Refusal) return null
      throw error
    })
    return <WelcomePage view={r.view} token={token} invited={invited} closed="access.invitation_gone" problem={problem} />
  }
  pages.get(ADDRESS, (r) => welcome(r))
  pages.post(
    ADDRESS,
    async (r) => {
      const { token = '' } = r.body
      const password = readNewPassword(r.body)
      const { username } = await readInvitation.run(r.call, { token })
      await acceptInvitation.run(r.call, { token, password })
      return `/desk/sign-in?${new URLSearchParams({ username, set: 'password' })}`
    },
    welcome,
  )
}
