/** Acts on an event: lock, check, decide purely, write state and timeline together. */
import Type from 'typebox'
import { covers, postOf } from '../../../core/access/index.ts'
import { isAreaCode } from '../../../core/areas/index.ts'
import type { EventKind } from '../../../core/matters/index.ts'
import { Id, newId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { command, query, type Work } from '../../../platform/use-case/use-case.ts'
import { emergenciesOf } from '../pack.ts'
import { Instant, instantOf, notBlank, Plain } from '../shapes.ts'
import { type ClockStanding, clocksOf, figuresUntil } from './clocks.ts'
import {
  type Action,
  actOfReport,
  apply,
  type EventState,
  type Fact,
  type Findings,
  isGraver,
  isTooLight,
  lowered,
  means,
  NEW,
  permissionOf,
  possible,
  unknownIn,
} from './event.ts'
import {
  appendFact,
  type FactRow,
  type FoundEvent,
  getEvent,
  getEventForUpdate,
  insertEvent,
  listEventsOf,
  listFacts,
  updateEvent,
} from './store.ts'

const Known = (most: number) => Type.Union([Type.Integer({ minimum: 0, maximum: most }), Type.Null()])
const Said = (most: number) => Type.Union([Type.String({ maxLength: most }), Type.Null()])
const PERSONS = 1_000_000
export const FindingsShape = Type.Object({
  place: Plain(200),
  source: Said(200),
  nature: Said(1000),
  dead: Known(PERSONS),
  injured: Known(PERSONS),
  missing: Known(PERSONS),
  lossFen: Known(1_000_000_000_000_00),
  trend: Said(1000),
  measures: Said(2000),
  leaders: Said(200),
})
const Code = Type.String({ maxLength: 40 })
const Level = Type.Union([Code, Type.Null()])
/** She was asked about the level, and means it. */
const Sure = Type.Optional(Type.Boolean())
const OnEvent = { id: Id }
const Done = Type.Object({ id: Type.String(), status: Type.String() })

/** Blank is “not known”, as a form sends it, and so is a word that says so. */
function cleaned(work: Work, found: Findings): Findings {
  const { unknown_words } = emergenciesOf(work)
  const known = (text: string | null): string | null => {
    const said = text?.trim() ?? ''
    const bare = said
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s。.,，!！?？…]+$/u, '')
    return bare === '' || unknown_words.includes(bare) ? null : said
  }
  const { source, nature, trend, measures, leaders } = found
  return {
    ...found,
    place: notBlank(found.place, 'place'),
    source: known(source),
    nature: known(nature),
    trend: known(trend),
    measures: known(measures),
    leaders: known(leaders),
  }
}

const kindOf = (work: Work, code: string): EventKind => {
  const kind = emergenciesOf(work).kinds.find((one) => one.code === code)
  if (!kind) throw new Refusal('event.kind_unknown', 'invalid', { fields: [{ path: '/kind' }] })
  return kind
}

/** Of one that was opened: a kind that has left the pack since ends no reporting. */
const kindNow = (work: Work, code: string): EventKind | undefined => emergenciesOf(work).kinds.find((one) => one.code === code)

/** @throws Refusal event.level_unknown · event.level_too_light */
function refuseLevel(work: Work, kind: EventKind | undefined, level: string | null, found: Findings): void {
  const pack = emergenciesOf(work)
  if (level !== null && !pack.levels.some(({ code }) => code === level))
    throw new Refusal('event.level_unknown', 'invalid', { fields: [{ path: '/level' }] })
  if (kind?.graded && isTooLight(pack, level, found))
    throw new Refusal('event.level_too_light', 'conflict', { fields: [{ path: '/level' }] })
}

/** Asked last, of what is right in everything else. @throws Refusal event.level_graver */
function questionLevel(work: Work, kind: EventKind | undefined, level: string | null, found: Findings): void {
  if (kind?.graded && isGraver(emergenciesOf(work), level, found))
    throw new Refusal('event.level_graver', 'conflict', { fields: [{ path: '/level' }] })
}

