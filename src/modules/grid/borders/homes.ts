/** 每户只在一个网格: where homes stand is proposed from, and a person says in which grid each lies. */
import Type from 'typebox'
import { postOf } from '../../../core/access/index.ts'
import { Id } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { command, query } from '../../../platform/use-case/use-case.ts'
import { polygonInWgs84, systems } from '../place.ts'
import { type HomeStanding, homeStandings, linesOf, type PlacedHome, placed, readPoints } from './home.ts'
import { type DrawnGrid, groundOf, listHomes, placeHomesAt, putHomes } from './store.ts'
import { Community, communityOf, refuseOtherLine } from './use-cases.ts'

export const HOMES_A_PAGE = 50
export interface HomeList {
  grids: Pick<DrawnGrid, 'id' | 'name'>[]
  counts: Record<HomeStanding, number>
  rows: PlacedHome[]
  more: boolean
}

/** Homes of a community by how they lie. An address is shown, and nobody who lives there. */
export const listGridHomes = query({
  operation: 'grid.list-homes',
  permission: 'grid.draw',
  actors: ['staff'],
  input: Type.Object({
    area: Community,
    standing: Type.Optional(Type.Enum([...homeStandings])),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 400 })),
  }),
  output: Type.Unsafe<HomeList>({}),
  async run(work, { area, standing = 'none', page = 1 }) {
    communityOf(work, area)
    refuseOtherLine(work)
    const { grids } = await groundOf(work.tx, area)
    const shapes = grids.map(({ id, code, name, boundary, crs }) => ({ id, code, name, shape: polygonInWgs84(boundary, crs) }))
    const homes = (await listHomes(work.tx, area)).map((home) => placed(home, shapes))
    const shown = homes.filter((home) => home.standing === standing)
    const from = (page - 1) * HOMES_A_PAGE
    return {
      grids: grids.map(({ id, name }) => ({ id, name })),
      counts: Object.fromEntries(
        homeStandings.map((one) => [one, homes.filter((home) => home.standing === one).length]),
      ) as HomeList['counts'],
      rows: shown.slice(from, from + HOMES_A_PAGE),
      more: shown.length > from + HOMES_A_PAGE,
    }
  },
})

/** A person says in which grid each of these lies; a proposal alone puts nothing anywhere. */
export const assignHomes = command({
  operation: 'grid.assign-homes',
  permission: 'grid.draw',
  actors: ['staff'],
  input: Type.Object({ area: Community, homes: Type.Array(Type.Object({ id: Id, gridId: Id }), { minItems: 1, maxItems: 200 }) }),
  output: Type.Object({ put: Type.Integer() }),
  async run(work, { area, homes }) {
    communityOf(work, area)
    refuseOtherLine(work)
    const { grids } = await groundOf(work.tx, area)
    if (homes.some(({ gridId }) => !grids.some(({ id }) => id === gridId)))
      throw new Refusal('border.changed_meanwhile', 'conflict')
    const known = new Set((await listHomes(work.tx, area)).map(({ id }) => id))
    if (homes.some(({ id }) => !known.has(id))) throw new Refusal('home.not_found', 'missing')
    // Named twice it lies where the last word puts it.
    const last = [...new Map(homes.map((home) => [home.id, home])).values()]
    await putHomes(work.tx, area, last, postOf(work.actor).id, work.now)
    return { put: last.length }
  },
})

/** Where homes stand, from a table of the address system. All of it or nothing: a line that fits no home is named. */
export const placeHomes = command({
  operation: 'grid.place-homes',
  permission: 'grid.draw',
  actors: ['staff'],
  input: Type.Object({
    area: Community,
    crs: Type.Enum([...systems]),
    source: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
    points: Type.String({ maxLength: 200_000 }),
  }),
  output: Type.Object({ placed: Type.Integer() }),
  async run(work, { area, crs, source, points }) {
    communityOf(work, area)
    refuseOtherLine(work)
    const { bounds } = work.call.platform.services.packs.inForce().incidents
    const lines = readPoints(points, crs, bounds)
    const homes = Map.groupBy(await listHomes(work.tx, area), ({ address }) => address)
    const strange = lines.filter(({ address }) => homes.get(address)?.length !== 1)
    if (strange.length > 0)
      throw new Refusal('input.invalid', 'invalid', {
        fields: [{ path: '/points', code: 'home.addresses_unknown', params: { lines: linesOf(strange), n: strange.length } }],
      })
    const at = new Map(lines.map(({ address, lon, lat }) => [address, { id: homes.get(address)![0]!.id, lon, lat }]))
    await placeHomesAt(work.tx, area, [...at.values()], { crs, source: source.trim(), by: postOf(work.actor).id, now: work.now })
    return { placed: at.size }
  },
})
