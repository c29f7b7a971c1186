/** 上报: one question a page. What was typed goes from page to page in the form that comes back, and into no address. */
import { createHash } from 'node:crypto'
import { findClasses, type IncidentClass, type LoadedPack } from '../../../core/matters/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { KEEP, type PageRequest, type Problem } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { listServed, readFacility, readPublicIncident, settlePlace } from '../use-cases/around.ts'
import { reachablePhone } from '../use-cases/reachable.ts'
import { checkedAttributes, OTHER, type Place, report } from '../use-cases/report.ts'
import { dropAsked, leaveUploads, photoIdsIn, photosAsked } from './photo-form.ts'
import { CheckPage } from './report-check.tsx'
import { MorePage, UNSURE, YouPage } from './report-more.tsx'
import { attributeField, FLOW, REPORT, type Step, steps, type Typed } from './report-parts.tsx'
import { NONE_OF_THESE, SamePage } from './report-same.tsx'
import { WhatPage } from './report-what.tsx'
import { WherePage } from './report-where.tsx'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const placeIn = ({ object, lon, lat, area, where }: Typed): Place => ({
  ...(object ? { facility: object } : {}),
  // What a browser gives is WGS84.
  ...(lon && lat ? { lon: Number(lon), lat: Number(lat), crs: 'WGS84' as const } : {}),
  ...(area ? { area } : {}),
  ...(where ? { text: where } : {}),
})

const attributesIn = (of: IncidentClass, typed: Typed): Record<string, string> =>
  Object.fromEntries((of.attributes ?? []).map(({ code }) => [code, typed[attributeField(code)] ?? '']))

