/** Grids and the border of a community: looked at, tried on, drawn, ended. Each change is dated, and the old border stays on record. */
import Type from 'typebox'
import { covers, postOf } from '../../../core/access/index.ts'
import { levelOf } from '../../../core/areas/index.ts'
import type { LoadedPack } from '../../../core/matters/index.ts'
import { together } from '../../../platform/database/tx.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { dayOf } from '../../../platform/time.ts'
import { command, query, type Work } from '../../../platform/use-case/use-case.ts'
import { polygonInWgs84, systems } from '../place.ts'
import { type Border, checkedBorder, type Fit, fitOf, LONGEST_BORDER, type Named, readBorder, squareMetres } from './border.ts'
import {
  type Assigned,
  type Course,
  type Drawn,
  type DrawnGrid,
  endGridRow,
  endOutline,
  groundOf,
  holdCommunity,
  insertGrid,
  insertOutline,
  listAssigned,
  listCourse,
  listGridded,
  listGrids,
  listOutlines,
  moveHomes,
  nextCode,
} from './store.ts'

export const Community = Type.String({ pattern: '^[0-9]{12}$' })
const Words = Type.String({ maxLength: 500 })
const packOf = (work: Pick<Work, 'call'>): LoadedPack => work.call.platform.services.packs.inForce()
const sliverOf = (work: Work): number => packOf(work).incidents.grids.sliver_square_metres

/** @throws Refusal `border.not_your_area` alike for a community that is none and one of others */
export function communityOf(work: Pick<Work, 'call' | 'actor'>, area: string): string {
  const known = packOf(work).pack.areas.some(({ code, validTo }) => code === area && validTo === null)
  if (!known || !covers(postOf(work.actor), area)) throw new Refusal('border.not_your_area', 'missing')
  return area
}
export function refuseOtherLine({ actor }: Pick<Work, 'actor'>): void {
  if (!postOf(actor).domains.includes('grid')) throw new Refusal('border.not_your_line', 'forbidden')
}

const namedOf = ({ id, code, name, boundary, crs }: DrawnGrid): Named => ({
  id,
  code,
  name,
  shape: polygonInWgs84(boundary, crs),
})
const shapeOf = (outline: Drawn | null): Border | null => outline && polygonInWgs84(outline.boundary, outline.crs)

export interface CommunityRow {
  area: string
  grids: number
  homes: number
  overlaps: number
  gaps: number
  outlineKnown: boolean
  /** Grids that nobody looks after. */
  unassigned: number
  workers: string[]
}

/**
 * The communities of a post, each with how its grids lie; of more than a page of them those that have grids, page by page, since
 * a district has hundreds without one: those are looked up, not listed.
 */
export const listCommunities = query({
  operation: 'grid.list-communities',
  permission: 'incident.read',
  actors: ['staff'],
  input: Type.Object({ page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })) }),
  output: Type.Unsafe<{ rows: CommunityRow[]; more: boolean }>({}),
  async run(work, { page = 1 }) {
    const post = postOf(work.actor)
    const communities = packOf(work)
      .pack.areas.filter(({ code, validTo }) => validTo === null && levelOf(code) === 'community' && covers(post, code))
      .map(({ code }) => code)
    const listed =
      communities.length > COMMUNITIES_A_PAGE
        ? await listGridded(work.tx, post.areas, COMMUNITIES_A_PAGE + 1, (page - 1) * COMMUNITIES_A_PAGE)
        : communities
    const shown = listed.slice(0, COMMUNITIES_A_PAGE)
    const [grids, outlines, assigned] = await together([
      listGrids(work.tx, shown),
      listOutlines(work.tx, shown),
      listAssigned(work.tx, packOf(work), post.scope, shown, dayOf(work.now)),
    ])
    const workersOf = Map.groupBy(assigned, ({ gridCode }) => gridCode)
    const gridsOf = Map.groupBy(grids, ({ area }) => area)
    const outlineOf = new Map(outlines.map((one) => [one.area, one]))
    return {
      more: listed.length > COMMUNITIES_A_PAGE,
      rows: shown.map((area) => {
        const own = gridsOf.get(area) ?? []
        const fit = fitOf(own.map(namedOf), shapeOf(outlineOf.get(area) ?? null), sliverOf(work))
        return {
          area,
          grids: own.length,
          homes: own.reduce((sum, { homes }) => sum + homes, 0),
          overlaps: fit.overlaps.length,
          gaps: fit.gaps.length,
          outlineKnown: fit.outlineKnown,
          unassigned: own.filter(({ code }) => !workersOf.has(code)).length,
          workers: [...new Set(own.flatMap(({ code }) => workersOf.get(code) ?? []).map(({ name }) => name))],
        }
      }),
    }
  },
})
export const COMMUNITIES_A_PAGE = 60

