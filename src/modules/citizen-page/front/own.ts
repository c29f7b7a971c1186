/** One's own things: messages, what one is asked to authorise, who has looked. */
import { listOwnReads } from '../../../core/access/index.ts'
import { authoriseCheck, listAuthorisations, type OwnAuthorisation } from '../../../core/cases/index.ts'
import { listMessages, markMessagesRead } from '../../../core/messages/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { PageRequest } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { AuthorisationPage, AuthorisationsPage } from './pages/authorisations.tsx'
import { BindFirstPage } from './pages/bind-first.tsx'
import { MessagesPage } from './pages/messages.tsx'
import { ReadsPage } from './pages/reads.tsx'
import { visitorOf } from './visitor.ts'

export function ownRoutes({ pages, platform }: Rooms): void {
  const { packs, words } = platform.services

  pages.get('/me/messages', async (r) => {
    if (visitorOf(r) === 'by-phone') return BindFirstPage({ view: r.view, title: r.view.t('front.messages.title') })
    return MessagesPage({
      view: r.view,
      pack: packs.inForce(),
      messages: await listMessages.run(r.call, {}),
      has: words.has,
      formKey: r.newKey,
    })
  })
  // Marked by pressing, never by looking: a page that was opened is not yet a message that was read.
  pages.post('/me/messages/read', async (r) => {
    await markMessagesRead.run(r.call, {})
    return '/me/messages'
  })

  pages.get('/me/authorisations', async (r) => {
    if (visitorOf(r) === 'by-phone') return BindFirstPage({ view: r.view, title: r.view.t('front.authorisations.title') })
    return AuthorisationsPage({ view: r.view, pack: packs.inForce(), asked: await listAuthorisations.run(r.call, {}) })
  })
  pages.get('/me/authorisations/:id', async (r) =>
    AuthorisationPage({ view: r.view, pack: packs.inForce(), asked: await getAuthorisation(r), formKey: r.newKey }),
  )
  pages.post(
    '/me/authorisations/:id',
    async (r) => {
      await authoriseCheck.run(r.call, { memberId: (await getAuthorisation(r)).id })
      return '/me/authorisations'
    },
    // Over meanwhile, or the session had ended: the page as it stands now says which.
    async (r, { refusal, message }) =>
      AuthorisationPage({
        view: r.view,
        pack: packs.inForce(),
        asked: await getAuthorisation(r),
        formKey: r.newKey,
        ...(refusal.code === 'case.check_over' ? {} : { errors: { main: message } }),
      }),
    { at: (r) => `/me/authorisations/${r.params.id}` },
  )

  pages.get('/me/reads', async (r) => {
    if (visitorOf(r) === 'by-phone') return BindFirstPage({ view: r.view, title: r.view.t('front.reads.title') })
    const page = Math.min(Math.max(Number.parseInt(r.query.page ?? '1', 10) || 1, 1), 4000)
    return ReadsPage({ view: r.view, pack: packs.inForce(), page, has: words.has, ...(await listOwnReads.run(r.call, { page })) })
  })
}

async function getAuthorisation(r: PageRequest): Promise<OwnAuthorisation> {
  const asked = (await listAuthorisations.run(r.call, {})).find((one) => one.id === r.params.id)
  if (!asked) throw new Refusal('case.member_not_found', 'missing')
  return asked
}
