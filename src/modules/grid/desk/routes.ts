/** Incidents at the desk: what is to do, one of them with what can be done, who reported, and a report for somebody. */
import { covers, postOf } from '../../../core/access/index.ts'
import { levelOf } from '../../../core/areas/index.ts'
import { isId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { UseCase } from '../../../platform/use-case/use-case.ts'
import { KEEP, type PageRequest, type Problem, readCount } from '../../../ui/index.ts'
import type { Rooms, WaitsFor } from '../../rooms.ts'
import { deskShell } from '../../service-centre/index.ts'
import { listFieldNotes } from '../field/use-cases/notes.ts'
import type { Action } from '../incident.ts'
import { dropAsked, leaveUploads, photoIdsIn, photosAsked } from '../pages/photo-form.ts'
import * as acts from '../use-cases/acts.ts'
import * as delay from '../use-cases/delay.ts'
import { hideIncident, showIncident } from '../use-cases/hide.ts'
import { incidentLists, listFacilities, listIncidents } from '../use-cases/look.ts'
import { readIncident, readReporters } from '../use-cases/read-incident.ts'
import { report } from '../use-cases/report.ts'
import { readPhoto, showPhoto } from '../use-cases/see-photos.ts'
import { FacilitiesPage } from './pages/facilities.tsx'
import { FieldNotesPage } from './pages/field-notes.tsx'
import { IncidentPage } from './pages/incident.tsx'
import { IncidentsPage } from './pages/incidents.tsx'
import { NewIncidentPage } from './pages/new-incident.tsx'
import { ReportersPage } from './pages/reporters.tsx'

const useCaseOf: Readonly<Record<Exclude<Action, 'link'>, UseCase<never, never> | UseCase>> = {
  verify: acts.verifyIncident,
  file: acts.fileIncident,
  not_file: acts.refuseFiling,
  void: acts.voidIncident,
  unlink: acts.unlinkIncident,
  dispatch: acts.dispatchIncident,
  recall: acts.recallIncident,
  take_on: acts.takeOnIncident,
  return: acts.returnIncident,
  request_extension: delay.requestExtension,
  approve_extension: delay.approveExtension,
  hang: delay.hangIncident,
  resume: delay.resumeIncident,
  hand_in: acts.handInIncident,
  pass_check: acts.passCheck,
  fail_check: acts.failCheck,
  close_unsolved: acts.closeUnsolved,
  hide: hideIncident,
  show: showIncident,
}

/** As the database writes them. */
const NUMBER = /^W\d{8}-\d{4,9}$/

export function incidentDesk(rooms: Rooms): void {
  const { pages, platform } = rooms
  const pack = () => platform.services.packs.inForce()

  pages.get('/desk/incidents', async (r) => {
    const shell = await deskShell(r, rooms)
    const list = incidentLists.find((one) => one === r.query.list) ?? 'todo'
    const page = Math.min(400, Math.max(1, Number.parseInt(r.query.page ?? '1', 10) || 1))
    const { classCode, number } = r.query
    const asked = { list, page, ...(classCode ? { classCode } : {}), ...(number ? { number } : {}) }
    const listed = await listIncidents.run(r.call, asked)
    const mayReport = postOf(r.call.actor).permissions.includes('incident.report')
    return IncidentsPage({ ...shell, pack: pack(), listed, asked, now: r.call.now, mayReport })
  })

  pages.get('/desk/facilities', async (r) => {
    const shell = await deskShell(r, rooms)
    const { publicUrl } = platform.services
    return FacilitiesPage({ ...shell, pack: pack(), publicUrl, ...(await listFacilities.run(r.call, {})) })
  })

  pages.get('/desk/incidents/notes', async (r) => {
    const shell = await deskShell(r, rooms)
    const page = Math.min(400, Math.max(1, Number.parseInt(r.query.page ?? '1', 10) || 1))
    const { incident = '' } = r.query
    const about = isId(incident) ? await readIncident.run(r.call, { id: incident }) : null
    const notes = await listFieldNotes.run(r.call, { page, ...(about ? { incidentId: incident } : {}) })
    return FieldNotesPage({ ...shell, pack: pack(), ...notes, page, about: about?.found ?? null })
  })

  const showNew = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const post = postOf(r.call.actor)
    if (!post.permissions.includes('incident.report'))
      throw new Refusal('access.not_permitted', 'forbidden', { permission: 'incident.report' })
    const areas = pack().pack.areas.filter(
      ({ code, validTo }) => validTo === null && covers(post, code) && levelOf(code) === 'community',
    )
    return NewIncidentPage({
      ...shell,
      pack: pack(),
      areas,
      body: r.body,
      sent: NUMBER.test(r.query.sent ?? '') ? r.query.sent : undefined,
      newKey: r.newKey,
      photos: await photosAsked(r),
      ...(problem ? { problem } : {}),
    })
  }
  pages.get('/desk/incidents/new', (r) => {
    const { channel = '', area = '' } = r.query
    return showNew({ ...r, body: { ...(channel ? { channel } : {}), area } })
  })
  pages.post(
    '/desk/incidents/new',
    async (r) => {
      await leaveUploads(r)
      if ((await dropAsked(r)) || r.body.go === 'photos') return KEEP
      const { classCode = '', words = '', area = '', place = '', name = '', phone = '', channel = '' } = r.body
      const fields = [...(classCode ? [] : ['classCode']), ...(area ? [] : ['area']), ...(place.trim() ? [] : ['place'])]
      if (fields.length > 0)
        throw new Refusal('incident.say_where', 'invalid', {
          fields: fields.map((path) => ({
            path: `/${path}`,
            code: path === 'place' ? 'incident.say_where' : 'incident_desk.choose',
          })),
        })
      const { number } = await report.run(r.call, {
        classCode,
        words,
        place: { area, text: place },
        name,
        phone,
        channel: channel || 'worker',
        photos: photoIdsIn(r.body),
      })
      // The next call comes while she still writes: the form is there again, for the same channel and community.
      return `/desk/incidents/new?${new URLSearchParams({ sent: number, channel: channel || 'worker', area })}`
    },
    showNew,
    { at: () => '/desk/incidents/new', more: showNew },
  )

  const known = (code: string): boolean => pack().incidents.classes.some((one) => one.code === code)
  const show = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const page = await readIncident.run(r.call, { id: idOf(r) })
    const { permissions } = postOf(r.call.actor)
    const mayCall = permissions.includes('incident.read-reporter')
    const mayBlow = permissions.includes('whistle.blow')
    return IncidentPage({
      ...shell,
      pack: pack(),
      page,
      now: r.call.now,
      body: r.body,
      done: r.query.done,
      newKey: r.newKey,
      mayCall,
      mayBlow,
      mayClear: permissions.includes('incident.verify'),
      photos: await photosAsked(r),
      classCode: r.query.class && known(r.query.class) ? r.query.class : page.found.state.classCode,
      ...(problem ? { problem } : {}),
    })
  }
  pages.get('/desk/incidents/:id', (r) => show(r))
  const photo = (small: boolean) => async (r: PageRequest) => {
    const { photoId = '' } = r.params
    if (!isId(photoId)) throw new Refusal('photo.not_found', 'missing')
    return { ...(await readPhoto.run(r.call, { photoId, small })), download: false }
  }
  pages.file('/desk/incidents/:id/photos/:photoId', photo(false))
  pages.file('/desk/incidents/:id/photos/:photoId/small', photo(true))
  pages.post(
    '/desk/incidents/:id/photos/:photoId',
    async (r) => {
      await showPhoto.run(r.call, { photoId: r.params.photoId ?? '', shown: r.body.shown === 'yes' })
      return `/desk/incidents/${idOf(r)}?done=1`
    },
    show,
  )
  pages.get('/desk/incidents/:id/reporters', async (r) => {
    const shell = await deskShell(r, rooms)
    const { found } = await readIncident.run(r.call, { id: idOf(r) })
    return ReportersPage({ ...shell, found, ...(await readReporters.run(r.call, { id: idOf(r) })) })
  })
  pages.post(
    '/desk/incidents/:id/act',
    async (r) => {
      const id = idOf(r)
      const { act = '' } = r.body
      await leaveUploads(r)
      if (await dropAsked(r)) return KEEP
      if (act === 'link') {
        const children = Object.keys(r.body).flatMap((name) => (name.startsWith('child-') ? [name.slice('child-'.length)] : []))
        if (children.length === 0) throw new Refusal('incident_desk.choose', 'invalid')
        await acts.linkIncidents.run(r.call, { id, children })
      } else {
        if (!Object.hasOwn(useCaseOf, act)) throw new Refusal('incident.not_now', 'conflict')
        refuseMistyped(r)
        await (useCaseOf[act as keyof typeof useCaseOf] as UseCase).run(r.call, { id, ...typed(r) })
      }
      return `/desk/incidents/${id}?done=1`
    },
    show,
    { at: (r) => `/desk/incidents/${r.params.id}`, more: show },
  )
}

