/** 为您找到的, and 免申即享: the list, one benefit with its one button, and 不要找我. */
import { applyFound, findAgain, listOwnFound, readOwnFound, stopFinding } from '../../../core/outreach/index.ts'
import type { Refusal } from '../../../platform/refusal.ts'
import { type PageRequest, type Problem, paths, type View } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { AlreadyPage } from '../apply/pages/aside.tsx'
import { at, errorsOf, isAlready, typedIn } from '../apply/request.ts'
import { BindFirstPage } from '../front/pages/bind-first.tsx'
import { visitorOf } from '../front/visitor.ts'
import { FoundListPage } from './pages/list.tsx'
import { FoundMatterPage } from './pages/matter.tsx'
import { proxyFoundRoutes } from './proxy-routes.ts'

const HOME = paths.found

export function foundRoutes(rooms: Rooms): void {
  const { pages, api, platform } = rooms
  const { packs } = platform.services

  pages.get(HOME, async (r) => {
    if (visitorOf(r) === 'by-phone') return BindFirstPage({ view: r.view, title: r.view.t('found.title') })
    const list = await listOwnFound.run(r.call, {})
    return FoundListPage({ view: r.view, pack: packs.inForce(), done: r.query.done, newKey: r.newKey, ...list })
  })

  const matter = async (r: PageRequest, problem?: Problem) => {
    const matterCode = r.params.matter ?? ''
    return FoundMatterPage({
      view: r.view,
      pack: packs.inForce(),
      matter: packs.inForce().matter(matterCode),
      own: await readOwnFound.run(r.call, { matterCode }),
      typed: typedIn(r),
      errors: problem ? errorsOf(r.view, problem) : {},
      formKey: r.newKey,
    })
  }
  pages.get(`${HOME}/:matter`, (r) =>
    visitorOf(r) === 'by-phone' ? Promise.resolve(BindFirstPage({ view: r.view, title: r.view.t('found.title') })) : matter(r),
  )
  pages.post(
    `${HOME}/:matter`,
    async (r) => {
      const { mark = '', ...typed } = typedIn(r)
      const { caseId } = await applyFound.run(r.call, { matterCode: r.params.matter ?? '', mark, typed })
      return `/me/cases/${caseId}?sent=1`
    },
    async (r, problem) => alreadyPage(r, problem) ?? matter(r, problem),
    { at: (r) => `${HOME}/${r.params.matter}` },
  )
  pages.post(`${HOME}/:matter/stop`, async (r) => {
    await stopFinding.run(r.call, { matterCode: r.params.matter ?? '' })
    return `${HOME}?done=stopped`
  })
  pages.post(`${HOME}/:matter/again`, async (r) => {
    await findAgain.run(r.call, { matterCode: r.params.matter ?? '' })
    return `${HOME}?done=again`
  })
  proxyFoundRoutes(rooms)

  api('GET', '/me/found', listOwnFound)
  api('GET', '/me/found/:matterCode', readOwnFound)
  api('POST', '/me/found/:matterCode/application', applyFound)
  api('POST', '/me/found/:matterCode/stop', stopFinding)
  api('POST', '/me/found/:matterCode/again', findAgain)
}

/** Applied for already, by this form or another: the page that says so, with the way to it. */
function alreadyPage(r: PageRequest, { refusal, message }: Problem) {
  if (!isAlready(refusal)) return null
  const to = { href: hrefOf(refusal), label: r.view.t('apply.already.see') }
  const view: View = at(r, to.href).view
  return AlreadyPage({ view, message, to })
}

function hrefOf({ params }: Refusal): string {
  const id = params.caseId ?? (params.result as { caseId?: unknown } | undefined)?.caseId
  return typeof id === 'string' ? `/me/cases/${id}` : '/me/cases'
}
