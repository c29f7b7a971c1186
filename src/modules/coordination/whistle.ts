/**
 * A whistle (吹哨): a joint work order by which a street calls units together. Its status table, its facts, and how a fact changes
 * it. Pure. The row in the database is what `apply` made of the facts; a test rebuilds it from the timeline.
 */
export const statuses = ['open', 'done', 'closed', 'withdrawn'] as const
export type Status = (typeof statuses)[number]
/** Where one unit's part stands. `passed`: a superior gave it to another unit, which has a part of its own. */
export const standings = ['called', 'coming', 'disputed', 'done', 'passed'] as const
export type Standing = (typeof standings)[number]

/** The street blows, sends back, closes and rates; a unit answers for its own part; the common superior decides. */
export const actions = ['come', 'dispute', 'finish', 'decide', 'send_back', 'close', 'rate', 'withdraw'] as const
export type Action = (typeof actions)[number]
/** Acts on one part; `rate` is on a unit, the others on the whole. */
export const onPart = ['come', 'dispute', 'finish', 'decide', 'send_back'] as const satisfies readonly Action[]

export const possible = {
  open: ['come', 'dispute', 'finish', 'decide', 'send_back', 'withdraw'],
  done: ['send_back', 'close', 'rate'],
  closed: ['rate'],
  withdrawn: [],
} as const satisfies Record<Status, readonly Action[]>

/** A part that is called can be decided only once its answer is overdue: see `obstacleOf`. */
export const possibleOfPart = {
  called: ['come', 'dispute', 'decide'],
  coming: ['finish'],
  disputed: ['decide'],
  done: ['send_back'],
  passed: [],
} as const satisfies Record<Standing, readonly Action[]>

export const permissionOf = {
  come: 'whistle.answer',
  dispute: 'whistle.answer',
  finish: 'whistle.answer',
  decide: 'whistle.decide',
  send_back: 'whistle.blow',
  close: 'whistle.blow',
  rate: 'whistle.blow',
  withdraw: 'whistle.blow',
} as const satisfies Record<Action, string>

/** What a superior decides of a part: it stays with the unit, goes to another, or the district backs it (兜底) and names who does it. */
export const choices = ['stays', 'goes_to', 'backed'] as const
export type Choice = (typeof choices)[number]

export interface Decision {
  by: string
  choice: Choice
  reason: string
  at: string
}
/** One unit's task. Instants are ISO strings, as the timeline has them. */
export interface Part {
  n: number
  unitId: string
  unitName: string
  task: string
  standing: Standing
  calledAt: string
  answerBy: string
  /** When it should be done; null until the unit is coming. */
  reportBy: string | null
  dueProvisional: boolean
  answeredAt: string | null
  /** Nobody had answered in time: since when it waits for a superior. */
  escalatedAt: string | null
  /** By when the common superior should have ruled; null while no ruling is asked for, and where the pack sets no time. */
  decideBy: string | null
  /** Why it is not the unit's, and by which article. */
  dispute: { reason: string; basis: string } | null
  decision: Decision | null
  /** Of a part that came from another one by a decision. */
  from: number | null
  backed: boolean
  doneAt: string | null
}
export interface Rating {
  unitId: string
  stars: number
  words: string
}

/** What `apply` changes; number, street, place and the incident never change. */
export interface WhistleState {
  status: Status
  kind: string
  what: string
  leadUnitId: string
  blownBy: string
  parts: Part[]
  ratings: Rating[]
  closedAt: string | null
  seq: number
}

interface Called {
  answerBy: string
  dueProvisional: boolean
}
interface Working {
  reportBy: string
  dueProvisional: boolean
}
interface Ruling {
  /** Left out of what was written before rulings had a time. */
  decideBy?: string | null
}
interface NewUnit {
  unitId: string
  unitName: string
}
export type Fact =
  | ({
      fact: 'blown'
      by: string
      kind: string
      what: string
      leadUnitId: string
      parts: (NewUnit & { task: string })[]
      at: string
    } & Called)
  | ({ fact: 'came'; part: number; note: string; at: string } & Working)
  | ({ fact: 'disputed'; part: number; reason: string; basis: string; at: string } & Ruling)
  | ({ fact: 'escalated'; part: number; at: string } & Ruling)
  | ({ fact: 'decided'; part: number; by: string; choice: 'stays'; reason: string; at: string } & Working)
  | ({ fact: 'decided'; part: number; by: string; choice: 'goes_to'; reason: string; at: string } & NewUnit & Called)
  | ({ fact: 'decided'; part: number; by: string; choice: 'backed'; reason: string; at: string } & NewUnit & Called & Working)
  | { fact: 'finished'; part: number; note: string; at: string }
  | ({ fact: 'sent_back'; part: number; reason: string; at: string } & Working)
  | { fact: 'closed'; note: string; at: string }
  | { fact: 'rated'; unitId: string; unitName: string; stars: number; words: string }
  | { fact: 'withdrawn'; reason: string; at: string }

