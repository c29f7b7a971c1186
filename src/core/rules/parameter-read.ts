/** A number of the law as it is told: with its row, or with why there is none. */
import type { Day } from '../../platform/time.ts'
import { areaChain } from './area.ts'
import type { Facts } from './facts.ts'
import { type ParameterReading, type ParameterReason, type Parameters, parameterOn, type Unit } from './parameter.ts'

export interface ParameterRead {
  id: string
  value: number | string | null
  /** Why there is no value. */
  reason?: ParameterReason
  /** Of the row that holds. */
  unit?: Unit
  jurisdiction?: string
  basis?: { document: string; clause: string }
  validFrom?: Day
  validTo?: Day | null
  verified: boolean
  demo: boolean
}

export function readAs(id: string, reading: ParameterReading): ParameterRead {
  if (!reading.known) return { id, value: null, reason: reading.reason, verified: false, demo: false }
  const { unit, jurisdiction, basis, valid_from, valid_to, verified, demo } = reading.row
  return { id, value: reading.value, unit, jurisdiction, basis, validFrom: valid_from, validTo: valid_to, verified, demo }
}

/** A number of the law beside the rules, as it holds for these facts. */
export const readNumber = (id: string, facts: Pick<Facts, 'on' | 'area'>, parameters: Parameters): ParameterRead =>
  readAs(id, parameterOn(parameters, id, areaChain(facts.area), facts.on))