/** What each act asks for, and how much may be written; what is not here may stay empty. */
const ASKED: Partial<Record<Action, readonly string[]>> = {
  file: ['condition', 'title'],
  not_file: ['reason'],
  void: ['reason'],
  unlink: ['reason'],
  dispatch: ['unitId'],
  recall: ['reason'],
  return: ['reason'],
  request_extension: ['by', 'why', 'reason'],
  hang: ['why', 'reason', 'basis', 'notice'],
  hand_in: ['note'],
  pass_check: ['how'],
  fail_check: ['reason'],
  close_unsolved: ['reason'],
  hide: ['why_hidden'],
}
const MOST: Readonly<Record<string, number>> = { reason: 500, why_hidden: 500, note: 1000, basis: 200, notice: 200, title: 40 }

/** Each field says what is wrong with it and what to write. */
function refuseMistyped({ body }: PageRequest): void {
  const missing = (ASKED[body.act as Action] ?? []).flatMap((name) => {
    const empty = name === 'by' ? !readCount(body.by) : !body[name]?.trim()
    return empty ? [{ path: `/${name}`, code: `incident_desk.mend.${name}` }] : []
  })
  const long = Object.entries(MOST).flatMap(([name, most]) =>
    [...(body[name] ?? '')].length > most ? [{ path: `/${name}`, code: 'incident_desk.mend.too_long', params: { most } }] : [],
  )
  const fields = [...missing, ...long]
  if (fields.length > 0) throw new Refusal('input.invalid', 'invalid', { fields })
}