/** 首报: what is known is said, and what is not is said to be unknown. */
export const openEvent = command({
  operation: 'safety.open-event',
  permission: 'event.report',
  actors: ['staff'],
  input: Type.Object({
    area: Type.String({ maxLength: 12 }),
    kind: Code,
    happenedAt: Type.Union([Instant, Type.Null()]),
    learntAt: Instant,
    found: FindingsShape,
    level: Level,
    sure: Sure,
  }),
  output: Done,
  async run(work, input) {
    const post = postOf(work.actor)
    if (!isAreaCode(input.area) || input.area.length < 9 || !covers(post, input.area))
      throw new Refusal('event.not_your_area', 'forbidden')
    const learntAt = instantOf(work, input.learntAt, 'learntAt')
    const happenedAt = input.happenedAt === null ? null : instantOf(work, input.happenedAt, 'happenedAt')
    if (happenedAt !== null && happenedAt > learntAt)
      throw new Refusal('event.learnt_before', 'invalid', { fields: [{ path: '/happenedAt' }] })
    const kind = kindOf(work, input.kind)
    const found = cleaned(work, input.found)
    refuseLevel(work, kind, input.level, found)
    if (!input.sure) questionLevel(work, kind, input.level, found)
    const fact: Fact = { fact: 'reported', report: 'first', found, level: input.level, why: '' }
    const state = apply(NEW, fact)
    const event: FoundEvent = {
      id: newId(work.now),
      area: input.area,
      kind: kind.code,
      happenedAt,
      learntAt,
      openedAt: work.now,
      state,
    }
    await insertEvent(work, event, post.id)
    appendFact(work, event.id, state.seq, fact)
    return { id: event.id, status: state.status }
  },
})

/** Every act but the first goes through here, so that none can forget a part. */
async function act(work: Work, id: string, action: Action, decide: (event: FoundEvent) => Fact | Promise<Fact>) {
  const event = await getEventForUpdate(work, id)
  if (!(possible[event.state.status] as readonly Action[]).includes(action))
    throw new Refusal('event.not_now', 'conflict', { possible: mayOf(work, event.state) })
  const fact = await decide(event)
  const state = apply(event.state, fact)
  updateEvent(work, id, state)
  appendFact(work, id, state.seq, fact)
  return { id, status: state.status }
}

const mayOf = ({ actor }: Work, { status }: EventState): Action[] =>
  possible[status].filter((action) => actor.kind === 'staff' && actor.post.permissions.includes(permissionOf[action]))

/** 续报、终报、补报. Figures change here and nowhere else. */
export const reportEvent = command({
  operation: 'safety.report-event',
  permission: 'event.report',
  actors: ['staff'],
  input: Type.Object({
    ...OnEvent,
    report: Type.Enum(['continued', 'final', 'supplement']),
    /** The number of reports that whoever writes has before her: two who write at once do not undo each other's. */
    after: Type.Integer({ minimum: 1 }),
    found: FindingsShape,
    level: Level,
    sure: Sure,
    why: Type.String({ maxLength: 1000 }),
  }),
  output: Done,
  run: (work, { id, report, after, level, sure = false, why, ...input }) =>
    act(work, id, actOfReport[report], (event) => {
      if (event.state.reports !== after) throw new Refusal('event.reported_meanwhile', 'conflict', { n: event.state.reports })
      const found = cleaned(work, input.found)
      const kind = kindNow(work, event.kind)
      refuseLevel(work, kind, level, found)
      const open = report === 'continued' ? [] : unknownIn(found)
      const lacking = report !== 'continued' && level === null ? [...open, 'level'] : open
      if (lacking.length > 0)
        throw new Refusal('event.final_is_whole', 'invalid', { fields: lacking.map((name) => ({ path: `/${name}` })) })
      if (lowered(event.state.found, found).length > 0 && why.trim() === '')
        throw new Refusal('event.lowered_why', 'invalid', { fields: [{ path: '/why' }] })
      if (!sure) questionLevel(work, kind, level, found)
      return { fact: 'reported', report, found, level, why: why.trim() }
    }),
})

