/** Warnings: written and issued at the desk, read by everybody. */
import { covers, postOf } from '../../../core/access/index.ts'
import { isId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type PageRequest, type Problem, typedMoment } from '../../../ui/index.ts'
import type { Rooms, Wait, WaitsFor } from '../../rooms.ts'
import { deskShell } from '../../service-centre/index.ts'
import { type Fault, moment, refuseFaults } from '../events/fields.ts'
import { areasOf, emergenciesIn } from '../pack.ts'
import { countNeeds, countVisits } from '../visits/use-cases.ts'
import { standingOf } from './broadcast.ts'
import { DraftPage } from './pages/draft.tsx'
import { BroadcastsPage } from './pages/list.tsx'
import { BroadcastPage } from './pages/one.tsx'
import { WarningPage, WarningsPage } from './pages/public.tsx'
import {
  draftBroadcast,
  dropDraft,
  issueBroadcast,
  listBroadcasts,
  listWarnings,
  readBroadcast,
  withdrawBroadcast,
} from './use-cases.ts'

const ACTS = ['issue', 'drop', 'withdraw'] as const

export function broadcastRoutes(rooms: Rooms): void {
  const { api, pages, platform } = rooms
  const { packs } = platform.services
  const pack = () => ({ pack: packs.inForce(), emergencies: emergenciesIn(packs.inForce()) })
  const may = (r: PageRequest, permission: string) => postOf(r.call.actor).permissions.includes(permission)

  pages.get('/warnings', async (r) =>
    WarningsPage({ view: r.view, ...pack(), now: r.call.now, ...(await listWarnings.run(r.call, {})) }),
  )
  pages.get('/warnings/:id', async (r) => {
    const { warnings } = await listWarnings.run(r.call, {})
    const warning = warnings.find(({ id }) => id === r.params.id)
    if (!warning) throw new Refusal('broadcast.not_found', 'missing')
    const after = warnings.find(({ corrects }) => corrects === warning.id) ?? null
    return WarningPage({ view: r.view, ...pack(), now: r.call.now, warning, after })
  })

  pages.get('/desk/warnings', async (r) =>
    BroadcastsPage({
      ...(await deskShell(r, rooms)),
      ...pack(),
      ...(await listBroadcasts.run(r.call, {})),
      now: r.call.now,
      mayDraft: may(r, 'warning.draft'),
    }),
  )

  const showDraft = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    if (!may(r, 'warning.draft')) throw new Refusal('access.not_permitted', 'forbidden')
    const post = postOf(r.call.actor)
    const areas = areasOf(packs.inForce(), r.view, post)
    const typed = Object.keys(r.body).length > 0
    const body = !typed && isId(r.query.corrects ?? '') ? await earlier(r, r.query.corrects!) : r.body
    return DraftPage({ ...shell, ...pack(), areas, body, newKey: r.newKey, ...(problem ? { problem } : {}) })
  }
  pages.get('/desk/warnings/new', (r) => showDraft(r))
  pages.post(
    '/desk/warnings/new',
    async (r) => {
      const faults: Fault[] = []
      const endsAt = moment(r.body, 'endsAt', faults)
      for (const name of ['headline', 'body'])
        if (!r.body[name]?.trim()) faults.push({ path: `/${name}`, code: 'event.say_something' })
      if (r.body.visits !== 'yes' && r.body.visits !== 'no') faults.push({ path: '/visits', code: 'broadcast.say_visits' })
      refuseFaults(faults)
      const {
        area = '',
        kind = '',
        headline = '',
        body = '',
        headlineEn,
        bodyEn,
        issuer = '',
        issuerNumber = '',
        colour,
        corrects,
      } = r.body
      const { id } = await draftBroadcast.run(r.call, {
        area, kind, colour: colour || null, headline, body, headlineEn: headlineEn || null, bodyEn: bodyEn || null, issuer, issuerNumber, endsAt, visits: r.body.visits === 'yes', corrects: corrects || null,
      }) // biome-ignore format: a form
      return `/desk/warnings/${id}`
    },
    showDraft,
    { at: () => '/desk/warnings/new' },
  )

  const show = async (r: PageRequest, problem?: Problem) => {
    const shell = await deskShell(r, rooms)
    const one = await readBroadcast.run(r.call, { id: idOf(r) })
    const inHand = covers(postOf(r.call.actor), one.area)
    const told = may(r, 'warning.draft') || may(r, 'warning.issue')
    return BroadcastPage({
      ...shell,
      ...pack(),
      one,
      needs: told && one.visits && standingOf(one, r.call.now) !== 'draft' ? await needsWhile(r, one.id) : null,
      now: r.call.now,
      may: {
        draft: inHand && may(r, 'warning.draft'),
        issue: inHand && may(r, 'warning.issue'),
        visit: may(r, 'event.visit'),
      },
      own: one.drafterId === postOf(r.call.actor).officerId,
      body: r.body,
      newKey: r.newKey,
      done: ACTS.find((one) => one === r.query.done),
      ...(problem ? { problem } : {}),
    })
  }
  pages.get('/desk/warnings/:id', (r) => show(r))
  const act = (path: (typeof ACTS)[number], run: (r: PageRequest, id: string) => Promise<unknown>) =>
    pages.post(
      `/desk/warnings/:id/${path}`,
      async (r) => {
        await run(r, idOf(r))
        return `/desk/warnings/${idOf(r)}?done=${path}`
      },
      show,
      { at: (r) => `/desk/warnings/${r.params.id}` },
    )
  act('issue', (r, id) => issueBroadcast.run(r.call, { id }))
  act('drop', (r, id) => dropDraft.run(r.call, { id }))
  act('withdraw', (r, id) => withdrawBroadcast.run(r.call, { id, why: r.body.why ?? '', sure: r.body.sure === 'yes' }))

  api('GET', '/warnings', listWarnings)
  api('GET', '/broadcasts', listBroadcasts)
  api('POST', '/broadcasts', draftBroadcast)
  api('GET', '/broadcasts/:id', readBroadcast)
  api('POST', '/broadcasts/:id/issue', issueBroadcast)
  api('POST', '/broadcasts/:id/withdrawal', withdrawBroadcast)
  api('POST', '/broadcasts/:id/drop', dropDraft)
}

