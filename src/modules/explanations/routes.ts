/** Why: each address and what it shows. */
import { type CaseWhy, explainCase, explainMatter, explainOwnCase, objectToLine } from '../../core/cases/index.ts'
import { lineOf } from '../../core/rules/index.ts'
import { isId } from '../../platform/id.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { PageRequest, Problem } from '../../ui/index.ts'
import type { Rooms } from '../rooms.ts'
import { deskShell } from '../service-centre/index.ts'
import { readSupposed } from './fields.tsx'
import { DeskWhyPage } from './pages/desk-why.tsx'
import { MatterWhyPage } from './pages/matter-why.tsx'
import { ObjectPage } from './pages/object.tsx'
import { OwnWhyPage } from './pages/own-why.tsx'

/** @throws Refusal `case.not_found`: what is no id is a case that never existed */
function caseIdIn({ params }: PageRequest): string {
  if (!isId(params.caseId ?? '')) throw new Refusal('case.not_found', 'missing')
  return params.caseId!
}

/** @throws Refusal `line.not_found` */
function lineIn(why: CaseWhy, rule: string, key: string): NonNullable<CaseWhy['objection']>['line'] {
  const tree = [...why.lines, ...(why.amount ? [why.amount] : [])].find((each) => each.rule === rule)?.tree
  const line = tree && lineOf(tree, key)
  if (!line || !why.open) throw new Refusal('line.not_found', 'missing')
  return { kind: 'line', caseId: why.caseId, number: why.number, matterCode: why.matterCode, rule, packHash: '', line }
}

export function residentWhyRoutes({ pages, api, platform }: Rooms): void {
  const { packs } = platform.services

  pages.get('/me/cases/:caseId/why', async (r) =>
    OwnWhyPage({ view: r.view, pack: packs.inForce(), why: await explainOwnCase.run(r.call, { caseId: caseIdIn(r) }) }),
  )

  const form = '/me/cases/:caseId/why/:rule/:line/objection'
  const addressed = ({ params }: PageRequest) => ({ rule: params.rule ?? '', line: params.line ?? '' })
  const drawForm = async (r: PageRequest, problem?: Problem) => {
    const { rule, line } = addressed(r)
    const why = await explainOwnCase.run(r.call, { caseId: caseIdIn(r) })
    return ObjectPage({
      view: r.view,
      pack: packs.inForce(),
      why,
      line: lineIn(why, rule, line),
      at: `${rule}/${line}`,
      words: r.body.words ?? '',
      errors: problem?.errors ?? {},
      newKey: r.newKey,
    })
  }
  pages.get(form, async (r) => {
    const why = await explainOwnCase.run(r.call, { caseId: caseIdIn(r) })
    const running = why.objections[`${r.params.rule}/${r.params.line}`]
    return running ? `/me/cases/${running}` : drawForm(r)
  })
  pages.post(
    form,
    async (r) => {
      const done = await objectToLine.run(r.call, { caseId: caseIdIn(r), ...addressed(r), words: r.body.words ?? '' })
      return `/me/cases/${done.caseId}?sent=1`
    },
    drawForm,
    { at: (r) => `/me/cases/${r.params.caseId}/why/${r.params.rule}/${r.params.line}/objection` },
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
  api('POST', '/me/cases/:caseId/line-objection', objectToLine)
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