export interface CommunityGround {
  grids: (DrawnGrid & { shape: Border; squareMetres: number; workers: Pick<Assigned, 'name' | 'demo'>[] })[]
  outline: (Drawn & { shape: Border }) | null
  fit: Fit
  course: Course[]
}

export const readCommunity = query({
  operation: 'grid.read-community',
  permission: 'incident.read',
  actors: ['staff'],
  input: Type.Object({ area: Community }),
  output: Type.Unsafe<CommunityGround>({}),
  async run(work, { area }) {
    communityOf(work, area)
    const { grids, outline } = await groundOf(work.tx, area)
    const [course, assigned] = await together([
      listCourse(work.tx, area),
      listAssigned(work.tx, packOf(work), area, [area], dayOf(work.now)),
    ])
    const shape = shapeOf(outline)
    return {
      grids: grids.map((grid) => {
        const { shape: border } = namedOf(grid)
        const workers = assigned.filter(({ gridCode }) => gridCode === grid.code).map(({ name, demo }) => ({ name, demo }))
        return { ...grid, shape: border, squareMetres: squareMetres(border), workers }
      }),
      outline: outline && { ...outline, shape: shape! },
      fit: fitOf(grids.map(namedOf), shape, sliverOf(work)),
      course,
    }
  },
})

const DrawnAs = {
  area: Community,
  boundary: Type.String({ maxLength: LONGEST_BORDER }),
  crs: Type.Enum([...systems]),
}
const Why = {
  source: Type.String({ maxLength: 200 }),
  why: Words,
}
/** What is drawn: a grid that is not there yet, one that takes the place of another, or the border of the community. */
const Of = Type.Union([Type.Literal('new'), Type.Literal('outline'), Id])

export interface Tried {
  boundary: Border
  shape: Border
  squareMetres: number
  fit: Fit
  /** What would not be accepted: square metres outside of the community. */
  outside: number
}

function tried(
  work: Work,
  ground: { grids: DrawnGrid[]; outline: Drawn | null },
  of: string,
  name: string,
  given: { boundary: string; crs: Drawn['crs'] },
): Tried {
  const boundary = checkedBorder(readBorder(given.boundary), given.crs, packOf(work).incidents.bounds)
  const shape = polygonInWgs84(boundary, given.crs)
  const others = ground.grids.filter(({ id }) => id !== of).map(namedOf)
  const outline = of === 'outline' ? shape : shapeOf(ground.outline)
  const grids = of === 'outline' ? others : [...others, { id: of, code: of, name, shape }]
  const fit = fitOf(grids, outline, sliverOf(work))
  const alone = of === 'outline' ? [] : fitOf([{ id: of, code: of, name, shape }], outline, sliverOf(work)).outside
  const outside = alone.reduce((sum, one) => sum + one.squareMetres, 0)
  return { boundary, shape, squareMetres: squareMetres(shape), fit, outside }
}

/** How it would all lie, before anybody says that it shall. */
export const tryBorder = query({
  operation: 'grid.try-border',
  permission: 'grid.draw',
  actors: ['staff'],
  input: Type.Object({ ...DrawnAs, of: Of, name: Type.Optional(Type.String({ maxLength: 60 })) }),
  output: Type.Unsafe<Tried>({}),
  async run(work, { area, of, name = '', ...given }) {
    communityOf(work, area)
    const ground = await groundOf(work.tx, area)
    if (of !== 'new' && of !== 'outline') runningOf(ground.grids, of)
    return tried(work, ground, of, name.trim(), given)
  },
})

