/** The resident's front: each address and what it shows. */
import { checkOwnConditions, listDrafts, listOwnCases } from '../../../core/cases/index.ts'
import { findClasses, findMatters, findTables } from '../../../core/matters/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { paths } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { documentRoutes } from './documents.ts'
import { amountOf } from './guide.ts'
import { ownThings } from './home.ts'
import { noticeRoutes } from './notices.ts'
import { ownRoutes } from './own.ts'
import { GuidePage } from './pages/guide.tsx'
import { HomePage } from './pages/home.tsx'
import { MePage } from './pages/me.tsx'
import { PrivacyPage } from './pages/privacy.tsx'
import { SearchPage } from './pages/search.tsx'
import { signInRoutes } from './sign-in.ts'
import { visitorOf } from './visitor.ts'

export function frontRoutes(rooms: Rooms): void {
  const { pages, platform } = rooms
  const { packs } = platform.services

  pages.get('/', async (r) => {
    const visitor = visitorOf(r)
    return HomePage({ view: r.view, pack: packs.inForce(), visitor, now: r.call.now, own: await ownThings(r.call, visitor) })
  })

  pages.get(paths.me, async (r) => {
    const visitor = visitorOf(r)
    const own = await ownThings(r.call, visitor)
    if (!own) throw new Refusal(r.call.actor.kind === 'public' ? 'account.sign_in_first' : 'access.not_for_you', 'forbidden')
    return MePage({ view: r.view, visitor, own })
  })

  pages.get('/search', async (r) => {
    const typed = String(r.query.q ?? '')
      .trim()
      .slice(0, 200)
    const pack = packs.inForce()
    return SearchPage({
      view: r.view,
      pack,
      typed,
      found: typed ? findMatters(pack, typed) : null,
      tables: findTables(pack, typed),
      incidents: typed && pack.pack.incidents ? findClasses(pack.incidents.classes, typed) : [],
    })
  })

  pages.get('/matters/:code', async (r) => {
    const pack = packs.inForce()
    const matter = pack.matter(r.params.code!)
    const visitor = visitorOf(r)
    const area = (r.call.actor.kind === 'resident' && r.call.actor.communityArea) || pack.pack.area
    const [cases, drafts] =
      visitor === 'nobody' ? [[], []] : await Promise.all([listOwnCases.run(r.call, {}), listDrafts.run(r.call, {})])
    return GuidePage({
      view: r.view,
      pack,
      matter,
      visitor,
      area,
      formKey: r.newKey,
      amount: amountOf(pack, matter, area, r.view.today),
      checked: visitor === 'bound' ? (await checkOwnConditions.run(r.call, { matterCode: matter.code })).checked : null,
      running:
        cases.find(
          (one) => one.matterCode === matter.code && !['closed', 'withdrawn', 'not_accepted', 'decided'].includes(one.status),
        ) ?? null,
      draft: drafts.find((one) => one.matterCode === matter.code) ?? null,
    })
  })

  pages.get('/privacy', async (r) => PrivacyPage({ view: r.view }))

  signInRoutes(rooms)
  noticeRoutes(rooms)
  ownRoutes(rooms)
  documentRoutes(rooms)
}
