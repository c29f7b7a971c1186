/** A resident’s reports: hers, and nobody else’s. */
import { plainText } from '../../../core/cases/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { KEEP, type PageRequest, type Problem, paths } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { communitiesNamed } from '../community.ts'
import { FIND, OwnReportPage, OwnReportsPage, ReportPage } from '../pages/report.tsx'
import { listOwnReports, readOwnReport, reportHazard } from '../use-cases/report.ts'

export function ownReports({ pages, platform }: Rooms): void {
  const { packs } = platform.services

  const form = async (r: PageRequest, problem?: Problem) => {
    const { actor } = r.call
    if (actor.kind === 'public') throw new Refusal('account.sign_in_first', 'forbidden')
    const pack = packs.inForce()
    const named = communitiesNamed(pack, r.view, r.body.community ?? '')
    const own = actor.kind === 'resident' ? actor.communityArea : null
    return ReportPage({
      view: r.view,
      pack,
      // Hers is offered first and chosen by nobody but her: what is dangerous may be anywhere.
      areas: [...new Set([...(own ? [own] : []), ...named.codes])],
      named: r.body.community?.trim() ? named : null,
      body: r.body,
      newKey: r.newKey,
      ...(problem ? { errors: Object.keys(problem.errors).length > 0 ? problem.errors : { main: problem.message } } : {}),
    })
  }
  pages.get(paths.reportHazard, (r) => form(r))
  pages.post(
    paths.reportHazard,
    async (r) => {
      if (r.body.go === FIND) return KEEP
      const { id } = await reportHazard.run(r.call, typed(r))
      return `${paths.hazards}/${id}?sent=1`
    },
    form,
    { at: () => paths.reportHazard, more: (r) => form(r) },
  )
  pages.get(paths.hazards, async (r) =>
    OwnReportsPage({ view: r.view, pack: packs.inForce(), reports: await listOwnReports.run(r.call, {}) }),
  )
  pages.get(`${paths.hazards}/:id`, async (r) => {
    const { id = '' } = r.params
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new Refusal('hazard.not_found', 'missing')
    return OwnReportPage({
      view: r.view,
      pack: packs.inForce(),
      page: await readOwnReport.run(r.call, { id }),
      sent: r.query.sent === '1',
    })
  })

  /** @throws Refusal `input.invalid` that names every field that is wrong */
  function typed({ body, call, view }: PageRequest): Record<string, string> {
    const fields: { path: string; code: string; params?: Record<string, unknown> }[] = []
    const text = (name: string, max: number): string => {
      const value = plainText(body[name])
      if (value === '') fields.push({ path: `/${name}`, code: 'answer.missing' })
      if (value.length > max) fields.push({ path: `/${name}`, code: 'answer.too_long', params: { length: value.length, max } })
      return value
    }
    if (!body.kind) fields.push({ path: '/kind', code: 'answer.choose' })
    const area = body.area ?? ''
    const named = communitiesNamed(packs.inForce(), view, body.community ?? '')
    const own = call.actor.kind === 'resident' ? call.actor.communityArea : null
    if (area !== own && !named.codes.includes(area)) {
      const shown = own || named.codes.length > 0
      const missed = body.community?.trim() ? 'hazard.no_such_community' : 'hazard.find_community'
      fields.push({ path: shown ? '/area' : '/community', code: shown ? 'hazard.choose_community' : missed })
    }
    const said = { place: text('place', 200), text: text('text', 1000) }
    if (fields.length > 0) throw new Refusal('input.invalid', 'invalid', { fields })
    return { area, kind: body.kind ?? '', ...said }
  }
}
