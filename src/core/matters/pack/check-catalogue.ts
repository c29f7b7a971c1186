/**
 * The entry in the catalogue of government services must agree with itself: GB/T 39046 and the rules that a
 * provincial checker applies before it takes an entry (承诺=即办 ⇔ 即办件, 证→出证, …).
 */

import type { ParameterRow } from '../../rules/parameter.ts'
import type { Matter } from '../matter.ts'
import { valid } from './check-names.ts'
import type { Findings } from './finding.ts'
import type { Parsed } from './parse.ts'
import { PROMISE } from './schema.ts'
import type { Located } from './source.ts'

/** Most of each unit that the checker still counts as “on the spot” 即办: one working day. */
const onTheSpot: Readonly<Record<string, number>> = {
  working_day: 1,
  calendar_day: 1,
  day: 1,
  hour: 24,
  working_hour: 8,
  clock_hour: 24,
}
/** Longer units, in which a promise or a limit may be given all the same. */
const longUnits: ReadonlySet<string> = new Set(['month', 'year'])
interface Limit {
  id: string
  unit: string
  value: number
  clause: string
}
/** 受理, 审核, 审批, 办结, 送达. */
const LICENCE_STEPS = 5

export function checkCatalogue(parsed: Parsed, findings: Findings): void {
  const rows = new Map<string, ParameterRow>()
  for (const { value } of valid(parsed.parameters)) rows.set(value.id, value)
  const shared = new Set(parsed.pack?.valid ? parsed.pack.value.shared_materials : [])
  for (const matter of valid(parsed.matters)) {
    checkEntry(matter, findings)
    checkLimits(matter, rows, findings)
    checkSharing(matter, shared, parsed.pack?.valid === true, findings)
  }
}

function checkEntry({ value, at }: Located<Matter>, findings: Findings): void {
  const entry = value.catalogue
  const place = (...path: (string | number)[]) => at('catalogue', ...path)
  const ending = entry.result.name.zh.at(-1)
  if ((ending === '证' || ending === '文') && entry.result.type !== ending) {
    findings.error('result-type', place('result', 'type'), { ending, type: entry.result.type })
  }
  if (entry.result.sample.trim() === '') findings.error('result-sample', place('result', 'sample'))

  const visits = entry.limit_scene_num
  if (visits > 0 && !entry.limit_scene_explain) findings.error('visits-reason', place('limit_scene_num'), { visits })
  if (visits === 0 && !entry.is_online && !entry.handle_type.includes('4')) findings.error('visits-courier', place('handle_type'))
  if (entry.online_depth === 'full' && visits > 0) findings.error('visits-online', place('limit_scene_num'), { visits })
  if (entry.is_online !== (entry.online_depth !== 'none')) findings.error('online-depth', place('online_depth'))

  if (entry.is_fee && !entry.fee) findings.error('fee-missing', place('is_fee'))
  if (!entry.is_fee && entry.fee) findings.error('fee-without-charge', place('fee'))

  const person = entry.service_object.includes('1')
  const legal = entry.service_object.some((each) => each >= '2' && each <= '5')
  if (entry.topic === 'person' ? !person || legal : !legal || person) {
    findings.error('topic-object', place('service_object'), { topic: entry.topic })
  }
  if (entry.link_way.trim() === '') findings.error('phone-missing', place('link_way'))
  if (entry.supervise_way.demo) findings.warn('sample-row', place('supervise_way'), { name: entry.supervise_way.zh })
  if (entry.link_way === entry.supervise_way.zh) findings.error('phones-same', place('supervise_way'))
  if (value.procedure === 'licence' && value.steps.length < LICENCE_STEPS) {
    findings.error('licence-steps', at('steps'), { steps: value.steps.length, least: LICENCE_STEPS })
  }
}

function checkLimits({ value, at }: Located<Matter>, rows: ReadonlyMap<string, ParameterRow>, findings: Findings): void {
  const timed = (id: string | undefined, ...path: (string | number)[]): Limit | undefined => {
    const row = id === undefined ? undefined : rows.get(id)
    // A limit that nobody has confirmed yet compares with nothing.
    if (!row || row.value === null) return undefined
    const { unit, value } = row
    if ((unit in onTheSpot || longUnits.has(unit)) && typeof value === 'number') {
      return { id: row.id, unit, value, clause: row.basis.clause }
    }
    findings.error('limit-not-time', at(...path), { name: row.id, unit: row.unit })
    return undefined
  }
  const promise = timed(value.limits.promise, 'limits', 'promise')
  const legal = timed(value.limits.legal, 'limits', 'legal')
  timed(value.limits.correction, 'limits', 'correction')
  value.steps.forEach((step, index) => {
    timed(step.limit, 'steps', index, 'limit')
  })

  if (promise) {
    const spot = promise.value <= (onTheSpot[promise.unit] ?? -1)
    const registered = value.steps.some((step) => step.kind === 'register')
    if (spot !== (value.catalogue.project_type === '1')) {
      findings.error(spot ? 'spot-not-declared' : 'spot-not-promised', at('catalogue', 'project_type'), { name: promise.id })
    } else if (registered && !spot) findings.error('register-not-spot', at('catalogue', 'project_type'))
    if (promise.clause !== PROMISE) findings.error('promise-not-ours', at('limits', 'promise'), { name: promise.id })
  }
  if (legal?.clause === PROMISE) findings.error('legal-not-law', at('limits', 'legal'), { name: legal.id })
  if (!promise || !legal) return
  // Days of different kinds compare only one way: n working days are never fewer than n calendar days.
  const comparable = promise.unit === legal.unit || (promise.unit === 'working_day' && legal.unit === 'calendar_day')
  if (comparable && promise.value > legal.value) {
    findings.error('promise-over-law', at('limits', 'promise'), { promise: promise.value, legal: legal.value })
  }
}

function checkSharing({ value, at }: Located<Matter>, shared: ReadonlySet<string>, known: boolean, findings: Findings): void {
  value.materials.forEach((material, index) => {
    if (material.source === 'upload' && shared.has(material.code)) {
      findings.error('shared-asked', at('materials', index, 'source'), { name: material.code })
    }
    if (material.source === 'shared' && known && !shared.has(material.code)) {
      findings.error('shared-unlisted', at('materials', index, 'code'), { name: material.code })
    }
  })
}
