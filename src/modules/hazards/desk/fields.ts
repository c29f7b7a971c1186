/** From a sent form to the input of a command. Every field that is wrong is named at once. */
import { plainText } from '../../../core/cases/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readDay } from '../../../ui/index.ts'
import type { ActField } from './acts.ts'

type Body = Readonly<Record<string, string>>
type Wrong = { path: string; code: string; params?: Record<string, unknown> }

const LONGEST = { words: 1000, short: 200 } as const

/** @throws Refusal `input.invalid` that names every field that is wrong */
export function readFields(fields: readonly ActField[], body: Body): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  const wrong: Wrong[] = []
  const refuse = (name: string, code: string, params?: Record<string, unknown>): void => {
    wrong.push({ path: `/${name}`, code, ...(params ? { params } : {}) })
  }
  const text = ({ name, optional }: ActField, max: number): void => {
    const value = plainText(body[name])
    if (value.length > max) refuse(name, 'answer.too_long', { length: value.length, max })
    else if (value === '' && !optional) refuse(name, 'answer.missing')
    else if (value !== '' || !LEFT_OUT.has(name)) input[name] = value
  }
  const read = (field: ActField): void => {
    const { name, kind } = field
    const typed = body[name] ?? ''
    if (kind === 'words' || kind === 'short') text(field, LONGEST[kind])
    else if (kind === 'day') {
      const day = readDay(body, name)
      if (day) input[name] = day
      else refuse(name, day === undefined ? 'answer.missing' : 'answer.no_such_day')
    } else if (kind === 'choice' ? !field.options?.includes(typed) : typed === '') refuse(name, 'answer.choose')
    else {
      input[name] = typed
      if (field.with && typed === field.with.option) read(field.with.field)
    }
  }
  for (const field of fields) read(field)
  if (wrong.length > 0) throw new Refusal('input.invalid', 'invalid', { fields: wrong })
  const { keeperName, keeperId, ...rest } = input
  if (keeperName === undefined && keeperId !== undefined)
    throw new Refusal('input.invalid', 'invalid', { fields: [{ path: '/keeperName', code: 'hazard.keeper_missing' }] })
  return keeperName === undefined ? rest : { ...rest, keeper: { name: keeperName, ...(keeperId ? { idNumber: keeperId } : {}) } }
}

/** Empty, they are not there at all. */
const LEFT_OUT: ReadonlySet<string> = new Set(['keeperName', 'keeperId', 'sameAs'])