/** Who was told, when it was done and not when it was written down; both stand there. */
export const tellEvent = command({
  operation: 'safety.tell-event',
  permission: 'event.report',
  actors: ['staff'],
  input: Type.Object({
    ...OnEvent,
    /** A code of the pack, or `other` with a name. */
    recipient: Code,
    name: Type.String({ maxLength: 100 }),
    means: Type.Enum([...means]),
    at: Instant,
    note: Type.String({ maxLength: 500 }),
  }),
  output: Done,
  run: (work, { id, recipient, name, means: by, at, note }) =>
    act(work, id, 'tell', (event) => {
      const known = emergenciesOf(work).recipients.find(({ code }) => code === recipient)
      if (!known && recipient !== 'other')
        throw new Refusal('event.recipient_unknown', 'invalid', { fields: [{ path: '/recipient' }] })
      const told = instantOf(work, at, 'at')
      if (told < event.learntAt) throw new Refusal('event.told_before', 'invalid', { fields: [{ path: '/at' }] })
      return {
        fact: 'told',
        recipient,
        name: known ? name.trim() : notBlank(name, 'name'),
        step: known?.step ?? 'aside',
        means: by,
        at: told.toISOString(),
        note: note.trim(),
      }
    }),
})

export const acknowledgeEvent = command({
  operation: 'safety.acknowledge-event',
  permission: 'event.report',
  actors: ['staff'],
  input: Type.Object({ ...OnEvent, told: Type.Integer({ minimum: 1 }), at: Instant, by: Plain(100) }),
  output: Done,
  run: (work, { id, told, at, by }) =>
    act(work, id, 'acknowledge', async () => {
      const facts = await listFacts(work.tx, id)
      const telling = facts.find((one) => one.seq === told)?.fact
      if (telling?.fact !== 'told') throw new Refusal('event.told_unknown', 'conflict')
      if (facts.some(({ fact }) => fact.fact === 'acknowledged' && fact.told === told))
        throw new Refusal('event.acknowledged_already', 'conflict')
      const when = instantOf(work, at, 'at')
      if (when < new Date(telling.at)) throw new Refusal('event.acknowledged_before', 'invalid', { fields: [{ path: '/at' }] })
      return { fact: 'acknowledged', told, at: when.toISOString(), by: notBlank(by, 'by') }
    }),
})

/** A response begins, changes its level or ends (null). */
export const setResponse = command({
  operation: 'safety.set-response',
  permission: 'event.respond',
  actors: ['staff'],
  input: Type.Object({ ...OnEvent, response: Level, reason: Plain(1000) }),
  output: Done,
  run: (work, { id, response, reason }) =>
    act(work, id, 'respond', (event) => {
      if (response !== null && !emergenciesOf(work).responses.some(({ code }) => code === response))
        throw new Refusal('event.response_unknown', 'invalid', { fields: [{ path: '/response' }] })
      if (event.state.response === response) throw new Refusal('event.response_same', 'conflict')
      return { fact: 'response_set', response, reason: notBlank(reason, 'reason') }
    }),
})

/** Once changed figures need no longer be reported. */
export const closeEvent = command({
  operation: 'safety.close-event',
  permission: 'event.respond',
  actors: ['staff'],
  input: Type.Object({ ...OnEvent, note: Plain(1000) }),
  output: Done,
  run: (work, { id, note }) =>
    act(work, id, 'close', (event) => {
      const until = figuresUntil(kindNow(work, event.kind)?.clocks ?? [], event)
      if (until !== null && work.now < until) throw new Refusal('event.figures_run', 'conflict', { until: until.toISOString() })
      return { fact: 'closed', note: notBlank(note, 'note') }
    }),
})

export interface EventPage {
  event: FoundEvent
  facts: FactRow[]
  clocks: ClockStanding[]
  may: Action[]
}

export const readEvent = query({
  operation: 'safety.read-event',
  permission: 'event.read',
  actors: ['staff'],
  input: Type.Object(OnEvent),
  output: Type.Unsafe<EventPage>({}),
  async run(work, { id }): Promise<EventPage> {
    const event = await getEvent(work, id)
    const facts = await listFacts(work.tx, id)
    const kind = emergenciesOf(work).kinds.find(({ code }) => code === event.kind)
    const tellings = facts.flatMap(({ fact }) => (fact.fact === 'told' ? [{ ...fact, at: new Date(fact.at) }] : []))
    const inHand = covers(postOf(work.actor), event.area)
    return {
      event,
      facts,
      clocks: clocksOf(kind?.clocks ?? [], event, tellings, work.now),
      may: inHand ? mayOf(work, event.state) : [],
    }
  },
})

export const listEvents = query({
  operation: 'safety.list-events',
  permission: 'event.read',
  actors: ['staff'],
  input: Type.Object({ page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })) }),
  output: Type.Unsafe<{ events: FoundEvent[]; more: boolean }>({}),
  run: (work, { page = 1 }) => listEventsOf(work, page),
})
