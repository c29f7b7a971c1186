import Type from 'typebox'
import { plainText } from '../../../core/cases/index.ts'
import { Id } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'

export const Words = Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S' })
export const Short = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })
export const Note = Type.String({ maxLength: 1000 })
export const OnPart = { id: Id, part: Type.Integer({ minimum: 1, maximum: 1000 }) }
export const Done = Type.Object({ id: Id, number: Type.String(), status: Type.String() })

/** Without what nobody sees. @throws Refusal naming the field where nothing is left */
export function words(name: string, typed: string): string {
  const text = plainText(typed)
  if (text === '') throw new Refusal('input.invalid', 'invalid', { fields: [{ path: `/${name}`, code: 'answer.missing' }] })
  return text
}
