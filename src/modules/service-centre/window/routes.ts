/** People at the window, what the window does for them, and the figures. */
import * as people from '../../../core/people/index.ts'
import type { PageRequest } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { acts } from './acts.ts'
import { windowProxyRoutes } from './proxies.tsx'
import { screens } from './screens.tsx'

export function windowRoutes(rooms: Rooms): void {
  const { pages, api } = rooms
  const show = screens(rooms)
  const act = acts(rooms)
  const phone = ({ params }: PageRequest) => `/desk/people/${params.personId}/phone`
  const receipt = ({ params }: PageRequest) => `/desk/window/cases/${params.caseId}`

  pages.get('/desk/window', (r) => show.start(r))
  pages.post('/desk/window', act.find, show.notFound, { at: () => '/desk/window' })
  pages.get('/desk/people', (r) => show.start(r))
  pages.get('/desk/people/:personId', (r) => show.person(r))

  pages.get('/desk/window/register', (r) => show.register(r))
  pages.post('/desk/window/register', act.register, show.register, { at: () => '/desk/window/register' })
  pages.get('/desk/people/:personId/phone', (r) => show.phone(r))
  pages.post('/desk/people/:personId/phone', act.bind, show.phone, { at: phone })
  pages.post('/desk/people/:personId/phone/removal', act.unbind, show.phone, { at: phone })
  pages.get('/desk/people/:personId/dwelling', (r) => show.dwelling(r))
  pages.post('/desk/people/:personId/dwelling', act.recordDwelling, show.dwelling, {
    at: (r) => `/desk/people/${r.params.personId}/dwelling`,
  })

  windowProxyRoutes(rooms)

  pages.get('/desk/people/:personId/matters/:matterCode', (r) => show.receive(r))
  pages.post('/desk/people/:personId/matters/:matterCode', act.receive, show.receive, {
    at: ({ params }) => `/desk/people/${params.personId}/matters/${params.matterCode}`,
  })
  pages.get('/desk/window/cases/:caseId', (r) => show.receipt(r))
  pages.post('/desk/window/cases/:caseId/registration', act.registerCase, show.receipt, { at: receipt })
  pages.post('/desk/window/cases/:caseId/hand-over', act.handOver, show.receipt, { at: receipt, more: show.receipt })
  pages.get('/desk/window/cases/:caseId/correction', (r) => show.correction(r))
  pages.post('/desk/window/cases/:caseId/correction', act.correct, show.correction, {
    at: (r) => `${receipt(r)}/correction`,
  })
  pages.post('/desk/window/cases/:caseId/files', act.addFiles, show.receipt, { at: receipt })

  pages.get('/desk/figures', (r) => show.figures(r))

  api('POST', '/people/found', people.findPerson)
  api('GET', '/people', people.findPersons)
  api('GET', '/people/:personId', people.readPerson)
  api('POST', '/people', people.registerPerson)
  api('POST', '/people/:personId/dwelling', people.recordDwelling)
  api('POST', '/people/:personId/account', people.bindAccount)
  api('POST', '/people/:personId/account/removal', people.unbindAccount)
}
