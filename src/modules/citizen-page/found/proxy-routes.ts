/** The same for whoever acts for another: the address says for whom, and each look is a look. */
import type { Proxied } from '../../../core/access/index.ts'
import { applyFoundByProxy, readFoundByProxy } from '../../../core/outreach/index.ts'
import type { PageRequest, Problem } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { AlreadyPage } from '../apply/pages/aside.tsx'
import { errorsOf, isAlready, typedIn } from '../apply/request.ts'
import { proxyCall } from '../proxies/proxy-call.ts'
import { ForMatterPage } from './pages/for-matter.tsx'

export function proxyFoundRoutes({ pages, platform }: Rooms): void {
  const { packs } = platform.services

  const matter = async (r: PageRequest, problem?: Problem) => {
    const call = await proxyCall(r)
    const matterCode = r.params.matter ?? ''
    return ForMatterPage({
      view: r.view,
      pack: packs.inForce(),
      matter: packs.inForce().matter(matterCode),
      actor: call.actor as Proxied,
      own: await readFoundByProxy.run(call, { matterCode }),
      typed: typedIn(r),
      errors: problem ? errorsOf(r.view, problem) : {},
      formKey: r.newKey,
    })
  }
  pages.get('/for/:id/found/:matter', (r) => matter(r))
  pages.post(
    '/for/:id/found/:matter',
    async (r) => {
      const { mark = '', ...typed } = typedIn(r)
      await applyFoundByProxy.run(await proxyCall(r), { matterCode: r.params.matter ?? '', mark, typed })
      return `/for/${r.params.id}?done=applied`
    },
    async (r, problem) =>
      isAlready(problem.refusal)
        ? AlreadyPage({
            view: r.view,
            message: problem.message,
            to: { href: `/for/${r.params.id}`, label: r.view.t('apply.already.see') },
          })
        : matter(r, problem),
    { at: (r) => `/for/${r.params.id}/found/${r.params.matter}` },
  )
}
