/** The system administrator's pages: officers, one officer, a post proposed, organisations. */
import {
  type Administration,
  addOrganisation,
  endOfficer,
  endPost,
  isAdministrator,
  listOfficers,
  type OrganisationKind,
  organisationKinds,
  proposePost,
  stopOfficer,
  withdrawInvitation,
} from '../../core/access/index.ts'
import { isId } from '../../platform/id.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type PageRequest, type Problem, readDay, readMany } from '../../ui/index.ts'
import type { Rooms } from '../rooms.ts'
import { deskShell } from '../service-centre/index.ts'
import { EndOfficerPage } from './pages/end-officer.tsx'
import { EndPostPage } from './pages/end-post.tsx'
import { OfficerPage } from './pages/officer.tsx'
import { OfficersPage } from './pages/officers.tsx'
import { OrganisationPage } from './pages/organisation.tsx'
import { ProposePage } from './pages/propose.tsx'

const HOME = '/desk/administration/officers'

export function officerRoutes(rooms: Rooms): void {
  const { pages } = rooms
  const pack = () => rooms.platform.services.packs.inForce()

  const home = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const all = await listOfficers.run(r.call, {})
    return (
      <OfficersPage
        {...shell}
        all={all}
        pack={pack()}
        now={r.call.now}
        done={r.query.done}
        newKey={r.newKey}
        message={problem?.message}
      />
    )
  }
  pages.get(HOME, (r) => home(r))
  pages.post(
    '/desk/administration/invitations/:id/removal',
    async (r) => {
      await withdrawInvitation.run(r.call, { id: idOf(r) })
      return `${HOME}?done=withdrawn`
    },
    home,
  )

  const officer = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const all = await listOfficers.run(r.call, {})
    return (
      <OfficerPage
        {...shell}
        {...one(all, idOf(r))}
        pack={pack()}
        done={r.query.done}
        newKey={r.newKey}
        typed={r.body}
        problem={problem}
      />
    )
  }
  pages.get(`${HOME}/:id`, (r) => officer(r))
  pages.post(
    `${HOME}/:id/stop`,
    async (r) => {
      const id = idOf(r)
      await stopOfficer.run(r.call, { id, reason: r.body.reason ?? '' })
      return `${HOME}/${id}?done=stopped`
    },
    officer,
  )
  const leaving = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const { officer, posts } = one(await listOfficers.run(r.call, {}), idOf(r))
    return (
      <EndOfficerPage
        {...shell}
        officer={officer}
        posts={posts}
        pack={pack()}
        typed={r.body}
        newKey={r.newKey}
        problem={problem}
      />
    )
  }
  pages.get(`${HOME}/:id/end`, (r) => leaving(r))
  pages.post(
    `${HOME}/:id/end`,
    async (r) => {
      const id = idOf(r)
      await endOfficer.run(r.call, { id, reason: r.body.reason ?? '' })
      return `${HOME}/${id}?done=ended`
    },
    leaving,
  )
  const ending = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const { officer, posts } = one(await listOfficers.run(r.call, {}), idOf(r))
    const post = posts.find((each) => each.id === r.params.postId)
    if (!post) throw new Refusal('access.post_not_found', 'missing')
    return (
      <EndPostPage {...shell} officer={officer} ending={post} pack={pack()} typed={r.body} newKey={r.newKey} problem={problem} />
    )
  }
  pages.get(`${HOME}/:id/posts/:postId/end`, (r) => ending(r))
  pages.post(
    `${HOME}/:id/posts/:postId/end`,
    async (r) => {
      await endPost.run(r.call, { id: idOf(r, 'postId'), reason: r.body.reason ?? '' })
      return `${HOME}/${idOf(r)}?done=post-ended`
    },
    ending,
  )

  const propose = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const all = await listOfficers.run(r.call, {})
    const typed = { ...r.query, ...r.body }
    const organisation = all.organisations.find((each) => each.id === typed.organisationId)
    const role = pack().pack.roles.find((each) => each.code === typed.role)
    // What the post can be over: the areas of its level at this organisation.
    const areas =
      !organisation || !role
        ? null
        : isAdministrator(role.code)
          ? [organisation.area]
          : pack()
              .pack.areas.filter((area) => area.level === role.level && area.code.startsWith(organisation.area))
              .map((area) => area.code)
    return (
      <ProposePage
        {...shell}
        {...one(all, idOf(r))}
        all={all}
        pack={pack()}
        areas={areas}
        typed={typed}
        newKey={r.newKey}
        problem={problem}
      />
    )
  }
  pages.get(`${HOME}/:id/post`, (r) => propose(r))
  pages.post(
    `${HOME}/:id/post`,
    async (r) => {
      const officerId = idOf(r)
      const { outcome } = await proposePost.run(r.call, { officerId, ...wanted(r.body) })
      return `${HOME}/${officerId}?done=${outcome}`
    },
    propose,
  )

  const organisation = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const { organisations } = await listOfficers.run(r.call, {})
    const { actor } = r.call
    const own = actor.kind === 'staff' ? actor.post.areas : []
    const areas = pack().pack.areas.filter((area) => own.some((code) => area.code.startsWith(code)))
    return (
      <OrganisationPage
        {...shell}
        organisations={organisations}
        areas={areas}
        pack={pack()}
        typed={r.body}
        newKey={r.newKey}
        problem={problem}
        done={r.query.done}
      />
    )
  }
  pages.get('/desk/administration/organisations', (r) => organisation(r))
  pages.post(
    '/desk/administration/organisations',
    async (r) => {
      const { name = '', kind, area } = r.body
      if (!organisationKinds.includes(kind as OrganisationKind)) throw choose('kind')
      if (!area) throw choose('area')
      await addOrganisation.run(r.call, { name, kind, area })
      return '/desk/administration/organisations?done=added'
    },
    organisation,
  )
}

