/** The desk: its door, the work list, the page of a case and one small page an act. */
import { countUnseen } from '../../../core/access/index.ts'
import {
  answerObjection,
  type CasePage,
  type List,
  lists,
  listWork,
  type Preview,
  previewAct,
  readCase,
  recordPaperAuthorisation,
} from '../../../core/cases/index.ts'
import { addCaseFile, countUnprinted } from '../../../core/documents/index.ts'
import { findCertificates } from '../../../core/matters/index.ts'
import { readSending } from '../../../core/messages/index.ts'
import { isDay } from '../../../platform/day.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSealStatus } from '../../../platform/seals/index.ts'
import { whoOf } from '../../../platform/use-case/audit.ts'
import { pick } from '../../../platform/words.ts'
import { KEEP, type PageRequest, type Problem } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { otherWays } from '../sign-in/other-ways.tsx'
import { acts, type DeskAction, isAct, MOVED_ON } from './acts.ts'
import { choosePost, claim, deskPath, firstIsOpen, ownPosts, signIn, signOut } from './door.ts'
import { readFields } from './fields.ts'
import { ActPage } from './pages/act.tsx'
import { CasePage as CaseScreen, isAssessable } from './pages/case.tsx'
import { DeskCertificatesPage } from './pages/certificates.tsx'
import { FirstPage } from './pages/first.tsx'
import { PostHomePage } from './pages/post-home.tsx'
import { PostsPage } from './pages/posts.tsx'
import { SignInPage } from './pages/sign-in.tsx'
import type { Watch } from './pages/watch.tsx'
import { WorkListPage } from './pages/work-list.tsx'
import { deskShell, shownPost } from './shell.ts'

export function deskRoutes(rooms: Rooms): void {
  doorRoutes(rooms)
  const { pages, platform } = rooms
  const { packs } = platform.services

  pages.get('/desk', async (r) => {
    const shell = await deskShell(r, rooms)
    const post = postOfCall(r)
    const watch = await watchOf(r, rooms)
    const waits = await rooms.waits(r)
    // Without cases, but with several lists of another kind, all of them are named with what waits in them.
    const lists = !post.permissions.includes('case.read') && waits.length > 1
    if (!post.permissions.includes('work-list.read') || lists)
      return PostHomePage({
        ...shell,
        ...watch,
        waits,
        does: pick(packs.inForce().pack.roles.find((role) => role.code === post.role)?.does ?? { zh: '', en: '' }, r.view.lang),
      })
    // Whoever has no cases finds the incidents of her post at once.
    if (!post.permissions.includes('case.read') && post.permissions.includes('incident.read')) return '/desk/incidents'
    const asked = askedOf(r.query)
    const work = await listWork.run(r.call, asked)
    const pack = packs.inForce()
    const matters = pack.matters.filter((m) => post.domains.includes(m.domain))
    return WorkListPage({
      ...shell,
      ...watch,
      waits,
      work,
      asked,
      matters,
      pack,
      now: r.call.now,
      mayReceive: post.permissions.includes('case.receive'),
    })
  })

  pages.get('/desk/certificates', async (r) => {
    const shell = await deskShell(r, rooms)
    const pack = packs.inForce()
    const typed = String(r.query.q ?? '')
      .trim()
      .slice(0, 200)
    return DeskCertificatesPage({ ...shell, pack, typed, found: findCertificates(pack, typed) })
  })

  pages.get('/desk/cases/:caseId', (r) => showCase(r, rooms))
  const on = (path: string, act: (r: PageRequest, caseId: string) => Promise<string>) =>
    pages.post(
      `/desk/cases/:caseId/${path}`,
      (r) => act(r, caseIdOf(r)),
      (r, problem) => showCase(r, rooms, problem),
      { at: (r) => `/desk/cases/${r.params.caseId}` },
    )
  on('files', async (r, caseId) => {
    const [file] = r.uploads.filter((one) => one.field === 'file')
    if (!file) throw new Refusal('answer.missing', 'invalid', { fields: [{ path: '/file' }] })
    const { materialId } = await named(
      'file',
      addCaseFile.run(r.call, { caseId, material: r.body.material ?? '', fileName: file.name, bytes: file.bytes }),
    )
    return `/desk/cases/${caseId}?${new URLSearchParams({ done: 'file', added: materialId })}`
  })
  on('members/:memberId', async (r, caseId) => {
    await recordPaperAuthorisation.run(r.call, { caseId, memberId: r.params.memberId })
    return `/desk/cases/${caseId}?done=member`
  })
  on('objections/:objectionId', async (r, caseId) => {
    const input = readFields([{ name: 'answer', kind: 'words' }], r.body)
    await answerObjection.run(r.call, { caseId, objectionId: r.params.objectionId, ...input })
    return `/desk/cases/${caseId}?done=objection`
  })

  pages.get('/desk/cases/:caseId/act/:action', (r) => showAct(r, rooms))
  pages.post(
    '/desk/cases/:caseId/act/:action',
    async (r) => {
      const caseId = caseIdOf(r)
      const action = actionOf(r)
      const { fields, sure } = acts[action]
      if (r.body.again) return KEEP
      const input = readFields(fields, r.body)
      if (sure && r.body.sure !== 'yes') {
        const { page, preview } = await previewAct.run(r.call, { caseId, action, ...input })
        if (preview) return actPage(r, rooms, { page, preview })
      }
      const done = (await stillHere(acts[action].useCase.run(r.call, { caseId, ...input }))) as { documentId: string | null }
      return `/desk/cases/${caseId}?${new URLSearchParams({ done: action, ...(done.documentId ? { document: done.documentId } : {}) })}`
    },
    (r, problem) => showAct(r, rooms, problem),
    { at: (r) => `/desk/cases/${r.params.caseId}/act/${r.params.action}`, more: (r) => showAct(r, rooms) },
  )
}