const fresh = (n: number, unit: NewUnit & { task: string }, calledAt: string, due: Called): Part => ({
  n,
  unitId: unit.unitId,
  unitName: unit.unitName,
  task: unit.task,
  standing: 'called',
  calledAt,
  answerBy: due.answerBy,
  reportBy: null,
  dueProvisional: due.dueProvisional,
  answeredAt: null,
  escalatedAt: null,
  decideBy: null,
  dispute: null,
  decision: null,
  from: null,
  backed: false,
  doneAt: null,
})

export const initial = (fact: Extract<Fact, { fact: 'blown' }>): WhistleState => ({
  status: 'open',
  kind: fact.kind,
  what: fact.what,
  leadUnitId: fact.leadUnitId,
  blownBy: fact.by,
  parts: fact.parts.map((unit, at) => fresh(at + 1, unit, fact.at, fact)),
  ratings: [],
  closedAt: null,
  seq: 1,
})

export function partOf({ parts }: Pick<WhistleState, 'parts'>, n: number): Part | undefined {
  return parts.find((part) => part.n === n)
}

/** Parts changed; the whole is done when all that were not given to others are. */
function withPart(state: WhistleState, n: number, change: Partial<Part>, more: readonly Part[] = []): WhistleState {
  const parts = [...state.parts.map((part) => (part.n === n ? { ...part, ...change } : part)), ...more]
  const over = parts.every(({ standing }) => standing === 'done' || standing === 'passed')
  return { ...state, parts, status: over ? 'done' : 'open' }
}

export function apply(before: WhistleState, fact: Fact): WhistleState {
  const state = { ...before, seq: before.seq + 1 }
  switch (fact.fact) {
    case 'blown':
      throw new Error('a whistle is blown once')
    case 'came': {
      const { at, reportBy, dueProvisional } = fact
      return withPart(state, fact.part, { standing: 'coming', answeredAt: at, reportBy, dueProvisional, decideBy: null })
    }
    case 'disputed': {
      const { at, reason, basis, decideBy = null } = fact
      return withPart(state, fact.part, { standing: 'disputed', answeredAt: at, dispute: { reason, basis }, decideBy })
    }
    case 'escalated':
      return withPart(state, fact.part, { escalatedAt: fact.at, decideBy: fact.decideBy ?? null })
    case 'decided':
      return decided(state, fact)
    case 'finished':
      return withPart(state, fact.part, { standing: 'done', doneAt: fact.at })
    case 'sent_back': {
      const { reportBy, dueProvisional } = fact
      return withPart(state, fact.part, { standing: 'coming', doneAt: null, reportBy, dueProvisional })
    }
    case 'closed':
      return { ...state, status: 'closed', closedAt: fact.at }
    case 'rated': {
      const { unitId, stars, words } = fact
      return { ...state, ratings: [...state.ratings, { unitId, stars, words }] }
    }
    case 'withdrawn':
      return { ...state, status: 'withdrawn', closedAt: fact.at }
  }
}

function decided(state: WhistleState, fact: Extract<Fact, { fact: 'decided' }>): WhistleState {
  const { by, choice, reason, at } = fact
  const decision = { by, choice, reason, at }
  if (fact.choice === 'stays') {
    const { reportBy, dueProvisional } = fact
    return withPart(state, fact.part, { standing: 'coming', decision, reportBy, dueProvisional, decideBy: null })
  }
  const old = partOf(state, fact.part)!
  const { unitId, unitName } = fact
  const part = { ...fresh(state.parts.length + 1, { unitId, unitName, task: old.task }, at, fact), from: old.n }
  const taken: Part =
    fact.choice === 'backed' ? { ...part, standing: 'coming', answeredAt: at, backed: true, reportBy: fact.reportBy } : part
  const next = withPart(state, fact.part, { standing: 'passed', decision, decideBy: null }, [taken])
  return state.leadUnitId === old.unitId ? { ...next, leadUnitId: unitId } : next
}

export function rebuild([first, ...rest]: readonly Fact[]): WhistleState {
  if (first?.fact !== 'blown') throw new Error('a timeline begins with the whistle')
  return rest.reduce(apply, initial(first))
}

/** Somebody above has to say whose it is. */
export const wantsDecision = ({ standing, escalatedAt }: Pick<Part, 'standing' | 'escalatedAt'>): boolean =>
  standing === 'disputed' || (standing === 'called' && escalatedAt !== null)

/** Nobody has answered yet. */
export const isUnheard = ({ status, parts }: { status: Status; parts: readonly Pick<Part, 'standing'>[] }): boolean =>
  status === 'open' && parts.every(({ standing }) => standing === 'called')

/** An answer after its time: late, and still an answer. */
export const isLate = ({ answeredAt, answerBy }: Pick<Part, 'answeredAt' | 'answerBy'>): boolean =>
  answeredAt !== null && answeredAt > answerBy

/** Who did a part, each unit once. */
export const unitsToRate = ({ parts, ratings }: WhistleState): NewUnit[] =>
  parts.filter(
    ({ standing, unitId }, at) =>
      standing === 'done' &&
      !ratings.some((one) => one.unitId === unitId) &&
      parts.findIndex((part) => part.unitId === unitId && part.standing === 'done') === at,
  )
