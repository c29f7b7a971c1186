/** Why: each address and what it shows. */
import { explainCase, explainMatter, explainOwnCase } from '../../core/cases/index.ts'
import { isId } from '../../platform/id.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { PageRequest, Problem } from '../../ui/index.ts'
import type { Rooms } from '../rooms.ts'
import { deskShell } from '../service-centre/index.ts'
import { readSupposed } from './fields.tsx'
import { DeskWhyPage } from './pages/desk-why.tsx'
import { MatterWhyPage } from './pages/matter-why.tsx'
import { OwnWhyPage } from './pages/own-why.tsx'

/** @throws Refusal `case.not_found`: what is no id is a case that never existed */
function caseIdIn({ params }: PageRequest): string {
  if (!isId(params.caseId ?? '')) throw new Refusal('case.not_found', 'missing')
  return params.caseId!
}

export function residentWhyRoutes({ pages, api, platform }: Rooms): void {
  const { packs } = platform.services

  pages.get('/me/cases/:caseId/why', async (r) =>
    OwnWhyPage({ view: r.view, pack: packs.inForce(), why: await explainOwnCase.run(r.call, { caseId: caseIdIn(r) }) }),
  )

  const matterOf = (r: PageRequest) => packs.inForce().matter(r.params.code!)
  const draw = async (r: PageRequest, supposed?: object, problem?: Problem) =>
    MatterWhyPage({
      view: r.view,
      pack: packs.inForce(),
      matter: matterOf(r),
      why: await explainMatter.run(r.call, { matterCode: r.params.code, ...(supposed && { supposed }) }),
      body: r.body,
      tried: supposed !== undefined && Object.keys(supposed).length > 0,
      errors: problem?.errors ?? {},
      signedIn: r.call.actor.kind === 'resident',
    })
  pages.get('/matters/:code/why', (r) => draw(r))
  pages.post(
    '/matters/:code/why',
    async (r) => {
      const { inputs } = await explainMatter.run(r.call, { matterCode: r.params.code })
      return draw(r, readSupposed(inputs, matterOf(r), r.body))
    },
    (r, problem) => draw(r, undefined, problem),
    { at: (r) => `/matters/${r.params.code}/why` },
  )

  api('GET', '/me/cases/:caseId/why', explainOwnCase)
  api('GET', '/matters/:matterCode/why', explainMatter)
  api('POST', '/matters/:matterCode/why', explainMatter)
}

export function deskWhyRoutes(rooms: Rooms): void {
  const { pages, api, platform } = rooms
  pages.get('/desk/cases/:caseId/why', async (r) => {
    const shell = await deskShell(r, rooms)
    const why = await explainCase.run(r.call, { caseId: caseIdIn(r) })
    return DeskWhyPage({ ...shell, pack: platform.services.packs.inForce(), why })
  })
  api('GET', '/cases/:caseId/why', explainCase)
}