function doorRoutes(rooms: Rooms): void {
  const { pages } = rooms
  pages.get('/desk/sign-in', async (r) =>
    SignInPage({
      view: r.view,
      username: r.query.username,
      next: r.query.next,
      cast: rooms.cast,
      isSet: r.query.set === 'password',
      ended: await rooms.platform.services.accounts.whyEnded(r.request.headers.cookie, r.call.now),
      more: await otherWays(r, rooms),
    }),
  )
  // A form with a password in it is drawn at once: a password is kept nowhere, not even for the way back.
  pages.post(
    '/desk/sign-in',
    (r) => signIn(r, rooms),
    async (r, problem) =>
      SignInPage({
        view: r.view,
        username: r.body.username,
        next: r.body.next,
        cast: rooms.cast,
        errors: errorsOn('password', problem),
        more: await otherWays(r, rooms),
      }),
  )
  const showPosts = async (r: PageRequest, problem?: Problem) =>
    PostsPage({
      view: r.view,
      posts: (await ownPosts(r, rooms)).map((held) => ({ held, shown: shownPost(r, rooms, held) })),
      next: nextOf(r),
      ...(problem ? { message: problem.message } : {}),
    })
  pages.get('/desk/post', (r) => showPosts(r))
  pages.post('/desk/post', (r) => choosePost(r, rooms), showPosts, { at: () => '/desk/post' })
  pages.post('/desk/sign-out', (r) => signOut(r, rooms))
  pages.get('/desk/first', async (r) =>
    FirstPage({ view: r.view, token: r.query.token ?? '', open: await firstIsOpen(r, rooms) }),
  )
  pages.post(
    '/desk/first',
    (r) => claim(r, rooms),
    async (r, problem) =>
      FirstPage({
        view: r.view,
        token: r.body.token ?? '',
        open: await firstIsOpen(r, rooms),
        typed: r.body,
        errors: problem.refusal.code.startsWith('account.username')
          ? { username: problem.message }
          : errorsOn('password', problem),
      }),
  )
}

const nextOf = (r: PageRequest): string | undefined => {
  const next = r.query.next ?? r.body.next
  return next && deskPath(next) === next ? next : undefined
}

/** A refusal that names no field is shown at the one that it is about. */
const errorsOn = (field: string, problem: Problem) =>
  Object.keys(problem.errors).length > 0 ? problem.errors : { [field]: problem.message }

const askedOf = (
  query: Record<string, string>,
): { list: List; matter?: string; number?: string; area?: string; page: number } => {
  const page = Math.min(400, Math.max(1, Number.parseInt(query.page ?? '1', 10) || 1))
  const number = query.number?.normalize('NFKC').trim().slice(0, 40)
  // Who looks for a number, or comes from the counts of a place, looks for it wherever it waits.
  const list = lists.find((one) => one === query.list) ?? (number || query.area ? 'all' : 'todo')
  return {
    list,
    page,
    ...(query.matter ? { matter: query.matter.slice(0, 60) } : {}),
    ...(number ? { number } : {}),
    ...(/^[0-9]{4,12}$/.test(query.area ?? '') ? { area: query.area } : {}),
  }
}

