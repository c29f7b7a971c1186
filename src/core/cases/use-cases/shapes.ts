/** Shapes that several use cases of this room share. */
import Type from 'typebox'
import { Id } from '../../../platform/id.ts'
import { Refusal } from '../../../platform/refusal.ts'

/** Words of a person or an officer, limited so that a page can show them. */
export const Words = Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' })
export const ShortWords = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })
/** Words that may stay empty. */
export const Note = Type.String({ maxLength: 2000 })
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
/** @throws Refusal `answer.no_such_day` naming the field: 2026-02-30 has the shape of a day and is none */
export function realDay(field: string, text: string): string {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString()
  } catch {
    throw new Refusal('answer.no_such_day', 'invalid', { fields: [{ path: `/${field}`, code: 'answer.no_such_day' }] })
  }
}
export const Done = Type.Object({
  caseId: Id,
  number: Type.String(),
  status: Type.String(),
  documentId: Type.Union([Id, Type.Null()]),
})
export const OnCase = { caseId: Id }
