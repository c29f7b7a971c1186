/** Whom to knock at while a warning holds. */
import { isId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { PageRequest, Problem } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { deskShell } from '../../service-centre/index.ts'
import { emergenciesIn } from '../pack.ts'
import { VisitsPage } from './pages/visits.tsx'
import { GROUPS } from './store.ts'
import { countNeeds, countVisits, noteVisit, readVisits } from './use-cases.ts'

export function visitRoutes(rooms: Rooms): void {
  const { api, pages, platform } = rooms
  const list = ({ params }: PageRequest) => `/desk/warnings/${params.id}/visits`

  const show = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const group = GROUPS.find((one) => one === r.query.list)
    const page = Math.min(1000, Math.max(1, Number.parseInt(r.query.page ?? '1', 10) || 1))
    const read = await readVisits.run(r.call, { id: idOf(r), page, ...(group ? { group } : {}) })
    return VisitsPage({
      ...shell,
      read,
      emergencies: emergenciesIn(platform.services.packs.inForce()),
      newKey: r.newKey,
      noted: r.query.done === 'noted',
      ...(problem ? { problem } : {}),
    })
  }
  pages.get('/desk/warnings/:id/visits', (r) => show(r))
  pages.post(
    '/desk/warnings/:id/visits/:personId',
    async (r) => {
      await noteVisit.run(r.call, { id: idOf(r), personId: r.params.personId, result: r.body.result, need: r.body.need || null })
      return `${list(r)}?${new URLSearchParams({ list: r.body.list ?? '', done: 'noted' })}`
    },
    show,
    { at: list },
  )

  api('GET', '/broadcasts/:id/visit-counts', countVisits)
  api('GET', '/broadcasts/:id/need-counts', countNeeds)
  api('GET', '/broadcasts/:id/visits', readVisits)
  api('POST', '/broadcasts/:id/visits/:personId', noteVisit)
}

function idOf(r: PageRequest): string {
  const { id = '' } = r.params
  if (!isId(id)) throw new Refusal('lookup.no_list', 'missing')
  return id.toLowerCase()
}
