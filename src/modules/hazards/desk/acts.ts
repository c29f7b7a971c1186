/** The one table of what an officer can do with a hazard: the command, what it asks for, how it looks. Pages are drawn from it. */
import { hazardOrders } from '../../../core/matters/index.ts'
import type { UseCase } from '../../../platform/use-case/use-case.ts'
import { type Action, grades, placeKinds } from '../hazard.ts'
import {
  beginRepair,
  lookAgain,
  recheckHazard,
  regradeHazard,
  reopenHazard,
  sayDone,
  strikeOff,
  tellKeeper,
} from '../use-cases/follow.ts'
import { acknowledgeHazard, orderHazard, returnHazard, transferHazard } from '../use-cases/power.ts'
import { dismissHazard, inspectHazard } from '../use-cases/register.ts'

/** Its label is `hazards.field.<label or name>`, a hint beside it `<…>_hint`. `line` and `kind` are the pack's. */
export interface ActField {
  name: string
  kind: 'words' | 'short' | 'day' | 'choice' | 'line' | 'hazard-kind' | 'area'
  label?: string
  hint?: true
  /** Of a choice: texts are `hazard.<of>.<option>`. */
  options?: readonly string[]
  of?: string
  /** May stay empty; `known`: where it is on record already, and is not asked again. */
  optional?: true | 'known'
  /** A day that belongs to one option alone. */
  with?: { option: string; field: ActField }
}

export interface Act {
  useCase: UseCase
  fields: readonly ActField[]
}

/** Written into one command's field. */
const KEEPER: readonly ActField[] = [
  { name: 'keeperName', kind: 'short', hint: true, optional: true },
  { name: 'keeperId', kind: 'short', hint: true, optional: true },
]
const until: ActField = { name: 'until', kind: 'day', hint: true }

/** What an inspection writes down. */
export const inspection: readonly ActField[] = [
  { name: 'kind', kind: 'hazard-kind' },
  { name: 'grade', kind: 'choice', options: grades, of: 'grade', hint: true },
  { name: 'placeKind', kind: 'choice', options: placeKinds, of: 'place_kind' },
  { name: 'place', kind: 'short', hint: true },
  { name: 'found', kind: 'words', hint: true },
  { name: 'seenOn', kind: 'day' },
  ...KEEPER,
]

const act = (useCase: unknown, fields: readonly ActField[] = []): Act => ({ useCase: useCase as UseCase, fields })
const note: ActField = { name: 'note', kind: 'words' }
const reason: ActField = { name: 'reason', kind: 'words' }

/** In the order in which the page offers them: what takes it on before what departs from it. */
export const acts: Readonly<Record<Action, Act>> = {
  inspect: act(inspectHazard, inspection),
  acknowledge: act(acknowledgeHazard, [{ ...note, optional: true }]),
  transfer: act(transferHazard, [{ name: 'line', kind: 'line' }, reason]),
  tell: act(tellKeeper, [
    { name: 'text', kind: 'words', label: 'told', hint: true },
    { name: 'keeperName', kind: 'short', hint: true, optional: 'known' },
    KEEPER[1]!,
  ]),
  begin: act(beginRepair, [
    { name: 'person', kind: 'short', hint: true },
    { name: 'measures', kind: 'words' },
    { name: 'funds', kind: 'short', hint: true },
    until,
    { name: 'plan', kind: 'words', hint: true },
  ]),
  say_done: act(sayDone, [{ name: 'said', kind: 'choice', options: ['keeper', 'officer'], of: 'said' }, note]),
  recheck: act(recheckHazard, [
    {
      name: 'result',
      kind: 'choice',
      options: ['passed', 'failed'],
      of: 'result',
      with: { option: 'failed', field: { ...until, label: 'until_again' } },
    },
    note,
  ]),
  strike_off: act(strikeOff),
  look_again: act(lookAgain, [{ name: 'result', kind: 'choice', options: ['gone', 'came_back'], of: 'result' }, note]),
  order: act(orderHazard, [
    { name: 'order', kind: 'choice', options: hazardOrders, of: 'order', with: { option: 'rectify', field: until } },
    { name: 'text', kind: 'words', label: 'ordered', hint: true },
  ]),
  regrade: act(regradeHazard, [{ name: 'grade', kind: 'choice', options: grades, of: 'grade', hint: true }, reason]),
  reopen: act(reopenHazard, [note]),
  return: act(returnHazard, [reason]),
  dismiss: act(dismissHazard, [
    { name: 'reason', kind: 'words', label: 'no_hazard', hint: true },
    { name: 'sameAs', kind: 'short', hint: true, optional: true },
  ]),
}
export const isAct = (action: string): action is Action => Object.hasOwn(acts, action)
