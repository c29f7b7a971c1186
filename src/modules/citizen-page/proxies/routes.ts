/** 代办: giving, taking on and ending it, and the pages of whoever acts for another. */
import { CODE_DAYS, endProxy, giveProxy, listOwnProxies, type Proxied, takeProxy } from '../../../core/access/index.ts'
import { listCasesByProxy, listDrafts } from '../../../core/cases/index.ts'
import { listFoundByProxy } from '../../../core/outreach/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type PageRequest, type Problem, paths, readDay, readMany, typedDay } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { CodePage } from './pages/code.tsx'
import { ForPage } from './pages/for.tsx'
import { GivePage } from './pages/give.tsx'
import { ProxiesPage } from './pages/proxies.tsx'
import { TakePage } from './pages/take.tsx'
import { proxyCall } from './proxy-call.ts'

const HOME = paths.proxies

export function proxyRoutes({ pages, api, platform }: Rooms): void {
  const { packs } = platform.services

  const home = async (r: PageRequest, problem?: Problem) =>
    ProxiesPage({
      view: r.view,
      pack: packs.inForce(),
      proxies: await listOwnProxies.run(r.call, {}),
      newKey: r.newKey,
      done: r.query.done,
      ...(problem ? { errors: { main: problem.message } } : {}),
    })
  pages.get(HOME, (r) => home(r))
  pages.post(
    `${HOME}/:id/end`,
    async (r) => {
      await endProxy.run(r.call, { id: r.params.id })
      return `${HOME}?done=ended`
    },
    home,
  )

  const give = async (r: PageRequest, problem?: Problem) => {
    // Asked before anything is typed: the form itself needs the second factor.
    if (r.call.actor.kind !== 'resident' || r.call.actor.level !== 'A2') throw new Refusal('account.confirm_first', 'forbidden')
    return GivePage({
      view: r.view,
      pack: packs.inForce(),
      matters: readMany(r.body.matters),
      until: typedDay(r.body, 'validTo'),
      newKey: r.newKey,
      ...(problem ? { errors: problem.errors } : {}),
    })
  }
  pages.get(`${HOME}/new`, (r) => give(r))
  pages.post(
    `${HOME}/new`,
    async (r) => {
      const { code } = await giveProxy.run(r.call, {
        matters: readMany(r.body.matters),
        validTo: readDay(r.body, 'validTo') ?? '',
      })
      return code ? CodePage({ view: r.view, code, days: CODE_DAYS }) : HOME
    },
    give,
  )

  const take = async (r: PageRequest, problem?: Problem) => {
    await listOwnProxies.run(r.call, {})
    return TakePage({ view: r.view, code: r.body.code ?? '', newKey: r.newKey, ...(problem ? { errors: problem.errors } : {}) })
  }
  pages.get(`${HOME}/take`, (r) => take(r))
  pages.post(
    `${HOME}/take`,
    async (r) => {
      const { id } = await takeProxy.run(r.call, { code: r.body.code ?? '' })
      return `/for/${id}`
    },
    take,
  )

  pages.get('/for/:id', async (r) => {
    const call = await proxyCall(r)
    return ForPage({
      view: r.view,
      pack: packs.inForce(),
      actor: call.actor as Proxied,
      cases: await listCasesByProxy.run(call, {}),
      drafts: await listDrafts.run(call, {}),
      newKey: r.newKey,
      ...(await listFoundByProxy.run(call, {})),
      done: r.query.done,
    })
  })

  api('GET', '/proxies', listOwnProxies)
  api('POST', '/proxies', giveProxy)
  api('POST', '/proxies/taken', takeProxy)
  api('POST', '/proxies/:id/end', endProxy)
}