function runningOf(grids: readonly DrawnGrid[], id: string): DrawnGrid {
  const found = grids.find((one) => one.id === id)
  if (!found) throw new Refusal('border.changed_meanwhile', 'conflict')
  return found
}

function said(fields: Record<string, string>): void {
  const empty = Object.keys(fields).filter((name) => fields[name]!.trim() === '')
  if (empty.length > 0)
    throw new Refusal('input.invalid', 'invalid', { fields: empty.map((name) => ({ path: `/${name}`, code: 'answer.missing' })) })
}

const DrawnGridId = Type.Object({ id: Type.String(), code: Type.String() })

/** A new grid, or a border in the place of an old one: same code, another row, the homes go along. */
export const drawGrid = command({
  operation: 'grid.draw-grid',
  permission: 'grid.draw',
  actors: ['staff'],
  input: Type.Object({ ...DrawnAs, ...Why, of: Type.Union([Type.Literal('new'), Id]), name: Type.String({ maxLength: 60 }) }),
  output: DrawnGridId,
  async run(work, { of, name, source, why, ...given }) {
    const { tx, now } = work
    const area = communityOf(work, given.area)
    refuseOtherLine(work)
    said({ name, boundary: given.boundary, source, why })
    const post = postOf(work.actor)
    await holdCommunity(tx, area)
    const ground = await groundOf(tx, area)
    const before = of === 'new' ? null : runningOf(ground.grids, of)
    const { boundary, outside } = tried(work, ground, of, name.trim(), given)
    if (outside > 0)
      throw new Refusal('input.invalid', 'invalid', {
        fields: [{ path: '/boundary', code: 'border.outside_community', params: { n: outside } }],
      })
    const id = newId(now)
    const on = dayOf(now)
    if (before) await endGridRow(tx, before.id, on, post.id, null)
    const code = before?.code ?? (await nextCode(tx, area))
    await insertGrid(tx, {
      ...{ id, area, boundary, crs: given.crs, on, code, name: name.trim() },
      ...{ source: source.trim(), why: why.trim(), by: post.id, now },
    })
    if (before) await moveHomes(tx, before.id, id, post.id, now)
    return { id, code }
  },
})

/** Merged into others or given up. Its homes are then in none, and shown as such. */
export const endGrid = command({
  operation: 'grid.end-grid',
  permission: 'grid.draw',
  actors: ['staff'],
  input: Type.Object({ area: Community, id: Id, why: Words }),
  output: DrawnGridId,
  async run(work, { area, id, why }) {
    communityOf(work, area)
    refuseOtherLine(work)
    said({ why })
    await holdCommunity(work.tx, area)
    const { grids } = await groundOf(work.tx, area)
    const { code } = runningOf(grids, id)
    await endGridRow(work.tx, id, dayOf(work.now), postOf(work.actor).id, why.trim())
    return { id, code }
  },
})

/** How far the community reaches. Grids that then lie outside are shown, not moved. */
export const drawOutline = command({
  operation: 'grid.draw-outline',
  permission: 'grid.draw',
  actors: ['staff'],
  input: Type.Object({ ...DrawnAs, ...Why }),
  output: Type.Object({ id: Type.String() }),
  async run(work, { source, why, ...given }) {
    const { tx, now } = work
    const area = communityOf(work, given.area)
    refuseOtherLine(work)
    said({ boundary: given.boundary, source, why })
    await holdCommunity(tx, area)
    const { boundary } = tried(work, await groundOf(tx, area), 'outline', '', given)
    const by = postOf(work.actor).id
    const on = dayOf(now)
    const id = newId(now)
    await endOutline(tx, area, on, by)
    await insertOutline(tx, { id, area, boundary, crs: given.crs, on, source: source.trim(), why: why.trim(), by, now })
    return { id }
  },
})
