/** 身边的事: the list, one of it, and the feed. */
import { Refusal } from '../../../platform/refusal.ts'
import { type PageRequest, paths } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { atomOf } from '../feed.ts'
import { listFeed, listServed, readGround, readPublicIncident } from '../use-cases/around.ts'
import { listPublicIncidents, publicLists } from '../use-cases/public.ts'
import { readPublicPhoto } from '../use-cases/see-photos.ts'
import { AroundPage, type Chosen, type ListName } from './around.tsx'
import { AroundOnePage } from './around-one.tsx'
import { MapPage } from './map.tsx'
import { areaLabel } from './report-where.tsx'
import { className, dueLine, standOf } from './saying.ts'

const AREA = /^\d{4,12}$/
const MOST_OFFERED = 100
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function aroundRoutes({ app, pages, platform }: Rooms): void {
  const { packs, words, publicUrl } = platform.services

  /** Streets that are served, each before its communities; the whole place where none is. */
  const areasOf = async (call: PageRequest['call']): Promise<string[]> => {
    const { areas } = await listServed.run(call, {})
    const streets = [...new Set(areas.map((area) => area.slice(0, 9)))]
    return areas.length > 0
      ? streets.flatMap((street) => [street, ...areas.filter((area) => area.startsWith(street))])
      : [packs.inForce().pack.area]
  }

  const listed = async (r: PageRequest) => {
    const { list, area, page, class: classCode = '', q = '' } = r.query
    const areas = await areasOf(r.call)
    const known = area !== undefined && AREA.test(area) && areas.some((one) => one.startsWith(area))
    const chosen: Chosen = {
      list: (publicLists as readonly unknown[]).includes(list) ? (list as ListName) : 'open',
      area: known ? area! : areas[0]!,
      // A kind that the pack does not know, or an area that is not served, is not taken for another one in silence.
      classCode: packs.inForce().incidents.classes.some(({ code }) => code === classCode) ? classCode : '',
      words: q.trim().slice(0, 60),
      page: Math.min(Math.max(Number.parseInt(page ?? '1', 10) || 1, 1), 200),
    }
    const [listing, ground] = await Promise.all([
      listPublicIncidents.run(r.call, {
        list: chosen.list,
        area: chosen.area,
        page: chosen.page,
        ...(chosen.classCode ? { classCode: chosen.classCode } : {}),
        ...(chosen.words ? { words: chosen.words } : {}),
      }),
      readGround.run(r.call, { area: chosen.area }),
    ])
    const unknown = (area !== undefined && !known) || (classCode !== '' && chosen.classCode === '')
    // Of a city it is three thousand communities, twice the page: the streets, and the communities of the one that was chosen.
    const inStreet = chosen.area.slice(0, 9)
    const narrowed = areas.length > MOST_OFFERED
    const offered = narrowed ? areas.filter((one) => one.length === 9 || one.startsWith(inStreet)) : areas
    return { view: r.view, pack: packs.inForce(), now: r.call.now, chosen, areas: offered, narrowed, listing, ground, unknown }
  }
  pages.get(paths.around, async (r) => AroundPage(await listed(r)))
  pages.get(`${paths.around}/map`, async (r) => {
    const { listing, unknown: _, narrowed: __, ...shown } = await listed(r)
    return MapPage({ ...shown, rows: listing.rows, tiles: platform.services.tiles })
  })

  app.get(`${paths.around}/feed.atom`, { schema: { hide: true } as object }, async (request, reply) => {
    const { area: asked, lang: spoken, list: ofList, class: ofClass } = request.query as Record<string, unknown>
    const list = publicLists.find((one) => one === ofList)
    const classCode = packs.inForce().incidents.classes.find(({ code }) => code === ofClass)?.code
    const kept = { ...(list ? { list } : {}), ...(classCode ? { class: classCode } : {}) }
    const area = typeof asked === 'string' && AREA.test(asked) ? asked : (await areasOf(request.call))[0]!
    const lang = spoken === 'en' ? 'en' : 'zh'
    const t = words.in(lang)
    const pack = packs.inForce()
    const { now } = request.call
    const view = { t, lang, today: '' } as PageRequest['view']
    const { entries } = await listFeed.run(request.call, { area, ...(list ? { list } : {}), ...(classCode ? { classCode } : {}) })
    const query = new URLSearchParams({ area, ...kept, ...(lang === 'en' ? { lang } : {}) })
    const self = `${publicUrl}${paths.around}/feed.atom?${query}`
    const place = areaLabel(view, pack, area)
    return reply.type('application/atom+xml; charset=utf-8').send(
      atomOf(
        {
          id: self,
          title: t('around.feed_title', { place }),
          subtitle: t('around.lead'),
          author: t('ui.name'),
          self,
          page: `${publicUrl}${paths.around}?${new URLSearchParams({ area, ...kept })}`,
          lang: lang === 'en' ? 'en' : 'zh-Hans',
          now,
        },
        entries.map((one) => {
          const href = `${publicUrl}${paths.around}/${one.publicId}`
          const name = className(pack, one.classCode, view)
          const state = standOf(view, one, now).words
          return {
            id: href,
            href,
            title: t('around.feed_entry', { title: one.title ?? name, state }),
            summary: [name, areaLabel(view, pack, one.area), one.place, state, dueLine(view, pack, one, now)]
              .filter(Boolean)
              .join(' · '),
            category: one.classCode,
            reportedAt: one.reportedAt,
            changedAt: one.changedAt,
          }
        }),
      ),
    )
  })

  const photo = (small: boolean) => async (r: PageRequest) => {
    const { publicId = '', photoId = '' } = r.params
    if (!UUID.test(publicId) || !UUID.test(photoId)) throw new Refusal('photo.not_found', 'missing')
    return { ...(await readPublicPhoto.run(r.call, { publicId, photoId, small })), download: false }
  }
  pages.file(`${paths.around}/:publicId/photos/:photoId`, photo(false))
  pages.file(`${paths.around}/:publicId/photos/:photoId/small`, photo(true))

  pages.get(`${paths.around}/:publicId`, async (r) => {
    const { publicId = '' } = r.params
    if (!UUID.test(publicId)) throw new Refusal('incident.not_found', 'missing')
    return AroundOnePage({
      view: r.view,
      pack: packs.inForce(),
      now: r.call.now,
      ...(await readPublicIncident.run(r.call, { publicId })),
    })
  })
}