/** The same content under the same flow has the same key: what is sent again after going back is what was sent. */
function keyOf({ step: _step, go: _go, ...said }: Typed): string | null {
  if (!UUID.test(said[FLOW] ?? '')) return null
  const hex = createHash('sha256')
    .update(JSON.stringify(Object.entries(said).sort()))
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const joinsOf = ({ joins }: Typed): string | null => (joins && UUID.test(joins) ? joins : null)

export function reportRoutes({ pages, platform }: Rooms): void {
  const { packs } = platform.services

  const props = (r: PageRequest) => ({ view: r.view, pack: packs.inForce(), typed: r.body })

  /** Communities to choose from: those that have grids, else those of the street that the page is of. */
  const areasOf = async (r: PageRequest): Promise<string[]> => {
    const { areas } = await listServed.run(r.call, {})
    if (areas.length > 0) return areas
    const { pack } = packs.inForce()
    const own = r.call.actor.kind === 'resident' ? r.call.actor.communityArea?.slice(0, 6) : undefined
    return pack.areas.filter(({ code }) => code.length === 12 && code.startsWith(own ?? pack.area)).map(({ code }) => code)
  }

  const settle = (r: PageRequest) => settlePlace.run(r.call, { classCode: r.body.what ?? '', place: placeIn(r.body) })

  const draw = async (r: PageRequest, step: Step, problem?: Problem) => {
    const errors = problem && { errors: named(r, problem, step) }
    switch (step) {
      case 'where':
        return WherePage({
          ...props(r),
          typed: whereTyped(r.body, problem),
          ...errors,
          areas: await areasOf(r),
          own: r.call.actor.kind === 'resident' ? r.call.actor.communityArea : undefined,
        })
      case 'same':
        return SamePage({ ...props(r), ...errors, alike: (await settle(r)).alike, now: r.call.now })
      case 'more':
        return MorePage({ ...props(r), ...errors, other: OTHER, photos: await photosAsked(r) })
      case 'you':
        return YouPage({ ...props(r), ...errors, signedIn: r.call.actor.kind === 'resident' })
      case 'check': {
        const joins = joinsOf(r.body)
        const joined = joins ? (await readPublicIncident.run(r.call, { publicId: joins })).found : null
        const { area, shownPlace } = joined ? { area: joined.area, shownPlace: joined.place } : await settle(r)
        const object = r.body.object ? (await readFacility.run(r.call, { token: r.body.object })).name : null
        return CheckPage({
          ...props(r),
          ...errors,
          newKey: keyOf(r.body) ?? r.newKey,
          object,
          joined,
          area,
          shownPlace,
          photos: await photosAsked(r),
        })
      }
    }
  }

  const nextOf = async (r: PageRequest): Promise<Step> => {
    const { go, step } = r.body
    if (isStep(go)) return go
    if (step === 'where') return (await settle(r)).alike.length > 0 ? 'same' : 'more'
    return step === 'same' ? 'more' : (steps[steps.indexOf(step as 'more') + 1] ?? 'check')
  }

  pages.get(REPORT, async (r) => {
    const { what, object, q, joins } = r.query
    const pack = packs.inForce()
    if (what && pack.incidentClass(what)) {
      const joined = joins && UUID.test(joins) ? (await readPublicIncident.run(r.call, { publicId: joins })).found : null
      const typed = {
        // What she adds to is of the kind that it is, whatever the address says.
        what: joined?.classCode ?? what,
        [FLOW]: r.newKey,
        ...(object && UUID.test(object) ? { object } : {}),
        ...(joined ? { joins: joined.publicId } : {}),
      }
      const as = { ...r, body: typed }
      if (joinsOf(typed)) return draw(as, 'more')
      if (!object) return draw(as, 'where')
      return draw(as, (await settle(as)).alike.length > 0 ? 'same' : 'more')
    }
    const asked = q?.trim().slice(0, 60) || null
    const { classes } = pack.incidents
    return WhatPage({ view: r.view, pack, asked, found: asked ? findClasses(classes, asked) : [], other: OTHER })
  })

  pages.post(
    REPORT,
    async (r) => {
      const { step, joins } = r.body
      if (!isStep(step)) throw new Refusal('request.unreadable', 'invalid')
      await leaveUploads(r)
      if (await dropAsked(r)) r.body.go = step
      if (isStep(r.body.go)) return KEEP
      if (step === 'where') await settle(r)
      if (step === 'same' && joins !== NONE_OF_THESE && !joinsOf(r.body))
        throw new Refusal('incident.choose_same', 'invalid', { fields: [{ path: '/joins' }] })
      if (step === 'more') checkMore(packs.inForce(), r.body)
      if (step === 'you') reachablePhone(packs.inForce(), r.body.phone)
      if (step !== 'check') return KEEP
      const done = await report.run(r.call, reportOf(packs.inForce(), r.body))
      return `${REPORT}/${done.token}?new=1`
    },
    (r, problem) => draw(r, stepAt(r.body.step, problem.refusal), problem),
    { at: () => REPORT, more: async (r) => draw(r, await nextOf(r)) },
  )

  /** The code on a lamp, a cover, a bench. */
  pages.get('/r/:token', async (r) => {
    const token = r.params.token ?? ''
    if (!UUID.test(token)) throw new Refusal('incident.facility_unknown', 'missing')
    const { classCode } = await readFacility.run(r.call, { token })
    return `${REPORT}?${new URLSearchParams({ what: classCode, object: token })}`
  })
}

const isStep = (step: unknown): step is Step => step === 'same' || (steps as readonly unknown[]).includes(step)

function checkMore(pack: LoadedPack, typed: Typed): void {
  const of = pack.incidentClass(typed.what ?? '')
  if (of.code === OTHER && !typed.words?.trim())
    throw new Refusal('incident.say_what', 'invalid', { fields: [{ path: '/words' }] })
  checkedAttributes(of, attributesIn(of, typed), false)
}

function reportOf(pack: LoadedPack, typed: Typed) {
  const of = pack.incidentClass(typed.what ?? '')
  const joins = joinsOf(typed)
  return {
    classCode: of.code,
    words: typed.words ?? '',
    place: placeIn(typed),
    name: typed.name ?? '',
    phone: typed.phone ?? '',
    attributes: attributesIn(of, typed),
    photos: photoIdsIn(typed),
    ...(joins ? { joins } : {}),
    ...(typed.condition && typed.condition !== UNSURE ? { condition: typed.condition } : {}),
  }
}

/** A position that was refused is not sent again; the community and words do instead. */
const whereTyped = (typed: Typed, problem: Problem | undefined): Typed =>
  problem?.refusal.code.startsWith('incident.place_') ? { ...typed, lon: '', lat: '' } : typed

/** The page where it is mended: what the last page finds wrong may stand on an earlier one. */
function stepAt(step: string | undefined, { code }: Refusal): Step {
  if (/^incident\.(place_|say_where|area_|facility_)/.test(code)) return 'where'
  if (/^(incident\.(say_what|attribute_|condition_)|photo\.)/.test(code)) return 'more'
  if (/^incident\.(phone|email)_wrong$/.test(code)) return 'you'
  if (code === 'incident.joined_is_over') return 'same'
  return isStep(step) ? step : 'where'
}

/** Refusals name fields of the use case; the page's own are flat. */
function named({ view }: PageRequest, { refusal, errors, message }: Problem, step: Step): Record<string, string> {
  const { code, params } = refusal
  if (step === 'where' && code === 'incident.say_where') return { where: message }
  if (step === 'where') return { area: code === 'incident.place_missing' ? view.t('report.where.missing') : message }
  if (code.startsWith('incident.attribute_') && typeof params.code === 'string') return { [attributeField(params.code)]: message }
  if (code === 'incident.joined_is_over') return { joins: message }
  return Object.keys(errors).length > 0 ? { ...errors } : { main: message }
}
