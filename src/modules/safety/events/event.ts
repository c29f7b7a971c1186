/**
 * An event 突发事件: its status table, its facts, and how a fact changes it. Pure.
 * The row in the database is what `apply` made of the facts; figures change by a new report alone, and every report stays.
 */

export const statuses = ['open', 'final', 'closed'] as const
export type Status = (typeof statuses)[number]

/** Every act on an event. Server and page read the same table. */
export const possible = {
  open: ['report', 'report_final', 'tell', 'acknowledge', 'respond'],
  final: ['supplement', 'tell', 'acknowledge', 'respond', 'close'],
  closed: ['supplement', 'acknowledge'],
} as const
export type Action = (typeof possible)[Status][number]

export const permissionOf = {
  report: 'event.report',
  report_final: 'event.report',
  supplement: 'event.report',
  tell: 'event.report',
  acknowledge: 'event.report',
  respond: 'event.respond',
  close: 'event.respond',
} as const satisfies Record<Action, string>

/** 首报 续报 终报 补报 */
export const reportKinds = ['first', 'continued', 'final', 'supplement'] as const
export type ReportKind = (typeof reportKinds)[number]
export const actOfReport = { continued: 'report', final: 'report_final', supplement: 'supplement' } as const

export const means = ['phone', 'written', 'system', 'in_person'] as const
export type Means = (typeof means)[number]

/** What a report says. Null is “not known yet”, never zero and never “none”. */
export interface Findings {
  place: string
  source: string | null
  nature: string | null
  dead: number | null
  injured: number | null
  missing: number | null
  lossFen: number | null
  trend: string | null
  measures: string | null
  leaders: string | null
}
export const figureNames = ['dead', 'injured', 'missing', 'lossFen'] as const
export const textNames = ['source', 'nature', 'trend', 'measures', 'leaders'] as const

export type Fact =
  | { fact: 'reported'; report: ReportKind; found: Findings; level: string | null; why: string }
  | { fact: 'told'; recipient: string; name: string; step: 'first' | 'up' | 'aside'; means: Means; at: string; note: string }
  | { fact: 'acknowledged'; told: number; at: string; by: string }
  | { fact: 'response_set'; response: string | null; reason: string }
  | { fact: 'closed'; note: string }

export interface EventState {
  status: Status
  level: string | null
  response: string | null
  found: Findings
  reports: number
  seq: number
}

const BLANK: Findings = {
  place: '',
  source: null,
  nature: null,
  dead: null,
  injured: null,
  missing: null,
  lossFen: null,
  trend: null,
  measures: null,
  leaders: null,
}
export const NEW: EventState = { status: 'open', level: null, response: null, found: BLANK, reports: 0, seq: 0 }

export function apply(state: EventState, fact: Fact): EventState {
  const next = { ...state, seq: state.seq + 1 }
  switch (fact.fact) {
    case 'reported': {
      const after = fact.report === 'final' || fact.report === 'supplement' ? 'final' : state.status
      return { ...next, status: after, level: fact.level, found: fact.found, reports: state.reports + 1 }
    }
    case 'response_set':
      return { ...next, response: fact.response }
    case 'closed':
      return { ...next, status: 'closed', response: null }
    default:
      return next
  }
}

/** What a report leaves open; a final one may leave no figure open. */
export const unknownIn = (found: Findings): (keyof Findings)[] =>
  [...figureNames, ...textNames].filter((name) => found[name] === null)

/** Figures that are lower than before: who takes somebody off the dead says why. */
export const lowered = (before: Findings, after: Findings): (keyof Findings)[] =>
  figureNames.filter((name) => before[name] !== null && (after[name] === null || after[name]! < before[name]!))

/** The gravest first, as the pack has them. */
interface Grades {
  levels: readonly { code: string }[]
  grades: readonly { level: string; dead: number; injured: number; loss_fen: number }[]
}

/**
 * The level that figures come to at least: what is not known yet can only make it graver. Of nobody dead or hurt and nothing lost it is
 * the lightest; null where nothing is known.
 */
export function leastLevel({ levels, grades }: Grades, { dead, injured, lossFen }: Findings): string | null {
  if (dead === null && injured === null && lossFen === null) return null
  const met = grades
    .filter((one) => (dead ?? 0) >= one.dead || (injured ?? 0) >= one.injured || (lossFen ?? 0) >= one.loss_fen)
    .map(({ level }) => level)
  return levels.find(({ code }) => met.includes(code))?.code ?? levels.at(-1)!.code
}

/**
 * Whether `level` is graver than what the figures come to, of which none is open any more. It may be meant: somebody missing, or what
 * nobody has counted; so it is asked and not refused.
 */
export function isGraver(grades: Grades, level: string | null, found: Findings): boolean {
  const least = leastLevel(grades, found)
  if (least === null || level === null || found.dead === null || found.injured === null || found.lossFen === null) return false
  if ((found.missing ?? 0) > 0) return false
  const rank = (code: string) => grades.levels.findIndex((one) => one.code === code)
  return rank(level) < rank(least)
}

/** Whether `level` is lighter than the least that the figures come to. */
export function isTooLight(grades: Grades, level: string | null, found: Findings): boolean {
  const least = leastLevel(grades, found)
  if (least === null || level === null) return false
  const rank = (code: string) => grades.levels.findIndex((one) => one.code === code)
  return rank(level) > rank(least)
}
