/** Watch groups: kept at the desk, joined and left by residents. */
import { postOf } from '../../../core/access/index.ts'
import { ancestorAt } from '../../../core/areas/index.ts'
import { officeIn } from '../../../core/matters/index.ts'
import { isId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type PageRequest, type Problem, readCount, readDay } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { deskShell } from '../../service-centre/index.ts'
import { type Fault, moment, refuseFaults } from '../events/fields.ts'
import { areasOf, LOCAL } from '../pack.ts'
import { WatchGroupPage, WatchGroupsPage } from './pages/desk.tsx'
import { OwnWatchPage } from './pages/own.tsx'
import {
  addMember,
  cancelPatrol,
  giveUpPatrol,
  joinGroup,
  leaveWatchGroup,
  listOwnWatch,
  listWatchGroups,
  readGroup,
  recordTraining,
  setPatrol,
  startGroup,
  takePatrol,
} from './use-cases.ts'

export function watchRoutes(rooms: Rooms): void {
  const { api, pages, platform } = rooms
  const { packs } = platform.services

  const showList = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const listed = await listWatchGroups.run(r.call, {})
    const pack = packs.inForce()
    const areas = areasOf(pack, r.view, postOf(r.call.actor), LOCAL)
    return WatchGroupsPage({ ...shell, pack, ...listed, areas, body: r.body, newKey: r.newKey, ...(problem ? { problem } : {}) })
  }
  pages.get('/desk/watch', (r) => showList(r))
  pages.post(
    '/desk/watch',
    async (r) => {
      const { area = '', name = '', about = '' } = r.body
      const { id } = await startGroup.run(r.call, { area, name, about })
      return `/desk/watch/${id}`
    },
    showList,
    { at: () => '/desk/watch' },
  )
  const show = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const read = await readGroup.run(r.call, { id: idOf(r) })
    return WatchGroupPage({
      ...shell,
      pack: packs.inForce(),
      ...read,
      body: r.body,
      newKey: r.newKey,
      ...(problem ? { problem } : {}),
    })
  }
  pages.get('/desk/watch/:id', (r) => show(r))
  const act = (path: string, run: (r: PageRequest, id: string) => Promise<unknown>) =>
    pages.post(
      `/desk/watch/:id/${path}`,
      async (r) => {
        await run(r, idOf(r))
        return `/desk/watch/${r.params.id}`
      },
      show,
      { at: (r) => `/desk/watch/${r.params.id}` },
    )
  act('patrol', (r, id) => {
    const faults: Fault[] = []
    const [from, to] = [moment(r.body, 'from', faults), moment(r.body, 'to', faults)]
    const needed = readCount(r.body.needed)
    if (!needed || needed > 50) faults.push({ path: '/needed', code: 'watch.say_needed' })
    if (!r.body.place?.trim()) faults.push({ path: '/place', code: 'event.say_something' })
    refuseFaults(faults)
    return setPatrol.run(r.call, { id, from, to, needed, place: r.body.place })
  })
  act('cancel', (r, id) => cancelPatrol.run(r.call, { id, patrolId: r.body.patrolId }))
  act('training', (r, id) => {
    const faults: Fault[] = []
    const heldOn = readDay(r.body, 'heldOn')
    const tookPart = readCount(r.body.tookPart)
    if (!heldOn) faults.push({ path: '/heldOn', code: 'plan.say_day' })
    if (!tookPart || tookPart > 10_000) faults.push({ path: '/tookPart', code: 'event.a_number' })
    if (!r.body.content?.trim()) faults.push({ path: '/content', code: 'event.say_something' })
    refuseFaults(faults)
    return recordTraining.run(r.call, { id, heldOn, tookPart, content: r.body.content })
  })
  act('member', (r, id) => {
    if (r.body.agreed !== 'signed') refuseFaults([{ path: '/agreed', code: 'watch.not_signed' }])
    return addMember.run(r.call, { id, idNumber: r.body.idNumber ?? '', agreed: 'signed' })
  })

  /** The committee of where she lives and the office of its street, as the pack names them. */
  const whomToAsk = ({ call: { actor }, view: { t, lang } }: PageRequest) => {
    const home = actor.kind === 'resident' ? actor.communityArea : null
    if (!home) return null
    const [pack, street] = [packs.inForce(), ancestorAt(home, 'street')]
    const office = officeIn(pack, { t, lang }, pack.pack.domains[0]!.code, street)
    return { community: pack.areaIn(t, lang, home), office }
  }
  const showOwn = async (r: PageRequest, problem?: Problem) =>
    OwnWatchPage({
      view: r.view,
      ...(await listOwnWatch.run(r.call, {})),
      ask: whomToAsk(r),
      newKey: r.newKey,
      ...(problem ? { problem } : {}),
    })
  pages.get('/watch', (r) => showOwn(r))
  const own = (path: string, run: (r: PageRequest, id: string) => Promise<unknown>) =>
    pages.post(
      `/watch/:id/${path}`,
      async (r) => {
        await run(r, idOf(r))
        return '/watch'
      },
      showOwn,
      { at: () => '/watch' },
    )
  own('join', (r, id) => joinGroup.run(r.call, { id }))
  own('leave', (r, id) => leaveWatchGroup.run(r.call, { id }))
  own('take', (r, id) => takePatrol.run(r.call, { id }))
  own('give-up', (r, id) => giveUpPatrol.run(r.call, { id }))

  api('GET', '/watch-groups', listWatchGroups)
  api('POST', '/watch-groups', startGroup)
  api('GET', '/watch-groups/:id', readGroup)
  api('POST', '/watch-groups/:id/members', addMember)
  api('POST', '/watch-groups/:id/patrols', setPatrol)
  api('POST', '/watch-groups/:id/patrol-cancellation', cancelPatrol)
  api('POST', '/watch-groups/:id/trainings', recordTraining)
  api('GET', '/own/watch-groups', listOwnWatch)
  api('POST', '/own/watch-groups/:id/joining', joinGroup)
  api('POST', '/own/watch-groups/:id/leaving', leaveWatchGroup)
  api('POST', '/own/patrols/:id/taking', takePatrol)
  api('POST', '/own/patrols/:id/giving-up', giveUpPatrol)
}

function idOf(r: PageRequest): string {
  const { id = '' } = r.params
  if (!isId(id)) throw new Refusal('watch.not_found', 'missing')
  return id.toLowerCase()
}
