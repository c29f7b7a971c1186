/** What a pack says of a matter, for a comparison with what another says of it. */
import type { ReadPack } from '../matters/index.ts'
import { byParameterId, type Judged, readsOf, rootOf, rowsOf } from '../rules/index.ts'
import type { Version } from './compare.ts'

type Law = Pick<ReadPack, 'matters' | 'rules' | 'parameters'>

/** Null for a matter that the pack does not have. */
export function versionOf(pack: Law, matterCode: string): Version | null {
  const matter = pack.matters.find(({ code }) => code === matterCode)
  if (!matter) return null
  const ruleOf = (id: string): Judged => pack.rules.find((rule) => rule.id === id)!
  return {
    conditions: matter.conditions.map(ruleOf),
    amount: matter.amount ? ruleOf(matter.amount) : null,
    parameters: byParameterId(pack.parameters),
  }
}

/** Whether somebody may be judged otherwise: by other expressions, or by the same with other numbers. */
export function judgesAlike(was: Version, now: Version): boolean {
  const said = ({ conditions, amount, parameters }: Version) => {
    const rules = [...conditions, ...(amount ? [amount] : [])]
    const numbers = new Set(rules.flatMap((rule) => readsOf(rootOf(rule)).parameters))
    return JSON.stringify([
      conditions.map(({ expression }) => expression).sort(),
      amount?.expression ?? null,
      [...numbers]
        .sort()
        .map((id) =>
          rowsOf(parameters, id).map(({ jurisdiction, value, valid_from, valid_to, supersedes }) => [
            id,
            jurisdiction,
            value,
            valid_from,
            valid_to,
            supersedes,
          ]),
        ),
    ])
  }
  return said(was) === said(now)
}
