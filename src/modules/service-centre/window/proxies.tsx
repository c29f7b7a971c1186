/** 代办 at the window: an authority is set up for who has no phone, and ended for who comes and says so. */
import { postOf } from '../../../core/access/index.ts'
import * as people from '../../../core/people/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type PageRequest, type Problem, readDay, readMany, typedDay } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { deskShell } from '../desk/shell.ts'
import { GivenProxiesPage, ProxyPaperPage } from './pages/given-proxies.tsx'
import { WindowProxiesPage } from './pages/proxies.tsx'

export function windowProxyRoutes(rooms: Rooms): void {
  const { pages, api } = rooms
  const at = ({ params }: PageRequest) => `/desk/people/${params.personId}/proxies`

  const show = async (r: PageRequest, more: { problem?: Problem; code?: string } = {}) => {
    const { problem, code } = more
    // Without this permission there is nothing here to be done, so nothing is shown.
    if (!postOf(r.call.actor).permissions.includes('person.bind'))
      throw new Refusal('access.not_permitted', 'forbidden', { permission: 'person.bind' })
    const hit = await people.showHit.run(r.call, { personId: r.params.personId })
    const fields = problem && Object.keys(problem.errors).length > 0
    return WindowProxiesPage({
      ...(await deskShell(r, rooms)),
      hit,
      matters: rooms.platform.services.packs.inForce().begun,
      chosen: problem ? readMany(r.body.matters) : [],
      until: typedDay(problem ? r.body : {}, 'validTo'),
      seen: problem !== undefined && r.body.signedPaper === 'seen',
      typed: problem ? r.body : {},
      newKey: r.newKey,
      ended: r.query.done === 'ended',
      shownBefore: r.query.done === 'shown',
      ...(code ? { code } : {}),
      ...(fields ? { errors: problem.errors } : problem ? { problem: problem.message } : {}),
    })
  }
  pages.get('/desk/people/:personId/proxies', (r) => show(r))
  pages.post(
    '/desk/people/:personId/proxies',
    async (r) => {
      if (r.body.signedPaper !== 'seen')
        throw new Refusal('window.proxies.paper_missing', 'invalid', {
          fields: [{ path: '/signedPaper', code: 'window.proxies.paper_missing' }],
        })
      const { code } = await people.recordProxy.run(r.call, {
        personId: r.params.personId,
        signedPaper: 'seen',
        documentSeen: r.body.documentSeen ?? '',
        named: r.body.named ?? '',
        reason: r.body.reason ?? '',
        matters: readMany(r.body.matters),
        validTo: readDay(r.body, 'validTo') ?? '',
      })
      return code ? show(r, { code }) : `${at(r)}?done=shown`
    },
    (r, problem) => show(r, { problem }),
    { at },
  )
  pages.post(
    '/desk/people/:personId/proxies/end',
    async (r) => {
      await people.revokeProxies.run(r.call, { personId: r.params.personId })
      return `${at(r)}?done=ended`
    },
    (r, problem) => show(r, { problem }),
    { at },
  )
  const given = async (r: PageRequest) => ({
    ...(await deskShell(r, rooms)),
    pack: rooms.platform.services.packs.inForce(),
    newKey: r.newKey,
    ...(await people.readProxies.run(r.call, { personId: r.params.personId })),
  })
  pages.get('/desk/people/:personId/proxies/given', async (r) =>
    GivenProxiesPage({ ...(await given(r)), done: r.query.done === 'ended' }),
  )
  pages.get('/desk/people/:personId/proxies/:proxyId/paper', async (r) => {
    const { proxies, ...page } = await given(r)
    const one = proxies.find(({ id, number }) => id === r.params.proxyId && number !== null)
    if (!one) throw new Refusal('access.proxy_gone', 'missing')
    return ProxyPaperPage({ ...page, one, hotline: page.pack.matters[0]?.catalogue.link_way ?? '' })
  })
  pages.post('/desk/people/:personId/proxies/:proxyId/end', async (r) => {
    await people.revokeProxies.run(r.call, { personId: r.params.personId, proxyId: r.params.proxyId })
    return `${at(r)}/given?done=ended`
  })
  api('GET', '/people/:personId/proxies', people.readProxies)
  api('POST', '/people/:personId/proxies', people.recordProxy)
  api('POST', '/people/:personId/proxies/end', people.revokeProxies)
}
