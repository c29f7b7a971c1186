/** The one table of what an officer can do with a whistle: the command, and what it asks for. Pages are drawn from it. */
import { isId } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { UseCase } from '../../../platform/use-case/use-case.ts'
import * as commands from '../use-cases/acts.ts'
import { type Action, type Choice, choices, onPart } from '../whistle.ts'

export interface ActField {
  name: string
  /** `choice`: two of the three name a unit, in a field of their own that stands below them. */
  kind: 'words' | 'short' | 'choice' | 'stars'
  hint?: true
  optional?: true
}
export interface Act {
  useCase: UseCase
  fields: readonly ActField[]
}

const act = (useCase: unknown, fields: readonly ActField[]): Act => ({ useCase: useCase as UseCase, fields })
const reason: ActField = { name: 'reason', kind: 'words' }
const note: ActField = { name: 'note', kind: 'words' }

/** In the order in which the page offers them. */
export const acts: Readonly<Record<Action, Act>> = {
  come: act(commands.comeToWhistle, [{ ...note, optional: true }]),
  finish: act(commands.finishPart, [note]),
  dispute: act(commands.disputePart, [reason, { name: 'basis', kind: 'short', hint: true }]),
  decide: act(commands.decidePart, [{ name: 'choice', kind: 'choice' }, reason]),
  send_back: act(commands.sendPartBack, [reason]),
  close: act(commands.closeWhistle, [note]),
  rate: act(commands.rateUnit, [
    { name: 'stars', kind: 'stars' },
    { name: 'words', kind: 'words', hint: true },
  ]),
  withdraw: act(commands.withdrawWhistle, [reason]),
}
export const isAct = (action: string): action is Action => Object.hasOwn(acts, action)

/** What the address says that an act is on. @throws Refusal `whistle.not_found` for an address that is none */
export function targetOf(action: Action, of: string): { part?: number; unitId?: string } {
  if ((onPart as readonly string[]).includes(action) && /^[0-9]{1,3}$/.test(of)) return { part: Number(of) }
  if (action === 'rate' && isId(of)) return { unitId: of }
  if (of === 'all' && (action === 'close' || action === 'withdraw')) return {}
  throw new Refusal('whistle.not_found', 'missing')
}

type Body = Readonly<Record<string, string>>

/** From a sent form to the input of a command. @throws Refusal `input.invalid` that names every field that is wrong */
export function readAct(fields: readonly ActField[], body: Body): Record<string, unknown> {
  const wrong: { path: string; code: string }[] = []
  const input: Record<string, unknown> = {}
  for (const { name, kind, optional } of fields) {
    const typed = (body[name] ?? '').trim()
    const chosen = kind === 'choice' ? (choices as readonly string[]).includes(typed) : kind !== 'stars' || /^[1-5]$/.test(typed)
    if (typed === '' ? !optional : !chosen)
      wrong.push({ path: `/${name}`, code: kind === 'words' || kind === 'short' ? 'answer.missing' : 'answer.choose' })
    else if (kind === 'choice') Object.assign(input, readChoice(typed as Choice, body, wrong))
    else if (typed !== '') input[name] = kind === 'stars' ? Number(typed) : typed
  }
  if (wrong.length > 0) throw new Refusal('input.invalid', 'invalid', { fields: wrong })
  return input
}

/** The field that names the unit of a choice; none where it stays. */
export const unitFieldOf = (choice: Choice): string | null => (choice === 'stays' ? null : `unit_${choice}`)

function readChoice(choice: Choice, body: Body, wrong: { path: string; code: string }[]): { choice: Choice; unitId?: string } {
  const field = unitFieldOf(choice)
  if (field === null) return { choice }
  const unitId = (body[field] ?? '').trim()
  if (!isId(unitId)) wrong.push({ path: `/${field}`, code: 'whistle.say_which_unit' })
  return { choice, unitId }
}

/** What a command says of the unit stands at the field that was filled in. */
export function atChoice(error: unknown, body: Body): unknown {
  const field = unitFieldOf(choices.find((one) => one === body.choice) ?? 'stays')
  if (!field || !(error instanceof Refusal) || !Array.isArray(error.params.fields)) return error
  const fields = (error.params.fields as { path: string }[]).map((one) =>
    one.path === '/unitId' ? { ...one, path: `/${field}` } : one,
  )
  return new Refusal(error.code, error.kind, { ...error.params, fields })
}

/** How many units the page has room for; the command takes more. */
export const ROWS = [1, 2, 3, 4, 5] as const

/** The form of a new whistle: the first unit leads. @throws Refusal `input.invalid` that names every field that is wrong */
export function readWhistleForm(body: Body): { input: Record<string, unknown>; rows: number[] } {
  const of = (name: string) => (body[name] ?? '').trim()
  const rows = ROWS.filter((n) => of(`unit${n}`) !== '' || of(`task${n}`) !== '' || n === 1)
  const asked = [
    ...(of('incident') === '' ? ['area'] : []),
    ...['kind', 'what', 'place'],
    ...rows.flatMap((n) => [`unit${n}`, `task${n}`]),
  ]
  const wrong = asked.filter((name) => of(name) === '')
  if (wrong.length > 0)
    throw new Refusal('input.invalid', 'invalid', {
      fields: wrong.map((name) => ({
        path: `/${name}`,
        code: /^(area|kind|unit)/.test(name) ? 'answer.choose' : 'answer.missing',
      })),
    })
  return {
    rows,
    input: {
      ...(of('incident') ? { incidentId: of('incident') } : { area: of('area') }),
      kind: of('kind'),
      what: of('what'),
      place: of('place'),
      leadUnitId: of('unit1'),
      parts: rows.map((n) => ({ unitId: of(`unit${n}`), task: of(`task${n}`) })),
    },
  }
}

/** A refusal that names the third part of what was sent names its line of the form. */
export function atFormFields(error: unknown, rows: readonly number[]): unknown {
  if (!(error instanceof Refusal) || !Array.isArray(error.params.fields)) return error
  const fields = (error.params.fields as { path: string }[]).map((field) => ({
    ...field,
    path: field.path.replace(/^\/parts\/(\d+)\/(unit|task).*$/, (_, at: string, name: string) => `/${name}${rows[Number(at)]}`),
  }))
  return new Refusal(error.code, error.kind, { ...error.params, fields })
}