/** What a post has to keep an eye on, on the first page that it sees: papers that did not print, and how the seals stand. */
async function watchOf(r: PageRequest, { pool }: Pick<Rooms, 'pool'>): Promise<Watch> {
  const { permissions } = postOfCall(r)
  const { accountId } = whoOf(r.call.actor)
  return {
    news: accountId ? await countUnseen(pool, accountId) : 0,
    ...(permissions.includes('papers.watch') ? { sending: (await readSending.run(r.call, {})).alarms } : {}),
    ...(permissions.includes('papers.watch') && !permissions.includes('node.watch')
      ? { unprinted: (await countUnprinted.run(r.call, {})).failed }
      : {}),
    ...(permissions.includes('seals.read') ? { seals: await readSealStatus.run(r.call, {}) } : {}),
  }
}

function postOfCall(r: PageRequest) {
  if (r.call.actor.kind !== 'staff') throw new Refusal('access.choose_post', 'forbidden')
  return r.call.actor.post
}

/** A mistyped address is a case that is not there. */
function caseIdOf(r: PageRequest): string {
  const { caseId = '' } = r.params
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(caseId)) throw new Refusal('case.not_found', 'missing')
  return caseId
}

function actionOf(r: PageRequest): DeskAction {
  const { action = '' } = r.params
  if (!isAct(action)) throw new Refusal('request.no_such_path', 'missing')
  return action
}

/** Somebody was faster and the case has gone to other hands: the officer sees what is possible now, like in every conflict. */
async function stillHere<T>(done: Promise<T>): Promise<T> {
  return done.catch((error: unknown) => {
    if (error instanceof Refusal && MOVED_ON.has(error.code)) throw new Refusal(error.code, 'conflict', error.params)
    throw error
  })
}

/** What is wrong with the file, said at the file. */
const named = <T>(field: string, done: Promise<T>): Promise<T> =>
  done.catch((error: unknown) => {
    if (error instanceof Refusal && error.kind === 'invalid' && !error.params.fields)
      throw new Refusal(error.code, 'invalid', { ...error.params, fields: [{ path: `/${field}` }] })
    throw error
  })

async function read(r: PageRequest, rooms: Rooms): Promise<{ page: CasePage; shell: Awaited<ReturnType<typeof deskShell>> }> {
  const shell = await deskShell(r, rooms)
  return {
    shell,
    page: await readCase.run(r.call, { caseId: caseIdOf(r), ...(isDay(r.query.ended) ? { ended: r.query.ended } : {}) }),
  }
}

async function showCase(r: PageRequest, rooms: Rooms, problem?: Problem) {
  const { shell, page } = await read(r, rooms)
  const { packs } = rooms.platform.services
  const holder = postOfCall(r)
  const assesses = holder.permissions.includes('care.assess') && isAssessable(page, packs.inForce(), r.view.today)
  return CaseScreen({
    ...shell,
    page,
    assessment: assesses ? await rooms.assessment(r, page.found.id) : null,
    pack: packs.inForce(),
    procedure: await packs.at(page.found.state.packHash),
    post: shell.post,
    holder,
    now: r.call.now,
    newKey: r.newKey,
    done: r.query.done,
    documentId: r.query.document,
    added: r.query.added,
    ended: r.query.ended ?? '',
    body: r.body,
    objectionId: r.params.objectionId,
    problem,
  })
}

/** What needs no filling in shows at once what it will do; the rest asks first, and shows it when all is filled in. */
async function showAct(r: PageRequest, rooms: Rooms, problem?: Problem) {
  const action = actionOf(r)
  const { fields, sure } = acts[action]
  if (!sure || fields.length > 0) return actPage(r, rooms, { page: (await read(r, rooms)).page }, problem)
  return actPage(r, rooms, await previewAct.run(r.call, { caseId: caseIdOf(r), action }), problem)
}

async function actPage(
  r: PageRequest,
  rooms: Rooms,
  { page, preview }: { page: CasePage; preview?: Preview | null },
  problem?: Problem,
) {
  const { again: _, sure: __, ...typed } = r.body
  return ActPage({
    ...(await deskShell(r, rooms)),
    page,
    pack: rooms.platform.services.packs.inForce(),
    action: actionOf(r),
    now: r.call.now,
    newKey: r.newKey,
    // A link may name what is missing; nothing else comes from an address.
    body: { ...(r.query.missing ? { missing: r.query.missing } : {}), ...typed },
    problem,
    ...(preview ? { preview } : {}),
  })
}
