/** What of a case its applicant may see: her own course and words, nothing that an officer found out about others. Pure. */
import type { Fact, FactName } from './case.ts'
import type { Checked } from './conditions.ts'
import type { TimelineRow } from './store.ts'

type Told = { [F in FactName]: readonly Exclude<keyof Extract<Fact, { fact: F }>, 'fact'>[] }

/** Named one by one: what a fact carries beside these (notes, results, names, conditions) stays in the office. */
const told: Told = {
  received: ['channel', 'step', 'foundRun', 'proxyId', 'proxyName', 'dueAt', 'dueProvisional'],
  correction_requested: ['missing', 'text', 'askedOn', 'answerBy'],
  correction_answered: ['on', 'questions', 'materials', 'channel', 'note', 'proxyId', 'proxyName', 'dueAt', 'dueProvisional'],
  check_agreed: ['on', 'how'],
  competence_refused: ['organ', 'reason'],
  accepted: ['on', 'byLaw', 'step', 'dueAt', 'dueProvisional'],
  step_done: ['step', 'kind', 'next'],
  survey_recorded: ['step', 'visitedOn'],
  survey_confirmed: [],
  survey_denied: [],
  sent_back: ['step', 'to'],
  handed_over: ['step'],
  notice_published: ['startsOn', 'endsOn'],
  notice_taken_down: [],
  objected: [],
  objection_answered: [],
  paused: ['type', 'basis', 'notice', 'from'],
  resumed: ['on', 'dueAt', 'dueProvisional'],
  extension_requested: ['days', 'on'],
  extended: ['on', 'dueAt', 'dueProvisional'],
  due_recomputed: ['dueAt', 'dueProvisional'],
  basis_recorded: ['basis'],
  basis_corrected: ['basis', 'was', 'reason', 'afterDecision'],
  decided: ['outcome', 'reasons', 'basis', 'amountFen', 'at'],
  issued: ['at'],
  delivered: ['how', 'at'],
  closed: ['at'],
  withdrawn: ['reason', 'proxyId', 'proxyName', 'at'],
  material_withdrawn: ['material', 'reason'],
  line_objected: ['caseId', 'number', 'rule'],
  line_answered: ['caseId', 'number', 'outcome', 'reasons'],
  rated: ['grade'],
}

/** A row of the timeline for the applicant: which office, not which officer. */
export function forApplicant(row: TimelineRow): TimelineRow {
  const payload = Object.fromEntries(
    (told[row.fact] as readonly string[]).flatMap((key) => (key in row.payload ? [[key, row.payload[key]]] : [])),
  )
  return { ...row, payload, postId: null, officerName: null }
}

const ofUnit = (fact: { name: string }): boolean => fact.name.startsWith('unit.')

/** Conditions without what is known of the household: the answer of each stays, the values that it rests on do not. */
export const withoutHousehold = (checked: Checked): Checked => ({
  ...checked,
  lines: checked.lines.map((line) => ({
    ...line,
    explanation: {
      ...line.explanation,
      lines: line.explanation.lines.map((l) =>
        l.facts.some(ofUnit)
          ? { ...l, value: typeof l.value === 'boolean' ? l.value : null, facts: l.facts.filter((f) => !ofUnit(f)) }
          : l,
      ),
    },
  })),
})
