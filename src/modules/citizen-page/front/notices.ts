/** 公示 of one's own community, and what a neighbour has to say. */
import { listNotices, type NoticeView, objectToNotice } from '../../../core/cases/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { PageRequest } from '../../../ui/index.ts'
import type { Rooms } from '../../rooms.ts'
import { BindFirstPage } from './pages/bind-first.tsx'
import { NoticePage, NoticesPage } from './pages/notices.tsx'
import { visitorOf } from './visitor.ts'

/** As many signs as the use case takes. */
const LONGEST = 2000

export function noticeRoutes({ pages, platform }: Rooms): void {
  const { packs } = platform.services

  pages.get('/notices', async (r) => {
    if (visitorOf(r) === 'by-phone') return BindFirstPage({ view: r.view, title: r.view.t('front.notices.title') })
    return NoticesPage({ view: r.view, pack: packs.inForce(), notices: await listNotices.run(r.call, {}) })
  })

  pages.get('/notices/:id', async (r) => {
    if (visitorOf(r) === 'by-phone') return BindFirstPage({ view: r.view, title: r.view.t('front.notices.title') })
    return NoticePage({ view: r.view, pack: packs.inForce(), notice: await getNotice(r), formKey: r.newKey })
  })

  pages.post(
    '/notices/:id/objection',
    async (r) => {
      const text = r.body.text ?? ''
      const length = [...text].length
      if (text.trim() === '') throw new Refusal('front.objection.empty', 'invalid', { fields: [{ path: '/text' }] })
      if (length > LONGEST)
        throw new Refusal('front.objection.too_long', 'invalid', { length, max: LONGEST, fields: [{ path: '/text' }] })
      await objectToNotice.run(r.call, { noticeId: idOf(r), text })
      return `/notices/${r.params.id}`
    },
    async (r, { refusal, errors, message }) => {
      const notice = await getNotice(r)
      return NoticePage({
        view: r.view,
        pack: packs.inForce(),
        notice,
        formKey: r.newKey,
        typed: r.body.text ?? '',
        // Sent before, from here or another window: the page says that the first one has been received.
        ...(refusal.code === 'notice.already_objected' || notice.objected
          ? {}
          : { errors: Object.keys(errors).length > 0 ? errors : { main: message } }),
      })
    },
    { at: (r) => `/notices/${r.params.id}` },
  )
}

/** One of another community answers like one that never was. */
async function getNotice(r: PageRequest): Promise<NoticeView> {
  const notice = (await listNotices.run(r.call, {})).find((one) => one.id === r.params.id)
  if (!notice) throw new Refusal('notice.not_found', 'missing')
  return notice
}

function idOf({ params }: PageRequest): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(params.id ?? '')) throw new Refusal('notice.not_found', 'missing')
  return params.id!
}
