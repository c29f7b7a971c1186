/** Pages of residents and of anybody: report, follow, 身边的事. */
import { KEEP, type PageRequest, type Problem, paths } from '../../ui/index.ts'
import type { Rooms } from '../rooms.ts'
import { OPEN_DATA } from './ogc/routes.ts'
import { aroundRoutes } from './pages/around-routes.ts'
import { FollowPage } from './pages/follow.tsx'
import { OpenDataPage } from './pages/open-data.tsx'
import { OwnReportsPage } from './pages/own-reports.tsx'
import { dropAsked, leaveUploads, photoIdsIn, photosAsked } from './pages/photo-form.ts'
import { reportRoutes } from './pages/report-routes.ts'
import { followReport, listOwnReports, sayOfReport } from './use-cases/follow.ts'
import { readOwnPhoto } from './use-cases/see-photos.ts'

export function gridRoutes(rooms: Rooms): void {
  const { pages, platform } = rooms
  const { packs, publicUrl } = platform.services
  reportRoutes(rooms)
  aroundRoutes(rooms)
  pages.get(OPEN_DATA, async (r) => OpenDataPage({ view: r.view }))

  const follow = async (r: PageRequest, problem?: Problem) => {
    const token = r.params.token ?? ''
    return FollowPage({
      view: r.view,
      pack: packs.inForce(),
      token,
      followed: await followReport.run(r.call, { token }),
      now: r.call.now,
      publicUrl,
      sent: r.query.new === '1',
      said: r.query.said === 'yes' || r.query.said === 'no' ? r.query.said : undefined,
      newKey: r.newKey,
      typed: r.body.reason ?? '',
      photos: await photosAsked(r),
      ...(problem ? { errors: Object.keys(problem.errors).length > 0 ? problem.errors : { main: problem.message } } : {}),
    })
  }
  pages.get(`${paths.report}/:token`, (r) => follow(r))
  pages.post(
    `${paths.report}/:token/word`,
    async (r) => {
      const { token = '' } = r.params
      await leaveUploads(r)
      if ((await dropAsked(r)) || r.body.go === 'photos') return KEEP
      const { solved, reason = '' } = r.body
      await sayOfReport.run(r.call, { token, solved: solved === 'yes', reason, photos: photoIdsIn(r.body) })
      return `${paths.report}/${token}?said=${solved === 'yes' ? 'yes' : 'no'}`
    },
    follow,
    { at: (r) => `${paths.report}/${r.params.token}`, more: follow },
  )
  const photo = (small: boolean) => async (r: PageRequest) => {
    const { token = '', photoId = '' } = r.params
    return { ...(await readOwnPhoto.run(r.call, { token, photoId, small })), download: false }
  }
  pages.file(`${paths.report}/:token/photos/:photoId`, photo(false))
  pages.file(`${paths.report}/:token/photos/:photoId/small`, photo(true))
  pages.get(paths.ownReports, async (r) =>
    OwnReportsPage({ view: r.view, pack: packs.inForce(), now: r.call.now, ...(await listOwnReports.run(r.call, {})) }),
  )
}
