/**
 * A case of the matter must be able to reach its end, and somebody must be allowed to take every step of it.
 */
import type { Matter, StepKind } from '../matter.ts'
import { valid } from './check-names.ts'
import type { Findings } from './finding.ts'
import type { Parsed } from './parse.ts'
import type { Located } from './source.ts'

/** The permission that takes a step of each kind. */
export const stepPermission: Readonly<Record<StepKind, string>> = {
  accept: 'case.accept',
  confirm: 'case.confirm',
  review: 'case.review',
  survey: 'case.survey',
  data_check: 'case.check-data',
  authorisation: 'case.record-authorisation',
  notice: 'case.publish-notice',
  decide: 'case.decide',
  register: 'case.register',
}

/** Duties that may not lie in one hand: who opens accounts reads nobody, and who reviews the reads opens no accounts. */
const apart: readonly (readonly [string, string])[] = [
  ['account.manage', 'person.read'],
  ['account.manage', 'person.search'],
  ['account.manage', 'case.read'],
  ['account.manage', 'reads.review'],
  ['reads.review', 'person.read'],
]

export function checkFlow(parsed: Parsed, findings: Findings): void {
  const roles = valid(parsed.roles)
  const canTake = (level: string, permission: string) =>
    roles.some(({ value }) => value.level === level && value.permissions.includes(permission))

  for (const { value, at } of roles) {
    for (const [one, other] of apart) {
      if (value.permissions.includes(one) && value.permissions.includes(other)) {
        findings.error('duties-not-apart', at('permissions', value.permissions.indexOf(other)), { name: value.code, one, other })
      }
    }
  }
  for (const matter of valid(parsed.matters)) {
    checkSteps(matter, findings)
    checkQuestions(matter, findings)
    matter.value.steps.forEach((step, index) => {
      const permission = stepPermission[step.kind]
      // Without any readable role the missing file is already reported.
      if (roles.length > 0 && !canTake(step.level, permission)) {
        findings.error('step-without-role', matter.at('steps', index, 'level'), {
          name: step.code,
          level: step.level,
          permission,
        })
      }
    })
  }
}

function checkSteps({ value, at }: Located<Matter>, findings: Findings): void {
  const { steps } = value
  const ends = steps.flatMap((step, index) => (step.kind === 'decide' || step.kind === 'register' ? [index] : []))
  if (ends.length === 0) findings.error('flow-no-end', at('steps'))
  else if (ends[0]! < steps.length - 1)
    findings.error('flow-after-end', at('steps', ends[0]! + 1), { name: steps[ends[0]!]!.code })

  const first = steps[0]!.kind
  if (first !== 'accept' && first !== 'register') findings.error('flow-no-start', at('steps', 0), { name: steps[0]!.code })
  steps.forEach((step, index) => {
    const place = at('steps', index)
    if (step.kind === 'register' && steps.length > 1) findings.error('register-not-alone', place, { name: step.code })
    if (step.kind === 'accept' && index > 0) findings.error('accept-not-first', place, { name: step.code })
    if (step.kind === 'notice' && !step.limit) findings.error('notice-without-limit', place, { name: step.code })
    if (step.kind === 'survey' && step.officers !== 2) findings.error('survey-one-officer', place, { name: step.code })
  })
}

function checkQuestions({ value, at }: Located<Matter>, findings: Findings): void {
  const collected = new Set<string>()
  const onePage = value.outreach?.searched === true && value.outreach.one_page
  value.questions.forEach((question, index) => {
    const place = at('questions', index)
    const name = question.code
    if (onePage && question.required && (question.kind === 'files' || question.kind === 'members'))
      findings.error('one-page-too-long', place, { name })
    if (question.kind === 'confirm' && !question.facts?.length) findings.error('confirm-without-facts', place, { name })
    if (question.kind === 'choice' && (question.options?.length ?? 0) < 2)
      findings.error('choice-without-options', place, { name })
    if (question.kind === 'files' && !question.materials?.length) findings.error('files-without-materials', place, { name })
    if (question.kind === 'bank_account' && !question.sensitive) findings.error('account-not-sensitive', place, { name })
    if (question.kind !== 'files') return
    question.materials?.forEach((code, nth) => {
      collected.add(code)
      const material = value.materials.find((each) => each.code === code)
      if (!material) return
      if (material.source !== 'upload')
        findings.error('material-not-upload', at('questions', index, 'materials', nth), { name: code })
      if (material.required && !question.required)
        findings.error('material-skipped', at('questions', index, 'required'), { name: code })
    })
  })
  value.materials.forEach((material, index) => {
    if (material.source === 'upload' && !collected.has(material.code)) {
      findings.error('material-not-asked', at('materials', index), { name: material.code })
    }
  })
}