const choose = (field: string): Refusal =>
  new Refusal('answer.choose', 'invalid', { fields: [{ path: `/${field}`, code: 'answer.choose' }] })

/** A mistyped address is somebody who is not there. */
function idOf(r: PageRequest, name = 'id'): string {
  const id = r.params[name] ?? ''
  if (!isId(id)) throw new Refusal('access.officer_not_found', 'missing')
  return id
}

/** The officer, with what she holds and what is proposed for her. */
function one(all: Administration, id: string) {
  const officer = all.officers.find((each) => each.id === id)
  if (!officer) throw new Refusal('access.officer_not_found', 'missing')
  return {
    officer,
    posts: all.posts.filter((post) => post.officerId === id),
    proposals: all.proposals.filter((proposal) => proposal.officerId === id),
  }
}

/** Every field that is wrong is named at once. */
function wanted(body: Record<string, string>) {
  const validFrom = readDay(body, 'validFrom')
  const validTo = readDay(body, 'validTo')
  const fields = [
    ...(body.organisationId ? [] : [{ path: '/organisationId', code: 'answer.choose' }]),
    ...(body.role ? [] : [{ path: '/role', code: 'answer.choose' }]),
    ...(readMany(body.areas).length > 0 ? [] : [{ path: '/areas', code: 'answer.choose' }]),
    ...(validFrom ? [] : [{ path: '/validFrom', code: validFrom === null ? 'answer.no_such_day' : 'answer.missing' }]),
    ...(validTo === null ? [{ path: '/validTo', code: 'answer.no_such_day' }] : []),
  ]
  if (fields.length > 0) throw new Refusal('input.invalid', 'invalid', { fields })
  return {
    organisationId: body.organisationId,
    role: body.role,
    areas: readMany(body.areas),
    domains: readMany(body.domains),
    validFrom,
    validTo: validTo ?? null,
  }
}
