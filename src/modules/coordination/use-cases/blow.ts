/** A street blows the whistle: from an incident, or on its own. */
import Type from 'typebox'
import { covers, postOf } from '../../../core/access/index.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { command, query, type Work } from '../../../platform/use-case/use-case.ts'
import { getIncident, holdsPrivateNumber, letIn, noteWhistle, placeSaid, whistlesOf } from '../../grid/index.ts'
import { answerDue } from '../due.ts'
import { appendFact, insertWhistle, type Unit, unitsFor } from '../store.ts'
import { type Fact, initial } from '../whistle.ts'
import { Done, Short, Words, words } from './shapes.ts'

export const MOST_UNITS = 12
/** Many offices read it, and none of them needs somebody's phone or papers to know what is asked. */
function shared(name: string, typed: string): string {
  const text = words(name, typed)
  if (holdsPrivateNumber(text)) throw field(`/${name}`, 'whistle.has_number')
  return text
}
const field = (path: string, code: string): Refusal => new Refusal(code, 'invalid', { fields: [{ path, code }] })

export const blowWhistle = command({
  operation: 'coordination.blow',
  permission: 'whistle.blow',
  actors: ['staff'],
  input: Type.Object({
    incidentId: Type.Optional(Id),
    /** Of one that comes from no incident; an incident has its own. */
    area: Type.Optional(Type.String({ pattern: '^[0-9]{9}([0-9]{3})?$' })),
    kind: Type.String({ maxLength: 60 }),
    what: Words,
    place: Short,
    leadUnitId: Id,
    parts: Type.Array(Type.Object({ unitId: Id, task: Words }), { minItems: 1, maxItems: MOST_UNITS }),
  }),
  output: Done,
  async run(work, input) {
    const post = postOf(work.actor)
    const pack = work.call.platform.services.packs.inForce()
    const { code: kind } = pack.whistleKind(input.kind)
    // Whistles are the grid line's: a post of another line would see nothing of what it blew.
    if (!post.domains.includes('grid')) throw new Refusal('whistle.not_your_line', 'forbidden')
    const area = await areaOf(work, input)
    const what = shared('what', input.what)
    const place = shared('place', input.place)
    const units = new Map((await unitsFor(work, area)).map((unit) => [unit.id, unit.name]))
    const parts = input.parts.map(({ unitId, task }, at) => {
      const unitName = units.get(unitId)
      if (!unitName) throw field(`/parts/${at}/unitId`, 'whistle.unit_unknown')
      if (input.parts.findIndex((part) => part.unitId === unitId) < at) throw field(`/parts/${at}/unitId`, 'whistle.unit_twice')
      return { unitId, unitName, task: shared(`parts/${at}/task`, task) }
    })
    if (!parts.some(({ unitId }) => unitId === input.leadUnitId)) throw field('/leadUnitId', 'whistle.lead_not_called')
    const fact = {
      fact: 'blown',
      by: post.officerId,
      kind,
      what,
      leadUnitId: input.leadUnitId,
      parts,
      ...answerDue(pack, kind, work.now),
      at: work.now.toISOString(),
    } satisfies Fact
    const id = newId(work.now)
    const state = initial(fact)
    const number = await insertWhistle(work, {
      id,
      street: area.slice(0, 9),
      area,
      place,
      incidentId: input.incidentId ?? null,
      blownAt: work.now,
      state,
    })
    appendFact(work, id, 1, fact)
    if (input.incidentId)
      await noteWhistle(work, input.incidentId, { fact: 'units_called', whistleId: id, whistle: number, at: fact.at })
    return { id, number, status: state.status }
  },
})

const OVER: ReadonlySet<string> = new Set(['closed', 'not_filed', 'void', 'linked'])

/** Of the incident, which must be open and not have been let in by who blows (两级分离); else one of the post's own. */
async function areaOf(work: Work, { incidentId, area }: { incidentId?: string; area?: string }): Promise<string> {
  const post = postOf(work.actor)
  if (incidentId) {
    const { state, area: of } = await getIncident(work, incidentId, true)
    if (OVER.has(state.status)) throw new Refusal('whistle.incident_is_over', 'conflict')
    // The row is held, so that two who blow at once do not call everybody twice.
    if ((await whistlesOf(work, incidentId)).some(({ status }) => status === 'open' || status === 'done'))
      throw new Refusal('whistle.runs_already', 'conflict')
    if (await letIn(work, incidentId, post.officerId)) throw new Refusal('incident.who_verifies_never_dispatches', 'forbidden')
    return of
  }
  const known =
    area && work.call.platform.services.packs.inForce().pack.areas.some(({ code, validTo }) => code === area && validTo === null)
  if (!area || !known || !covers(post, area)) throw field('/area', 'whistle.area_unknown')
  return area
}

export interface Callable {
  units: Unit[]
  /** `place`: where its reporter said that it is, else the public place. */
  incident: { id: string; number: string; title: string | null; area: string; place: string } | null
}

/** What the page of a new whistle chooses from. */
export const listUnits = query({
  operation: 'coordination.list-units',
  permission: 'whistle.blow',
  actors: ['staff'],
  input: Type.Object({ incidentId: Type.Optional(Id) }),
  output: Type.Unsafe<Callable>({}),
  async run(work, { incidentId }) {
    const incident = incidentId ? await getIncident(work, incidentId) : null
    const { areas } = postOf(work.actor)
    const lists = await Promise.all((incident ? [incident.area] : areas).map((area) => unitsFor(work, area)))
    return {
      units: [...new Map(lists.flat().map((unit) => [unit.id, unit])).values()],
      incident: incident && {
        id: incident.id,
        number: incident.number,
        title: incident.state.title,
        area: incident.area,
        place: (await placeSaid(work, incident.id)) ?? incident.shownPlace ?? '',
      },
    }
  },
})