/** How many are waited for; null once its list can no longer be read, and of what was never issued. */
async function needsWhile(r: PageRequest, id: string) {
  try {
    return await countNeeds.run(r.call, { id })
  } catch (error) {
    if (error instanceof Refusal && (error.code === 'lookup.over' || error.code === 'lookup.no_list')) return null
    throw error
  }
}

/** The text that is corrected, to go on from. */
async function earlier(r: PageRequest, id: string): Promise<Record<string, string>> {
  const one = await readBroadcast.run(r.call, { id })
  const { area, kind, colour, headline, body, headlineEn, bodyEn, issuer, issuerNumber, endsAt, visits } = one
  return {
    corrects: id, area, kind, colour: colour ?? '', headline, body, headlineEn: headlineEn ?? '', bodyEn: bodyEn ?? '', issuer, issuerNumber, endsAt: typedMoment(endsAt), visits: visits ? 'yes' : 'no',
  } // biome-ignore format: a form
}

function idOf(r: PageRequest): string {
  const { id = '' } = r.params
  if (!isId(id)) throw new Refusal('broadcast.not_found', 'missing')
  return id.toLowerCase()
}

/** Running warnings whose visits are counted on one first page. */
const MOST_COUNTED = 3

/** Warnings that wait to be issued, and doors to knock at while one holds. */
export const waitsOfWarnings: WaitsFor = async (r) => {
  const post = postOf(r.call.actor)
  const has = (permission: string) => post.permissions.includes(permission)
  if (!has('event.read')) return []
  const { t } = r.view
  const { broadcasts } = await listBroadcasts.run(r.call, {})
  const waits: Wait[] = []
  if (has('warning.issue')) {
    const mine = broadcasts.filter((one) => one.status === 'draft' && covers(post, one.area) && one.drafterId !== post.officerId)
    const href = mine.length === 1 ? `/desk/warnings/${mine[0]!.id}` : '/desk/warnings'
    waits.push({ href, label: t('broadcast.wait'), count: mine.length, tone: 'warn' })
  }
  const running = broadcasts.filter((one) => one.visits && standingOf(one, r.call.now) === 'issued').slice(0, MOST_COUNTED)
  for (const one of running) {
    const named = { headline: one.headline }
    if (has('event.visit')) {
      const { help, open, again } = (await countVisits.run(r.call, { id: one.id })).counts
      const count = help + open + again
      waits.push({
        href: `/desk/warnings/${one.id}/visits`,
        label: t('lookup.wait', named),
        count,
        tone: help > 0 ? 'bad' : 'warn',
      })
    } else if (has('warning.issue') || has('warning.draft')) {
      const { counts } = await countNeeds.run(r.call, { id: one.id })
      waits.push({ href: `/desk/warnings/${one.id}`, label: t('lookup.wait_help', named), count: counts.help, tone: 'bad' })
    }
  }
  return waits
}
