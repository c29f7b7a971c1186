/** The assessment of one case at the desk: filled in, looked at once more, signed by two. */
import type { Table } from '../../core/tables/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type Day, dayOf } from '../../platform/time.ts'
import { type PageRequest, type Problem, readDay } from '../../ui/index.ts'
import type { Rooms } from '../rooms.ts'
import { deskShell } from '../service-centre/index.ts'
import { assessmentTable, type Seen, wrongIn } from './assessment.ts'
import { AssessmentPage } from './pages/assessment.tsx'
import { SignPage } from './pages/sign.tsx'
import { addView, readAssessment, recordView } from './use-cases.ts'

const ROUTE = '/desk/cases/:caseId/assessment'

export function careRoutes(rooms: Rooms): void {
  const { pages, api, platform } = rooms
  const { packs } = platform.services

  const show = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    return AssessmentPage({
      ...shell,
      pack: packs.inForce(),
      page: await readAssessment.run(r.call, { caseId: r.params.caseId }),
      body: r.body,
      done: r.query.done,
      newKey: r.newKey,
      ...(problem ? { problem } : {}),
    })
  }
  pages.get(ROUTE, (r) => show(r))
  pages.post(
    ROUTE,
    async (r) => {
      const { caseId = '' } = r.params
      const { says } = r.body
      const to = `/desk/cases/${caseId}/assessment?done=signed`
      if (says !== 'own' && says !== 'first-view') {
        await addView.run(r.call, { caseId, says })
        return to
      }
      const pack = packs.inForce()
      const sure = r.body.sure === 'yes'
      // What will be signed is shown before it is; signed, the use case bounds the day itself and no look is written anew.
      const page = sure ? null : await readAssessment.run(r.call, { caseId })
      if (page?.unfit) throw new Refusal(`care.${page.unfit}`, 'conflict')
      const seen = readSeen(r, assessmentTable(pack), page && { from: page.from, to: dayOf(r.call.now) })
      if (page) {
        return SignPage({ ...(await deskShell(r, rooms)), pack, page, seen, body: r.body, newKey: r.newKey })
      }
      await (says === 'own' ? addView.run(r.call, { caseId, says, seen }) : recordView.run(r.call, { caseId, seen }))
      return to
    },
    show,
    { at: (r) => `/desk/cases/${r.params.caseId}/assessment` },
  )

  api('GET', '/cases/:caseId/assessment', readAssessment)
  api('POST', '/cases/:caseId/assessment', recordView)
  api('POST', '/cases/:caseId/assessment/signature', addView)
}

const YES_NO = { yes: true, no: false } as const

/** @throws Refusal `care.incomplete` naming, in the order of the form, each field that is not fit */
function readSeen({ body }: PageRequest, table: Table, days: { from: Day; to: Day } | null): Seen {
  const after: { path: string; code: string }[] = []
  const yesNo = (name: 'coma' | 'mental'): boolean => {
    const typed = body[name]
    if (typed === 'yes' || typed === 'no') return YES_NO[typed]
    after.push({ path: `/${name}`, code: 'care.choose' })
    return false
  }
  const [coma, mental] = [yesNo('coma'), yesNo('mental')]
  const events = (body.events ?? '').trim().normalize('NFKC')
  if (!/^\d{1,3}$/.test(events)) after.push({ path: '/events', code: 'care.events' })
  const assessedOn = readDay(body, 'assessedOn')
  const scores = Object.fromEntries(
    Object.entries(body).flatMap(([code, value]) =>
      code.startsWith('care-') && /^\d$/.test(value) ? [[code, Number(value)]] : [],
    ),
  )
  const seen = { assessedOn: assessedOn ?? '', scores, coma, mental, events: Number(events) }
  const items = wrongIn(table, seen, assessedOn && days ? days : { from: '', to: seen.assessedOn })
  const fields = [
    ...(assessedOn ? [] : [{ path: '/assessedOn', code: assessedOn === null ? 'answer.no_such_day' : 'care.day' }]),
    ...items,
    ...after,
  ]
  if (fields.length > 0) throw new Refusal('care.incomplete', 'invalid', { fields })
  return seen
}