/** What the form of one act sends, as its use case takes it; what it does not ask for is not sent. */
function typed({ body }: PageRequest): Record<string, unknown> {
  const photos = photoIdsIn(body)
  // Its own field: its summary says what to write.
  const {
    act,
    classCode,
    condition,
    shown,
    by,
    why,
    note,
    title,
    why_hidden,
    reason = why_hidden,
    basis,
    notice,
    unitId,
    how,
  } = body
  const given = { note, title, reason, basis, notice, unitId, how, why }
  return {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(act === 'file' ? { classCode, condition, shown: shown === 'yes' } : {}),
    ...(photos.length > 0 ? { photos } : {}),
    ...(act === 'request_extension' ? { by: readCount(by) } : {}),
  }
}

/** A mistyped address is an incident that is not there. */
function idOf(r: PageRequest): string {
  const { id = '' } = r.params
  if (!isId(id)) throw new Refusal('incident.not_found', 'missing')
  return id.toLowerCase()
}

/** What waits for the post in this room. */
export const waitsOfGrid: WaitsFor = async (r) => {
  if (!postOf(r.call.actor).permissions.includes('incident.read')) return []
  const { counts } = await listIncidents.run(r.call, {})
  return [{ href: '/desk/incidents', label: r.view.t('incident_desk.wait'), count: counts.todo, tone: 'warn' }]
}
